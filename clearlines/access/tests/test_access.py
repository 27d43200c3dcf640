"""Who is asking: roles held on a day, the scope of a query, and the wrapper every action wears."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from clearlines.access import actions
from clearlines.access.models import RoleHeld
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Forbidden, Refused
from clearlines.access.viewer import Viewer
from clearlines.ledger.models import Entry
from clearlines.people import queries as people
from clearlines.people.tests import build
from tests.cast import NOON, TODAY


def test_a_role_that_has_ended_gives_nothing(cast):
    worker = cast.account("worker")
    RoleHeld.objects.filter(account=worker).update(until_on=TODAY - timedelta(days=1))
    assert not cast.worker.may(P.SEE_CARE)


def test_a_role_gives_its_permissions_until_the_end_of_its_last_day(cast):
    RoleHeld.objects.filter(account=cast.account("worker")).update(until_on=TODAY)
    assert cast.worker.may(P.SEE_CARE)


def test_a_closed_account_holds_no_role(cast):
    actions.close_account(by=cast.administrator, account=cast.account("worker"))
    assert cast.worker.permissions == cast.nobody.permissions


def test_only_whoever_manages_accounts_opens_one(cast):
    with pytest.raises(Forbidden):
        actions.open_account(
            by=cast.lead, username="new", full_name="New Person", organisation=cast.lead.organisation,
            roles=["recovery_worker"], from_on=TODAY,
        )  # fmt: skip


def test_a_charity_account_cannot_be_an_analyst(cast):
    with pytest.raises(Refused, match="Intelligence analyst"):
        actions.open_account(
            by=cast.administrator, username="new", full_name="New Person", organisation=cast.lead.organisation,
            roles=["analyst"], from_on=TODAY,
        )  # fmt: skip


def test_an_account_without_a_password_cannot_be_signed_in_to(cast):
    account = actions.open_account(
        by=cast.administrator, username="new", full_name="New Person", organisation=cast.lead.organisation,
        roles=[], from_on=TODAY,
    )  # fmt: skip
    assert not account.has_usable_password()


def test_people_are_seen_only_by_the_organisation_that_holds_them(cast):
    person = build.person(cast.worker)
    assert person in people.visible(cast.lead)
    for outsider in ("sergeant", "analyst", "stranger", "probation", "commissioner", "administrator", "nobody"):
        assert not people.visible(cast.viewer(outsider)).exists(), outsider
        with pytest.raises(Http404):
            people.person(cast.viewer(outsider), person.pk)


def test_a_volunteer_sees_nobody_even_in_their_own_organisation(cast):
    build.person(cast.worker)
    assert not people.visible(cast.volunteer).exists()


def test_a_double_click_makes_one_person_and_two_entries(cast):
    from uuid import uuid4

    key, before = uuid4(), Entry.objects.count()
    first = build.person(cast.worker, new_id=key)
    second = build.person(cast.worker, new_id=key)
    assert first.pk == second.pk
    assert people.visible(cast.worker).count() == 1
    assert Entry.objects.count() == before + 2


def test_somebody_elses_key_is_refused_without_saying_whose(cast):
    theirs = build.person(cast.officer)
    with pytest.raises(Refused, match="this page has been used before"):
        build.person(cast.worker, new_id=theirs.pk)


def test_the_public_can_do_one_thing(cast):
    assert cast.nobody.permissions == {P.MAKE_REPORT}
    assert cast.nobody.organisation_key == "public"


def test_only_the_example_programme_may_act_in_the_past(cast, settings):
    settings.IS_EXAMPLE = False
    with pytest.raises(RuntimeError):
        Viewer.in_the_past(cast.account("worker"), NOON)


def test_today_is_londons(cast):
    from datetime import UTC, datetime

    late = cast.viewer("worker", datetime(2022, 6, 14, 23, 30, tzinfo=UTC))
    assert late.today == date(2022, 6, 15)
