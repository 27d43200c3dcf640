import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from clearlines.access.refusals import Forbidden, Refused
from clearlines.groups import actions, queries
from clearlines.groups.models import Assessment, Group, GroupAlias, GroupLink
from clearlines.groups.tests import build
from clearlines.groups.tests.test_results import GOOD, sheet
from clearlines.ledger.models import Entry
from clearlines.lines import actions as line_actions
from clearlines.lines.states import Role
from clearlines.lines.tests import build as lines
from clearlines.people import actions as people
from clearlines.safeguarding import actions as safeguarding
from clearlines.safeguarding import queries as national
from clearlines.safeguarding.tests import build as referrals
from tests.cast import TODAY


def test_groups_are_numbered_and_a_double_press_makes_one(cast):
    key = uuid.uuid4()
    first = build.group(cast.analyst, new_id=key)
    assert build.group(cast.analyst, new_id=key) == first
    assert build.group(cast.analyst, name="Quay Street").reference == "G-002"
    assert build.group(cast.stranger).reference == "G-001"
    with pytest.raises(Forbidden):
        build.group(cast.officer, name="Another")


def test_a_name_known_on_another_group_makes_nothing_until_somebody_decides(cast):
    found = build.full_group(cast.analyst)
    for name in ("ROPEWALK LADS", "the ropes"):
        with pytest.raises(Refused, match="say whether it is the same group or another"):
            build.group(cast.analyst, name=name)
        with pytest.raises(Refused, match="open that one and add what you know there"):
            build.group(cast.analyst, name=name, decided="same_group")
    other = build.group(cast.analyst, name="the ropes", decided="unrelated")
    assert (other.already_known, Group.objects.filter(name_folded=found.name_folded).count()) == ("unrelated", 1)


def test_an_alias_that_another_group_has_is_decided_too(cast):
    build.full_group(cast.analyst)
    other = queries.matching(cast.analyst, "Quay").get()
    said = {"group": other, "name": "The ropes", "source_words": "A phone", "from_on": build.BEGAN}
    with pytest.raises(Refused, match="already known on G-001"):
        actions.add_alias(by=cast.analyst, **said)
    assert actions.add_alias(by=cast.analyst, decided="unrelated", **said).already_known == "unrelated"
    with pytest.raises(Refused, match="this group already has that name in those days"):
        actions.add_alias(by=cast.analyst, decided="unrelated", **said)
    with pytest.raises(Refused, match="this group already has that name"):
        actions.add_alias(by=cast.analyst, **(said | {"name": "quay street"}))
    assert GroupAlias.objects.count() == 2


def test_a_name_may_be_used_again_in_later_days(cast):
    found = build.group(cast.analyst)
    for begins, ends in ((date(2022, 1, 1), date(2022, 2, 1)), (date(2022, 2, 2), None)):
        actions.add_alias(
            by=cast.analyst, group=found, name="Ropes", source_words="A report", from_on=begins, until_on=ends
        )
    assert found.aliases.count() == 2


def test_what_is_known_is_written_by_one_person_at_a_time(cast):
    found = build.group(cast.analyst)
    actions.write_known(by=cast.sergeant, group=found, known="A shop in Kirkdale", seen=found.version)
    with pytest.raises(Refused, match="somebody changed this"):
        actions.write_known(by=cast.analyst, group=found, known="Nothing", seen=found.version)
    found.refresh_from_db()
    assert found.known == "A shop in Kirkdale"


def test_two_groups_may_run_one_line_and_one_group_not_twice(cast):
    row = build.runs_line(cast.analyst)
    build.runs_line(cast.analyst, build.group(cast.analyst, name="Quay Street"), row.line)
    with pytest.raises(Refused, match="already runs that line in those days"):
        build.runs_line(cast.analyst, row.group, row.line, from_on=TODAY)
    assert queries.running(cast.analyst, TODAY).count() == 2


def test_a_line_ends_for_a_reason_and_passes_to_another_group_the_day_after(cast):
    row, other = build.runs_line(cast.analyst), build.group(cast.analyst, name="Quay Street")
    said = {"row": row, "on": date(2022, 5, 31), "because": "Sold with its customer list"}
    with pytest.raises(Refused, match="choose another group"):
        actions.end_line(by=cast.analyst, passed_to=row.group, **said)
    actions.end_line(by=cast.analyst, passed_to=other, seen=row.version, **said)
    new = other.runs.get()
    assert (new.from_on, new.grade, new.reason) == (date(2022, 6, 1), "2B", "Sold with its customer list")
    with pytest.raises(Refused, match="already ended, on 31 May 2022"):
        actions.end_line(by=cast.analyst, **said)


def test_what_ended_alone_passes_to_nobody(cast):
    row = build.runs_line(cast.analyst)
    actions.end_line(by=cast.analyst, row=row, on=TODAY, because="The line is closed")
    assert not queries.running(cast.analyst, TODAY.replace(day=15))


def test_no_child_and_nobody_of_unknown_age_is_put_in_a_group(cast):
    child = referrals.child(cast.analyst)
    with pytest.raises(Refused, match="Record them as an exploited child on the line"):
        build.directs(cast.analyst, person=child)
    with pytest.raises(Refused, match="record when they were born first"):
        build.directs(cast.analyst, build.group(cast.analyst, name="Quay"), build.adult(cast.analyst, born_on=None))


def test_a_child_under_another_name_is_not_put_in_a_group(cast):
    child, adult = referrals.child(cast.analyst), build.adult(cast.analyst)
    people.say_same(by=cast.analyst, one=child, other=adult, reason="The same scar")
    with pytest.raises(Refused, match="under 18"):
        build.directs(cast.analyst, person=adult)


def test_somebody_only_used_by_a_line_is_not_put_in_a_group_and_somebody_who_is_both_may_be(cast):
    line, person = lines.active_line(cast.analyst), build.adult(cast.analyst)
    on = {"line": line, "person": person, "from_on": build.BEGAN}
    line_actions.put_person_on_line(by=cast.analyst, role=Role.HOST, **on)
    found = build.group(cast.analyst)
    with pytest.raises(Refused, match="a line used or harmed them"):
        build.directs(cast.analyst, found, person)
    line_actions.put_person_on_line(by=cast.analyst, role=Role.SENIOR, **on)
    row = build.directs(cast.analyst, found, person)
    with pytest.raises(Refused, match="already stands in this group"):
        build.directs(cast.analyst, found, person)
    actions.end_person(by=cast.analyst, row=row, on=TODAY, because="In prison", seen=row.version)
    assert not queries.people_of(cast.analyst, TODAY.replace(day=15))


def test_nobody_of_another_organisation_is_put_in_a_group(cast):
    with pytest.raises(Refused, match="another organisation's records"):
        build.directs(cast.analyst, person=build.adult(cast.stranger))


def test_a_belief_about_two_groups_merges_nothing_and_can_be_taken_back(cast):
    one, other = build.group(cast.analyst), build.group(cast.analyst, name="Quay Street")
    said = {"kind": "may_be_same", "reason": "One handset", "grade": "3C"}
    row = actions.link(by=cast.analyst, from_group=one, to_group=other, **said)
    with pytest.raises(Refused, match="already linked in that way"):
        actions.link(by=cast.analyst, from_group=other, to_group=one, **said)
    actions.take_back_link(by=cast.sergeant, row=row, because="Two handsets", seen=row.version)
    row.refresh_from_db()
    assert (row.taken_back_by, row.taken_back_because) == (cast.sergeant.account, "Two handsets")
    with pytest.raises(Refused, match="already been taken back"):
        actions.take_back_link(by=cast.sergeant, row=row, because="Again")
    actions.link(by=cast.analyst, from_group=other, to_group=one, **said)
    assert (Group.objects.count(), GroupLink.objects.count()) == (2, 2)


def test_either_of_two_groups_may_have_split_from_the_other(cast):
    one, other = build.group(cast.analyst), build.group(cast.analyst, name="Quay Street")
    for ends in ((one, other), (other, one)):
        actions.link(by=cast.analyst, from_group=ends[0], to_group=ends[1], kind="split_from", reason="A quarrel")
    assert GroupLink.objects.count() == 2


def test_there_is_no_verb_that_merges():
    assert not [name for name in vars(actions) if "merge" in name]


def test_a_result_is_kept_as_it_was_given_and_lies_sealed(cast):
    row = build.assessment(cast.analyst)
    with connection.cursor() as asked:
        asked.execute("select scores, priority_band from groups_assessment")
        assert all(said.startswith("clk1.") for said in asked.fetchone())
    kept = Assessment.objects.get()
    assert (kept.scores, kept.priority_band) == (build.RESULT["scores"], "Band B")
    with pytest.raises(Refused, match="a result of morile for that day is already there"):
        build.assessment(cast.analyst, row.group, tool="morile")


def test_a_double_press_keeps_one_result_and_one_taken_back_makes_room(cast):
    key = uuid.uuid4()
    row = build.assessment(cast.analyst, new_id=key)
    assert build.assessment(cast.analyst, row.group, new_id=key) == row
    actions.take_back_assessment(by=cast.analyst, row=row, because="Mistyped")
    build.assessment(cast.analyst, row.group)
    assert Assessment.objects.filter(taken_back_at=None).count() == 1


def test_a_spreadsheet_comes_in_whole_or_not_at_all(cast):
    build.full_group(cast.analyst)
    wrong = sheet(
        GOOD, GOOD.replace("G-001", "G-099"), GOOD.replace("G-001", "G-002"), GOOD.replace("G-001", "g-002"),
        GOOD.replace("1/3/2022", "never"), GOOD.replace("G-001", "G-002").replace("3.1", ""),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.import_assessments(by=cast.analyst, sheet=wrong)
    assert refused.value.reasons == [
        "row 2: a result of MoRiLE for that day is already there: take that one back first if it was wrong",
        "row 3: there is no group G-099",
        "row 5: g-002 is in this file twice for that tool and day",
        "row 6: assessed_on is no date: “never”. Write it as 27/3/2023 or 2023-03-27",
        "row 7: G-002 is in this file twice for that tool and day",
        "row 7: say which version of the tool it was",
    ]
    assert Assessment.objects.count() == 1
    made = actions.import_assessments(by=cast.analyst, sheet=sheet(GOOD.replace("G-001", "G-002")))
    assert [each.imported_from[:21] for each in made] == ["A spreadsheet, SHA-25"]


def test_a_spreadsheet_that_is_none_is_refused_in_a_sentence(cast):
    with pytest.raises(Refused, match="the first row must name the columns"):
        actions.import_assessments(by=cast.analyst, sheet="nothing")


def test_another_force_s_group_is_no_group_in_a_spreadsheet(cast):
    build.group(cast.stranger)
    with pytest.raises(Refused, match="row 2: there is no group G-001"):
        actions.import_assessments(by=cast.analyst, sheet=sheet(GOOD))


def test_the_database_itself_refuses_an_end_without_a_reason(cast):
    row = build.runs_line(cast.analyst)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(until_on=TODAY)


def test_every_act_is_in_the_ledger(cast):
    build.full_group(cast.analyst)
    events = set(Entry.objects.filter(event__startswith="groups.").values_list("event", flat=True))
    assert events == {
        f"groups.{each}" for each in ("registered", "alias_added", "runs_line", "person_added", "assessed", "linked")
    }


def test_s50_a_charged_carrier_is_recognised_as_a_victim_and_nothing_is_hidden(cast):
    """The victim's role stands beside the other, the defence is on record, and the group's page says who they are."""
    line, person = lines.active_line(cast.analyst), build.adult(cast.analyst)
    on = {"line": line, "person": person}
    line_actions.put_person_on_line(by=cast.analyst, role=Role.CARRIER, from_on=build.BEGAN, **on)
    row = build.directs(cast.analyst, person=person, as_what="works_for")
    referral = safeguarding.raise_s45(
        by=cast.sergeant, referral=referrals.begun(cast.sergeant, person), on=referrals.NOTED
    )
    referrals.moved(cast.sergeant, referral, *referrals.OF_AN_ADULT, on=TODAY)
    line_actions.put_person_on_line(by=cast.analyst, role=Role.EXPLOITED_ADULT, from_on=build.BEGAN, **on)
    assert national.positive(cast.analyst) == {person.pk}
    assert {each.role for each in line.roles.all()} == {Role.CARRIER, Role.EXPLOITED_ADULT}
    actions.end_person(by=cast.analyst, row=row, on=TODAY, because="Recognised as a victim: made to carry")
    assert queries.file_of(cast.analyst, row.group_id).people == [row]
    (was,) = queries.people_of(cast.analyst, build.BEGAN)
    assert (was, was.ended_because) == (row, "Recognised as a victim: made to carry")
