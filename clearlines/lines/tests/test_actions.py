import uuid
from datetime import UTC, date, datetime

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.models import Entry
from clearlines.lines import actions, queries
from clearlines.lines.models import AddOnlyHistory, Line, LineIdentifier, LineLink
from clearlines.lines.states import Role, Status
from clearlines.lines.tests import build
from clearlines.people.tests import build as people

S = Status
CHARGED = {
    "holder_arrested_on": date(2022, 6, 1), "holder_charged_on": date(2022, 6, 2),
    "confirmed_by": "The national centre", "confirmed_on": date(2022, 6, 9),
}  # fmt: skip


def status_now(by, line: Line) -> str:
    return queries.standing_on(by, by.today).get(line=line).status


def test_references_follow_each_other_inside_one_force(cast):
    assert [build.line(cast.analyst).reference for _ in range(3)] == ["L-0001", "L-0002", "L-0003"]
    assert build.line(cast.stranger).reference == "L-0001"


def test_a_double_click_registers_one_line(cast):
    key = uuid.uuid4()
    assert build.line(cast.analyst, new_id=key) == build.line(cast.analyst, new_id=key)
    assert Line.objects.count() == 1


def test_registering_leaves_a_first_status_and_says_so_in_the_ledger(cast):
    line = build.line(cast.analyst)
    first = line.statuses.get()
    assert (first.status, first.valid_from, first.known_at) == (S.UNDER_ASSESSMENT, build.FIRST_KNOWN, cast.analyst.now)
    assert Entry.objects.filter(event="lines.registered", subjects__name=f"lines.Line:{line.pk}").exists()


def test_who_may_not_keep_lines_cannot_register_one(cast):
    for viewer in (cast.officer, cast.worker, cast.lead, cast.commissioner, cast.administrator):
        with pytest.raises(Forbidden):
            build.line(viewer)


def test_a_future_day_registers_nothing(cast):
    with pytest.raises(Refused):
        build.line(cast.analyst, since=date(2022, 6, 15))
    assert not Line.objects.exists()


def test_a_refused_number_registers_nothing_at_all(cast):
    build.full_line(cast.analyst)
    with pytest.raises(Refused, match="already known on L-0001"):
        build.line(cast.analyst, brand="Fern", first={"number": "+44 7700 900123", "town": "Kendal"})
    assert Line.objects.count() == 1


def test_the_same_number_under_a_new_brand_is_two_lines_and_a_link(cast):
    old = build.full_line(cast.analyst)
    new = build.line(cast.analyst, brand="Fern", first={"number": build.NUMBER, "decided": "new_brand"})
    link = LineLink.objects.get()
    assert (link.from_line, link.to_line, link.kind) == (old, new, LineLink.Kind.NEW_BRAND)
    assert new.identifiers.get().already_known == "new_brand"


def test_an_unrelated_number_is_two_lines_and_no_link(cast):
    build.full_line(cast.analyst)
    build.line(cast.analyst, brand="Fern", first={"number": build.NUMBER, "decided": "unrelated"})
    assert Line.objects.count() == 2
    assert not LineLink.objects.exists()


def test_what_another_force_holds_is_never_said(cast):
    build.full_line(cast.stranger)
    line = build.line(cast.analyst, first={"number": build.NUMBER})
    assert line.identifiers.get().already_known == ""


def test_a_status_is_added_and_never_changed(cast):
    line = build.active_line(cast.analyst)
    row = line.statuses.get(sequence=2)
    row.status = S.DORMANT
    with pytest.raises(AddOnlyHistory):
        row.save()


def test_somebody_elses_move_in_between_refuses_a_stale_page(cast):
    line = build.active_line(cast.analyst)
    actions.move(by=cast.sergeant, line=line, to=S.DORMANT, on=date(2022, 6, 1), seen=line.version)
    with pytest.raises(Refused, match="after you opened the page"):
        actions.move(by=cast.analyst, line=line, to=S.DISRUPTED, on=date(2022, 6, 1), seen=line.version)


def test_a_type_1_closure_without_a_holder_is_refused_and_with_everything_is_recorded(cast):
    line = build.active_line(cast.analyst)
    with pytest.raises(Refused, match="role of line holder"):
        actions.move(by=cast.sergeant, line=line, to=S.CLOSED_T1, on=date(2022, 6, 10), **CHARGED)
    holder = people.person(cast.analyst)
    actions.put_person_on_line(by=cast.analyst, line=line, person=holder, role=Role.HOLDER, from_on=build.FIRST_KNOWN)
    row = actions.move(by=cast.sergeant, line=line, to=S.CLOSED_T1, on=date(2022, 6, 10), **CHARGED)
    assert row.confirmed_by == "The national centre"
    assert status_now(cast.analyst, line) == S.CLOSED_T1


def test_a_correction_is_another_row_and_the_wrong_one_stays(cast):
    line = build.active_line(cast.analyst)
    wrong = line.statuses.get(sequence=2)
    actions.correct_status(by=cast.analyst, row=wrong, to=S.ACTIVE, on=date(2022, 3, 1), reason="The log was misread")
    assert line.statuses.count() == 3
    assert queries.histories(cast.analyst)[line.pk][1].since == date(2022, 3, 1)
    with pytest.raises(Refused, match="corrected it already"):
        actions.correct_status(by=cast.analyst, row=wrong, to=S.ACTIVE, on=date(2022, 4, 1), reason="Again")


def test_a_line_merged_into_another_names_it_and_rings_are_refused(cast):
    one, other = build.active_line(cast.analyst), build.active_line(cast.analyst, brand="Fern")
    actions.move(by=cast.analyst, line=one, to=S.MERGED, on=date(2022, 6, 1), merged_into=other)
    with pytest.raises(Refused, match="merged into itself"):
        actions.move(by=cast.analyst, line=other, to=S.MERGED, on=date(2022, 6, 1), merged_into=one)
    with pytest.raises(Refused, match="which line it is the same as"):
        actions.move(by=cast.analyst, line=other, to=S.MERGED, on=date(2022, 6, 1))


def test_a_merger_can_be_corrected_to_another_day(cast):
    one, other = build.active_line(cast.analyst), build.active_line(cast.analyst, brand="Fern")
    row = actions.move(by=cast.analyst, line=one, to=S.MERGED, on=date(2022, 6, 1), merged_into=other)
    new = actions.correct_status(by=cast.analyst, row=row, to=S.MERGED, on=date(2022, 6, 3), reason="Wrong day")
    assert new.merged_into == other


def test_a_changed_number_is_one_line_with_two_dated_numbers(cast):
    line = build.full_line(cast.analyst)
    actions.change_number(by=cast.analyst, identifier=line.identifiers.get(), said="07700 900456", on=date(2022, 5, 3))
    old, new = line.identifiers.order_by("valid_from")
    assert (old.valid_until, new.valid_from, new.valid_until) == (date(2022, 5, 2), date(2022, 5, 3), None)
    with pytest.raises(Refused, match="already ended"):
        actions.change_number(by=cast.analyst, identifier=old, said="07700 900457", on=date(2022, 6, 3))


def test_the_same_number_twice_in_the_same_days_is_refused_and_later_again_is_not(cast):
    line = build.full_line(cast.analyst)
    with pytest.raises(Refused, match="already has it"):
        actions.add_identifier(by=cast.analyst, line=line, said="+447700900123", valid_from=date(2022, 5, 1))
    actions.change_number(by=cast.analyst, identifier=line.identifiers.get(), said="07700 900456", on=date(2022, 5, 3))
    actions.add_identifier(
        by=cast.analyst, line=line, said="07700 900123", valid_from=date(2022, 6, 1), valid_until=date(2022, 6, 7)
    )
    assert LineIdentifier.objects.count() == 3


def test_a_victims_role_stays_when_a_suspects_is_added(cast):
    line = build.active_line(cast.analyst)
    child = people.person(cast.analyst, born_on=date(2006, 5, 1))
    with pytest.raises(Refused, match="exploited child first"):
        actions.put_person_on_line(
            by=cast.analyst, line=line, person=child, role=Role.CARRIER, from_on=build.FIRST_KNOWN
        )
    for role in (Role.EXPLOITED_CHILD, Role.CARRIER):
        actions.put_person_on_line(by=cast.analyst, line=line, person=child, role=role, from_on=build.FIRST_KNOWN)
    assert [each.is_victim for each in queries.people_on(cast.analyst, line).order_by("-role")] == [True, False]


def test_the_charitys_person_is_never_put_on_a_line(cast):
    line, theirs = build.active_line(cast.analyst), people.person(cast.worker)
    with pytest.raises(Refused, match="another organisation"):
        actions.put_person_on_line(
            by=cast.analyst, line=line, person=theirs, role=Role.CUSTOMER, from_on=build.FIRST_KNOWN
        )


def test_an_earlier_finding_about_an_element_stays(cast):
    line = build.line(cast.analyst)
    for finding, evidence in (("unknown", ""), ("present", "Bulk texts, IR-14")):
        actions.record_element(by=cast.analyst, line=line, element="communication", finding=finding, evidence=evidence)
    assert line.elements.count() == 2


def test_a_named_person_decides_whether_it_qualifies(cast):
    line = actions.decide_qualifies(by=cast.sergeant, line=build.line(cast.analyst), answer="yes", reason="Three seen")
    assert (line.qualifies, line.qualifies_by, line.qualifies_on) == ("yes", cast.sergeant.account, date(2022, 6, 14))


def test_a_displacement_is_linked_once_with_a_reason(cast):
    one, other = build.active_line(cast.analyst), build.active_line(cast.analyst, brand="Fern")
    said = {"from_line": one, "to_line": other, "on": date(2022, 6, 1), "reason": "The same holder"}
    actions.link_displacement(by=cast.analyst, **said)
    with pytest.raises(Refused, match="already linked"):
        actions.link_displacement(by=cast.analyst, **said)


def test_a_market_with_no_town_is_refused(cast):
    with pytest.raises(Refused, match="which town"):
        actions.add_market(by=cast.analyst, line=build.line(cast.analyst), town=" ", from_on=build.FIRST_KNOWN)


def test_history_is_written_forward_even_under_a_borrowed_clock(cast):
    line = build.active_line(cast.analyst)
    earlier = cast.viewer("analyst", datetime(2022, 6, 1, 9, tzinfo=UTC))
    with pytest.raises(Refused, match="written forward"):
        actions.move(by=earlier, line=line, to=S.DORMANT, on=date(2022, 5, 1))
