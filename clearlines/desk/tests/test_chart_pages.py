"""The chart's pages and files: open to whoever sees lines, told to the ledger, and silent about what is hidden."""

import networkx
import pytest
from django.urls import reverse

from clearlines.access.markings import Marking
from clearlines.ledger.models import Entry
from clearlines.lines.tests import build as lines
from tests.cast import NOON
from tests.walls import hiding
from tests.walls.seen import ask

CHART, FILE = reverse("force-chart"), reverse("force-chart-download")


@pytest.fixture(autouse=True)
def still(monkeypatch) -> None:
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: NOON)


def looked_at() -> tuple[str, set[str]]:
    entry = Entry.objects.order_by("pk").last()
    return entry.event, set(entry.subjects.values_list("name", flat=True))


def test_the_page_says_in_words_what_it_draws_and_names_every_row_to_the_ledger(cast, as_):
    line = lines.full_line(cast.analyst)
    body = as_("officer").get(CHART, {"line": line.pk}).content.decode()
    assert "5 links among 6 things on 14 June 2022" in body
    assert body.index("People who are exploited: 1 link") < body.index("People who run, sell or carry: 1 link")
    event, rows = looked_at()
    assert event == "looked:force-chart"
    assert rows >= {f"lines.Line:{line.pk}", *(f"people.Person:{each.person_id}" for each in line.roles.all())}


def test_nothing_is_drawn_where_nothing_is_linked(cast, as_):
    line = lines.line(cast.analyst, exporter_area="")
    body = as_("officer").get(CHART, {"line": line.pk}).content.decode()
    assert "Nothing is linked with it on 14 June 2022" in body and "chart.js" not in body


def test_what_was_typed_to_find_somebody_is_kept_for_the_ledger_and_never_in_words(cast, as_):
    lines.full_line(cast.analyst)
    assert "Ash Young" in as_("officer").get(CHART, {"q": "young"}).content.decode()
    _, rows = looked_at()
    assert not any("young" in each.lower() for each in rows) and len(rows) == 3


def test_nothing_typed_into_the_address_is_read_as_markup(cast, as_):
    body = as_("officer").get(CHART, {"town": "</script><b>x"}).content.decode()
    assert "<b>x" not in body


def test_a_file_is_marked_opens_again_and_is_written_down(cast, as_):
    line = lines.full_line(cast.analyst)
    given = as_("officer").get(FILE, {"line": line.pk, "as": "graphml"})
    assert 'filename="chart-2022-06-14-OFFICIAL-SENSITIVE.graphml"' in given["Content-Disposition"]
    assert len(networkx.parse_graphml(given.content.decode()).nodes) == 6
    assert looked_at()[0] == "looked:force-chart-download"
    rows = as_("officer").get(FILE, {"line": line.pk, "as": "csv"}).content.decode().splitlines()
    assert len(rows) == 6


def test_somebody_exploited_is_in_no_file_of_the_others(cast, as_):
    line = lines.full_line(cast.analyst)
    for kind in ("csv", "graphml"):
        asked = {"line": line.pk, "people": "others", "as": kind, "steps": "2"}
        body = as_("officer").get(FILE, asked).content.decode()
        assert "Vic Holder" in body and "Ash Young" not in body


def test_no_file_is_made_of_nothing(cast, as_):
    assert as_("officer").get(FILE)["Location"] == CHART


@pytest.mark.slow
@pytest.mark.parametrize("how", ["custodian", "another organisation's", "kept away"])
def test_what_is_hidden_leaves_no_gap_no_count_and_no_other_query(cast, as_, how):
    """The chart round a line is the same, byte for byte, whether somebody hidden stands on it or not."""
    hiding.elsewhere()
    line = lines.full_line(cast.analyst)
    client = as_("officer")
    pages = [f"{address}?line={line.pk}&steps=2{more}" for address in (CHART, FILE) for more in ("", "&as=graphml")]
    pages.append(f"{CHART}?town=Barrow-in-Furness&steps=2")
    hiding.keep_everybody_away_from_strangers(1)
    role = line.roles.get(role="exploited_child")
    person = role.person
    role.delete()
    without = [ask(client, address) for address in pages]
    role.save(force_insert=True)
    if how == "kept away":
        hiding.Tie.objects.all().delete()
        hiding.keep_everybody_away_from([person.pk])
    elif how == "custodian":
        hiding.mark([person], Marking.CUSTODIAN)
    else:
        hiding.move_elsewhere([role])
    for address, before in zip(pages, without, strict=True):
        assert not ask(client, address).differs(before), address
    hidden, absent = (ask(client, f"{CHART}?person={key}", echoed=[str(key)]) for key in (person.pk, line.pk))
    if how != "another organisation's":  # the person is still the force's own: only the part on the line is not
        assert not hidden.differs(absent)
