"""Each side reads and counts its own. What is told by numbers has its base."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from clearlines.access.models import Tie
from clearlines.access.ties import tie
from clearlines.aftercare import actions, queries
from clearlines.aftercare.models import Watch
from clearlines.aftercare.states import Seen
from clearlines.aftercare.tests import build
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2022, 6, 1), date(2022, 6, 30)


def day_after(cast, who, days=1):
    return cast.viewer(who, cast.worker.now + timedelta(days=days))


def test_neither_side_reads_the_others_end_nor_what_it_saw(cast):
    theirs = build.told(cast.analyst)
    build.harm(cast.worker, theirs)
    build.harm(cast.officer, Watch.objects.get(), kind=Seen.VIOLENCE)
    for police in (cast.sergeant, cast.analyst, cast.officer):
        assert [each.kind for each in queries.harms(police)] == ["violence"]
        assert not queries.told(police)
    for charity in (cast.lead, cast.worker):
        assert [each.kind for each in queries.harms(charity)] == ["debt"]
        assert not queries.watches(charity)
        assert queries.windows(charity, FIRST, LAST) == []
    for nobody in (cast.volunteer, cast.stranger, cast.commissioner):
        assert not queries.harms(nobody) and not queries.told(nobody) and not queries.watches(nobody)


def test_what_is_about_somebody_is_read_by_whoever_stands_near_and_what_is_about_nobody_by_the_team(cast):
    named = build.harm(cast.worker, person=people.person(cast.worker))
    nobody = build.harm(cast.worker, kind=Seen.NEW_LINE)
    assert set(queries.harms(cast.worker)) == set(queries.harms(cast.lead)) == {named, nobody}
    assert list(queries.harms(cast.viewer("peer"))) == [nobody]


def test_counts_stand_on_watches_and_days_and_leave_out_what_was_in_no_watch(cast):
    theirs = build.told(cast.analyst)
    build.harm(cast.worker, theirs)
    build.harm(cast.worker, theirs, kind=Seen.OVERDOSE)
    build.harm(cast.worker)
    assert queries.counts(cast.lead, FIRST, LAST).days == 0.1, "so far"
    found = queries.counts(day_after(cast, "lead", 9), FIRST, LAST)
    assert (found.watches, found.days, found.told, found.total) == (1, 3.0, 1, 2)
    assert found.seen == {"debt": 1, "overdose": 1}
    assert found.in_words[0] == ("Overdose", 1)
    assert queries.counts(cast.analyst, FIRST, LAST).seen == {}


def test_a_watch_at_the_edge_of_a_period_counts_for_the_days_inside(cast):
    build.watch(cast.analyst)
    found = queries.counts(day_after(cast, "analyst", 9), date(2022, 6, 15), date(2022, 6, 15))
    assert (found.watches, found.days) == (1, 1.0)
    assert queries.counts(cast.analyst, date(2022, 7, 1), date(2022, 7, 31)).watches == 0


def test_as_known_earlier_what_was_written_later_is_left_out(cast):
    theirs = build.told(cast.analyst)
    build.harm(day_after(cast, "worker"), theirs)
    today, lead = cast.worker.today, day_after(cast, "lead", 9)
    assert queries.counts(lead, FIRST, LAST, today).total == 0
    assert queries.counts(lead, FIRST, LAST, today + timedelta(days=1)).total == 1
    assert queries.counts(lead, FIRST, LAST, today - timedelta(days=1)).watches == 0
    assert queries.opened(cast.analyst, FIRST, LAST, today) == (1, 1)
    actions.take_back(by=day_after(cast, "sergeant"), watch=Watch.objects.get())
    assert queries.counts(lead, FIRST, LAST, today).watches == 1
    assert queries.counts(lead, FIRST, LAST).watches == 0


def test_whoever_stands_above_is_given_the_windows_to_count_new_lines_in(cast):
    watch = build.watch(cast.analyst)
    (window,) = queries.windows(cast.officer, FIRST, LAST)
    assert (window.number, window.towns, window.reference) == (watch.number, [build.TOWN], "L-0003")
    assert queries.watches_for(cast.officer, ["L-0003"]) == [watch]
    assert queries.watches_for(cast.lead, ["L-0003"]) == []


def test_the_force_is_asked_to_tell_or_say_why_not_and_the_charity_to_look_after_its_people(cast):
    watch = build.watch(cast.analyst)
    (asked,) = queries.due(cast.sergeant, cast.sergeant.now)
    assert asked.words == (
        "Tell the charity to look after people in Barrow-in-Furness until 17 June 10:00, or say why not"
    )
    assert list(queries.due(cast.officer, cast.officer.now)) == []
    assert list(queries.due(cast.worker, cast.worker.now)) == []
    actions.tell(by=cast.analyst, watch=watch, to=build.charity())
    assert list(queries.due(cast.sergeant, cast.sergeant.now)) == []
    (asked,) = queries.due(cast.worker, cast.worker.now)
    assert asked.words == "Look after your people in Barrow-in-Furness until 17 June 10:00"
    over = day_after(cast, "worker", 4)
    assert list(queries.due(over, over.now)) == []


def test_what_was_taken_back_is_listed_without_its_area_and_cannot_be_opened(cast):
    theirs = build.told(cast.analyst)
    actions.take_back(by=cast.sergeant, watch=Watch.objects.get())
    ((row, is_open, _),) = queries.listed(cast.worker)
    assert (row.area, is_open) == ("a town not yet recorded", False)
    with pytest.raises(Http404):
        queries.told_one(cast.worker, theirs.pk)


def test_people_there_are_those_one_may_see_at_home_in_that_town_ones_own_first(cast):
    theirs = build.told(cast.analyst)
    home = places.place(cast.worker, town="barrow-in-furness")
    other = people.person(cast.worker, given_name="Abel", home=home)
    mine = people.person(cast.worker, given_name="Zed", home=home)
    people.person(cast.worker, home=places.place(cast.worker, town="Kendal"))
    people.person(cast.officer, home=places.place(cast.officer))
    tie(cast.account("worker"), mine, Tie.Kind.ALLOCATED, by=cast.worker)
    assert queries.people_here(cast.worker, theirs) == [mine, other]
