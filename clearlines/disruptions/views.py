"""The list, a page for one disruption and for each thing that is added to it, what a period adds up to, the tactics."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.disruptions import actions, agencies, forms, kinds, queries
from clearlines.disruptions.models import Disruption
from clearlines.groups import queries as groups
from clearlines.lines import queries as lines
from clearlines.places import queries as places
from clearlines.web.forms import Form
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees

PER_PAGE, OFFERED = 50, 500


@sees(P.SEE_LINES)
def everything(request: Asked) -> HttpResponse:
    viewer = request.viewer
    find = forms.Find(request.GET or None, lines=list(lines.visible(viewer)))
    rows = Paginator(queries.found(viewer, **find.asked), PER_PAGE).get_page(request.GET.get("page"))
    waiting = queries.waiting_for_moderation(viewer).count()
    return page(
        request, "disruptions/list.html", about=["disruptions.list", *queries.named(rows)], find=find, rows=rows,
        waiting=waiting, may_record=viewer.may(P.RECORD_DISRUPTIONS),
    )  # fmt: skip


@sees(P.SEE_LINES)
def disruption(request: Asked, key: uuid.UUID) -> HttpResponse:
    viewer, shown = request.viewer, queries.whole(request.viewer, key)
    instead = queries.stands_instead(viewer, shown)
    may_moderate = viewer.may(P.MODERATE_DISRUPTIONS)
    return page(
        request, "disruptions/disruption.html", about=[shown, *shown.about, *([instead] if instead else [])],
        disruption=shown, instead=instead, may_moderate=may_moderate,
        not_to_moderate=queries.reasons_not_to_moderate(viewer, shown) if may_moderate else [],
        may_record=viewer.may(P.RECORD_DISRUPTIONS) and not shown.taken_back_at,
        may_close_line=queries.may_close_line(viewer, shown), may_see_people=viewer.may(P.SEE_PEOPLE),
    )  # fmt: skip


@sees(P.RECORD_DISRUPTIONS)
def new(request: Asked) -> HttpResponse:
    """What is asked, and after the first press what must be asked besides."""
    form = forms.Record(
        request.POST or None, initial=_begun(request), offered=_offered(request.viewer),
        may_move=request.viewer.may(P.KEEP_LINES),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        form = form.asked_again(_alike(request, form))
        if form.is_valid():
            with form.refusals():
                made = actions.record(by=request.viewer, act=form.act, to=form.to, **form.more)
                return redirect("disruptions-disruption", made.pk)
    about = ["disruptions.new", *form.rows.values()]
    return page(request, "disruptions/new.html", about=about, form=form, lists=kinds.everything())


def _alike(request: Asked, form: forms.Record) -> list[Disruption]:
    return queries.alike(request.viewer, form.to, p=form.cleaned_data["p"], on=form.cleaned_data["happened_on"])


def _begun(request: Asked) -> dict[str, Any]:
    """One's own force leads unless somebody says otherwise; a link from a line, person or place names it."""
    named = {name: request.GET.get(name, "") for name in ("line", "group", "person", "place")}
    return named | {"lead_agency": request.viewer.organisation_key}


def _offered(viewer: Viewer) -> dict[str, list[Any]]:
    rows = {
        "line": lines.visible(viewer), "group": groups.visible(viewer), "person": queries.people_of_lines(viewer),
        "place": places.visible(viewer),
    }  # fmt: skip
    return {name: list(found[:OFFERED]) for name, found in rows.items()}


@sees(P.MODERATE_DISRUPTIONS)
def moderate(request: Asked, key: uuid.UUID) -> HttpResponse:
    shown, form = queries.whole(request.viewer, key), forms.Moderate(request.POST or None)
    why_not = queries.reasons_not_to_moderate(request.viewer, shown)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.moderate(by=request.viewer, disruption=shown, **form.cleaned_data)
            return redirect("disruptions-disruption", key)
    return page(
        request, "disruptions/moderate.html", about=[shown, *shown.about], disruption=shown, form=form,
        why_not=why_not, listed=kinds.newest("levels"),
    )  # fmt: skip


@sees(P.RECORD_DISRUPTIONS)
def add_order(request: Asked, key: uuid.UUID) -> HttpResponse:
    shown, form = queries.one(request.viewer, key), forms.AddOrder(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            new_id = form.cleaned_data["new_id"]
            actions.add_order(by=request.viewer, disruption=shown, granted=form.granted, new_id=new_id)
            return redirect("disruptions-disruption", key)
    return _asked(request, shown, form, "Add an order, warrant or notice", listed=kinds.newest("orders"))


@sees(P.RECORD_DISRUPTIONS)
def order(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    shown = queries.one(request.viewer, key)
    order = queries.order(request.viewer, shown, row)
    form = forms.SayComplied(request.POST or None, initial={"seen": order.version, "on": order.complies_by})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.say_complied(by=request.viewer, order=order, **form.cleaned_data)
            return redirect("disruptions-disruption", key)
    return _asked(request, shown, form, order.name, order=order)


@sees(P.RECORD_DISRUPTIONS)
def add_seizure(request: Asked, key: uuid.UUID) -> HttpResponse:
    shown = queries.one(request.viewer, key)
    form = forms.AddSeizure(request.POST or None, initial={"on": shown.happened_on})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.add_seizure(by=request.viewer, disruption=shown, **form.cleaned_data)
            return redirect("disruptions-disruption", key)
    return _asked(request, shown, form, "Add something seized", listed=kinds.newest("seizures"))


@sees(P.RECORD_DISRUPTIONS)
def add_contribution(request: Asked, key: uuid.UUID) -> HttpResponse:
    shown = queries.one(request.viewer, key)
    begun = {"on": shown.happened_on}
    form = forms.AddContribution(request.POST or None, but_for=shown.lead_agency, initial=begun)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            new_id = form.cleaned_data["new_id"]
            actions.add_contribution(by=request.viewer, disruption=shown, part=form.part, new_id=new_id)
            return redirect("disruptions-disruption", key)
    return _asked(request, shown, form, "Add an agency that took part", listed=kinds.newest("contributions"))


@sees(P.RECORD_DISRUPTIONS)
def take_back(request: Asked, key: uuid.UUID) -> HttpResponse:
    shown = queries.one(request.viewer, key)
    others = list(queries.standing(request.viewer).exclude(pk=key)[:OFFERED])
    form = forms.TakeBack(request.POST or None, others=others, initial={"seen": shown.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            seen = form.cleaned_data["seen"]
            actions.take_back(by=request.viewer, disruption=shown, seen=seen, **form.said)
            return redirect("disruptions-disruption", key)
    return _asked(request, shown, form, f"Take {shown.reference} back", others=others)


@sees(P.SEE_LINES)
def totals(request: Asked) -> HttpResponse:
    """A period that is none shows the year so far, and says so."""
    begun = forms.a_year_to(request.viewer.today)
    form = forms.Period(request.GET if forms.Period.is_asked(request.GET) else None, initial=begun)
    shown = None
    if form.is_valid():
        with form.refusals():
            shown = queries.totals(request.viewer, form.cleaned_data["first"], form.cleaned_data["last"])
    shown = shown or queries.totals(request.viewer, **begun)
    return page(request, "disruptions/totals.html", about=["disruptions.totals"], form=form, totals=shown)


@sees(P.SEE_LINES)
def tactics(request: Asked) -> HttpResponse:
    return page(
        request, "disruptions/tactics.html", about=NOTHING_PERSONAL, listed=kinds.newest("tactics"),
        areas=kinds.tactics_by_area(),
        orders=kinds.newest("orders"), levels=kinds.newest("levels"), agreed=agencies.agreed(),
    )  # fmt: skip


def _asked(request: Asked, shown: Disruption, form: Form, title: str, **more: Any) -> HttpResponse:
    about = [shown, *shown.about, *queries.named(more.get("others", ()))]
    return page(
        request, "disruptions/form.html", about=about, disruption=shown, form=form, title=title, **more,
    )  # fmt: skip
