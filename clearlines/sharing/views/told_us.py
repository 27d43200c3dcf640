"""What we were told: the copy while it lives; that it was put right or taken back, after."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.sharing import actions, forms, queries
from clearlines.sharing.composing import lines
from clearlines.sharing.ends import number_name
from clearlines.sharing.models import Notice
from clearlines.web.pages import Asked, page, sees

PER_PAGE = 25


@sees(P.READ_TOLD)
def told_us(request: Asked) -> HttpResponse:
    rows = Paginator(queries.told_us(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    notices = [each for each in queries.notices(request.viewer)[: PER_PAGE * 2] if each.news != each.News.TOLD]
    waiting = set(queries.to_destroy(request.viewer).values_list("pk", flat=True))
    about: list[Any] = ["sharing.told_us", *rows.object_list, *notices]
    return page(request, "sharing/told_us.html", about=about, rows=rows, notices=notices, waiting=waiting)


@sees(P.READ_TOLD)
def told_us_one(request: Asked, number: str) -> HttpResponse:
    """The copy; or, once it cannot be read, that it was taken back and when. Never both."""
    told = queries.told_us(request.viewer).filter(number=number).first()
    notices = list(queries.notices_about(request.viewer, number))
    if told is None and not notices:
        raise Http404
    about: list[Any] = [number_name(number), *notices, *([told] if told else [])]
    return page(
        request, "sharing/told_us_one.html", about=about, told=told, lines=lines(told.told) if told else [],
        number=number, news=[each for each in notices if each.news != each.News.TOLD],
        first=notices[-1] if notices else None, waiting=[each for each in notices if _waits(request, each)],
    )  # fmt: skip


@sees(P.READ_TOLD)
def notice(request: Asked, key: UUID) -> HttpResponse:
    """What to destroy, and where to say that it is done."""
    found = queries.notice_one(request.viewer, key)
    form = forms.Destroyed(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.say_destroyed(by=request.viewer, notice=found, how=form.cleaned_data["how"])
            messages.success(request, "Thank you. It is written down that every copy is gone.")
            return redirect("sharing-told-us")
    about: list[Any] = [found, number_name(found.number)]
    return page(
        request, "sharing/notice.html", about=about, notice=found, form=form, asks=_waits(request, found)
    )  # fmt: skip


def _waits(request: Asked, notice: Notice) -> bool:
    return notice.destroyed_at is None and notice.asks_for_destruction_on(request.viewer.today)
