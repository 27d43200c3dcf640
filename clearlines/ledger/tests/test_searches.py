"""What was searched for can be asked about by whoever knows the words, and read by nobody."""

from clearlines.ledger import actions, queries
from clearlines.ledger.models import Subject
from clearlines.ledger.searches import names_of_search
from clearlines.ledger.tests.build import Someone
from tests.cast import NOON


def search(words, organisation="charity"):
    by = Someone(organisation_key=organisation)
    about = ["people.list", *names_of_search(organisation, words)]
    return actions.record("looked:people-list", kind="consultation", by=by, about=about)


def found(words, organisation="charity"):
    return list(queries.searches_for(Someone(organisation_key=organisation), words, NOON))


def test_whoever_knows_the_words_learns_who_searched(db):
    entry = search("Robin Ash")
    for words in ("Robin Ash", "ash robin", "ROBIN", "Äsh"):
        assert found(words) == [entry], words
    assert not found("Robin Elm")
    assert not found("Rob")
    assert not found("  ")


def test_the_words_are_nowhere_in_the_ledger(db):
    search("Robin Ash")
    assert not [name for name in Subject.objects.values_list("name", flat=True) if "robin" in name.lower()]


def test_two_organisations_searches_cannot_be_compared(db):
    assert set(names_of_search("charity", "Robin")).isdisjoint(names_of_search("police", "Robin"))
    search("Robin Ash", "police")
    assert not found("Robin Ash")


def test_a_new_key_does_not_hide_an_old_search(db, settings):
    entry = search("Robin Ash")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert found("Robin Ash") == [entry]


def test_people_places_and_lines_all_keep_their_searches_so(cast, as_):
    for address in ("/people/", "/places/", "/lines/find/"):
        before = len(found("bracken", "police"))
        assert as_("sergeant").get(address, {"q": "Bracken"}).status_code == 200
        assert len(list(queries.searches_for(cast.sergeant, "bracken", NOON))) == before + 1
