"""The register of groups, a group's own page, and a page for each thing that can be recorded about it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.groups import actions, forms, queries, results
from clearlines.groups.models import Group
from clearlines.lines import queries as lines
from clearlines.people import queries as people
from clearlines.safeguarding import queries as safeguarding
from clearlines.web.forms import Form
from clearlines.web.pages import Asked, page, searched, sees

OFFERED = 500


@sees(P.SEE_LINES)
def everything(request: Asked) -> HttpResponse:
    find = forms.Find(request.GET or None)
    words = find.cleaned_data["q"].strip() if find.is_valid() else ""
    found = queries.matching(request.viewer, words) if words else queries.visible(request.viewer)
    rows = queries.listed(request.viewer, found)
    about: list[Any] = [*(each.group for each in rows), *(ran.row.line for each in rows for ran in each.lines)]
    return page(
        request, "groups/list.html", about=["groups.list", *searched(request.viewer, words), *about], rows=rows,
        find=find, words=words, may_keep=request.viewer.may(P.KEEP_LINES),
    )  # fmt: skip


@sees(P.SEE_LINES)
def whole(request: Asked, key: uuid.UUID) -> HttpResponse:
    """As it was on a day. A day that is no day, or has not come, shows today and says so."""
    as_at = forms.AsAt(request.GET, today=request.viewer.today)
    shown = queries.file_of(request.viewer, key, as_at.day)
    somebody = [each.person for each in (*shown.people, *shown.were)]
    ran = [each.row.line for each in (*shown.lines, *shown.ended)]
    return page(
        request, "groups/group.html", about=[shown.group, *shown.linked, *ran, *somebody], file=shown, as_at=as_at,
        group=shown.group, may_keep=request.viewer.may(P.KEEP_LINES), may_see_people=request.viewer.may(P.SEE_PEOPLE),
        victims=safeguarding.pending_or_positive(request.viewer), recognised=safeguarding.positive(request.viewer),
    )  # fmt: skip


@sees(P.KEEP_LINES)
def new(request: Asked) -> HttpResponse:
    others = list(queries.called(request.viewer, request.POST.get("name", "")))
    form = forms.Register(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = actions.register(by=request.viewer, **form.cleaned_data)
            return redirect("groups-group", made.pk)
    return page(request, "groups/new.html", about=["groups.new", *others], form=form, others=_listed(request, others))


def _listed(request: Asked, others: list[Group]) -> list[queries.Listed]:
    """What is known of groups with the same name: the evidence for a decision about them."""
    return queries.listed(request.viewer, others) if others else []


@sees(P.KEEP_LINES)
def write_known(request: Asked, key: uuid.UUID) -> HttpResponse:
    group = queries.one(request.viewer, key)
    form = forms.Known(request.POST or None, initial={"known": group.known, "seen": group.version})
    return _asked(request, group, form, "Write what is known", lambda: _on(request, actions.write_known, group, form))


@sees(P.KEEP_LINES)
def add_alias(request: Asked, key: uuid.UUID) -> HttpResponse:
    group = queries.one(request.viewer, key)
    others = list(queries.called(request.viewer, request.POST.get("name", "")).exclude(pk=key))
    form = forms.Alias(request.POST or None, others=others)
    title = "Add something else it is called"
    return _asked(request, group, form, title, lambda: _on(request, actions.add_alias, group, form), others)


@sees(P.KEEP_LINES)
def run_line(request: Asked, key: uuid.UUID) -> HttpResponse:
    group, offered = queries.one(request.viewer, key), list(lines.visible(request.viewer)[:OFFERED])
    form = forms.RunsLine(request.POST or None, lines=offered)
    return _asked(
        request, group, form, "Add a line it runs",
        lambda: actions.run_line(by=request.viewer, group=group, **form.said), offered,
    )  # fmt: skip


@sees(P.KEEP_LINES)
def end_line(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    group, others = queries.one(request.viewer, key), list(queries.visible(request.viewer).exclude(pk=key))
    ran = queries.run(request.viewer, group, row)
    form = forms.EndsLine(request.POST or None, others=others, initial={"seen": ran.version})
    return _asked(
        request, group, form, f"{ran.line} is no longer theirs",
        lambda: actions.end_line(by=request.viewer, row=ran, **form.said), [ran.line, *others],
    )  # fmt: skip


@sees(P.KEEP_LINES)
def add_person(request: Asked, key: uuid.UUID) -> HttpResponse:
    group, offered = queries.one(request.viewer, key), list(people.visible(request.viewer)[:OFFERED])
    form = forms.PutPerson(request.POST or None, people=offered)
    return _asked(
        request, group, form, "Add somebody who directs it or works for it",
        lambda: actions.add_person(by=request.viewer, group=group, **form.said), offered,
    )  # fmt: skip


@sees(P.KEEP_LINES)
def end_person(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    group = queries.one(request.viewer, key)
    member = queries.member(request.viewer, group, row)
    form = forms.Ends(request.POST or None, initial={"seen": member.version})
    return _asked(
        request, group, form, f"{member.person.name} no longer stands in it",
        lambda: actions.end_person(by=request.viewer, row=member, **form.cleaned_data), [member.person],
    )  # fmt: skip


@sees(P.KEEP_LINES)
def link(request: Asked, key: uuid.UUID) -> HttpResponse:
    group, others = queries.one(request.viewer, key), list(queries.visible(request.viewer).exclude(pk=key))
    form = forms.Link(request.POST or None, others=others)
    return _asked(
        request, group, form, "Say what it has to do with another group",
        lambda: actions.link(by=request.viewer, from_group=group, **form.said), others,
    )  # fmt: skip


@sees(P.KEEP_LINES)
def take_back_link(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    group = queries.one(request.viewer, key)
    said = queries.link(request.viewer, group, row)
    form = forms.TakeBack(request.POST or None, initial={"seen": said.version})
    return _asked(
        request, group, form, f"Take back: {said.from_group} {said.get_kind_display().lower()} {said.to_group}",
        lambda: actions.take_back_link(by=request.viewer, row=said, **form.cleaned_data),
        [said.from_group, said.to_group],
    )  # fmt: skip


@sees(P.KEEP_LINES)
def add_assessment(request: Asked, key: uuid.UUID) -> HttpResponse:
    group = queries.one(request.viewer, key)
    form = forms.Assess(request.POST or None)
    return _asked(
        request, group, form, "Add a result of another tool",
        lambda: actions.add_assessment(by=request.viewer, group=group, **form.said),
    )  # fmt: skip


@sees(P.KEEP_LINES)
def take_back_assessment(request: Asked, key: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    group = queries.one(request.viewer, key)
    result = queries.assessment(request.viewer, group, row)
    form = forms.TakeBack(request.POST or None, initial={"seen": result.version})
    return _asked(
        request, group, form, f"Take back the result of {result}",
        lambda: actions.take_back_assessment(by=request.viewer, row=result, **form.cleaned_data),
    )  # fmt: skip


@sees(P.KEEP_LINES)
def bring_in(request: Asked) -> HttpResponse:
    """All of a spreadsheet, or none of it and a sentence for each row that is wrong."""
    form = forms.Import(request.POST or None, request.FILES or None)
    made = None
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = actions.import_assessments(by=request.viewer, sheet=form.cleaned_data["sheet"])
    about: list[Any] = ["groups.import", *(each.group for each in made or ())]
    return page(request, "groups/import.html", about=about, form=form, made=made, needed=results.NEEDED)


def _on(request: Asked, verb: Any, group: Group, form: Form) -> Any:
    return verb(by=request.viewer, group=group, **form.cleaned_data)


def _asked(
    request: Asked, group: Group, form: Form, title: str, act: Callable[[], Any], about: Any = ()
) -> HttpResponse:
    """One form, one verb, and back to the group."""
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            act()
            return redirect("groups-group", group.pk)
    others = _listed(request, list(about)) if "decided" in form.fields else ()
    return page(
        request, "groups/form.html", about=[group, *about], group=group, form=form, title=title, others=others
    )  # fmt: skip
