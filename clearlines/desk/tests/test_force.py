"""The sergeant's morning: what came in, what changed, who goes where, what was sent; and nothing of the charity's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearlines.desk.force import queries
from clearlines.lines import actions as line_actions
from clearlines.lines.states import Status
from clearlines.lines.tests import build as lines
from clearlines.reports.tests import build as reports
from clearlines.triage.tests import build as triage


def test_the_morning_counts_what_waits_by_urgency_and_shows_the_first_five(cast):
    for _ in range(6):
        reports.report(cast.nobody, words="A man sells from a car")
    urgent = reports.report(cast.nobody, danger="yes")
    triage.decided(cast)
    morning = queries.morning(cast.sergeant)
    assert morning.waiting == 7
    assert morning.by_urgency == [("High", 1), ("In turn", 6)]
    assert morning.first[0] == urgent
    assert len(morning.first) == 5


def test_a_line_written_down_today_is_news_and_an_old_one_is_not(cast):
    line = triage.line(cast)
    morning = queries.morning(cast.sergeant)
    assert [each.line for each in morning.changed] == [line]
    assert [each.line for each in morning.standing.rows] == [line]
    later = cast.viewer("sergeant", cast.sergeant.now.replace(day=20))
    assert queries.morning(later).changed == []


@pytest.mark.parametrize("member", ["lead", "worker", "commissioner", "administrator", "stranger"])
def test_nothing_of_the_force_is_counted_for_anybody_else(cast, member):
    reports.report(cast.nobody)
    triage.line(cast)
    morning = queries.morning(getattr(cast, member))
    assert morning.shown == ["desk.morning"]
    assert morning.waiting == 0
    assert morning.standing.ever_known == 0


def test_the_page_says_it_in_words(cast, as_):
    report = reports.report(cast.nobody, danger="yes")
    page = as_("sergeant").get(reverse("force-morning")).content.decode()
    assert "1 waiting" in page
    assert report.reference in page
    assert "No visit is planned for today." in page


@pytest.mark.slow
def test_the_morning_asks_as_many_questions_however_many_lines_are_closed(cast):
    """It gathers from seven rooms, none of which reads another's tables: some four questions each."""
    triage.decided(cast)
    triage.line(cast)
    asked = []
    for brands in (("Bracken", "Fern"), ("Heron", "Slate", "Tarn")):
        for brand in brands:
            line_actions.move(
                by=cast.analyst, line=lines.active_line(cast.analyst, brand=brand), to=Status.CLOSED_T2,
                on=lines.CLOSED_ON, complied_on=lines.CLOSED_ON,
            )  # fmt: skip
        viewer = cast.sergeant
        with CaptureQueriesContext(connection) as counted:
            assert queries.morning(viewer).shown
        asked.append(len(counted))
    assert asked[0] == asked[1] <= 32
