"""Exit code 2 and one sentence for anything refused; Django is loaded only by rooms that need it."""

import json
import subprocess
import sys

import pytest

from clearlines.cli.console import Console
from clearlines.cli.main import DOORS, main

WDD = ["evaluate", "wdd", "--control", "20", "20", "--treated", "20", "10"]


def test_json_and_as_may_stand_anywhere():
    console, left = Console.from_words(["--json", "lines", "--as", "analyst", "status", "--as-known", "2022-06-01"])
    assert (console.json, console.username) == (True, "analyst")
    assert left == ["lines", "status", "--as-known", "2022-06-01"]


def test_the_promised_keys_of_the_weighted_displacement_difference(capsys):
    assert main([*WDD, "--level", "0.9", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer)[:6] == ["estimate", "se", "z", "low", "high", "verdict"]
    assert answer["estimate"] == -10
    assert round(answer["low"], 2) == -23.76
    assert "too few" in answer["verdict"].lower()


def test_commas_and_spaces_between_numbers_are_the_same(capsys):
    main(["evaluate", "wdd", "--control=20,20", "--treated", "20,10", "--json"])
    with_commas = capsys.readouterr().out
    main([*WDD, "--json"])
    assert capsys.readouterr().out == with_commas


def test_harm_weights_join_several_kinds_of_incident(capsys):
    words = "evaluate wdd --harm 10 5 1 --control 20 20 30 30 80 60 --treated 20 10 --treated 25 20 70 20 --json"
    assert main(words.split()) == 0
    assert json.loads(capsys.readouterr().out)["estimate"] == -155


def test_overdispersion_widens_the_interval_and_leaves_the_estimate(capsys):
    main([*WDD, "--json"])
    plain = json.loads(capsys.readouterr().out)
    main([*WDD, "--overdispersion", "4", "--json"])
    wide = json.loads(capsys.readouterr().out)
    assert (wide["estimate"], wide["se"], wide["overdispersion"]) == (-10, 2 * plain["se"], 4)
    assert (plain["cautions"], len(wide["cautions"])) == ([], 1)


def test_several_controls_are_answered_side_by_side_and_none_is_picked(capsys):
    words = [*WDD, "--disp-control", "5 5", "--disp-treated", "6 6", "--another-control", "20 14"]
    assert main([*words, "--another-disp-control", "4", "4", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["estimate"] for each in answer["controls"]] == [-10, -4]
    assert list(answer["controls"][0]) == ["control", "estimate", "se", "z", "low", "high", "verdict"]
    assert answer["controls_apart"]["apart"] == 6
    assert answer["controls_agree"]
    assert "differ from each other" in answer["verdict"]
    assert main([*WDD, "--another-control", "20", "14", "--time", "2", "1"]) == 0
    said = capsys.readouterr().out
    assert "Against control 2" in said
    assert "unequal length" in said


@pytest.mark.parametrize(
    "words",
    [
        "evaluate wdd --control 1 1 --treated 2 3 --overdispersion 0.5",
        "evaluate wdd --control 1 1 --treated 2 3 --another-control 1",
        "evaluate wdd --control 1 1 --treated 2 3 --another-disp-control 1 1",
        "evaluate wdd --control 1 1 --treated 2 3 --another-control 1 1 --area 1 1 1 1",
        "evaluate wdd --control x 1 --treated 2 3",
        "evaluate wdd --control -5 1 --treated 2 3",
        "evaluate wdd --control 5 --treated 2 3",
        "evaluate wdd --control 5 5 5 5 --treated 2 3",
        "evaluate wdd --control 5 5 5 5 --treated 2 3 2 3",
        "evaluate wdd --control nan 1 --treated 2 3",
        "evaluate wdd --control 1 1 --treated 2 3 --level 95",
        "evaluate wdd --control 1 1 --treated 2 3 --level x",
        "evaluate wdd --control 1 1 --treated 2 3 --time 0 1",
        "evaluate wdd --control 1 1 --treated 2 3 --area 1 2",
        "evaluate wdd --control 1 1 --treated 2 3 --harm 1 2",
        "evaluate wdd --control 1 1 --treated 2 3 --bogus",
        "evaluate wdd --control 1 1",
        "evaluate nothing",
        "nothing",
        "--as",
    ],
)
def test_bad_input_ends_with_two_and_one_sentence(words, capsys):
    assert main(words.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip().count("\n") == 0
    assert said.err.strip().endswith((".", "?"))


def test_an_account_that_is_not_there_is_refused_by_name(capsys, db):
    assert main(["import", "boundaries", __file__, "--as", "nobody.here"]) == 2
    assert "nobody.here" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["evaluate", "ledger", "example", "tick", "import"])
def test_help_teaches_with_an_example_or_a_list(name, capsys):
    assert main([name, "--help"]) == 0
    assert "Usage: clearlines" in capsys.readouterr().out


def test_without_a_command_the_console_explains_itself(capsys):
    assert main([]) == 0
    said = capsys.readouterr().out
    assert "For example" in said
    assert all(name in said for name, door in DOORS.items() if door.is_there())


@pytest.mark.slow
def test_the_displacement_difference_is_worked_out_without_django():
    said = (
        "import sys; sys.modules['django'] = None\n"
        f"from clearlines.cli.main import main\nassert main({WDD!r}) == 0\n"
        "assert 'numpy' not in sys.modules and 'pandas' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Too few to tell")
