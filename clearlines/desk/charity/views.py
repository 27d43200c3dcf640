"""The worker's day: what is unfinished, what is due, who is waiting, my people."""

from django.http import HttpResponse

from clearlines.access.permissions import Permission as P
from clearlines.desk.charity import queries
from clearlines.web.pages import Asked, page, sees


@sees(P.SEE_CARE)
def day(request: Asked) -> HttpResponse:
    found = queries.day(request.viewer)
    return page(request, "desk/charity_day.html", about=found.shown, day=found, today=request.viewer.today)
