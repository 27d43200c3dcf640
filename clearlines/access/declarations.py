"""What each model says of itself, beside its fields: who owns a row, how long it is kept, who may be told,
and what a subject-access pack shows. Governance walks these; it never keeps a second list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clearlines.access.permissions import Permission


class Shown(StrEnum):
    """What a subject-access pack does with a field."""

    IN_FULL = "shown in full"
    THIRD_PARTIES_REDACTED = "shown with other people's details taken out"
    WITHHELD = "withheld, and the pack says that something may be"
    NOT_PERSONAL = "not about a person"


OWNED_FIELDS: Mapping[str, Shown] = {
    "id": Shown.NOT_PERSONAL,
    "owner": Shown.IN_FULL,
    "marking": Shown.NOT_PERSONAL,
    "created_at": Shown.IN_FULL,
    "created_by": Shown.THIRD_PARTIES_REDACTED,
    "version": Shown.NOT_PERSONAL,
}


@dataclass(frozen=True)
class Near:
    """Who stands near enough to read a row, where the role alone is not enough. Domain.md 1.3 and 7.

    Always: whoever is allocated to the person, on their panel, on duty, or has opened them in an emergency.
    """

    whole: Permission  # whoever may do this reads every row of the organisation
    accounts: tuple[str, ...] = ()  # paths from a row to an account that reads it: its worker, its crew, its author
    until_taken: str = ""  # a path: while nothing stands there, the whole team reads the row
    # A path of `accounts`, and what must be empty beside the account: whoever was taken off a visit is not near it.
    while_empty: Mapping[str, str] = field(default_factory=dict)

    def standing(self, path: str, account: object) -> dict[str, object]:
        """What one filter asks, so that all of it holds of the same row."""
        empty = self.while_empty.get(path)
        return {path: account} | ({f"{empty}__isnull": True} if empty else {})


@dataclass(frozen=True)
class Reader:
    """An organisation besides the owner that reads a row for good reason: the other half of a return, its reader."""

    path: str
    state: str = ""  # a field of the row, and the values of it while they read
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Declared:
    """`kept` names a rule of the programme's retention.toml; `owner` is the path from a row to its organisation.

    `about` are the paths from a row to the people (or letters) it is about: a named-person block hides it by them.
    """

    kept: str
    told: tuple[str, ...]
    pack: Mapping[str, Shown] = field(default_factory=dict)
    owner: str = "owner"
    about: tuple[str, ...] = ()
    near: Near | None = None
    # The row is made by one organisation for another to find: a letter, an offer, a report from the public.
    is_posted: bool = False
    # A path to an organisation that reads the row while `disclosed_while` holds, though another owns it.
    disclosed_to: str = ""
    disclosed_while: tuple[str, ...] = ()
    readers: tuple[Reader, ...] = ()
    # Published data about nobody, such as boundaries: every organisation of the programme reads it, always or while
    # the field named here is true.
    is_open: bool | str = False
    # A key to the row whose readers read this one too.
    read_with: str = ""

    def shown(self, name: str) -> Shown | None:
        return self.pack.get(name) or OWNED_FIELDS.get(name)


NOBODY = ("nobody outside the organisation that owns it",)
BY_LETTER = ("the organisation a letter is addressed to, under a live agreement, copied fields only",)
TOTALS = ("the commissioner, as totals with small numbers suppressed",)
WHOLE_PROGRAMME = ("every organisation in the programme",)

# The ledger stands on the ground and cannot import this; what it declares is written here.
GROUND: Mapping[str, Declared] = {
    "ledger.Entry": Declared(
        kept="ledger",
        owner="organisation",
        told=("the information manager of the organisation whose account acted",),
        pack=dict.fromkeys(["id", "partition", "at", "organisation", "kind", "event", "under"], Shown.NOT_PERSONAL)
        | {"actor": Shown.THIRD_PARTIES_REDACTED, "note": Shown.WITHHELD},
    ),
    "ledger.Subject": Declared(
        kept="ledger",
        owner="entry__organisation",
        told=("the information manager of the organisation whose account acted",),
        pack=dict.fromkeys(["id", "entry", "name"], Shown.NOT_PERSONAL),
    ),
    "ledger.Seal": Declared(
        kept="ledger",
        owner="entry__organisation",
        told=WHOLE_PROGRAMME,
        pack=dict.fromkeys(["id", "entry", "partition", "sequence", "hash", "sealed_at"], Shown.NOT_PERSONAL),
    ),
}
