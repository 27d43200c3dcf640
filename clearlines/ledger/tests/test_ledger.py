"""The ledger is only ever added to, and says where it was tampered with."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from clearlines.ledger import actions, anchors, queries, sealing
from clearlines.ledger.models import Entry, Seal, Subject, Unchangeable
from clearlines.ledger.tests.build import Someone, chain_of, change, lift_lock, put_lock_on, record, reseal
from tests.cast import NOON


@pytest.fixture(autouse=True)
def unlocked(db):
    """Whoever has the database's own password lifts its lock first. The tests of the lock put it on."""
    lift_lock()


@pytest.fixture
def sealed(db):
    entries = [record(organisation) for organisation in ("charity", "police", "charity", "probation")]
    actions.seal_waiting()
    return entries


@pytest.fixture
def anchored(sealed, settings, tmp_path):
    settings.LEDGER_ANCHOR = str(tmp_path / "anchor.txt")
    anchors.append(sealing.heads())
    return sealed


def test_a_ledger_nobody_touched_is_whole(sealed):
    verdict = queries.verify()
    assert (verdict.entries, verdict.waiting, verdict.intact, verdict.first_break) == (4, 0, True, None)
    assert verdict.in_words == "4 entries, and the chain is whole; there is no anchor file yet."


def test_entries_wait_until_they_are_sealed(db):
    record()
    assert queries.verify().waiting == 1
    assert actions.seal_waiting() == 1
    assert actions.seal_waiting() == 0
    assert queries.verify().waiting == 0


def test_a_changed_entry_is_named(sealed):
    change("UPDATE ledger_entry SET actor = 'somebody else' WHERE id = %s", sealed[2].pk)
    assert f"entry {sealed[2].pk}" in queries.verify().first_break


def test_a_changed_subject_is_named(sealed):
    change("UPDATE ledger_subject SET name = 'people.Person:2' WHERE entry_id = %s", sealed[0].pk)
    assert f"entry {sealed[0].pk}" in queries.verify().first_break


def test_a_changed_moment_of_sealing_is_named(sealed):
    moved = Seal.objects.get(entry=sealed[0]).sealed_at - timedelta(days=1)
    Seal.objects.filter(entry=sealed[0]).update(sealed_at=moved)
    assert f"entry {sealed[0].pk}" in queries.verify().first_break


def test_a_removed_link_is_named(sealed):
    change("DELETE FROM ledger_seal WHERE entry_id = %s", sealed[0].pk)
    assert "is missing" in queries.verify().first_break


def test_a_ledger_sealed_before_the_moment_was_fixed_is_still_whole(sealed):
    from clearlines.ledger.chain import GENESIS, digest

    seal = Seal.objects.get(entry=sealed[1])
    Seal.objects.filter(pk=seal.pk).update(hash=digest(GENESIS, sealed[1].said(), ["people.Person:1"]))
    assert queries.verify().intact


def test_only_the_newest_links_can_be_checked_at_once(sealed):
    change("UPDATE ledger_entry SET actor = 'somebody else' WHERE id = %s", sealed[0].pk)
    assert not queries.verify().intact
    newest = queries.verify(newest=1)
    assert (newest.intact, newest.checked) == (True, 3)
    assert not queries.verify(newest=9).intact


def test_an_entry_cannot_be_changed_or_deleted_from_the_product(sealed):
    entry = Entry.objects.first()
    entry.actor = "somebody else"
    with pytest.raises(Unchangeable):
        entry.save()
    with pytest.raises(Unchangeable):
        entry.delete()


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_subject", "ledger_seal"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_delete(sealed, table, verb):
    put_lock_on()
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        change(verb.format(table))
    record()
    assert actions.seal_waiting() == 1
    assert queries.verify().intact


def test_who_looked_stays_inside_one_organisation(db):
    record("charity", about=["people.Person:7"])
    record("police", about=["people.Person:7"])
    seen = queries.looks_at(Someone(organisation_key="charity"), "people.Person:7")
    assert [entry.organisation for entry in seen] == ["charity"]


def test_who_looked_is_asked_about_a_time(db):
    record(about=["people.Person:7"])
    viewer, hour = Someone(), timedelta(hours=1)
    for since, until, count in ((NOON - hour, NOON, 1), (NOON + hour, None, 0), (None, NOON - hour, 0)):
        assert queries.looks_at(viewer, "people.Person:7", since=since, until=until).count() == count


def test_an_entry_about_two_of_the_names_is_there_once(db):
    record(about=["people.Person:7", "people.Person:8"])
    assert queries.looks_at(Someone(), "people.Person:7", "people.Person:8").count() == 1


def test_by_whom_says_how_often_and_from_when(db):
    for name in ("worker", "lead", "worker"):
        actions.record("looked:people-person", kind="consultation", by=Someone(name), about=["people.Person:7"])
    found = list(queries.by_whom(queries.looks_at(Someone(), "people.Person:7")))
    assert [(each["actor"], each["times"]) for each in found] == [("worker", 2), ("lead", 1)]


def test_an_act_that_is_undone_leaves_no_entry(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record()
        _ = 1 / 0
    assert not Entry.objects.exists()


def test_an_entry_and_its_subjects_are_written_with_one_number(db):
    first, second = record(about=["a", "b", "a"]), record(about=[])
    assert second.pk > first.pk
    assert sorted(Subject.objects.filter(entry=first).values_list("name", flat=True)) == ["a", "b"]
    assert not Subject.objects.filter(entry=second).exists()


class TestTheAnchorFile:
    def test_vouches_for_a_chain_nobody_touched(self, anchored):
        record()
        actions.seal_waiting()
        verdict = queries.verify()
        assert (verdict.intact, verdict.anchors) == (True, 3)

    def test_catches_an_entry_changed_with_every_hash_worked_out_again(self, anchored):
        change("UPDATE ledger_entry SET actor = 'somebody else' WHERE id = %s", anchored[0].pk)
        partition = anchored[0].partition
        reseal(partition)
        verdict = queries.verify()
        assert not verdict.intact
        assert f"chain {partition}" in verdict.first_break
        assert "it is not what the anchor file had" in verdict.first_break

    def test_catches_entries_cut_off_the_end(self, anchored):
        last = chain_of()[-1]
        change("DELETE FROM ledger_seal WHERE id = %s", last.pk)
        change("DELETE FROM ledger_subject WHERE entry_id = %s", last.entry_id)
        change("DELETE FROM ledger_entry WHERE id = %s", last.entry_id)
        assert "the chain ends before it" in queries.verify().first_break

    def test_catches_a_seal_taken_off_and_put_on_again_after_a_change(self, anchored):
        last = chain_of()[-1]
        change("DELETE FROM ledger_seal WHERE id = %s", last.pk)
        change("UPDATE ledger_entry SET actor = 'somebody else' WHERE id = %s", last.entry_id)
        actions.seal_waiting()
        assert "it is not what the anchor file had" in queries.verify().first_break

    def test_catches_a_whole_chain_thrown_away(self, anchored):
        for table in ("seal", "subject", "entry"):
            change(f"DELETE FROM ledger_{table}")
        assert "the chain ends before it" in queries.verify().first_break

    def test_goes_on_saying_so_when_a_cut_chain_grows_again(self, anchored):
        last = chain_of()[-1]
        change("DELETE FROM ledger_seal WHERE id = %s", last.pk)
        change("UPDATE ledger_entry SET actor = 'somebody else' WHERE id = %s", last.entry_id)
        record()
        actions.seal_waiting()
        anchors.append(sealing.heads())
        assert not queries.verify().intact

    def test_notices_a_line_taken_out_of_itself(self, anchored, settings):
        for _ in range(2):
            record()
            actions.seal_waiting()
            anchors.append(sealing.heads())
        first, _, third = Path(settings.LEDGER_ANCHOR).read_text().splitlines(keepends=True)
        Path(settings.LEDGER_ANCHOR).write_text(first + third)
        assert "does not follow the line above it" in queries.verify().first_break

    def test_a_line_torn_by_a_power_cut_breaks_nothing(self, anchored, settings):
        with Path(settings.LEDGER_ANCHOR).open("a") as file:
            file.write("2022-06-14T11:00:00.000000Z 3/9/abc")
        record()
        actions.seal_waiting()
        assert anchors.append(sealing.heads()) == 1
        assert queries.verify().intact

    def test_says_nothing_twice(self, anchored, settings):
        assert anchors.append(sealing.heads()) == 0
        assert Path(settings.LEDGER_ANCHOR).read_text().count("\n") == 1

    def test_a_full_disk_stops_no_sealing(self, anchored, settings, tmp_path):
        settings.LEDGER_ANCHOR = str(tmp_path)  # a folder: it cannot be written
        record()
        assert sealing.Sealer().round() == 1
        assert actions.seal_waiting() == 0


class TestASealer:
    def test_goes_round_again_from_where_the_newest_stood_two_minutes_ago(self, db, monkeypatch):
        clock = iter(range(0, 10_000, 60))
        monkeypatch.setattr(sealing.time, "monotonic", lambda: next(clock))
        sealer = sealing.Sealer()
        for _ in range(12):
            record()
            assert sealer.round() == 1
        assert sealer._after > 0

    def test_that_comes_second_seals_nothing_and_breaks_nothing(self, db):
        record()
        waiting = sealing._waiting(0)
        assert sealing._seal(waiting) == 1
        assert sealing._seal(waiting) == 0
        assert queries.verify().intact
