from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import Http404

from clearlines.access.markings import Marking
from clearlines.access.models import Tie
from clearlines.access.refusals import Refused
from clearlines.access.ties import tie
from clearlines.disruptions import actions, queries
from clearlines.disruptions.figures import NOT_SHOWN
from clearlines.disruptions.models import Disruption, DoneTo
from clearlines.disruptions.rules import Part
from clearlines.disruptions.tests import build
from clearlines.groups.models import Group
from clearlines.groups.tests import build as groups
from clearlines.lines import actions as line_actions
from clearlines.lines.models import Line
from clearlines.lines.states import Status
from clearlines.lines.tests import build as lines
from clearlines.people.models import Person
from clearlines.people.tests import build as people
from clearlines.places.models import Place
from clearlines.places.tests import build as places

FIRST, LAST = date(2022, 4, 1), date(2022, 6, 14)
AFTER = datetime(2022, 6, 20, 9, tzinfo=UTC)


def decide(cast, found, level="moderate"):
    return actions.moderate(by=cast.sergeant, disruption=found, level=level, reason="As the log shows")


def test_another_force_and_the_charity_see_none(cast):
    found = build.disruption(cast.analyst)
    for viewer in (cast.stranger, cast.lead, cast.worker, cast.commissioner, cast.custodian):
        assert not queries.visible(viewer).exists()
        with pytest.raises(Http404):
            queries.one(viewer, found.pk)


def test_a_person_one_is_kept_away_from_takes_their_disruption_and_all_of_it_along(cast):
    found = build.full_disruption(cast.analyst)
    decide(cast, found)
    tie(cast.account("officer"), found.person, Tie.Kind.KEPT_AWAY, by=cast.police_information)
    assert not queries.visible(cast.officer).exists() and not queries.of_line(cast.officer, found.line)
    assert not queries.orders(cast.officer).exists() and not queries.moderations(cast.officer).exists()
    assert queries.totals(cast.officer, FIRST, LAST).acts == 0
    assert queries.totals(cast.analyst, FIRST, LAST).acts == 1


@pytest.mark.parametrize(("model", "name"), [(Line, "line"), (Group, "group"), (Person, "person"), (Place, "place")])
def test_a_disruption_is_hidden_with_whatever_it_names(cast, model, name):
    made = build.disruption(
        cast.analyst, line=lines.active_line(cast.analyst), group=groups.group(cast.analyst),
        person=people.person(cast.analyst), place=places.place(cast.analyst),
    )  # fmt: skip
    build.ddtro(cast.analyst, made)
    model.objects.filter(pk=getattr(made, f"{name}_id")).update(marking=Marking.CUSTODIAN)
    assert not queries.visible(cast.analyst).exists() and not queries.orders(cast.analyst).exists()


def test_the_list_is_narrowed_by_end_by_line_and_to_what_waits(cast):
    first = build.disruption(cast.analyst)
    other = build.disruption(cast.officer, about_words="A school", p="prevent", tactic="school_session")
    decide(cast, first)
    assert list(queries.found(cast.officer)) == [other, first]
    assert list(queries.found(cast.officer, p="prevent")) == [other]
    assert list(queries.found(cast.officer, line=first.line)) == [first]
    assert list(queries.found(cast.officer, waiting=True)) == [other]


def test_of_a_group_only_its_own_is_told(cast):
    group = groups.group(cast.analyst)
    found = build.disruption(cast.analyst, group=group)
    build.disruption(cast.analyst)
    assert queries.of_group(cast.officer, group) == [found]


def test_of_a_line_and_of_a_person_only_what_counts_is_told(cast):
    found = build.full_disruption(cast.analyst)
    assert queries.of_line(cast.officer, found.line) == queries.of_person(cast.officer, found.person) == [found]
    actions.take_back(by=cast.analyst, disruption=found, because="Wrong line")
    assert queries.of_line(cast.officer, found.line) == []


def test_nothing_is_alike_where_nothing_is_named(cast):
    build.disruption(cast.analyst)
    assert queries.alike(cast.analyst, DoneTo(), p="pursue", on=build.GRANTED) == []


def test_alike_is_by_line_or_by_person(cast):
    found = build.full_disruption(cast.analyst)
    for to in (DoneTo(line=found.line), DoneTo(person=found.person), DoneTo(found.line, None, found.person)):
        assert queries.alike(cast.officer, to, p="pursue", on=build.GRANTED) == [found]


def test_the_one_that_stands_instead_is_named(cast):
    first = build.disruption(cast.analyst)
    second = build.disruption(cast.analyst, line=first.line, decided="another_act")
    assert queries.stands_instead(cast.analyst, second) is None
    actions.take_back(by=cast.analyst, disruption=second, because="One arrest", same_act_as=first)
    assert queries.stands_instead(cast.analyst, queries.one(cast.analyst, second.pk)) == first


def test_an_orders_day_asks_whether_the_number_is_dead_until_somebody_says(cast):
    found = build.full_disruption(cast.analyst)
    assert not [each for each in queries.due(cast.officer, cast.officer.now) if each.kind == "Order"]
    late = cast.viewer("officer", AFTER)
    (due,) = queries.due(late, AFTER)
    assert due.when == build.COMPLIED
    assert due.words == (
        "Drug dealing telecommunications restriction order ORD-7, L-0001 Bracken: "
        "Is the number dead? Then record the closure"
    )
    order = queries.orders(late).get()
    assert due.about == (order, found, found.line) and str(order.pk) in due.url
    actions.say_complied(by=late, order=order, answer="yes", on=build.COMPLIED)
    assert queries.due(late, AFTER) == []


def test_another_order_asks_whether_it_was_complied_with(cast):
    found = build.disruption(cast.officer, about_words="A shop")
    build.ddtro(cast.officer, found, kind="cpn")
    due = next(each for each in queries.due(cast.viewer("officer", AFTER), AFTER) if each.kind == "Order")
    assert due.words == "Community protection notice ORD-7, D-0001: Was it complied with?"


def test_a_level_waits_for_everybody_who_decides_but_whoever_proposed_it(cast):
    found = build.disruption(cast.analyst)
    (due,) = queries.due(cast.sergeant, cast.sergeant.now)
    assert due.words == (
        "Decide how far D-0001 Arrest of somebody who controls the line reached: Priya Lowther proposed Major"
    )
    assert due.when == date(2022, 6, 21) and due.about == (found, found.line)
    for viewer in (cast.analyst, cast.officer, cast.lead, cast.stranger):
        assert queries.due(viewer, viewer.now) == []
    decide(cast, found)
    assert queries.due(cast.sergeant, cast.sergeant.now) == []


def test_figures_use_the_level_that_was_decided_and_none_that_waits(cast):
    first = build.disruption(cast.analyst)
    decide(cast, first, "moderate")
    build.disruption(cast.analyst, line=first.line, happened_on=date(2022, 6, 1))
    build.disruption(cast.analyst, line=first.line, happened_on=date(2022, 3, 31))
    found = queries.totals(cast.sergeant, FIRST, LAST)
    assert {row.label: (*row.cells, row.waiting) for row in found.rows} == {
        "Pursue": (0, 1, 0, 1), "Prevent": (0, 0, 0, 0), "Protect": (0, 0, 0, 0), "Prepare": (0, 0, 0, 0),
    }  # fmt: skip
    assert (found.acts, found.waiting) == (2, 1)
    assert found.tactics == [("Arrest of somebody who controls the line", 2)]


def test_orders_and_seizures_are_counted_on_their_own_day_and_in_their_own_unit(cast):
    found = build.full_disruption(cast.analyst)
    build.ddtro(cast.analyst, found, kind="warrant")
    late = cast.viewer("analyst", AFTER)
    actions.say_complied(by=late, order=queries.orders(late).get(kind="ddtro"), answer="no", words="It rings")
    build.ddtro(cast.analyst, found, kind="cpn")
    for kind, amount, unit in (
        ("heroin", "12.5", "g"), ("heroin", "7.5", "g"), ("heroin", "40", "wraps"), ("cash", "1240", "£"),
    ):  # fmt: skip
        actions.add_seizure(
            by=cast.analyst, disruption=found, kind=kind, amount=Decimal(amount), unit=unit, on=build.GRANTED
        )
    told = queries.totals(cast.analyst, FIRST, LAST)
    assert [(row.name[:9], row.granted, row.complied, row.not_complied, row.nobody_said) for row in told.orders] == [
        ("Community", 1, 0, 0, 1), ("Drug deal", 1, 0, 1, 0), ("Search wa", 1, 0, 0, 0),
    ]  # fmt: skip
    assert told.seizures == [("Cash", "£1,240"), ("Heroin", "20 g"), ("Heroin", "40 wraps")]
    actions.take_back(by=cast.analyst, disruption=found, because="Wrong line")
    told = queries.totals(cast.analyst, FIRST, LAST)
    assert (told.acts, told.orders, told.seizures) == (0, [], [])


def test_s41_an_arrest_that_two_forces_claim_is_one_arrest_for_whoever_led_it(cast):
    first = build.disruption(cast.analyst)
    build.disruption(
        cast.officer, line=first.line, lead_agency="rail_police", decided="same_act", elsewhere_reference="RP-88"
    )
    found = queries.totals(cast.sergeant, FIRST, LAST)
    assert found.acts == 1 and found.leads == [("Fellside Constabulary", 1)]
    assert [(each.name, each.said) for each in found.took_part] == [
        ("Railway Police, North West", "1"), ("The Open Door Recovery Community", NOT_SHOWN),
    ]  # fmt: skip


def visits(cast, how_many, kind="visit"):
    found = Disruption.objects.first() or build.disruption(cast.analyst)
    for day in range(1, how_many + 1):
        part = Part("charity", date(2022, 6, day), kind)
        actions.add_contribution(by=cast.officer, disruption=found, part=part)


def the_charity(cast, first=FIRST, last=LAST) -> str:
    told = queries.totals(cast.analyst, first, last).took_part
    return next(each.said for each in told if each.name.startswith("The Open Door"))


def test_a_charity_stands_in_no_total_of_fewer_than_five_visits(cast):
    build.disruption(cast.analyst)
    none = queries.totals(cast.analyst, FIRST, LAST)
    visits(cast, 4)
    assert queries.totals(cast.analyst, FIRST, LAST) == none, "four and none are the same page"
    visits(cast, 1, "safety_work")
    assert the_charity(cast) == "5"
    assert the_charity(cast, FIRST, date(2022, 6, 3)) == NOT_SHOWN


def test_support_offered_is_no_visit(cast):
    visits(cast, 9, "support")
    assert the_charity(cast) == NOT_SHOWN
    visits(cast, 5)
    assert the_charity(cast) == "14"


def test_a_period_that_is_none_is_refused(cast):
    with pytest.raises(Refused, match="after the last"):
        queries.totals(cast.analyst, LAST, FIRST)


def test_only_people_of_lines_are_offered_by_name(cast):
    lines.full_line(cast.analyst)
    people.person(cast.analyst, family_name="Unconnected")
    assert {each.family_name for each in queries.people_of_lines(cast.analyst)} == {"Holder", "Young"}


def test_a_closure_is_offered_only_where_the_line_can_be_closed(cast):
    found = build.disruption(cast.analyst)
    assert queries.may_close_line(cast.analyst, found) and not queries.may_close_line(cast.officer, found)
    closed = {"to": Status.CLOSED_T2, "on": build.GRANTED, "complied_on": build.GRANTED}
    line_actions.move(by=cast.analyst, line=found.line, **closed)
    assert not queries.may_close_line(cast.analyst, found)
    assert not queries.may_close_line(cast.analyst, build.disruption(cast.analyst, about_words="A flat"))
