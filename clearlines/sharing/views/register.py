"""What was told: for whoever answers for it. Who, when, under what, and whether it stands; never the words."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from clearlines.access.permissions import Permission as P
from clearlines.sharing import actions, forms, queries
from clearlines.sharing.models import Disclosure
from clearlines.web.downloads import CSV, download, sheet
from clearlines.web.pages import Asked, look, page, sees

PER_PAGE = 50
HEADINGS = ("Number", "About", "To", "Headings told", "Under", "Gateway", "Told on", "Told by", "Look again on",
            "Last day", "Taken back on", "Why taken back")  # fmt: skip


@sees(P.SEE_REGISTER)
def register(request: Asked) -> HttpResponse:
    form, wanted = _wanted(request)
    rows = Paginator(queries.register(request.viewer, wanted), PER_PAGE).get_page(request.GET.get("page"))
    shown = [(each, *each.standing_on(request.viewer.today)) for each in rows.object_list]
    notices = list(queries.notices(request.viewer)[:PER_PAGE])
    waiting = set(queries.to_destroy(request.viewer).values_list("pk", flat=True))
    about: list[Any] = ["sharing.register", *rows.object_list, *notices]
    return page(
        request, "sharing/register.html", about=about, form=form, rows=rows, shown=shown, notices=notices,
        waiting=waiting, asked=request.GET.urlencode(),
    )  # fmt: skip


@sees(P.SEE_REGISTER)
def register_csv(request: Asked) -> HttpResponse:
    rows = list(queries.register(request.viewer, _wanted(request)[1]))
    look(request.viewer, ["sharing.register.csv", *rows], at="sharing-register-csv")
    return download("what-was-told.csv", sheet([HEADINGS, *_cells(rows)]), kind=CSV)


@sees(P.SEE_REGISTER)
def parted(request: Asked) -> HttpResponse:
    found = queries.parted_tellings(request.viewer)
    about: list[Any] = [
        "sharing.parted",
        *(row for each in found for row in (each.same.one, each.same.other, *each.told)),
    ]
    may_tell = request.viewer.may(P.REVIEW_DISCLOSURES)
    return page(request, "sharing/parted.html", about=about, found=found, may_tell=may_tell)


@require_POST
@sees(P.REVIEW_DISCLOSURES)
def tell_parted(request: Asked, key: UUID) -> HttpResponse:
    told = queries.given_one(request.viewer, key)
    actions.tell_parted(by=request.viewer, disclosure=told)
    messages.success(request, f"{told.to} has been told that {told.number} may be about somebody else.")
    return redirect("sharing-parted")


def _wanted(request: Asked) -> tuple[forms.Which, queries.Filter]:
    form = forms.Which(request.GET or None, others=queries.whom_to_tell(request.viewer))
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return form, queries.Filter(**said)


def _cells(rows: list[Disclosure]) -> Iterator[tuple[Any, ...]]:
    for each in rows:
        yield (
            each.number, each.name, each.to.name, each.field_names, each.get_basis_display(), each.gateway,
            timezone.localtime(each.given_at).date(), each.signed_by, each.review_on, each.until_on or "",
            timezone.localtime(each.revoked_at).date() if each.revoked_at else "", each.revoked_why,
        )  # fmt: skip
