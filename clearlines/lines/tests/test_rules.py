from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clearlines.lines import rules
from clearlines.lines.history import Step
from clearlines.lines.rules import Facts
from clearlines.lines.states import MOVES, NOT_YET_A_LINE, Role, Status

S = Status
TODAY = date(2022, 6, 14)
NOW = datetime(2022, 6, 14, 11, tzinfo=UTC)
CHARGED = Facts(
    holder_arrested_on=date(2022, 6, 1), holder_charged_on=date(2022, 6, 2),
    confirmed_by="The national centre", confirmed_on=date(2022, 6, 9),
)  # fmt: skip


def step(status: Status, month: int, day: int, sequence: int = 1, **more) -> Step:
    on = date(2022, month, day)
    known_at = datetime(2022, month, min(day, 28), 9, tzinfo=UTC)
    return Step(status, on, **({"known_at": known_at, "sequence": sequence, "key": sequence} | more))


ACTIVE = [step(S.UNDER_ASSESSMENT, 2, 1, 1), step(S.ACTIVE, 2, 10, 2)]


def why_not(to: Status, on: date, steps=ACTIVE, **more) -> str:
    new = Step(to, on, NOW, 99, key=99)
    given = {"facts": Facts(), "reason": "", "has_holder": True, "now": NOW, "today": TODAY} | more
    return "; ".join(rules.reasons_not_to_move(steps=steps, new=new, **given))


DONE = Facts(disruption="D-0001")


def test_every_status_has_a_row_in_the_table_of_moves_and_a_name():
    assert set(MOVES) == set(Status)
    assert len({each.label for each in Status}) == len(Status)


def test_a_line_can_never_go_from_reported_straight_to_active():
    assert "cannot become 'Active'" in why_not(S.ACTIVE, date(2022, 3, 1), [step(S.REPORTED, 2, 1)])


def test_an_active_line_may_be_dormant_or_disrupted():
    assert not why_not(S.DORMANT, date(2022, 6, 1))
    assert not why_not(S.DISRUPTED, date(2022, 6, 1), facts=DONE)


def test_a_line_is_disrupted_by_something_that_was_done():
    assert "record what was done, and the line moves with it" in why_not(S.DISRUPTED, date(2022, 6, 1))


def test_no_move_leads_back_from_a_line_to_what_is_not_one_yet():
    """So what stands on a day says whether it was ever a line by then."""
    for was, may_become in MOVES.items():
        if was not in NOT_YET_A_LINE:
            assert not may_become & NOT_YET_A_LINE, was


def test_a_status_that_it_already_has_is_refused():
    assert "already 'Active', since 10 February 2022" in why_not(S.ACTIVE, date(2022, 6, 1))


def test_a_future_day_is_refused():
    assert "in the future" in why_not(S.DORMANT, date(2022, 6, 15))


def test_a_day_before_the_line_was_first_known_is_refused():
    assert "first known on 1 February 2022" in why_not(S.ACTIVE, date(2022, 1, 31))


def test_history_is_written_forward():
    steps = [*ACTIVE, step(S.DORMANT, 6, 1, 3, known_at=datetime(2022, 6, 15, tzinfo=UTC))]
    assert "written forward" in why_not(S.DISRUPTED, date(2022, 6, 2), steps)


def test_what_was_learned_late_may_not_contradict_what_came_after():
    steps = [*ACTIVE, step(S.DORMANT, 6, 1, 3)]
    assert not why_not(S.DISRUPTED, date(2022, 5, 1), steps, facts=DONE)
    said = why_not(S.TRANSFERRED, date(2022, 5, 1), steps)
    assert "'Dormant' on 1 June 2022 could not follow 'Transferred to another force'" in said


def test_what_was_learned_late_may_carry_the_same_status_further_back():
    steps = [step(S.UNDER_ASSESSMENT, 2, 1), step(S.ACTIVE, 5, 1, 2)]
    assert not why_not(S.ACTIVE, date(2022, 3, 1), steps)


def test_not_a_line_needs_a_reason():
    steps = [step(S.UNDER_ASSESSMENT, 2, 1)]
    assert "why it is not a line" in why_not(S.NOT_A_LINE, date(2022, 3, 1), steps)
    assert not why_not(S.NOT_A_LINE, date(2022, 3, 1), steps, reason="A delivery phone")


def test_a_line_with_an_arrest_but_no_charge_cannot_be_closed_type_1():
    said = why_not(S.CLOSED_T1, date(2022, 6, 10), facts=Facts(holder_arrested_on=date(2022, 6, 1)))
    assert "the day the line holder was charged" in said
    assert "the national centre's confirmation" in said
    assert "record 'Disrupted', or 'Type 1 closure proposed'" in said
    assert not why_not(S.DISRUPTED, date(2022, 6, 10), facts=DONE)
    assert not why_not(S.CLOSED_T1_PROPOSED, date(2022, 6, 10))


def test_a_type_1_closure_needs_somebody_who_held_the_line():
    said = why_not(S.CLOSED_T1, date(2022, 6, 10), facts=CHARGED, has_holder=False)
    assert "a person in the role of line holder" in said


def test_a_type_1_closure_needs_the_day_of_the_arrest():
    facts = replace(CHARGED, holder_arrested_on=None)
    assert "the day the line holder was arrested" in why_not(S.CLOSED_T1, date(2022, 6, 10), facts=facts)


def test_a_type_1_closure_with_everything_is_let_through():
    assert not why_not(S.CLOSED_T1, date(2022, 6, 10), facts=CHARGED)


def test_a_charge_comes_after_the_arrest_and_before_the_closure():
    facts = replace(CHARGED, holder_charged_on=date(2022, 5, 1))
    assert "before the arrest" in why_not(S.CLOSED_T1, date(2022, 6, 10), facts=facts)
    assert "before its holder was charged" in why_not(S.CLOSED_T1, date(2022, 6, 1), facts=CHARGED)


def test_a_confirmation_in_the_future_is_no_confirmation():
    facts = replace(CHARGED, confirmed_on=date(2022, 7, 1))
    assert "date of the closure is in the future" in why_not(S.CLOSED_T1, date(2022, 6, 10), facts=facts)


def test_a_type_2_closure_counts_from_the_day_the_order_was_complied_with():
    facts = Facts(order_granted_on=date(2022, 6, 3), complied_on=date(2022, 6, 10))
    assert "counts from compliance, on 10 June 2022" in why_not(S.CLOSED_T2, date(2022, 6, 3), facts=facts)
    assert not why_not(S.CLOSED_T2, date(2022, 6, 10), facts=facts)


def test_a_type_2_closure_needs_compliance_after_the_order():
    assert "needs the day" in why_not(S.CLOSED_T2, date(2022, 6, 10))
    facts = Facts(order_granted_on=date(2022, 6, 11), complied_on=date(2022, 6, 10))
    assert "before it was granted" in why_not(S.CLOSED_T2, date(2022, 6, 10), facts=facts)


def why_not_correct(wrong: Step, to: Status, on: date, steps=ACTIVE, reason="Read again", facts=None) -> str:
    new = Step(to, on, NOW, 99, key=99, corrects=wrong.key)
    return "; ".join(
        rules.reasons_not_to_correct(
            steps=steps, wrong=wrong, new=new, facts=facts or Facts(), reason=reason, has_holder=True,
            now=NOW, today=TODAY,
        )
    )  # fmt: skip


def test_a_correction_may_give_another_day():
    assert not why_not_correct(ACTIVE[1], S.ACTIVE, date(2022, 3, 1))
    assert not why_not_correct(ACTIVE[0], S.REPORTED, date(2022, 1, 1), ACTIVE[:1])


def test_a_correction_says_what_was_wrong():
    assert "say what was wrong" in why_not_correct(ACTIVE[1], S.ACTIVE, date(2022, 3, 1), reason=" ")


def test_a_correction_that_changes_nothing_is_refused():
    assert "nothing would change" in why_not_correct(ACTIVE[1], S.ACTIVE, ACTIVE[1].on)


def test_a_row_of_another_line_or_one_already_corrected_cannot_be_corrected():
    assert "not part of this line's history" in why_not_correct(step(S.ACTIVE, 3, 1, 7), S.DORMANT, date(2022, 3, 1))


def test_a_correction_cannot_leave_a_history_that_begins_as_active():
    assert "would begin as 'Active'" in why_not_correct(ACTIVE[0], S.UNDER_ASSESSMENT, date(2022, 3, 1))


def test_a_fault_that_stood_before_is_not_blamed_on_the_correction():
    steps = [step(S.UNDER_ASSESSMENT, 2, 1), step(S.CLOSED_T2, 3, 1, 2), step(S.ACTIVE, 4, 1, 3)]
    assert not why_not_correct(steps[2], S.ACTIVE, date(2022, 4, 5), steps)


@pytest.mark.parametrize(
    ("status", "same", "other", "comes_back", "said"),
    [
        (S.MERGED, False, True, False, ""),
        (S.MERGED, False, False, False, "say which line it is the same as"),
        (S.MERGED, True, True, False, "cannot be merged into itself"),
        (S.MERGED, False, True, True, "cannot be merged into itself"),
        (S.ACTIVE, False, True, False, "only when this one is merged"),
        (S.ACTIVE, False, False, False, ""),
    ],
)
def test_a_line_is_merged_into_another_and_never_round_in_a_ring(status, same, other, comes_back, said):
    found = "; ".join(rules.reasons_not_to_merge(status=status, same_line=same, has_other=other, comes_back=comes_back))
    assert said in found and bool(said) == bool(found)


def test_registering_needs_a_name_a_day_that_has_come_and_a_beginning():
    def why(**more):
        given = {"brand": "Bracken", "status": S.REPORTED, "since": TODAY, "today": TODAY} | more
        return "; ".join(rules.reasons_not_to_register(**given))

    assert not why()
    assert "what the line is called" in why(brand=" ")
    assert "begins as reported" in why(status=S.ACTIVE)
    assert "in the future" in why(since=date(2022, 6, 15))


def why_not_identify(**more) -> str:
    given = {
        "kind": "number", "value": "+447700900123", "valid_from": TODAY, "valid_until": None, "today": TODAY,
        "on_this_line": False, "known_on": [], "decided": "",
    } | more  # fmt: skip
    return "; ".join(rules.reasons_not_to_add_identifier(**given))


def test_a_number_that_another_line_has_is_not_added_until_a_person_says_what_that_means():
    assert not why_not_identify()
    known = {"known_on": ["L-0003"]}
    assert "already known on L-0003: say whether" in why_not_identify(**known)
    assert "already known on L-0003" in why_not_identify(**known, decided="87%")
    assert "open that line" in why_not_identify(**known, decided="same_line")
    assert not why_not_identify(**known, decided="new_brand")
    assert not why_not_identify(**known, decided="unrelated")


def test_an_identifier_that_is_none_is_refused_with_what_it_should_be():
    assert "not a telephone number" in why_not_identify(value="")
    assert "14 to 16 digits" in why_not_identify(kind="imei", value="")
    assert "18 to 22 digits" in why_not_identify(kind="iccid", value="")
    assert "the name the line uses there" in why_not_identify(kind="handle", value="")


def test_an_identifier_keeps_sensible_days():
    assert "in the future" in why_not_identify(valid_from=date(2022, 6, 15))
    assert "end before it begins" in why_not_identify(valid_until=date(2022, 6, 1))
    assert "already has it" in why_not_identify(on_this_line=True)


def test_a_number_changes_after_it_began_and_only_once():
    def why(**more):
        given = {"begins": date(2022, 5, 3), "old_from": date(2022, 2, 1), "old_until": None} | more
        return "; ".join(rules.reasons_not_to_change_number(**given))

    assert not why()
    assert "already ended" in why(old_until=date(2022, 4, 1))
    assert "begins after it" in why(begins=date(2022, 2, 1))


def test_a_market_has_a_town_and_sensible_days():
    def why(**more):
        given = {"town": "Kendal", "from_on": TODAY, "until_on": None, "today": TODAY} | more
        return "; ".join(rules.reasons_not_to_add_market(**given))

    assert not why()
    assert "which town" in why(town="")
    assert "in the future" in why(from_on=date(2022, 6, 15))
    assert "end before it begins" in why(until_on=date(2022, 6, 1))


def why_not_put(role: Role, held: set[Role] = frozenset(), *, child=False, own=True, from_on=TODAY) -> str:
    return "; ".join(
        rules.reasons_not_to_put_on_line(
            role=role, roles_held=held, is_child=child, from_on=from_on, today=TODAY, same_owner=own
        )
    )


def test_a_child_is_recorded_as_exploited_before_anything_else():
    assert "under 18: record them as an exploited child first" in why_not_put(Role.CARRIER, child=True)
    assert not why_not_put(Role.EXPLOITED_CHILD, child=True)
    assert not why_not_put(Role.CARRIER, {Role.EXPLOITED_CHILD}, child=True)
    assert "record an exploited child" in why_not_put(Role.EXPLOITED_ADULT, child=True)


def test_a_role_is_added_once_on_a_day_that_has_come_to_a_person_of_ones_own():
    assert not why_not_put(Role.HOLDER)
    assert "already has that role" in why_not_put(Role.HOLDER, {Role.HOLDER})
    assert "in the future" in why_not_put(Role.HOLDER, from_on=date(2022, 6, 15))
    assert "another organisation's records" in why_not_put(Role.HOLDER, own=False)


def test_a_link_says_what_joins_two_different_lines():
    def why(**more):
        given = {"same": False, "reason": "Same holder", "seen_on": TODAY, "today": TODAY, "already": False} | more
        return "; ".join(rules.reasons_not_to_link(**given))

    assert not why()
    assert "another line" in why(same=True)
    assert "already linked" in why(already=True)
    assert "what joins them" in why(reason="")
    assert "in the future" in why(seen_on=date(2022, 6, 15))


def test_whether_it_qualifies_is_a_persons_decision_with_a_reason():
    assert not list(rules.reasons_not_to_decide(answer="yes", reason="Three elements"))
    assert len(list(rules.reasons_not_to_decide(answer="87%", reason=""))) == 2


def test_an_element_that_is_present_has_evidence():
    assert list(rules.reasons_not_to_record_element(finding="present", evidence=""))
    assert not list(rules.reasons_not_to_record_element(finding="unknown", evidence=""))


def test_a_period_begins_before_it_ends_and_ends_before_tomorrow():
    def why(first, last):
        return "; ".join(rules.reasons_not_to_summarise(first=first, last=last, today=TODAY))

    assert not why(TODAY, TODAY)
    assert "after the last" in why(TODAY, date(2022, 6, 1))
    assert "nobody knows yet" in why(TODAY, date(2022, 6, 15))
    assert "hundred years" in why(date(1900, 1, 1), TODAY)
