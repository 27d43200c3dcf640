import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from clearlines.access.refusals import Forbidden, Refused
from clearlines.disruptions import actions, queries
from clearlines.disruptions.models import AddOnly, Contribution, Disruption, Moderation, Order, Seizure
from clearlines.disruptions.rules import Part
from clearlines.disruptions.tests import build
from clearlines.groups.tests import build as groups
from clearlines.ledger.models import Entry
from clearlines.lines import queries as lines
from clearlines.lines.models import LineStatus
from clearlines.lines.states import Status
from clearlines.lines.tests import build as line_build
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places

RAIL = {"lead_agency": "rail_police"}


def told(event: str, row) -> bool:
    return Entry.objects.filter(event=event, subjects__name=f"{row._meta.label}:{row.pk}").exists()


def test_references_follow_each_other_inside_one_force(cast):
    line = line_build.active_line(cast.analyst)
    made = [build.disruption(cast.analyst, line=line, happened_on=date(2022, 6, day)) for day in (1, 2)]
    assert [each.reference for each in made] == ["D-0001", "D-0002"]
    assert build.disruption(cast.stranger).reference == "D-0001"
    assert told("disruptions.recorded", made[0]) and told("disruptions.recorded", line)


def test_a_double_press_records_one_act(cast):
    key, line = uuid.uuid4(), line_build.active_line(cast.analyst)
    made = [build.disruption(cast.analyst, line=line, new_id=key) for _ in range(2)]
    assert made[0] == made[1] and Disruption.objects.count() == 1


def test_who_may_not_record_cannot(cast):
    for viewer in (cast.worker, cast.lead, cast.custodian, cast.commissioner):
        with pytest.raises(Forbidden):
            actions.record(by=viewer, act=build.act(about_words="The Marsh group"))


def test_a_place_a_person_a_group_or_a_few_words_are_enough_and_nothing_is_not(cast):
    build.disruption(cast.officer, place=places.place(cast.officer))
    build.disruption(cast.officer, person=people.person(cast.officer))
    build.disruption(cast.officer, group=groups.group(cast.analyst))
    build.disruption(cast.officer, about_words="The car wash on Duke Street")
    with pytest.raises(Refused, match="say what it was done to"):
        actions.record(by=cast.officer, act=build.act())
    assert Disruption.objects.count() == 4


def test_another_forces_line_is_refused(cast):
    theirs = line_build.active_line(cast.stranger)
    with pytest.raises(Refused, match="another organisation's records"):
        build.disruption(cast.analyst, line=theirs)


def test_a_tactic_that_can_harm_victims_says_what_it_means_for_them(cast):
    for tactic in ("closure_full", "tenancy_action", "benefits"):
        with pytest.raises(Refused, match="say what it means for them"):
            build.disruption(cast.officer, about_words="A flat", tactic=tactic)
    found = build.disruption(cast.officer, about_words="A flat", tactic="closure_full", victim_impact="With her sister")
    assert found.victim_impact == "With her sister"


def test_a_tactic_that_is_on_no_list_is_refused(cast):
    with pytest.raises(Refused, match="choose the tactic"):
        build.disruption(cast.officer, about_words="A flat", tactic="shouting")


def test_a_charity_never_leads(cast):
    with pytest.raises(Refused, match="a charity does not lead"):
        build.disruption(cast.officer, about_words="A flat", lead_agency="charity")
    with pytest.raises(Refused, match="choose the agency"):
        build.disruption(cast.officer, about_words="A flat", lead_agency="nobody")


def test_a_line_moves_with_what_was_done_to_it_in_one_transaction(cast):
    line = line_build.active_line(cast.analyst)
    build.disruption(cast.analyst, line=line, line_disrupted_from=build.GRANTED)
    row = LineStatus.objects.get(line=line, status=Status.DISRUPTED)
    assert (row.valid_from, row.reason) == (build.GRANTED, "D-0001: Arrest of somebody who controls the line")


def test_where_the_line_cannot_move_nothing_is_recorded(cast):
    line = line_build.line(cast.analyst)
    with pytest.raises(Refused, match="cannot become 'Disrupted'"):
        build.disruption(cast.analyst, line=line, line_disrupted_from=build.GRANTED)
    with pytest.raises(Refused, match="say which line"):
        build.disruption(cast.analyst, about_words="A flat", line_disrupted_from=build.GRANTED)
    assert not Disruption.objects.exists()


def test_who_keeps_no_lines_moves_none(cast):
    line = line_build.active_line(cast.analyst)
    with pytest.raises(Forbidden):
        build.disruption(cast.officer, line=line, line_disrupted_from=build.GRANTED)
    assert not Disruption.objects.exists()
    assert lines.status_of(cast.analyst, line) == Status.ACTIVE


def test_the_same_act_adds_who_else_reported_it_and_nothing_else(cast):
    first, key = build.disruption(cast.analyst), uuid.uuid4()
    with pytest.raises(Refused, match="D-0001 already records Pursue on 10 June 2022"):
        build.disruption(cast.officer, line=first.line, **RAIL)
    said = {"line": first.line, "elsewhere_reference": "RP-88", "decided": "same_act", "new_id": key}
    for _ in range(2):
        again = build.disruption(cast.officer, **said, **RAIL)
        assert again == first
    beside = Contribution.objects.get()
    assert (beside.disruption, beside.agency, beside.elsewhere_reference) == (first, "rail_police", "RP-88")
    assert Disruption.objects.count() == 1
    assert told("disruptions.same_act_reported", first)


def test_another_act_stands_beside_the_first(cast):
    first = build.disruption(cast.analyst)
    build.disruption(cast.officer, line=first.line, decided="another_act", words="A second car")
    assert Disruption.objects.count() == 2


def test_where_two_are_alike_it_is_said_which_it_is(cast):
    first = build.disruption(cast.analyst)
    second = build.disruption(cast.analyst, line=first.line, decided="another_act")
    asked = {"line": first.line, **RAIL}
    with pytest.raises(Refused, match="D-0001, D-0002 already record"):
        build.disruption(cast.officer, **asked, decided="same_act")
    assert build.disruption(cast.officer, **asked, decided="same_act:D-0002") == second


def test_the_agency_that_led_is_not_set_beside_itself(cast):
    first = build.disruption(cast.analyst)
    with pytest.raises(Refused, match="D-0001 records it for Fellside Constabulary: open it"):
        build.disruption(cast.officer, line=first.line, decided="same_act")


def test_an_agency_that_is_there_already_is_not_set_there_again(cast):
    first = build.disruption(cast.analyst)
    build.disruption(cast.officer, line=first.line, decided="same_act", **RAIL)
    with pytest.raises(Refused, match="says already that Railway Police"):
        build.disruption(cast.officer, line=first.line, decided="same_act", **RAIL)


def test_another_day_another_end_or_another_line_is_not_alike(cast):
    first = build.disruption(cast.analyst)
    build.disruption(cast.analyst, line=first.line, happened_on=date(2022, 6, 9))
    build.disruption(cast.analyst, line=first.line, p="prevent", tactic="disruption_letter")
    build.disruption(cast.analyst, line=line_build.active_line(cast.analyst, brand="Fern"))
    assert Disruption.objects.count() == 4


def test_one_export_comes_in_once_whichever_way(cast):
    first = build.disruption(cast.analyst, **RAIL, elsewhere_reference="RP-88", exported_on=build.GRANTED)
    other = {"happened_on": date(2022, 6, 1), "line": first.line}
    with pytest.raises(Refused, match="reference RP-88 is recorded here already"):
        build.disruption(cast.analyst, **other, **RAIL, elsewhere_reference="RP-88")
    second = build.disruption(cast.analyst, **other)
    with pytest.raises(Refused, match="reference RP-88 is recorded here already"):
        part = Part("rail_police", build.GRANTED, "people", elsewhere_reference="RP-88")
        actions.add_contribution(by=cast.officer, disruption=second, part=part)
    build.disruption(cast.analyst, **other | {"happened_on": date(2022, 6, 2)}, elsewhere_reference="RP-88")


def test_the_database_itself_takes_one_export_once(cast):
    first = build.disruption(cast.analyst, **RAIL, elsewhere_reference="RP-88")
    second = build.disruption(cast.analyst, line=first.line, happened_on=date(2022, 6, 1), **RAIL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disruption.objects.filter(pk=second.pk).update(elsewhere_reference="RP-88")


def test_a_second_person_decides_and_both_are_kept(cast):
    found = build.disruption(cast.officer, about_words="A flat")
    decided = actions.moderate(by=cast.sergeant, disruption=found, level="moderate", reason="Selling again in a week")
    assert (queries.one(cast.officer, found.pk).level, found.level_proposed) == ("moderate", "major")
    assert decided.created_by == cast.account("sergeant") and told("disruptions.level_decided", found)
    actions.moderate(by=cast.analyst, disruption=found, level="minor", reason="The phone was back the same day")
    assert queries.one(cast.officer, found.pk).level == "minor"
    assert [each.level for each in Moderation.objects.order_by("sequence")] == ["moderate", "minor"]


def test_whoever_proposed_it_is_refused_and_so_is_whoever_may_not(cast):
    found = build.disruption(cast.analyst)
    with pytest.raises(Refused, match="the person who proposed it cannot decide its level"):
        actions.moderate(by=cast.analyst, disruption=found, level="major", reason="It is")
    with pytest.raises(Forbidden):
        actions.moderate(by=cast.officer, disruption=found, level="major", reason="It is")
    assert not Moderation.objects.exists()


def test_a_decision_is_never_changed(cast):
    found = build.disruption(cast.officer, about_words="A flat")
    decided = actions.moderate(by=cast.sergeant, disruption=found, level="minor", reason="It was")
    with pytest.raises(AddOnly):
        decided.save()


def test_of_a_charity_agency_day_and_kind_are_kept_and_the_database_holds_no_more(cast):
    found = build.disruption(cast.analyst)
    part = Part("charity", build.GRANTED, "visit")
    made = actions.add_contribution(by=cast.officer, disruption=found, part=part)
    assert (made.is_charity, made.words, made.agency_name) == (True, "", "The Open Door Recovery Community")
    with pytest.raises(Refused, match="agency, date and kind only"):
        more = Part("charity", build.GRANTED, "visit", words="She was in")
        actions.add_contribution(by=cast.officer, disruption=found, part=more)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=made.pk).update(elsewhere_reference="C-1")


def test_a_charity_is_not_set_beside_a_named_person(cast):
    found = build.disruption(cast.analyst, person=people.person(cast.analyst))
    with pytest.raises(Refused, match="would say that the charity stands beside them"):
        actions.add_contribution(by=cast.officer, disruption=found, part=Part("charity", build.GRANTED, "visit"))


def test_who_else_took_part_is_added_once(cast):
    found, key = build.disruption(cast.analyst), uuid.uuid4()
    part = Part("council", build.GRANTED, "power", words="Fitted the locks")
    for _ in range(2):
        actions.add_contribution(by=cast.officer, disruption=found, part=part, new_id=key)
    assert Contribution.objects.get().words == "Fitted the locks"
    with pytest.raises(Refused, match="choose what it did"):
        actions.add_contribution(by=cast.officer, disruption=found, part=Part("council", build.GRANTED, "magic"))


def test_s03_an_order_that_names_no_day_is_complied_with_by_its_fifth_working_day(cast):
    found, key = build.disruption(cast.analyst), uuid.uuid4()
    order = build.ddtro(cast.analyst, found)
    assert order.complies_by == date(2022, 6, 17)
    assert build.ddtro(cast.analyst, found, complies_by=date(2022, 6, 13)).complies_by == date(2022, 6, 13)
    assert build.ddtro(cast.analyst, found, kind="warrant").complies_by is None
    for _ in range(2):
        actions.add_order(by=cast.analyst, disruption=found, granted=build.granted(), new_id=key)
    assert Order.objects.count() == 4
    with pytest.raises(Refused, match="choose the kind of order"):
        build.ddtro(cast.analyst, found, kind="letter")


def test_somebody_says_whether_an_order_was_complied_with(cast):
    found = build.disruption(cast.analyst)
    order = build.ddtro(cast.analyst, found)
    late = cast.viewer("officer", datetime(2022, 6, 20, 9, tzinfo=UTC))
    actions.say_complied(by=late, order=order, answer="no", words="Still ringing", seen=1)
    with pytest.raises(Refused, match="somebody changed this"):
        actions.say_complied(by=late, order=order, answer="yes", on=build.COMPLIED, seen=1)
    done = actions.say_complied(by=late, order=order, answer="yes", on=build.COMPLIED, seen=2)
    assert (done.answer, done.complied_on) == ("yes", build.COMPLIED)
    with pytest.raises(Refused, match="said so already"):
        actions.say_complied(by=late, order=order, answer="no")


def test_what_was_seized_is_counted_in_its_own_unit(cast):
    found, key = build.disruption(cast.analyst), uuid.uuid4()
    given = {"by": cast.officer, "disruption": found, "amount": Decimal("12.5"), "on": build.GRANTED}
    for _ in range(2):
        actions.add_seizure(**given, kind="heroin", unit="g", new_id=key)
    assert Seizure.objects.get().how_much == "12.5 g"
    for kind, unit, said in (("cash", "g", "Cash is counted in £"), ("hats", "items", "choose what was seized")):
        with pytest.raises(Refused, match=said):
            actions.add_seizure(**given, kind=kind, unit=unit)


def test_an_act_found_later_to_be_recorded_twice_counts_once_from_then_on(cast):
    first = build.disruption(cast.analyst)
    second = build.disruption(cast.officer, line=first.line, decided="another_act", **RAIL, elsewhere_reference="RP-88")
    taken = actions.take_back(by=cast.sergeant, disruption=second, because="One arrest", same_act_as=first, seen=1)
    assert taken.same_act_as == first and list(queries.standing(cast.analyst)) == [first]
    beside = Contribution.objects.get()
    assert (beside.disruption, beside.agency, beside.elsewhere_reference) == (first, "rail_police", "RP-88")
    with pytest.raises(Refused, match="counts nowhere"):
        build.ddtro(cast.analyst, second)


def test_two_of_one_force_found_to_be_one_act_set_nobody_beside(cast):
    first = build.disruption(cast.analyst)
    second = build.disruption(cast.officer, line=first.line, decided="another_act")
    actions.take_back(by=cast.officer, disruption=second, because="One arrest", same_act_as=first)
    assert not Contribution.objects.exists()
    with pytest.raises(Refused, match="choose the one that stands"):
        actions.take_back(by=cast.analyst, disruption=first, because="One arrest", same_act_as=second)


def test_a_colleagues_record_is_taken_back_by_whoever_decides_levels_only(cast):
    found = build.disruption(cast.analyst)
    with pytest.raises(Refused, match="only whoever recorded it"):
        actions.take_back(by=cast.officer, disruption=found, because="Wrong line")
    actions.take_back(by=cast.sergeant, disruption=found, because="Wrong line")
    assert not queries.standing(cast.analyst).exists() and queries.one(cast.analyst, found.pk).taken_back_at


def test_an_export_taken_back_may_come_in_again(cast):
    found = build.disruption(cast.analyst, **RAIL, elsewhere_reference="RP-88")
    actions.take_back(by=cast.analyst, disruption=found, because="Wrong line")
    build.disruption(cast.analyst, line=found.line, **RAIL, elsewhere_reference="RP-88")
