"""Reports for other rooms' tests, made by the real action."""

import uuid
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.reports import actions, receipts
from clearlines.reports.models import Report

FLAT_4 = {
    "words": "Visitors at flat 4 all night. The tenant has not been seen for a week and a new lad has the key.",
    "where_words": "Flat 4, 14 Slipway Street",
    "town": "Barrow-in-Furness",
    "when_words": "every night since Easter",
    "how_known": "saw",
    "danger": "no",
}


def report(by: Viewer, **more: Any) -> Report:
    return actions.receive(by=by, **{"new_id": uuid.uuid4(), "receipt": receipts.new_words()} | FLAT_4 | more)
