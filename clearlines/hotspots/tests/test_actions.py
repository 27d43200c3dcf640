"""Months stand whole or not at all; loading again changes nothing; a newer file takes the older one's place."""

import json

import pytest
from django.conf import settings

from clearlines.access.refusals import Forbidden, Refused
from clearlines.cli.main import main
from clearlines.hotspots import actions, boundaries, counts, police_uk, queries, standing
from clearlines.hotspots.models import AreaLookup, Boundary, MonthFile
from clearlines.hotspots.tests import build
from clearlines.hotspots.tests.build import HERE, row, street_file
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.django_db


def on_console(capsys, *words):
    code = main([*map(str, words), "--as", "analyst", "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def test_the_promised_keys_of_the_import(cast, tmp_path, capsys):
    street_file(tmp_path, row(crime_id="a"), row("31/02/2022"), row(at=None, area=None))
    street_file(tmp_path, row("2022-03", crime_id="b"), month="2022-03")
    (tmp_path / "notes.csv").write_text("x")
    code, answer, said = on_console(capsys, "import", "police-uk", tmp_path)
    assert (code, said) == (0, "")
    assert (answer["rows_read"], answer["rows_loaded"], answer["rows_rejected"]) == (4, 3, 1)
    assert answer["months"] == ["2022-02", "2022-03"]
    assert answer["forces"] == ["Cumbria Constabulary"]
    assert list(answer["reasons"].values()) == [1]
    assert answer["rejected"][0]["line"] == 3
    assert answer["marked"]["no_coordinates"] == 1
    assert answer["files_ignored"] == ["notes.csv"]


def test_loading_again_prints_the_same_and_makes_nothing_twice(cast, tmp_path, capsys):
    street_file(tmp_path, row(crime_id="a"), row(crime_id="b"))
    first = on_console(capsys, "import", "police-uk", tmp_path)
    before = MonthFile.objects.get()
    assert on_console(capsys, "import", "police-uk", tmp_path) == first
    after = MonthFile.objects.get()
    assert (after.pk, after.version, after.path) == (before.pk, before.version, before.path)


def test_a_newer_file_for_the_month_takes_the_place_of_the_older(
    cast, tmp_path, capsys, django_capture_on_commit_callbacks
):
    street_file(tmp_path, row(crime_id="a"))
    on_console(capsys, "import", "police-uk", tmp_path)
    old = settings.INCIDENTS_DIR / MonthFile.objects.get().path
    street_file(tmp_path, row(crime_id="a"), row(crime_id="b"))
    with django_capture_on_commit_callbacks(execute=True):
        _, answer, _ = on_console(capsys, "import", "police-uk", tmp_path)
    now = MonthFile.objects.get()
    assert (answer["rows_loaded"], now.rows, now.version) == (2, 2, 2)
    assert (settings.INCIDENTS_DIR / now.path).exists()
    assert not old.exists()


@pytest.mark.parametrize("wrong", [b"Name\nA\n", "Crime ID\n\xe9".encode("cp1252"), b""])
def test_one_file_that_is_not_what_it_says_loads_nothing_of_the_folder(cast, tmp_path, capsys, wrong):
    street_file(tmp_path, row(crime_id="a"))
    street_file(tmp_path, month="2022-03").write_bytes(wrong)
    entries = Entry.objects.count()
    code, answer, said = on_console(capsys, "import", "police-uk", tmp_path)
    assert (code, answer) == (2, None)
    assert "2022-03-cumbria-street.csv" in said
    assert "nothing was loaded" in said
    assert said.count("\n") == 1
    assert not MonthFile.objects.exists()
    assert Entry.objects.count() == entries
    assert not list(settings.INCIDENTS_DIR.glob(".staged-*"))


def test_an_empty_folder_is_refused_with_a_sentence(cast, tmp_path, capsys):
    code, _, said = on_console(capsys, "import", "police-uk", tmp_path)
    assert code == 2
    assert "no monthly file" in said


def test_whoever_may_not_load_is_refused_before_anything_is_read(cast, tmp_path, capsys):
    street_file(tmp_path, "nonsense")
    assert main(["import", "police-uk", str(tmp_path), "--as", "commissioner"]) == 2
    assert "Your role does not let you load" in capsys.readouterr().err
    with pytest.raises(Forbidden):
        actions.load(by=cast.sergeant, months=[])


def test_words_at_the_console_say_what_stands_and_what_was_left_out(cast, tmp_path, capsys):
    street_file(tmp_path, row(crime_id="a"), row(crime_type="Nonsense"))
    (tmp_path / "other.csv").write_text("")
    assert main(["import", "police-uk", str(tmp_path), "--as", "analyst"]) == 0
    said = capsys.readouterr().out
    assert "1 of 2 rows stand" in said
    assert "2022-02-cumbria-street.csv line 3" in said
    assert "not street files" in said


def test_loading_is_on_the_ledger(cast):
    build.loaded(cast.analyst, m2022_02=(3, 2))
    entry = Entry.objects.filter(event="hotspots.months_loaded").get()
    assert (entry.kind, entry.note) == ("collection", "1 months, 5 rows")


def test_the_rows_in_place_are_the_rows_that_were_read(cast, tmp_path):
    import pyarrow.parquet as pq

    month = police_uk.read(street_file(tmp_path, row(crime_id="a"), row(at=None, area=None, crime_id="b")))
    with standing.staging() as place:
        [loaded] = actions.load(by=cast.analyst, months=[standing.stage(month, place)])
    rows = pq.read_table(settings.INCIDENTS_DIR / loaded.path).to_pylist()
    assert [each["crime_id"] for each in rows] == ["a", "b"]
    assert rows[0]["cell"]
    assert rows[1]["cell"] is rows[1]["is_in_force"] is None


def test_boundaries_are_drawn_and_drawn_again_in_place(cast, tmp_path, capsys):
    path = build.geojson(tmp_path, build.square("lsoa", *HERE, build.AT_HERE))
    code, answer, _ = on_console(capsys, "import", "boundaries", path)
    assert (code, answer) == (0, {"boundaries_read": 1, "boundaries_loaded": 1, "kinds": {"lsoa": 1}})
    assert on_console(capsys, "import", "boundaries", path)[1] == answer
    row_ = Boundary.objects.get()
    assert (row_.code, row_.name, row_.version) == (*HERE, 2)
    assert row_.west < build.AT_HERE[0] < row_.east


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "no list of features"),
        ('{"features": [{"properties": {"NAME": "x"}}]}', "no code such as LSOA11CD"),
        ('{"features": [{"properties": {"LSOA11CD": "x"}, "geometry": {"type": "Polygon"}}]}', "cannot be read"),
        ('{"features": [{"properties": {"WD13CD": "x"}, "geometry": {"type": "Point", "coordinates": [1, 52]}}]}',
         "has no area"),
        ('{"features": [{"properties": {"WD13CD": "x"}, "geometry": {"type": "Polygon", "coordinates": '
         "[[[330000, 470000], [331000, 470000], [331000, 471000], [330000, 470000]]]}}]}", "WGS 84"),
        ('{"features": []}', "no area in these files"),
    ],
)  # fmt: skip
def test_boundaries_that_are_not_what_they_say_draw_nothing(cast, tmp_path, capsys, text, sentence):
    good = build.geojson(tmp_path, build.square("lsoa", *HERE, build.AT_HERE), name="good.geojson")
    path = tmp_path / "wrong.geojson"
    path.write_text(text)
    files = [path] if "no area in" in sentence else [good, path]
    code, _, said = on_console(capsys, "import", "boundaries", *files)
    assert code == 2
    assert sentence in said
    assert not Boundary.objects.exists()


def test_the_same_area_twice_is_refused(cast, tmp_path):
    square = build.square("lsoa", *HERE, build.AT_HERE)
    with pytest.raises(Refused, match="twice"):
        actions.draw(by=cast.analyst, areas=boundaries.read(build.geojson(tmp_path, square, square)), source="x")


def test_a_look_up_between_two_censuses_is_loaded_from_the_publishers_file(cast, tmp_path, capsys):
    path = tmp_path / "lookup.csv"
    path.write_text(
        "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND\nE01000001,A,E01000001,A,U\nE01000002,B,E01000003,C,M\n"
    )
    code, answer, _ = on_console(capsys, "import", "lookup", path)
    changes = {"unchanged": 1, "split": 0, "merged": 1, "complex": 0}
    assert (code, answer) == (0, {"rows_read": 2, "changes": changes})
    assert AreaLookup.objects.get().changes == [["E01000002", "E01000003", "M"]]
    assert Entry.objects.filter(event="hotspots.look_up_kept").get().note == "2 rows"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("LSOA11CD\nE01000001\n", "no column 'LSOA21CD'"),
        ("LSOA11CD,LSOA21CD,CHGIND\nx,E01000001,U\n", "line 2: there is no code"),
        ("LSOA11CD,LSOA21CD,CHGIND\nE01000001,E01000001,?\n", "must be U, S, M or X"),
    ],
)
def test_a_look_up_that_is_none_is_refused_whole(cast, tmp_path, capsys, text, sentence):
    (path := tmp_path / "lookup.csv").write_text(text)
    code, _, said = on_console(capsys, "import", "lookup", path)
    assert code == 2
    assert sentence in said
    assert not AreaLookup.objects.exists()


@pytest.mark.slow
@pytest.mark.real_data
def test_the_twenty_one_months_of_cumbria_are_read_whole(cast, real_data, capsys):
    code, answer, _ = on_console(capsys, "import", "police-uk", real_data / "police_uk")
    assert code == 0
    assert answer["rows_read"] == answer["rows_loaded"] + answer["rows_rejected"] == 70_099
    assert len(answer["months"]) == 21
    assert answer["marked"]["no_coordinates"] == 77
    files = sorted((real_data / "geography").glob("*.geojson"))
    _, drawn, _ = on_console(capsys, "import", "boundaries", *files)
    assert drawn["kinds"] == {"lsoa": 321, "ward": 166}
    standing_, shapes = queries.standing(cast.analyst), queries.boundaries(cast.analyst, "ward")
    asked = counts.Asked(standing_.paths("2025-01", "2025-12"), "ward", shapes.outlines, "Barrow-in-Furness")
    assert counts.by_area(asked, "victims")[0].name == "Hindpool"
