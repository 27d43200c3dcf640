"""A manager's pages: who works here, what each may do and until when, and what was handed on."""

import uuid
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearlines.access import actions as access
from clearlines.access.permissions import Permission as P
from clearlines.staff import actions, forms, queries
from clearlines.web.pages import Asked, page, sees


@sees(P.LOOK_AFTER_STAFF)
def everybody(request: Asked) -> HttpResponse:
    team = queries.standing(request.viewer, queries.team(request.viewer))
    told, left = list(queries.notices(request.viewer)), list(queries.hand_overs(request.viewer)[:20])
    about: list[Model | str] = ["staff.list", *(each.account for each in team), *told]
    return page(
        request, "staff/list.html", about=about, team=team, told=told, left=left,
        due=[each for each in queries.due(request.viewer, request.viewer.now) if each.kind == "Clearance"],
    )  # fmt: skip


@sees(P.LOOK_AFTER_STAFF)
def member(request: Asked, key: uuid.UUID) -> HttpResponse:
    account = queries.colleague(request.viewer, key)
    shown: dict[str, Any] = {
        "standing": queries.standing(request.viewer, [account])[0],
        "roles": queries.roles_of(request.viewer, account),
        "duties": queries.duties(request.viewer, account),
        "left": queries.hand_overs(request.viewer).filter(account=account),
    }
    is_me = account == request.viewer.account
    return page(request, "staff/member.html", about=[account], account=account, is_me=is_me, **shown)


@sees(P.LOOK_AFTER_STAFF)
def give_role(request: Asked, key: uuid.UUID) -> HttpResponse:
    account = queries.colleague(request.viewer, key)
    roles, first = queries.roles_to_give(request.viewer, account), {"from_on": request.viewer.today}
    form = forms.GiveRole(request.POST or None, roles=roles, initial=first)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            access.give_role(by=request.viewer, account=account, **form.cleaned_data)
            return redirect("staff-member", key)
    return page(
        request, "staff/form.html", about=[account], account=account, form=form, title="Give a role", press="Give"
    )


@require_POST
@sees(P.LOOK_AFTER_STAFF)
def end_role(request: Asked, key: uuid.UUID, held: int) -> HttpResponse:
    account = queries.colleague(request.viewer, key)
    access.end_role(by=request.viewer, held=queries.role_held(request.viewer, account, held))
    return redirect("staff-member", key)


@sees(P.LOOK_AFTER_STAFF)
def clearances(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Dates and supervisor; for somebody who was shut out, or is away, the one act that brings them back."""
    account = queries.colleague(request.viewer, key)
    is_away = queries.hand_overs(request.viewer).filter(account=account, came_back_at=None).exists()
    make = forms.ComeBack if is_away else forms.Clearances
    form = make(request.POST or None, account=account, team=list(queries.team(request.viewer)))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            act = actions.come_back if is_away else access.set_clearances
            act(by=request.viewer, account=account, **form.said)
            return redirect("staff-member", key)
    title = "Bring them back" if is_away else "Supervisor, vetting and training"
    return page(request, "staff/form.html", about=[account], account=account, form=form, title=title, press="Save")


@sees(P.LOOK_AFTER_STAFF)
def on_duty(request: Asked, key: uuid.UUID) -> HttpResponse:
    account = queries.colleague(request.viewer, key)
    form = forms.OnDuty(request.POST or None, initial={"on": request.viewer.today})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            access.put_on_duty(by=request.viewer, account=account, **form.said)
            return redirect("staff-member", key)
    return page(
        request, "staff/form.html", about=[account], account=account, form=form, title="Put on duty", press="Save"
    )


@require_POST
@sees(P.LOOK_AFTER_STAFF)
def end_duty(request: Asked, key: uuid.UUID, duty: uuid.UUID) -> HttpResponse:
    account = queries.colleague(request.viewer, key)
    access.end_duty(by=request.viewer, duty=queries.duty(request.viewer, account, duty))
    return redirect("staff-member", key)


@sees(P.LOOK_AFTER_STAFF)
def hand_on(request: Asked, key: uuid.UUID) -> HttpResponse:
    account, form = queries.colleague(request.viewer, key), forms.HandOn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            done = actions.hand_over(by=request.viewer, account=account, why=form.cleaned_data["why"])
            return redirect("staff-handed", done.pk)
    return page(request, "staff/hand_on.html", about=[account], account=account, form=form)


@sees(P.LOOK_AFTER_STAFF)
def handed(request: Asked, key: uuid.UUID) -> HttpResponse:
    """What a leaver held, who holds it now, where they were signed in, and what they took away in files."""
    hand_over = queries.hand_over(request.viewer, key)
    items = queries.handed_on(request.viewer, hand_over)
    about: list[Model | str] = [hand_over, hand_over.account, *(each.row for each in items)]
    return page(
        request, "staff/handed.html", about=about, hand_over=hand_over, items=items,
        ended=queries.ended_sessions(request.viewer, hand_over.account),
        files=queries.files_taken(request.viewer, hand_over),
    )  # fmt: skip


@require_POST
@sees(P.LOOK_AFTER_STAFF)
def seen_to(request: Asked, key: uuid.UUID) -> HttpResponse:
    actions.seen_to(by=request.viewer, notice=queries.notice(request.viewer, key))
    return redirect("staff-list")
