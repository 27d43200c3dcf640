"""The public door. One question a page; nothing about whoever is asking is kept."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearlines.reports import actions, forms, queries, receipts
from clearlines.reports.drafts import STEPS, Draft
from clearlines.reports.models import Report
from clearlines.reports.numbers import numbers
from clearlines.reports.states import IN_WORDS
from clearlines.web.pages import NOTHING_PERSONAL, Asked, open_to_all, page

# Somewhere ordinary to be seen looking at.
ELSEWHERE = "https://www.bbc.co.uk/weather"
# One answer, whatever was wrong with them.
NOT_THESE_WORDS = "Those three words do not open a report. Check each one and try again."


@open_to_all
def home(request: Asked) -> HttpResponse:
    return redirect("reports-start")


@open_to_all
def start(request: Asked) -> HttpResponse:
    """Danger first: nothing can be typed before this is answered."""
    draft = Draft(request.session)
    form = forms.Danger(request.POST if request.method == "POST" else None, initial=draft.said)
    if request.method == "POST" and form.is_valid():
        draft.keep(**form.cleaned_data)
        return redirect("reports-ring" if form.cleaned_data["danger"] == "yes" else "reports-what")
    return page(request, "reports/start.html", about=NOTHING_PERSONAL, form=form, numbers=numbers())


@open_to_all
def ring(request: Asked) -> HttpResponse:
    return page(request, "reports/ring.html", about=NOTHING_PERSONAL, numbers=numbers())


@open_to_all
def step(request: Asked, step: str) -> HttpResponse:
    draft = Draft(request.session)
    if not draft.is_open:
        return redirect("reports-start")
    form = forms.form_for(step, request.viewer)(request.POST or None, initial=draft.said)
    if request.method == "POST" and form.is_valid():
        draft.keep(**form.cleaned_data)
        return redirect(_after(step))
    return page(
        request, "reports/step.html", about=NOTHING_PERSONAL, form=form, draft=draft, step=step,
        number=STEPS.index(step) + 1, of=len(STEPS), before=_before(step),
    )  # fmt: skip


@open_to_all
def check(request: Asked) -> HttpResponse:
    draft = Draft(request.session)
    if draft.missing:
        return redirect(f"reports-{draft.missing}")
    receipt = receipts.sealed(draft.new_id)
    return page(
        request, "reports/check.html", about=NOTHING_PERSONAL, draft=draft, receipt=receipt,
        rows=_answers(draft, request), organisation=draft.sender(request.viewer).organisation,
    )  # fmt: skip


@open_to_all
@require_POST
def send(request: Asked) -> HttpResponse:
    """The receipt is shown in the answer itself, so that its words are never written down here, even for a moment."""
    draft, given = Draft(request.session), receipts.unsealed(request.POST.get("receipt", ""))
    if given is None:
        return redirect("reports-check")
    new_id, words = given
    report = actions.receive(by=draft.sender(request.viewer), new_id=new_id, receipt=words, **draft.said)
    draft.forget()
    return page(
        request, "reports/receipt.html", about=NOTHING_PERSONAL, words=words.split(), report=report, numbers=numbers()
    )


@open_to_all
def come_back(request: Asked) -> HttpResponse:
    form = forms.ThreeWords(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            if report := actions.come_back(by=request.viewer, words=form.cleaned_data["words"]):
                more = forms.More(initial={"opened": receipts.pass_to(report.pk)})
                return _progress(request, report, more)
            form.add_error(None, NOT_THESE_WORDS)
    return page(request, "reports/come_back.html", about=NOTHING_PERSONAL, form=form)


@open_to_all
@require_POST
def add_more(request: Asked) -> HttpResponse:
    form = forms.More(request.POST)
    report = queries.opened(request.viewer, receipts.passed(request.POST.get("opened", "")))
    if report is None:
        return redirect("reports-come-back")
    if form.is_valid():
        with form.refusals():
            added = form.cleaned_data
            actions.add_more(by=request.viewer, report=report, words=added["words"], new_id=added["new_id"])
            return page(request, "reports/added.html", about=[report], report=report)
    return _progress(request, report, form)


@open_to_all
def leave(request: Asked) -> HttpResponse:
    """Forgets what was typed and goes somewhere ordinary."""
    Draft(request.session).forget()
    return redirect(ELSEWHERE)


def _progress(request: Asked, report: Report, form: forms.More) -> HttpResponse:
    said = IN_WORDS[report.progress]
    return page(request, "reports/progress.html", about=[report], report=report, form=form, said=said)


def _before(step: str) -> str:
    place = STEPS.index(step)
    return f"reports-{STEPS[place - 1]}" if place else "reports-start"


def _after(step: str) -> str:
    place = STEPS.index(step) + 1
    return f"reports-{STEPS[place]}" if place < len(STEPS) else "reports-check"


def _answers(draft: Draft, request: Asked) -> list[forms.Answer]:
    """Every question with its answer, in the order asked, and the page that changes it."""
    found = forms.answers(forms.Danger(), draft.answers, "reports-start")
    for each in STEPS:
        found += forms.answers(forms.form_for(each, request.viewer)(), draft.answers, f"reports-{each}")
    return found
