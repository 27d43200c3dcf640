"""The front door: the public sees how to report; somebody with an account sees where their work is."""

import uuid

from django.db.models import Model
from django.http import Http404, HttpResponse

from clearlines.access.scope import the_one
from clearlines.access.why import why_seen
from clearlines.desk.asked import asked_of, lists_of
from clearlines.desk.records import RECORDS
from clearlines.web.context import ASKED
from clearlines.web.pages import NOTHING_PERSONAL, Asked, open_to_all, page, sees, signed_in


@open_to_all
def home(request: Asked) -> HttpResponse:
    return page(request, "desk/home.html", about=NOTHING_PERSONAL)


@signed_in
def me(request: Asked) -> HttpResponse:
    """Who I am here, and what that lets me do."""
    return page(request, "desk/me.html", about=NOTHING_PERSONAL)


@sees(*ASKED)
def asked(request: Asked) -> HttpResponse:
    due, lists = asked_of(request.viewer), lists_of(request.viewer)
    found = [each for dues in due.values() for each in dues]
    about: list[Model | str] = ["desk.asked", *(row for each in found for row in each.about)]
    return page(request, "desk/asked.html", about=about, due=due, lists=lists, how_many=len(found))


@signed_in
def why(request: Asked, noun: str, key: uuid.UUID) -> HttpResponse:
    """Why I can see this record, if I can; and if I cannot, nothing."""
    kind = RECORDS.get(noun)
    if kind is None:
        raise Http404
    record = the_one(kind.visible(request.viewer), key)
    return page(
        request, "web/why.html", about=[record], record=record, why=why_seen(request.viewer, record, needs=kind.needs),
        back=kind.address(record), is_own=record.owner_id == request.viewer.organisation_key, name=f"{noun}:{key}",
    )  # fmt: skip
