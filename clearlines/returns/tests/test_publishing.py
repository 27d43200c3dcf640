"""What may be shown, and that nothing withheld can be worked out from it. No database."""

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from clearlines.returns import telling, wording
from clearlines.returns.counted import Figure, Table
from clearlines.returns.definitions import FigureKind, definitions
from clearlines.returns.publishing import left_small, publish
from clearlines.returns.tests import build

SAID = definitions()


def shown(half="charity", **changed):
    answers = build.FIGURES | changed
    counted = {each.key: answers[each.source].as_kept() for each in SAID.counted_by(half) if each.source}
    return publish(SAID, half, counted)


def line(key, **changed):
    return wording.Line(SAID.by_key[key], shown(SAID.by_key[key].owner, **changed)[key])


def test_nothing_small_is_left_in_an_ordinary_return():
    assert left_small(SAID, shown()) == []


def test_lines_are_not_people_and_are_shown_however_few():
    assert line("closures_type_1").answer == "1"


def test_a_share_has_its_base_and_its_interval():
    each = line("plans_in_place")
    assert (each.answer, each.base, each.interval) == (
        "78%", "21 of 27 people on the caseload", "95% interval 59% to 89%",
    )  # fmt: skip


def test_a_base_under_ten_gives_no_percentage():
    each = line("reports_triaged", reports_triaged=build.figure(4, 9))
    assert (each.answer, each.base, each.interval) == ("4 of 9", "of the reports received", "")
    assert each.caution == "Too few to give a percentage."


def test_a_share_whose_other_part_is_small_is_withheld():
    each = line("plans_in_place", plans_in_place=build.figure(25, 27))
    assert each.answer == "not shown"
    assert "2" not in each.answer + each.interval
    assert each.shown["base"] == 27


def test_few_people_first_seen_withhold_the_median_its_base_and_its_row_count():
    each = line("days_to_first_contact", days_to_first_contact=build.figure(6, 3))
    assert (each.answer, each.base, each.rows_read) == ("not shown", "", "not shown")


def test_nobody_is_said_to_be_nobody():
    each = line("days_to_first_contact", days_to_first_contact=build.figure(None, 0, rows_counted=0))
    assert each.answer == "nobody yet"


def test_a_change_under_ten_pairs_makes_no_claim_and_a_small_number_missing_is_not_told():
    each = line("recovery_change", recovery_change=build.figure(5.0, 7, missing=2, rows_counted=9))
    assert each.answer == "+5.0 points"
    assert "no claim" in each.caution
    assert (each.base, each.rows_read) == ("7 people who answered in full twice", "not shown")


def test_a_change_whose_interval_spans_nought_is_called_too_few_to_tell():
    each = line("recovery_change", recovery_change=build.figure(1.0, 12, low=-2.0, high=4.0, missing=0))
    assert each.caution == "Too few to tell apart from no change."


def test_children_are_read_from_the_published_table_and_never_counted_apart_from_it():
    ages = build.table(build.AGES, build.SEXES, (1, 1, 0), (6, 6, 0), (9, 9, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0))
    found = shown(people_seen=ages)
    assert found["children_seen"]["value"] is None
    assert found["people_seen"]["table"]["row_totals"][0] is None


def test_a_table_too_thin_for_its_own_total_is_shown_with_its_rows_together():
    thin = build.table(("Police", "Probation", "GP surgery"), build.STEPS, (0, 0, 0, 0, 1, 0), (1, 0, 0, 0, 4, 0),
                       (0, 0, 0, 1, 1, 0))  # fmt: skip
    found = shown(referral_funnel=thin)["referral_funnel"]
    assert (found["table"]["rows"], found["value"]) == (["All together: too few to show apart"], 8)
    assert [each["reached"] for each in telling.funnel(found)] == [8, None, None, None, 0]


def test_children_are_not_called_none_when_the_ages_are_put_together():
    few = build.table(build.AGES, build.SEXES, (1, 1, 0), (1, 0, 0), (1, 0, 0), (1, 1, 0), (0, 0, 0), (0, 0, 0))
    assert shown(people_seen=few)["children_seen"]["value"] is None


def test_a_contact_rate_is_withheld_when_its_table_withholds_the_seen():
    attempts = build.table(("Attempts",), build.OUTCOMES, (30, 2, 0, 0, 0))
    found = shown(visits=attempts)
    assert found["contact_rate"]["value"] is None
    assert left_small(SAID, found) == []


def test_a_quarter_in_which_nothing_happened_is_all_noughts():
    empty = {
        "referral_funnel": Figure(rule="None.", rows_counted=0, table=Table((), build.STEPS, ())),
        "visits": build.table(("Attempts",), build.OUTCOMES, (0, 0, 0, 0, 0)),
        "people_seen": build.table(build.AGES, build.SEXES, *[(0, 0, 0)] * 6),
        "days_to_first_contact": build.figure(None, 0, rows_counted=0),
        "plans_in_place": build.figure(0, 0),
        "homes_visited": build.figure(0),
        "recovery_change": build.figure(None, 0, missing=0, rows_counted=0),
    }
    found = shown(**empty)
    assert not any(each["withheld"] for each in found.values())
    assert [each["reached"] for each in telling.funnel(found["referral_funnel"])] == [0, 0, 0, 0, 0]
    assert wording.Line(SAID.by_key["contact_rate"], found["contact_rate"]).answer == "none yet"


def test_the_funnel_says_what_was_lost_at_each_step():
    steps = telling.funnel(shown()["referral_funnel"])
    assert [(each["step"], each["reached"], each["lost"]) for each in steps] == [
        ("Received", 81, None), ("Accepted", 69, 12), ("Seen", 50, 19), ("Plan agreed", 39, 11),
        ("Outcome measured twice", 17, 22),
    ]  # fmt: skip


def test_a_small_number_that_slipped_through_is_caught_before_anybody_reads_it():
    found = shown()
    found["homes_visited"] = found["homes_visited"] | {"value": 3}
    assert left_small(SAID, found) == ["Different homes visited"]


def test_what_was_counted_is_kept_as_it_was():
    counted = {each.key: build.FIGURES[each.source].as_kept() for each in SAID.counted_by("charity") if each.source}
    before = {key: dict(kept) for key, kept in counted.items()}
    publish(SAID, "charity", counted)
    assert counted == before
    assert asdict(build.FIGURES["visits"])["table"]["cells"] == ((44, 7, 12, 0, 6),)


# ── What is withheld cannot be worked out ─────────────────────────────────────────────────────────────────────

few = st.integers(min_value=0, max_value=14)


def tables(rows, columns):
    return st.lists(
        st.lists(few, min_size=len(columns), max_size=len(columns)).map(tuple), min_size=len(rows), max_size=len(rows)
    ).map(lambda cells: build.table(rows, columns, *cells))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    funnel=tables(("Police", "Probation", "Food club"), build.STEPS),
    visits=tables(("Attempts",), build.OUTCOMES),
    people=tables(build.AGES, build.SEXES),
    planned=few,
    unplanned=few,
)
def test_no_small_count_of_a_return_can_be_worked_out_from_all_that_it_shows(
    funnel, visits, people, planned, unplanned
):
    plans = build.figure(planned, planned + unplanned)
    given_ = {"referral_funnel": funnel, "visits": visits, "people_seen": people, "plans_in_place": plans}
    found = shown(**given_)
    assert left_small(SAID, found) == []
    for key, figure in (("referral_funnel", funnel), ("visits", visits), ("people_seen", people)):
        table = found[key]["table"]
        whole = figure.table if len(table["rows"]) == len(figure.table.rows) else together(figure.table)
        assert not worked_out(whole, table, told_besides(key, found))
    told = found["plans_in_place"]
    if told["value"] is not None:
        assert not any(0 < each < 5 for each in (planned, unplanned, planned + unplanned))


def together(table):
    return Table(("All",), table.columns, (tuple(table.column(each) for each in table.columns),))


def told_besides(key, found):
    """Numbers of the same table that other figures and the funnel's steps say: (kind, label or place, number)."""
    for each in SAID.figures:
        if each.of == key and found[each.key]["value"] is not None:
            table = found[key]["table"]
            name, labels = ("row", table["rows"]) if each.row else ("column", table["columns"])
            yield name, [labels.index(each.row or each.column)], found[each.key]["value"]
    if key == "referral_funnel":
        for each, first in zip(telling.funnel(found[key]), (0, 2, 3, 4, 5), strict=True):
            if each["reached"] is not None:
                yield "column", list(range(first, 6)), each["reached"]
        for each, lost in zip(telling.funnel(found[key])[1:], ([0, 1], [2], [3], [4]), strict=True):
            if each["lost"] is not None:
                yield "column", lost, each["lost"]


def worked_out(true, table, besides):
    """Small cells and totals whose value is the only whole number that fits everything shown.

    An attacker is given the rule itself: noughts are shown, so whatever is withheld is at least one.
    """
    wide, tall = len(true.columns), len(true.rows)
    sums, totals = [], []

    def add(cells, number):
        row = np.zeros(wide * tall)
        row[cells] = 1
        sums.append(row), totals.append(number)

    of_row = lambda r: [r * wide + c for c in range(wide)]  # noqa: E731
    of_column = lambda c: [r * wide + c for r in range(tall)]  # noqa: E731
    targets = []
    for r in range(tall):
        for c in range(wide):
            add([r * wide + c], table["cells"][r][c])
            targets.append(([r * wide + c], true.cells[r][c]))
    for r in range(tall):
        add(of_row(r), table["row_totals"][r])
        targets.append((of_row(r), sum(true.cells[r])))
    for c in range(wide):
        add(of_column(c), table["column_totals"][c])
        targets.append((of_column(c), true.column(true.columns[c])))
    add(list(range(wide * tall)), table["total"])
    targets.append((list(range(wide * tall)), true.total))
    for name, places, number in besides:
        add([cell for place in places for cell in (of_row if name == "row" else of_column)(place)], number)
    low = [1 if number is None else number for number in totals]
    high = [np.inf if number is None else number for number in totals]
    fits = LinearConstraint(np.array(sums), low, high)
    return [cells for cells, truth in targets if 0 < truth < 5 and only_one(fits, cells, wide * tall)]


def only_one(fits, cells, size):
    aim = np.zeros(size)
    aim[cells] = 1
    ends = []
    for sign in (1, -1):
        # A ceiling keeps the search finite where nothing shown bounds a withheld total.
        best = milp(sign * aim, constraints=fits, bounds=Bounds(0, 400), integrality=np.ones(size))
        assert best.success
        ends.append(round(sign * best.fun))
    return ends[0] == ends[1]


def test_the_search_itself_finds_a_number_that_is_given_away():
    true = Table(("a",), ("x", "y"), ((3, 10),))
    table = {"cells": [[None, 10]], "row_totals": [13], "column_totals": [None, 10], "total": 13}
    assert worked_out(true, table, [])


def test_every_kind_of_figure_has_words():
    for half in ("police", "charity"):
        for key, kept in shown(half).items():
            assert wording.answer(SAID.by_key[key], kept)
    assert {each.kind for each in SAID.figures} == set(FigureKind)
