"""The sergeant's morning: what to read, what changed, who goes where, what was sent."""

import uuid

from django.http import HttpResponse

from clearlines.access.permissions import Permission as P
from clearlines.desk.force import queries
from clearlines.desk.force.line import line_page
from clearlines.web.as_at import AsAt
from clearlines.web.pages import Asked, page, sees


@sees(P.SEE_REPORTS)
def morning(request: Asked) -> HttpResponse:
    morning = queries.morning(request.viewer)
    return page(request, "desk/force_morning.html", about=morning.shown, morning=morning, today=request.viewer.today)


@sees(P.SEE_LINES)
def line(request: Asked, key: uuid.UUID) -> HttpResponse:
    """A day that is no day, or has not come, shows today and says so."""
    today, as_at = request.viewer.today, AsAt.asked(request.GET, request.viewer.today)
    shown = None
    with as_at.refusals():
        shown = line_page(request.viewer, key, *as_at.days(today))
    shown = shown or line_page(request.viewer, key, today, today)
    may_keep, may_see_people, may_record = (
        request.viewer.may(each) for each in (P.KEEP_LINES, P.SEE_PEOPLE, P.RECORD_DISRUPTIONS)
    )
    file, now = shown.file, request.viewer.now
    return page(
        request, "desk/line.html", about=shown.shown, shown=shown, file=file, line=file.line, may_keep=may_keep,
        may_see_people=may_see_people, may_record=may_record, as_at=as_at, now=now,
        is_now=(file.on, file.known) == (today, today),
    )  # fmt: skip
