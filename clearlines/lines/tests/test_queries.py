from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearlines.access.markings import Marking
from clearlines.access.refusals import Refused
from clearlines.lines import actions, queries
from clearlines.lines.models import Line, LineIdentifier, LineStatus
from clearlines.lines.states import Status
from clearlines.lines.tests import build
from clearlines.lines.tests.test_history import DAYS, day, one_line, slow_status, slow_summary

S = Status


def test_the_charity_and_the_commissioner_see_no_line_and_no_count(cast):
    line = build.full_line(cast.analyst)
    for viewer in (cast.worker, cast.lead, cast.commissioner, cast.probation, cast.evaluator, cast.administrator,
                   cast.custodian, cast.nobody, cast.stranger):  # fmt: skip
        assert not queries.visible(viewer).exists()
        assert not queries.statuses(viewer).exists()
        assert not queries.people_on(viewer, line).exists()
        assert not queries.matching(viewer, build.NUMBER).exists()
        assert not queries.links(viewer).exists()
        assert queries.status_on(viewer, viewer.today).ever_known == 0
        assert queries.summary(viewer, build.FIRST_KNOWN, viewer.today).ever_known == 0
        with pytest.raises(Http404):
            queries.line(viewer, line.pk)


def test_a_line_is_found_by_reference_brand_or_any_number_it_ever_had(cast):
    line = build.full_line(cast.analyst)
    actions.change_number(by=cast.analyst, identifier=line.identifiers.get(), said="07700 900456", on=date(2022, 5, 3))
    for words in ("l-0001", "brack", "07700 900123", "+44 (0)7700 900123", "07700900456"):
        assert list(queries.matching(cast.analyst, words)) == [line], words
    assert not queries.matching(cast.analyst, "07700 900999")
    assert not queries.lines_with(cast.analyst, "number", "no number")


def test_a_number_one_may_not_read_finds_no_line(cast):
    line = build.full_line(cast.analyst)
    LineIdentifier.objects.filter(line=line).update(marking=Marking.CUSTODIAN)
    assert not queries.matching(cast.analyst, build.NUMBER)
    assert not queries.lines_with(cast.analyst, "number", build.NUMBER)
    assert list(queries.matching(cast.analyst, line.reference)) == [line]


def test_a_changed_number_leaves_the_active_days_unbroken(cast):
    line = build.full_line(cast.analyst)
    before = queries.summary(cast.analyst, build.FIRST_KNOWN, cast.analyst.today)
    actions.change_number(by=cast.analyst, identifier=line.identifiers.get(), said="07700 900456", on=date(2022, 5, 3))
    assert queries.summary(cast.analyst, build.FIRST_KNOWN, cast.analyst.today) == before


def test_dormant_and_disrupted_are_counted_beside_active_never_in_it(cast):
    for brand, to in (("Fern", S.DORMANT), ("Heron", S.DISRUPTED), ("Slate", None)):
        line = build.active_line(cast.analyst, brand=brand)
        if to:
            done = {"disruption": "D-0001"} if to == S.DISRUPTED else {}
            actions.move(by=cast.analyst, line=line, to=to, on=date(2022, 6, 1), **done)
    found = queries.status_on(cast.analyst, cast.analyst.today)
    assert (found.active, found.dormant, found.disrupted, found.ever_known) == (1, 1, 1, 3)


def test_a_proposed_type_1_closure_is_in_no_total(cast):
    line = build.active_line(cast.analyst)
    actions.move(by=cast.analyst, line=line, to=S.CLOSED_T1_PROPOSED, on=date(2022, 6, 1))
    assert queries.summary(cast.analyst, build.FIRST_KNOWN, cast.analyst.today).type1 == 0


def test_a_day_that_has_not_come_is_refused(cast):
    with pytest.raises(Refused, match="nobody knows yet"):
        queries.status_on(cast.analyst, date(2022, 6, 15))
    with pytest.raises(Refused, match="after the last"):
        queries.summary(cast.analyst, date(2022, 6, 2), date(2022, 6, 1))


def test_a_line_page_is_read_in_a_fixed_number_of_queries(cast):
    for _ in range(3):
        line = build.full_line(cast.analyst) if not Line.objects.exists() else build.active_line(cast.analyst)
    viewer = cast.analyst
    with CaptureQueriesContext(connection) as asked:
        queries.file_of(viewer, line.pk)
    assert len(asked) <= 9


def test_the_status_of_every_line_on_any_day_is_one_query(cast):
    for _ in range(4):
        build.active_line(cast.analyst)
    viewer = cast.analyst
    with CaptureQueriesContext(connection) as asked:
        assert len([row.line.reference for row in queries.standing_on(viewer, viewer.today)]) == 4
    assert len(asked) == 1


@pytest.mark.slow
def test_any_history_reads_the_same_from_the_database_as_day_by_day(cast):
    """Random rows of any kind, on whichever engine this runs, against the slow oracle."""
    by = cast.viewer("analyst", datetime(2022, 12, 1, tzinfo=UTC))

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(one_line(), min_size=1, max_size=4), st.integers(0, DAYS), st.integers(0, DAYS))
    def check(lines, on, known):
        with transaction.atomic():
            kept = [written_down(by, number, steps) for number, steps in enumerate(lines, start=1)]
            read = {row.line_id: row.status for row in queries.standing_on(by, day(on), day(known))}
            slow = {line.pk: slow_status(steps, day(on), day(known)) for line, steps in zip(kept, lines, strict=True)}
            assert read == {key: status for key, status in slow.items() if status}
            quick = queries.summary(by, day(0), day(on), day(known))
            transaction.set_rollback(True)
        assert quick == slow_summary(lines, 0, on, day(known))

    check()


def written_down(by, number: int, steps) -> Line:
    made = {"owner": by.organisation, "created_by": by.account, "created_at": by.now}
    line = Line.objects.create(**made, number=number, reference=f"L-{number:04}", brand=f"Line {number}")
    rows: dict[object, LineStatus] = {}
    for step in steps:
        facts = {
            S.CLOSED_T1: {"holder_arrested_on": step.on, "holder_charged_on": step.on, "confirmed_on": step.on,
                          "confirmed_by": "The national centre"},
            S.CLOSED_T2: {"complied_on": step.on},
            S.MERGED: {"merged_into": line},
        }.get(step.status, {})  # fmt: skip
        rows[step.key] = LineStatus.objects.create(
            **made, line=line, sequence=step.sequence, status=step.status, valid_from=step.on,
            known_at=step.known_at, corrects=rows.get(step.corrects), **facts,
        )  # fmt: skip
    return line


def test_the_towns_count_a_line_in_each_where_it_sold_on_the_day(cast):
    line = build.active_line(cast.analyst, first={"town": "Kendal"})
    actions.add_market(
        by=cast.analyst, line=line, town="Ulverston", from_on=date(2022, 3, 1), until_on=date(2022, 4, 1)
    )
    build.line(cast.analyst, brand="Only reported", first={"town": "Millom"})
    in_march, in_june = (
        queries.register(cast.analyst, on, cast.analyst.today).towns for on in (date(2022, 3, 5), date(2022, 6, 1))
    )
    assert [(town.name, town.active, town.known) for town in in_march] == [("Kendal", 1, 1), ("Ulverston", 1, 1)]
    assert [town.name for town in in_june] == ["Kendal"]


def test_rows_say_what_they_are_in_words(cast):
    line = build.full_line(cast.analyst)
    rows = line, line.statuses.get(sequence=1), line.identifiers.get(), line.markets.get()
    assert [str(row) for row in rows] == [
        "L-0001 Bracken", "Under assessment from 2022-02-01", "Phone number 07700 900123", "Central, Barrow-in-Furness",
    ]  # fmt: skip
