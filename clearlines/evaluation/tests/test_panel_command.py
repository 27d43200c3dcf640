"""`clearlines evaluate panel`: promised keys, and one sentence for whatever cannot be worked out."""

import json

import numpy as np
import pytest

from clearlines.cli.main import main

pytestmark = pytest.mark.slow
COLUMNS = ["--unit", "lsoa", "--time", "month", "--outcome", "burglary"]
TOGETHER = [*COLUMNS, "--treated", "hot", "--from", "2021-01"]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Sixty areas over a year before and a year after, ten of them halved, in two groups."""
    rng = np.random.default_rng(3)
    lines = ["lsoa,month,hot,began,burglary"]
    for area in range(60):
        began = "" if area > 9 else "2021-01" if area < 5 else "2021-04"
        for at in range(24):
            month = f"{2020 + at // 12}-{at % 12 + 1:02}"
            many = rng.poisson(3 if began and month >= began else 6)
            lines.append(f"E{area:03},{month},{int(area < 10)},{began},{many}")
    path = tmp_path_factory.mktemp("panel") / "months.csv"
    path.write_text("\n".join(lines))
    return path


def answered(capsys, *words):
    assert main(["evaluate", "panel", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_promised_keys(table, capsys):
    found = answered(capsys, "--panel", table, *TOGETHER, "--draws", 99)
    assert {"ratio", "low", "high", "p", "expected", "treated_areas", "verdict", "cautions", "by_chance"} < set(found)
    assert found["low"] < 0.55 < found["high"] < 0.8
    assert (found["treated_areas"], found["other_areas"], found["by_chance"]["p"]) == (10, 50, 0.01)
    assert "event_study" not in found
    assert answered(capsys, "--panel", table, *TOGETHER, "--draws", 99) == found
    assert answered(capsys, "--panel", table, *TOGETHER, "--draws", 0)["by_chance"] is None


def test_the_promised_keys_of_an_event_study(table, capsys):
    found = answered(capsys, "--panel", table, *TOGETHER, "--event-study", "--every", 6, "--family", "negbin")
    assert [each["number"] for each in found["event_study"]["periods"]] == [-2, -1, 0, 1]
    assert set(found["event_study"]["pre_trend"]) == {"f", "p", "periods", "df", "sentence"}


def test_the_promised_keys_of_areas_that_began_apart(table, capsys):
    found = answered(capsys, "--panel", table, *COLUMNS, "--staggered", "--first", "began", "--every", 3)
    assert found["low"] < -3 < found["high"]
    assert [each["areas"] for each in found["cohorts"]] == [5, 5]


def test_words_say_the_verdict_and_what_it_rests_on(table, capsys):
    assert main(["evaluate", "panel", "--panel", str(table), *TOGETHER, "--event-study", "--every", "4"]) == 0
    said = capsys.readouterr().out
    assert "Consistent with a fall of" in said
    assert "areas at random do as much" in said
    assert "a passed pre-trend test is weak evidence" in said
    assert main(["evaluate", "panel", "--panel", str(table), *COLUMNS, "--staggered", "--first", "began"]) == 0
    assert "began 2021-01: 5 areas" in capsys.readouterr().out


def test_parquet_is_read_too(table, tmp_path, capsys):
    import pandas as pd

    pd.read_csv(table).to_parquet(tmp_path / "months.parquet")
    assert answered(capsys, "--panel", tmp_path / "months.parquet", *TOGETHER) == answered(
        capsys, "--panel", table, *TOGETHER
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (COLUMNS, "Give --treated too"),
        ([*COLUMNS, "--treated", "hot"], "Give --from too"),
        ([*TOGETHER[:-1], "2025-01"], "2025-01 is not among the months"),
        ([*TOGETHER, "--unit", "ward"], "There is no column ward"),
        ([*TOGETHER, "--level", "95"], "The level must lie between 0 and 1"),
        ([*COLUMNS, "--staggered"], "--staggered needs --first"),
        ([*COLUMNS, "--staggered", "--first", "began", "--event-study"], "leave out --event-study"),
        ([*COLUMNS, "--staggered", "--first", "began", "--every", "2"], "is not the first month of a period of 2"),
        ([*TOGETHER, "--family", "normal"], "normal"),
    ],
)
def test_what_cannot_be_worked_out_ends_with_two_and_one_sentence(table, words, sentence, capsys):
    assert main(["evaluate", "panel", "--panel", str(table), *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert said.err.strip().count("\n") == 0


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'a,b\n"1,2\n3,4,5\n'])
@pytest.mark.parametrize("name", ["months.csv", "months.parquet"])
def test_a_file_that_is_no_table_is_refused(tmp_path, content, name, capsys):
    (tmp_path / name).write_bytes(content)
    assert main(["evaluate", "panel", "--panel", str(tmp_path / name), *TOGETHER]) == 2
    assert "cannot be read as a table" in capsys.readouterr().err


def test_a_file_too_large_to_read_at_once_is_refused(table, monkeypatch, capsys):
    from clearlines.evaluation.commands import tables

    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    assert main(["evaluate", "panel", "--panel", str(table), *TOGETHER]) == 2
    assert "larger than" in capsys.readouterr().err
