"""Mappings, rule lists, files that wait and extracts that stand: all of a file or nothing, and once."""

import io
import uuid
from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest
from django.conf import settings

from clearlines.access.refusals import Forbidden, Refused
from clearlines.access.viewer import Viewer
from clearlines.calls import actions, loading, queries, sheets, timed
from clearlines.calls.columns import Columns
from clearlines.calls.models import Extract, HealthCounts, Mapping, RuleList, WaitingFile
from clearlines.calls.tests import build
from clearlines.calls.tests.build import COLUMNS, THERE, row
from clearlines.ledger.models import Entry
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def everything():
    return {path.name for path in settings.INCIDENTS_DIR.rglob("*.parquet")}


def test_a_changed_mapping_is_another_edition_and_the_same_one_is_not(cast):
    first = build.mapping(cast.analyst)
    assert build.mapping(cast.analyst) == first
    changed = build.mapping(cast.analyst, columns=Columns(COLUMNS.headings, "iso"))
    assert (first.edition, changed.edition, str(changed)) == (1, 2, "Fellside, edition 2")
    assert queries.newest(queries.mappings(cast.analyst)) == [changed]
    with pytest.raises(Refused, match="no column is chosen for a source"):
        actions.save_mapping(by=cast.analyst, name="Other", columns=Columns({**COLUMNS.headings, "source": ""}, "iso"))
    assert Mapping.objects.count() == 2


def test_a_changed_rule_list_is_another_edition(cast):
    first = build.rule_list(cast.analyst)
    assert build.rule_list(cast.analyst) == first
    changed = build.rule_list(cast.analyst, police_source=["Police", " Self  made ", ""])
    assert (changed.edition, changed.words["police_source"]) == (2, ["Police", "Self made"])
    assert str(changed) == "Our own words, edition 2"
    assert RuleList.objects.count() == 2


def test_only_whoever_may_load_calls_does(cast):
    for act in (build.mapping, build.rule_list, build.health):
        with pytest.raises(Forbidden):
            act(cast.sergeant)


def test_an_extract_stands_with_its_report_and_holds_no_caller(cast):
    extract = build.loaded(cast.analyst, row(1), row(2, source="Police"), row(3, received="x"), row(1))
    assert (extract.rows_read, extract.incidents, extract.rejected) == (4, 1, 1)
    assert (extract.rows_excluded, extract.rows_repeated, str(extract)) == (1, 1, "calls.csv")
    assert [(each.line, each.what) for each in queries.report(extract)] == [
        (3, "excluded"),
        (4, "rejected"),
        (5, "repeat"),
    ]
    stands = pq.read_table(settings.INCIDENTS_DIR / extract.path)
    assert stands.column_names == [
        "reference", "day", "kind", "easting", "northing", "longitude", "latitude", "area", "calls",
    ]  # fmt: skip
    said = str(stands.to_pylist())
    assert "Robin" not in said
    assert "CR-00001" not in said
    assert "101" not in said.replace("469050", "")
    assert Entry.objects.filter(event="calls.loaded").count() == 1


def test_the_same_file_twice_changes_nothing(cast):
    first = build.loaded(cast.analyst, row(1), row(2, at=THERE))
    before = everything()
    assert build.loaded(cast.analyst, row(1), row(2, at=THERE)) == first
    assert Extract.objects.count() == 1
    assert everything() == before


def test_a_newer_extract_takes_the_place_of_the_days_that_it_covers(cast):
    old = build.a_month(cast.analyst, 5, 3)
    rows = [row(900, "20/02/2022 09:00")]
    new = build.loaded(cast.analyst, *rows, days=(date(2022, 2, 15), date(2022, 3, 31)), name="newer.csv")
    found = queries.covered(cast.analyst)
    assert (found.counts_on(old), found.counts_on(new)) == (14, 45)
    assert found.months == ("2022-02", "2022-03")
    assert sum(each.many for each in queries.monthly(cast.analyst, "2022-02", "2022-02")) == 9
    assert queries.replaced_by(cast.analyst, date(2022, 2, 1), date(2022, 2, 2)) == [old]
    assert queries.replaced_by(cast.analyst, None, None) == []
    # Taken up again, the older file counts again: it is another loading.
    again = build.a_month(cast.analyst, 5, 3)
    assert again != old
    assert queries.covered(cast.analyst).counts_on(old) == 0


def test_a_month_that_is_only_partly_there_is_not_counted(cast):
    build.loaded(cast.analyst, row(1), days=(date(2022, 1, 31), date(2022, 2, 27)))
    found = queries.covered(cast.analyst)
    assert (found.months, found.partly) == ((), ("2022-01", "2022-02"))
    assert queries.monthly(cast.analyst, "2022-01", "2022-12") == []


def test_nothing_is_half_loaded(cast, monkeypatch):
    def fails(*_, **__):
        raise OSError("the disk is full")

    before = everything()
    monkeypatch.setattr("clearlines.calls.actions.ledger.record", fails)
    mapping = Mapping.objects.create(owner=cast.analyst.organisation, created_at=NOON, name="F", edition=1,
                                     columns=COLUMNS.as_json())  # fmt: skip
    stream = io.BytesIO(build.extract_of(row(1)))
    sheet, found = loading.sifted(cast.analyst, "calls.csv", stream, mapping, None)
    with pytest.raises(OSError, match="disk is full"):
        loading.load(cast.analyst, sheet, found, mapping, None)
    assert not Extract.objects.exists()
    assert everything() == before
    assert not list(settings.INCIDENTS_DIR.glob(".staged-*"))


def test_a_file_of_faults_is_refused_whole(cast):
    with pytest.raises(Refused, match="not one row could be read"):
        build.loaded(cast.analyst, row(received="x"), row(received="y"))
    assert not Extract.objects.exists()


def test_a_file_waits_sealed_and_is_gone_when_it_is_loaded(cast, django_capture_on_commit_callbacks):
    waits = build.brought(cast.analyst, row(1), row(2, at=THERE))
    [sealed] = settings.MEDIA_ROOT.rglob(waits.file)
    assert b"Robin" not in sealed.read_bytes()
    assert str(waits) == "calls.csv"
    with django_capture_on_commit_callbacks(execute=True):
        extract = loading.load_waiting(cast.analyst, waits, (None, None))
    assert extract.incidents == 2
    assert not sealed.exists()
    assert not WaitingFile.objects.exists()
    with pytest.raises(Refused, match="was loaded or left already"):
        actions.leave(by=cast.analyst, waits=waits)


def test_a_button_pressed_twice_brings_one_file(cast):
    mapping = build.mapping(cast.analyst)
    said = {"by": cast.analyst, "file_name": "c.csv", "body": b"x", "mapping": mapping, "rule_list": None}
    first = actions.bring(**said, key=uuid.UUID(int=7))
    assert actions.bring(**said, key=first.pk) == first
    assert WaitingFile.objects.count() == 1


def test_a_file_that_is_left_is_gone(cast, django_capture_on_commit_callbacks):
    waits = build.brought(cast.analyst)
    [sealed] = settings.MEDIA_ROOT.rglob(waits.file)
    with django_capture_on_commit_callbacks(execute=True):
        actions.leave(by=cast.analyst, waits=waits)
    assert not sealed.exists()
    with pytest.raises(sheets.NotASheet, match="cannot be opened any more: bring it again"):
        queries.contents(waits)


def test_a_file_waits_no_longer_than_a_day(cast):
    build.brought(cast.analyst)
    clock = Viewer(None, NOON, (), frozenset(), frozenset(), "x")
    machine = Viewer(None, NOON + timedelta(days=2), (), frozenset({"system.run"}), frozenset(), "the machine")
    assert not queries.left_waiting(clock).exists()
    assert [timed.tick(by=machine), timed.tick(by=machine)] == [1, 0]
    assert not WaitingFile.objects.exists()


def test_a_file_may_be_read_by_another_mapping(cast):
    waits = build.brought(cast.analyst, mapped=False)
    with pytest.raises(sheets.NotASheet, match="nobody has said yet which column"):
        queries.preview(cast.analyst, waits)
    actions.read_by(by=cast.analyst, waits=waits, mapping=build.mapping(cast.analyst))
    waits.refresh_from_db()
    assert queries.preview(cast.analyst, waits)[1].used == 1


def test_health_counts_stand_once_with_their_source(cast):
    first = build.health(cast.analyst)
    assert build.health(cast.analyst) == first
    assert (first.cells, first.withheld, first.source, str(first)) == (2, 1, "An ambulance trust", "health.csv")
    assert [each.many for each in queries.health_cells(cast.analyst)] == [None, 7]
    assert HealthCounts.objects.count() == 1


def test_a_newer_health_file_takes_the_place_of_the_same_cells(cast):
    build.health(cast.analyst)
    build.health(cast.viewer("analyst", NOON + timedelta(days=1)), (build.AREA_HERE, "2022-02", "overdose", 9))
    assert [each.many for each in queries.health_cells(cast.analyst)] == [None, 9]


def test_another_force_sees_nothing_of_it(cast):
    build.a_month(cast.analyst)
    build.health(cast.analyst)
    waits = build.brought(cast.analyst)
    assert not queries.extracts(cast.stranger).exists()
    assert queries.monthly(cast.stranger, "", "9999-12") == queries.health_cells(cast.stranger) == []
    assert not queries.waiting(cast.sergeant).filter(pk=waits.pk).exists()
    assert queries.extracts(cast.sergeant).count() == 1


def test_a_fingerprint_names_exactly_what_is_counted(cast):
    empty = queries.fingerprint(cast.analyst, "2022-02", "2022-02")
    build.a_month(cast.analyst)
    one = queries.fingerprint(cast.analyst, "2022-02", "2022-02")
    assert one != empty
    build.a_month(cast.analyst, 4, 4, month="2022-04")
    assert queries.fingerprint(cast.analyst, "2022-02", "2022-02") == one
    assert queries.fingerprint(cast.analyst, "2022-02", "2022-04") != one


def test_what_is_in_a_file_is_shown_by_its_shape_alone(cast):
    found = queries.headings(build.brought(cast.analyst, row(1), row(2), ["CR-3"]))
    by_name = {each.name: each for each in found.columns}
    assert by_name["Received"].shapes == ("99/99/9999 99:99",)
    assert (by_name["Narrative"].filled, by_name["Narrative"].of) == (2, 3)
    assert "Robin" not in str(found)
    assert found.dates == "day_first"
    strange = build.brought(cast.analyst, body=b"a,b\n1,2\n")
    assert queries.headings(strange).guessed == {}


def test_what_is_kept_of_months_and_kinds_has_names(cast):
    assert queries.kinds()["asb"] == "Anti-social behaviour"
    assert "Naloxone given" in queries.health_measures().values()
    assert queries.first_left_out(build.a_month(cast.analyst), 3) == []
