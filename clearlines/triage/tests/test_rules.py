"""Who may grade, what a decision needs, and when two accounts are one."""

import pytest

from clearlines.triage import rules
from clearlines.triage.states import MOVES, OUTCOME_IN_WORDS, Outcome, State, Verdict

GRADE = {"source": "2", "assessment": "C", "handling": "P", "conditions": "", "again": False, "because": ""}
DECISION = {"state": "looked_at", "outcome": "no_action", "reason": "Too little", "graded": False,
            "linked_to_person": False}  # fmt: skip


def test_every_state_is_reached_and_left():
    assert set(MOVES) == set(State)
    assert set().union(*MOVES.values()) == set(State) - {State.WAITING}
    assert set(OUTCOME_IN_WORDS) == set(Outcome)


def test_a_report_is_taken_up_once():
    assert not list(rules.reasons_not_to_take_up(state="waiting"))
    assert list(rules.reasons_not_to_take_up(state="looked_at")) == ["somebody has already taken this report up"]


def test_nothing_is_done_to_a_report_nobody_has_taken_up_or_that_is_decided():
    assert list(rules.reasons_not_to_work_on(state="waiting")) == ["take the report up first"]
    assert "open it again first" in next(rules.reasons_not_to_work_on(state="decided"))
    assert not list(rules.reasons_not_to_work_on(state="reopened"))
    assert rules.is_open("reopened")
    assert not rules.is_open("decided")


def test_whoever_wrote_a_report_down_does_not_grade_it():
    (why,) = rules.reasons_not_to_grade(state="looked_at", took_it_down=True)
    assert "another person must grade it" in why
    assert not list(rules.reasons_not_to_grade(state="looked_at", took_it_down=False))


def test_a_whole_grade_is_taken():
    assert not list(rules.reasons_not_to_grade_so(**GRADE))
    assert not list(rules.reasons_not_to_grade_so(**GRADE | {"handling": "C", "conditions": "Ask the originator"}))


@pytest.mark.parametrize("wrong", [{"source": "4"}, {"assessment": "F"}, {"handling": "X"}])
def test_a_grade_that_is_not_3x5x2_is_refused(wrong):
    assert "choose a source evaluation, an assessment and a handling code" in list(
        rules.reasons_not_to_grade_so(**GRADE | wrong)
    )


def test_code_c_without_conditions_and_code_p_with_them_are_refused():
    assert "needs its conditions" in next(rules.reasons_not_to_grade_so(**GRADE | {"handling": "C"}))
    assert "conditions go with handling code C" in next(rules.reasons_not_to_grade_so(**GRADE | {"conditions": "x"}))


def test_a_second_grade_says_why_it_changes():
    assert list(rules.reasons_not_to_grade_so(**GRADE | {"again": True})) == [
        "it has been graded before: say why the grade changes"
    ]
    assert not list(rules.reasons_not_to_grade_so(**GRADE | {"again": True, "because": "The source has been met"}))


@pytest.mark.parametrize(("source", "assessment"), [("3", "A"), ("1", "E")])
def test_source_3_or_grade_e_raises_no_band_by_itself(source, assessment):
    assert "may not raise anybody's band" in next(rules.cautions(source=source, assessment=assessment))


def test_d_and_e_are_labelled_and_a_good_grade_is_not():
    assert len(list(rules.cautions(source="3", assessment="E"))) == 2
    assert list(rules.cautions(source="1", assessment="D")) == ["Not known to be true: do not act on it alone."]
    assert not list(rules.cautions(source="2", assessment="C"))


def test_a_decision_needs_a_reason_and_an_outcome():
    assert not list(rules.reasons_not_to_decide(**DECISION))
    assert list(rules.reasons_not_to_decide(**DECISION | {"reason": " ", "outcome": "shrug"})) == [
        "choose what happens",
        "say why",
    ]


def test_an_intelligence_log_needs_a_grade_and_a_referral_needs_somebody():
    assert "needs a grade first" in next(rules.reasons_not_to_decide(**DECISION | {"outcome": "intelligence"}))
    assert "link the person" in next(rules.reasons_not_to_decide(**DECISION | {"outcome": "refer"}))
    assert not list(rules.reasons_not_to_decide(**DECISION | {"outcome": "refer", "linked_to_person": True}))
    assert not list(rules.reasons_not_to_decide(**DECISION | {"outcome": "intelligence", "graded": True}))


def test_a_decision_is_made_once_and_opened_again_with_a_reason():
    assert list(rules.reasons_not_to_decide(**DECISION | {"state": "decided"}))
    assert list(rules.reasons_not_to_reopen(state="decided", because=" ")) == ["say why it is opened again"]
    assert not list(rules.reasons_not_to_reopen(state="decided", because="More came in"))
    assert list(rules.reasons_not_to_reopen(state="looked_at", because="More came in"))


def test_a_link_is_made_once_inside_one_organisation():
    assert not list(rules.reasons_not_to_link(state="looked_at", same_owner=True, already=False))
    assert len(list(rules.reasons_not_to_link(state="looked_at", same_owner=False, already=True))) == 2


def test_a_link_is_confirmed_once_and_taken_back_once_with_a_reason():
    assert not list(rules.reasons_not_to_confirm(confirmed=False, undone=False))
    assert len(list(rules.reasons_not_to_confirm(confirmed=True, undone=True))) == 2
    assert not list(rules.reasons_not_to_unlink(undone=False, because="Another flat 4"))
    assert len(list(rules.reasons_not_to_unlink(undone=True, because=" "))) == 2


def test_two_reports_are_compared_with_a_verdict_and_a_reason():
    right = {"same_report": False, "same_owner": True, "verdict": "same", "reason": "Word for word"}
    assert not list(rules.reasons_not_to_compare(**right))
    wrong = {"same_report": True, "same_owner": False, "verdict": "hmm", "reason": ""}
    assert len(list(rules.reasons_not_to_compare(**wrong))) == 4


FIRST = rules.Account(1, "Visitors at flat 4 all night and a new lad with the key", "Flat 4 Slipway Street Barrow")
AGAIN = rules.Account(2, "All night there are visitors at flat 4, a new lad has got the key", "Slipway Street")
SHORT = rules.Account(3, "A new lad has the key to flat 4", "Flat 4, Slipway Street, Barrow")
OTHER = rules.Account(4, "Men sell from a silver car by the depot", "Depot Road Kendal")


def test_the_same_account_in_other_words_reads_alike():
    assert rules.reads_alike(FIRST, AGAIN)
    assert rules.reads_alike(FIRST, SHORT)
    assert not rules.reads_alike(FIRST, OTHER)
    assert rules.likeness(frozenset(), frozenset()) == 0


def test_s14_five_of_one_account_are_one_source():
    five = [rules.Account(n, FIRST.words, FIRST.place) for n in range(5)]
    assert len(rules.families([*five, OTHER], {})) == 2


def test_families_that_a_later_account_joins_become_one():
    said = {frozenset({1, 4}): Verdict.SAME}
    assert len(rules.families([FIRST, OTHER], {})) == 2
    assert len(rules.families([FIRST, OTHER], said)) == 1
    joined = {frozenset({1, 5}): Verdict.SAME, frozenset({4, 5}): Verdict.SAME}
    assert len(rules.families([FIRST, OTHER, rules.Account(5, "", "")], joined)) == 1


def test_a_persons_verdict_goes_before_how_accounts_read():
    different = {frozenset({1, 2}): Verdict.DIFFERENT}
    assert rules.alike(FIRST, [FIRST, AGAIN, OTHER], {}) == [AGAIN]
    assert rules.alike(FIRST, [FIRST, AGAIN, OTHER], different) == []
    assert len(rules.families([FIRST, AGAIN], different)) == 2
