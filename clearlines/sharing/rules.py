"""Reasons not to tell, to take back, to ask, to answer. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from clearlines.sharing.states import PROPOSAL_IN_WORDS, PROPOSAL_MOVES, ProposalState

# Everything that may be told, in the order it is read. What may cross is an agreement's, or a decision's, to say.
FIELDS = {
    "name": "Name",
    "born": "Date of birth or age",
    "contact": "How to reach them safely",
    "address": "Where they live or stay",
    "danger": "Danger to them or to others",
    "children": "Children who may be at risk",
    "exploitation": "How they are being used",
    "support": "The help they have now",
    "happened": "What happened",
    "ask": "What we ask you to do",
}
# Facts are told apart from opinions: Data Protection Act 2018 s.38(2).
SAID_AS = {
    "fact": "A fact: we saw, heard or recorded it",
    "opinion": "An opinion: somebody's judgement",
    "told": "We were told it by somebody else",
}
LONGEST = 2000
# They work with totals or with the machine: never with a person.
NEVER_TOLD = ("commissioner", "university", "host")


class Live(Protocol):
    @property
    def revoked_at(self) -> datetime | None: ...
    @property
    def until_on(self) -> date | None: ...


class Gateway(Protocol):
    @property
    def words(self) -> str: ...
    @property
    def sender_kinds(self) -> Sequence[str]: ...
    @property
    def recipient_kinds(self) -> Sequence[str]: ...


class Agreed(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def uses(self) -> Sequence[str]: ...
    @property
    def parties(self) -> Sequence[str]: ...


def is_live(told: Live, *, today: date) -> bool:
    """Whether its recipient may read it: not taken back, and its last day not past."""
    return told.revoked_at is None and (told.until_on is None or today <= told.until_on)


def reasons_not_to_say(told: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What any telling needs, whatever lets it cross."""
    said = {each["field"]: each for each in told}
    if not said.get("name", {}).get("words", "").strip():
        yield "give the name of the person it is about"
    if set(said) <= {"name"}:
        yield "say at least one thing that they need to know"
    if unknown := sorted(set(said) - set(FIELDS)):
        yield f"a telling has no place for: {', '.join(unknown)}"
    for field, each in said.items():
        if len(each["words"]) > LONGEST:
            yield f"'{FIELDS.get(field, field)}' is longer than {LONGEST:,} characters: tell only what they need"
        if each.get("said_as") not in SAID_AS:
            yield f"say whether '{FIELDS.get(field, field)}' is a fact, an opinion, or something you were told"


def reasons_not_to_send_to(
    *, giver: str, recipient: str, recipient_kind: str, person_owner: str | None
) -> Iterator[str]:
    if giver == recipient:
        yield "an organisation does not tell itself"
    if recipient_kind in NEVER_TOLD:
        yield "this kind of organisation is never told about a person"
    if person_owner is not None and person_owner != giver:
        yield "the person is not on your own organisation's records"


def reasons_not_to_keep_so_long(
    *, review_on: date | None, until_on: date | None, longest_days: int, today: date
) -> Iterator[str]:
    if review_on is None or review_on <= today:
        yield "choose a day after today on which somebody looks at this again"
    elif (review_on - today).days > longest_days:
        yield "look at it again within a year"
    if until_on is not None and until_on < today:
        yield "the last day they may read it is already past"


def reasons_not_to_rely_on(
    gateway: Gateway | None, *, sender_kind: str, recipient_kind: str, reason: str
) -> Iterator[str]:
    """For what no agreement covers: a power in law that fits both sides, and a reason in words."""
    if gateway is None:
        yield "choose what in law lets you tell them"
    else:
        if gateway.sender_kinds and sender_kind not in gateway.sender_kinds:
            yield f"'{gateway.words}' is not a power of your kind of organisation"
        if gateway.recipient_kinds and recipient_kind not in gateway.recipient_kinds:
            yield f"'{gateway.words}' does not reach this kind of organisation"
    if not reason.strip():
        yield "say why they need to know"


def reasons_not_to_use(agreement: Agreed, *, use: str, sender: str, recipient: str) -> Iterator[str]:
    if use not in agreement.uses:
        yield f"'{agreement.title}' was not signed for this"
    if agreement.parties and not {sender, recipient} <= set(agreement.parties):
        yield f"'{agreement.title}' is not signed by both organisations"


def reasons_not_to_call_it_an_emergency(*, risk: str) -> Iterator[str]:
    if not risk.strip():
        yield "say what may happen, and to whom, if they are not told now"


def reasons_not_to_decide(
    state: str, *, proposed_by: object, decider: object, to_tell: bool, why: str
) -> Iterator[str]:
    wanted = ProposalState.DECIDED if to_tell else ProposalState.DECLINED
    if wanted not in PROPOSAL_MOVES[state]:
        yield f"this is now '{PROPOSAL_IN_WORDS[state]}', so there is nothing left to decide"
    if proposed_by == decider:
        yield "somebody else must decide: you asked for it"
    if not to_tell and not why.strip():
        yield "say why it is not to be told"


def reasons_not_to_review(
    *, reviewed: bool, giver: object, reviewer: object, verdict: str, words: str
) -> Iterator[str]:
    if reviewed:
        yield "somebody has already looked at this"
    if giver == reviewer:
        yield "somebody else must look: you told them"
    if verdict not in ("right", "wrong"):
        yield "say whether it was right or wrong to tell them"
    if not words.strip():
        yield "say what you looked at and why you think so"


def reasons_not_to_revoke(*, revoked_at: object, why: str) -> Iterator[str]:
    if revoked_at is not None:
        yield "this has already been taken back"
    if not why.strip():
        yield "say why you are taking it back: they will read this"


def reasons_not_to_correct(
    *, told: Sequence[Mapping[str, Any]], field: str, words: str, said_as: str, why: str
) -> Iterator[str]:
    was = {each["field"]: each["words"] for each in told}
    if field not in was:
        yield "choose something that was told"
    elif not words.strip():
        yield "give the right words; to take everything back, choose 'Take it back'"
    elif words.strip() == was[field].strip():
        yield "the words are the same as before"
    if said_as not in SAID_AS:
        yield "say whether it is a fact, an opinion, or something you were told"
    if not why.strip():
        yield "say how you know that it was wrong: this stays here"


def reasons_not_to_look_again(
    *, is_live: bool, review_on: date | None, longest_days: int, today: date
) -> Iterator[str]:
    if not is_live:
        yield "they can no longer read this, so there is nothing to keep"
    yield from reasons_not_to_keep_so_long(review_on=review_on, until_on=None, longest_days=longest_days, today=today)


def reasons_not_to_say_destroyed(*, asks: bool, destroyed_at: object, how: str) -> Iterator[str]:
    if not asks or destroyed_at is not None:
        yield "nothing is waiting to be destroyed here"
    if not how.strip():
        yield "say what became of every copy"


def parted_between(given_at: datetime, *, said_at: datetime, parted_at: datetime | None) -> bool:
    """Told while two records were believed to be one person: it may have been about somebody else."""
    return parted_at is not None and said_at <= given_at <= parted_at


# ── The matching role ────────────────────────────────────────────────────────────────────────────────────────────

# Only these have a matching role. A list of who eats, heals or talks somewhere is never asked about: domain.md 3.8.
MAY_BE_ASKED = ("police", "charity")


def reasons_not_to_ask(*, asker: str, to: str, to_kind: str, name: str, why: str, would_be_told: bool) -> Iterator[str]:
    if asker == to:
        yield "look in your own organisation's records instead"
    if to_kind not in MAY_BE_ASKED:
        yield "nobody can ask whom a food club, a surgery, a treatment or a counselling service knows"
    if not name.strip():
        yield "give a name, or what people call them"
    if not why.strip():
        yield "say why you need to know: whoever looks will read this"
    if would_be_told:
        yield "ask a colleague to ask: whoever asks is never the one who is told whom to ring"


def needs_the_lead(asker_kind: str) -> bool:
    """To tell police that somebody is supported is never one person's decision."""
    return asker_kind == "police"


def reasons_not_to_look(state: str, *, waits_for: str) -> Iterator[str]:
    if state != waits_for:
        yield "somebody has already dealt with this question"


def reasons_not_to_point(agreement: Agreed | None, *, is_live: bool) -> Iterator[str]:
    """Without a live agreement for exactly this there is one answer: nothing."""
    if agreement is None:
        yield "no agreement lets you say so to them: answer that there is nothing to say"
    elif not is_live:
        yield f"'{agreement.title}' is not live today: answer that there is nothing to say"


def reasons_not_to_confirm(*, person_owner: str | None, holder: str) -> Iterator[str]:
    if person_owner is None:
        yield "choose the record that you believe is this person"
    elif person_owner != holder:
        yield "the person is not on your own organisation's records"


def reasons_not_to_let_know(*, confirmed_by: object, decider: object, why: str) -> Iterator[str]:
    if confirmed_by == decider:
        yield "somebody else must decide: you confirmed it"
    if not why.strip():
        yield "say why the police should know whom to ring"


# ── Requests for information about a victim ──────────────────────────────────────────────────────────────────────


def reasons_not_to_request(said: Mapping[str, Any], *, asker_kind: str, to_kind: str) -> Iterator[str]:
    if asker_kind != "police":
        yield "only police ask in this way; anybody else rings the duty lead"
    if to_kind == "police":
        yield "ask another force by its own channels"
    for field, sentence in {
        "name": "give the name of the person it is about",
        "line_of_enquiry": "say which reasonable line of enquiry this is for",
        "scope": "say exactly what you ask for, and over which days",
        "why_necessary": "say why it is necessary, and why you cannot get it another way",
        "why_proportionate": "say why it is proportionate to ask this of somebody who may be a victim",
        "notice_given": "say whether the person has been told",
    }.items():
        if not str(said.get(field) or "").strip():
            yield sentence
    if said.get("asks_counselling") and not str(said.get("probative") or "").strip():
        yield "you ask for counselling information: say why it has substantial probative value"
    if said.get("notice_given") in ("given", "not_safe") and not str(said.get("notice_how") or "").strip():
        yield "say how and when the person was told, or why it would not be safe"


def reasons_not_to_notify(
    *, told: str, how: str, why_not: str, look_again_on: date | None, is_child: bool, parent_may_exploit: str,
    parent_why: str, today: date,
) -> Iterator[str]:  # fmt: skip
    if told in ("person", "parent") and not how.strip():
        yield "say how they were told in writing, and when"
    if told == "not_yet":
        if not why_not.strip():
            yield "say why nobody has been told yet"
        if look_again_on is None or look_again_on <= today:
            yield "choose a day after today on which somebody looks at this again"
    if told == "parent":
        yield from reasons_not_to_tell_a_parent(is_child=is_child, may_exploit=parent_may_exploit, why=parent_why)


def reasons_not_to_tell_a_parent(*, is_child: bool, may_exploit: str, why: str) -> Iterator[str]:
    if not is_child:
        yield "a parent is told only of a request about a child: tell the person themselves"
    if may_exploit != "no":
        yield "do not tell this parent: first somebody looks at whether they may be the one exploiting the child"
    elif not why.strip():
        yield "say what you looked at before you decided that this parent is safe to tell"


def reasons_not_to_answer(
    state: str, *, was_withdrawn: bool, has_notice: bool, is_counselling: bool, not_counselling_why: str,
    asks_counselling: bool, probative_met_why: str, why: str,
) -> Iterator[str]:  # fmt: skip
    """Telling the police anything of somebody's support. The presumption is that it is not told."""
    yield from reasons_not_to_close_request(state, was_withdrawn=was_withdrawn, why=why)
    if not has_notice:
        yield "tell the person in writing first, or record why not"
    if is_counselling:
        if not asks_counselling:
            yield "this is counselling information and they have not asked for it as such: ask them to write again"
        if not probative_met_why.strip():
            yield "say why it has substantial probative value: unless it does, it is not told"
    elif not not_counselling_why.strip():
        yield "say why what you tell is not counselling information: all notes of support are, unless you say otherwise"


def reasons_not_to_refuse(state: str, *, was_withdrawn: bool, words: str, why: str) -> Iterator[str]:
    yield from reasons_not_to_close_request(state, was_withdrawn=was_withdrawn, why=why)
    if not words.strip():
        yield "give the reason they are told; to give none, choose that you cannot say"


def reasons_not_to_close_request(state: str, *, was_withdrawn: bool, why: str) -> Iterator[str]:
    if state != "arrived":
        yield "this request has already been decided"
    if was_withdrawn:
        yield "they no longer ask for this"
    if not why.strip():
        yield "write down why, for your own record"


def reasons_not_to_withdraw(*, withdrawn_at: object, answered: bool, why: str) -> Iterator[str]:
    if withdrawn_at is not None:
        yield "this request has already been withdrawn"
    if answered:
        yield "it has already been answered"
    if not why.strip():
        yield "say why you no longer need it"
