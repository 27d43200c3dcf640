from datetime import UTC, date, datetime

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.people import actions as people
from clearlines.people.tests.build import person as a_person
from clearlines.referrals.tests import build as letters
from clearlines.screening import actions, queries
from clearlines.screening.models import Screening
from clearlines.screening.states import Footing
from clearlines.screening.suggest import Answered
from clearlines.screening.tests import build

pytestmark = pytest.mark.django_db


def test_a_person_sets_the_band_and_the_suggestion_stays_beside_it(cast):
    screening = build.completed(cast.worker)
    assert screening.band_suggested == screening.band == "this_week"
    assert screening.set_by == cast.worker.account
    assert screening.next_on == date(2022, 6, 19)
    assert "signs-in-two-parts-of-life" in [ground["rule"] for ground in screening.grounds]
    assert "They have overdosed in the last 28 days" in screening.not_known


def test_another_band_than_the_suggested_one_needs_a_reason(cast):
    with pytest.raises(Refused, match="say why your band is not the suggested one"):
        build.completed(cast.worker, band="today")
    assert build.completed(cast.peer, band="today", reason="weapon seen").band == "today"


def test_closing_has_no_next_date_and_always_a_reason(cast):
    assert build.completed(cast.worker, band="close", reason="Moved to Leeds with his mother").next_on is None


def test_nothing_a_screening_holds_is_a_score():
    numbers = {field.name for field in Screening._meta.concrete_fields if "Integer" in type(field).__name__
               or "Float" in type(field).__name__ or "Decimal" in type(field).__name__}  # fmt: skip
    assert numbers == {"version"}


def test_somebody_without_the_permission_sets_no_band(cast):
    screening = build.begun(cast.worker)
    for nobody in (cast.sergeant, cast.volunteer, cast.charity_information, cast.probation):
        with pytest.raises(Forbidden):
            actions.complete(by=nobody, screening=screening, band="today")


def test_no_consent_and_no_danger_is_no_screening(cast):
    with pytest.raises(Refused, match="ask whether the person wants support"):
        build.begun(cast.worker, footing=Footing("2022-01", "not_asked", "legitimate_interests"))
    assert build.begun(cast.worker, footing=Footing("2022-01", "no", "safeguarding")).consent == "no"


def test_a_withdrawn_tool_is_not_begun(cast, monkeypatch):
    monkeypatch.setitem(queries.protocol().withdrawn, "adult-cuckooing.v1", date(2022, 6, 1))
    with pytest.raises(Refused, match="withdrawn on 1 June 2022"):
        build.begun(cast.worker, tool="adult-cuckooing.v1")
    assert "adult-cuckooing.v1" not in [tool.name for tool in queries.tools_in_use(date(2022, 6, 14))]


def test_another_organisations_person_is_not_screened(cast):
    with pytest.raises(Refused, match="not on your own organisation's records"):
        build.begun(cast.worker, person=a_person(cast.sergeant))


def test_half_is_saved_and_the_other_half_added(cast):
    screening = build.begun(cast.worker)
    actions.answer(by=cast.worker, screening=screening, answers={"debt": Answered("yes")})
    actions.answer(by=cast.lead, screening=screening, answers={"weapon": Answered("no", "seen")})
    assert queries.answers_of(screening) == {"debt": Answered("yes"), "weapon": Answered("no")}
    with pytest.raises(Refused, match="say how you know: They owe money"):
        actions.complete(by=cast.worker, screening=screening, band="planned")


def test_two_workers_answer_at_once_and_the_second_is_told(cast):
    screening = build.begun(cast.worker)
    actions.answer(by=cast.worker, screening=screening, answers={"debt": Answered("no")}, seen=1)
    with pytest.raises(Refused, match="somebody changed this"):
        actions.answer(by=cast.lead, screening=screening, answers={"debt": Answered("yes", "told")}, seen=1)


def test_a_completed_screening_never_changes(cast):
    screening = build.completed(cast.worker)
    with pytest.raises(Refused, match="do it again"):
        actions.answer(by=cast.worker, screening=screening, answers={"debt": Answered("no")})
    with pytest.raises(Refused, match="do it again"):
        actions.complete(by=cast.worker, screening=screening, band="today", reason="x")


def test_doing_it_again_keeps_the_old_one_until_the_new_band_is_set(cast):
    old = build.completed(cast.worker)
    again = actions.redo(by=cast.lead, screening=old, why="The visitors were a party")
    assert queries.answers_of(again) == queries.answers_of(old)
    assert queries.latest(cast.worker, old.person) == old
    with pytest.raises(Refused, match="already begun"):
        actions.redo(by=cast.worker, screening=old, why="Me too")
    actions.answer(by=cast.lead, screening=again, answers={"visitors": Answered("no")})
    actions.complete(by=cast.lead, screening=again, band="planned")
    old.refresh_from_db()
    assert (old.state, old.band) == ("superseded", "this_week")
    assert queries.latest(cast.lead, old.person) == again
    assert queries.replaced_by(cast.lead, old) == again
    assert queries.latest(cast.worker, old.person) is None, "the lead's screening of somebody not allocated to her"


def test_pressing_begin_twice_makes_one(cast):
    first = build.begun(cast.worker)
    assert actions.begin(by=cast.worker, person=first.person, footing=build.FOOTING, new_id=first.pk) == first
    done = build.completed(cast.lead)
    again = actions.redo(by=cast.lead, screening=done, why="A slip")
    assert actions.redo(by=cast.lead, screening=done, why="A slip", new_id=again.pk) == again


def test_the_reasons_stay_as_they_were_after_a_birthday(cast):
    child = a_person(cast.worker, born_on=date(2004, 6, 15))
    screening = build.completed(cast.worker, person=child)
    assert screening.facts["child"] is True
    people.correct(by=cast.worker, person=child, seen=1, given_name="Robin", born_on=date(1984, 6, 15))
    later = queries.reading(Screening.objects.get(pk=screening.pk), today=date(2023, 1, 1))
    assert "child" in [ground["rule"] for ground in later.grounds]


def test_what_the_letter_says_is_read(cast):
    letter = letters.accepted(cast.probation, cast.worker, release_on=date(2022, 6, 17))
    screening = build.begun(cast.worker, person=letter.person, letter=letter)
    found = queries.suggestion(screening, today=date(2022, 6, 14))
    assert found.band == "this_week" and found.grounds[0].rule == "release"


def test_a_day_after_midnight_in_summer_is_counted_in_london(cast):
    late = cast.viewer("worker", datetime(2022, 6, 14, 23, 30, tzinfo=UTC))
    assert build.completed(late).next_on == date(2022, 6, 20)
