"""A charity with many cases, made in bulk: a hundred thousand real verbs would take an hour. Used by access.py."""

import random
from typing import Any


class Furnished:
    """Cases of one charity, fifty accounts between them, and four hundred ties that keep somebody away."""

    def __init__(self, cases: int) -> None:
        from django.db import connection, transaction

        from clearlines.access.models import Account
        from clearlines.access.programme import open_teams
        from clearlines.access.viewer import Viewer

        self.random = random.Random(25)
        self.now = Viewer.setting_up().now
        open_teams(by=Viewer.setting_up(), from_on=self.now.date().replace(year=self.now.year - 1), with_password=False)
        with transaction.atomic():
            self.accounts = self.colleagues(50)
            self.people = self.somebody(cases)
            self.caseload(self.people)
            self.blocks(400)
        with connection.cursor() as cursor:
            # What the server does by itself soon after so many rows were written.
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        self.lead = Account.objects.get(username="lead")

    def colleagues(self, how_many: int) -> list[Any]:
        from clearlines.access.models import Account, RoleHeld

        made = [
            Account(
                username=f"bench.{n}", first_name="Worker", last_name=str(n), organisation_id="charity", password="!"
            )
            for n in range(how_many)
        ]
        Account.objects.bulk_create(made)
        since = self.now.date().replace(year=self.now.year - 1)
        # Half answer for the whole team and read every case; half read their own.
        RoleHeld.objects.bulk_create(
            RoleHeld(account=each, role="project_lead" if n % 2 else "recovery_worker", from_on=since)
            for n, each in enumerate(made)
        )
        return made

    def somebody(self, how_many: int) -> list[Any]:
        from clearlines.people.models import Person

        made = [
            Person(
                owner_id="charity", created_at=self.now, given_name=f"Given{n % 977}", family_name=f"Family{n % 7919}"
            )
            for n in range(how_many)
        ]
        Person.objects.bulk_create(made, batch_size=2000)
        return made

    def caseload(self, people: list[Any]) -> None:
        from clearlines.care.models import Case, Plan

        whose = {"owner_id": "charity", "created_at": self.now}
        cases = [
            Case(**whose, person=person, worker=self.accounts[n % len(self.accounts)], opened_on=self.now.date(),
                 consent_to_support="given", consent_on=self.now.date())
            for n, person in enumerate(people)
        ]  # fmt: skip
        Case.objects.bulk_create(cases, batch_size=2000)
        # One in twenty has a plan: sealing a plan's words is another measure's business.
        Plan.objects.bulk_create((Plan(**whose, case=case, own_words="Mine") for case in cases[::20]), batch_size=2000)

    def blocks(self, how_many: int) -> None:
        from clearlines.access.models import Tie

        Tie.objects.bulk_create(
            Tie(account=self.accounts[n % len(self.accounts)], kind="kept_away", noun="people.Person", from_at=self.now,
                row=self.random.choice(self.people).pk)
            for n in range(how_many)
        )  # fmt: skip

    def viewer(self, number: int = 1) -> Any:
        from clearlines.access.models import Account
        from clearlines.access.viewer import Viewer

        rows = Account.objects.select_related("organisation").prefetch_related("held", "ties")
        return Viewer.of(rows.get(username=f"bench.{number}"))
