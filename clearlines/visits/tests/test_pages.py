from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clearlines.people.tests import build as people
from clearlines.visits import queries
from clearlines.visits.models import Appointment, VisitAccount
from clearlines.visits.tests import build

pytestmark = pytest.mark.slow
# Session, account, roles, and the ledger's own rows come on top of a page's twelve.
BESIDES = 10


def now(cast, username="worker", **before):
    return cast.viewer(username, timezone.now() - timedelta(**before))


def planned(**more):
    day = timezone.localdate() + timedelta(days=1)
    said = {
        "new_id": "11111111-1111-4111-8111-111111111111", "where": "elsewhere", "place_words": "The old lifeboat house",
        "on_day": day.day, "on_month": day.month, "on_year": day.year, "at": "14:30", "minutes": "30",
        "entry_basis": "public",
    }  # fmt: skip
    return said | more


def test_a_visit_is_planned_in_words_and_twice_pressed_is_once(cast, as_):
    client, crew = as_("worker"), [str(cast.account("worker").pk)]
    for _ in "ab":
        response = client.post(reverse("visits-new"), planned(crew=crew))
        assert response.status_code == 302
    assert Appointment.objects.get().place_words == "The old lifeboat house"


def test_nobody_is_named_who_was_not_offered(cast, as_):
    response = as_("worker").post(reverse("visits-new"), planned(crew=[str(cast.account("officer").pk)]))
    assert response.status_code == 200
    assert not Appointment.objects.exists()


def test_a_basis_that_is_the_polices_is_not_offered_to_the_charity(cast, as_):
    said = planned(crew=[str(cast.account("worker").pk)], entry_basis="warrant")
    assert b"Select a valid choice" in as_("worker").post(reverse("visits-new"), said).content
    assert b"A warrant" in as_("officer").get(reverse("visits-new")).content


def test_what_was_typed_stays_when_it_is_refused(cast, as_):
    visit = build.appointment(now(cast, hours=3), starts_at=timezone.now() - timedelta(hours=1))
    day = timezone.localdate()
    said = {
        "new_id": "11111111-1111-4111-8111-111111111111", "outcome": "no_reply", "entry": "invited", "arrived": "00:00",
        "on_day": day.day, "on_month": day.month, "on_year": day.year, "children": "not_known",
        "facts": "<script>alert(1)</script> 🚪 مرحبا",
    }  # fmt: skip
    page = as_("worker").post(reverse("visits-record", args=[visit.pk]), said).content.decode()
    assert "Nobody was met" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🚪 مرحبا" in page
    assert not VisitAccount.objects.exists()


def test_a_key_that_is_not_ones_own_is_not_there(cast, as_):
    theirs = people.person(cast.sergeant)
    assert as_("worker").get(reverse("visits-new") + f"?person={theirs.pk}").status_code == 404
    assert as_("worker").get(reverse("visits-new") + "?person=nonsense").status_code == 200


def test_neither_side_reads_the_others_pages(cast, as_):
    ours, theirs = build.accepted(now(cast), now(cast, "officer"), person=people.person(cast.worker))
    assert as_("officer").get(reverse("visits-appointment", args=[ours.pk])).status_code == 404
    assert as_("worker").get(reverse("visits-appointment", args=[theirs.pk])).status_code == 404
    offer = queries.offers(now(cast, "officer")).get()
    assert as_("worker").get(reverse("visits-offer", args=[offer.pk])).status_code == 404
    assert as_("stranger").get(reverse("visits-offer", args=[offer.pk])).status_code == 404
    assert b"Ferris" not in as_("officer").get(reverse("visits-appointment", args=[theirs.pk])).content


def test_the_pages_ask_the_database_few_questions(cast, as_, django_assert_max_num_queries):
    for _ in range(4):
        build.appointment(now(cast), person=people.person(cast.worker))
        done = build.account(now(cast), person=people.person(cast.worker))
        build.offer(now(cast, "officer"), now(cast))
    client = as_("worker")
    for address in (reverse("visits-home"), reverse("visits-appointment", args=[done.appointment_id])):
        client.get(address)
        with django_assert_max_num_queries(12 + BESIDES):
            assert client.get(address).status_code == 200


def when(on, at="10:00"):
    return {"on_day": on.day, "on_month": on.month, "on_year": on.year, "at": at}


def test_a_visit_is_moved_given_to_others_and_cancelled(cast, as_):
    visit, client = build.appointment(now(cast)), as_("worker")
    address = lambda verb: reverse(f"visits-{verb}", args=[visit.pk])  # noqa: E731
    after = timezone.localdate() + timedelta(days=3)
    client.post(address("move"), when(after) | {"seen": 1, "minutes": 20})
    client.post(address("crew"), {"seen": 2, "crew": [str(cast.account("lead").pk)]})
    visit = queries.appointment(now(cast), visit.pk)
    assert (timezone.localdate(visit.starts_at), visit.minutes) == (after, 20)
    assert [each.account for each in visit.going] == [cast.account("lead")]
    assert "Answer “Why is it not happening?”" in client.post(address("cancel"), {"seen": 3}).content.decode()
    client.post(address("cancel"), {"seen": 3, "why": "She is in hospital"})
    visit.refresh_from_db()
    assert (visit.state, visit.cancelled_why) == ("cancelled", "She is in hospital")
    page = client.post(address("move"), when(after) | {"seen": 4, "minutes": 20}).content.decode()
    assert "The visit is cancelled, so it cannot be moved." in page


def test_an_offer_is_taken_back_and_another_declined(cast, as_):
    first = build.offer(now(cast), now(cast, "officer"))
    ours = Appointment.objects.get(number=first.number)
    assert as_("worker").post(reverse("visits-take-back", args=[ours.pk])).status_code == 302
    second = build.offer(now(cast), now(cast, "officer"))
    as_("officer").post(reverse("visits-decline", args=[second.pk]), {"seen": 1, "why": "No car"})
    told = Appointment.objects.get(number=second.number, owner="charity")
    assert (told.joint, told.joint_why) == ("declined", "No car")
    assert b"No car" in as_("worker").get(reverse("visits-appointment", args=[told.pk])).content


def test_a_promise_at_the_door_is_kept_from_the_page(cast, as_):
    visit = build.appointment(now(cast, hours=3), starts_at=timezone.now() - timedelta(hours=1))
    soon = timezone.localdate() + timedelta(days=1)
    said = {"new_id": "11111111-1111-4111-8111-111111111111", "outcome": "seen", "entry": "outside", "arrived": "00:00",
            "left": "00:00", "children": "no", "kit": ["naloxone"], "promise": "Ring the landlord"}  # fmt: skip
    said |= {f"promise_by_{part}": getattr(soon, part) for part in ("day", "month", "year")}
    client = as_("worker")
    assert client.post(reverse("visits-record", args=[visit.pk]), said | when(timezone.localdate())).status_code == 302
    promised = visit.follow_ups.get()
    client.post(reverse("visits-promise-kept", args=[promised.pk]))
    promised.refresh_from_db()
    assert promised.done_by == cast.account("worker")
