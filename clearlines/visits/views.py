"""My round, one appointment and what can be done to it, offers from others, and what visits add up to."""

import uuid
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearlines.access.permissions import Permission as P
from clearlines.people import queries as people
from clearlines.places import queries as places
from clearlines.visits import actions, forms, queries
from clearlines.visits.models import Appointment
from clearlines.visits.standing import standing
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees

OFFERED = 20
AHEAD = 50


@sees(P.SEE_VISITS)
def home(request: Asked) -> HttpResponse:
    viewer = request.viewer
    lists: dict[str, Any] = {
        "round": list(queries.my_round(viewer)),
        "unwritten": list(queries.to_write_up(viewer)[:AHEAD]),
        "offers": list(queries.offers_waiting(viewer)),
        "coming": list(queries.coming(viewer)[:AHEAD]),
        "decisions": queries.decisions_due(viewer) if viewer.may(P.SUPERVISE_VISITS) else [],
    }
    about = [row for found in lists.values() for each in found for row in _rows_of(each)]
    return page(request, "visits/home.html", about=["visits.round", *about], **lists)


def _rows_of(each: Any) -> list[Any]:
    rows = [each, getattr(each, "person", None), getattr(each, "place", None)]
    return [row for row in rows if row is not None]


@sees(P.PLAN_VISITS)
def find(request: Asked) -> HttpResponse:
    form, found_people, found_places = forms.Find(request.GET or None), [], []
    words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    if words.strip():
        found_people = list(people.matching(request.viewer, words)[:OFFERED])
        found_places = list(places.matching(request.viewer, words)[:OFFERED])
    about: list[Any] = ["visits.find", *found_people, *found_places]
    return page(
        request, "visits/find.html", about=about, form=form, people=found_people, places=found_places, words=words
    )


@sees(P.PLAN_VISITS)
def new(request: Asked) -> HttpResponse:
    person, offered = _asked_for(request)
    about = [row for row in (person, *offered) if row]
    form = forms.Plan(
        request.POST or None, viewer=request.viewer, colleagues=queries.colleagues(request.viewer), places=offered,
        person=person,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            return redirect("visits-appointment", actions.plan(by=request.viewer, **form.said()).pk)
    return page(request, "visits/plan.html", about=about, form=form, person=person)


def _asked_for(request: Asked) -> tuple[Any, list[Any]]:
    """The person and place that the address names, if they are the viewer's own."""
    keys = {name: _key(request.GET.get(name, "")) for name in ("person", "place")}
    person = people.person(request.viewer, keys["person"]) if keys["person"] else None
    place = places.place(request.viewer, keys["place"]) if keys["place"] else None
    home = person.home if person else None
    return person, [each for each in (place, home) if each]


def _key(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None


@sees(P.SEE_VISITS)
def appointment(request: Asked, key: uuid.UUID) -> HttpResponse:
    now = standing(request.viewer, queries.appointment(request.viewer, key))
    return page(request, "visits/appointment.html", about=now.shown, now=now, appointment=now.appointment)


@sees(P.PLAN_VISITS)
def move(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.appointment(request.viewer, key)
    first = forms.first_words(row)
    start = {"seen": row.version, "on": first["on"], "at": first["arrived"], "minutes": row.minutes}
    form = forms.Move(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.move(by=request.viewer, appointment=row, **form.said())
            return redirect("visits-appointment", key)
    return _form_page(request, row, form, "Move this visit", "Move it")


@sees(P.PLAN_VISITS)
def crew(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.appointment(request.viewer, key)
    start = {"seen": row.version, "crew": [str(each.account_id) for each in queries.going(row)]}
    form = forms.Crew(request.POST or None, initial=start, colleagues=queries.colleagues(request.viewer))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.send_others(by=request.viewer, appointment=row, **form.said())
            return redirect("visits-appointment", key)
    return _form_page(request, row, form, "Change who goes", "Save")


@sees(P.PLAN_VISITS)
def cancel(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.appointment(request.viewer, key)
    form = forms.Cancel(request.POST or None, initial={"seen": row.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.cancel(by=request.viewer, appointment=row, **form.cleaned_data)
            return redirect("visits-appointment", key)
    return _form_page(request, row, form, "Cancel this visit", "Cancel the visit")


@sees(P.PLAN_VISITS)
def ask(request: Asked, key: uuid.UUID) -> HttpResponse:
    row, others = queries.appointment(request.viewer, key), queries.who_may_be_asked(request.viewer)
    start = {"seen": row.version, "to": others[0].pk if others else ""}
    form = forms.Ask(request.POST or None, initial=start, organisations=others)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.offer(by=request.viewer, appointment=row, **form.said())
            return redirect("visits-appointment", key)
    return page(request, "visits/ask.html", about=[row], form=form, appointment=row)


@sees(P.PLAN_VISITS)
@require_POST
def take_back(request: Asked, key: uuid.UUID) -> HttpResponse:
    actions.withdraw_offer(by=request.viewer, appointment=queries.appointment(request.viewer, key))
    return redirect("visits-appointment", key)


@sees(P.RECORD_VISITS)
@require_POST
def check_in(request: Asked, key: uuid.UUID) -> HttpResponse:
    actions.check_in(by=request.viewer, appointment=queries.appointment(request.viewer, key))
    return redirect("visits-appointment", key)


@sees(P.RECORD_VISITS)
@require_POST
def check_out(request: Asked, key: uuid.UUID) -> HttpResponse:
    actions.check_out(by=request.viewer, appointment=queries.appointment(request.viewer, key))
    return redirect("visits-appointment", key)


@sees(P.SEE_VISITS)
def offer(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.offer(request.viewer, key)
    colleagues = queries.colleagues(request.viewer)
    form = forms.Accept(request.POST or None, initial={"seen": row.version}, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            return redirect("visits-appointment", actions.accept_offer(by=request.viewer, offer=row, **form.said()).pk)
    ours = queries.appointments(request.viewer).filter(offer=row, state="planned").first()
    return page(request, "visits/offer.html", about=[row], form=form, offer=row, ours=ours)


@sees(P.PLAN_VISITS)
def decline(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.offer(request.viewer, key)
    form = forms.Decline(request.POST or None, initial={"seen": row.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.decline_offer(by=request.viewer, offer=row, **form.cleaned_data)
            return redirect("visits-home")
    return page(request, "visits/decline.html", about=[row], form=form, offer=row)


@sees(P.RECORD_VISITS)
def record(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.appointment(request.viewer, key)
    form = forms.Record(
        request.POST or None, initial=forms.first_words(row), kind=request.viewer.kind, is_joint=row.is_joint
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.record(by=request.viewer, appointment=row, **form.said())
            return redirect("visits-appointment", key)
    return page(request, "visits/account_form.html", about=_rows_of(row), form=form, appointment=row)


@sees(P.RECORD_VISITS)
def correct(request: Asked, key: uuid.UUID) -> HttpResponse:
    account = queries.account(request.viewer, key)
    row = account.appointment
    words = forms.words_of(account)
    form = forms.Correct(request.POST or None, initial=words, kind=request.viewer.kind, is_joint=row.is_joint)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.correct(by=request.viewer, account=account, **form.said())
            return redirect("visits-appointment", row.pk)
    about = [account, *_rows_of(row)]
    return page(request, "visits/account_form.html", about=about, form=form, appointment=row, account=account)


@sees(P.RECORD_VISITS)
@require_POST
def promise_kept(request: Asked, key: uuid.UUID) -> HttpResponse:
    kept = actions.keep_promise(by=request.viewer, follow_up=queries.promise(request.viewer, key))
    return redirect("visits-appointment", kept.appointment_id)


@sees(P.SUPERVISE_VISITS)
def decide(request: Asked, key: uuid.UUID) -> HttpResponse:
    row = queries.appointment(request.viewer, key)
    form = forms.Decide(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.decide_after_no_answer(by=request.viewer, appointment=row, **form.cleaned_data)
            return redirect("visits-appointment", key)
    return _form_page(request, row, form, "Three visits without an answer", "Save what is tried next")


@sees(P.SEE_VISITS)
def counts(request: Asked) -> HttpResponse:
    today = request.viewer.today
    start = {"start": date(today.year, today.month, 1), "end": today}
    form = forms.Period(request.GET or None, initial=start)
    if form.is_bound and form.is_valid():
        start = form.cleaned_data
    found = queries.counts(request.viewer, start["start"], start["end"])
    return page(request, "visits/counts.html", about=NOTHING_PERSONAL, form=form, counts=found, period=start)


def _form_page(request: Asked, row: Appointment, form: object, title: str, button: str) -> HttpResponse:
    return page(
        request, "visits/form.html", about=_rows_of(row), form=form, appointment=row, title=title, button=button
    )
