"""One change of state of a received letter, and one piece of news to its sender. Called by this room's actions only."""

from datetime import datetime

from clearlines.access.models import Account
from clearlines.access.viewer import Viewer
from clearlines.referrals.models import Received, ReceivedMove, Sent, SentNews
from clearlines.referrals.states import News, State


def move(received: Received, to: State, *, at: datetime, who: Account | None, why: str = "") -> None:
    """The row takes its new state, and the change is kept. `who` is nobody where it was the sender's doing."""
    was, received.state = received.state, to
    received.version += 1
    received.save()
    note_move(received, was=was, at=at, who=who, why=why)


def note_move(received: Received, *, was: str, at: datetime, who: Account | None, why: str = "") -> None:
    ReceivedMove.objects.create(
        owner_id=received.owner_id, created_at=at, created_by=who,
        received=received, was=was, became=received.state, why=why, step=received.version,
    )  # fmt: skip


def tell_sender(received: Received, news: News, *, by: Viewer, words: str = "") -> None:
    """A row the sender owns. A letter that somebody rang in has nobody to tell."""
    sent = Sent.objects.filter(letter_number=received.letter_number).first()
    if sent is not None:
        SentNews.objects.create(
            owner_id=sent.owner_id, created_at=by.now, created_by=None,
            sent=sent, news=news, said_by=by.organisation.name, words=words,
            step=received.version,
        )  # fmt: skip


def letter_name(number: str) -> str:
    """How the ledger names a letter at both ends: by the one thing both ends hold."""
    return f"referrals.letter:{number}"
