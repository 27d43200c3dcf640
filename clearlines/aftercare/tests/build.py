"""Watches, their other ends and what was seen, made by the real actions."""

from datetime import timedelta
from typing import Any

from clearlines.access.models import Organisation
from clearlines.access.viewer import Viewer
from clearlines.aftercare import actions
from clearlines.aftercare.models import Harm, Watch, WatchTold
from clearlines.aftercare.states import Because, Seen

REFERENCE = "L-0003"
TOWN = "Barrow-in-Furness"


def charity() -> Organisation:
    return Organisation.objects.get(pk="charity")


def watch(by: Viewer, **more: Any) -> Watch:
    """Opened by a closure two hours ago."""
    said = {"towns": [TOWN], "from_at": by.now - timedelta(hours=2), "reference": REFERENCE, "because": Because.TYPE_2}
    return actions.open_watch(by=by, **said | more)


def told(by: Viewer, **more: Any) -> WatchTold:
    found = actions.tell(by=by, watch=watch(by, **more), to=charity())
    return WatchTold.objects.get(number=found.number)


def harm(by: Viewer, where: Watch | WatchTold | None = None, **more: Any) -> Harm:
    said = {"kind": Seen.DEBT, "happened_at": by.now - timedelta(hours=1), "words": "Two men asked her for £400"}
    return actions.record_harm(by=by, watch=where, **said | more)


def opened_watch(cast) -> dict[str, object]:
    return {"key": watch(cast.analyst).pk}


def opened_told_watch(cast) -> dict[str, object]:
    found = watch(cast.analyst)
    return {"key": actions.tell(by=cast.analyst, watch=found, to=charity()).pk}


def opened_told(cast) -> dict[str, object]:
    return {"key": told(cast.analyst).pk}


def opened_harm(cast) -> dict[str, object]:
    return {"key": harm(cast.worker, told(cast.analyst)).pk}
