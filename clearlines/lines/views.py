"""The register and its timeline, a line's own page, and a page for each thing that can be recorded about it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clearlines.access.permissions import Permission as P
from clearlines.lines import actions, forms, picture, queries, sheet
from clearlines.lines.models import Line
from clearlines.lines.register import Register
from clearlines.lines.states import Status
from clearlines.people import queries as people
from clearlines.web import downloads
from clearlines.web.as_at import AsAt
from clearlines.web.forms import Form
from clearlines.web.pages import Asked, look, page, searched, sees

OFFERED = 500


@sees(P.SEE_LINES)
def everything(request: Asked) -> HttpResponse:
    """The timeline as it was on a day, as known on a day."""
    as_at, shown = _as_at(request)
    about: list[Any] = ["lines.list", *(row.line for row in shown.rows)]
    return page(
        request, "lines/list.html", about=about, as_at=as_at, register=shown, picture=picture.draw(shown),
        find=forms.Find(), kinds=picture.MARKS, may_keep=request.viewer.may(P.KEEP_LINES),
    )  # fmt: skip


@sees(P.SEE_LINES)
def download(request: Asked) -> HttpResponse:
    _, shown = _as_at(request)
    look(request.viewer, ["lines.list", *(row.line for row in shown.rows)], at="lines-download")
    return downloads.download(f"lines-{shown.on}-OFFICIAL-SENSITIVE.csv", sheet.of(shown), kind=downloads.CSV)


def _as_at(request: Asked) -> tuple[AsAt, Register]:
    """A day that is no day, or has not come, shows today and says so."""
    today = request.viewer.today
    form = AsAt.asked(request.GET, today)
    with form.refusals():
        return form, queries.register(request.viewer, *form.days(today))
    return form, queries.register(request.viewer, today, today)


@sees(P.SEE_LINES)
def differences(request: Asked) -> HttpResponse:
    """One day, and two days of knowing: which lines we would have counted otherwise."""
    form, found = forms.Differences(request.GET or None), None
    if form.is_valid():
        with form.refusals():
            found = queries.differences(request.viewer, **form.cleaned_data)
    shown: list[Any] = ["lines.differences", *(row.line for row in found.rows)] if found else []
    return page(request, "lines/differences.html", about=shown, form=form, found=found)


@sees(P.SEE_LINES)
def find(request: Asked) -> HttpResponse:
    form = forms.Find(request.GET or None)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = list(queries.matching(request.viewer, words)[:OFFERED]) if words else []
    return page(
        request,
        "lines/find.html",
        about=["lines.find", *searched(request.viewer, words), *found],
        find=form,
        words=words,
        found=found,
    )


@sees(P.KEEP_LINES)
def new(request: Asked) -> HttpResponse:
    others = _known_elsewhere(request, "number")
    form = forms.Register(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            asked = {name: form.cleaned_data[name] for name in ("brand", "since", "status", "reason", "exporter_area")}
            made = actions.register(
                by=request.viewer, new_id=form.cleaned_data["new_id"], first=form.first, **asked
            )  # fmt: skip
            return redirect("lines-line", made.pk)
    return page(request, "lines/new.html", about=["lines.new", *others], form=form, others=_standing(request, others))


def _known_elsewhere(request: Asked, box: str, kind: str = "number", line: Line | None = None) -> list[Line]:
    """The other lines that have, or had, what was typed."""
    found = queries.lines_with(request.viewer, kind, request.POST.get(box, ""))
    return list(found.exclude(pk=line.pk) if line else found)


def _standing(request: Asked, lines: list[Line]) -> Any:
    """What each of these lines is today: the evidence for a decision about them."""
    return queries.standing_on(request.viewer, request.viewer.today).filter(line__in=lines) if lines else ()


@sees(P.KEEP_LINES)
def move(request: Asked, key: uuid.UUID) -> HttpResponse:
    """First what it became, then what that rests on: two pages, so that each asks little."""
    line = queries.line(request.viewer, key)
    standing = queries.status_of(request.viewer, line)
    choose = forms.WhatItBecame(request.GET or None, status=standing)
    if not choose.is_valid():
        return page(request, "lines/move.html", about=[line], line=line, choose=choose, standing=standing)
    to = Status(choose.cleaned_data["to"])
    if to == Status.DISRUPTED:
        return redirect(f"{reverse('disruptions-new')}?line={line.pk}")
    return _moved(request, line, to)


def _moved(request: Asked, line: Line, to: Status) -> HttpResponse:
    others = list(queries.visible(request.viewer).exclude(pk=line.pk)) if to == Status.MERGED else []
    form = forms.Became(request.POST or None, to=to, others=others, initial={"seen": line.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.move(by=request.viewer, line=line, to=to, seen=form.cleaned_data["seen"], **form.said)
            return redirect("lines-line", line.pk)
    return page(request, "lines/became.html", about=[line, *others], line=line, form=form, to=to)


@sees(P.KEEP_LINES)
def correct(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    wrong = queries.status_row(request.viewer, line, row)
    form = forms.CorrectStatus.of(request.POST or None, wrong)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.correct_status(by=request.viewer, row=wrong, seen=form.cleaned_data["seen"], **form.said)
            return redirect("lines-line", key)
    return page(request, "lines/correct.html", about=[line], line=line, form=form, wrong=wrong)


@sees(P.KEEP_LINES)
def identify(request: Asked, key: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    others = _known_elsewhere(request, "said", request.POST.get("kind", "number"), line)
    form = forms.Identify(request.POST or None, others=others)
    return _add(request, line, form, actions.add_identifier, "Add a number, handset, SIM or name", others)


@sees(P.KEEP_LINES)
def change_number(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    old = queries.identifier(request.viewer, line, row)
    others = _known_elsewhere(request, "said", old.kind, line)
    form = forms.ChangeNumber(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.change_number(by=request.viewer, identifier=old, **form.cleaned_data)
            return redirect("lines-line", key)
    return _asked(request, line, form, f"Change {old.shown}", others)


@sees(P.KEEP_LINES)
def market(request: Asked, key: uuid.UUID) -> HttpResponse:
    line, form = queries.line(request.viewer, key), forms.Market(request.POST or None)
    return _add(request, line, form, actions.add_market, "Add a town where it sells")


@sees(P.KEEP_LINES)
def element(request: Asked, key: uuid.UUID, element: str) -> HttpResponse:
    line, form = queries.line(request.viewer, key), forms.Element(request.POST or None)
    return _add(request, line, form, actions.record_element, element.capitalize(), element=element)


@sees(P.KEEP_LINES)
def qualifies(request: Asked, key: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    form = forms.Qualifies(request.POST or None, initial={"seen": line.version})
    return _add(request, line, form, actions.decide_qualifies, "Decide whether it is a county line")


@sees(P.KEEP_LINES)
def put_person(request: Asked, key: uuid.UUID) -> HttpResponse:
    line, everybody = queries.line(request.viewer, key), list(people.visible(request.viewer)[:OFFERED])
    form = forms.PutPerson(request.POST or None, people=everybody)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data | {"person": form.people[form.cleaned_data["person"]]}
            actions.put_person_on_line(by=request.viewer, line=line, **said)
            return redirect("lines-line", key)
    return _asked(request, line, form, "Put somebody on this line", everybody)


@sees(P.KEEP_LINES)
def end_identifier(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    old = queries.identifier(request.viewer, line, row)
    return _changed(request, line, forms.End, f"{old.shown} is no longer used", actions.end_identifier, identifier=old)


@sees(P.KEEP_LINES)
def end_market(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    old = queries.market(request.viewer, line, row)
    return _changed(request, line, forms.End, f"It no longer sells in {old}", actions.end_market, market=old)


@sees(P.KEEP_LINES)
def end_role(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    old = queries.role(request.viewer, line, row)
    title = f"{old.person}: no longer “{old.get_role_display()}”"
    return _changed(request, line, forms.End, title, actions.end_role, [old.person], role=old)


@sees(P.KEEP_LINES)
def sighting(request: Asked, key: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    return _changed(request, line, forms.Seen, "It was seen selling", actions.record_sighting, line=line)


@sees(P.KEEP_LINES)
def check(request: Asked, key: uuid.UUID, row: uuid.UUID, days: int) -> HttpResponse:
    """Some days after a closure: is it still out of use?"""
    line = queries.line(request.viewer, key)
    closure = queries.status_row(request.viewer, line, row)
    title = f"The {days}-day check: is it still out of use?"
    return _changed(request, line, forms.Check, title, actions.answer_check, closure=closure, days=days)


@sees(P.KEEP_LINES)
def displacement(request: Asked, key: uuid.UUID) -> HttpResponse:
    line = queries.line(request.viewer, key)
    others = list(queries.visible(request.viewer).exclude(pk=key))
    form = forms.Displacement(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data | {"to_line": form.others[form.cleaned_data["to_line"]]}
            actions.link_displacement(by=request.viewer, from_line=line, **said)
            return redirect("lines-line", key)
    return _asked(request, line, form, "Link where it went on", others)


@sees(P.KEEP_LINES)
def displaced(request: Asked, key: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """A closure here, the same there: did it move on? A person answers, and is not asked again."""
    ends: dict[str, Any] = {
        "from_line": queries.line(request.viewer, key),
        "to_line": queries.line(request.viewer, other),
    }
    prompts = queries.possible_displacements(request.viewer, ends["to_line"])
    prompt = next((each for each in prompts if each.from_line == ends["from_line"]), None)
    form = forms.Displaced(request.POST or None, initial={"on": prompt.seen_on} if prompt else {})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            verb = actions.link_displacement if form.moved_on else actions.say_not_displaced
            verb(by=request.viewer, **ends, **form.said)
            return redirect("lines-line", key)
    return page(request, "lines/displaced.html", about=[*ends.values()], form=form, prompt=prompt, **ends)


@sees(P.KEEP_LINES)
def recognise(request: Asked, person: uuid.UUID) -> HttpResponse:
    """Somebody recorded as a suspect was a victim: put it right on every line, and hide nothing."""
    somebody = people.person(request.viewer, person)
    stands = [row for row in queries.to_recognise(request.viewer) if row.person_id == person]
    form = forms.Recognise(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.recognise_as_victim(by=request.viewer, person=somebody, **form.cleaned_data)
            return redirect("people-person", person)
    about = [somebody, *(row.line for row in stands)]
    return page(request, "lines/recognise.html", about=about, form=form, person=somebody, stands=stands)


def _changed(
    request: Asked, here: Line, asks: type[Form], title: str, verb: Any, about: Any = (), **what: Any
) -> HttpResponse:
    """One form, one verb that takes the form's own boxes beside what it changes, and back to the line."""
    form = asks(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            verb(by=request.viewer, **what, **form.cleaned_data)
            return redirect("lines-line", here.pk)
    return _asked(request, here, form, title, about)


def _add(request: Asked, line: Line, form: Form, verb: Any, title: str, others: Any = (), **more: Any) -> HttpResponse:
    """The same for a form that was made with what it asks about."""
    return _changed(request, line, lambda _: form, title, verb, others, line=line, **more)  # type: ignore[arg-type]


def _asked(request: Asked, line: Line, form: Form, title: str, about: Any = ()) -> HttpResponse:
    known = _standing(request, list(about)) if "decided" in form.fields else ()
    return page(request, "lines/form.html", about=[line, *about], line=line, form=form, title=title, others=known)
