"""What a chart is made of: the rows that this viewer may see, as it was on a day, as known on a day."""

from datetime import UTC, date, datetime

import pytest
from django.http import Http404

from clearlines.access.refusals import Refused
from clearlines.desk.force import chart_page
from clearlines.desk.force.chart import Kind
from clearlines.groups import actions as group_actions
from clearlines.groups.tests import build as groups
from clearlines.lines import actions, queries
from clearlines.lines.models import RoleOnLine
from clearlines.lines.states import Role, Status
from clearlines.lines.tests import build as lines
from clearlines.people import actions as people_actions
from clearlines.people.tests import build as people

DAY = date(2022, 6, 10)
LATER = datetime(2022, 6, 20, 11, tzinfo=UTC)


def shown(viewer, **said):
    return chart_page.shown(viewer, {name: str(value) for name, value in said.items()})


def links(page) -> set[tuple[str, str, str]]:
    return {(link.source.label, link.edge.words, link.target.label) for link in page.chart.links}


def kinds(page) -> dict[str, Kind]:
    return {node.label: node.kind for node in page.chart.nodes}


def test_a_line_stands_among_its_numbers_towns_people_and_where_it_comes_from(cast):
    line = lines.full_line(cast.analyst)
    page = shown(cast.officer, line=line.pk)
    assert links(page) == {
        ("Ash Young", "Exploited child", "L-0001 Bracken"), ("Vic Holder", "Line holder", "L-0001 Bracken"),
        ("L-0001 Bracken", "sells in (Central)", "Barrow-in-Furness"),
        ("L-0001 Bracken", "comes from", "Merseyside"), ("L-0001 Bracken", "is reached on", "07700 900123"),
    }  # fmt: skip
    assert page.chart.middle.words == "Active" and page.chart.middle.shape == "alarm"
    assert kinds(page)["Ash Young"] == Kind.EXPLOITED and kinds(page)["Vic Holder"] == Kind.SUSPECTED


def test_two_lines_with_one_number_meet_in_it(cast):
    first = lines.full_line(cast.analyst)
    second = lines.line(cast.analyst, brand="Fern", first={"number": lines.NUMBER, "decided": "unrelated"})
    page = shown(cast.analyst, number=second.identifiers.get().pk)
    assert links(page) == {
        (str(each), "is reached on", "07700 900123") for each in (first, second)
    }  # fmt: skip


def test_lines_that_moved_on_merged_or_gave_up_their_number_are_linked(cast):
    line, other = lines.full_line(cast.analyst), lines.active_line(cast.analyst, brand="Fern")
    third = lines.line(cast.analyst, brand="Moss", first={"number": lines.NUMBER, "decided": "new_brand"})
    actions.link_displacement(by=cast.analyst, from_line=line, to_line=other, on=DAY, reason="Seen", grade="2B")
    actions.move(by=cast.analyst, line=third, to=Status.MERGED, on=DAY, merged_into=other, reason="The same phone")
    found = links(shown(cast.analyst, line=other.pk, steps=2))
    assert {("L-0001 Bracken", "moved on to", "L-0002 Fern"), ("L-0003 Moss", "is the same line as", "L-0002 Fern"),
            ("L-0001 Bracken", "its number is now used by", "L-0003 Moss")} <= found  # fmt: skip


def test_a_group_stands_among_the_lines_it_runs_who_directs_it_and_other_groups(cast):
    line, group = lines.active_line(cast.analyst), groups.group(cast.analyst)
    groups.runs_line(cast.analyst, group, line)
    groups.directs(cast.analyst, group)
    quay = groups.group(cast.analyst, name="Quay Street")
    link = group_actions.link(by=cast.analyst, from_group=group, to_group=quay, kind="works_with", reason="A handset")
    page = shown(cast.officer, group=group.pk)
    assert links(page) == {
        ("G-001 Ropewalk lads", "runs", "L-0001 Bracken"), ("Vic Boss", "directs it", "G-001 Ropewalk lads"),
        ("G-001 Ropewalk lads", "works with", "G-002 Quay Street"),
    }  # fmt: skip
    assert kinds(page)["Vic Boss"] == Kind.SUSPECTED
    then = cast.viewer("analyst", LATER)
    group_actions.take_back_link(by=then, row=link, because="Another phone")
    assert "works with" not in {words for _, words, _ in links(shown(then, group=group.pk))}
    assert "works with" in {words for _, words, _ in links(shown(then, group=group.pk, known="2022-06-15"))}


def test_whoever_was_exploited_and_also_holds_a_line_is_a_victim_first_with_both_in_words(cast):
    line = lines.active_line(cast.analyst)
    person = people.person(cast.analyst, given_name="Kai", family_name="Both", born_on=date(1990, 1, 1))
    for role in (Role.HOLDER, Role.HOST):
        actions.put_person_on_line(by=cast.analyst, line=line, person=person, role=role, from_on=lines.WENT_ACTIVE)
    RoleOnLine.objects.filter(role=Role.HOST).update(until_on=date(2022, 5, 1))
    page = shown(cast.analyst, line=line.pk)
    kai = next(node for node in page.chart.nodes if node.label == "Kai Both")
    assert kai.kind == Kind.EXPLOITED and kai.words == "Exploited: home taken over; line holder"
    assert [row.also for _, rows in page.sections for row in rows if row.link.source == kai] == [kai.words]
    assert "Kai Both" not in kinds(shown(cast.analyst, line=line.pk, people="others"))


def test_two_records_said_to_be_one_person_are_linked_and_listed_with_the_exploited(cast):
    line = lines.full_line(cast.analyst)
    child, holder = (line.roles.get(role=role).person for role in (Role.EXPLOITED_CHILD, Role.HOLDER))
    people_actions.say_same(by=cast.analyst, one=child, other=holder, reason="The same tattoo")
    page = shown(cast.analyst, line=line.pk)
    same = next(link for link in page.chart.links if link.edge.words == "is said to be the same as")
    assert same.edge.kind == Kind.EXPLOITED


def test_as_it_was_leaves_out_what_began_later_and_what_had_ended(cast):
    line = lines.full_line(cast.analyst)
    old = line.identifiers.get()
    actions.change_number(by=cast.analyst, identifier=old, said="07700 900456", on=date(2022, 5, 1))
    assert "07700 900456" in kinds(shown(cast.analyst, line=line.pk))
    assert set(kinds(shown(cast.analyst, line=line.pk, on="2022-04-30"))) >= {"07700 900123"}
    before = shown(cast.analyst, line=line.pk, on="2022-02-05")
    assert "Ash Young" not in kinds(before) and before.chart.middle.words == "Under assessment"


def test_as_we_knew_leaves_out_what_was_written_down_later(cast):
    line = lines.active_line(cast.analyst)
    then = cast.viewer("analyst", LATER)
    actions.add_market(by=then, line=line, town="Kendal", from_on=lines.WENT_ACTIVE)
    holder = people.person(then)
    actions.put_person_on_line(by=then, line=line, person=holder, role=Role.HOLDER, from_on=lines.WENT_ACTIVE)
    now, before = (kinds(shown(then, line=line.pk, on=DAY, known=known)) for known in ("2022-06-20", "2022-06-19"))
    assert set(now) - set(before) == {"Kendal", "Robin Ferris"}


def test_a_line_nobody_had_registered_yet_stands_alone_and_says_so(cast):
    line = lines.line(cast.analyst)
    page = shown(cast.analyst, line=line.pk, on="2022-01-01")
    assert page.chart.middle.words == "Not yet on the register that day" and not page.chart.links


def test_somebody_on_no_line_a_town_with_no_line_and_a_new_group_stand_alone(cast):
    person = people.person(cast.analyst)
    assert shown(cast.analyst, person=person.pk).chart.middle.words == "On no line that day"
    assert shown(cast.analyst, town="Nowhere").chart.middle.label == "Nowhere"
    group = groups.group(cast.analyst)
    assert shown(cast.analyst, group=group.pk, known="2022-06-01").chart.middle.words.startswith("Not yet")


def test_a_day_that_has_not_come_shows_today_and_says_so(cast):
    line = lines.full_line(cast.analyst)
    page = shown(cast.analyst, line=line.pk, on="2023-01-01")
    assert page.asked.non_field_errors() and page.chart.links
    with pytest.raises(Refused):
        queries.register(cast.analyst, date(2023, 1, 1), DAY)
    assert shown(cast.analyst, line=line.pk, on_day="31", on_month="2", on_year="2022").asked.errors["on"]


@pytest.mark.parametrize("what", ["line", "person", "group", "number"])
def test_what_is_not_there_is_not_found_and_what_is_no_key_neither(cast, what):
    for key in ("7d1f7d3e-9d0a-4b7a-9c53-3f1d0c2b7a10", "rubbish"):
        with pytest.raises(Http404):
            shown(cast.analyst, **{what: key})


def test_another_force_sees_nothing_of_it(cast):
    line = lines.full_line(cast.analyst)
    for said in ({"line": line.pk}, {"person": line.roles.first().person_id}, {"number": line.identifiers.get().pk}):
        with pytest.raises(Http404):
            shown(cast.stranger, **said)
    assert not shown(cast.stranger, town="Barrow-in-Furness").chart.links


def test_a_chart_begins_from_any_line_group_or_person_that_is_found(cast):
    line, group = lines.full_line(cast.analyst), groups.group(cast.analyst)
    everything = chart_page.to_begin_from(cast.analyst, "")
    assert [row.line for row in everything.lines] == [line] and everything.groups == [group] and not everything.people
    assert chart_page.to_begin_from(cast.analyst, "+44 7700 900123").lines[0].line == line
    found = chart_page.to_begin_from(cast.analyst, "young")
    assert [each.name for each in found.people] == ["Ash Young"] and not found.lines and not found.groups


def test_it_takes_as_many_queries_whatever_there_is(cast, django_assert_num_queries):
    line = lines.full_line(cast.analyst)
    viewer = cast.officer
    with django_assert_num_queries(13):
        assert shown(viewer, line=line.pk, steps=2).elements
    for brand in ("Fern", "Moss", "Heron"):
        groups.runs_line(
            cast.analyst, groups.group(cast.analyst, name=brand), lines.active_line(cast.analyst, brand=brand)
        )
    with django_assert_num_queries(13):
        assert shown(viewer, line=line.pk, steps=2).elements
