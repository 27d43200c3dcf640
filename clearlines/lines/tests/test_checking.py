"""A closed line is checked again; a quiet one is asked about; nothing changes by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.access.refusals import Refused
from clearlines.lines import actions, checking, queries
from clearlines.lines.models import CheckBack
from clearlines.lines.states import Found, Status
from clearlines.lines.tests import build

S, CLOSED_ON = Status, date(2022, 6, 1)


def at(cast, day: date, who: str = "analyst"):
    return cast.viewer(who, datetime(day.year, day.month, day.day, 11, tzinfo=UTC))


def closed(cast):
    line = build.active_line(cast.analyst)
    return line, actions.move(by=cast.analyst, line=line, to=S.CLOSED_T2, on=CLOSED_ON, complied_on=CLOSED_ON)


def due_days(viewer) -> list[date]:
    return [each.when for each in queries.due(viewer, viewer.now) if each.kind == "Check"]


@given(st.sets(st.sampled_from([7, 28, 90])))
def test_every_check_is_either_answered_or_still_to_answer(answered):
    left = [each.days for each in checking.unanswered(CLOSED_ON, (7, 28, 90), answered)]
    assert sorted({*left, *answered}) == [7, 28, 90]
    assert not answered & {*left}


def test_a_line_has_gone_quiet_after_so_many_whole_days():
    assert not checking.has_gone_quiet(date(2022, 6, 1), today=date(2022, 6, 28), after=28)
    assert checking.has_gone_quiet(date(2022, 6, 1), today=date(2022, 6, 29), after=28)


def test_a_check_falls_due_on_the_list_of_whoever_closed_the_line_and_of_whoever_leads(cast):
    closed(cast)
    assert due_days(at(cast, date(2022, 6, 2))) == [date(2022, 6, 8)], "a week ahead"
    assert due_days(at(cast, date(2022, 7, 1))) == [date(2022, 6, 8), date(2022, 6, 29)]
    assert due_days(at(cast, date(2022, 7, 1), "sergeant")) == [date(2022, 6, 8), date(2022, 6, 29)]
    assert due_days(at(cast, date(2022, 7, 1), "second.analyst")) == []
    assert due_days(at(cast, date(2022, 7, 1), "officer")) == []


def test_a_check_that_is_answered_is_never_asked_again_and_a_second_answer_is_refused(cast):
    line, closure = closed(cast)
    later = at(cast, date(2022, 6, 9))
    asked = {"closure": closure, "days": 7, "on": date(2022, 6, 9)}
    actions.answer_check(by=later, **asked, found=Found.STILL_DEAD)
    assert due_days(later) == []
    with pytest.raises(Refused, match="the 7-day check is answered: Still out of use, by Priya Lowther on 9 June 2022"):
        actions.answer_check(by=later, **asked, found=Found.IN_USE, words="Texts")
    assert CheckBack.objects.count() == 1
    assert queries.status_of(later, line) == S.CLOSED_T2


def test_not_being_able_to_tell_leaves_the_check_to_be_answered(cast):
    _, closure = closed(cast)
    later = at(cast, date(2022, 6, 9))
    asked = {"closure": closure, "days": 7, "on": date(2022, 6, 9)}
    actions.answer_check(by=later, **asked, found=Found.COULD_NOT_TELL, words="Rang out")
    assert due_days(later) == [date(2022, 6, 8)]
    actions.answer_check(by=later, **asked, found=Found.STILL_DEAD)
    assert due_days(later) == []


def test_in_use_again_makes_the_line_active_and_keeps_its_closure(cast):
    line, closure = closed(cast)
    later = at(cast, date(2022, 6, 29))
    actions.answer_check(
        by=later, closure=closure, days=28, found=Found.IN_USE, on=date(2022, 6, 27), words="Bulk texts"
    )
    assert queries.status_of(later, line) == S.ACTIVE
    assert [row.status for row in line.statuses.order_by("sequence")] == [
        "under_assessment", "active", "closed_t2", "active",
    ]  # fmt: skip
    found = queries.summary(later, build.FIRST_KNOWN, date(2022, 6, 29))
    assert (found.type2, found.reactivations) == (1, 1)
    assert due_days(later) == [], "a line that is active has nothing to check"


def test_what_makes_a_check_no_answer_is_said_in_a_sentence(cast):
    line, closure = closed(cast)
    asked = {"closure": closure, "found": Found.STILL_DEAD}
    for days, on, said in (
        (5, date(2022, 6, 8), "there is no check after 5 days: choose one of 7, 28, 90"),
        (7, date(2022, 6, 7), "due on 8 June 2022: a look before that day does not answer it"),
        (7, date(2022, 6, 30), "the day is in the future"),
    ):
        with pytest.raises(Refused, match=said):
            actions.answer_check(by=at(cast, date(2022, 6, 20)), days=days, on=on, **asked)
    with pytest.raises(Refused, match="say what you saw or tried"):
        actions.answer_check(
            by=at(cast, date(2022, 6, 20)), closure=closure, days=7, on=date(2022, 6, 9), found=Found.IN_USE
        )
    later = at(cast, date(2022, 6, 21))
    actions.move(by=later, line=line, to=S.ACTIVE, on=date(2022, 6, 20))
    with pytest.raises(Refused, match="does not stand closed by that entry any more"):
        actions.answer_check(by=later, days=7, on=date(2022, 6, 20), **asked)


def test_putting_the_day_of_a_closure_right_does_not_ask_for_its_checks_again(cast):
    _, closure = closed(cast)
    later = at(cast, date(2022, 6, 16))
    actions.answer_check(by=later, closure=closure, days=7, on=date(2022, 6, 9), found=Found.STILL_DEAD)
    right = actions.correct_status(
        by=later, row=closure, to=S.CLOSED_T2, on=date(2022, 6, 2), complied_on=date(2022, 6, 2), reason="Misread"
    )
    assert [each.days for each in queries.checks_due_of(later, right)] == [28, 90]
    assert due_days(at(cast, date(2022, 6, 30))) == [date(2022, 6, 30)]


def test_an_unanswered_check_stays_due_however_old_and_an_answered_closure_leaves_the_list(cast):
    _, closure = closed(cast)
    late = at(cast, date(2023, 6, 1))
    assert len(due_days(late)) == 3
    for days in (7, 28, 90):
        actions.answer_check(by=late, closure=closure, days=days, on=date(2023, 5, 31), found=Found.STILL_DEAD)
    assert not queries.closures_standing(late).exists()


def test_a_line_nobody_has_seen_selling_is_put_to_whoever_keeps_the_register(cast):
    line = build.active_line(cast.analyst)
    day = build.WENT_ACTIVE + timedelta(days=30)
    assert [each for each, _ in queries.quiet(at(cast, day))] == [line]
    assert queries.quiet(at(cast, day), heard={line.pk: day}) == [], "a report told of it"
    actions.record_sighting(by=at(cast, day), line=line, on=day, words="Three cars in an hour", grade="2A")
    assert queries.quiet(at(cast, day)) == []
    later = at(cast, day + timedelta(days=28))
    assert [seen for _, seen in queries.quiet(later)] == [day]
    assert any("Is it dormant?" in each.words for each in queries.due(later, later.now))
    assert queries.status_of(later, line) == S.ACTIVE, "nothing changes by itself"


def test_a_sighting_has_a_day_on_which_the_line_was_known_and_words(cast):
    line = build.active_line(cast.analyst)
    for on, words, said in (
        (date(2022, 6, 15), "Seen", "in the future"),
        (date(2022, 1, 1), "Seen", "first known on 1 February 2022"),
        (date(2022, 6, 1), " ", "say what was seen or heard"),
    ):
        with pytest.raises(Refused, match=said):
            actions.record_sighting(by=cast.analyst, line=line, on=on, words=words)
