"""The sergeant's morning: what to read, what changed, who goes where, what was sent."""

from django.http import HttpResponse

from clearlines.access.permissions import Permission as P
from clearlines.desk.force import queries
from clearlines.web.pages import Asked, page, sees


@sees(P.SEE_REPORTS)
def morning(request: Asked) -> HttpResponse:
    morning = queries.morning(request.viewer)
    return page(request, "desk/force_morning.html", about=morning.shown, morning=morning, today=request.viewer.today)
