"""What was closed here may have gone on there: somebody is asked, once, and both towns show what they answer."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from clearlines.access.refusals import Refused
from clearlines.lines import actions, displaced, queries
from clearlines.lines.displaced import Mark, Trace
from clearlines.lines.models import LineLink, NotDisplaced
from clearlines.lines.states import Role, Status
from clearlines.lines.tests import build
from clearlines.people import actions as people_actions
from clearlines.people.tests import build as people

S, CLOSED_ON = Status, date(2022, 5, 20)
marks = st.builds(
    Mark, st.sampled_from(list(displaced.IN_WORDS)), st.integers(0, 3),
    st.dates(CLOSED_ON - timedelta(days=200), CLOSED_ON + timedelta(days=200)),
)  # fmt: skip


@given(st.frozensets(marks), st.frozensets(marks), st.integers(1, 120))
def test_a_prompt_always_names_something_both_have_that_began_there_in_time(here, there, within):
    found = list(displaced.prompts(Trace("a", here), CLOSED_ON, [Trace("b", there)], within=within, looked_at=set()))
    began = {
        (mark.kind, mark.value)
        for mark in there
        if CLOSED_ON <= mark.since <= CLOSED_ON + timedelta(days=within)
    }  # fmt: skip
    assert bool(found) == bool(began & {(mark.kind, mark.value) for mark in here})
    for prompt in found:
        assert prompt.shared and CLOSED_ON <= prompt.seen_on <= CLOSED_ON + timedelta(days=within)
    assert not list(displaced.prompts(Trace("a", here), CLOSED_ON, [Trace("b", there)], within=within, looked_at={"b"}))


def barrow_and_ulverston(cast):
    """Closed in Barrow on 20 May; from 3 June the same holder, under another record of him, sells in Ulverston."""
    barrow = build.full_line(cast.analyst)
    actions.move(by=cast.analyst, line=barrow, to=S.CLOSED_T2, on=CLOSED_ON, complied_on=CLOSED_ON)
    ulverston = build.line(cast.analyst, brand="Willow", since=date(2022, 6, 3), first={"town": "Ulverston"})
    actions.move(by=cast.analyst, line=ulverston, to=S.ACTIVE, on=date(2022, 6, 3))
    holder = barrow.roles.get(role=Role.HOLDER).person
    again = people.person(cast.analyst, given_name="V", family_name="Holder")
    people_actions.say_same(by=cast.analyst, one=holder, other=again, reason="The same date of birth")
    actions.put_person_on_line(
        by=cast.analyst, line=ulverston, person=again, role=Role.HOLDER, from_on=date(2022, 6, 3)
    )
    return barrow, ulverston


def asked(viewer, line=None) -> list[str]:
    found = queries.possible_displacements(viewer, line)
    return [f"{each.from_line.reference} {each.to_line.reference}: {each.shared}" for each in found]


def test_the_same_holder_elsewhere_is_asked_about_and_nothing_is_linked_until_somebody_says_so(cast):
    barrow, ulverston = barrow_and_ulverston(cast)
    assert asked(cast.analyst) == ["L-0001 L-0002: the same person holds it"]
    assert asked(cast.analyst, barrow) == asked(cast.analyst, ulverston) == asked(cast.analyst)
    assert not LineLink.objects.exists()
    assert [each.kind for each in queries.due(cast.sergeant, cast.sergeant.now)].count("Displacement") == 1


def test_answered_either_way_nobody_is_asked_again(cast):
    barrow, ulverston = barrow_and_ulverston(cast)
    said = actions.say_not_displaced(by=cast.analyst, from_line=barrow, to_line=ulverston, reason="He moved house")
    assert asked(cast.analyst) == []
    with pytest.raises(Refused, match="somebody has answered this"):
        actions.say_not_displaced(by=cast.analyst, from_line=barrow, to_line=ulverston, reason="Again")
    NotDisplaced.objects.filter(pk=said.pk).delete()
    actions.link_displacement(
        by=cast.analyst, from_line=barrow, to_line=ulverston, on=date(2022, 6, 3), reason="Same holder", grade="2B"
    )
    assert asked(cast.analyst) == []


def test_a_reason_is_asked_for_and_a_line_is_not_displaced_to_itself(cast):
    line = build.active_line(cast.analyst)
    with pytest.raises(Refused, match=r"choose another line.*say why it is not the same people"):
        actions.say_not_displaced(by=cast.analyst, from_line=line, to_line=line, reason=" ")


def test_the_same_handset_or_brand_is_asked_about_and_what_began_long_before_is_not(cast):
    one = build.active_line(cast.analyst)
    actions.add_identifier(by=cast.analyst, line=one, kind="imei", said="356938035643809", valid_from=date(2022, 3, 1))
    actions.move(by=cast.analyst, line=one, to=S.CLOSED_T2, on=CLOSED_ON, complied_on=CLOSED_ON)
    there = build.active_line(cast.analyst, brand="Fern")
    decided = {"decided": "unrelated", "kind": "imei", "said": "356938035643809"}
    actions.add_identifier(by=cast.analyst, line=there, valid_from=date(2022, 4, 1), **decided)
    assert asked(cast.analyst) == [], "they shared it before the closure"
    actions.end_identifier(
        by=cast.analyst, identifier=there.identifiers.get(), on=date(2022, 4, 2), because="Handset sold"
    )
    actions.add_identifier(by=cast.analyst, line=there, valid_from=date(2022, 5, 25), **decided)
    build.line(cast.analyst, brand=" bracken", since=date(2022, 6, 1))
    assert asked(cast.analyst) == ["L-0001 L-0002: the same handset or SIM card", "L-0001 L-0003: the same brand"]


def test_who_shares_what_is_found_in_a_fixed_number_of_queries(cast):
    barrow_and_ulverston(cast)
    for n in range(4):
        line = build.active_line(cast.analyst, brand=f"Fern {n}")
        actions.move(by=cast.analyst, line=line, to=S.CLOSED_T2, on=CLOSED_ON, complied_on=CLOSED_ON)
    viewer = cast.analyst
    with CaptureQueriesContext(connection) as found:
        assert asked(viewer) == ["L-0001 L-0002: the same person holds it"]
    assert len(found) <= 15


def test_both_towns_show_a_line_that_moved(cast):
    barrow, ulverston = barrow_and_ulverston(cast)
    actions.link_displacement(
        by=cast.analyst, from_line=barrow, to_line=ulverston, on=date(2022, 6, 3), reason="Same holder", grade="2B"
    )
    towns = queries.register(cast.analyst, cast.analyst.today, cast.analyst.today).towns
    assert [(each.name, each.change_in_words, each.moves) for each in towns] == [
        ("Barrow-in-Furness", "−1 (1 to 0)", ("L-0001 on to Ulverston",)),
        ("Ulverston", "+1 (0 to 1)", ("L-0002 from Barrow-in-Furness",)),
    ]
