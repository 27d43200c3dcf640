"""No ledger is ever whole after tampering, nor broken without it: whatever was recorded, sealed, anchored and done."""

import tempfile
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from clearlines.ledger import actions, anchors, queries, sealing
from clearlines.ledger.models import Entry, Seal, Subject
from clearlines.ledger.tests.build import chain_of, change, lift_lock, record, reseal

ORGANISATIONS = ["police", "charity", "housing"]
SAID = ["actor", "event", "note", "under", "organisation", "kind"]


class AnyLedger(TestCase):
    def setUp(self):
        lift_lock()

    def anchored(self):
        folder = tempfile.TemporaryDirectory(prefix="clearlines-ledger-")
        self.addCleanup(folder.cleanup)
        changed = override_settings(LEDGER_ANCHOR=str(Path(folder.name) / "anchor.txt"))
        changed.enable()
        return changed

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(st.sampled_from(ORGANISATIONS), st.sampled_from(["", "seal", "late", "anchor"])), max_size=12
        )
    )
    def test_never_broken_without_tampering(self, steps):
        """Two sealers, one of which is always a step behind the other; anchors whenever they come."""
        kept, late = self.anchored(), []
        try:
            for organisation, then in steps:
                record(organisation, about=[organisation, "people.Person:é漢"])
                if then == "late":
                    late = sealing._waiting(0)
                elif then:
                    actions.seal_waiting()
                    late = late and [] * sealing._seal(late)
                if then == "anchor":
                    anchors.append(sealing.heads())
            actions.seal_waiting()
            verdict = queries.verify()
            assert verdict.intact, verdict.first_break
            assert Seal.objects.count() == verdict.checked == len(steps)
        finally:
            kept.disable()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(2, 8), st.booleans(), st.data())
    def test_never_whole_after_tampering(self, count, work_hashes_out_again, data):
        kept = self.anchored()
        try:
            for _ in range(count):
                record(data.draw(st.sampled_from(ORGANISATIONS[:2])), about=["a", "b"])
            actions.seal_waiting()
            anchors.append(sealing.heads())
            before = everything()
            data.draw(st.sampled_from(WAYS))(data)
            if work_hashes_out_again:
                for partition in set(Seal.objects.values_list("partition", flat=True)):
                    reseal(partition)
            if everything() != before:
                assert not queries.verify().intact
        finally:
            kept.disable()


def everything():
    return [list(model.objects.order_by("pk").values_list()) for model in (Entry, Subject, Seal)]


def a_seal(data):
    return data.draw(st.sampled_from(list(Seal.objects.order_by("pk"))))


def edit_what_is_said(data):
    column = data.draw(st.sampled_from(SAID))
    change(f"UPDATE ledger_entry SET {column} = {column} || '!' WHERE id = %s", a_seal(data).entry_id)


def edit_when(data):
    table, column = data.draw(st.sampled_from([("ledger_entry", "at"), ("ledger_seal", "sealed_at")]))
    seal = a_seal(data)
    change(f"UPDATE {table} SET {column} = '2020-01-01 00:00:00' WHERE id = %s",
           seal.pk if table == "ledger_seal" else seal.entry_id)  # fmt: skip


def edit_a_subject(data):
    change("UPDATE ledger_subject SET name = 'c' WHERE entry_id = %s AND name = 'a'", a_seal(data).entry_id)


def drop_a_subject(data):
    change("DELETE FROM ledger_subject WHERE entry_id = %s AND name = 'b'", a_seal(data).entry_id)


def add_a_subject(data):
    change("INSERT INTO ledger_subject (entry_id, name) VALUES (%s, 'c')", a_seal(data).entry_id)


def move_to_another_chain(data):
    seal = a_seal(data)
    change("UPDATE ledger_seal SET partition = 15, sequence = 1 WHERE id = %s", seal.pk)
    change("UPDATE ledger_entry SET partition = 15 WHERE id = %s", seal.entry_id)


def swap_two_entries(data):
    chain = chain_of(data.draw(st.sampled_from(ORGANISATIONS[:2])))
    if len(chain) > 1:
        swap(chain[0], chain[-1])


def swap_between_chains(data):
    one, other = chain_of("police"), chain_of("charity")
    if one and other:
        swap(one[0], other[-1])


def swap(one, other):
    """The entry of one link under the other; what is said is made different first, so that the swap is one."""
    change("UPDATE ledger_entry SET note = 'one' WHERE id = %s", one.entry_id)
    change("DELETE FROM ledger_seal WHERE id IN (%s, %s)", one.pk, other.pk)
    for link, entry in ((one, other.entry_id), (other, one.entry_id)):
        change("INSERT INTO ledger_seal (entry_id, partition, sequence, hash, sealed_at) VALUES (%s, %s, %s, %s, %s)",
               entry, link.partition, link.sequence, link.hash, str(link.sealed_at.replace(tzinfo=None)))  # fmt: skip


def cut_a_link_out(data):
    seal = a_seal(data)
    change("DELETE FROM ledger_seal WHERE id = %s", seal.pk)
    change("DELETE FROM ledger_subject WHERE entry_id = %s", seal.entry_id)
    change("DELETE FROM ledger_entry WHERE id = %s", seal.entry_id)
    for later in Seal.objects.filter(partition=seal.partition, sequence__gt=seal.sequence).order_by("sequence"):
        if data.draw(st.booleans(), label="and close the gap"):
            change("UPDATE ledger_seal SET sequence = sequence - 1 WHERE id = %s", later.pk)
        else:
            break


def take_a_seal_off(data):
    change("DELETE FROM ledger_seal WHERE id = %s", a_seal(data).pk)


def take_a_seal_off_and_put_it_on_again(data):
    take_a_seal_off(data)
    actions.seal_waiting()


def put_a_link_in(data):
    seal = a_seal(data)
    later = Seal.objects.filter(partition=seal.partition, sequence__gte=seal.sequence).order_by("-sequence")
    for each in later:
        change("UPDATE ledger_seal SET sequence = sequence + 1 WHERE id = %s", each.pk)
    forged = record("police")
    change("UPDATE ledger_entry SET partition = %s WHERE id = %s", seal.partition, forged.pk)
    change("INSERT INTO ledger_seal (entry_id, partition, sequence, hash, sealed_at) VALUES (%s, %s, %s, %s, %s)",
           forged.pk, seal.partition, seal.sequence, "0" * 64, "2022-06-14 11:00:00")  # fmt: skip


def edit_a_hash(data):
    change("UPDATE ledger_seal SET hash = %s WHERE id = %s", "f" * 64, a_seal(data).pk)


WAYS = [
    edit_what_is_said, edit_when, edit_a_hash, edit_a_subject, drop_a_subject, add_a_subject, move_to_another_chain,
    swap_two_entries, swap_between_chains, cut_a_link_out, take_a_seal_off, take_a_seal_off_and_put_it_on_again,
    put_a_link_in,
]  # fmt: skip
AnyLedger.pytestmark = [pytest.mark.slow]
