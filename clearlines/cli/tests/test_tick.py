"""The clock's work, and whether the ledger is whole, from a console."""

import json

import pytest

from clearlines.cli.main import main
from clearlines.ledger.models import Entry, Seal

pytestmark = pytest.mark.django_db


def test_tick_seals_what_waits_and_twice_does_nothing_twice(cast, capsys):
    assert main(["tick", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert first["sealed"] == Seal.objects.count() == Entry.objects.count() > 0
    assert main(["tick", "--json"]) == 0
    second = json.loads(capsys.readouterr().out)
    assert second["sealed"] == 0
    assert not any(second["rooms"].values())


def test_verify_counts_the_entries_and_says_that_the_chain_is_whole(cast, capsys):
    assert main(["ledger", "verify", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    # What verifying found is itself written down afterwards.
    assert answer == {"entries": Entry.objects.count() - 1, "intact": True, "first_break": None, "anchors": 0}


def test_verify_says_where_the_chain_is_broken(cast, capsys):
    main(["tick"])
    Entry.objects.filter(pk=Entry.objects.first().pk).update(note="changed by hand")
    capsys.readouterr()
    assert main(["ledger", "verify"]) == 1
    assert "The chain is broken" in capsys.readouterr().out
