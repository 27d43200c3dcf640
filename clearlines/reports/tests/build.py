"""Reports for other rooms' tests, made by the real action."""

import io
import uuid
from typing import Any

from PIL import Image

from clearlines.access.viewer import Viewer
from clearlines.reports import actions, receipts
from clearlines.reports.models import Release, Report, Source
from clearlines.reports.sealed import Who
from clearlines.web.photographs import Drawn, redraw

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


JEAN = Who(name="Jean Example", reach="07700 900321", safely="text first, not after six")


def a_picture(colour: str = "red") -> Drawn:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return redraw(out.getvalue())


def photographed(by: Viewer, **more: Any) -> Report:
    """A report with one photograph."""
    key = uuid.uuid4()
    actions.keep_photograph(by=by, sent_as=key, drawn=a_picture())
    return report(by, new_id=key, **more)


def source(cast: Any, who: Who = JEAN) -> Source:
    return Source.objects.get(report=report(cast.nobody, who=who))


def asked(cast: Any, who: Who = JEAN) -> Release:
    row = report(cast.nobody, who=who)
    officer = cast.account("officer")
    said = {"what_for": "A witness is needed for the closure order", "risk": "Neighbours would guess"}
    return actions.ask_who(by=cast.officer, report=row, to=officer, **said)


def proposed(cast: Any) -> Release:
    return actions.propose(by=cast.custodian, release=asked(cast), because="No other witness")


def released(cast: Any) -> Release:
    return actions.agree(by=cast.sergeant, release=proposed(cast))


# For the access table: what each route is opened on.


def opened_report(cast: Any) -> dict[str, object]:
    return {"key": report(cast.nobody).pk}


def opened_picture(cast: Any) -> dict[str, object]:
    row = photographed(cast.nobody)
    return {"report": row.pk, "key": row.photographs.get().pk}


def opened_source(cast: Any) -> dict[str, object]:
    return {"key": source(cast).pk}


def opened_proposed(cast: Any) -> dict[str, object]:
    return {"key": proposed(cast).pk}


def opened_released(cast: Any) -> dict[str, object]:
    return {"key": released(cast).pk}


def opened_number(cast: Any) -> dict[str, object]:
    return {"number": 1}
