"""A street told and taken out; looks drawn, answered, marked and settled; a report whose hash is kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from clearlines.access.models import Account
from clearlines.access.refusals import Forbidden, Refused
from clearlines.governance import actions, queries, timed, watching
from clearlines.governance.models import OddLook, OwnStreet, SampledLook
from clearlines.governance.tests import build
from clearlines.ledger.models import Entry, Subject
from clearlines.people.tests import build as people
from tests.cast import NOON, TODAY

MONDAY = TODAY - timedelta(days=TODAY.weekday())


def supervised_by(cast, account, supervisor):
    Account.objects.filter(pk=cast.account(account).pk).update(supervisor=cast.account(supervisor))


def test_what_street_was_told_is_not_in_the_ledger_and_can_be_taken_out(cast):
    actions.say_street(by=cast.worker, words="3 Duke Street", town="Barrow", postcode="")
    actions.say_street(by=cast.worker, words="4 Duke Street", town="Barrow", postcode="")
    assert OwnStreet.objects.get().words == "4 Duke Street"
    assert not Subject.objects.filter(name__contains="Duke").exists()
    assert not Entry.objects.filter(note__contains="Duke").exists()
    actions.forget_street(by=cast.worker)
    assert not OwnStreet.objects.exists()


class TestTheDraw:
    def test_is_by_lot_and_can_be_drawn_again(self, cast):
        for _ in range(6):
            build.look_at(cast.worker, people.person(cast.worker))
        organisation = cast.worker.organisation
        first, unasked = watching.draw(organisation, MONDAY, TODAY)
        again, _ = watching.draw(organisation, MONDAY, TODAY)
        assert [each.entry.pk for each in first] == [each.entry.pk for each in again]
        assert (len(first), unasked) == (2, 0)

    def test_asks_the_supervisor_or_else_an_information_manager_and_never_oneself(self, cast):
        person = people.person(cast.worker)
        for viewer in (cast.worker, cast.lead, cast.charity_information):
            build.look_at(viewer, person)
        supervised_by(cast, "worker", "lead")
        drawn, unasked = watching.draw(cast.worker.organisation, MONDAY, TODAY)
        asked = {each.account.username: each.supervisor.username for each in drawn}
        assert asked == {"worker": "lead", "lead": "charity.information"}
        assert unasked == 1, "the only information manager has nobody to ask"

    def test_draws_only_looks_at_people_of_that_week(self, cast):
        build.look_at(cast.worker, "people.list")
        build.look_at(cast.viewer("worker", NOON - timedelta(days=7)), people.person(cast.worker))
        drawn, _ = watching.draw(cast.worker.organisation, MONDAY, TODAY)
        assert not drawn

    def test_is_made_once_for_each_week_however_often_the_clock_strikes(self, cast, monkeypatch):
        monkeypatch.setattr(timed, "the_time", lambda: NOON + timedelta(days=7))
        build.look_at(cast.worker, people.person(cast.worker))
        by = build.the_machine()
        assert timed.draw_last_week(by, timed.Watch()) == 1
        assert timed.draw_last_week(by, timed.Watch()) == 0
        assert SampledLook.objects.count() == 1

    def test_the_database_refuses_to_put_a_look_to_whoever_looked(self, cast):
        with pytest.raises(IntegrityError), transaction.atomic():
            build.sampled(cast, supervisor="worker")


class TestAnAnswer:
    def test_yes_ends_it(self, cast):
        sampled = build.sampled(cast)
        actions.answer(by=cast.lead, sampled=sampled, answer="part")
        assert not queries.to_sign_off(cast.lead).exists()
        assert not OddLook.objects.exists()

    def test_no_goes_before_the_information_manager(self, cast):
        sampled = build.sampled(cast)
        actions.answer(by=cast.lead, sampled=sampled, answer="not_part", reason="They have no visit there")
        odd = queries.open_odd_looks(cast.charity_information).get()
        assert (odd.why, odd.words) == ("not_part", "They have no visit there")

    def test_asking_first_leaves_it_open(self, cast):
        sampled = build.sampled(cast)
        actions.answer(by=cast.lead, sampled=sampled, answer="asked", reason="Off sick")
        assert queries.to_sign_off(cast.lead).get().reason == "Off sick"
        with pytest.raises(Refused, match="say why"):
            actions.answer(by=cast.lead, sampled=sampled, answer="not_part")

    def test_somebody_else_may_not(self, cast):
        sampled = build.sampled(cast)
        with pytest.raises(Refused, match="put to somebody else"):
            actions.answer(by=cast.charity_information, sampled=sampled, answer="part")
        with pytest.raises(Forbidden):
            actions.answer(by=cast.worker, sampled=sampled, answer="part")


class TestWhatStandsOut:
    def go_through(self):
        return timed.go_through_new(build.the_machine(), timed.Watch(), 0.0)

    def test_a_look_at_somebody_in_ones_own_street(self, cast):
        entry = build.look_at(cast.worker, build.neighbour(cast))
        assert self.go_through() == 1
        odd = queries.open_odd_looks(cast.charity_information).get()
        assert (odd.why, odd.entry_id, odd.account.username) == ("own_street", entry.pk, "worker")

    def test_a_look_at_somebody_of_the_same_family_name(self, cast):
        build.look_at(cast.worker, people.person(cast.worker, family_name="Postle-Ash"))
        assert self.go_through() == 1
        assert OddLook.objects.get().why == "same_name"

    def test_a_long_list_in_which_a_neighbour_stands_is_no_look_at_the_neighbour(self, cast):
        build.look_at(cast.worker, build.neighbour(cast), *(people.person(cast.worker) for _ in range(3)))
        assert self.go_through() == 0

    def test_is_found_once_however_often_the_looks_are_gone_through(self, cast):
        build.look_at(cast.worker, build.neighbour(cast))
        assert (self.go_through(), self.go_through()) == (1, 0)

    def test_goes_on_from_where_the_last_process_stopped(self, cast):
        entry = build.look_at(cast.worker, build.neighbour(cast))
        self.go_through()
        assert timed.where_it_stopped() == entry.pk

    def test_a_street_nobody_told_us_is_not_known(self, cast):
        person = build.neighbour(cast)
        actions.forget_street(by=cast.worker)
        build.look_at(cast.worker, person)
        assert self.go_through() == 0

    def test_far_more_records_than_colleagues_is_said_in_words(self, cast):
        from clearlines.access.actions import open_account
        from clearlines.access.viewer import Viewer

        for number in range(3):
            account = open_account(
                by=Viewer.setting_up(NOON), username=f"peer{number}", full_name="Pat Peer",
                organisation=cast.worker.organisation, roles=["recovery_worker"], from_on=TODAY - timedelta(days=90),
            )  # fmt: skip
            build.look_at(Viewer.in_the_past(account, NOON), people.person(cast.worker))
        for _ in range(21):
            build.look_at(cast.worker, people.person(cast.worker))
        odd = list(watching.far_more_than_peers(cast.worker.organisation, MONDAY, TODAY))
        assert [each.account.username for each in odd] == ["worker"]
        assert "opened 21 people’s records; others whose role is recovery worker opened about 1." in odd[0].words

    def test_is_settled_once_by_somebody_else_with_what_was_found(self, cast):
        odd = build.odd(cast)
        actions.settle(
            by=cast.charity_information, odd=odd, outcome="spoken", found="Her aunt; she will say so next time"
        )
        assert not queries.open_odd_looks(cast.charity_information).exists()
        with pytest.raises(Refused, match="settled this already"):
            actions.settle(by=cast.charity_information, odd=odd, outcome="part", found="")

    def test_is_not_shown_to_whoever_looked_nor_to_another_organisation(self, cast):
        build.odd(cast, account="charity.information")
        assert not queries.odd_looks(cast.charity_information).exists()
        build.odd(cast)
        assert not queries.odd_looks(cast.police_information).exists()
        assert not queries.odd_looks(cast.lead).exists()


def test_what_is_due_is_put_before_supervisor_and_information_manager(cast):
    build.sampled(cast)
    build.odd(cast)
    assert [each.words for each in queries.due(cast.lead, NOON)] == [
        "Say whether a look by Amy Postle was part of their work"
    ]
    assert [each.words for each in queries.due(cast.charity_information, NOON)] == ["Ask about a look by Amy Postle"]
    assert not queries.due(cast.worker, NOON)


def test_a_tick_within_the_minute_asks_nothing(cast, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(timed, "_watch", timed.Watch())
    timed.tick(by=build.the_machine())
    with django_assert_num_queries(0):
        assert timed.tick(by=build.the_machine()) == 0
