"""The machine of national referrals, without a database."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.safeguarding import rules
from clearlines.safeguarding.states import (
    ADULT_MOVES,
    CG,
    CHILD_MOVES,
    CONSENT,
    LABELS,
    MOVES,
    NOT_YET_SUBMITTED,
    OVER,
    PENDING_OR_POSITIVE,
    RG,
    SUBMITTED,
    Path,
    State,
)

S = State
TODAY, EARLIER, TOMORROW = date(2022, 6, 14), date(2022, 6, 6), date(2022, 6, 15)
WHOM = ("Fellside Constabulary", "Fell and Furness Council")
ASK = "only a first responder may do that: ask Fellside Constabulary or Fell and Furness Council"
NO_FIRST_RESPONDERS = ("charity", "school", "health", "probation", "food_club", "housing", "treatment")


def standing(*past: State, path: Path = Path.ADULT) -> rules.Standing:
    return rules.Standing(path, past, EARLIER)


def against(*past: State, to: State, path: Path = Path.ADULT, kind: str = "police") -> list[str]:
    return list(rules.reasons_not_to_move(standing(*past, path=path), to=to, kind=kind, whom=WHOM))


def walk(draw, path: Path, kind: str) -> list[State]:
    """Any sequence of steps that the rules let this kind of organisation take."""
    past = [S.INDICATORS_NOTED]
    for _ in range(draw(st.integers(0, 12))):
        open_ = [to for to in sorted(State) if not against(*past, to=to, path=path, kind=kind)]
        if not open_:
            break
        past.append(draw(st.sampled_from(open_)))
    return past


@given(st.data())
def test_no_path_of_steps_refers_an_adult_who_refused(data):
    past = walk(data.draw, Path.ADULT, "police")
    if S.CONSENT_REFUSED in past:
        assert S.NRM_SUBMITTED not in past


@given(st.data())
def test_an_adult_is_referred_only_after_they_agreed(data):
    past = walk(data.draw, Path.ADULT, "council")
    if S.NRM_SUBMITTED in past:
        assert past[past.index(S.NRM_SUBMITTED) - 1] == S.CONSENT_GIVEN


@given(st.data(), st.sampled_from(NO_FIRST_RESPONDERS), st.sampled_from(Path))
def test_who_is_no_first_responder_never_submits(data, kind, path):
    assert not set(walk(data.draw, path, kind)) & (SUBMITTED | RG | CG)


@given(st.data())
def test_a_child_is_never_held_back_by_consent(data):
    past = walk(data.draw, Path.CHILD, "police")
    assert not set(past) & (CONSENT | {S.DTN_SUBMITTED})
    assert not against(S.FIRST_RESPONDER_CONTACTED, to=S.NRM_SUBMITTED, path=Path.CHILD)


@given(st.data(), st.sampled_from(Path))
def test_what_is_looked_at_again_is_decided_again_in_kind(data, path):
    past = walk(data.draw, path, "police")
    for before, now, after in zip(past, past[1:], past[2:], strict=False):
        if now == S.RECONSIDERATION and after != S.WITHDRAWN:
            assert (before in CG) == (after in CG)


def test_every_state_has_words_and_its_moves():
    assert set(LABELS) == set(ADULT_MOVES) == set(State)
    assert set(CHILD_MOVES) == set(State) - CONSENT - {S.DTN_SUBMITTED}
    assert all(moves <= set(table) for table in MOVES.values() for moves in table.values())
    assert not NOT_YET_SUBMITTED & SUBMITTED
    assert not any(table.get(S.CG_POSITIVE) for table in MOVES.values())


def test_whoever_may_be_a_victim_is_taken_for_one_until_somebody_said_no():
    assert set(State) - PENDING_OR_POSITIVE == {S.RG_NEGATIVE, S.CG_NEGATIVE, S.WITHDRAWN}
    assert S.CONSENT_REFUSED in PENDING_OR_POSITIVE & OVER


def test_a_charity_is_told_whom_to_ask():
    given_ = (S.INDICATORS_NOTED, S.FIRST_RESPONDER_CONTACTED)
    assert against(*given_, to=S.NRM_SUBMITTED, path=Path.CHILD, kind="charity") == [ASK]
    assert against(*given_, to=S.WITHDRAWN, path=Path.CHILD, kind="charity") == [
        f"a child is always referred: if the signs were mistaken, {ASK}"
    ]
    assert not against(*given_, to=S.WITHDRAWN, path=Path.CHILD)
    assert not against(*given_, to=S.WITHDRAWN, kind="charity")


def test_a_refusal_says_what_can_be_done_instead():
    (refused,) = against(S.CONSENT_DISCUSSED, S.CONSENT_REFUSED, to=S.NRM_SUBMITTED)
    assert "notify the Home Office without their name" in refused
    assert "begin another referral" in refused
    (undecided,) = against(S.CONSENT_DISCUSSED, S.CANNOT_DECIDE, to=S.NRM_SUBMITTED)
    assert "talk it through again first" in undecided
    assert against(S.INDICATORS_NOTED, to=S.CG_POSITIVE) == [
        "it is 'Signs of modern slavery noted', and that cannot become 'Conclusive grounds: recognised as a victim'"
    ]


def test_a_first_decision_looked_at_again_gives_no_last_decision():
    past = (S.NRM_SUBMITTED, S.RG_NEGATIVE, S.RECONSIDERATION)
    assert against(*past, to=S.CG_POSITIVE) == ["that is not the decision that is being looked at again"]
    assert not against(*past, to=S.RG_POSITIVE)
    assert not against(*past, to=S.WITHDRAWN)


FACTS = {"on": TODAY, "who": "Sgt Hartley", "words": "Said so", "reference": "NRM-1", "today": TODAY}


def facts(to: State, **more) -> list[str]:
    return list(rules.reasons_against_facts(standing(S.INDICATORS_NOTED), to=to, **(FACTS | more)))


def test_a_step_rests_on_a_day_in_order():
    assert not facts(S.CONSENT_GIVEN)
    assert facts(S.CONSENT_GIVEN, on=TOMORROW) == ["the day is in the future: record it when it has happened"]
    assert facts(S.CONSENT_GIVEN, on=date(2022, 6, 1)) == [
        "the step before it was on 6 June 2022: this one cannot be earlier"
    ]


@pytest.mark.parametrize(
    ("to", "left_out", "said"),
    [
        (S.NRM_SUBMITTED, "reference", "give the reference that the Home Office gave"),
        (S.DTN_SUBMITTED, "reference", "give the reference that the Home Office gave"),
        (S.FIRST_RESPONDER_CONTACTED, "who", "say who was asked: the organisation, and the person by name"),
        (S.CONSENT_DISCUSSED, "who", "say who talked it through with them"),
        (S.WITHDRAWN, "words", "say why it is withdrawn"),
    ],
)
def test_each_step_says_what_it_lacks(to, left_out, said):
    assert facts(to, **{left_out: " "}) == [said]


BEGIN = {"path": Path.ADULT, "age": 34, "noted_on": TODAY, "words": "Two phones", "today": TODAY, "same_owner": True,
         "open_already": False}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"same_owner": False}, "another organisation's records"),
        ({"open_already": True}, "already under way"),
        ({"noted_on": TOMORROW}, "in the future"),
        ({"words": " "}, "say which signs"),
        ({"age": 17}, "a child is always referred"),
        ({"path": Path.CHILD}, "an adult is referred only if they agree"),
    ],
)
def test_why_a_referral_is_not_begun(more, said):
    (reason,) = rules.reasons_not_to_begin(**(BEGIN | more))
    assert said in reason


def test_whoever_may_be_a_child_is_not_decided_by_a_guess():
    assert not list(rules.reasons_not_to_begin(**BEGIN))
    for path in Path:
        assert not list(rules.reasons_not_to_begin(**(BEGIN | {"path": path, "age": None})))
    known = [
        rules.age_as_known(*said) for said in ((18, "day"), (19, "year"), (20, "year"), (25, "about"), (26, "about"))
    ]
    assert known == [18, None, 20, None, 26]
    assert rules.age_as_known(None, "unknown") is None


PATH = {"now": Path.CHILD, "to": Path.ADULT, "age": 18, "reason": "They said so", "open_already": False}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"to": Path.CHILD, "age": None}, "on that path already"),
        ({"open_already": True}, "another referral of this person is under way"),
        ({"age": 17}, "this person is under 18"),
        ({"now": Path.ADULT, "to": Path.CHILD}, "correct their date of birth first"),
        ({"reason": ""}, "the decision is yours"),
    ],
)
def test_why_a_path_is_not_changed(more, said):
    (reason,) = rules.reasons_not_to_change_path(**(PATH | more))
    assert said in reason


def test_a_decision_on_the_path_takes_an_adults_refusal_from_a_child():
    assert not list(rules.reasons_not_to_change_path(**PATH))
    moved = SimpleNamespace(
        refused=rules.after_change(S.CONSENT_REFUSED, Path.CHILD), told=rules.after_change(S.DTN_SUBMITTED, Path.CHILD),
        referred=rules.after_change(S.NRM_SUBMITTED, Path.ADULT),
    )  # fmt: skip
    assert (moved.refused, moved.told, moved.referred) == (
        S.FIRST_RESPONDER_CONTACTED, S.FIRST_RESPONDER_CONTACTED, S.NRM_SUBMITTED,
    )  # fmt: skip


def test_the_defence_is_raised_once_on_a_day_that_has_come():
    asked = {"on": TODAY, "raised_on": None, "today": TODAY}
    assert not list(rules.reasons_not_to_raise_s45(**asked))
    assert list(rules.reasons_not_to_raise_s45(**(asked | {"raised_on": EARLIER}))) == ["it was raised on 6 June 2022"]
    assert "future" in next(rules.reasons_not_to_raise_s45(**(asked | {"on": TOMORROW})))
