"""The public door. One question a page; nothing about whoever is asking is kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearlines.reports import actions, forms, queries, receipts, rules
from clearlines.reports.drafts import STEPS, Draft
from clearlines.reports.models import Report
from clearlines.reports.numbers import numbers
from clearlines.reports.states import IN_WORDS
from clearlines.web import errors
from clearlines.web.pages import NOTHING_PERSONAL, Asked, open_to_all, page

# Somewhere ordinary to be seen looking at.
ELSEWHERE = "https://www.bbc.co.uk/weather"
# What was chosen is counted on the page before sending; who they are is only said to be there.
NOT_SHOWN_BACK = ("photograph", "your-name")
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
    return _step(request, draft, step, "reports/step.html", form=form)


@open_to_all
def photograph(request: Asked) -> HttpResponse:
    """Each is redrawn and locked away as it is chosen, so that a fault on a later page loses none."""
    draft = Draft(request.session)
    if not draft.is_open:
        return redirect("reports-start")
    form = forms.AddPhotograph(*_sent(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            if drawn := form.cleaned_data["photograph"]:
                actions.keep_photograph(by=request.viewer, sent_as=draft.new_id, drawn=drawn)
            again = drawn and "another" in request.POST
            return redirect("reports-photograph" if again else _after("photograph"))
    return _step(
        request, draft, "photograph", "reports/photograph.html", form=form, most=rules.PHOTOGRAPHS_EACH,
        chosen=range(1, queries.how_many_unsent(request.viewer, draft.new_id) + 1),
    )  # fmt: skip


@open_to_all
@require_POST
def remove_photograph(request: Asked, number: int) -> HttpResponse:
    draft = Draft(request.session)
    actions.remove_photograph(by=request.viewer, sent_as=draft.new_id, number=number)
    return redirect("reports-photograph")


@open_to_all
def your_name(request: Asked) -> HttpResponse:
    """Sealed before it is kept, even in the session; and never shown back."""
    draft = Draft(request.session)
    if not draft.is_open:
        return redirect("reports-start")
    form = forms.YourName(*_sent(request)[:1], viewer=draft.sender(request.viewer))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            if form.who or "take_out" in request.POST:
                draft.lock_name(form.who)
            return redirect(_after("your-name"))
    is_between = draft.sender(request.viewer).account is not None
    return _step(request, draft, "your-name", "reports/your_name.html", form=form, is_between=is_between)


@open_to_all
def check(request: Asked) -> HttpResponse:
    draft = Draft(request.session)
    if draft.missing:
        return redirect(f"reports-{draft.missing}")
    receipt = receipts.sealed(draft.new_id)
    return page(
        request, "reports/check.html", about=NOTHING_PERSONAL, draft=draft, receipt=receipt,
        rows=_answers(draft, request), organisation=draft.sender(request.viewer).organisation,
        photographs=queries.how_many_unsent(request.viewer, draft.new_id),
    )  # fmt: skip


@open_to_all
@require_POST
def send(request: Asked) -> HttpResponse:
    """The receipt is shown in the answer itself, so that its words are never written down here, even for a moment."""
    draft, given = Draft(request.session), receipts.unsealed(request.POST.get("receipt", ""))
    if given is None:
        errors.write_down(request, "access.token_not_ours")
        return redirect("reports-check")
    new_id, words = given
    by = draft.sender(request.viewer)
    report = actions.receive(by=by, new_id=new_id, receipt=words, who=draft.who, **draft.said)
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
    report = _opened(request)
    if report is None:
        return redirect("reports-come-back")
    if form.is_valid():
        with form.refusals():
            added = form.cleaned_data
            actions.add_more(by=request.viewer, report=report, words=added["words"], new_id=added["new_id"])
            return page(request, "reports/added.html", about=[report], report=report)
    return _progress(request, report, form)


@open_to_all
@require_POST
def forget_me(request: Asked) -> HttpResponse:
    """The same answer whether or not a name was left: whoever holds the words may not be whoever sent them."""
    report = _opened(request)
    if report is None:
        return redirect("reports-come-back")
    actions.forget_me(by=request.viewer, report=report)
    return page(request, "reports/forgotten.html", about=[report], report=report)


@open_to_all
def leave(request: Asked) -> HttpResponse:
    """Forgets what was typed and chosen and goes somewhere ordinary."""
    draft = Draft(request.session)
    if draft.is_open and queries.how_many_unsent(request.viewer, draft.new_id):
        actions.forget_unsent(by=request.viewer, sent_as=draft.new_id)
    draft.forget()
    return redirect(ELSEWHERE)


def _step(request: Asked, draft: Draft, step: str, template: str, **shown: Any) -> HttpResponse:
    return page(
        request, template, about=NOTHING_PERSONAL, draft=draft, step=step, number=STEPS.index(step) + 1,
        of=len(STEPS), before=_before(step), **shown,
    )  # fmt: skip


def _opened(request: Asked) -> Report | None:
    """The report whose pass the page carries; a pass that we did not give, or gave too long ago, opens none."""
    report = queries.opened(request.viewer, receipts.passed(request.POST.get("opened", "")))
    if report is None:
        errors.write_down(request, "access.token_not_ours")
    return report


def _sent(request: Asked) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


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
    for each in (step for step in STEPS if step not in NOT_SHOWN_BACK):
        found += forms.answers(forms.form_for(each, request.viewer)(), draft.answers, f"reports-{each}")
    return found
