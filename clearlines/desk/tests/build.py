"""A record of somebody who is on the lead's caseload, for the page that says why one can see it."""

from typing import Any

from clearlines.care.tests import build as care


def opened_record(cast: Any) -> dict[str, Any]:
    return {"noun": "care.Case", "key": care.case(cast.lead).pk}
