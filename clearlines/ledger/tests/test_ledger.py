"""The ledger is only ever added to, and says where it was tampered with."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from clearlines.ledger import actions, queries
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry, Seal, Subject, Unchangeable
from tests.cast import NOON


class Someone:
    def __init__(self, name="worker", organisation_key="charity"):
        self.name, self.organisation_key, self.now = name, organisation_key, NOON


def record(organisation="charity", event="people.added", about=("people.Person:1",)):
    return actions.record(event, kind=Kind.COLLECTION, by=Someone(organisation_key=organisation), about=about)


def change(sql, *values):
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def sealed(db):
    entries = [record(organisation) for organisation in ("charity", "police", "charity", "probation")]
    actions.seal_waiting()
    return entries


def test_a_ledger_nobody_touched_is_whole(sealed):
    verdict = queries.verify()
    assert (verdict.entries, verdict.waiting, verdict.intact, verdict.first_break) == (4, 0, True, None)


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


def test_a_removed_link_is_named(sealed):
    change("DELETE FROM ledger_seal WHERE entry_id = %s", sealed[0].pk)
    assert "is missing" in queries.verify().first_break


def test_an_entry_cannot_be_changed_or_deleted_from_the_product(sealed):
    entry = Entry.objects.first()
    entry.actor = "somebody else"
    with pytest.raises(Unchangeable):
        entry.save()
    with pytest.raises(Unchangeable):
        entry.delete()


def test_who_looked_stays_inside_one_organisation(db):
    record("charity", about=["people.Person:7"])
    record("police", about=["people.Person:7"])
    seen = queries.looks_at(Someone(organisation_key="charity"), "people.Person:7")
    assert [entry.organisation for entry in seen] == ["charity"]


def test_an_act_that_is_undone_leaves_no_entry(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record()
        _ = 1 / 0
    assert not Entry.objects.exists()


class AnyLedger(TestCase):
    """Whatever is recorded, in whatever order it is sealed."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from(["police", "charity", "housing"]), st.booleans()), max_size=12))
    def test_never_broken_without_tampering(self, steps):
        for organisation, seal_now in steps:
            record(organisation, about=[organisation, "people.Person:é漢"])
            if seal_now:
                actions.seal_waiting()
        actions.seal_waiting()
        assert queries.verify().intact
        assert Seal.objects.count() == len(steps)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(1, 8), st.data())
    def test_never_whole_after_tampering(self, count, data):
        entries = [record(data.draw(st.sampled_from(["police", "charity"]))) for _ in range(count)]
        actions.seal_waiting()
        victim = data.draw(st.sampled_from(entries))
        column = data.draw(st.sampled_from(["actor", "event", "note", "under", "organisation", "kind"]))
        change(f"UPDATE ledger_entry SET {column} = {column} || '!' WHERE id = %s", victim.pk)
        assert not queries.verify().intact

    @settings(max_examples=15, deadline=None)
    @given(st.integers(2, 6))
    def test_a_removed_subject_is_noticed(self, count):
        entries = [record(about=["a", "b"]) for _ in range(count)]
        actions.seal_waiting()
        change("DELETE FROM ledger_subject WHERE id = %s", Subject.objects.filter(entry=entries[0]).first().pk)
        assert not queries.verify().intact


AnyLedger.pytestmark = [pytest.mark.slow]
