"""Which looks stand out. Worked out by the clock over what is new in the ledger; read only by information managers."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from clearlines.access.models import Account, Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.roles import ROLES
from clearlines.governance import rules
from clearlines.governance.actions import Drawn
from clearlines.governance.models import OddLook, OwnStreet
from clearlines.governance.states import Odd
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry, Subject
from clearlines.people.models import Person

PERSON = "people.Person:"
# A look at a list of fifty is no look at one neighbour in it; opening a record, or finding one of three, is.
FEW = 3
EACH_WEEK = 2
WEEK = timedelta(days=7)


def odd_among(entries: list[Entry]) -> Iterator[OddLook]:
    """Those looks at one person, or few, whose account lives in the same street or has the same family name."""
    shown = people_in(entries)
    few = {entry: keys for entry, keys in shown.items() if len(keys) <= FEW}
    people = {
        str(each.pk): each
        for each in Person.objects.filter(pk__in={key for keys in few.values() for key in keys}).select_related("home")
    }
    accounts = accounts_of({entry.actor for entry in entries})
    streets = streets_of(accounts.values())
    for entry in entries:
        account = accounts.get(entry.actor)
        for key in few.get(entry.pk, []) if account else []:
            person = people.get(key)
            # A record of the other side's is not theirs to know about, even here.
            if person and account and person.owner_id == entry.organisation == account.organisation_id:
                for why in marks(account, streets.get(account.pk), person):
                    yield OddLook(
                        owner_id=entry.organisation, why=why, account=account, entry=entry, record=f"{PERSON}{key}"
                    )


def marks(account: Account, street: OwnStreet | None, person: Person) -> list[Odd]:
    """Why somebody should ask what this account's look at this person was for."""
    found = []
    if street and person.home and rules.is_same_street(street, person.home):
        found.append(Odd.OWN_STREET)
    if rules.is_same_family_name(account.last_name, person.family_name):
        found.append(Odd.SAME_NAME)
    return found


def people_in(entries: Iterable[Entry]) -> dict[int, list[str]]:
    """For each entry, the keys of the people it shows."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Subject.objects.filter(entry__in=[entry.pk for entry in entries], name__startswith=PERSON)
    for entry, name in rows.values_list("entry", "name"):
        found[entry].append(name.removeprefix(PERSON))
    return found


def accounts_of(names: set[str]) -> dict[str, Account]:
    accounts = Account.objects.filter(username__in=names).select_related("organisation", "supervisor")
    return {account.username: account for account in accounts.prefetch_related("held")}


def streets_of(accounts: Iterable[Account]) -> dict[object, OwnStreet]:
    return {
        street.account_id: street for street in OwnStreet.objects.filter(account__in=[each.pk for each in accounts])
    }


def looks_in(organisation: Organisation, week: date) -> QuerySet[Entry]:
    """Every look at people in a week that begins on this Monday."""
    begins = timezone.make_aware(datetime.combine(week, time.min))
    looks = Entry.objects.filter(
        organisation=organisation.pk, kind=Kind.CONSULTATION, at__gte=begins, at__lt=begins + WEEK
    )
    return looks.filter(Exists(Subject.objects.filter(entry=OuterRef("pk"), name__startswith=PERSON))).order_by("pk")


def draw(organisation: Organisation, week: date, today: date) -> tuple[list[Drawn], int]:
    """Two looks of each account, by a lot that anybody can draw again; and how many accounts had nobody to ask."""
    by_actor: dict[str, list[Entry]] = defaultdict(list)
    for entry in looks_in(organisation, week).iterator(chunk_size=2000):
        by_actor[entry.actor].append(entry)
    accounts, drawn, unasked = accounts_of(set(by_actor)), [], 0
    managers = information_managers(organisation, today)
    for actor in sorted(set(by_actor) & set(accounts)):
        account = accounts[actor]
        supervisor = who_signs_off(account, managers, today)
        if supervisor is None:
            unasked += 1
            continue
        lot = random.Random(f"{organisation.pk} {week} {actor}")
        looks = by_actor[actor]
        drawn += [Drawn(entry, account, supervisor) for entry in lot.sample(looks, min(EACH_WEEK, len(looks)))]
    return drawn, unasked


def who_signs_off(account: Account, managers: list[Account], today: date) -> Account | None:
    """The supervisor; without one who may, an information manager; never the account itself."""
    supervisor = account.supervisor
    if supervisor and supervisor.pk != account.pk and may_sign_off(supervisor, today):
        return supervisor
    return next((each for each in managers if each.pk != account.pk), None)


def may_sign_off(account: Account, today: date) -> bool:
    return any(P.SIGN_OFF_LOOKS in ROLES[key].permissions for key in account.roles_on(today))


def information_managers(organisation: Organisation, today: date) -> list[Account]:
    accounts = Account.objects.filter(organisation=organisation, is_active=True, held__role="information_manager")
    found = accounts.prefetch_related("held").order_by("username").distinct()
    return [each for each in found if "information_manager" in each.roles_on(today)]


def far_more_than_peers(organisation: Organisation, week: date, today: date) -> Iterator[OddLook]:
    """Accounts that in a week opened far more people's records than others who hold the same role."""
    opened: dict[str, set[str]] = defaultdict(set)
    last: dict[str, Entry] = {}
    entries = [entry for entry in looks_in(organisation, week) if rules.way_of(entry.event) == "opened"]
    shown = people_in(entries)
    for entry in entries:
        if len(shown[entry.pk]) <= FEW:
            opened[entry.actor].update(shown[entry.pk])
            last[entry.actor] = entry
    accounts = accounts_of(set(opened))
    for actor in sorted(set(opened) & set(accounts)):
        for role in accounts[actor].roles_on(today):
            peers = [len(opened[each]) for each in accounts if each != actor and role in accounts[each].roles_on(today)]
            if rules.opened_far_more(len(opened[actor]), peers):
                words = (
                    f"In the week of {week:%-d %B %Y} they opened {len(opened[actor])} people’s records; "
                    f"others whose role is {ROLES[role].name.lower()} opened about {sorted(peers)[len(peers) // 2]}."
                )
                yield OddLook(
                    owner=organisation, why=Odd.FAR_MORE, account=accounts[actor], entry=last[actor], words=words
                )
                break
