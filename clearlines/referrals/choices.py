"""What can be done with a letter now, and for what cannot, why not: a button never goes quiet without saying so."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from clearlines.referrals import rules
from clearlines.referrals.models import Received, Sent
from clearlines.referrals.states import News, State

ANY_WORDS = "given"


@dataclass(frozen=True)
class Choice:
    label: str
    url: str
    reasons: tuple[str, ...] = ()


def for_received(letter: Received, *, organisation: str) -> list[Choice]:
    """Only what the letter's state could ever allow next; an answered letter offers no second answer."""
    if letter.state in (State.WITHDRAWN, State.FINISHED):
        return []
    if letter.state in (State.ACCEPTED, State.CONTACTED, State.DECLINED, State.REDIRECTED):
        return [_choice("Take this answer back", "referrals-take-back", letter, ())]
    here = {"organisation": organisation}
    why_not_decline = rules.reasons_not_to_decline(letter, because=ANY_WORDS, organisation=organisation)
    again = "Take it up again" if letter.state == State.APPEALED else "Acknowledge and name a worker"
    return [
        _choice(again, "referrals-acknowledge", letter,
                rules.reasons_not_to_acknowledge(letter, worker_organisation=organisation, **here)),
        _choice("Accept", "referrals-accept", letter, rules.reasons_not_to_accept(letter, **here)),
        _choice("Send on", "referrals-redirect", letter,
                rules.reasons_not_to_redirect(letter, to=ANY_WORDS, why=ANY_WORDS, **here)),
        _choice("Decline", "referrals-decline", letter, why_not_decline),
    ]  # fmt: skip


def for_sent(letter: Sent) -> list[Choice]:
    """Judged by the sender's own news alone: the recipient's state is not the sender's to see."""
    if letter.withdrawn_at:
        return []
    latest = letter.latest_news
    news = latest.news if latest else ""
    if news == News.DECLINED:
        return [_choice("Ask them to look again", "referrals-appeal", letter, ())]
    if news in ("", News.WORKER_NAMED):
        return [_choice("Take this letter back", "referrals-withdraw", letter, ())]
    return []


def _choice(label: str, route: str, letter: Received | Sent, reasons: Iterable[str]) -> Choice:
    return Choice(label, reverse(route, args=[letter.pk]), tuple(reasons))
