"""A watch is opened once, told once, taken back whole; what was seen stays with whoever saw it."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from clearlines.access import agreements
from clearlines.access.refusals import Forbidden, Refused
from clearlines.aftercare import actions
from clearlines.aftercare.models import Harm, Watch, WatchTold
from clearlines.aftercare.states import Told
from clearlines.aftercare.tests import build
from clearlines.ledger.models import Entry
from clearlines.people.tests import build as people

pytestmark = pytest.mark.django_db


def entries(event):
    return Entry.objects.filter(event=event)


def test_a_closure_opens_one_watch_of_seventy_two_hours_however_often_it_is_said(cast):
    first = build.watch(cast.analyst)
    assert build.watch(cast.analyst) == first
    assert first.until_at - first.from_at == timedelta(hours=72)
    assert first.state == Told.WAITING
    assert build.watch(cast.analyst, hours=24, reference="L-0004").until_at == first.from_at + timedelta(hours=24)


def test_a_number_tells_nothing_of_how_many_there_are(cast):
    numbers = {build.watch(cast.analyst, reference=f"L-{each:04}").number for each in range(4)}
    assert len(numbers) == 4
    assert all(number.startswith("W-") and len(number) == 7 for number in numbers)


def test_a_closure_written_down_when_its_watch_had_passed_is_kept_and_never_told(cast):
    late = build.watch(cast.analyst, from_at=cast.analyst.now - timedelta(days=23))
    assert late.state == Told.TOO_LATE
    with pytest.raises(Refused, match="it is 'over before we knew'"):
        actions.tell(by=cast.analyst, watch=late, to=build.charity())
    assert not WatchTold.objects.exists()


def test_an_area_and_a_window_cross_and_both_ledgers_say_so(cast):
    watch = build.watch(cast.analyst)
    actions.tell(by=cast.analyst, watch=watch, to=build.charity(), part="Hindpool")
    theirs = WatchTold.objects.get()
    assert (theirs.area, theirs.from_at, theirs.until_at) == (
        "Hindpool, Barrow-in-Furness",
        watch.from_at,
        watch.until_at,
    )
    assert (theirs.owner_id, theirs.created_by, theirs.from_name) == ("charity", None, "Fellside Constabulary")
    mine, other = entries("aftercare.told").order_by("pk")
    assert (mine.organisation, mine.kind, mine.under) == ("police", "disclosure", "closing-told")
    assert (other.organisation, other.actor) == ("charity", "police")
    assert [each.name for each in other.subjects.all()] == [f"aftercare.crossing:{watch.number}"]


def test_told_twice_it_is_told_once(cast):
    watch = build.watch(cast.analyst)
    for _ in range(2):
        actions.tell(by=cast.analyst, watch=watch, to=build.charity())
    assert WatchTold.objects.count() == 1
    assert entries("aftercare.told_again").count() == 1


def test_without_a_live_agreement_nothing_crosses_and_the_sentence_says_what_to_do(cast, monkeypatch):
    watch = build.watch(cast.analyst)
    paper = agreements.all_agreements()["closing-told"]
    for found, why in (
        ([], "ask your information manager for one, or decide that they are not told and say why"),
        (
            [replace(paper, until_on=date(2022, 6, 13))],
            "ended on 13 June 2022: ask the information manager to renew it",
        ),
        ([replace(paper, fields=("area", "window", "line"))], "must name exactly an area and a window"),
    ):
        monkeypatch.setattr(agreements, "for_use", lambda use, sender, recipient, found=found: found)
        with pytest.raises(Refused, match=why):
            actions.tell(by=cast.analyst, watch=watch, to=build.charity())
    assert not WatchTold.objects.exists()


def test_a_town_that_was_written_as_an_address_is_put_better_before_it_is_told(cast):
    watch = build.watch(cast.analyst, towns=["12 Slipway Street", ""])
    with pytest.raises(Refused, match="reads like an address"):
        actions.tell(by=cast.analyst, watch=watch, to=build.charity())
    actions.tell(by=cast.analyst, watch=watch, to=build.charity(), towns=["Barrow-in-Furness"])
    assert WatchTold.objects.get().area == "Barrow-in-Furness"


def test_taken_back_the_area_is_gone_from_the_charitys_own_row(cast):
    theirs = build.told(cast.analyst, towns=["Barrow-in-Furness", "Kendal"])
    assert theirs.area == "Barrow-in-Furness and Kendal"
    watch = actions.take_back(by=cast.sergeant, watch=Watch.objects.get())
    theirs.refresh_from_db()
    assert (watch.state, theirs.towns, theirs.part) == (Told.TAKEN_BACK, [], "")
    assert theirs.withdrawn_at == cast.sergeant.now
    with pytest.raises(Refused, match="it is 'told, then taken back'"):
        actions.tell(by=cast.analyst, watch=watch, to=build.charity())


def test_somebody_decides_not_to_tell_and_may_think_again(cast):
    watch = build.watch(cast.analyst)
    actions.decide_not_to_tell(by=cast.sergeant, watch=watch, why="The hub there is shut this week")
    watch.refresh_from_db()
    assert (watch.state, watch.not_told_why) == (Told.NOT_TOLD, "The hub there is shut this week")
    assert actions.tell(by=cast.analyst, watch=watch, to=build.charity()).state == Told.TOLD


def test_the_charity_opens_and_tells_nothing(cast):
    watch = build.watch(cast.analyst)
    for verb in (lambda: build.watch(cast.lead), lambda: actions.tell(by=cast.lead, watch=watch, to=build.charity())):
        with pytest.raises(Forbidden):
            verb()


def test_another_force_can_neither_tell_nor_take_back(cast):
    watch = build.watch(cast.analyst)
    with pytest.raises(Watch.DoesNotExist):
        actions.tell(by=cast.stranger, watch=watch, to=build.charity())


def test_what_was_seen_is_recorded_once_with_its_watch_and_its_person(cast):
    theirs, person, key = build.told(cast.analyst), people.person(cast.worker), uuid.uuid4()
    for _ in range(2):
        harm = build.harm(cast.worker, theirs, person=person, new_id=key)
    assert Harm.objects.count() == 1
    assert (harm.watch, harm.person, harm.words) == (theirs.number, person, "Two men asked her for £400")
    actions.follow_up(by=cast.worker, harm=harm, words="She is at her sister's")
    harm.refresh_from_db()
    assert (harm.followed_up, harm.followed_up_by) == ("She is at her sister's", cast.worker.account)


def test_outside_the_watch_it_is_refused_with_a_sentence_and_recorded_without_one(cast):
    theirs = build.told(cast.analyst)
    before = cast.worker.now - timedelta(days=2)
    with pytest.raises(Refused, match="record it without a watch"):
        build.harm(cast.worker, theirs, happened_at=before)
    assert build.harm(cast.worker, happened_at=before).watch == ""


def test_nobody_records_in_a_watch_or_about_a_person_of_the_other_side(cast):
    theirs = build.told(cast.analyst)
    with pytest.raises(Refused, match="another organisation's"):
        build.harm(cast.officer, theirs)
    with pytest.raises(Refused, match="another organisation's records"):
        build.harm(cast.officer, person=people.person(cast.worker))
