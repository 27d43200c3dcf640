"""Say whom one knows, keep a colleague away, and lift it again."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from clearlines.access.acts import action, already, locked
from clearlines.access.models import Account, Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.ties import untie
from clearlines.access.viewer import Viewer
from clearlines.conflicts import rules, spreading
from clearlines.conflicts.models import Conflict
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people.models import Person


@action(may=P.KEEP_AWAY, across="whoever is kept away must not be the one whose eyes decide what to hide")
def declare(
    *, by: Viewer, new_id: uuid.UUID | None = None, given_name: str = "", family_name: str = "",
    born_year: int | None = None, is_self: bool = False, relation: str = "",
) -> Conflict:  # fmt: skip
    """From now on nothing about this person. The answer is the same whether or not anybody is on record."""
    if conflict := already(Conflict.objects.all(), new_id, by=by):
        ledger.record("conflicts.declared_again", kind=Kind.ACCESS, by=by, about=[conflict])
        return conflict
    refuse_if(rules.reasons_not_to_declare(names=[given_name, family_name], is_self=is_self, relation=relation))
    return _keep_away(by, by.themselves, Named(given_name, family_name, born_year, relation, is_self), new_id=new_id)


@action(may=P.KEEP_AWAY, across="whoever is kept away must not be the one whose eyes decide what to hide")
def keep_me_away(*, by: Viewer, person: Person, relation: str) -> Conflict:
    """From a record that is open: this one, and every other that may be the same person."""
    refuse_if(rules.reasons_not_to_declare(names=[person.name], is_self=False, relation=relation))
    return _keep_away(by, by.themselves, _named(person, relation), besides=[person.pk])


@action(may=P.KEEP_COLLEAGUES_AWAY, across="whoever is kept away must not be the one whose eyes decide what to hide")
def keep_colleague_away(*, by: Viewer, account: Account, person: Person, relation: str) -> Conflict:
    """A lead's decision, for a conflict or for safety. The colleague is not told by the system."""
    if account.organisation_id != by.organisation_key:
        raise Refused(["choose one of your own colleagues"])
    refuse_if(rules.reasons_not_to_declare(names=[person.name], is_self=False, relation=relation))
    return _keep_away(by, account, _named(person, relation), besides=[person.pk])


@action(may=P.SEE_CONFLICTS, across="what one person is kept away from is not for their own eyes to find")
def lift(*, by: Viewer, conflict: Conflict, why: str) -> Conflict:
    """They may see this person again, unless something else they said still keeps them away."""
    conflict = locked(Conflict.objects.filter(owner=by.organisation), conflict)
    refuse_if(
        rules.reasons_not_to_lift(
            ended=conflict.ended_at is not None, is_own=conflict.account_id == by.themselves.pk, why=why
        )
    )
    conflict.ended_at, conflict.ended_by, conflict.ended_why = by.now, by.account, why
    conflict.version += 1
    conflict.save()
    for row in spreading.rows_kept_by(conflict):
        untie(row, Tie.Kind.KEPT_AWAY, by=by, account=conflict.account)
    # What another conflict of the same account still covers is tied again in the same transaction.
    for other in Conflict.objects.filter(account=conflict.account, ended_at=None):
        spreading.spread(other, by=by)
    ledger.record("conflicts.lifted", kind=Kind.ACCESS, by=by, about=[conflict])
    return conflict


@dataclass(frozen=True)
class Named:
    """Whom a conflict is about, as somebody said it."""

    given_name: str
    family_name: str
    born_year: int | None
    relation: str
    is_self: bool = False


def _named(person: Person, relation: str) -> Named:
    born_year = person.born_on.year if person.born_on else None
    return Named(person.given_name or person.known_as, person.family_name, born_year, relation)


def _keep_away(
    by: Viewer, account: Account, named: Named, *, new_id: uuid.UUID | None = None, besides: Iterable[uuid.UUID] = ()
) -> Conflict:
    conflict = Conflict.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now, account=account,
        **asdict(named),
    )  # fmt: skip
    spreading.spread(conflict, by=by, besides=besides)
    # What it hid is in the ties and not named here: a ledger page must not tell what was found.
    ledger.record("conflicts.declared", kind=Kind.ACCESS, by=by, about=[conflict])
    return conflict
