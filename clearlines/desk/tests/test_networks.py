"""Who controls lines: who never enters, how the others stand to each other, and what the page does not say."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clearlines.access.markings import Marking
from clearlines.access.models import Tie
from clearlines.access.refusals import Forbidden
from clearlines.access.tests.build import tied
from clearlines.analysis.networks import WARNING, Network
from clearlines.desk.force import networks, picture, rules
from clearlines.desk.force.rules import Birth, Reason, Somebody, Stands
from clearlines.desk.tests import build
from clearlines.groups.tests import build as groups
from clearlines.ledger.models import Entry
from clearlines.lines.models import RoleOnLine
from clearlines.lines.states import Category, Role
from clearlines.lines.tests import build as lines
from clearlines.people import actions as people
from clearlines.safeguarding.states import Path
from clearlines.safeguarding.tests import build as referrals
from tests.cast import TODAY

DAY = date(2022, 6, 14)
HOLDS = Stands("line", Role.HOLDER, date(2022, 2, 10), grade="2B")
BORN = Birth(date(1988, 4, 2), "day")


def somebody(key="x", births=(BORN,), stands=(HOLDS,), *, may_be_victim=False):
    return Somebody(key, tuple(births), tuple(stands), may_be_victim)


def reasons(**more):
    return list(rules.reasons_to_leave_out(somebody(**more), day=DAY))


roles = st.sampled_from(list(Role))
days = st.dates(date(2021, 1, 1), date(2022, 12, 31))
some_stands = st.builds(
    Stands, where=st.sampled_from(["one", "two"]), role=st.none() | roles, from_on=days, until_on=st.none() | days,
    grade=st.sampled_from(["", "2B", "1A", "3B", "2E", "B2", "E41", "2b p", "2BX", "rubbish"]),
)  # fmt: skip
some_births = st.builds(
    Birth, on=st.dates(date(1980, 1, 1), date(2012, 1, 1)), precision=st.sampled_from(["day", "year", "about"])
) | st.just(Birth(None))
anybody = st.builds(
    somebody, key=st.uuids(), births=st.lists(some_births, min_size=1, max_size=3),
    stands=st.lists(some_stands, min_size=1, max_size=4), may_be_victim=st.booleans(),
)  # fmt: skip


@given(st.lists(anybody, max_size=6), days)
def test_nobody_enters_who_was_a_child_was_used_may_be_a_victim_or_is_not_evidenced(people_, day):
    found = rules.who_enters(people_, day=day)
    for each in found.entered:
        assert not each.may_be_victim
        assert not {stands.role for stands in each.stands} & {
            Role.HOST, Role.DEBT_BONDED, Role.EXPLOITED_ADULT, Role.EXPLOITED_CHILD, Role.CARRIER,
        }  # fmt: skip
        assert any(
            stands.role in (Role.HOLDER, Role.SENIOR, Role.DEALER) and stands.holds_on(day)
            and stands.grade[:1] in "12" and stands.grade[1:2].upper() in "ABCD" and stands.grade
            for stands in each.stands
        )  # fmt: skip
        full = [birth for birth in each.births if birth.on]
        assert full
        assert all(day.year - birth.on.year >= 18 for birth in full)
    assert len(found.entered) + found.how_many_left_out == sum(bool(each.controls_on(day)) for each in people_)
    assert {key for pair in rules.links(found.entered, day=day) for key in pair} <= {each.key for each in found.entered}


@pytest.mark.parametrize(
    ("births", "expected"),
    [
        ([Birth(date(2004, 2, 10), "day")], []),
        ([Birth(date(2004, 2, 11), "day")], [Reason.CHILD]),
        ([Birth(date(2006, 1, 1), "day")], [Reason.CHILD]),
        ([Birth(None)], [Reason.AGE_NOT_KNOWN]),
        ([Birth(date(2003, 1, 1), "year")], []),
        ([Birth(date(2004, 1, 1), "year")], [Reason.AGE_NOT_KNOWN]),
        ([Birth(date(2005, 1, 1), "year")], [Reason.CHILD]),
        ([Birth(date(1999, 1, 1), "about")], [Reason.AGE_NOT_KNOWN]),
        ([Birth(date(1996, 1, 1), "about")], []),
        ([BORN, Birth(date(2006, 1, 1), "about")], [Reason.CHILD]),
        ([BORN, Birth(None)], []),
        ([BORN, Birth(date(2004, 1, 1), "year")], [Reason.AGE_NOT_KNOWN]),
    ],
)
def test_every_doubt_about_an_age_keeps_somebody_out(births, expected):
    """The role began on 10 February 2022: whoever took it up as a child is out, though they are 18 by June."""
    assert reasons(births=births) == expected


@pytest.mark.parametrize(
    "role", [Role.HOST, Role.DEBT_BONDED, Role.EXPLOITED_ADULT, Role.EXPLOITED_CHILD, Role.CARRIER]
)
def test_whoever_was_ever_used_is_out_even_beside_a_controllers_role(role):
    long_ago = Stands("another line", role, date(2015, 1, 1), date(2015, 2, 1))
    assert reasons(stands=[HOLDS, long_ago]) == [Reason.USED]
    assert reasons(may_be_victim=True) == [Reason.VICTIM]


@pytest.mark.parametrize(
    ("role", "category", "expected"),
    [
        (Role.UNKNOWN, Category.VICTIM, [Reason.USED]),
        (Role.HOLDER, Category.AT_RISK, [Reason.USED]),
        (Role.CUSTOMER, Category.AT_RISK, []),
        (Role.HOLDER, Category.SUSPECT, []),
    ],
)
def test_whoever_somebody_has_called_a_victim_or_at_risk_is_out(role, category, expected):
    """Every customer is at risk until somebody says otherwise: that alone says nothing of who controls a line."""
    assert reasons(stands=[HOLDS, Stands("another", role, date(2022, 1, 1), category=category)]) == expected


@pytest.mark.parametrize("grade", ["", "3B", "2E", "3E", "B", "2", "2BX", "B2", "not graded"])
def test_a_grade_that_is_none_or_cannot_be_read_is_no_evidence(grade):
    assert reasons(stands=[Stands("line", Role.HOLDER, DAY, grade=grade)]) == [Reason.NOT_EVIDENCED]


@pytest.mark.parametrize("grade", ["2B", "1a", "2 D", "2B P", "1A, handling C"])
def test_a_grade_is_read_as_people_write_it(grade):
    assert reasons(stands=[Stands("line", Role.HOLDER, DAY, grade=grade)]) == []


def test_two_are_linked_by_overlapping_days_on_evidence_and_not_by_what_came_later():
    def pair(**more):
        there = Stands(**{"where": "line", "role": Role.DEALER, "from_on": date(2022, 3, 1), "grade": "2B"} | more)
        return rules.links([somebody("a"), somebody("b", stands=[there])], day=DAY)

    assert pair() == [("a", "b")]
    assert pair(from_on=date(2021, 1, 1), until_on=date(2022, 2, 10)) == [("a", "b")]
    assert pair(from_on=date(2021, 1, 1), until_on=date(2022, 2, 9)) == []
    assert pair(where="another line") == []
    assert pair(grade="3E") == []
    assert pair(from_on=DAY + timedelta(days=1)) == []
    ended = Stands("line", Role.HOLDER, date(2022, 1, 1), date(2022, 2, 1), "2B")
    after = Stands("line", Role.HOLDER, date(2022, 2, 2), grade="2B")
    assert rules.links([somebody("a", stands=[ended]), somebody("b", stands=[after])], day=DAY) == []


def shown(cast, on=TODAY):
    return networks.shown(cast.analyst, on)


def names(found):
    return [row.person.given_name for row in found.rows]


def test_a_day_shows_who_controls_what_and_how_they_stand(cast):
    build.network(cast.analyst)
    found = shown(cast)
    assert names(found) == ["Ann", "Ben", "Cal", "Dee", "Eve", "Fay", "Gil", "Ivy", "Jon"]
    by_name = {row.person.given_name: row for row in found.rows}
    assert [line.brand for line in by_name["Cal"].lines] == ["Sorrel", "Teal", "Wren"]
    assert [row.linked_to for row in found.rows] == [2, 2, 4, 4, 2, 2, 0, 1, 1]
    assert by_name["Cal"].stands == by_name["Dee"].stands == "Most often between others"
    assert by_name["Ann"].stands == "Between no others"
    assert by_name["Gil"].stands == "Linked to nobody"
    assert (found.parts, found.pairs, found.possible_pairs) == ([8, 1], 28, 36)
    assert found.left_out == [
        (*networks.IN_WORDS[Reason.AGE_NOT_KNOWN][:1], 1, networks.IN_WORDS[Reason.AGE_NOT_KNOWN][1])
    ]
    assert found.in_question == 10


def test_sets_that_tie_are_all_named_or_none_is(cast):
    build.network(cast.analyst)
    two, three = shown(cast).best
    assert [[each.given_name for each in some] for some in two.named] == [["Cal", "Dee"]]
    assert two.pairs == 2
    assert three.found.ties == 4
    assert three.named == []
    assert min(each.found.k for each in shown(cast).best) == 2, "a figure beside one name would be a score of a person"


def test_between_two_ends_of_a_longer_row_some_stand_between_some():
    row = Network.of([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    words = networks.standing_in_words(row)
    assert words["b"] == words["d"] == "Between some others"
    assert words["c"] == "Most often between others"


def test_the_day_before_a_role_began_nobody_is_in_question(cast):
    build.network(cast.analyst)
    found = shown(cast, lines.WENT_ACTIVE - timedelta(days=1))
    assert (found.rows, found.in_question, found.rows_shown) == ([], 0, [])


def test_two_who_lead_one_group_are_linked_though_their_lines_differ(cast):
    by = cast.analyst
    ann, ben = (build.controls(by, build.adult(by, name), lines.active_line(by, brand=name)) for name in ("Ann", "Ben"))
    assert [row.linked_to for row in shown(cast).rows] == [0, 0]
    assert shown(cast).best == []
    group = groups.group(by)
    for each in (ann, ben):
        groups.directs(by, group, each)
    assert [row.linked_to for row in shown(cast).rows] == [1, 1]


@pytest.fixture
def boss(cast):
    return build.controls(cast.analyst, build.adult(cast.analyst), lines.active_line(cast.analyst))


def other_record(cast, boss, **more):
    other = build.adult(cast.analyst, "Victor", **more)
    people.say_same(by=cast.analyst, one=boss, other=other, reason="The same tattoo")
    return other


def test_a_sixteen_year_old_never_enters(cast):
    by, line = cast.analyst, lines.active_line(cast.analyst)
    child = build.adult(by, "Ash", born_on=date(2006, 1, 1))
    build.controls(by, child, line, role=Role.EXPLOITED_CHILD)
    build.controls(by, child, line, role=Role.DEALER)
    found = shown(cast)
    assert found.rows == []
    assert found.entering.left_out == {Reason.CHILD: 1, Reason.USED: 1}


def test_a_host_never_enters_whatever_was_recorded_of_them_and_wherever(cast, boss):
    assert names(shown(cast)) == ["Vic"]
    build.controls(cast.analyst, boss, lines.active_line(cast.analyst, brand="Teal"), role=Role.HOST)
    assert shown(cast).entering.left_out == {Reason.USED: 1}


def test_a_victims_role_takes_somebody_out_even_where_the_analyst_may_not_read_it(cast, boss):
    build.controls(cast.analyst, boss, lines.active_line(cast.analyst, brand="Teal"), role=Role.DEBT_BONDED)
    RoleOnLine.objects.filter(role=Role.DEBT_BONDED).update(marking=Marking.CUSTODIAN)
    assert shown(cast).rows == []


def test_whoever_is_called_a_victim_in_a_role_that_says_nothing_never_enters(cast, boss):
    line = lines.active_line(cast.analyst, brand="Teal")
    build.controls(cast.analyst, boss, line, role=Role.UNKNOWN, category=Category.VICTIM)
    assert shown(cast).entering.left_out == {Reason.USED: 1}


def test_somebody_with_a_national_referral_that_waits_never_enters(cast, boss):
    referral = referrals.begun(cast.sergeant, boss, path=Path.ADULT)
    assert shown(cast).entering.left_out == {Reason.VICTIM: 1}
    referrals.moved(cast.sergeant, referral, *referrals.OF_AN_ADULT)
    assert shown(cast).entering.left_out == {Reason.VICTIM: 1}


@pytest.mark.parametrize("what", ["host", "child", "referral"])
def test_what_is_known_under_another_record_of_theirs_takes_them_out(what, cast, boss):
    other = other_record(cast, boss, **({"born_on": date(2006, 1, 1)} if what == "child" else {}))
    assert names(shown(cast)) == ([] if what == "child" else ["Vic"])
    if what == "host":
        build.controls(cast.analyst, other, lines.active_line(cast.analyst, brand="Teal"), role=Role.HOST)
    if what == "referral":
        referrals.begun(cast.sergeant, other)
    assert shown(cast).rows == []


def test_two_records_of_one_person_are_one_person(cast, boss):
    other = other_record(cast, boss, born_on=None, born_precision="unknown")
    build.controls(cast.analyst, other, lines.active_line(cast.analyst, brand="Teal"))
    (row,) = shown(cast).rows
    assert [line.brand for line in row.lines] == ["Bracken", "Teal"]


def test_somebody_one_is_kept_away_from_is_neither_in_it_nor_counted(cast, boss):
    tied(cast, "analyst", boss, Tie.Kind.KEPT_AWAY)
    assert shown(cast).in_question == 0


def test_whoever_could_not_tell_who_is_a_victim_works_nothing_out(cast, boss):
    with pytest.raises(Forbidden, match="who may be a victim"):
        networks.shown(cast.evaluator, TODAY)


def test_a_search_that_is_stopped_says_what_it_did_not_try(cast):
    found = networks._best(Network.of([("a", "b"), ("b", "c")]), 1, {"a": "a", "b": "b", "c": "c"}, lambda: True)
    assert not found.found.exact
    assert (found.pairs, found.fewest, found.named) == (0, 0, [["b"]])


def test_a_stair_has_few_steps_named_and_none_where_nothing_goes_down(cast):
    build.network(cast.analyst)
    drawn = picture.draw(shown(cast).curve)
    assert drawn.steps.startswith("M44.0 30.0 V")
    assert [each.words for each in drawn.taken] == [0, 2, 4, 7]
    assert picture._some(100) == [0, 17, 34, 51, 68, 100]
    assert picture.draw(None) is None


def opened(as_, member="analyst", asked=""):
    return as_(member).get(reverse("force-networks") + asked)


def test_the_page_warns_first_and_puts_no_number_beside_a_name(cast, as_):
    build.network(cast.analyst)
    page = opened(as_).content.decode()
    main = page[page.index("<h1") :]
    assert main.index(WARNING) < main.index("<table")
    assert "Hal" not in main
    row = re.search(r"<tr[^>]*>\s*<th[^>]*><a[^>]*>Cal Boss</a>.*?</tr>", main, re.S).group()
    assert re.findall(r"\d+(?:\.\d+)?", re.sub(r"<[^>]+>|L-\d+", " ", row)) == ["4", "8"]
    assert "Not every set" not in main
    assert "download" not in main


def test_the_look_is_written_down_and_names_whom_it_showed_and_nobody_who_was_left_out(cast, as_):
    made = build.network(cast.analyst)
    opened(as_)
    (entry,) = Entry.objects.filter(event="looked:force-networks")
    looked_at = set(entry.subjects.values_list("name", flat=True))
    assert f"people.Person:{made['Cal'].pk}" in looked_at
    assert f"people.Person:{made['Hal'].pk}" not in looked_at


def test_an_empty_day_teaches_and_a_day_that_has_not_come_is_refused(cast, as_):
    assert "Nobody entered" in opened(as_).content.decode()
    build.controls(cast.analyst, build.adult(cast.analyst), lines.active_line(cast.analyst))
    page = opened(as_, asked="?on_day=1&on_month=1&on_year=2090").content.decode()
    assert "That day has not come" in page
    assert "One person: there is nobody to be linked to." in opened(as_).content.decode()


@pytest.mark.parametrize("member", ["officer", "sergeant", "lead"])
def test_nobody_but_an_analyst_opens_it(member, cast, as_):
    assert opened(as_, member).status_code == 403


@pytest.mark.slow
def test_it_asks_few_questions_however_many_there_are(cast, django_assert_max_num_queries):
    build.network(cast.analyst)
    with django_assert_max_num_queries(10):
        shown(cast)


def test_it_reads_well_on_a_phone_and_to_a_screen_reader(cast, open_page, sign_in, axe, fits, shot):
    build.network(cast.analyst)
    for width in (360, 1280):
        page = sign_in(open_page(width), cast.account("analyst"))
        page.goto(reverse("force-networks"))
        axe(page)
        fits(page)
        shot(page, f"force-networks-{width}")
