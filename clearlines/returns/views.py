"""Pages of the return: listed, counted, prepared, approved, sent, put right, and printed."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.returns import actions, paper, queries
from clearlines.returns.forms import BeginForm, CountForm, NoteForm, ReissueForm, SeenForm, StoryForm, WhyForm
from clearlines.returns.models import Return
from clearlines.web.downloads import CSV, PDF, download
from clearlines.web.pages import NOTHING_PERSONAL, Asked, look, page, sees

READS = (P.SEE_RETURNS, P.SEE_SENT_RETURNS)


@sees(*READS)
def listed(request: Asked) -> HttpResponse:
    rows = list(queries.visible(request.viewer))
    return page(request, "returns/list.html", about=rows, returns=rows, may_begin=queries.may_begin(request.viewer))


@sees(P.PREPARE_RETURNS)
def new(request: Asked) -> HttpResponse:
    quarters = list(queries.quarters_over(request.viewer))
    form = BeginForm(request.POST or None, quarters=quarters, initial={"as_known": request.viewer.today})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            from_on, to_on = form.dates
            given = {"as_known": form.cleaned_data["as_known"], "new_id": form.cleaned_data["new_id"]}
            part_of = actions.begin(by=request.viewer, from_on=from_on, to_on=to_on, **given)
            return redirect("returns-return", part_of.pk)
    return page(request, "returns/new.html", about=NOTHING_PERSONAL, form=form)


@sees(*READS)
def one(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    return page(request, "returns/return.html", about=[part_of], **_shown(request, part_of))


def _shown(request: Asked, part_of: Return, **more: Any) -> dict[str, Any]:
    viewer = request.viewer
    return {
        **paper.reading(part_of, queries.figures(viewer, part_of), queries.notes(viewer, part_of)),
        "words": queries.words(viewer, part_of),
        "stories": queries.stories(viewer, part_of),
        "halves": queries.halves(viewer, part_of),
        "still_to_count": queries.still_to_count(viewer, part_of),
        "moves": queries.moves(viewer, part_of),
        "may": queries.may_do(viewer, part_of),
        "later": queries.later(viewer, part_of),
        "seen": SeenForm(initial={"seen": part_of.version}),
        **more,
    }


@sees(P.PREPARE_RETURNS)
def count(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    form = CountForm(request.POST or None, initial={"words": queries.own_words(request.viewer, part_of)})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.contribute(by=request.viewer, part_of=part_of, words=form.cleaned_data["words"])
            return redirect("returns-return", part_of.pk)
    return page(request, "returns/count.html", about=[part_of], form=form, part_of=part_of)


@sees(P.PREPARE_RETURNS)
def tell(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    form = StoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.tell_story(by=request.viewer, part_of=part_of, **form.cleaned_data)
            return redirect("returns-return", key)
    return page(request, "returns/tell.html", about=[part_of], form=form, part_of=part_of)


@sees(P.PREPARE_RETURNS)
def take_back(request: Asked, key: uuid.UUID) -> HttpResponse:
    story = queries.own_story(request.viewer, key)
    if request.method == "POST":
        actions.take_back_story(by=request.viewer, story=story)
        return redirect("returns-return", story.part_of_id)
    return page(request, "returns/take_back.html", about=[story.part_of, story], story=story, part_of=story.part_of)


@sees(P.PREPARE_RETURNS)
def prepare(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _pressed(request, key, actions.prepare)


@sees(P.APPROVE_RETURNS)
def send(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _pressed(request, key, actions.send)


def _pressed(request: Asked, key: uuid.UUID, verb: Any) -> HttpResponse:
    """A button of the return's own page; what it refuses is said at the top of that page."""
    part_of = queries.one(request.viewer, key)
    form = SeenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            verb(by=request.viewer, part_of=part_of, seen=form.cleaned_data["seen"])
            return redirect("returns-return", key)
    return page(request, "returns/return.html", about=[part_of], **_shown(request, part_of, pressed=form))


@sees(P.APPROVE_RETURNS)
def approve(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    form = SeenForm(request.POST or None, initial={"seen": part_of.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.approve(by=request.viewer, part_of=part_of, seen=form.cleaned_data["seen"])
            return redirect("returns-return", key)
    reasons = queries.reasons_not_to_approve(request.viewer, part_of)
    shown = _shown(request, part_of, form=form, reasons=reasons)
    return page(request, "returns/approve.html", about=[part_of], **shown)


@sees(P.SEE_RETURNS)
def again(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    if request.method != "POST":
        return redirect("returns-return", key)
    found = actions.rerun(by=request.viewer, part_of=part_of)
    moved = [each for each in found if not each.same]
    return page(request, "returns/again.html", about=[part_of], part_of=part_of, checks=found, moved=moved)


@sees(P.SEE_RETURNS)
def note(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = actions.note_what_changed(by=request.viewer, part_of=part_of, **form.cleaned_data)
            titled = [(part_of.definitions.by_key[each.figure].title, each) for each in made]
            return page(request, "returns/noted.html", about=[part_of], part_of=part_of, notes=titled)
    return page(request, "returns/note.html", about=[part_of], form=form, part_of=part_of)


@sees(P.PREPARE_RETURNS)
def reopen(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _with_why(request, key, actions.reopen, "returns/reopen.html")


@sees(P.PREPARE_RETURNS)
def withdraw(request: Asked, key: uuid.UUID) -> HttpResponse:
    return _with_why(request, key, actions.withdraw, "returns/withdraw.html")


def _with_why(request: Asked, key: uuid.UUID, verb: Any, template: str) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    form = WhyForm(request.POST or None, initial={"seen": part_of.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            verb(by=request.viewer, part_of=part_of, **form.cleaned_data)
            return redirect("returns-return", key)
    return page(request, template, about=[part_of], form=form, part_of=part_of)


@sees(P.PREPARE_RETURNS)
def reissue(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    form = ReissueForm(request.POST or None, initial={"as_known": request.viewer.today})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            corrected = actions.reissue(by=request.viewer, part_of=part_of, **form.cleaned_data)
            return redirect("returns-return", corrected.pk)
    return page(request, "returns/reissue.html", about=[part_of], form=form, part_of=part_of)


@sees(*READS)
def pdf(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    beside = {"words": queries.words(request.viewer, part_of), "stories": queries.stories(request.viewer, part_of)}
    notes = queries.notes(request.viewer, part_of)
    file = paper.pdf(part_of, queries.figures(request.viewer, part_of), beside, notes)
    look(request.viewer, [part_of], at="returns-pdf")
    return download(f"return-{part_of.reference}.pdf", file, kind=PDF)


@sees(*READS)
def figures_file(request: Asked, key: uuid.UUID) -> HttpResponse:
    part_of = queries.one(request.viewer, key)
    notes = queries.notes(request.viewer, part_of)
    file = paper.figures_file(part_of, queries.figures(request.viewer, part_of), notes)
    look(request.viewer, [part_of], at="returns-figures")
    return download(f"return-{part_of.reference}.csv", file, kind=CSV)
