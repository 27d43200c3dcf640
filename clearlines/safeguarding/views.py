"""National referrals: where each stands, and a page for each step."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.people import queries as people
from clearlines.safeguarding import actions, forms, queries, rules
from clearlines.safeguarding.models import NationalReferral
from clearlines.safeguarding.states import Path, State
from clearlines.web.forms import Form
from clearlines.web.pages import Asked, page, sees


@sees(P.SEE_NATIONAL_REFERRALS)
def everything(request: Asked) -> HttpResponse:
    rows = queries.listed(request.viewer)
    about = ["safeguarding.list", *(each for row, _ in rows for each in (row, row.person))]
    return page(request, "safeguarding/list.html", about=about, rows=rows, **_advice(request))


def _advice(request: Asked) -> dict[str, Any]:
    return queries.advice() | {"is_first_responder": rules.is_first_responder(request.viewer.kind)}


@sees(P.KEEP_NATIONAL_REFERRALS)
def begin(request: Asked, key: uuid.UUID) -> HttpResponse:
    person, today = people.person(request.viewer, key), request.viewer.today
    before = list(queries.of_person(request.viewer, person))
    form = forms.Begin(request.POST or None, decided=queries.begun_path(person, today), today=today)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = actions.begin(by=request.viewer, person=person, **form.said)
            return redirect("safeguarding-referral", made.pk)
    return page(
        request, "safeguarding/begin.html", about=[person, *before], form=form, person=person, referrals=before,
        under_way=any(each.is_under_way for each in before), **_advice(request),
    )  # fmt: skip


@sees(P.SEE_NATIONAL_REFERRALS)
def referral(request: Asked, key: uuid.UUID) -> HttpResponse:
    shown = queries.file_of(request.viewer, key)
    return page(
        request, "safeguarding/referral.html", about=[shown.referral, shown.referral.person], file=shown,
        referral=shown.referral, may_keep=request.viewer.may(P.KEEP_NATIONAL_REFERRALS),
        may_see_people=request.viewer.may(P.SEE_PEOPLE), **_advice(request),
    )  # fmt: skip


@sees(P.KEEP_NATIONAL_REFERRALS)
def move(request: Asked, key: uuid.UUID, to: State) -> HttpResponse:
    referral = queries.one(request.viewer, key)
    form = forms.Move(request.POST or None, to=to, initial={"seen": referral.version, "on": request.viewer.today})
    return _asked(
        request, referral, form, to.label,
        lambda: actions.move(by=request.viewer, referral=referral, to=to, **form.cleaned_data), to=to,
        reasons=queries.reasons_against(request.viewer, referral, to),
    )  # fmt: skip


@sees(P.KEEP_NATIONAL_REFERRALS)
def raise_s45(request: Asked, key: uuid.UUID) -> HttpResponse:
    referral = queries.one(request.viewer, key)
    form = forms.RaiseS45(request.POST or None, initial={"seen": referral.version})
    return _asked(
        request, referral, form, "The defence of section 45 was raised",
        lambda: actions.raise_s45(by=request.viewer, referral=referral, **form.cleaned_data),
    )  # fmt: skip


@sees(P.KEEP_NATIONAL_REFERRALS)
def change_path(request: Asked, key: uuid.UUID) -> HttpResponse:
    referral = queries.one(request.viewer, key)
    to = Path.ADULT if referral.path == Path.CHILD else Path.CHILD
    form = forms.ChangePath(request.POST or None, initial={"seen": referral.version})
    return _asked(
        request, referral, form, f"Go on as for {'an adult' if to == Path.ADULT else 'a child'}",
        lambda: actions.change_path(by=request.viewer, referral=referral, to=to, **form.cleaned_data),
    )  # fmt: skip


def _asked(
    request: Asked, referral: NationalReferral, form: Form, title: str, act: Callable[[], Any], **more: Any
) -> HttpResponse:
    """One form, one verb, and back to the referral."""
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            act()
            return redirect("safeguarding-referral", referral.pk)
    return page(
        request, "safeguarding/form.html", about=[referral, referral.person], referral=referral, form=form,
        title=title, **more, **_advice(request),
    )  # fmt: skip
