"""From a name somebody said, to every record that may be about that person: people, letters, reports, crossings."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q

from clearlines.access.models import Tie
from clearlines.access.ties import standing_ties, tie
from clearlines.access.viewer import Viewer
from clearlines.conflicts import rules
from clearlines.conflicts.models import Conflict
from clearlines.people.models import Person, SameAs
from clearlines.referrals.models import Received
from clearlines.sharing.models import Disclosure, InformationRequest, Pointer, Question
from clearlines.triage.models import ReportToPerson


def spread(conflict: Conflict, *, by: Viewer, besides: Iterable[UUID] = ()) -> int:
    """Every record that may be about whom this conflict names, kept from its account. How many are newly so."""
    made = 0
    for row in rows_about(conflict, besides=besides):
        before = standing_ties(Tie.Kind.KEPT_AWAY, by.now).filter(account=conflict.account, row=row.pk).exists()
        tie(conflict.account, row, Tie.Kind.KEPT_AWAY, by=by, reason=reason_of(conflict))
        made += not before
    return made


def reason_of(conflict: Conflict) -> str:
    return f"conflict:{conflict.pk}"


def rows_kept_by(conflict: Conflict) -> list[UUID]:
    ties = Tie.objects.filter(account=conflict.account, kind=Tie.Kind.KEPT_AWAY, reason=reason_of(conflict))
    return [row for row in ties.values_list("row", flat=True) if row]


def rows_about(conflict: Conflict, *, besides: Iterable[UUID] = ()) -> Iterator[Model]:
    people = {person.pk: person for person in _people_named(conflict)}
    people |= Person.objects.filter(owner=conflict.owner_id).in_bulk([*besides, *_already(conflict)])
    people |= Person.objects.in_bulk(_same_as(set(people)))
    yield from people.values()
    yield from _letters(conflict, set(people))
    yield from _crossings(conflict)
    for link in ReportToPerson.objects.filter(person__in=people, undone_at=None).select_related("report"):
        yield link.report


def _people_named(conflict: Conflict) -> Iterator[Person]:
    for person in Person.objects.filter(_some_word_of(conflict, "family_name", "given_name", "known_as")):
        if person.owner_id == conflict.owner_id and rules.is_about(
            (person.given_name, person.family_name, person.known_as),
            person.born_on.year if person.born_on else None,
            given=conflict.given_name, family=conflict.family_name, year=conflict.born_year,
        ):  # fmt: skip
            yield person


def _letters(conflict: Conflict, people: set[UUID]) -> Iterator[Received]:
    """Letters about them, a letter that nobody has answered yet among them."""
    named = _some_word_of(conflict, "name")
    for letter in Received.objects.filter(named | Q(person__in=people), owner=conflict.owner_id):
        if letter.person_id in people or _may_be_named(conflict, letter.name):
            yield letter


def _crossings(conflict: Conflict) -> Iterator[Model]:
    """What was told or asked of them by name, at either end: it holds no key to anybody on this side."""
    named, here = _some_word_of(conflict, "name"), Q(owner=conflict.owner_id) | Q(to=conflict.owner_id)
    found = (
        Disclosure.objects.filter(named, here, revoked_at=None),
        Question.objects.filter(named, here),
        InformationRequest.objects.filter(named, here, withdrawn_at=None),
        Pointer.objects.filter(named, owner=conflict.owner_id),
    )
    yield from (row for rows in found for row in rows if _may_be_named(conflict, row.name))


def _may_be_named(conflict: Conflict, name: str) -> bool:
    given, _, family = name.partition(" ")
    wanted = {"given": conflict.given_name, "family": conflict.family_name}
    return rules.is_about((given, family, ""), None, **wanted, year=None)


def _some_word_of(conflict: Conflict, *fields: str) -> Q:
    """A first net in the database, wide; rules.is_about decides."""
    word = max(rules.words_of(conflict.family_name) or rules.words_of(conflict.given_name), key=len)
    found = Q()
    for name in fields:
        found |= Q(**{f"{name}__icontains": word})
    return found


def _already(conflict: Conflict) -> list[UUID]:
    """Records somebody pointed at: they stay kept away, whatever their name becomes."""
    ties = Tie.objects.filter(account=conflict.account, reason=reason_of(conflict), noun=Person._meta.label)
    return [row for row in ties.values_list("row", flat=True) if row]


def _same_as(found: set[UUID]) -> set[UUID]:
    """Everybody said to be one of these, by any chain of sayings."""
    fringe, everybody = set(found), set(found)
    while fringe:
        links = SameAs.objects.filter(Q(one__in=fringe) | Q(other__in=fringe), parted_at=None)
        fringe = {key for link in links for key in (link.one_id, link.other_id)} - everybody
        everybody |= fringe
    return everybody - found


def standing(moment: datetime) -> Iterator[Conflict]:
    yield from Conflict.objects.filter(ended_at=None).select_related("account")
