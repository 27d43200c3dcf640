"""Did it work? The verdict first, and largest when there are too few to tell."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import the_one
from clearlines.evaluation import actions, answers, protocol_pages, queries
from clearlines.evaluation.forms import AgainForm, QuestionForm
from clearlines.hotspots import queries as hotspots
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees


@sees(P.SEE_EVALUATIONS)
def home(request: Asked) -> HttpResponse:
    runs, may_run = queries.first_runs(request.viewer), request.viewer.may(P.RUN_EVALUATIONS)
    return page(request, "evaluation/home.html", about=NOTHING_PERSONAL, runs=runs, may_run=may_run)


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
    return page(
        request, "evaluation/run.html", about=NOTHING_PERSONAL, run=run, answer=answers.answer(run),
        again=queries.again(request.viewer, run), form=AgainForm(), may_run=request.viewer.may(P.RUN_EVALUATIONS),
    )  # fmt: skip


@sees(P.RUN_EVALUATIONS)
def again(request: Asked, key: uuid.UUID) -> HttpResponse:
    run, form = the_one(queries.runs(request.viewer), key), AgainForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("evaluation-run", run.pk)
    done = actions.run_again(by=request.viewer, before=run, new_id=form.cleaned_data["new_id"])
    return redirect("evaluation-run", done.pk)


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
    )  # fmt: skip
