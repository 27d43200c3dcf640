"""The pages: bring, map, look, load or leave; and what each says when it cannot."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clearlines.calls.models import Extract, Mapping, RuleList, WaitingFile
from clearlines.calls.tests import build
from clearlines.calls.tests.build import THERE, row
from clearlines.cli.main import main

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def bring(client, body, **more):
    page = text(client.get("/calls/new/"))
    key = page.split('name="new_id" value="')[1][:36]
    said = {"new_id": key, "sheet": SimpleUploadedFile("calls.csv", body), **more}
    return client.post("/calls/new/", said, follow=True)


def test_an_extract_is_brought_mapped_looked_at_and_loaded(cast, as_):
    client = as_("analyst")
    body = build.extract_of(row(1), row(2, source="Police"), row(3, received="x"), row(1), row(4, at=None))
    page = bring(client, body)
    assert "Which column is which?" in text(page)
    assert '<option value="Log No" selected>' in text(page)
    assert "Robin" not in text(page)
    said = {**build.COLUMNS.headings, "dates": "day_first", "name": "Fellside"}
    page = client.post(page.redirect_chain[-1][0], said, follow=True)
    assert "2 incidents would be loaded of 5 rows" in text(page)
    assert "Its date is not written like 31/12/2022 18:05." in text(page)
    assert not Extract.objects.exists()
    address = page.redirect_chain[-1][0]
    report = client.get(f"{address}rejected.csv?first_on=2022-02-14&last_on=2022-02-14")
    assert len(list(csv.reader(io.StringIO(text(report))))) == 1 + 4
    page = client.post(address, {"first_on": "2022-02-01", "last_on": "2022-02-28"}, follow=True)
    assert "2 distinct incidents of 5 rows, 1 February 2022 to 28 February 2022" in text(page)
    assert not WaitingFile.objects.exists()
    extract = Extract.objects.get()
    assert text(client.get(f"/calls/{extract.pk}/rejected.csv")) == text(report)
    home = text(client.get("/calls/"))
    assert "1 whole month of distinct incidents" in home
    assert "On all its days" in home


def test_next_time_the_saved_mapping_is_there_and_other_days_are_looked_at_again(cast, as_):
    build.a_month(cast.analyst)
    mapping, rules = build.mapping(cast.analyst), build.rule_list(cast.analyst)
    body = build.extract_of(row(1, "01/02/2022 09:00"), row(2, "09/09/2012 09:00", at=THERE))
    page = bring(as_("analyst"), body, mapping=mapping.pk, rule_list=rules.pk)
    assert "2 incidents would be loaded" in text(page)
    assert "Our own words, edition 1" in text(page)
    days = {"first_on_day": 1, "first_on_month": 2, "first_on_year": 2022, "last_on_day": 28, "last_on_month": 2,
            "last_on_year": 2022}  # fmt: skip
    page = as_("analyst").get(page.redirect_chain[-1][0], days)
    assert "1 incident would be loaded of 2 rows" in text(page)
    assert "It is outside the days that the extract covers" in text(page)
    assert "in place of calls.csv (1 February 2022 to 28 February 2022)" in text(page)


def test_days_that_make_no_sense_are_asked_again(cast, as_):
    waits = build.brought(cast.analyst)
    page = as_("analyst").post(f"/calls/waiting/{waits.pk}/", {"first_on": "2022-02-28", "last_on": "2022-02-01"})
    assert "The last day it covers must not be before the first." in text(page)
    assert not Extract.objects.exists()


def test_a_refusal_to_load_is_said_on_the_page(cast, as_):
    waits = build.brought(cast.analyst, row(received="x"))
    page = as_("analyst").post(f"/calls/waiting/{waits.pk}/", {"first_on": "2022-02-01", "last_on": "2022-02-28"})
    assert "Not one row could be read" in text(page)
    assert WaitingFile.objects.exists()


def test_a_file_that_cannot_be_read_says_so_and_can_be_left(cast, as_):
    client = as_("analyst")
    page = bring(client, b"PK\x03\x04 a workbook")
    assert page.status_code == 400
    assert "is a workbook: open it, save the sheet as CSV" in text(page)
    waits = WaitingFile.objects.get()
    assert client.get(f"/calls/waiting/{waits.pk}/leave/").status_code == 302
    assert WaitingFile.objects.exists()
    client.post(f"/calls/waiting/{waits.pk}/leave/")
    assert not WaitingFile.objects.exists()
    waits = build.brought(cast.analyst, body=b"a,b\n1,2\n")
    for address in (f"/calls/waiting/{waits.pk}/", f"/calls/waiting/{waits.pk}/rejected.csv"):
        assert "which its mapping reads" in text(client.get(address))


def test_a_file_too_large_or_none_is_refused_with_a_sentence(cast, as_, monkeypatch):
    monkeypatch.setattr("clearlines.calls.forms.MOST_BYTES", 10)
    assert "clearlines import control-room FILE" in text(bring(as_("analyst"), b"x" * 11))
    assert "Choose a file saved as CSV" in text(as_("analyst").post("/calls/new/", {"mapping": ""}))


def test_a_mapping_that_cannot_be_saved_says_why(cast, as_):
    waits = build.brought(cast.analyst, mapped=False)
    said = {**build.COLUMNS.headings, "dates": "iso", "name": "x", "northing": ""}
    page = as_("analyst").post(f"/calls/waiting/{waits.pk}/columns/", said)
    assert "Easting and northing go together: choose both or neither." in text(page)
    assert not Mapping.objects.exists()


def test_a_rule_list_is_saved_and_changed(cast, as_):
    client = as_("analyst")
    assert "Unverified" in text(client.get("/calls/rules/"))
    assert "Enter a name to find this list by" in text(client.post("/calls/rules/new/", {"name": ""}))
    client.post("/calls/rules/new/", {"name": "Ours", "police_source": "Police\nDesk", "asb": "ASB*"})
    page = text(client.get("/calls/rules/new/?name=Ours"))
    assert "Change Ours" in page
    client.post("/calls/rules/new/?name=Ours", {"name": "Ours", "police_source": "Police", "asb": "ASB*"})
    assert RuleList.objects.count() == 2
    page = text(client.get("/calls/rules/"))
    assert "Ours, edition 2" in page
    assert "Earlier: Ours, edition 1" in page
    assert "Save a list of our own" not in text(as_("sergeant").get("/calls/rules/"))
    page = client.post("/calls/rules/new/", {"name": "Ours", "asb": "*"})
    assert "A star alone would hold of every row." in text(page)


def test_mappings_are_listed(cast, as_):
    assert "No mapping is saved yet" in text(as_("analyst").get("/calls/mappings/"))
    build.mapping(cast.analyst)
    assert "Fellside, edition 1" in text(as_("officer").get("/calls/mappings/"))


def test_health_counts_are_brought_and_small_ones_are_never_shown(cast, as_):
    client = as_("analyst")
    assert "No counts are loaded yet" in text(client.get("/calls/health/"))
    cells = [("E01019138", "2022-02", "naloxone", 3), ("E01019138", "2022-03", "naloxone", 12)]
    cells += [("E01019341", "2022-03", "overdose", "?"), ("E01019341", "2022-02", "overdose", 6)]
    body = build.health_csv(*cells)
    said = {"source": "An ambulance trust", "licence": "By agreement"}
    client.post("/calls/health/new/", said | {"sheet": SimpleUploadedFile("h.csv", body)})
    page = text(client.get("/calls/health/"))
    assert page.count("under 5</span>") == 1
    assert "not supplied" in page
    assert "Line 4: its count is not a whole number" in page
    wrong = client.post("/calls/health/new/", said | {"sheet": SimpleUploadedFile("h.csv", b"a,b\n1,2\n")})
    assert "has no column “area”" in text(wrong)


def test_an_older_extract_says_on_how_many_days_it_counts(cast, as_):
    old = build.a_month(cast.analyst)
    build.a_month(cast.analyst, 1, 1)
    assert "On none: newer extracts took its place" in text(as_("sergeant").get("/calls/"))
    assert "It counts on" in text(as_("sergeant").get(f"/calls/{old.pk}/"))


def test_the_pages_ask_little_of_the_database(cast, as_, django_assert_max_num_queries):
    for month in ("2022-01", "2022-02", "2022-03"):
        build.a_month(cast.analyst, month=month)
    client = as_("analyst")
    client.get("/calls/")
    for address in ("/calls/", "/hotspots/?basket=calls", f"/calls/{Extract.objects.first().pk}/"):
        with django_assert_max_num_queries(12):
            client.get(address)


# At the console.


def on_console(capsys, *words):
    code = main([*map(str, words), "--as", "analyst", "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def test_an_extract_is_loaded_at_the_console(cast, tmp_path, capsys):
    path = tmp_path / "calls.csv"
    path.write_bytes(build.extract_of(row(1), row(2, source="Police"), row(3, received="x"), row(1)))
    code, _, said = on_console(capsys, "import", "control-room", path, "--mapping", "Fellside")
    assert (code, "There is no mapping named “Fellside”; there is none: save one" in said) == (2, True)
    build.mapping(cast.analyst)
    code, answer, _ = on_console(capsys, "import", "control-room", path, "--mapping", "fellside", "--dry-run")
    assert (code, answer["is_loaded"], Extract.objects.exists()) == (0, False, False)
    code, answer, _ = on_console(
        capsys, "import", "control-room", path, "--mapping", "Fellside", "--from", "2022-02-01", "--to", "2022-02-28"
    )
    assert answer == {
        "rows_read": 4, "rows_loaded": 2, "incidents": 1, "repeats": 1, "excluded": {"police_source": 1},
        "rows_rejected": 1, "rejected": [{"line": 4, "reason": "its date is not written like 31/12/2022 18:05"}],
        "marked": {}, "first_on": "2022-02-01", "last_on": "2022-02-28", "replaces": [], "is_loaded": True,
    }  # fmt: skip
    path.write_bytes(b"PK\x03\x04")
    code, _, said = on_console(capsys, "import", "control-room", path, "--mapping", "Fellside")
    assert (code, "is a workbook" in said) == (2, True)
    assert main(["import", "control-room", str(path), "--mapping", "x", "--as", "sergeant"]) == 2


def test_what_was_loaded_is_said_in_words(cast, tmp_path, capsys):
    build.a_month(cast.analyst)
    path = tmp_path / "calls.csv"
    path.write_bytes(build.extract_of(row(1), row(2, source="Police", at=None), row(3, at=None)))
    assert main(["import", "control-room", str(path), "--mapping", "Fellside", "--as", "analyst"]) == 0
    said = capsys.readouterr().out
    assert "2 distinct incidents stand, of 3 rows, from 2022-02-14 to 2022-02-14." in said
    assert "kept and marked no place: 1" in said
    assert "takes the place of days of calls.csv" in said


def test_health_counts_are_loaded_at_the_console(cast, tmp_path, capsys):
    path = tmp_path / "health.csv"
    path.write_bytes(build.health_csv(("E01019138", "2022-02", "naloxone", "<5"), ("E01019138", "x", "naloxone", 9)))
    code, answer, _ = on_console(capsys, "import", "health", path, "--source", "A trust")
    assert (code, answer["rows_read"], answer["rows_loaded"], answer["withheld"]) == (0, 2, 1, 1)
    assert answer["reasons"] == {"its month is not a month, such as 2022-04": 1}
    path.write_bytes(b"")
    assert on_console(capsys, "import", "health", path, "--source", "A trust")[0] == 2
