"""'Why can I see this?' on every record: role, what brings one near, agreement, until when."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from clearlines.access.models import Account, RoleHeld, Tie
from clearlines.access.tests.build import put_on_duty, tied
from clearlines.access.why import STANDS, why_seen
from clearlines.care.tests import build as care
from clearlines.desk.records import RECORDS
from clearlines.people.tests import build as someone
from clearlines.referrals.tests import build as letters
from clearlines.visits.tests import build as visits
from tests.cast import NOON, TODAY

TEMPLATES = Path(__file__).parents[2]


def why(cast, username, row):
    kind = RECORDS[row._meta.label]
    assert kind.visible(cast.viewer(username)).filter(pk=row.pk).exists()
    return why_seen(cast.viewer(username), row, needs=kind.needs)


@pytest.mark.parametrize("noun", RECORDS)
def test_every_kind_has_a_page_a_query_and_somebody_who_may(noun, cast):
    kind = RECORDS[noun]
    assert kind.visible(cast.sergeant).model is apps.get_model(noun)
    assert reverse(kind.page, args=[uuid4()])
    assert any(cast.viewer(name).may(each) for name in cast.accounts for each in kind.needs)


@pytest.mark.parametrize("noun", RECORDS)
def test_every_way_an_account_stands_on_a_record_has_words(noun):
    near = apps.get_model(noun).declared.near
    assert {path.split("__")[-1] for path in (near.accounts if near else ())} <= STANDS.keys()


def test_every_record_head_asks_why():
    heads = [
        (path.name, head)
        for path in TEMPLATES.glob("*/templates/**/*.html")
        for head in re.findall(r"{% record_head .*?%}", path.read_text(), flags=re.S)
    ]
    assert len(heads) > 10
    about_accounts = {"member.html", "account.html"}
    assert not [head for name, head in heads if "record=" not in head and name not in about_accounts]


def test_it_names_the_role_and_until_when_it_is_held(cast):
    RoleHeld.objects.filter(account=cast.account("worker")).update(until_on=TODAY + timedelta(days=9))
    Account.objects.filter(username="worker").update(vetted_until=TODAY + timedelta(days=30))
    said = why(cast, "worker", someone.person(cast.worker))
    assert [(role.name, role.until) for role in said.roles] == [("Recovery worker", TODAY + timedelta(days=9))]
    assert said.until == ["your vetting holds until 14 July 2022"]
    assert not said.nearness


def test_it_says_what_brings_somebody_near(cast):
    case = care.case(cast.lead)
    assert why(cast, "lead", case).nearness[-1].startswith("you answer for the whole team")
    tied(cast, "worker", case.person, Tie.Kind.ALLOCATED)
    assert why(cast, "worker", case).nearness == ["they are allocated to you, since 14 June 2022"]
    put_on_duty(cast, "worker", hours=8)
    assert "you are on duty for the whole team, until 20:00 on 14 June 2022" in why(cast, "worker", case).nearness


def test_it_says_that_an_emergency_ends(cast):
    case = care.case(cast.lead)
    tied(cast, "worker", case.person, Tie.Kind.OPENED, until_at=NOON + timedelta(hours=1))
    assert why(cast, "worker", case).nearness == [
        "you opened their records in an emergency, until 13:00 on 14 June 2022"
    ]


def test_a_letter_names_its_agreement_and_when_that_ends(cast):
    letter = letters.received(cast.food_club, cast.worker)
    said = why(cast, "worker", letter)
    assert said.nearness == ["nobody has taken it yet, so your whole team can see it"]
    assert len(said.agreements) == 1
    assert "it ends on" in said.agreements[0]


def test_a_visit_says_who_goes(cast):
    assert "you are one of those who go" in why(cast, "officer", visits.appointment(cast.officer)).nearness


def test_a_record_one_cannot_see_has_no_answer_and_neither_has_a_kind_that_is_not_there(cast, as_):
    worker = as_("worker")
    for noun, key in [("people.Person", someone.person(cast.sergeant).pk), ("access.Account", uuid4()), ("x", uuid4())]:
        assert worker.get(reverse("why", args=[noun, key])).status_code == 404


@pytest.mark.browser
def test_why_fits_a_phone_though_the_records_number_is_long(phone, sign_in, cast, axe, fits):
    row = someone.person(cast.lead)
    sign_in(phone, cast.account("lead")).goto(reverse("why", args=["people.Person", row.pk]))
    fits(phone)
    axe(phone)
