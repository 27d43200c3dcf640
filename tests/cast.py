"""The people of every test, each with their own eyes. They are the example programme's own accounts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from clearlines.access.models import Account
from clearlines.access.programme import open_teams
from clearlines.access.viewer import Viewer

# The day on which every test happens, unless it says otherwise: a Tuesday, at noon in summer time.
TODAY = date(2022, 6, 14)
NOON = datetime(2022, 6, 14, 11, 0, tzinfo=UTC)
BEFORE_IT_ALL = date(2021, 12, 1)

# username → who they are, for the tables that people read.
MEMBERS = {
    "sergeant": "the detective sergeant who manages the programme",
    "officer": "a visit officer",
    "analyst": "an intelligence analyst",
    "custodian": "the source custodian",
    "police.information": "the police's information manager",
    "lead": "the charity's project lead",
    "worker": "a recovery worker",
    "volunteer": "a volunteer",
    "supported": "a person supported, on their own account",
    "charity.information": "the charity's information manager and safeguarding lead",
    "probation": "a probation practitioner",
    "food.club": "a food-club lead",
    "surgery": "a surgery whose agreement runs out",
    "commissioner": "the commissioner's performance officer",
    "evaluator": "a university evaluator",
    "administrator": "whoever runs the machine",
    "stranger": "a sergeant of another force, who must see nothing here",
    "nobody": "a member of the public, not signed in",
}


@dataclass
class Cast:
    """`cast.worker` is a Viewer on the day of the test; `cast.account("worker")` is who signs in."""

    accounts: dict[str, Account]

    def account(self, username: str) -> Account:
        return self.accounts[username]

    def viewer(self, username: str, moment: datetime = NOON) -> Viewer:
        """Asked for again each time, so that a role given or ended in a test is seen."""
        account = Account.objects.select_related("organisation").filter(username=username).first()
        return Viewer.in_the_past(account, moment)

    def __getattr__(self, name: str) -> Viewer:
        username = name.replace("_", ".") if name.replace("_", ".") in self.accounts else name
        if username not in self.accounts and username not in ("nobody", "public"):
            raise AttributeError(name)
        return self.viewer(username)


def assemble() -> Cast:
    return Cast(open_teams(by=Viewer.setting_up(), from_on=BEFORE_IT_ALL, with_password=True))
