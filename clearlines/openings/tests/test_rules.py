import pytest

from clearlines.openings import rules
from clearlines.openings.states import IN_WORDS, MOVES, Verdict

GOOD = {"reason": "He is locked in and does not answer", "hours": 4, "is_own": True, "is_near": False, "unjudged": 0}


def test_a_reason_in_a_sentence_opens():
    assert not list(rules.reasons_not_to_open(**GOOD))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": "urgent"}, "say in a sentence"),
        ({"hours": 48}, "1, 4 or 12 hours"),
        ({"is_own": False}, "on-call lead"),
        ({"is_near": True}, "can already see"),
        ({"unjudged": 3}, "ring your lead"),
    ],
)
def test_what_stands_against_it_is_one_sentence(wrong, said):
    (reason,) = rules.reasons_not_to_open(**GOOD | wrong)
    assert said in reason


def test_whoever_opened_cannot_judge_and_a_no_needs_words():
    judged = list(rules.reasons_not_to_judge(Verdict.WAITING, verdict=Verdict.WRONG, opened_by=1, judge=1, words=" "))
    assert len(judged) == 2
    assert not list(rules.reasons_not_to_judge(Verdict.WAITING, verdict=Verdict.RIGHT, opened_by=1, judge=2, words=""))
    assert list(rules.reasons_not_to_judge(Verdict.RIGHT, verdict=Verdict.WRONG, opened_by=1, judge=2, words="no"))


def test_every_verdict_has_words_and_is_final():
    assert set(IN_WORDS) == set(MOVES) == set(Verdict)
    assert all(not MOVES[verdict] for verdict in (Verdict.RIGHT, Verdict.WRONG))
