"""Domain scenario 45: who looked at this record in ninety days, one of them a neighbour; and the report as a file."""

import csv
import hashlib
import io

import pytest

from clearlines.access.viewer import Viewer
from clearlines.governance import actions, queries, timed
from clearlines.governance.tests import build
from clearlines.ledger import queries as ledger
from clearlines.ledger.actions import seal_waiting
from clearlines.ledger.models import Entry
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places

pytestmark = pytest.mark.slow


def test_s45_who_looked_at_this_record_with_the_neighbour_marked_and_the_report_hashed(cast, as_):
    home = places.place(cast.sergeant, words="Flat 2, 14 Duke St", town="Barrow-in-Furness")
    person = people.person(cast.sergeant, home=home, family_name="Ferris")
    for _ in range(3):
        people.person(cast.sergeant)
    # The officer lives in that street, and chose to say so.
    as_("officer").post("/governance/my-street/", {"do": "say", "words": "3 Duke Street", "town": "Barrow-in-Furness"})

    as_("analyst").get("/people/")
    as_("analyst").get("/people/", {"q": "ferris"})
    as_("sergeant").get(f"/people/{person.pk}/")
    as_("officer").get(f"/people/{person.pk}/")
    as_("stranger").get(f"/people/{person.pk}/")
    as_("worker").get(f"/people/{person.pk}/")
    seal_waiting()

    # The clock finds the neighbour's look, and tells the information manager alone.
    assert timed.go_through_new(build.the_machine(), timed.Watch(), 0.0) == 1
    manager = as_("police.information")
    assert "1 look that stands out" in manager.get("/governance/").content.decode()
    assert as_("officer").get("/governance/odd/").status_code == 403

    # She pastes the address of the record's page.
    found = manager.get("/governance/", {"name": f"https://clearlines.example/people/{person.pk}/"}, follow=True)
    page = found.content.decode()
    assert "In a list, 2 times" in page
    assert "Opened, once" in page
    assert page.index("Sam Birkett") < page.index("Dee Hartley"), "whoever should be asked about comes first"
    assert page.count("They live in the same street") == 2, "by whom, and look by look"
    assert "found by searching, in people" in page
    for hidden in ("Pat Outside", "Amy Postle"):
        assert hidden not in page, "another organisation's looks, which found nothing, are not told"

    # The report, and its hash in the ledger and on the page.
    address = f"/governance/looked/people.Person/{person.pk}/"
    file = manager.post(f"{address}report/", {"days": "90"})
    digest = hashlib.sha256(file.content).hexdigest()
    assert digest[:12] in file["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(file.content.decode())))
    looks = {(row[1], row[3], row[6]) for row in rows[2:]}
    assert ("officer", "opened", "They live in the same street") in looks
    assert {("analyst", "in a list", ""), ("analyst", "found by searching", ""), ("sergeant", "opened", "")} <= looks
    assert f"SHA-256 {digest}" in manager.get(address).content.decode()
    assert Entry.objects.get(event=actions.REPORTED).note == f"SHA-256 {digest}"

    # Asked, and settled; the chain is whole.
    odd = queries.open_odd_looks(Viewer.of(cast.account("police.information"))).get()
    said = {"outcome": "spoken", "found": "A delivery for the wrong flat; he will hand such visits on"}
    manager.post(f"/governance/odd/{odd.pk}/", said)
    assert "stand out" not in manager.get("/governance/").content.decode().split("<form")[0]
    seal_waiting()
    assert ledger.verify().intact
