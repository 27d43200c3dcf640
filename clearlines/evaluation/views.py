"""Did it work? The verdict first, and largest when there are too few to tell."""

import uuid
from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.models import Owned
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import the_one
from clearlines.access.viewer import Viewer
from clearlines.evaluation import (
    actions,
    answers,
    claim_answers,
    protocol_pages,
    queries,
    result_files,
    result_pages,
)  # fmt: skip
from clearlines.evaluation.claim_forms import ClaimForm, SayForm, understood
from clearlines.evaluation.forms import AgainForm, QuestionForm
from clearlines.evaluation.models import Run
from clearlines.hotspots import queries as hotspots
from clearlines.web.downloads import CSV, JSON, download, sheet
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees


@sees(P.SEE_EVALUATIONS)
def home(request: Asked) -> HttpResponse:
    viewer, may_run = request.viewer, request.viewer.may(P.RUN_EVALUATIONS)
    runs, results = queries.first_runs(viewer), queries.first_results(viewer)
    return page(request, "evaluation/home.html", about=NOTHING_PERSONAL, runs=runs, results=results, may_run=may_run)


@sees(P.RUN_EVALUATIONS)
def new(request: Asked) -> HttpResponse:
    form = QuestionForm(request.POST or None, viewer=request.viewer, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            run = actions.run(by=request.viewer, question=form.question(), new_id=form.cleaned_data["new_id"])
            return redirect("evaluation-run", run.pk)
    return page(request, "evaluation/question.html", about=NOTHING_PERSONAL, form=form)


@sees(P.SEE_EVALUATIONS)
def one(request: Asked, key: uuid.UUID) -> HttpResponse:
    run = the_one(queries.runs(request.viewer), key)
    template, shown = ("claim_kept", claim_answers.kept) if run.claim else ("run", answers.answer)
    return page(
        request, f"evaluation/{template}.html", about=NOTHING_PERSONAL, run=run, answer=shown(run),
        again=queries.again(request.viewer, run), form=AgainForm(), may_run=request.viewer.may(P.RUN_EVALUATIONS),
    )  # fmt: skip


@sees(P.RUN_EVALUATIONS)
def again(request: Asked, key: uuid.UUID) -> HttpResponse:
    run = the_one(queries.runs(request.viewer), key)
    return _pressed(request, run, partial(actions.run_again, before=run), at="evaluation-run", to="evaluation-run")


def _pressed(request: Asked, row: Owned, act: Callable[..., Owned], *, at: str, to: str) -> HttpResponse:
    """What a button asks, and then the page of what it made; anything else goes back to the page the button is on."""
    form = AgainForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect(at, row.pk)
    return redirect(to, act(by=request.viewer, new_id=form.cleaned_data["new_id"]).pk)


@sees(P.SEE_EVALUATIONS)
def protocols(request: Asked) -> HttpResponse:
    rows, may_register = queries.protocols(request.viewer), request.viewer.may(P.REGISTER_PROTOCOLS)
    return page(request, "evaluation/protocols.html", about=NOTHING_PERSONAL, protocols=rows, may_register=may_register)


@sees(P.REGISTER_PROTOCOLS)
def protocol_new(request: Asked) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    writing = protocol_pages.writing(request.viewer, request.GET, sent)
    if writing is None:
        sets = hotspots.sets(request.viewer)
        return page(request, "evaluation/protocol_choose.html", about=NOTHING_PERSONAL, sets=sets)
    if sent is not None and writing.draft is not None and writing.is_ready(sent):
        with writing.form.refusals():
            written = actions.register(by=request.viewer, **writing.words)
            return redirect("evaluation-protocol", written.pk)
    return page(request, "evaluation/protocol_new.html", about=NOTHING_PERSONAL, writing=writing)


@sees(P.SEE_EVALUATIONS)
def protocol(request: Asked, key: uuid.UUID) -> HttpResponse:
    viewer, written = request.viewer, the_one(queries.protocols(request.viewer), key)
    return page(
        request, "evaluation/protocol.html", about=NOTHING_PERSONAL, protocol=written,
        shown=protocol_pages.shown(viewer, written), newer=list(queries.replaced_by(viewer, written)),
        may_register=viewer.may(P.REGISTER_PROTOCOLS), may_see_set=viewer.may(P.SEE_HOTSPOTS),
        worked=result_pages.of_protocol(viewer, written),
    )  # fmt: skip


@sees(P.SEE_EVALUATIONS)
def claim(request: Asked) -> HttpResponse:
    """Whoever may run a comparison keeps the answer; whoever only reads them types counts, and nothing is kept."""
    say = SayForm(request.GET if "say" in request.GET else None, initial=request.GET.dict())
    if request.method != "POST" and not say.is_valid():
        return page(request, "evaluation/claim.html", about=NOTHING_PERSONAL, say=say)
    form, answer = ClaimForm(request.POST or None, viewer=request.viewer, initial=understood(request.GET)), None
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            if request.viewer.may(P.RUN_EVALUATIONS):
                return redirect("evaluation-run", _kept(request.viewer, form).pk)
            answer = claim_answers.unkept(form.claim(), form.question())
    return page(request, "evaluation/claim.html", about=NOTHING_PERSONAL, form=form, answer=answer)


def _kept(viewer: Viewer, form: ClaimForm) -> Run:
    said = {"claim": form.claim(), "question": form.question(), "new_id": form.cleaned_data["new_id"]}
    return actions.check_claim(by=viewer, **said)


@sees(P.RUN_EVALUATIONS)
def work_out(request: Asked, key: uuid.UUID) -> HttpResponse:
    written = the_one(queries.protocols(request.viewer), key)
    act = partial(actions.work_out, protocol=written)
    return _pressed(request, written, act, at="evaluation-protocol", to="evaluation-result")


@sees(P.SEE_EVALUATIONS)
def result(request: Asked, key: uuid.UUID) -> HttpResponse:
    kept = the_one(queries.results(request.viewer), key)
    return page(
        request, "evaluation/result.html", about=NOTHING_PERSONAL, result=kept, shown=result_pages.shown(kept),
        again=list(queries.repeats_of(request.viewer, kept)), form=AgainForm(),
        may_run=request.viewer.may(P.RUN_EVALUATIONS),
    )  # fmt: skip


@sees(P.RUN_EVALUATIONS)
def result_again(request: Asked, key: uuid.UUID) -> HttpResponse:
    kept = the_one(queries.results(request.viewer), key)
    act = partial(actions.work_out_again, before=kept)
    return _pressed(request, kept, act, at="evaluation-result", to="evaluation-result")


@sees(P.SEE_EVALUATIONS)
def result_csv(request: Asked, key: uuid.UUID) -> HttpResponse:
    kept = the_one(queries.results(request.viewer), key)
    return download(f"result-{kept.pk}-counts.csv", sheet(result_files.counts(kept)), kind=CSV)


@sees(P.SEE_EVALUATIONS)
def result_everything(request: Asked, key: uuid.UUID) -> HttpResponse:
    kept = the_one(queries.results(request.viewer), key)
    return download(f"result-{kept.pk}.json", result_files.everything(kept), kind=JSON)
