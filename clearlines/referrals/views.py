"""Writing a letter, following it, and answering one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.referrals import actions, choices, forms, queries
from clearlines.referrals.models import Sent
from clearlines.referrals.protocol import protocol
from clearlines.referrals.reading import agreement_of, has_a_child_at_risk, lines_of
from clearlines.triage import queries as triage
from clearlines.web.pages import NOTHING_PERSONAL, Asked, page, sees

PER_PAGE = 25


@sees(P.SEND_REFERRALS)
def new(request: Asked) -> HttpResponse:
    """Write, look at what would cross, then send: three presses on one address, and nothing kept until the last."""
    to, others = _addressee(request)
    reasons = queries.reasons_not_to_begin(request.viewer, to) if to else ["there is nobody you have an agreement with"]
    if to is None or reasons:
        return page(request, "referrals/cannot_write.html", about=NOTHING_PERSONAL, to=to, reasons=reasons)
    person = _own_person(request)
    form = _letter_form(request, to, person)
    step = request.POST.get("step")
    if step in ("preview", "send") and form.is_valid():
        with form.refusals():
            return _look_or_send(request, form, to, person)
    about = [person] if person else NOTHING_PERSONAL
    return page(
        request, "referrals/write.html", about=about, form=form, to=to, others=others,
        agreement=queries.agreement_with(request.viewer, to.kind), child=protocol().child,
    )  # fmt: skip


@sees(P.SEE_SENT_REFERRALS)
def sent(request: Asked) -> HttpResponse:
    letters = Paginator(queries.sent(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "referrals/sent.html", about=letters.object_list, letters=letters)


@sees(P.SEE_SENT_REFERRALS)
def sent_one(request: Asked, key: UUID) -> HttpResponse:
    letter = queries.sent_one(request.viewer, key)
    return page(
        request, "referrals/sent_one.html", about=[letter], letter=letter, lines=lines_of(letter),
        child=protocol().child if has_a_child_at_risk(letter) else None, choices=choices.for_sent(letter),
        agreement=agreement_of(letter),
    )  # fmt: skip


@sees(P.SEND_REFERRALS)
def withdraw(request: Asked, key: UUID) -> HttpResponse:
    words = {"title": "Take this letter back", "button": "Take it back", "done": "You have taken the letter back."}
    return _write_again(request, key, forms.Withdraw, actions.withdraw, words)


@sees(P.SEND_REFERRALS)
def appeal(request: Asked, key: UUID) -> HttpResponse:
    words = {
        "title": "Ask them to look again",
        "button": "Ask",
        "done": "They have been asked to look again.",
    }
    return _write_again(request, key, forms.Appeal, actions.appeal, words)


@sees(P.SEE_RECEIVED_REFERRALS)
def inbox(request: Asked) -> HttpResponse:
    waiting = list(queries.waiting(request.viewer))
    decided = Paginator(queries.decided(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    overdue = [letter for letter in waiting if letter.is_overdue_on(request.viewer.today)]
    return page(
        request, "referrals/inbox.html", about=[*waiting, *decided.object_list],
        waiting=waiting, decided=decided, overdue=overdue, today=request.viewer.today,
    )  # fmt: skip


@sees(P.SEE_RECEIVED_REFERRALS)
def letter(request: Asked, key: UUID) -> HttpResponse:
    letter = queries.received_one(request.viewer, key)
    about = [letter, letter.person] if letter.person else [letter]
    return page(
        request, "referrals/letter.html", about=about, letter=letter, lines=lines_of(letter),
        child=protocol().child if has_a_child_at_risk(letter) else None,
        choices=choices.for_received(letter, organisation=request.viewer.organisation_key),
        overdue=letter.is_overdue_on(request.viewer.today), contact_by=queries.contact_by(letter),
        agreement=agreement_of(letter),
    )  # fmt: skip


@sees(P.ANSWER_REFERRALS)
def record(request: Asked) -> HttpResponse:
    form = forms.RecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            received = actions.record_by_phone(
                by=request.viewer, letter=form.letter, source=said["source"], said_by=said["said_by"],
                in_person=said["in_person"] == "yes", new_id=said["new_id"],
            )  # fmt: skip
            return redirect("referrals-letter", received.pk)
    return page(request, "referrals/record.html", about=NOTHING_PERSONAL, form=form, child=protocol().child)


@sees(P.ANSWER_REFERRALS)
def acknowledge(request: Asked, key: UUID) -> HttpResponse:
    words = {"title": "Acknowledge and name a worker", "button": "Acknowledge", "done": "The sender knows who has it."}
    return _answer(request, key, forms.Acknowledge, actions.acknowledge, words)


@sees(P.ANSWER_REFERRALS)
def accept(request: Asked, key: UUID) -> HttpResponse:
    words = {"title": "Accept this letter", "button": "Accept", "done": "Accepted. This person now has our own record."}
    return _answer(request, key, forms.Accept, actions.accept, words)


@sees(P.ANSWER_REFERRALS)
def decline(request: Asked, key: UUID) -> HttpResponse:
    words = {
        "title": "Decline this letter",
        "button": "Decline",
        "done": "Declined. The sender can ask for another look.",
    }
    return _answer(request, key, forms.Decline, actions.decline, words)


@sees(P.ANSWER_REFERRALS)
def redirect_on(request: Asked, key: UUID) -> HttpResponse:
    words = {"title": "Send on to somebody better placed", "button": "Send on", "done": "The sender knows whom to ask."}
    return _answer(request, key, forms.Redirect, actions.redirect, words)


@sees(P.ANSWER_REFERRALS)
def take_back(request: Asked, key: UUID) -> HttpResponse:
    words = {"title": "Take this answer back", "button": "Take it back", "done": "The answer was taken back."}
    return _answer(request, key, forms.TakeBack, actions.take_back, words)


@sees(P.ANSWER_REFERRALS)
def first_known(request: Asked, key: UUID) -> HttpResponse:
    words = {"title": "Who knew them before?", "button": "Save", "done": "Saved in their own words."}
    return _answer(request, key, forms.FirstKnown, actions.record_first_known, words)


def _answer(request: Asked, key: UUID, form_of: Any, act: Callable[..., Any], words: dict[str, Any]) -> HttpResponse:
    letter = queries.received_one(request.viewer, key)
    form = form_of(request.POST or None, letter=letter, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            act(by=request.viewer, received=letter, **form.cleaned_data)
            messages.success(request, words["done"])
            return redirect("referrals-letter", letter.pk)
    back = "referrals-letter"
    return page(request, "referrals/answer.html", about=[letter], letter=letter, form=form, back_to=back, **words)


def _write_again(
    request: Asked, key: UUID, form_of: Any, act: Callable[..., Any], words: dict[str, Any]
) -> HttpResponse:
    letter = queries.sent_one(request.viewer, key)
    form = form_of(request.POST or None, letter=letter, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            act(by=request.viewer, sent=letter, **form.cleaned_data)
            messages.success(request, words["done"])
            return redirect("referrals-sent-one", letter.pk)
    back = "referrals-sent-one"
    return page(request, "referrals/answer.html", about=[letter], letter=letter, form=form, back_to=back, **words)


def _addressee(request: Asked) -> tuple[Organisation | None, list[Organisation]]:
    """Whom the letter is to, and whom else it could be to."""
    every = queries.recipients(request.viewer)
    asked = [each for each in every if each.key == request.GET.get("to")]
    chosen = next(iter(asked or every), None)
    return chosen, [each for each in every if each != chosen]


def _own_person(request: Asked) -> Person | None:
    key = request.POST.get("person") or request.GET.get("person")
    try:
        return people.person(request.viewer, UUID(key)) if key else None
    except ValueError:
        raise Http404 from None


def _letter_form(request: Asked, to: Organisation, person: Person | None) -> forms.LetterForm:
    agreement = queries.live_agreement(request.viewer, to)
    begin_with = {"person": person.pk, **triage.facts_for_letter(request.viewer, person)} if person else {}
    return forms.letter_form(agreement, sender_kind=request.viewer.kind)(request.POST or None, initial=begin_with)


def _look_or_send(request: Asked, form: forms.LetterForm, to: Organisation, person: Person | None) -> HttpResponse:
    if request.POST["step"] == "send":
        made = actions.send(
            by=request.viewer, recipient=to.key, letter=form.letter, person=person,
            source=form.cleaned_data.get("source", ""), new_id=form.cleaned_data["new_id"],
        )  # fmt: skip
        messages.success(request, f"Your letter has been sent. Its number is {made.letter_number}.")
        return redirect("referrals-sent-one", made.pk)
    refuse_if(queries.reasons_not_to_send(request.viewer, to=to, letter=form.letter, person=person))
    draft = Sent(**form.letter)
    agreement, child = queries.agreement_with(request.viewer, to.kind), protocol().child
    return page(
        request, "referrals/preview.html", about=[person] if person else NOTHING_PERSONAL, form=form, to=to,
        lines=lines_of(draft), agreement=agreement, child=child if has_a_child_at_risk(draft) else None,
    )  # fmt: skip
