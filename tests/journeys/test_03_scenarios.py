"""Domain scenarios 1 to 6 and 8, as far as the register holds them. Not yet: 7, and the check-backs of 3 and 5."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from clearlines.access.refusals import Refused
from clearlines.lines import actions, queries
from clearlines.lines.models import ElementTest, Line
from clearlines.lines.states import Role, Status
from clearlines.lines.tests import build
from clearlines.people.tests import build as people

S = Status


def test_s01_a_new_line_with_a_known_number_waits_for_a_person_and_is_never_scored(cast):
    dormant = build.full_line(cast.analyst)
    actions.move(by=cast.analyst, line=dormant, to=S.DORMANT, on=date(2022, 5, 1))
    asked = {"brand": "BRACKEN", "since": date(2022, 6, 1), "exporter_area": "Merseyside", "by": cast.analyst}
    first = {"number": "07700 900123", "town": "Barrow-in-Furness", "area": "Barrow Central"}
    with pytest.raises(Refused, match="already known on L-0001: say whether it is the same line, a new brand or unrel"):
        actions.register(**asked, first=first)
    assert Line.objects.count() == 1
    line = actions.register(**asked, first=first | {"decided": "unrelated"})
    for element, finding in (
        ("communication", "present"), ("movement", "present"), ("violence", "unknown"), ("vulnerability", "present"),
    ):  # fmt: skip
        actions.record_element(by=cast.analyst, line=line, element=element, finding=finding, evidence="IR-14")
    assert (line.reference, queries.status_of(cast.analyst, line)) == ("L-0002", S.UNDER_ASSESSMENT)
    assert line.qualifies == "", "nothing is computed from the elements"
    assert ElementTest.objects.filter(line=line).count() == 4


def test_s02_a_changed_number_is_one_line_and_its_active_days_are_unbroken(cast):
    line = build.full_line(cast.analyst)
    before = queries.summary(cast.analyst, build.FIRST_KNOWN, cast.analyst.today)
    actions.change_number(by=cast.analyst, identifier=line.identifiers.get(), said="07700 900456", on=date(2022, 5, 3))
    assert [each.valid_until for each in line.identifiers.order_by("valid_from")] == [date(2022, 5, 2), None]
    for number in ("07700 900123", "07700 900456"):
        assert list(queries.matching(cast.officer, number)) == [line]
    assert queries.summary(cast.analyst, build.FIRST_KNOWN, cast.analyst.today) == before


def test_s03_a_type_2_closure_counts_on_the_day_of_compliance_and_never_as_type_1(cast):
    line = build.active_line(cast.analyst)
    sergeant = cast.viewer("sergeant", datetime(2022, 6, 20, 11, tzinfo=UTC))
    granted, complied = date(2022, 6, 10), date(2022, 6, 17)
    facts = {"order_reference": "DDTRO 7", "order_granted_on": granted, "complied_on": complied}
    with pytest.raises(Refused, match="counts from compliance, on 17 June 2022"):
        actions.move(by=sergeant, line=line, to=S.CLOSED_T2, on=granted, **facts)
    actions.move(by=sergeant, line=line, to=S.CLOSED_T2, on=complied, **facts)
    assert queries.status_on(sergeant, date(2022, 6, 16)).active == 1
    found = queries.summary(sergeant, build.FIRST_KNOWN, date(2022, 6, 20))
    assert (found.type1, found.type2, found.active_at_end) == (0, 1, 0)


def test_s04_a_type_1_closure_after_an_arrest_alone_is_refused_and_disrupted_is_offered(cast):
    line = build.active_line(cast.analyst)
    with pytest.raises(Refused) as refused:
        actions.move(
            by=cast.sergeant, line=line, to=S.CLOSED_T1, on=date(2022, 6, 10), holder_arrested_on=date(2022, 6, 9)
        )
    said = str(refused.value)
    assert "in the role of line holder" in said
    assert "the day the line holder was charged" in said
    assert "the national centre's confirmation and its date" in said
    assert "record 'Disrupted'" in said
    actions.move(by=cast.sergeant, line=line, to=S.DISRUPTED, on=date(2022, 6, 10), disruption="D-0001")


def test_s05_a_line_that_comes_back_keeps_its_closure_and_the_figure_published_before(cast):
    line = build.active_line(cast.analyst)
    closed = date(2022, 5, 10)
    actions.move(by=cast.analyst, line=line, to=S.CLOSED_T2, on=closed, complied_on=closed)
    published = queries.summary(cast.analyst, build.FIRST_KNOWN, date(2022, 6, 14))
    assert (published.active_at_end, published.reactivations) == (0, 0)
    later = cast.viewer("analyst", datetime(2022, 6, 16, 11, tzinfo=UTC))
    actions.move(by=later, line=line, to=S.ACTIVE, on=date(2022, 6, 7), reason="Bulk texts at the 28-day check")
    now = queries.summary(later, build.FIRST_KNOWN, date(2022, 6, 14))
    assert (now.active_at_end, now.type2, now.reactivations) == (1, 1, 1)
    assert queries.summary(later, build.FIRST_KNOWN, date(2022, 6, 14), date(2022, 6, 14)) == published


def test_s06_how_many_were_active_has_two_answers_and_the_differing_lines_are_listed(cast, as_):
    for brand in ("Bracken", "Fern"):
        line = build.active_line(cast.analyst, brand=brand)
    later = cast.viewer("analyst", datetime(2022, 10, 5, 11, tzinfo=UTC))
    actions.move(by=later, line=line, to=S.DORMANT, on=date(2022, 8, 20))
    on, then = date(2022, 9, 1), date(2022, 9, 30)
    assert (queries.status_on(later, on, then).active, queries.status_on(later, on).active) == (2, 1)
    page = as_("sergeant").get(reverse("lines-list"), {"on": str(on), "known": str(then)}).content.decode()
    assert "<strong>2</strong> as we knew on 30 September 2022, <strong>1</strong> as we know now" in page
    differences = page[page.index('id="differences"') : page.index('id="timeline"')]
    assert "L-0002 Fern" in differences and "L-0001 Bracken" not in differences


def test_s08_a_displacement_is_graded_and_both_towns_show_it(cast):
    barrow = build.full_line(cast.analyst)
    actions.move(by=cast.analyst, line=barrow, to=S.CLOSED_T2, on=date(2022, 5, 20), complied_on=date(2022, 5, 20))
    holder = people.person(cast.analyst, family_name="Oxmoor")
    ulverston = build.line(cast.analyst, brand="Willow", first={"town": "Ulverston"})
    actions.put_person_on_line(
        by=cast.analyst, line=ulverston, person=holder, role=Role.HOLDER, from_on=date(2022, 6, 3)
    )
    actions.move(by=cast.analyst, line=ulverston, to=S.ACTIVE, on=date(2022, 6, 3))
    link = actions.link_displacement(
        by=cast.analyst, from_line=barrow, to_line=ulverston, on=date(2022, 6, 3), reason="The same holder", grade="2B"
    )
    towns = {
        day: {town.name: town.active for town in queries.register(cast.analyst, day, cast.analyst.today).towns}
        for day in (date(2022, 5, 19), date(2022, 6, 14))
    }
    assert towns[date(2022, 5, 19)] == {"Barrow-in-Furness": 1}
    assert towns[date(2022, 6, 14)] == {"Barrow-in-Furness": 0, "Ulverston": 1}
    assert link.grade == "2B"
    assert [each.to_line for each in queries.whole(cast.officer, barrow.pk).links_on.all()] == [ulverston]
    assert [each.from_line for each in queries.whole(cast.officer, ulverston.pk).links_from.all()] == [barrow]
