"""The people one's own organisation has dealt with. Nothing here ever looks across the wall."""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.people.models import Person, SameAs


def visible(viewer: Viewer) -> QuerySet[Person]:
    people = Person.objects.select_related("home").order_by("family_name", "given_name", "known_as", "pk")
    return own(viewer, people, needs=P.SEE_PEOPLE)


def person(viewer: Viewer, key: uuid.UUID) -> Person:
    return the_one(visible(viewer), key)


def matching(viewer: Viewer, words: str) -> QuerySet[Person]:
    """People any of whose names holds each word typed."""
    found = visible(viewer)
    for word in words.split()[:8]:
        found = found.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(known_as__icontains=word)
        )
    return found


def said_to_be_same(viewer: Viewer) -> QuerySet[SameAs]:
    rows = SameAs.objects.filter(parted_at=None, one__marking__in=viewer.markings, other__marking__in=viewer.markings)
    return own(viewer, rows.select_related("one", "other", "created_by"), needs=P.SEE_PEOPLE)


def sayings_about(viewer: Viewer, person: Person) -> QuerySet[SameAs]:
    return said_to_be_same(viewer).filter(Q(one=person) | Q(other=person)).order_by("created_at", "pk")


def saying(viewer: Viewer, person: Person, key: uuid.UUID) -> SameAs:
    return the_one(sayings_about(viewer, person), key)


def cluster(viewer: Viewer, person: Person) -> list[Person]:
    """Everybody said to be the same as this person, by any chain of sayings, this one first."""
    found, fringe = {person.pk: person}, [person.pk]
    while fringe:
        links = said_to_be_same(viewer).filter(Q(one__in=fringe) | Q(other__in=fringe))
        new = {each.pk: each for link in links for each in (link.one, link.other) if each.pk not in found}
        found |= new
        fringe = list(new)
    return list(found.values())


def clusters(viewer: Viewer, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The same for many at once, as keys: who each of these is said to be the same as, they themselves among them."""
    found = {key: {key} for key in keys}
    fringe = set(found)
    while fringe:
        links = said_to_be_same(viewer).filter(Q(one__in=fringe) | Q(other__in=fringe))
        fringe = set()
        for one, other in links.values_list("one", "other"):
            for cluster in found.values():
                if (one in cluster) != (other in cluster):
                    fringe |= {one, other} - cluster
                    cluster |= {one, other}
    return found
