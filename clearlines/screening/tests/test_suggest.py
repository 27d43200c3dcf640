import random
from datetime import date

import pytest

from clearlines.screening.instruments import all_tools
from clearlines.screening.states import SOONEST_FIRST, Band, Evidence, Said
from clearlines.screening.suggest import FACTS, Answered, facts_about, suggest

TODAY = date(2022, 6, 14)
GENERIC = all_tools()["generic-vulnerability.v1"]
ADULT = all_tools()["adult-cuckooing.v1"]
CHILD = all_tools()["child-criminal-exploitation.v1"]
NOTHING = facts_about(age=40, release_on=None, children="", urgency="", today=TODAY)
SEEN, TOLD, CONCERN = (Answered("yes", each) for each in ("seen", "told", "concern"))


def no_to_all(tool):
    return {item.id: Answered("no") for item in tool.items}


def asked(tool, answers, **facts):
    return suggest(tool, answers, NOTHING | facts, today=TODAY)


def rules_of(suggestion):
    return [ground.rule for ground in suggestion.grounds]


def test_immediate_danger_is_today_whoever_says_it():
    for evidence in Evidence:
        found = asked(GENERIC, no_to_all(GENERIC) | {"weapon": Answered("yes", evidence)})
        assert (found.band, found.next_on) == (Band.TODAY, TODAY)
        assert found.grounds[0].rule == "danger-now" and found.grounds[0].floor


def test_signs_from_two_parts_of_life_are_this_week():
    found = asked(GENERIC, no_to_all(GENERIC) | {"visitors": SEEN, "debt": TOLD})
    assert found.band == Band.THIS_WEEK
    assert found.grounds[0].read == (
        "Many visitors, day and night, staying a short time: Yes, seen",
        "They owe money to somebody they are afraid of: Yes, told",
    )


def test_a_feeling_alone_is_planned_and_not_forgotten():
    assert asked(GENERIC, no_to_all(GENERIC) | {"visitors": CONCERN, "debt": CONCERN}).band == Band.PLANNED


def test_two_signs_in_one_part_of_life_are_planned():
    assert asked(GENERIC, no_to_all(GENERIC) | {"visitors": SEEN, "damage": SEEN}).band == Band.PLANNED


def test_not_known_is_never_no():
    unknown = {item.id: Answered("not_known") for item in GENERIC.items}
    for answers in ({}, unknown):
        found = asked(GENERIC, answers)
        assert found.band == Band.PLANNED, "nobody is put on Monitor by questions that nobody answered"
        assert len(found.not_known) == len(GENERIC.items)


def test_everything_asked_and_no_is_monitor_and_closing_is_never_suggested():
    found = asked(GENERIC, no_to_all(GENERIC))
    assert (found.band, rules_of(found)) == (Band.MONITOR, ["all-asked"])


def test_an_age_nobody_knows_is_not_an_adult():
    found = asked(GENERIC, no_to_all(GENERIC), child=None, under_13=None)
    assert "How old they are" in found.not_known and found.band == Band.PLANNED


def test_a_child_is_this_week_at_the_latest_and_an_adults_questions_say_today():
    facts = facts_about(age=17, release_on=None, children="", urgency="", today=TODAY)
    assert suggest(GENERIC, no_to_all(GENERIC), facts, today=TODAY).band == Band.THIS_WEEK
    assert suggest(ADULT, no_to_all(ADULT), facts, today=TODAY).band == Band.TODAY


def test_a_fifteen_year_old_with_two_phones_is_today():
    facts = facts_about(age=15, release_on=None, children="", urgency="", today=TODAY)
    found = suggest(CHILD, no_to_all(CHILD) | {"phones": SEEN}, facts, today=TODAY)
    assert found.band == Band.TODAY and "child-with-phones-or-money" in rules_of(found)


def test_under_thirteen_with_any_sign_is_today():
    facts = facts_about(age=12, release_on=None, children="", urgency="", today=TODAY)
    assert suggest(CHILD, no_to_all(CHILD) | {"isolated": CONCERN}, facts, today=TODAY).band == Band.TODAY
    assert suggest(CHILD, no_to_all(CHILD), facts, today=TODAY).band == Band.THIS_WEEK


@pytest.mark.parametrize(
    ("released", "band"),
    [(date(2022, 6, 21), "this_week"), (date(2022, 6, 7), "this_week"), (date(2022, 6, 22), "monitor")],
)
def test_coming_home_from_custody_within_seven_days_is_this_week(released, band):
    facts = facts_about(age=40, release_on=released, children="", urgency="", today=TODAY)
    assert suggest(GENERIC, no_to_all(GENERIC), facts, today=TODAY).band == band


def test_what_the_letter_said_raises_and_is_named():
    worried = facts_about(age=40, release_on=None, children="worried", urgency="today", today=TODAY)
    found = suggest(GENERIC, no_to_all(GENERIC), worried, today=TODAY)
    assert found.band == Band.THIS_WEEK and {"child-worry", "sender-said-today"} <= set(rules_of(found))


def test_a_learning_disability_only_raises():
    found = asked(GENERIC, no_to_all(GENERIC) | {"learning-disability": Answered("yes", "record")})
    assert found.band == Band.THIS_WEEK


def test_what_helps_is_shown_and_lowers_nothing():
    helped = {each.id: Answered("yes") for each in GENERIC.protective}
    found = asked(GENERIC, no_to_all(GENERIC) | {"weapon": SEEN} | helped)
    assert found.band == Band.TODAY and len(found.helps) == len(GENERIC.protective)


def test_no_protected_characteristic_but_age_is_a_fact_and_disability_a_floor():
    assert set(FACTS) == {
        "child", "under_13", "release_within_7_days", "worried_about_children", "sender_said_today"
    }  # fmt: skip


def test_the_six_signs_of_scenario_21_are_this_week_with_what_is_missing():
    answers = {
        "visitors": SEEN, "vehicles": SEEN, "curtains": SEEN, "missed": TOLD, "belongings": TOLD, "not-seen": CONCERN,
        **{each: Answered("not_known") for each in ("weapon", "threatened", "overdose", "child-there", "damage",
                                                    "not-theirs", "keys", "speaks-for-them", "one-room")},
    }  # fmt: skip
    found = asked(ADULT, answers)
    assert found.band == Band.THIS_WEEK
    assert len(found.not_known) == 12, "nine answered 'not known', and three that nobody asked"


def random_answers(tool, chance):
    said = {item.id: chance.choice([None, *Said]) for item in tool.everything}
    return {
        item: Answered(each, chance.choice([*Evidence]) if each == Said.YES else "")
        for item, each in said.items()
        if each
    }


@pytest.mark.parametrize("tool", [GENERIC, ADULT, CHILD], ids=lambda tool: tool.key)
def test_one_more_yes_never_puts_anybody_later(tool):
    chance = random.Random(20220614)
    for _ in range(150):
        answers = random_answers(tool, chance)
        facts = facts_about(age=chance.choice([None, 9, 15, 40]), release_on=None, children="", urgency="", today=TODAY)
        before = suggest(tool, answers, facts, today=TODAY)
        item = chance.choice(tool.items).id
        after = suggest(tool, answers | {item: SEEN}, facts, today=TODAY)
        assert SOONEST_FIRST.index(after.band) <= SOONEST_FIRST.index(before.band)
        assert before.band != Band.CLOSE and before.grounds


def test_a_tool_whose_rules_stay_silent_leaves_nobody_forgotten():
    from dataclasses import replace

    assert asked(replace(GENERIC, rules=()), {}).band == Band.PLANNED
