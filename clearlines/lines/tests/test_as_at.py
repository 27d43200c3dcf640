"""One line, and the register, as they were on a day and as known on a day."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from clearlines.access.refusals import Refused
from clearlines.lines import actions, queries
from clearlines.lines.states import Role, Status
from clearlines.lines.tests import build
from clearlines.lines.tests.test_pages import text_of, the_day

S = Status


def later(cast, month: int, day: int):
    return cast.viewer("analyst", datetime(2022, month, day, 11, tzinfo=UTC))


def told_in_july(cast):
    """What a line had on 1 June, and what was learned of those days in July."""
    line = build.full_line(cast.analyst)
    july = later(cast, 7, 5)
    actions.move(by=july, line=line, to=S.DORMANT, on=date(2022, 5, 20))
    actions.end_identifier(
        by=july, identifier=line.identifiers.get(), on=date(2022, 5, 19), because="The number went dead"
    )
    actions.end_market(by=july, market=line.markets.get(), on=date(2022, 5, 19), because="Nobody sells there")
    role = line.roles.get(role=Role.HOLDER)
    actions.end_role(by=july, role=role, on=date(2022, 5, 19), because="Somebody else answers it")
    return line


def test_an_end_that_was_learned_later_had_not_come_yet(cast):
    line = told_in_july(cast)
    then = queries.file_of(later(cast, 7, 6), line.pk, date(2022, 6, 1), date(2022, 6, 14))
    now = queries.file_of(later(cast, 7, 6), line.pk, date(2022, 6, 1), date(2022, 7, 6))
    assert (then.standing.status, now.standing.status) == (S.ACTIVE, S.DORMANT)
    assert then.standing_now.status == S.DORMANT
    for held in ("numbers", "towns", "others"):
        assert [each.until for each in getattr(then, held)] == [None], held
        assert [each.until for each in getattr(now, held)] == [date(2022, 5, 19)], held
        assert not getattr(now, held)[0].holds_on(date(2022, 6, 1))
    assert [each.row.person.given_name for each in then.victims] == ["Ash"], "ending one role ends no other"


def test_what_was_not_known_yet_is_not_on_the_page_of_that_day(cast, as_):
    line = build.full_line(cast.analyst)
    actions.change_number(
        by=later(cast, 7, 5), identifier=line.identifiers.get(), said="07700 900456", on=date(2022, 5, 3)
    )
    address = reverse("lines-line", args=[line.pk])
    asked = the_day("on", date(2022, 6, 1)) | the_day("known", date(2022, 6, 14))
    then, now = (text_of(as_("analyst").get(address, said)) for said in (asked, {}))
    assert "07700 900456" in now and "07700 900456" not in then
    assert "as it was on <strong>1 June 2022</strong>, as we knew on <strong>14 June 2022</strong>" in then
    assert "It changed" not in then, "another day is read, and nothing is written on it"


def test_a_day_that_has_not_come_shows_the_line_today_and_says_so(cast, as_):
    line = build.full_line(cast.analyst)
    said = text_of(as_("analyst").get(reverse("lines-line", args=[line.pk]), the_day("on", date(2099, 1, 1))))
    assert "the last day is in the future" in said.lower()
    assert "Active" in said


def test_two_days_of_knowing_are_compared_and_only_what_differs_is_listed(cast, as_):
    told_in_july(cast)
    build.active_line(cast.analyst, brand="Fern")
    found = queries.differences(later(cast, 7, 6), date(2022, 6, 1), date(2022, 6, 14), date(2022, 7, 5))
    assert (found.active_first, found.active_then) == (2, 1)
    assert [row.line.brand for row in found.rows] == ["Bracken"]
    assert [step.status for step in found.rows[0].learned] == [S.DORMANT]
    between = queries.differences(later(cast, 7, 6), date(2022, 6, 1), date(2022, 6, 14), date(2022, 7, 4))
    assert (between.active_first, between.active_then, between.rows) == (2, 2, [])
    asked = the_day("on", date(2022, 6, 1)) | the_day("first_known", date(2022, 6, 14))
    page = as_("officer").get(reverse("lines-differences"), asked | the_day("then_known", date(2022, 7, 5)))
    assert "1 line known differently" in text_of(page)
    wrong = as_("officer").get(reverse("lines-differences"), asked | the_day("then_known", date(2022, 6, 14)))
    assert "The first day of knowing must come before the second." in text_of(wrong)


def test_nothing_ends_before_it_began_or_twice_or_without_a_reason(cast):
    line = build.full_line(cast.analyst)
    number = line.identifiers.get()
    for on, because, said in (
        (date(2022, 1, 1), "Dead", "it began on 1 February 2022: it cannot end before that"),
        (date(2022, 6, 15), "Dead", "in the future"),
        (date(2022, 6, 1), " ", "say what shows that it ended"),
    ):
        with pytest.raises(Refused, match=said):
            actions.end_identifier(by=cast.analyst, identifier=number, on=on, because=because)
    actions.end_identifier(by=cast.analyst, identifier=number, on=date(2022, 6, 1), because="Dead")
    with pytest.raises(Refused, match="that already ended, on 1 June 2022"):
        actions.end_identifier(by=cast.analyst, identifier=number, on=date(2022, 6, 2), because="Dead")
    assert list(queries.matching(cast.officer, build.NUMBER)) == [line], "looked up, it still finds the line"


def test_a_town_is_not_recorded_twice_in_the_same_days(cast):
    line = build.full_line(cast.analyst)
    there = {"town": " barrow-in-furness", "area": "Central"}
    with pytest.raises(Refused, match="recorded there already in those days"):
        actions.add_market(by=cast.analyst, line=line, from_on=date(2022, 6, 1), **there)
    actions.end_market(by=cast.analyst, market=line.markets.get(), on=date(2022, 5, 1), because="Nobody sells there")
    with pytest.raises(Refused, match="recorded there already in those days"):
        actions.add_market(by=cast.analyst, line=line, from_on=date(2022, 4, 1), until_on=date(2022, 6, 1), **there)
    actions.add_market(by=cast.analyst, line=line, from_on=date(2022, 6, 1), **there)
    actions.add_market(by=cast.analyst, line=line, from_on=date(2022, 6, 1), town="Barrow-in-Furness", area="Hindpool")
    assert line.markets.count() == 3


def test_a_line_that_began_in_a_town_in_those_days_is_found_as_known_then(cast):
    build.full_line(cast.analyst)
    july = later(cast, 7, 5)
    first = {"town": "Barrow-in-Furness"}
    fern = build.line(july, brand="Fern", since=date(2022, 6, 2), first=first)
    build.line(july, brand="Slate", since=date(2022, 6, 2), first={"town": "Kendal"})
    days = date(2022, 6, 1), date(2022, 6, 3)
    assert queries.begun_in(july, ["Barrow-in-Furness"], *days) == [fern]
    assert queries.begun_in(july, ["Barrow-in-Furness"], *days, known=date(2022, 6, 14)) == []
    assert queries.begun_in(july, ["Barrow-in-Furness"], date(2022, 6, 3), date(2022, 6, 9)) == []
