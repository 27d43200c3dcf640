"""Who sees that a report exists."""

import pytest

from clearlines.reports import queries
from clearlines.reports.tests import build

NOT_THEIRS = ["lead", "worker", "commissioner", "administrator", "stranger", "food_club", "evaluator", "nobody",
              "police_information", "supported"]  # fmt: skip


def test_the_force_reads_urgent_reports_first_then_the_oldest(cast):
    quiet = build.report(cast.nobody, words="A man sells from a car")
    urgent = build.report(cast.nobody, danger="yes")
    assert list(queries.visible(cast.officer)) == [urgent, quiet]


@pytest.mark.parametrize("member", NOT_THEIRS)
def test_a_police_report_is_invisible_to_everybody_else_counts_included(cast, member):
    build.report(cast.food_club)
    assert queries.visible(getattr(cast, member)).count() == 0


def test_what_only_the_custodian_may_read_is_hidden_from_the_queue(cast):
    report = build.report(cast.nobody)
    type(report).objects.filter(pk=report.pk).update(marking="custodian")
    assert queries.visible(cast.sergeant).count() == 0
    assert queries.visible(cast.custodian).count() == 1


def test_a_report_is_opened_by_its_pass_and_by_nothing_else(cast):
    report = build.report(cast.nobody)
    assert queries.opened(cast.nobody, report.pk) == report
    assert queries.opened(cast.nobody, None) is None
