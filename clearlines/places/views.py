"""The register of places. A place never shows who lives there: people stand above places."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.places import actions, forms, queries
from clearlines.web.pages import Asked, page, searched, sees

AT_ONCE = 50


@sees(P.SEE_PLACES)
def everywhere(request: Asked) -> HttpResponse:
    find = forms.Find(request.GET or None)
    words = find.cleaned_data["q"].strip() if find.is_valid() else ""
    found = queries.matching(request.viewer, words)
    rows, count = list(found[:AT_ONCE]), found.count()
    return page(
        request,
        "places/list.html",
        about=["places.list", *searched(request.viewer, words), *rows],
        find=find,
        words=words,
        rows=rows,
        count=count,
    )


@sees(P.SEE_PLACES)
def place(request: Asked, key: uuid.UUID) -> HttpResponse:
    place = queries.place(request.viewer, key)
    return page(request, "places/place.html", about=[place], place=place, may_keep=request.viewer.may(P.KEEP_PLACES))


@sees(P.KEEP_PLACES)
def new(request: Asked) -> HttpResponse:
    form = forms.Add(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            place = actions.add(by=request.viewer, new_id=form.cleaned_data["new_id"], **form.details)
            return redirect("places-place", place.pk)
    return page(request, "places/form.html", about=["places.new"], form=form)


@sees(P.KEEP_PLACES)
def correct(request: Asked, key: uuid.UUID) -> HttpResponse:
    place = queries.place(request.viewer, key)
    form = forms.Correct.of(request.POST or None, place)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.correct(by=request.viewer, place=place, seen=form.cleaned_data["seen"], **form.details)
            return redirect("places-place", place.pk)
    return page(request, "places/form.html", about=[place], form=form, place=place)
