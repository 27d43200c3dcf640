from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.disruptions import rules
from clearlines.disruptions.rules import Act, Granted, Part
from clearlines.disruptions.states import ANOTHER_ACT, SAME_ACT, Level, P, how_much, same_as

TODAY, FRIDAY, TOMORROW = date(2022, 6, 14), date(2022, 6, 10), date(2022, 6, 15)
GOOD = {
    "p": "pursue", "happened_on": FRIDAY, "tactic": "arrest", "words": "Two arrested", "level": "major",
    "why": "Nobody else knows the numbers", "lead_agency": "police",
}  # fmt: skip


def why_not_record(about=True, same_owner=True, may_harm=False, lead_kind="police", **more) -> str:
    act = Act(**GOOD | more)
    found = rules.reasons_not_to_record(
        act, about=about, same_owner=same_owner, may_harm=may_harm, lead_kind=lead_kind, today=TODAY
    )
    return "; ".join(found)


def test_what_is_whole_may_be_recorded():
    assert not why_not_record()
    assert not why_not_record(may_harm=True, victim_impact="She stays with her sister; the council agreed")
    assert not why_not_record(elsewhere_reference="EX-7", exported_on=FRIDAY)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"p": "push"}, "Pursue, Prevent, Protect or Prepare"),
        ({"words": " "}, "say what was done"),
        ({"happened_on": TOMORROW}, "in the future"),
        ({"about": False}, "say what it was done to"),
        ({"same_owner": False}, "another organisation's records"),
        ({"level": "huge"}, "propose a level"),
        ({"why": ""}, "say why: somebody else decides"),
        ({"may_harm": None}, "choose the tactic"),
        ({"may_harm": True, "victim_impact": "  "}, "say what it means for them"),
        ({"lead_kind": ""}, "choose the agency"),
        ({"lead_kind": "charity"}, "a charity does not lead a disruption"),
        ({"exported_on": FRIDAY}, "give the reference"),
        ({"elsewhere_reference": "EX-7", "exported_on": TOMORROW}, "went to the other system is in the future"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(more, said):
    assert said in why_not_record(**more)


def test_a_line_is_disrupted_by_what_was_done_and_not_before_it():
    def why_not(on, has_line=True):
        return "; ".join(rules.reasons_not_to_disrupt_line(on=on, happened_on=FRIDAY, has_line=has_line))

    assert not why_not(FRIDAY)
    assert "before what was done to it, on 10 June 2022" in why_not(date(2022, 6, 9))
    assert "say which line" in why_not(FRIDAY, has_line=False)


def test_the_same_export_is_not_taken_in_twice():
    assert not [*rules.reasons_not_to_take_in(reference="EX-7", agency="The railway police", is_known=False)]
    (said,) = rules.reasons_not_to_take_in(reference="EX-7", agency="The railway police", is_known=True)
    assert said.startswith("The railway police's reference EX-7 is recorded here already")


def why_not_again(alike, decided=""):
    return "; ".join(rules.reasons_not_to_count_twice(act=Act(**GOOD), alike=alike, decided=decided))


def test_what_may_be_the_same_act_waits_for_a_person():
    assert not why_not_again([])
    assert why_not_again(["D-0003"]) == (
        "D-0003 already records Pursue on 10 June 2022: say whether this is the same act"
    )
    assert "D-0003, D-0005 already record Pursue" in why_not_again(["D-0003", "D-0005"])
    for decided in (SAME_ACT, ANOTHER_ACT, same_as("D-0003")):
        assert not why_not_again(["D-0003"], decided)


def test_where_there_are_two_it_is_said_which():
    assert why_not_again(["D-0003", "D-0005"], SAME_ACT)
    assert why_not_again(["D-0003", "D-0005"], same_as("D-0004"))
    assert not why_not_again(["D-0003", "D-0005"], same_as("D-0005"))


@given(st.lists(st.from_regex(r"D-\d{4}", fullmatch=True), min_size=1, max_size=4, unique=True), st.text(max_size=20))
def test_no_other_word_decides(alike, said):
    assert bool(why_not_again(alike, said)) == (said not in rules.answers(alike))


def test_an_agency_stands_on_an_act_once():
    def why_not(leads=False, took_part=False):
        found = rules.reasons_not_to_join_acts(reference="D-0003", agency="Fellside", leads=leads, took_part=took_part)
        return "; ".join(found)

    assert not why_not()
    assert "D-0003 records it for Fellside: open it" in why_not(leads=True)
    assert "D-0003 says already that Fellside took part" in why_not(took_part=True)


def why_not_moderate(level="moderate", reason="Another number was selling in a week", proposer=False, **more) -> str:
    given = {"level": level, "reason": reason, "is_proposer": proposer, "taken_back": False} | more
    return "; ".join(rules.reasons_not_to_moderate(**given))


def test_whoever_proposed_a_level_never_decides_it():
    assert not why_not_moderate()
    assert "the person who proposed it cannot decide its level" in why_not_moderate(proposer=True)


def test_a_level_is_decided_with_a_reason_and_once_for_each_answer():
    assert "choose a level" in why_not_moderate(level="huge")
    assert "say why" in why_not_moderate(reason=" ")
    assert "already Moderate" in why_not_moderate(standing="moderate")
    assert not why_not_moderate(standing="major")
    assert "counts nowhere" in why_not_moderate(taken_back=True)


@given(st.sampled_from([*Level, "huge", ""]), st.text(max_size=30), st.sampled_from(["", *Level]))
def test_no_level_nor_reason_lets_a_proposer_decide(level, reason, standing):
    assert why_not_moderate(level=level, reason=reason, proposer=True, standing=standing)


def why_not_contribute(kind="visit", agency_kind="charity", for_charity: bool | None = True, **more) -> str:
    words = {name: more.pop(name) for name in ("words", "elsewhere_reference", "on") if name in more}
    part = Part(**{"agency": "charity", "on": FRIDAY, "kind": kind} | words)
    given = {"leads": False, "names_a_person": False, "today": TODAY} | more
    found = rules.reasons_not_to_contribute(
        part, agency="The Open Door", agency_kind=agency_kind, for_charity=for_charity, **given
    )
    return "; ".join(found)


def test_of_a_charity_only_agency_day_and_kind_are_kept():
    assert not why_not_contribute()
    assert "by agency, date and kind only" in why_not_contribute(words="She said")
    assert "by agency, date and kind only" in why_not_contribute(elsewhere_reference="C-1")
    assert "a visit, safety work or support" in why_not_contribute(for_charity=False)
    assert "would say that the charity stands beside them" in why_not_contribute(names_a_person=True)


def test_others_may_say_more():
    assert not why_not_contribute(
        agency_kind="council", for_charity=False, words="Fitted the locks", names_a_person=True
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"agency_kind": ""}, "choose the agency"),
        ({"leads": True}, "The Open Door led it"),
        ({"for_charity": None}, "choose what it did"),
        ({"on": TOMORROW}, "in the future"),
        ({"taken_back": True}, "counts nowhere"),
    ],
)
def test_a_part_that_is_not_whole_is_refused(more, said):
    assert said in why_not_contribute(**more)


def why_not_order(is_known=True, needs_day=True, taken_back=False, **more) -> str:
    order = Granted(**{"kind": "ddtro", "granted_on": FRIDAY} | more)
    found = rules.reasons_not_to_add_order(
        order, is_known=is_known, today=TODAY, needs_day=needs_day, taken_back=taken_back
    )
    return "; ".join(found)


def test_an_order_may_name_no_day_or_any_day_after_it_was_granted():
    assert not why_not_order()
    assert not why_not_order(complies_by=date(2022, 6, 17), until_on=date(2022, 9, 10))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"is_known": False, "needs_day": False}, "choose the kind of order"),
        ({"granted_on": TOMORROW}, "in the future"),
        ({"needs_day": False, "complies_by": TODAY}, "nobody has to comply"),
        ({"complies_by": date(2022, 6, 9)}, "before it was granted"),
        ({"until_on": date(2022, 6, 9)}, "cannot end before"),
        ({"taken_back": True}, "counts nowhere"),
    ],
)
def test_an_order_that_cannot_be_is_refused(more, said):
    assert said in why_not_order(**more)


def why_not_answer(answer="yes", on: date | None = TODAY, answered="", taken_back=False) -> str:
    return "; ".join(
        rules.reasons_not_to_answer(
            answer=answer, on=on, granted_on=FRIDAY, answered=answered, today=TODAY, taken_back=taken_back
        )
    )


def test_not_complied_with_may_become_complied_with_and_nothing_else_changes():
    assert not why_not_answer()
    assert not why_not_answer("no", None)
    assert not why_not_answer(answered="no")
    assert "said so already" in why_not_answer("no", None, answered="no")
    assert "said so already" in why_not_answer("no", None, answered="yes")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"answer": "perhaps"}, "say whether it was complied with"),
        ({"on": None}, "say on which day"),
        ({"answer": "no"}, "leave the day empty"),
        ({"on": date(2022, 6, 9)}, "before it was granted, on 10 June 2022"),
        ({"on": TOMORROW}, "in the future"),
        ({"taken_back": True}, "counts nowhere"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(more, said):
    assert said in why_not_answer(**more)


def why_not_seize(units=("g", "kg", "wraps"), amount="12.5", unit="g", on=FRIDAY, taken_back=False) -> str:
    return "; ".join(
        rules.reasons_not_to_add_seizure(
            units=units, name="Heroin", amount=Decimal(amount), unit=unit, on=on, today=TODAY, taken_back=taken_back
        )
    )


def test_each_kind_is_counted_in_its_own_units():
    assert not why_not_seize()
    assert "Heroin is counted in g or kg or wraps" in why_not_seize(unit="£")
    assert "wraps are counted whole" in why_not_seize(unit="wraps")
    assert not why_not_seize(unit="wraps", amount="12.0")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"units": ()}, "choose what was seized"),
        ({"amount": "0"}, "more than nought"),
        ({"on": TOMORROW}, "in the future"),
        ({"taken_back": True}, "counts nowhere"),
    ],
)
def test_a_seizure_that_cannot_be_is_refused(more, said):
    assert said in why_not_seize(**more)


def why_not_take_back(**more) -> str:
    given = {"because": "Wrong line", "taken_back": False, "is_own": True, "may_moderate": False, "same_one": False}
    return "; ".join(rules.reasons_not_to_take_back(**given | more))


def test_a_mistake_is_taken_back_by_whoever_made_it_or_whoever_decides_levels():
    assert not why_not_take_back()
    assert not why_not_take_back(is_own=False, may_moderate=True)
    assert "only whoever recorded it" in why_not_take_back(is_own=False)
    assert "say why" in why_not_take_back(because=" ")
    assert "taken back already" in why_not_take_back(taken_back=True)
    assert "choose another" in why_not_take_back(same_one=True)
    assert "choose the one that stands" in why_not_take_back(other_stands=False)


def test_a_period_ends_after_it_begins_and_has_happened():
    def why_not(first, last):
        return "; ".join(rules.reasons_not_to_total(first=first, last=last, today=TODAY))

    assert not why_not(FRIDAY, TODAY)
    assert "after the last" in why_not(TODAY, FRIDAY)
    assert "nobody knows yet" in why_not(FRIDAY, TOMORROW)


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("1240", "£", "£1,240"), ("1240.50", "£", "£1,240.50"), ("12.50", "g", "12.5 g"), ("100.00", "g", "100 g"),
        ("1", "items", "1 item"), ("3", "items", "3 items"), ("1", "kg", "1 kg"), ("0.05", "kg", "0.05 kg"),
    ],
)  # fmt: skip
def test_an_amount_is_said_as_people_say_it(amount, unit, said):
    assert how_much(Decimal(amount), unit) == said


def test_every_p_has_a_name():
    assert [each.label for each in P] == ["Pursue", "Prevent", "Protect", "Prepare"]
