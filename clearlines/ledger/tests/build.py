"""Entries by somebody, and what somebody with the database's own password could do to them."""

from django.db import connection

from clearlines.ledger import actions, lock
from clearlines.ledger.chain import GENESIS, digest
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry, Seal
from clearlines.ledger.sealing import subjects_of
from tests.cast import NOON


class Someone:
    def __init__(self, name="worker", organisation_key="charity"):
        self.name, self.organisation_key, self.now = name, organisation_key, NOON


def record(organisation="charity", event="people.added", about=("people.Person:1",)):
    return actions.record(event, kind=Kind.COLLECTION, by=Someone(organisation_key=organisation), about=about)


def change(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def put_lock_on():
    lift_lock()
    for statement in lock.putting_on(connection.vendor):
        change(statement)


def lift_lock():
    for statement in lock.lifting(connection.vendor):
        change(statement)


def reseal(partition):
    """Work every hash of a chain out again, so that by itself it is whole."""
    previous = GENESIS
    for seal in Seal.objects.filter(partition=partition).select_related("entry").order_by("sequence"):
        said = seal.entry.said() | {"sealed_at": seal.sealed_at}
        previous = digest(previous, said, subjects_of([seal.entry_id])[seal.entry_id])
        change("UPDATE ledger_seal SET hash = %s WHERE id = %s", previous, seal.pk)


def chain_of(organisation="charity"):
    return list(Seal.objects.filter(entry__organisation=organisation).order_by("sequence"))


def last_entry():
    return Entry.objects.order_by("-pk").first()
