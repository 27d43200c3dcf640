"""No sequence of acts puts a line's reference, or an officer, into anything that the charity owns or opens."""

import json

import pytest
from django.core.serializers import serialize
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearlines.access.models import Owned
from clearlines.access.refusals import Refused
from clearlines.access.second_lock import held
from clearlines.aftercare import actions
from clearlines.aftercare.models import Harm, Watch, WatchTold
from clearlines.aftercare.states import Because
from clearlines.aftercare.tests import build
from clearlines.ledger.models import Entry
from tests.cast import NOON
from tests.house.drawing import our_models

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REFERENCES = ("L-0003", "L-0041", "L-9999")
ACTS = ("open", "tell", "not", "back", "harm", "own harm")
step = st.tuples(st.sampled_from(ACTS), st.sampled_from(REFERENCES), st.sampled_from(["Barrow", "Kendal", "L-0003"]))


def everything_of_the_charitys():
    """Every owned row, and every entry of its ledger, as text."""
    rows = [row for model in our_models() if issubclass(model, Owned) for row in model.objects.filter(owner="charity")]
    told = serialize("json", rows)
    entries = Entry.objects.filter(organisation="charity")
    said = [[entry.event, entry.actor, entry.note, *(each.name for each in entry.subjects.all())] for entry in entries]
    return told + json.dumps(said)


def act(cast, what, reference, town):
    watch = Watch.objects.filter(opened_by_reference=reference).first()
    if what == "open" or watch is None:
        build.watch(cast.analyst, reference=reference, towns=[town], because=Because.SEIZED)
    elif what == "tell":
        actions.tell(by=cast.analyst, watch=watch, to=build.charity(), part=town)
    elif what == "not":
        actions.decide_not_to_tell(by=cast.sergeant, watch=watch, why=f"Because of {reference}")
    elif what == "back":
        actions.take_back(by=cast.sergeant, watch=watch)
    elif what == "own harm":
        build.harm(cast.officer, watch, words=f"Seen at {reference}")
    elif theirs := WatchTold.objects.filter(number=watch.number).first():
        build.harm(cast.worker, theirs, words="Seen by us")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=4, max_size=14))
def test_no_sequence_of_acts_puts_a_lines_reference_into_a_row_of_the_charitys(cast, steps):
    with transaction.atomic():
        for what, reference, town in steps:
            try:
                with transaction.atomic():
                    act(cast, what, reference, town)
            except Refused:
                continue
        said = everything_of_the_charitys()
        transaction.set_rollback(True)
    assert not [each for each in (*REFERENCES, "seized", "Priya", "analyst", "Because of") if each in said]


@pytest.fixture
def both_sides(cast, monkeypatch):
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: NOON)
    theirs = build.told(cast.analyst)
    watch = Watch.objects.get()
    return theirs, watch, build.harm(cast.worker, theirs), build.harm(cast.officer, watch, words="By the old pier")


def test_no_page_of_the_charitys_says_which_line_or_why_and_none_of_the_polices_says_what_the_charity_saw(
    both_sides, as_
):
    theirs, watch, ours, polices = both_sides
    pages = [
        as_(who).get(address).content.decode()
        for who in ("lead", "worker")
        for address in (
            reverse("aftercare-list"),
            reverse("aftercare-told", args=[theirs.pk]),
            reverse("aftercare-harm", args=[ours.pk]),
            reverse("charity-day"),
            reverse("why", args=["aftercare.WatchTold", theirs.pk]),
        )
    ]
    assert not [each for each in ("L-0003", "Type 2", "Priya", "old pier") for page in pages if each in page]
    pages = [
        as_(who).get(address).content.decode()
        for who in ("sergeant", "officer", "analyst")
        for address in (reverse("aftercare-list"), reverse("aftercare-watch", args=[watch.pk]))
    ]
    assert not [page for page in pages if "£400" in page or str(ours.pk) in page]
    for who, row in (("sergeant", ours), ("lead", polices)):
        assert as_(who).get(reverse("aftercare-harm", args=[row.pk])).status_code == 404


def test_the_second_lock_lets_a_watch_cross_and_nothing_else(cast, as_the_application):
    """On PostgreSQL as the application's own role; on SQLite it is the same acts."""
    with as_the_application():
        watch = build.watch(cast.analyst)
        for _ in range(2):
            actions.tell(by=cast.analyst, watch=watch, to=build.charity())
        with held(cast.worker):
            theirs = WatchTold.objects.get()
            build.harm(cast.worker, theirs)
        watch = actions.take_back(by=cast.sergeant, watch=watch)
        with held(cast.lead):
            assert WatchTold.objects.get().towns == []
            assert Watch.objects.count() == 0 or connection.vendor == "sqlite"
        with held(cast.sergeant):
            assert Harm.objects.count() == 0 or connection.vendor == "sqlite"
