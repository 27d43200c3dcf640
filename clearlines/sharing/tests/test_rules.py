"""What may be told, taken back, asked and answered: with no database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from clearlines.sharing import rules
from clearlines.sharing.states import PROPOSAL_MOVES, QUESTION_MOVES, REQUEST_MOVES

TODAY = date(2022, 6, 14)
NOON = datetime(2022, 6, 14, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    revoked_at: datetime | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Power:
    words: str = "Vital interests"
    sender_kinds: tuple = ()
    recipient_kinds: tuple = ()


@dataclass(frozen=True)
class Paper:
    title: str = "Danger told"
    uses: tuple = ("disclosures",)
    parties: tuple = ("police", "charity")


def said(field, words="Something", said_as="fact"):
    return {"field": field, "words": words, "said_as": said_as}


@pytest.mark.parametrize(
    ("told", "live"),
    [
        (Told(), True),
        (Told(until_on=TODAY), True),
        (Told(until_on=date(2022, 6, 13)), False),
        (Told(revoked_at=NOON), False),
        (Told(revoked_at=NOON, until_on=date(2030, 1, 1)), False),
    ],
)
def test_it_may_be_read_until_it_is_taken_back_and_on_its_last_day_still(told, live):
    assert rules.is_live(told, today=TODAY) is live


def test_a_telling_names_somebody_and_says_something_and_says_how_it_is_known():
    assert "give the name of the person it is about" in rules.reasons_not_to_say([said("danger")])
    assert list(rules.reasons_not_to_say([said("name")])) == ["say at least one thing that they need to know"]
    assert not list(rules.reasons_not_to_say([said("name"), said("danger")]))
    (why,) = rules.reasons_not_to_say([said("name"), said("danger", said_as="")])
    assert "a fact, an opinion, or something you were told" in why


def test_a_telling_has_no_place_for_anything_else_and_is_short():
    (why,) = rules.reasons_not_to_say([said("name"), said("danger"), said("score")])
    assert why == "a telling has no place for: score"
    (why,) = rules.reasons_not_to_say([said("name"), said("danger", "x" * 2001)])
    assert "longer than 2,000" in why


def test_nobody_tells_themselves():
    whole = {"giver": "police", "recipient": "police", "recipient_kind": "police", "person_owner": None}
    assert list(rules.reasons_not_to_send_to(**whole)) == ["an organisation does not tell itself"]


@pytest.mark.parametrize("kind", ["commissioner", "university", "host"])
def test_whoever_works_with_totals_is_never_told_about_a_person(kind):
    whole = {"giver": "police", "recipient": kind, "recipient_kind": kind, "person_owner": "police"}
    assert list(rules.reasons_not_to_send_to(**whole)) == ["this kind of organisation is never told about a person"]


@pytest.mark.parametrize(
    ("review_on", "until_on", "said"),
    [
        (None, None, "choose a day after today"),
        (TODAY, None, "choose a day after today"),
        (date(2024, 1, 1), None, "within a year"),
        (date(2022, 7, 1), date(2022, 6, 1), "already past"),
    ],
)
def test_somebody_looks_again_within_a_year(review_on, until_on, said):
    (why,) = rules.reasons_not_to_keep_so_long(review_on=review_on, until_on=until_on, longest_days=366, today=TODAY)
    assert said in why


def test_without_an_agreement_a_power_in_law_must_fit_both_sides():
    def reasons(power, reason="He may be hurt"):
        return list(rules.reasons_not_to_rely_on(power, sender_kind="charity", recipient_kind="housing", reason=reason))

    assert reasons(None) == ["choose what in law lets you tell them"]
    assert reasons(Power(), reason=" ") == ["say why they need to know"]
    assert "is not a power of your kind" in reasons(Power(sender_kinds=("police",)))[0]
    assert "does not reach" in reasons(Power(recipient_kinds=("council",)))[0]
    assert not reasons(Power(sender_kinds=("charity",), recipient_kinds=("housing",)))


def test_an_agreement_is_for_what_it_was_signed_for_between_those_who_signed_it():
    assert not list(rules.reasons_not_to_use(Paper(), use="disclosures", sender="police", recipient="charity"))
    assert list(rules.reasons_not_to_use(Paper(), use="matching", sender="police", recipient="charity"))
    assert list(rules.reasons_not_to_use(Paper(), use="disclosures", sender="other_force", recipient="charity"))


def test_whoever_asks_to_tell_does_not_decide_it():
    reasons = list(rules.reasons_not_to_decide("waiting", proposed_by=1, decider=1, to_tell=True, why=""))
    assert reasons == ["somebody else must decide: you asked for it"]


def test_a_review_is_a_second_persons_with_a_verdict_and_words():
    whole = {"reviewed": False, "giver": 1, "reviewer": 2, "verdict": "right", "words": "I rang"}
    assert not list(rules.reasons_not_to_review(**whole))
    assert list(rules.reasons_not_to_review(**whole | {"reviewer": 1})) == ["somebody else must look: you told them"]
    assert len(list(rules.reasons_not_to_review(**whole | {"verdict": "", "words": " ", "reviewed": True}))) == 3


def test_taking_back_says_why():
    assert list(rules.reasons_not_to_revoke(revoked_at=None, why=" "))
    assert not list(rules.reasons_not_to_revoke(revoked_at=None, why="Settled"))


def test_only_something_that_was_told_is_put_right_with_other_words():
    whole = {"told": [said("danger", "He is at risk")], "said_as": "fact", "why": "He rang"}
    assert not list(rules.reasons_not_to_correct(field="danger", words="He is safe", **whole))
    assert "choose something that was told" in rules.reasons_not_to_correct(field="address", words="x", **whole)
    assert list(rules.reasons_not_to_correct(field="danger", words=" ", **whole))
    assert list(rules.reasons_not_to_correct(field="danger", words="He is at risk ", **whole))
    assert len(list(rules.reasons_not_to_correct(field="danger", words="x", **whole | {"said_as": "", "why": ""}))) == 2


def test_copies_are_destroyed_only_where_that_was_asked_and_it_is_said_how():
    assert list(rules.reasons_not_to_say_destroyed(asks=True, destroyed_at=None, how=" "))
    assert list(rules.reasons_not_to_say_destroyed(asks=False, destroyed_at=None, how="Shredded"))
    assert not list(rules.reasons_not_to_say_destroyed(asks=True, destroyed_at=None, how="Shredded"))


def test_told_in_between_is_from_the_saying_to_the_parting():
    april, may, june = (datetime(2022, month, 1, tzinfo=UTC) for month in (4, 5, 6))
    assert rules.parted_between(may, said_at=april, parted_at=june)
    assert not rules.parted_between(april, said_at=may, parted_at=june)
    assert not rules.parted_between(may, said_at=april, parted_at=None)


def asking(**more):
    whole = {"asker": "charity", "to": "police", "to_kind": "police", "name": "Robin", "why": "A visit"}
    return list(rules.reasons_not_to_ask(**whole | {"would_be_told": False} | more))


def test_a_question_has_a_name_and_a_reason_and_goes_to_another_matching_role():
    assert not asking()
    assert asking(to="charity", to_kind="charity") == ["look in your own organisation's records instead"]
    assert asking(name=" ", why=" ") == [
        "give a name, or what people call them",
        "say why you need to know: whoever looks will read this",
    ]


@pytest.mark.parametrize("kind", ["food_club", "treatment", "health", "school", "housing", "council", "commissioner"])
def test_lists_of_who_eats_or_heals_somewhere_are_never_asked_about(kind):
    assert "nobody can ask" in asking(to=kind, to_kind=kind)[0]


def test_whoever_would_be_told_does_not_ask():
    assert asking(would_be_told=True)


def test_a_pointer_needs_a_live_agreement_for_exactly_that():
    assert list(rules.reasons_not_to_point(None, is_live=False))
    assert list(rules.reasons_not_to_point(Paper(), is_live=False))
    assert not list(rules.reasons_not_to_point(Paper(), is_live=True))


def test_a_question_from_police_is_never_one_persons_to_answer():
    assert rules.needs_the_lead("police")
    assert not rules.needs_the_lead("charity")
    assert list(rules.reasons_not_to_let_know(confirmed_by=1, decider=1, why="He may die"))
    assert list(rules.reasons_not_to_let_know(confirmed_by=1, decider=2, why=" "))


def test_only_ones_own_records_confirm():
    assert list(rules.reasons_not_to_confirm(person_owner=None, holder="police"))
    assert list(rules.reasons_not_to_confirm(person_owner="charity", holder="police"))
    assert not list(rules.reasons_not_to_confirm(person_owner="police", holder="police"))


REQUEST = {"name": "Robin", "line_of_enquiry": "a", "scope": "b", "why_necessary": "c", "why_proportionate": "d",
           "notice_given": "not_yet"}  # fmt: skip


def test_a_request_says_everything_the_act_asks_for():
    kinds = {"asker_kind": "police", "to_kind": "charity"}
    assert not list(rules.reasons_not_to_request(REQUEST, **kinds))
    assert len(list(rules.reasons_not_to_request({}, **kinds))) == 6
    assert list(rules.reasons_not_to_request(REQUEST | {"asks_counselling": True}, **kinds))
    assert list(rules.reasons_not_to_request(REQUEST | {"notice_given": "given"}, **kinds))
    assert list(rules.reasons_not_to_request(REQUEST, asker_kind="police", to_kind="police"))


NOTICE = {"told": "person", "how": "A letter", "why_not": "", "look_again_on": None, "is_child": False,
          "parent_may_exploit": "", "parent_why": "", "today": TODAY}  # fmt: skip


def test_a_notice_is_in_writing_or_says_why_not_and_until_when():
    assert not list(rules.reasons_not_to_notify(**NOTICE))
    assert list(rules.reasons_not_to_notify(**NOTICE | {"how": " "}))
    assert len(list(rules.reasons_not_to_notify(**NOTICE | {"told": "not_yet"}))) == 2
    later = {"told": "not_yet", "why_not": "He reads her post", "look_again_on": date(2022, 7, 1)}
    assert not list(rules.reasons_not_to_notify(**NOTICE | later))


@pytest.mark.parametrize("may", ["", "yes", "not_known"])
def test_a_parent_who_may_exploit_the_child_is_never_told(may):
    assert list(rules.reasons_not_to_tell_a_parent(is_child=True, may_exploit=may, why="x"))
    assert not list(rules.reasons_not_to_tell_a_parent(is_child=True, may_exploit="no", why="x"))


def test_a_request_is_decided_once_and_never_after_it_is_withdrawn():
    assert list(rules.reasons_not_to_close_request("refused", was_withdrawn=False, why="x"))
    assert list(rules.reasons_not_to_close_request("arrived", was_withdrawn=True, why="x"))
    assert list(rules.reasons_not_to_close_request("arrived", was_withdrawn=False, why=" "))
    assert list(rules.reasons_not_to_withdraw(withdrawn_at=None, answered=True, why="x"))
    assert list(rules.reasons_not_to_withdraw(withdrawn_at=None, answered=False, why=" "))


def test_what_is_not_counselling_says_where_it_comes_from():
    whole = {"was_withdrawn": False, "has_notice": True, "is_counselling": False, "asks_counselling": False,
             "probative_met_why": "", "why": "x"}  # fmt: skip
    (why,) = rules.reasons_not_to_answer("arrived", not_counselling_why=" ", **whole)
    assert "all notes of support are, unless you say otherwise" in why


def test_every_state_can_be_reached_and_none_leads_nowhere_it_is_not_drawn():
    for moves in (PROPOSAL_MOVES, QUESTION_MOVES, REQUEST_MOVES):
        _first, *others = moves
        assert {to for tos in moves.values() for to in tos} == set(others)
