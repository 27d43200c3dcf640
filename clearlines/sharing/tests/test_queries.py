"""Who finds what: the giver, the recipient, the matching role; and that a copy that is not live is never shown."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_

from clearlines.access import agreements
from clearlines.access.tests.build import keep_away
from clearlines.people.tests import build as people
from clearlines.sharing import actions, queries
from clearlines.sharing.models import Disclosure
from clearlines.sharing.tests import build
from tests.cast import NOON, TODAY


def words_due(viewer) -> list[str]:
    return [each.words for each in queries.due(viewer, viewer.now)]


@pytest.mark.parametrize("member", ["stranger", "worker", "officer", "analyst", "commissioner", "food_club"])
def test_only_the_leads_of_the_organisation_that_was_told_read_it(cast, member):
    build.told(cast.lead)
    assert queries.told_us(cast.sergeant).count() == 1
    assert not queries.told_us(getattr(cast, member)).exists()


def test_a_recipients_page_never_asks_for_anything_of_the_givers_own(cast):
    build.told(cast.lead)
    asked = str(queries.told_us(cast.sergeant).query)
    for column in ("person_id", "reason", "decided_by", "revoked_by", "revoked_why", "created_by"):
        assert f'"{column}' not in asked, column
    told = queries.told_us(cast.sergeant).get()
    assert {"person_id", "reason_sealed", "decided_by_id"} <= told.get_deferred_fields()


def test_a_worker_sees_what_they_told_and_not_what_their_colleagues_did(cast):
    mine = build.told(cast.worker)
    build.told(cast.lead)
    assert list(queries.given(cast.worker)) == [mine]
    assert queries.given(cast.lead).count() == 2
    assert queries.given(cast.charity_information).count() == 2


def test_whoever_is_kept_away_from_somebody_sees_nothing_told_of_them(cast):
    from clearlines.access.models import Tie
    from clearlines.access.ties import tie

    person = people.person(cast.lead)
    build.told(cast.lead, person=person)
    tie(cast.account("lead"), person, Tie.Kind.KEPT_AWAY, by=cast.charity_information)
    assert not queries.given(cast.lead).exists()


def test_a_lead_who_is_kept_away_is_not_asked_what_police_may_know_of_them(cast):
    from clearlines.access.models import Tie
    from clearlines.access.ties import tie
    from clearlines.sharing.models import MatchAnswer

    person, asked = people.person(cast.lead), build.question(cast.officer, "charity")
    MatchAnswer.objects.create(owner_id="charity", created_at=NOON, question=asked, state="confirmed", person=person)
    assert queries.asked_of_us(cast.lead).exists()
    tie(cast.account("lead"), person, Tie.Kind.KEPT_AWAY, by=cast.charity_information)
    assert not queries.asked_of_us(cast.lead).exists()


def test_whoever_is_kept_away_from_what_was_told_or_asked_does_not_find_it(cast):
    told, asked, wanted = build.told(cast.lead), build.question(cast.worker), build.request(cast.sergeant)
    for member, row, rows in (
        ("sergeant", told, queries.told_us),
        ("police.matching", asked, queries.asked_of_us),
        ("lead", wanted, queries.requested_of_us),
        ("worker", asked, queries.asked),
        ("sergeant", wanted, queries.requested),
    ):
        assert row in rows(cast.viewer(member)), (member, rows)
        keep_away(cast, member, row)
        assert row not in rows(cast.viewer(member)), (member, rows)


def test_an_emergency_is_the_second_persons_at_once_and_everybodys_after_a_day(cast):
    build.emergency(cast.worker)
    assert any("Look at what was told" in each for each in words_due(cast.charity_information))
    assert not any("emergency" in each for each in words_due(cast.lead))
    later = NOON + timedelta(hours=25)
    for member in ("charity.information", "lead"):
        assert any(each.startswith("Overdue: somebody must look") for each in words_due(cast.viewer(member, later)))


def test_whoever_told_is_not_asked_to_judge_it(cast):
    build.emergency(cast.charity_information)
    assert not any("emergency" in each for each in words_due(cast.charity_information))


def test_a_proposal_waits_for_whoever_may_decide(cast):
    build.opened_proposal(cast)
    assert any(each.startswith("Decide whether to tell") for each in words_due(cast.lead))
    assert not words_due(cast.worker)


def test_a_request_and_a_question_wait_for_those_whose_they_are(cast):
    build.request(cast.sergeant)
    build.question(cast.worker)
    assert any("request about Robin Ferris" in each for each in words_due(cast.lead))
    assert any("question about Robin Ferris" in each for each in words_due(cast.police_matching))
    assert not words_due(cast.sergeant)


def test_what_was_told_is_looked_at_again_on_its_day(cast):
    build.told(cast.lead)
    after = cast.viewer("lead", NOON + timedelta(days=30))
    assert any(each.startswith("Look again") for each in words_due(after))


def test_a_taken_back_copy_waits_to_be_destroyed(cast):
    build.opened_notice(cast)
    assert any(each.startswith("Destroy every copy") for each in words_due(cast.sergeant))


def test_past_its_last_day_a_copy_waits_to_be_destroyed_once(cast):
    told = build.told(cast.lead, until_on=TODAY)
    assert not words_due(cast.sergeant)
    after = cast.viewer("sergeant", NOON + timedelta(days=1))
    (asked,) = words_due(after)
    assert asked.startswith(f"Destroy every copy of {told.number}")
    actions.revoke(by=cast.viewer("lead", after.now), disclosure=told, why="Settled")
    assert len(words_due(after)) == 1
    actions.say_destroyed(by=after, notice=queries.to_destroy(after).get(), how="Shredded")
    assert not words_due(after)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 12, 1), None),
        (date(2022, 12, 2), "Begin to renew"),
        (date(2023, 1, 1), "Ask for the signatures now"),
        (date(2023, 1, 31), "it ends today"),
        (date(2023, 2, 1), "ended on 31 January 2023 and nothing can be told"),
        (date(2023, 5, 1), "nothing can be told"),
        (date(2023, 5, 2), None),
    ],
)
def test_a_renewal_is_asked_for_ahead_and_after(cast, day, said):
    viewer = cast.viewer("charity.information", datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    asked = [each for each in words_due(viewer) if "looking after somebody together" in each]
    assert bool(asked) == bool(said)
    assert said is None or said in asked[0]
    assert not words_due(cast.viewer("lead", viewer.now))


def test_an_agreement_that_another_takes_over_from_needs_no_renewal(monkeypatch):
    old = agreements.all_agreements()["surgery-told"]
    new = replace(old, key="surgery-told-again", from_on=old.until_on, until_on=date(2030, 1, 1))
    assert agreements.takes_over_from(old, old.until_on) is None
    monkeypatch.setattr(agreements, "all_agreements", lambda folder=None: {old.key: old, new.key: new})
    assert agreements.takes_over_from(old, old.until_on) == new


def test_every_organisation_that_reads_is_known_and_others_are_rung(cast):
    assert queries.readers_at(cast.lead, build.to("police"))
    assert not queries.readers_at(cast.lead, build.to("housing"))


def test_the_register_is_asked_by_name_by_organisation_by_day_and_by_standing(cast):
    person = people.person(cast.lead)
    told = build.told(cast.lead, person=person)
    revoked = build.told(cast.lead, person=person)
    actions.revoke(by=cast.lead, disclosure=revoked, why="Settled")

    def found(**wanted):
        return set(queries.register(cast.charity_information, queries.Filter(**wanted)))

    assert found() == {told, revoked}
    assert found(name="ferris") == {told, revoked}
    assert not found(name="nobody")
    assert found(to="police") == {told, revoked}
    assert not found(to="housing")
    assert found(from_on=TODAY, until_on=TODAY) == {told, revoked}
    assert not found(until_on=TODAY - timedelta(days=1))
    assert found(standing="live") == {told}
    assert found(standing="revoked") == {revoked}
    assert not found(standing="due")
    assert not queries.register(cast.worker, queries.Filter()).exists()


def test_told_while_two_records_were_believed_one_is_listed_until_its_recipient_is_told(cast):
    build.opened_parted(cast)
    (parting,) = queries.parted_tellings(cast.charity_information)
    assert len(parting.told) == 1
    assert any("may be about somebody else" in each for each in words_due(cast.charity_information))
    actions.tell_parted(by=cast.charity_information, disclosure=parting.told[0])
    (parting,) = queries.parted_tellings(cast.charity_information)
    assert not parting.still_to_tell
    assert not any("somebody else" in each for each in words_due(cast.charity_information))
    assert not queries.parted_tellings(cast.worker)


def test_the_matching_role_finds_by_any_name_in_its_own_register_alone(cast):
    ours, theirs = people.person(cast.sergeant), people.person(cast.worker)
    asked = build.question(cast.worker, name="Bob Ferris")
    found = queries.found_here(cast.police_matching, asked)
    assert found == [ours]
    assert theirs not in found


# ── Liveness ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Kept:
    """What a plain reader would remember of one telling."""

    number: str
    until_on: date | None
    is_taken_back: bool = False

    def may_be_read_on(self, day: date) -> bool:
        return not self.is_taken_back and (self.until_on is None or day <= self.until_on)


STEPS = any_.lists(
    any_.one_of(
        any_.tuples(any_.just("tell"), any_.one_of(any_.none(), any_.integers(0, 20))),
        any_.tuples(any_.just("wait"), any_.integers(1, 15)),
        any_.tuples(any_.just("take back"), any_.integers(0, 5)),
        any_.tuples(any_.just("put right"), any_.integers(0, 5)),
    ),
    max_size=12,
)


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_no_order_of_telling_waiting_and_taking_back_ever_shows_a_copy_that_is_not_live(cast, steps):
    already, kept, moment = set(Disclosure.objects.values_list("number", flat=True)), {}, NOON
    for verb, how in steps:
        by = cast.viewer("lead", moment)
        day = timezone.localtime(moment).date()
        if verb == "wait":
            moment += timedelta(days=how)
        elif verb == "tell":
            until_on = None if how is None else day + timedelta(days=how)
            words = build.words(by, "housing", until_on=until_on)
            told = actions.tell_once(by=by, words=words, gateway="vital", reason="A test")
            kept[told.number] = Kept(told.number, until_on)
        elif kept:
            standing = list(kept.values())[how % len(kept)]
            _do(verb, standing, kept, by=by, day=day)
        _compare(cast, kept, already, moment)


def _do(verb, standing, kept, *, by, day):
    if standing.is_taken_back:
        return
    told = Disclosure.objects.get(number=standing.number)
    if verb == "take back":
        actions.revoke(by=by, disclosure=told, why="Settled")
        standing.is_taken_back = True
        return
    was_live = standing.may_be_read_on(day)
    (made,) = actions.correct(
        by=by, disclosure=told, field="danger", words=f"{told.number} was wrong", said_as="fact", why="We saw"
    )
    assert bool(made.in_place) == was_live
    if made.in_place:
        standing.is_taken_back = True
        kept[made.in_place.number] = Kept(made.in_place.number, standing.until_on)


def _compare(cast, kept, already, moment):
    from clearlines.access.models import RoleHeld

    reader = cast.account("housing")
    RoleHeld.objects.get_or_create(account=reader, role="safeguarding_lead", defaults={"from_on": date(2021, 12, 1)})
    viewer = cast.viewer("housing", moment)
    shown = set(queries.told_us(viewer).exclude(number__in=already).values_list("number", flat=True))
    day = timezone.localtime(moment).date()
    assert shown == {each.number for each in kept.values() if each.may_be_read_on(day)}
