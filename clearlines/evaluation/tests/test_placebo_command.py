"""`clearlines evaluate placebo` and `power` at a prompt: what they promise, and what they refuse in one sentence."""

import json

import numpy as np
import pandas as pd
import pytest

from clearlines.cli.main import main

MONTHS = [f"2024-{each:02}" for each in range(1, 7)]
SPANS = "--select-from 2024-01 --select-to 2024-02 --pre-from 2024-03 --pre-to 2024-04"
AFTER = "--post-from 2024-05 --post-to 2024-06"


def rows(many=60, seed=2):
    rng = np.random.default_rng(seed)
    rates = rng.gamma(1.0, 6.0, size=many) + 1
    return [
        {"month": month, "lsoa_code": f"E{area:08}", "crime_type": "Burglary", "n": int(rng.poisson(rate)) + 1}
        for area, rate in enumerate(rates)
        for month in MONTHS
    ]


def written(tmp_path, made=None, name="counts.csv"):
    frame = pd.DataFrame(rows() if made is None else made)
    path = tmp_path / name
    if name.endswith("parquet"):
        frame.to_parquet(path)
    else:
        frame.to_csv(path, index=False)
    return path


def asked(path, *more, windows=f"{SPANS} {AFTER}", command="placebo"):
    kind = [] if "--crime-type" in more else ["--crime-type", "Burglary"]
    return main(["evaluate", command, "--counts", str(path), *kind, *windows.split(), *more])


FEW = ("--top", "4", "--draws", "5")


@pytest.mark.parametrize("name", ["counts.csv", "counts.parquet"])
def test_the_promised_keys(name, tmp_path, capsys):
    assert asked(written(tmp_path, name=name), *FEW, "--plant", "0.5", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"false_positive_rate", "detection_rate", "usual_false_positive_rate", "seconds"} <= set(answer)
    assert (answer["areas"], answer["draws"], answer["plant"], answer["dropped"]) == (60, 5, 0.5, [])


def test_it_answers_in_words(tmp_path, capsys):
    assert asked(written(tmp_path), *FEW) == 0
    said = capsys.readouterr().out
    assert "With nothing done the design said a fall in" in said
    assert "planted" not in said
    assert asked(written(tmp_path), "--top", "1", "--draws", "2", "--plant", "0.5") == 0
    assert "A planted fall of 50% was found in" in capsys.readouterr().out


def test_too_few_records_are_told_in_words(tmp_path, capsys):
    made = [each | {"n": 1} for each in rows()]
    assert asked(written(tmp_path, made), *FEW) == 0
    assert "too few records before to tell" in capsys.readouterr().out


def test_areas_whose_code_ends_between_the_windows_are_dropped_and_told(tmp_path, capsys):
    made = rows()
    gone = [{**each, "n": 9} for each in made if each["lsoa_code"] == "E00000007" and each["month"] < "2024-05"]
    left = [each for each in made if each["lsoa_code"] != "E00000007"]
    assert asked(written(tmp_path, left + gone), *FEW, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["areas"] == 59
    assert answer["dropped"] == [
        "1 area has no record of any kind in one of the windows: its code is not of that time."
    ]


def test_the_order_of_the_rows_never_matters(tmp_path, capsys):
    made = rows()
    answers = []
    for order in (made, made[::-1]):
        asked(written(tmp_path, order), *FEW, "--json")
        answers.append(json.loads(capsys.readouterr().out) | {"seconds": 0})
    assert answers[0] == answers[1]


def street(folder, name, months, reported="A Force"):
    folder.mkdir(exist_ok=True)
    made = [
        {"Month": each["month"], "Reported by": reported, "LSOA code": each["lsoa_code"], "Crime type": "Burglary"}
        for each in rows(40)
        if each["month"] in months
        for _ in range(each["n"])
    ]
    pd.DataFrame(made).to_csv(folder / name, index=False)


def test_a_folder_of_street_files_is_read_and_two_files_for_one_month_are_not(tmp_path, capsys):
    folder = tmp_path / "months"
    street(folder, "a-street.csv", MONTHS)
    assert asked(folder, *FEW, "--json") == 0
    assert json.loads(capsys.readouterr().out)["areas"] == 40
    street(folder, "b-street.csv", MONTHS[:1], reported="Another Force")
    assert asked(folder, *FEW, "--json") == 0
    street(folder, "c-street.csv", MONTHS[:1])
    assert asked(folder, *FEW) == 2
    assert "two files hold 2024-01 of A Force" in capsys.readouterr().err.replace("Two", "two")


def bad(change):
    return [*rows(), rows()[0] | change]


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (bad({}), "There are 2 rows for Burglary in E00000000 in 2024-01"),
        (bad({"lsoa_code": "E9", "n": -1}), "is not a whole number of records"),
        (bad({"lsoa_code": "E9", "n": 1.5}), "is not a whole number of records"),
        (bad({"lsoa_code": "E9", "n": "many"}), "cannot be read as counts"),
        ([{"month": "2024-01", "n": 1}], "lacks the column lsoa_code, crime_type"),
        ([each for each in rows() if each["month"] != "2024-04"], "has no record of 2024-04"),
    ],
)
def test_a_file_that_cannot_be_counted_is_refused(made, sentence, tmp_path, capsys):
    assert asked(written(tmp_path, made), *FEW) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("more", "windows", "sentence"),
    [
        (("--crime-type", "Arson"), f"{SPANS} {AFTER}", "There is no 'Arson'"),
        ((), f"{SPANS} --post-from 2024-5 --post-to 2024-06", "written as 2024-05"),
        ((), f"{SPANS} --post-from 2024-06 --post-to 2024-05", "before they begin"),
        ((), f"{SPANS} --post-from 2024-02 --post-to 2024-06", "overlap"),
        (("--top", "50"), f"{SPANS} {AFTER}", "at least 100 areas"),
    ],
)
def test_what_cannot_be_asked_is_refused(more, windows, sentence, tmp_path, capsys):
    assert asked(written(tmp_path), *more, windows=windows) == 2
    assert sentence in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(tmp_path, capsys):
    assert asked(tmp_path / "none.csv") == 2
    assert "There is no" in capsys.readouterr().err


def test_power_at_a_prompt(tmp_path, capsys):
    path = written(tmp_path)
    codes = tmp_path / "codes.txt"
    codes.write_text("".join(f"E{each:08}\n" for each in range(5)))
    words = ("--areas", str(codes), "--months-after", "2", "--draws", "99", "--falls", "0.5")
    assert asked(path, *words, "--json", windows=SPANS, command="power") == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["fall"] for each in answer["falls"]] == [0.5]
    assert {"smallest", "before_total", "sentences", "level", "seed", "dropped"} <= set(answer)
    assert asked(path, *words, windows=SPANS, command="power") == 0
    assert "times in 100" in capsys.readouterr().out
    codes.write_text("W1")
    assert asked(path, *words, windows=SPANS, command="power") == 2
    assert "W1 is not among the areas" in capsys.readouterr().err
    codes.write_text("E00000001")
    assert asked(path, *words[:-1], "half", windows=SPANS, command="power") == 2
    assert "takes shares" in capsys.readouterr().err
    assert (
        asked(path, *words, windows="--pre-from 2024-03 --pre-to 2024-04 --select-from 2024-01", command="power") == 2
    )
    assert "both --select-from and --select-to" in capsys.readouterr().err


def test_with_one_window_a_quiet_area_is_not_taken_for_a_lost_one(tmp_path, capsys):
    quiet = [{"month": month, "lsoa_code": "E99999999", "crime_type": "Burglary", "n": 0} for month in MONTHS]
    path, codes = written(tmp_path, rows() + quiet), tmp_path / "codes.txt"
    codes.write_text("".join(f"E{each:08}\n" for each in range(5)))
    words = ("--areas", str(codes), "--months-after", "2", "--draws", "99", "--falls", "0.5", "--json")
    assert asked(path, *words, windows="--pre-from 2024-03 --pre-to 2024-04", command="power") == 0
    assert json.loads(capsys.readouterr().out)["dropped"] == []


@pytest.mark.slow
@pytest.mark.real_data
def test_on_real_months_the_default_design_holds_its_promise(real_data, capsys):
    windows = (
        "--select-from 2024-01 --select-to 2024-04 --pre-from 2025-01 --pre-to 2025-04 "
        "--post-from 2025-05 --post-to 2025-08"
    )
    path = real_data / "police_uk" / "merseyside_counts.parquet"
    assert asked(path, "--crime-type", "Drugs", "--draws", "60", "--plant", "0.5", "--json", windows=windows) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["false_positive_rate"] <= 0.1
    assert answer["detection_rate"] >= 0.9
    assert len(answer["dropped"]) == 1
