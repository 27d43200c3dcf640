"""Whether something may be told, under an agreement, today: with no database."""

from dataclasses import dataclass
from datetime import date

from clearlines.access.roles import ROLES
from clearlines.access.rules import reasons_not_to_give_role, reasons_not_to_share


@dataclass(frozen=True)
class Paper:
    title: str = "Police to charity"
    sender_kinds: tuple = ("police",)
    recipient_kinds: tuple = ("charity",)
    fields: tuple = ("name", "why")
    from_on: date = date(2022, 1, 1)
    until_on: date = date(2022, 12, 31)


def reasons(paper=Paper(), fields=("name",), today=date(2022, 6, 1), sender="police", recipient="charity"):
    return list(reasons_not_to_share(paper, sender_kind=sender, recipient_kind=recipient, fields=fields, today=today))


def test_a_live_agreement_covers_the_fields_it_names():
    assert reasons() == []
    assert reasons(fields=("name", "why")) == []


def test_the_first_and_the_last_day_count():
    assert reasons(today=date(2022, 1, 1)) == reasons(today=date(2022, 12, 31)) == []


def test_an_agreement_that_ended_yesterday_covers_nothing():
    assert reasons(today=date(2023, 1, 1)) == [
        "'Police to charity' ended on 31 December 2022: ask the information manager to renew it"
    ]


def test_an_agreement_that_begins_tomorrow_covers_nothing():
    assert reasons(today=date(2021, 12, 31)) == ["'Police to charity' begins on 1 January 2022"]


def test_a_field_the_agreement_does_not_name_stays_where_it_is():
    assert reasons(fields=("name", "convictions")) == ["'Police to charity' does not cover: convictions"]


def test_an_agreement_works_one_way():
    assert reasons(sender="charity", recipient="police")


def test_without_an_agreement_nothing_is_told():
    assert reasons(paper=None) == ["no sharing agreement between the two organisations covers this"]


def test_a_role_is_held_only_where_it_belongs():
    said = list(reasons_not_to_give_role([ROLES["analyst"], ROLES["recovery_worker"]], kind="charity"))
    assert said == ["'Intelligence analyst' is not a role that is held in this kind of organisation"]
