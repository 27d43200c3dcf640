from datetime import date

from clearlines.screening import rules
from clearlines.screening.states import BAND_IN_WORDS, IN_WORDS, MOVES, Band, Footing, State
from clearlines.screening.suggest import Answered

TODAY = date(2022, 6, 14)
FOOTING = {"statement": "2022-01", "consent": "yes", "basis": "legitimate_interests"}


def why_not_begin(*, owner="charity", unfinished=False, **more):
    footing = Footing(**(FOOTING | more))
    return [*rules.reasons_not_to_begin(footing, organisation="charity", person_owner=owner, unfinished=unfinished)]


def why_not_complete(**more):
    said = {"state": "begun", "answers": {"debt": Answered("no")}, "words": {"debt": "Debt"}, "suggested": "planned",
            "band": "planned", "reason": ""}  # fmt: skip
    return [*rules.reasons_not_to_complete(**(said | more))]


def test_a_withdrawn_tool_is_not_begun_from_its_day_on():
    withdrawn = {"old.v1": TODAY}
    said = [*rules.reasons_not_to_use("old.v1", known=["old.v1"], withdrawn=withdrawn, today=TODAY)]
    assert said == ["this tool was withdrawn on 14 June 2022: choose its newer version"]
    assert not [*rules.reasons_not_to_use("old.v1", known=["old.v1"], withdrawn=withdrawn, today=date(2022, 6, 13))]
    assert [*rules.reasons_not_to_use("x.v1", known=[], withdrawn={}, today=TODAY)]


def test_without_a_yes_to_support_only_safeguarding_lets_us_ask():
    assert not why_not_begin()
    for consent in ("no", "not_asked"):
        assert len(why_not_begin(consent=consent)) == 1
        assert not why_not_begin(consent=consent, basis="safeguarding")


def test_the_statement_the_basis_and_the_answer_are_each_asked_for():
    assert why_not_begin(statement="") == ["give the person the confidentiality statement first, and say which version"]
    assert why_not_begin(basis="") == ["choose the lawful basis"]
    assert why_not_begin(consent="") == ["say whether the person wants support"]


def test_one_screening_at_a_time_and_of_our_own_person():
    assert why_not_begin(unfinished=True) == ["somebody has already begun one for this person: carry on with that"]
    assert why_not_begin(owner="police") == ["the person is not on your own organisation's records"]


def test_only_the_tools_own_questions_are_answered_with_its_own_answers():
    def why_not(state="begun", **answers):
        return [*rules.reasons_not_to_answer(state=state, answers=answers, questions=["debt"])]

    assert not why_not(debt=Answered("yes"))
    assert why_not(ethnicity=Answered("yes")) == ["this tool has no question called ethnicity"]
    assert why_not(debt=Answered("maybe")) == ["answer yes, no or not known"]
    assert len(why_not(debt=Answered("yes", "gut"))) == 1
    assert why_not(state="completed") == ["this screening is 'Completed': to put something right, do it again"]


def test_a_band_is_set_by_a_person_with_evidence_for_each_yes():
    assert not why_not_complete()
    assert why_not_complete(answers={}) == ["answer at least one question first"]
    assert why_not_complete(answers={"debt": Answered("yes")}) == ["say how you know: Debt"]
    assert not why_not_complete(answers={"friend": Answered("yes")}), "what helps needs no evidence"
    assert why_not_complete(band="") == ["choose a band: the suggestion is not a decision"]
    assert why_not_complete(band="62") == ["there is no band called '62'"]
    assert why_not_complete(band="close", reason=" ") == ["say why your band is not the suggested one"]
    assert not why_not_complete(band="today", reason="weapon seen")
    assert len(why_not_complete(state="completed")) == 1


def test_only_a_completed_screening_is_done_again_and_with_a_reason():
    assert [*rules.reasons_not_to_redo(state="superseded", why="", unfinished=False)] == [
        "this screening is 'Replaced by a later one': only a completed one is done again",
        "say what needs putting right",
    ]
    assert len([*rules.reasons_not_to_redo(state="completed", why="Wrong", unfinished=True)]) == 1
    assert not [*rules.reasons_not_to_redo(state="completed", why="Wrong", unfinished=False)]


def test_every_state_and_band_is_said_in_words():
    assert set(MOVES) == set(State) == set(IN_WORDS)
    assert set(BAND_IN_WORDS) == set(Band)
