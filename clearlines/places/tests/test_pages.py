import uuid

from django.urls import reverse

from clearlines.people.tests import build as people
from clearlines.places.models import Place
from clearlines.places.tests import build

SAID = {"kind": "caravan", "words": "Pitch 4, Sandscale Park", "town": "Barrow-in-Furness"}


def test_adding_a_place_from_the_page_leads_to_it(as_):
    client = as_("worker")
    answer = client.post(reverse("places-new"), SAID | {"new_id": str(uuid.uuid4())}, follow=True)
    assert "Pitch 4, Sandscale Park" in answer.content.decode()
    assert Place.objects.get().kind == "caravan"


def test_what_was_typed_stays_when_a_place_is_refused(as_):
    answer = as_("worker").post(reverse("places-new"), SAID | {"new_id": str(uuid.uuid4()), "postcode": "nonsense"})
    said = answer.content.decode()
    assert "is not a postcode: leave it out" in said
    assert "Sandscale Park" in said
    assert not Place.objects.exists()


def test_a_correction_is_shown_and_a_stale_one_is_refused_in_a_sentence(cast, as_):
    place, client = build.place(cast.worker), as_("worker")
    address = reverse("places-correct", args=[place.pk])
    assert "14 Slipway Street" in client.get(address).content.decode()
    assert client.post(address, SAID | {"seen": "1"}).status_code == 302
    assert "somebody changed this" in client.post(address, SAID | {"seen": "1"}).content.decode().lower()


def test_the_list_says_plainly_when_nothing_matches(cast, as_):
    build.place(cast.sergeant)
    assert "No exact match" in as_("worker").get(reverse("places-list"), {"q": "Slipway"}).content.decode()
    assert "No places yet" in as_("worker").get(reverse("places-list")).content.decode()
    assert "1 of 1" in as_("sergeant").get(reverse("places-list"), {"q": "slipway"}).content.decode()


def test_a_place_never_shows_who_lives_there(cast, as_):
    place = build.place(cast.worker, warning="A loose dog", never_alone=True)
    people.person(cast.worker, home=place, family_name="Unmistakable")
    said = as_("worker").get(reverse("places-place", args=[place.pk])).content.decode()
    assert "Nobody goes there alone" in said and "A loose dog" in said
    assert "Unmistakable" not in said


def test_markup_in_an_address_is_shown_as_it_was_typed(cast, as_):
    place = build.place(cast.worker, words="<script>alert(1)</script> مقهى 🏚")
    said = as_("worker").get(reverse("places-place", args=[place.pk])).content.decode()
    assert "<script>alert" not in said and "🏚" in said


def test_why_can_i_see_this_names_the_role_and_the_owner(cast, as_):
    said = as_("worker").get(reverse("why", args=["places.Place", build.place(cast.worker).pk])).content.decode()
    assert "Recovery worker" in said and "The Open Door Recovery Community" in said
