"""No sequence of roles given and ended, duties, emergencies, blocks, transfers and markings ever shows a row that the
plain rules forbid, or hides one that they open. The oracle decides; it has not read the product.
"""

import contextlib
import os
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from clearlines.access import actions as access
from clearlines.access.markings import Marking
from clearlines.access.models import Account, RoleHeld, Tie
from clearlines.access.refusals import Forbidden, Refused
from clearlines.access.ties import tie, untie
from clearlines.access.viewer import Viewer
from clearlines.aftercare.tests import build as closings
from clearlines.care import actions as care
from clearlines.care.models import Case
from clearlines.care.queries import rows as care_queries
from clearlines.care.tests import build as cases
from clearlines.disruptions.tests import build as disruption_builds
from clearlines.groups.tests import build as group_builds
from clearlines.lines import actions as lines
from clearlines.lines import queries as line_queries
from clearlines.lines.states import Role
from clearlines.lines.tests import build as line_builds
from clearlines.people import actions as people
from clearlines.people import queries as people_queries
from clearlines.people.models import Person
from clearlines.people.tests import build as person_builds
from clearlines.places.tests import build as place_builds
from clearlines.referrals import actions as referrals
from clearlines.referrals import queries as referral_queries
from clearlines.referrals.models import Received
from clearlines.referrals.tests import build as letters
from clearlines.reports.tests import build as report_builds
from clearlines.safeguarding.tests import build as national
from clearlines.screening.tests import build as screenings
from clearlines.visits import actions as visits
from clearlines.visits import queries as visit_queries
from clearlines.visits.tests import build as visit_builds
from tests.cast import NOON, assemble
from tests.walls import oracle
from tests.walls.facts import KINDS, accounts_by_key, accounts_in_words, rows_of, ties_now

# Under a minute on one core of a laptop; more of a night: CLEARLINES_WALLS_EXAMPLES=500.
EXAMPLES = int(os.environ.get("CLEARLINES_WALLS_EXAMPLES", "8"))
# Everybody whose eyes are tried after every step.
EYES = (
    "sergeant", "officer", "analyst", "custodian", "lead", "worker", "peer", "volunteer", "supported",
    "charity.information", "food.club", "administrator", "stranger",
)  # fmt: skip
POLICE, CHARITY = ("sergeant", "officer", "analyst"), ("lead", "worker", "peer")
PARTNERS = ("food.club", "probation")
VISITORS = ("sergeant", "officer", "lead", "worker", "peer")
GIVEN_IN = {
    "police": ("manager", "visit_officer", "analyst", "custodian", "safeguarding_lead", "information_manager"),
    "other_force": ("manager", "visit_officer", "analyst"),
    "charity": ("project_lead", "recovery_worker", "volunteer", "safeguarding_lead", "information_manager"),
    "probation": ("referrer", "safeguarding_lead"),
    "food_club": ("referrer", "safeguarding_lead"),
    "host": ("administrator",),
}
# Ties that only this test makes: it keeps its own list of them. The rest the house's actions make.
TIED_HERE = {"panel", "opened", "on_duty", "kept_away"}
TIED_THERE = {"allocated", "themselves"}

who = st.sampled_from(EYES)
which = st.integers(0, 1000)
hours = st.integers(1, 72)


class Walls(RuleBasedStateMachine):
    """Its own book of accounts and ties is kept in plain dictionaries beside the house's tables."""

    def __init__(self) -> None:
        super().__init__()
        # One example is undone as a whole.
        self.undone = contextlib.ExitStack()
        self.undone.enter_context(transaction.atomic())
        self.cast, self.now = assemble(), NOON
        self.names = accounts_by_key()
        self.ties: list[dict[str, Any]] = []
        self.accounts = accounts_in_words()
        try:
            self.furnish()
        except BaseException:
            # Nobody tears down what was never built: what it left would fail every test after it.
            self.teardown()
            raise

    def furnish(self) -> None:
        """Something on both sides of the wall to begin with, so that the first step already meets rows."""
        worker, officer = self.viewer("worker"), self.viewer("officer")
        case = cases.plan(worker).case
        care.give_own_plan(by=worker, case=case, account=self.account("supported"))
        cases.measure(worker, case)
        screenings.begun(worker, person=case.person)
        visit_builds.account(worker, person=case.person, promise=("Bring the forms", worker.today))
        visit_builds.appointment(officer, person=person_builds.person(officer))
        disruption_builds.full_disruption(self.viewer("analyst"))
        disruption_builds.disruption(self.viewer("stranger"), about_words="The Marsh group")
        group_builds.full_group(self.viewer("analyst"))
        national.begun(officer)
        place_builds.place(officer)
        letters.received(self.viewer("food.club"), worker)
        report_builds.report(self.viewer("nobody"))
        closings.harm(worker, closings.told(self.viewer("analyst")), person=case.person)
        closings.harm(worker)
        closings.harm(officer, person=person_builds.person(officer))
        person_builds.person(self.viewer("stranger"))
        for told in KINDS:
            marked = self.pick(told.model.objects.all(), 1)
            told.model.objects.filter(pk=marked.pk if marked else None).update(marking=Marking.CUSTODIAN)
        self.bind("worker", person_builds.person(worker), "kept_away", until=None)
        # Each of these runs out when time passes, and must then be as if it had never been.
        self.somebody_covers_for_the_team("peer", 6)
        self.bind("officer", Person.objects.get(pk=case.person_id), "opened", until=self.now + timedelta(hours=3))
        self.a_role_is_given("volunteer", 1, 0, 1)
        self.bind("volunteer", Person.objects.get(pk=case.person_id), "opened", until=self.now + timedelta(hours=13))
        self.a_clearance_runs_out("analyst", "vetted_until", 1)
        self.a_clearance_runs_out("stranger", "trained_until", 0)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.close()

    def account(self, name: str) -> Account:
        return Account.objects.select_related("organisation").prefetch_related("held", "ties").get(username=name)

    def viewer(self, name: str) -> Viewer:
        return Viewer.in_the_past(self.account(name) if name != "nobody" else None, self.now)

    @property
    def today(self) -> date:
        return self.viewer("nobody").today

    def pick(self, rows: Any, number: int) -> Any:
        """One of the rows, the same one whenever this example runs again; nothing if there are none."""
        rows = list(rows.order_by("created_at", "pk"))
        return rows[number % len(rows)] if rows else None

    @contextlib.contextmanager
    def tried(self) -> Any:
        """A refusal is an answer like another: what it left behind is looked at all the same."""
        with contextlib.suppress(Refused, Forbidden, Http404), transaction.atomic():
            yield

    # What people do in a day.

    @rule(by=st.sampled_from((*POLICE, *CHARITY, *PARTNERS, "stranger")))
    def somebody_is_added(self, by: str) -> None:
        with self.tried():
            person_builds.person(self.viewer(by))

    @rule(by=st.sampled_from((*POLICE, *CHARITY)))
    def a_place_is_added(self, by: str) -> None:
        with self.tried():
            place_builds.place(self.viewer(by), words=f"{len(self.ties)} Slipway Street")

    @rule(by=st.sampled_from((*POLICE, *CHARITY, "stranger")), one=which, other=which)
    def two_records_are_said_to_be_one(self, by: str, one: int, other: int) -> None:
        viewer = self.viewer(by)
        mine = people_queries.visible(viewer)
        first, second = self.pick(mine, one), self.pick(mine, other)
        if first and first != second:
            with self.tried():
                people.say_same(by=viewer, one=first, other=second, reason="The same tattoo")

    @rule(by=st.sampled_from((*POLICE, *CHARITY)), number=which)
    def they_are_parted_again(self, by: str, number: int) -> None:
        viewer = self.viewer(by)
        if same := self.pick(people_queries.said_to_be_same(viewer), number):
            with self.tried():
                people.part(by=viewer, same=same, reason="Two tattoos")

    @rule(by=st.sampled_from(("sergeant", "analyst")), number=which)
    def somebody_is_put_on_a_line(self, by: str, number: int) -> None:
        viewer = self.viewer(by)
        person, line = self.pick(people_queries.visible(viewer), number), self.pick(line_queries.visible(viewer), 0)
        if person and line:
            with self.tried():
                lines.put_person_on_line(
                    by=viewer, line=line, person=person, role=Role.CARRIER, from_on=line_builds.WENT_ACTIVE
                )

    @rule(by=st.sampled_from((*POLICE, "worker")), number=which, names_a_line=st.booleans())
    def something_is_done_to_somebody(self, by: str, number: int, names_a_line: bool) -> None:
        viewer = self.viewer(by)
        if person := self.pick(people_queries.visible(viewer), number):
            line = self.pick(line_queries.visible(viewer), 0) if names_a_line else None
            with self.tried():
                done = disruption_builds.disruption(viewer, line=line, person=person, decided="another_act")
                disruption_builds.ddtro(viewer, done)

    @rule()
    def the_public_reports(self) -> None:
        report_builds.report(self.viewer("nobody"))

    @rule(by=st.sampled_from((*PARTNERS, "sergeant", "officer")), number=which, names_somebody=st.booleans())
    def a_letter_is_sent(self, by: str, number: int, names_somebody: bool) -> None:
        viewer = self.viewer(by)
        person = self.pick(people_queries.visible(viewer), number) if names_somebody else None
        with self.tried():
            letters.sent(viewer, person=person)

    @rule(by=st.sampled_from(CHARITY), to=st.sampled_from(CHARITY), number=which)
    def a_letter_is_taken(self, by: str, to: str, number: int) -> None:
        viewer = self.viewer(by)
        if letter := self.pick(referral_queries.received(viewer), number):
            with self.tried():
                referrals.acknowledge(by=viewer, received=letter, worker=self.account(to))

    @rule(by=st.sampled_from(CHARITY), number=which)
    def a_letter_is_accepted(self, by: str, number: int) -> None:
        viewer = self.viewer(by)
        if letter := self.pick(referral_queries.received(viewer), number):
            with self.tried():
                referrals.accept(by=viewer, received=letter)

    @rule(by=st.sampled_from(CHARITY), number=which)
    def somebody_is_screened(self, by: str, number: int) -> None:
        viewer = self.viewer(by)
        if person := self.pick(people_queries.visible(viewer), number):
            with self.tried():
                screenings.begun(viewer, person=person)

    @rule(by=st.sampled_from((*POLICE, "charity.information")), number=which)
    def signs_of_slavery_are_noted(self, by: str, number: int) -> None:
        viewer = self.viewer(by)
        if person := self.pick(people_queries.visible(viewer), number):
            with self.tried():
                national.begun(viewer, person)

    @rule(by=st.sampled_from(VISITORS), beside=st.sampled_from(VISITORS), number=which)
    def a_visit_is_planned(self, by: str, beside: str, number: int) -> None:
        viewer = self.viewer(by)
        crew = list({name: self.account(name) for name in (by, beside)}.values())
        with self.tried():
            person = self.pick(people_queries.visible(viewer), number)
            visit_builds.appointment(viewer, person=person, place_words="14 Slipway Street", crew=crew)

    @rule(by=st.sampled_from(VISITORS), instead=st.sampled_from(VISITORS), number=which)
    def somebody_else_goes(self, by: str, instead: str, number: int) -> None:
        viewer = self.viewer(by)
        if visit := self.pick(visit_queries.appointments(viewer), number):
            with self.tried():
                visits.send_others(by=viewer, appointment=visit, seen=visit.version, crew=[self.account(instead)])

    @rule(by=st.sampled_from(VISITORS))
    def a_visit_is_written_up(self, by: str) -> None:
        with self.tried():
            viewer = self.viewer(by)
            visit_builds.account(
                viewer, place_words="Somewhere", person=self.pick(people_queries.visible(viewer), 0),
                promise=("Ring on Monday", viewer.today),
            )  # fmt: skip

    @rule(by=st.sampled_from(("worker", "lead")), to=st.sampled_from(("sergeant", "officer")), join=st.booleans())
    def another_organisation_is_asked_along(self, by: str, to: str, join: bool) -> None:
        with self.tried():
            made = visit_builds.offer(self.viewer(by), self.viewer(to))
            if join:
                visits.accept_offer(by=self.viewer(to), offer=made, crew=[self.account(to)])

    @rule(by=st.sampled_from(CHARITY), to=st.sampled_from(CHARITY), number=which, with_plan=st.booleans())
    def somebody_joins_the_caseload(self, by: str, to: str, number: int, with_plan: bool) -> None:
        viewer = self.viewer(by)
        if person := self.pick(people_queries.visible(viewer), number):
            with self.tried():
                case = cases.case(viewer, person=person, worker=self.account(to))
                if with_plan:
                    cases.plan(viewer, case)
                    cases.measure(viewer, case)

    @rule(by=st.sampled_from(CHARITY), number=which)
    def a_case_ends(self, by: str, number: int) -> None:
        viewer = self.viewer(by)
        if case := self.pick(care_queries.caseload(viewer), number):
            with self.tried():
                care.close(by=viewer, case=case, seen=case.version, reason="moved")

    @rule(to=st.sampled_from(CHARITY), number=which)
    def a_case_changes_hands(self, to: str, number: int) -> None:
        if case := self.pick(Case.objects.all(), number):
            lead, account = self.viewer("lead"), self.account(to)
            Case.objects.filter(pk=case.pk).update(worker=account)
            untie(case.person_id, Tie.Kind.ALLOCATED, by=lead)
            tie(account, case.person, Tie.Kind.ALLOCATED, by=lead)

    # What changes who may look.

    @rule(name=who, number=which, ahead=st.integers(-2, 2), days=st.none() | st.integers(0, 5))
    def a_role_is_given(self, name: str, number: int, ahead: int, days: int | None) -> None:
        able = GIVEN_IN[self.accounts[name]["organisation"]]
        role, first = able[number % len(able)], self.today + timedelta(days=ahead)
        last = None if days is None else first + timedelta(days=days)
        RoleHeld.objects.create(account=self.account(name), role=role, from_on=first, until_on=last)
        self.accounts[name]["roles"].append({"role": role, "from": first, "until": last})

    @rule(name=who, number=which)
    def a_role_ends(self, name: str, number: int) -> None:
        held = self.accounts[name]["roles"]
        each, yesterday = held[number % len(held)], self.today - timedelta(days=1)
        if each["from"] <= yesterday and (each["until"] is None or each["until"] > yesterday):
            RoleHeld.objects.filter(
                account__username=name, role=each["role"], from_on=each["from"], until_on=each["until"]
            ).update(until_on=yesterday)
            for same in held:
                if (same["role"], same["from"], same["until"]) == (each["role"], each["from"], each["until"]):
                    same["until"] = yesterday

    @rule(name=who)
    def an_account_is_closed(self, name: str) -> None:
        with self.tried():
            access.close_account(by=self.viewer("administrator"), account=self.account(name))
        if not self.account(name).is_active:
            self.accounts[name]["is_active"] = False
            for held in self.accounts[name]["roles"]:
                held["until"] = held["until"] or max(self.today, held["from"])

    @precondition(lambda self: any(not each["is_active"] for each in self.accounts.values()))
    @rule(from_today=st.booleans())
    def a_closed_account_is_opened_again(self, from_today: bool) -> None:
        for name, each in self.accounts.items():
            if not each["is_active"]:
                Account.objects.filter(username=name).update(is_active=True)
                each["is_active"] = True
                if from_today:
                    self.a_role_is_given(name, 1, 0, None)
                return

    @rule(name=who, what=st.sampled_from(("vetted_until", "trained_until")), ahead=st.integers(-2, 2))
    def a_clearance_runs_out(self, name: str, what: str, ahead: int) -> None:
        last = self.today + timedelta(days=ahead)
        Account.objects.filter(username=name).update(**{what: last})
        self.accounts[name][what] = last

    @rule(name=who)
    def clearances_are_renewed(self, name: str) -> None:
        Account.objects.filter(username=name).update(vetted_until=None, trained_until=None)
        self.accounts[name] |= {"vetted_until": None, "trained_until": None}

    @rule(name=who, number=which, kind=st.sampled_from(("panel", "kept_away")), letter=st.booleans())
    def an_account_is_bound_to_somebody(self, name: str, number: int, kind: str, letter: bool) -> None:
        if row := self.pick((Received if letter else Person).objects.all(), number):
            self.bind(name, row, kind, until=None)

    @rule(name=who, number=which, hours=hours)
    def a_record_is_opened_in_an_emergency(self, name: str, number: int, hours: int) -> None:
        if row := self.pick(Person.objects.all(), number):
            self.bind(name, row, "opened", until=self.now + timedelta(hours=hours))

    @rule(name=who, hours=hours)
    def somebody_covers_for_the_team(self, name: str, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        Tie.objects.create(account=self.account(name), kind="on_duty", from_at=self.now, until_at=until)
        self.ties.append({"account": name, "kind": "on_duty", "row": None, "from": self.now, "until": until})

    @precondition(lambda self: self.ties)
    @rule(number=which)
    def a_tie_ends(self, number: int) -> None:
        """A block is lifted, an emergency is over, somebody leaves the panel or goes off duty early."""
        each = self.ties[number % len(self.ties)]
        if oracle.holds(each, self.now):
            Tie.objects.filter(
                account__username=each["account"], kind=each["kind"], row=each["row"], from_at=each["from"],
                until_at=each["until"],
            ).update(until_at=self.now)  # fmt: skip
            same = [other for other in self.ties if other == each]
            for other in same:
                other["until"] = self.now

    @rule(kind=st.sampled_from(KINDS), number=which, marking=st.sampled_from(["custodian", *Marking.values]))
    def a_row_is_marked(self, kind: Any, number: int, marking: str) -> None:
        if row := self.pick(kind.model.objects.all(), number):
            kind.model.objects.filter(pk=row.pk).update(marking=marking)

    @rule(hours=st.sampled_from((1, 3, 6)))
    def some_hours_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def half_a_day_passes(self) -> None:
        self.now += timedelta(hours=13)

    @rule(days=st.sampled_from((1, 2)))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    def bind(self, name: str, row: Any, kind: str, until: datetime | None) -> None:
        standing = [each for each in self.ties if each["kind"] == kind and oracle.holds(each, self.now)]
        if not any(each["account"] == name and each["row"] == row.pk for each in standing):
            tie(self.account(name), row, Tie.Kind(kind), by=self.viewer("lead"), until_at=until)
            self.ties.append({"account": name, "kind": kind, "row": row.pk, "from": self.now, "until": until})

    # What is true after every step.

    def check_invariants(self, *args: Any, **kwargs: Any) -> None:
        super().check_invariants(*args, **kwargs)
        self.everybody_sees_exactly_what_the_rules_open()

    def everybody_sees_exactly_what_the_rules_open(self) -> None:
        ties = self.ties + ties_now(TIED_THERE, self.names)
        rows = [(told, list(rows_of(told, self.names))) for told in KINDS]
        for name in EYES:
            viewer, account = self.viewer(name), self.accounts[name]
            for told, facts in rows:
                opened = {row["key"] for row in facts if oracle.sees(account, ties, row, self.now)}
                answered = list(told.asked(viewer).values_list("pk", flat=True))
                assert set(answered) == opened, f"{name} and the {told.kind}"
                assert len(answered) == len(set(answered)), f"{name} sees a {told.kind} twice"


@pytest.mark.slow
def test_no_sequence_of_acts_shows_what_the_rules_forbid(db):
    run_state_machine_as_test(
        Walls,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=30, deadline=None, print_blob=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )  # fmt: skip
