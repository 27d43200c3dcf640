"""What an analyst types, and the keys that other programs rely on."""

import json
from datetime import UTC, date, datetime

import pytest

from clearlines.cli.main import main
from clearlines.ledger.models import Entry
from clearlines.lines import actions
from clearlines.lines.states import Status
from clearlines.lines.tests import build

SUMMARY = ["lines", "summary", "--from", "2022-02-01", "--to", "2022-06-30"]


@pytest.fixture
def story(cast):
    """Active from 10 February; closed on 20 May; active again on 1 June, which we learned on 5 July."""
    line = build.active_line(cast.analyst)
    closed = date(2022, 5, 20)
    actions.move(by=cast.analyst, line=line, to=Status.CLOSED_T2, on=closed, complied_on=closed)
    later = cast.viewer("analyst", datetime(2022, 7, 5, 11, tzinfo=UTC))
    actions.move(by=later, line=line, to=Status.ACTIVE, on=date(2022, 6, 1))


def answer(capsys, *words: str) -> dict:
    assert main([*words, "--json", "--as", "analyst"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_summary_keeps_its_promised_keys(story, capsys):
    assert answer(capsys, *SUMMARY) == {
        "ever_known": 1,
        "peak_active": 1,
        "zero_days": 9 + 12,
        "zero_spells": [{"from": "2022-02-01", "to": "2022-02-09"}, {"from": "2022-05-20", "to": "2022-05-31"}],
        "active_at_end": 1,
        "closures": {"type1": 0, "type2": 1},
        "reactivations": 1,
    }
    assert answer(capsys, *SUMMARY, "--as-known", "2022-06-30")["reactivations"] == 0


def test_the_status_keeps_its_promised_keys_as_known_then_and_now(story, capsys):
    row = {"reference": "L-0001", "name": "Bracken"}
    now = answer(capsys, "lines", "status", "--on", "2022-06-10")
    assert now == {"active": 1, "ever_known": 1, "lines": [row | {"status": "active"}]}
    then = answer(capsys, "lines", "status", "--on", "2022-06-10", "--as-known", "2022-06-30")
    assert then == {"active": 0, "ever_known": 1, "lines": [row | {"status": "closed_t2"}]}


def test_a_person_is_answered_in_words_and_the_look_is_on_the_ledger(story, capsys):
    assert main([*SUMMARY, "--as", "analyst"]) == 0
    assert "1 lines ever known, 1 active at the peak" in capsys.readouterr().out
    assert main(["lines", "status", "--as", "analyst", "--as-known", "2022-06-30"]) == 0
    assert "as known on 30 June 2022: 0 active of 1 lines" in capsys.readouterr().out
    assert Entry.objects.filter(event="looked:console:lines-status", actor="analyst").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lines", "status", "--on", "31/02/2022"], "is not a day: write it as"),
        (["lines", "status", "--on", "2090-01-01"], "nobody knows yet"),
        (["lines", "summary", "--from", "2022-03-01", "--to", "2022-02-01"], "The first day is after the last"),
        (["lines", "summary", "--from", "2022-03-01"], "--to"),
    ],
)
def test_bad_input_ends_with_two_and_one_sentence(cast, capsys, words, said):
    assert main([*words, "--as", "analyst"]) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def test_who_may_not_see_lines_is_told_so_and_is_not_told_none(story, capsys):
    for username in ("worker", "commissioner", "administrator"):
        assert main([*SUMMARY, "--as", username]) == 2
        assert "Your role does not let you see the line register" in capsys.readouterr().err


DIFF = ["lines", "diff", "--on", "2022-06-10", "--as-known", "2022-06-30"]


def test_the_difference_between_two_days_of_knowing_keeps_its_promised_keys(story, capsys):
    found = answer(capsys, *DIFF, "--and-known", "2022-07-05")
    assert found["active"] == {"first": 0, "then": 1}
    (line,) = found["lines"]
    assert (line["reference"], line["first"], line["then"]) == ("L-0001", "closed_t2", "active")
    (learned,) = line["learned"]
    assert (learned["on"], learned["status"], learned["corrects"]) == ("2022-06-01", "active", False)
    assert answer(capsys, *DIFF, "--and-known", "2022-07-04")["lines"] == []


def test_the_difference_is_said_in_words_and_the_wrong_order_is_refused_in_a_sentence(story, capsys):
    assert main([*DIFF, "--as", "analyst"]) == 0
    said = capsys.readouterr().out
    assert "Active on 10 June 2022: 0 as known on 30 June 2022, 1 as known on" in said
    assert "Bracken" in said and "Closed, Type 2, then Active" in said
    assert main([*DIFF, "--and-known", "2022-06-30", "--as", "analyst"]) == 2
    assert capsys.readouterr().err == "The first day of knowing must come before the second.\n"
