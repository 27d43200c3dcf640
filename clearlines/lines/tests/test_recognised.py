"""Somebody was recorded as a suspect, and was a victim: put right on every line, and nothing hidden."""

from datetime import date

import pytest
from django.urls import reverse

from clearlines.access.refusals import Refused
from clearlines.lines import actions, queries
from clearlines.lines.models import RoleOnLine
from clearlines.lines.states import Category, Role
from clearlines.lines.tests import build
from clearlines.lines.tests.test_pages import text_of
from clearlines.safeguarding.states import State
from clearlines.safeguarding.tests import build as victims


def roles_of(person) -> list[tuple]:
    rows = RoleOnLine.objects.filter(person=person).order_by("created_at", "role")
    return [(row.role, row.category, row.from_on, row.until_on) for row in rows]


def test_a_role_says_in_what_light_unless_somebody_says_otherwise(cast):
    line = build.full_line(cast.analyst)
    assert {(row.role, row.category) for row in line.roles.all()} == {
        (Role.HOLDER, Category.SUSPECT), (Role.EXPLOITED_CHILD, Category.VICTIM),
    }  # fmt: skip
    somebody = victims.adult(cast.analyst)
    row = actions.put_person_on_line(
        by=cast.analyst, line=line, person=somebody, role=Role.UNKNOWN, category=Category.WITNESS,
        from_on=build.WENT_ACTIVE,
    )  # fmt: skip
    assert row.category == Category.WITNESS


def test_whoever_is_recognised_and_still_stands_as_a_suspect_is_on_the_list_of_whoever_keeps_the_register(cast):
    line, person = build.recognised(cast)
    assert [(row.line, row.person) for row in queries.to_recognise(cast.analyst)] == [(line, person)]
    assert [each.kind for each in queries.due(cast.analyst, cast.analyst.now)].count("Victim") == 1
    assert not list(queries.due(cast.officer, cast.officer.now))


@pytest.mark.parametrize("answer", ["end", "annotate"])
def test_a_victim_is_recorded_beside_what_was_suspected_which_ends_or_is_annotated(cast, answer):
    line, person = build.recognised(cast)
    actions.recognise_as_victim(by=cast.analyst, person=person, suspect_roles=answer, words="Told his solicitor")
    ended = victims.NOTED if answer == "end" else None
    assert roles_of(person) == [
        (Role.CARRIER, Category.SUSPECT, build.WENT_ACTIVE, ended),
        (Role.EXPLOITED_ADULT, Category.VICTIM, build.WENT_ACTIVE, None),
    ]
    carried = line.roles.get(role=Role.CARRIER)
    said = carried.ended_because if answer == "end" else carried.note
    assert said.startswith("Recognised as a victim of modern slavery on 6 June 2022")
    assert "section 45 may apply" in said and said.endswith("Told his solicitor")
    assert queries.to_recognise(cast.analyst) == [], "and nobody is asked again"
    with pytest.raises(Refused, match="stands on no line as somebody suspected"):
        actions.recognise_as_victim(by=cast.analyst, person=person, suspect_roles=answer)


def test_somebody_who_was_already_a_victim_there_gets_no_second_row(cast):
    line, person = build.recognised(cast)
    actions.put_person_on_line(
        by=cast.analyst, line=line, person=person, role=Role.DEBT_BONDED, from_on=build.WENT_ACTIVE
    )
    assert actions.recognise_as_victim(by=cast.analyst, person=person, suspect_roles="end") == []


def test_without_a_positive_decision_nothing_is_changed(cast):
    line = build.active_line(cast.analyst)
    person = victims.adult(cast.analyst)
    actions.put_person_on_line(by=cast.analyst, line=line, person=person, role=Role.CARRIER, from_on=build.WENT_ACTIVE)
    referral = victims.begun(cast.sergeant, person)
    victims.moved(cast.sergeant, referral, *victims.OF_AN_ADULT[:-1], State.CG_NEGATIVE)
    for answer in ("end", "perhaps"):
        with pytest.raises(Refused, match="only a positive conclusive grounds decision does this"):
            actions.recognise_as_victim(by=cast.analyst, person=person, suspect_roles=answer)
    assert roles_of(person) == [(Role.CARRIER, Category.SUSPECT, build.WENT_ACTIVE, None)]


def test_the_page_says_on_which_lines_and_the_lines_page_shows_both(cast, as_):
    line, person = build.recognised(cast)
    address = reverse("lines-recognise", args=[person.pk])
    assert "Record it on 1 line" in text_of(as_("analyst").get(address))
    assert as_("analyst").post(address, {"suspect_roles": "annotate"}).status_code == 302
    page = text_of(as_("officer").get(reverse("lines-line", args=[line.pk])))
    victim, others = page.index("People it uses or harms"), page.index("Others on the line")
    assert "Exploited adult (victim)" in page[victim:others]
    assert "Recognised as a victim of modern slavery on 6 June 2022" in page[others:]
    assert "Nothing to put right" in text_of(as_("analyst").get(address))


def test_a_decision_under_another_record_of_the_same_person_counts(cast):
    from clearlines.people import actions as people

    line, _ = build.recognised(cast)
    other = victims.adult(cast.analyst, given_name="Cal")
    actions.put_person_on_line(by=cast.analyst, line=line, person=other, role=Role.DEALER, from_on=date(2022, 3, 1))
    recognised = line.roles.get(role=Role.CARRIER).person
    people.say_same(by=cast.analyst, one=recognised, other=other, reason="The same date of birth")
    assert {row.person.given_name for row in queries.to_recognise(cast.analyst)} == {"Callum", "Cal"}
    actions.recognise_as_victim(by=cast.analyst, person=other, suspect_roles="end")
    assert [row.person.given_name for row in queries.to_recognise(cast.analyst)] == ["Callum"]
