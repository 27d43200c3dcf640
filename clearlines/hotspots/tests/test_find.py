"""Hotspots of a file of counts at the console: the promised keys, what is warned of, and what is refused."""

import json
import subprocess
import sys

import pandas
import pytest

from clearlines.cli.main import main
from clearlines.hotspots.tests import build

MONTHS = [f"2024-{month:02}" for month in range(1, 9)]


def rows(counts: dict[str, int], crime_type="Burglary", months=MONTHS) -> list[dict]:
    return [
        {"month": month, "lsoa_code": code, "crime_type": crime_type, "n": n}
        for month in months
        for code, n in counts.items()
    ]


USUAL = {f"E0100000{each}": 3 + each % 3 for each in range(9)} | {"E01000009": 40}


def counts_file(folder, *parts, name="counts.csv"):
    frame = pandas.DataFrame([row for part in parts for row in part])
    path = folder / name
    frame.to_parquet(path) if name.endswith("parquet") else frame.to_csv(path, index=False)
    return path


def found(capsys, *words):
    code = main(["hotspots", "find", *map(str, words), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


@pytest.mark.parametrize("name", ["counts.csv", "counts.parquet"])
def test_the_promised_keys(tmp_path, capsys, name):
    path = counts_file(tmp_path, rows(USUAL), name=name)
    code, answer, said = found(
        capsys, "--counts", path, "--crime-type", "Burglary", "--from", "2024-01", "--to", "2024-04", "--top", 2
    )
    assert (code, said) == (0, "")
    assert answer["months"] == MONTHS[:4]
    assert answer["total"] == 4 * sum(USUAL.values())
    first, _ = answer["areas"]
    assert (first["code"], first["count"], first["says"], first["persistence"]) == ("E01000009", 160, "High", 4)
    assert first["eb_low"] < first["eb"] < first["eb_high"]
    assert {"rate", "gi_z", "p", "q", "rank_best", "rank_worst", "police_share"} <= set(first)
    low, high = answer["interval"]
    assert low < answer["share"] < high
    assert answer["foreseen"]["pai"] > 1
    assert answer["areas_studied"] == 10
    assert answer["seconds"] >= 0
    assert any("often fall with nothing done" in each for each in answer["warnings"])
    assert any("of each area alone" in each for each in answer["warnings"])


def test_what_victims_and_callers_reported_is_counted_unless_a_type_is_named(tmp_path, capsys):
    path = counts_file(tmp_path, rows(USUAL), rows({"E01000001": 99}, "Drugs"))
    _, answer, _ = found(capsys, "--counts", path)
    assert answer["total"] == 8 * sum(USUAL.values())
    assert not answer["is_enforcement"]
    _, answer, _ = found(capsys, "--counts", path, "--crime-type", "Drugs")
    assert answer["is_enforcement"]
    assert any("never a measure of success" in each for each in answer["warnings"])


def test_an_area_where_officers_looked_more_is_warned_of_and_stays(tmp_path, capsys):
    path = counts_file(tmp_path, rows(USUAL), rows(dict.fromkeys(USUAL, 1) | {"E01000009": 60}, "Drugs"))
    _, answer, _ = found(capsys, "--counts", path)
    assert answer["areas"][0]["code"] == "E01000009"
    assert any("E01000009: Police made 480 of the 800 records here" in each for each in answer["warnings"])


def test_empty_areas_and_the_order_of_rows_change_nothing(tmp_path, capsys):
    given = rows(USUAL)
    _, answer, _ = found(capsys, "--counts", counts_file(tmp_path, given))
    more = counts_file(tmp_path, given[::-1], rows({f"E0200000{each}": 0 for each in range(9)}), name="more.csv")
    _, again, _ = found(capsys, "--counts", more)
    again["warnings"] = [each for each in again["warnings"] if "fewer than a tenth" not in each]
    assert answer | {"seconds": 0} == again | {"seconds": 0, "areas_left_out": 0}


def test_missing_months_repeated_rows_ties_and_renamed_areas_are_said(tmp_path, capsys):
    months = ["2018-10", "2018-11", "2018-12", "2024-01", "2024-02", "2024-03"]
    path = counts_file(
        tmp_path, rows({"E01000001": 5, "E01000002": 5}, months=months), rows({"E01000003": 4}, months=months[:3]),
        rows({"E01000004": 4}, months=months[3:]), rows({"E01000001": 1}, months=months[:1]),
    )  # fmt: skip
    _, answer, _ = found(capsys, "--counts", path, "--top", 3)
    said = " ".join(answer["warnings"])
    assert "60 months between are not in the file: January 2019" in said
    assert "and 55 more" in said
    assert "1 rows repeat a month" in said
    assert "2 areas have 12, so which of them" in said
    assert "1 areas are seen only until December 2018 and 1 others only from January 2024" in said
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("LSOA11CD,LSOA21CD,CHGIND\nE01000003,E01000004,U\n")
    _, answer, _ = found(capsys, "--counts", path, "--lookup", lookup)
    assert ("E01000004", 24) in {(each["code"], each["count"]) for each in answer["areas"]}
    assert "seen only until" not in " ".join(answer["warnings"])


def test_boundaries_say_which_areas_touch_and_a_base_what_they_hold(tmp_path, capsys):
    squares = [
        build.square("lsoa", f"E0100000{each}", f"Area {each}", (-3 + 0.04 * each, 54)) for each in range(8)
    ]  # fmt: skip
    base = tmp_path / "base.csv"
    base.write_text("lsoa_code,base\n" + "".join(f"{code},{400 if n < 40 else 4000}\n" for code, n in USUAL.items()))
    path = counts_file(tmp_path, rows(USUAL))
    words = ["--counts", path, "--boundaries", build.geojson(tmp_path, *squares), "--base", base]
    _, answer, _ = found(capsys, *words)
    assert answer["areas"][0]["rate"] == 320 / 4000
    assert answer["areas"][0]["says"] == "Like the rest"
    assert any(each.startswith("2 areas touch no other") for each in answer["warnings"])
    assert main(["hotspots", "find", *map(str, words)]) == 0
    said = capsys.readouterr().out
    assert "records of what victims and callers reported in 10 areas" in said


def test_one_month_foresees_nothing_and_no_record_is_no_share(tmp_path, capsys):
    path = counts_file(tmp_path, rows(USUAL), rows({"E01000001": 0}, "Robbery"))
    _, answer, _ = found(capsys, "--counts", path, "--to", "2024-01")
    assert answer["foreseen"] is None
    _, answer, _ = found(capsys, "--counts", path, "--crime-type", "Robbery")
    assert answer["share"] is None
    assert answer["areas"][0]["gi_z"] is None


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("month,n\n2024-01,1\n", [], "has no column 'lsoa_code'"),
        ("month,lsoa_code,crime_type,n\n", [], "has no row"),
        ("month,lsoa_code,crime_type,n\n2024-1,E1,Burglary,1\n", [], "'2024-1' for a month"),
        ("month,lsoa_code,crime_type,n\n2024-01,E1,Burglary,x\n", [], "an n that is not a number"),
        ("month,lsoa_code,crime_type,n\n2024-01,E1,Burglary,-1\n", [], "not a whole number"),
        ("month,lsoa_code,crime_type,n\n2024-01,,Burglary,1\n", [], "a row without lsoa_code"),
        ("month,lsoa_code,crime_type,n\n2024-01,E1\n", [], "cannot be read as CSV"),
        ("", ["--crime-type", "Arson"], "There is no 'Arson' in the file"),
        ("", ["--from", "2025-01", "--to", "2025-02"], "has no month from 2025-01"),
        ("", ["--from", "2024-05", "--to", "2024-02"], "must not be after"),
        ("", ["--from", "May"], "'May' is not a month"),
        ("", ["--top", "0"], "--top takes a number"),
        ("", ["--boundaries", "none.geojson"], "There is no file none.geojson"),
        ("", ["--lookup", "none.csv"], "cannot be read as CSV"),
        ("", ["--base", "none.csv"], "There is no file none.csv"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_one_sentence(tmp_path, capsys, text, words, sentence):
    path = counts_file(tmp_path, rows(USUAL))
    if text:
        path.write_text(text)
    code, answer, said = found(capsys, "--counts", path, *words)
    assert (code, answer) == (2, None)
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("lsoa_code\nE1\n", "no column 'base'"),
        ("lsoa_code,base\nE1,x\n", "not a number"),
        ("lsoa_code,base\nE1,\n", "nothing above"),
    ],
)
def test_a_base_that_is_none_is_refused(tmp_path, capsys, text, sentence):
    base = tmp_path / "base.csv"
    base.write_text(text)
    code, _, said = found(capsys, "--counts", counts_file(tmp_path, rows(USUAL)), "--base", base)
    assert code == 2
    assert sentence in said


@pytest.mark.slow
def test_it_needs_no_django():
    asked = "import sys, clearlines.hotspots.commands_find, clearlines.hotspots.find; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.real_data
def test_drug_records_of_merseyside_are_carried_with_a_warning(real_data, capsys):
    path = real_data / "police_uk" / "merseyside_counts.parquet"
    code, answer, _ = found(capsys, "--counts", path, "--crime-type", "Drugs", "--from", "2025-01", "--to", "2025-12")
    assert code == 0
    assert answer["areas"][0]["persistence"] == 12
    assert answer["is_enforcement"]
