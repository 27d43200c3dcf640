"""`clearlines evaluate synth`: the promised keys, what is said, and bad input as one sentence."""

import csv
import json
import subprocess
import sys

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest

from clearlines.cli.main import main

HEAD = ["block", "quarter", "done", "thefts", "damage", "people"]


def rows(units=40, treated=5):
    """Four quarters of invented blocks; in the first `treated` the work begins with the last quarter."""
    rng = np.random.default_rng(4)
    for unit in range(units):
        rate, people = rng.gamma(2, 2), int(rng.integers(20, 60))
        for quarter in (1, 2, 3, 4):
            done = int(unit < treated and quarter == 4)
            yield [f"{unit:03}", quarter, done, rng.poisson(rate), rng.poisson(rate / 2), people]


@pytest.fixture
def panel(tmp_path):
    """A file, with what a test changes in its rows."""

    def written(change=lambda row: row, name="panel.csv", head=HEAD):
        file = tmp_path / name
        with file.open("w", newline="") as opened:
            csv.writer(opened).writerows([head, *filter(None, (change(row) for row in rows()))])
        return file

    return written


def words(file, *more, treated="done", first=4, last=4, outcomes="thefts,damage", covariates="people"):
    return [
        "evaluate", "synth", "--panel", str(file), "--unit", "block", "--time", "quarter", "--treated", treated,
        "--from", str(first), "--to", str(last), "--outcomes", outcomes, "--covariates", covariates, *more,
    ]  # fmt: skip


def answered(capsys, *given, **more):
    assert main([*words(*given, **more), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_promised_keys(panel, capsys):
    answer = answered(capsys, panel())
    assert list(answer)[:3] == ["outcomes", "balance_error", "weights_nonzero"]
    assert answer["seconds"] >= 0
    thefts = answer["outcomes"]["thefts"]
    first = ["treated", "synthetic", "change", "linear_p", "low", "high", "perm_p", "perm_mc_error"]
    assert list(thefts)[:8] == first
    assert thefts["perm_p"] is thefts["perm_mc_error"] is thefts["jackknife_p"] is None
    assert thefts["low"] < thefts["change"] < thefts["high"]
    assert [each["time"] for each in thefts["by_period"]] == [4]
    assert answer["balance_error"] < 1e-8
    assert (answer["treated_units"], answer["untreated_units"]) == (5, 35)
    assert (answer["before"], answer["after"], answer["relaxed"]) == ([1, 3], [4, 4], [])


@pytest.mark.slow
def test_placebo_groups_and_jackknife_come_with_their_chance_error_and_the_same_seed_with_the_same_answer(
    panel, capsys
):
    given = panel(), "--permutations", "19", "--jackknife", "--seed", "3"
    one, two = (answered(capsys, *given) for _ in range(2))
    assert one["outcomes"] == two["outcomes"]
    assert one["permutations"] == 19
    assert one["jackknife_groups"] == 5
    assert one["outcomes"]["thefts"]["perm_mc_error"] > 0
    assert one["omnibus"]["perm_p"] is not None
    assert main(words(*given)) == 0
    said = capsys.readouterr().out
    assert "±" in said
    assert "19 placebo groups, drawn at random" in said


def test_the_answer_in_words_has_both_errors_and_what_it_does_not_prove(panel, capsys):
    assert main(words(panel(), "--level", "0.9")) == 0
    said = capsys.readouterr().out
    assert said.startswith("5 treated units beside 35 untreated")
    assert "clustered" in said
    assert "That is not proved by a good match" in said


def test_parquet_gives_what_csv_gives(panel, capsys, tmp_path):
    from_csv = answered(capsys, panel())
    columns = dict(zip(HEAD, zip(*rows(), strict=True), strict=True))
    pyarrow.parquet.write_table(pyarrow.table({name: list(each) for name, each in columns.items()}), tmp_path / "p[1]")
    from_parquet = answered(capsys, tmp_path / "p[1]")
    assert from_parquet["outcomes"] == from_csv["outcomes"]


def test_blocks_whose_codes_look_like_numbers_are_not_run_together(panel, capsys):
    file = panel(lambda row: ["7" if row[0] == "008" else row[0].replace("007", "07"), *row[1:]])
    assert answered(capsys, file)["untreated_units"] == 35


def test_without_covariates_outcomes_alone_are_matched(panel, capsys):
    assert answered(capsys, panel(), covariates="")["balance_error"] < 1e-8


def test_what_could_not_be_matched_is_said_in_words(panel, capsys):
    file = panel(lambda row: [*row[:3], row[3] + 90 * (row[0] < "005"), *row[4:]])
    answer = answered(capsys, file)
    assert "as nearly as can be" in answer["relaxed"][0]
    assert any(each.startswith("thefts is matched") for each in answer["relaxed"])


def without(row, unit, quarter):
    return None if row[:2] == [unit, quarter] else row


def put(row, column, value, unit="011", quarter=2):
    at = HEAD.index(column)
    return [*row[:at], value, *row[at + 1 :]] if row[:2] == [unit, quarter] else row


@pytest.mark.parametrize(
    ("change", "more", "said"),
    [
        (None, {"outcomes": "robbery"}, "The panel has no column robbery."),
        (None, {"outcomes": " , "}, "Name at least one outcome."),
        (None, {"covariates": "thefts"}, "The column thefts is named twice: each column can be only one thing."),
        (None, {"first": 4, "last": 3}, "The period after cannot end at 3 before it begins at 4."),
        (None, {"first": 1}, "There is no time before 1"),
        (None, {"last": 9}, "The panel has no time 9: its times run from 1 to 4."),
        (None, {"first": "spring"}, "spring is not a time of this panel"),
        (None, {"treated": "people", "covariates": ""}, "The column people must say 1 where the work was done"),
        (lambda row: without(row, "011", 2), {}, "Unit 011 at time 2 is missing"),
        (lambda row: put(row, "quarter", 1), {}, "Unit 011 at time 1 stands in more than one row."),
        (lambda row: put(row, "thefts", ""), {}, "Thefts has no ordinary number for unit 011 at time 2."),
        (lambda row: put(row, "thefts", "NaN"), {}, "Thefts has no ordinary number for unit 011 at time 2."),
        (lambda row: put(row, "thefts", "many"), {}, "Thefts has no ordinary number for unit 011 at time 2."),
        (lambda row: put(row, "thefts", -1), {}, "Thefts has a negative count"),
        (lambda row: put(row, "done", 1, "002", 1), {}, "Unit 002 is treated and at 3 no longer is"),
        (lambda row: put(row, "block", ""), {}, "1 row has no block"),
        (lambda row: [*row[:2], 0, *row[3:]], {}, "No unit is treated"),
        (lambda row: [*row[:2], int(row[1] == 4), *row[3:]], {}, "Every unit is treated"),
        (lambda row: None, {}, "The panel has no rows."),
    ],
)
def test_bad_input_ends_with_two_and_one_sentence(panel, capsys, change, more, said):
    file = panel(change or (lambda row: row))
    assert main(words(file, **more)) == 2
    out, wrong = capsys.readouterr()
    assert out == ""
    assert wrong.strip().count("\n") == 0
    assert said.casefold() in wrong.casefold()


@pytest.mark.parametrize("held", [b"", b"PAR1 and no more", b"\xff\xfe\x00\x81,\x00"])
def test_a_file_that_is_no_table_is_refused(tmp_path, capsys, held):
    file = tmp_path / "panel"
    file.write_bytes(held)
    assert main(words(file)) == 2
    assert capsys.readouterr().err.strip().count("\n") == 0


def test_a_file_that_is_not_there_is_refused(tmp_path, capsys):
    assert main(words(tmp_path / "none.csv")) == 2
    assert "none.csv" in capsys.readouterr().err


@pytest.mark.slow
def test_it_is_worked_out_without_django_and_without_waiting_for_pandas(panel):
    said = (
        "import sys; sys.modules['django'] = None\n"
        f"from clearlines.cli.main import main\nassert main({words(panel())!r}) == 0\n"
        "assert 'pandas' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
