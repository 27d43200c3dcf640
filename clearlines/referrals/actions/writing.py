"""The sender's verbs, and writing down what somebody said on the telephone."""

import secrets
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from clearlines.access.acts import action, already, locked
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people.models import Person
from clearlines.referrals import rules
from clearlines.referrals.models import Received, Sent, SentNews, Source
from clearlines.referrals.moving import letter_name, move, note_move
from clearlines.referrals.protocol import protocol
from clearlines.referrals.queries import live_agreement, reasons_not_to_send
from clearlines.referrals.states import News, State
from clearlines.web.working_days import working_days_after

# No letter that sounds or looks like another: it is read out over the telephone.
ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
SOURCE_OF_KIND = {"health": Source.GP} | {each.value: each for each in Source}


@action(may=P.SEND_REFERRALS)
def send(
    *, by: Viewer, recipient: str, letter: Mapping[str, Any], person: Person | None = None, source: str = "",
    new_id: uuid.UUID | None = None,
) -> Sent:  # fmt: skip
    """Two rows: the sender's own, and a copy for the organisation with the key `recipient`. Refused without a live
    agreement that covers every field that says something."""
    if sent := already(Sent.objects.all(), new_id, by=by):
        ledger.record("referrals.sent_again", kind=Kind.COLLECTION, by=by, about=[sent])
        return sent
    to = Organisation.objects.get(pk=recipient)
    refuse_if(reasons_not_to_send(by, to=to, letter=letter, person=person))
    agreement = live_agreement(by, to)
    copied = _copied(letter, by=by) | {
        "agreement": agreement.key, "gateway": agreement.gateway,
        "source": source or SOURCE_OF_KIND.get(by.kind, Source.OTHER), "signed_by": by.full_name,
    }  # fmt: skip
    sent = Sent.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, to=to, person=person, **copied
    )
    received = Received.objects.create(
        owner=to,
        from_name=by.organisation.name,
        from_kind=by.kind,
        from_key=by.organisation_key,
        acknowledge_by=_acknowledge_by(by),
        **copied,
    )
    note_move(received, was="", at=by.now, who=None)
    about: list[Model | str] = [sent, letter_name(sent.letter_number), *([person] if person else [])]
    ledger.record("referrals.sent", kind=Kind.DISCLOSURE, by=by, about=about, under=sent.agreement)
    return sent


@action(may=P.ANSWER_REFERRALS)
def record_by_phone(
    *, by: Viewer, letter: Mapping[str, Any], source: str, said_by: str, in_person: bool = False,
    new_id: uuid.UUID | None = None,
) -> Received:  # fmt: skip
    """What the person, their family or anybody else told a worker. Only the recipient has a row."""
    if received := already(Received.objects.all(), new_id, by=by):
        ledger.record("referrals.recorded_again", kind=Kind.COLLECTION, by=by, about=[received])
        return received
    refuse_if([*rules.reasons_not_to_write(letter), *rules.reasons_not_to_record(source=source, said_by=said_by)])
    received = Received.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account,
        channel=Received.Channel.IN_PERSON if in_person else Received.Channel.PHONE,
        from_name=said_by, from_kind=source, source=source, signed_by=said_by,
        acknowledge_by=_acknowledge_by(by), gateway="Told to us directly", **_copied(letter, by=by),
    )  # fmt: skip
    note_move(received, was="", at=by.now, who=by.account)
    ledger.record(
        "referrals.recorded", kind=Kind.COLLECTION, by=by, about=[received, letter_name(received.letter_number)]
    )
    return received


@action(may=P.SEND_REFERRALS, across="a letter is two rows, one each")
def withdraw(*, by: Viewer, sent: Sent, why: str, seen: int | None = None) -> Sent:
    """Take a letter back before it is accepted. The recipient keeps its copy, marked as withdrawn."""
    sent = locked(Sent.objects.filter(owner=by.organisation_key), sent, seen=seen)
    received = Received.objects.select_for_update().get(letter_number=sent.letter_number)
    refuse_if(rules.reasons_not_to_withdraw(state=received.state, withdrawn=bool(sent.withdrawn_at), why=why))
    sent.withdrawn_at, sent.withdrawn_why = by.now, why
    sent.version += 1
    sent.save()
    move(received, State.WITHDRAWN, at=by.now, who=None, why=why)
    _tell(by, "referrals.withdrawn", sent)
    return sent


@action(may=P.SEND_REFERRALS, across="a letter is two rows, one each")
def appeal(*, by: Viewer, sent: Sent, why: str, seen: int | None = None) -> Sent:
    """Ask the recipient to look again at a letter it declined; somebody else there must."""
    sent = locked(Sent.objects.filter(owner=by.organisation_key), sent, seen=seen)
    received = Received.objects.select_for_update().get(letter_number=sent.letter_number)
    refuse_if(rules.reasons_not_to_appeal(declined=received.state == State.DECLINED, why=why))
    move(received, State.APPEALED, at=by.now, who=None, why=why)
    SentNews.objects.create(
        owner_id=sent.owner_id, created_at=by.now, created_by=by.account,
        sent=sent, news=News.LOOKED_AGAIN, said_by=by.organisation.name, words=why,
        step=received.version,
    )  # fmt: skip
    sent.version += 1
    sent.save()
    _tell(by, "referrals.appealed", sent)
    return sent


def _tell(by: Viewer, event: str, sent: Sent) -> None:
    about: list[Model | str] = [sent, letter_name(sent.letter_number)]
    ledger.record(event, kind=Kind.DISCLOSURE, by=by, about=about, under=sent.agreement)


def _copied(letter: Mapping[str, Any], *, by: Viewer) -> dict[str, Any]:
    """What both rows say, field by field, and nothing that points anywhere."""
    said = {name: letter[name] for name in rules.said_in(letter)}
    return said | {"letter_number": _new_number(), "sent_at": by.now, "created_at": by.now}


def _acknowledge_by(by: Viewer) -> date:
    agreed = protocol()
    return working_days_after(by.today, agreed.acknowledge_working_days, agreed.holidays)


def _new_number() -> str:
    """Unguessable (27⁸), and short enough to say."""
    spoken = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"CL-{spoken[:4]}-{spoken[4:]}"
