"""The register of people: one's own organisation's records, and what it believes to be one person."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.people import actions, forms, queries
from clearlines.places import queries as places
from clearlines.web.pages import Asked, page, searched, sees

AT_ONCE = 50
OFFERED = 500
# Where what is about one person may be, in rooms above this one. Each list shows only what is open to whoever asks.
LISTS = [
    (P.SEE_RECEIVED_REFERRALS, "Letters", "referrals-inbox"),
    (P.SEE_SCREENINGS, "Screening", "screening-list"),
    (P.SEE_VISITS, "Visits", "visits-home"),
    (P.SEE_CARE, "Caseload", "care-list"),
]


@sees(P.SEE_PEOPLE)
def everybody(request: Asked) -> HttpResponse:
    find = forms.Find(request.GET or None)
    words = find.cleaned_data["q"].strip() if find.is_valid() else ""
    found = queries.matching(request.viewer, words)
    rows, count = list(found[:AT_ONCE]), found.count()
    may_keep = request.viewer.may(P.KEEP_PEOPLE)
    return page(
        request, "people/list.html", about=["people.list", *searched(request.viewer, words), *rows], find=find,
        words=words, rows=rows, count=count, may_keep=may_keep,
    )  # fmt: skip


@sees(P.SEE_PEOPLE)
def person(request: Asked, key: uuid.UUID) -> HttpResponse:
    person = queries.person(request.viewer, key)
    cluster, said = queries.cluster(request.viewer, person), list(queries.sayings_about(request.viewer, person))
    may = {
        "may_keep": request.viewer.may(P.KEEP_PEOPLE), "may_see_places": request.viewer.may(P.SEE_PLACES),
        "may_open": request.viewer.may(P.OPEN_IN_AN_EMERGENCY) and not request.viewer.stands_near(person.pk),
        "is_near": request.viewer.stands_near(person.pk),
        "may_tell": request.viewer.may(P.TELL), "may_see_register": request.viewer.may(P.SEE_REGISTER),
        "may_keep_colleague_away": request.viewer.may(P.KEEP_COLLEAGUES_AWAY),
        "may_refer": request.viewer.may(P.KEEP_NATIONAL_REFERRALS),
    }  # fmt: skip
    return page(
        request, "people/person.html", about=cluster, person=person, others=cluster[1:], said=said, **may,
        lists=[(label, route) for each, label, route in LISTS if request.viewer.may(each)],
        age=person.age_on(request.viewer.today), is_child=person.is_child_on(request.viewer.today),
    )  # fmt: skip


@sees(P.KEEP_PEOPLE)
def new(request: Asked) -> HttpResponse:
    form = forms.Add(request.POST or None, places=places.visible(request.viewer))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            details = form.details(request.viewer.today)
            person = actions.add(by=request.viewer, new_id=form.cleaned_data["new_id"], **details)
            return redirect("people-person", person.pk)
    return page(request, "people/form.html", about=["people.new", *form.places.values()], form=form)


@sees(P.KEEP_PEOPLE)
def correct(request: Asked, key: uuid.UUID) -> HttpResponse:
    person = queries.person(request.viewer, key)
    form = forms.Correct.of(request.POST or None, person, places.visible(request.viewer))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            details = form.details(request.viewer.today)
            actions.correct(by=request.viewer, person=person, seen=form.cleaned_data["seen"], **details)
            return redirect("people-person", person.pk)
    return page(request, "people/form.html", about=[person, *form.places.values()], form=form, person=person)


@sees(P.KEEP_PEOPLE)
def same(request: Asked, key: uuid.UUID) -> HttpResponse:
    """Say that another record is the same person. Both records stay as they are."""
    person = queries.person(request.viewer, key)
    others = list(queries.visible(request.viewer).exclude(pk=key)[:OFFERED])
    form = forms.SaySame(request.POST or None, people=others)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.say_same(by=request.viewer, one=person, other=form.chosen, reason=form.cleaned_data["reason"])
            return redirect("people-person", key)
    return page(request, "people/same.html", about=[person, *others], form=form, person=person)


@sees(P.KEEP_PEOPLE)
def part(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Take it back. What each record held is untouched, because nothing was merged."""
    person = queries.person(request.viewer, key)
    same, form = queries.saying(request.viewer, person, row), forms.Part(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.part(by=request.viewer, same=same, reason=form.cleaned_data["reason"])
            return redirect("people-person", key)
    return page(
        request, "people/part.html", about=[same.one, same.other], form=form, person=person, same=same,
        may_see_register=request.viewer.may(P.SEE_REGISTER),
    )  # fmt: skip
