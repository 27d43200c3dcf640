"""`clearlines networks …`: the keys it promises, the words it says, and one sentence for what it refuses."""

import json
import subprocess
import sys

import pytest

from clearlines.analysis.networks import WARNING
from clearlines.cli.main import main
from clearlines.groups import commands

ROW = "source,target,weight\na,b,1\nb,c,9\nc,d,1\nd,e,1\ne,d,1\n"


@pytest.fixture
def edges(tmp_path):
    def written(words=ROW, name="edges.csv"):
        path = tmp_path / name
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return path

    return written


def asked(capsys, *words):
    assert main(["networks", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def in_words(capsys, *words):
    assert main(["networks", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_the_promised_keys_of_a_fragmentation(capsys, edges):
    answer = asked(capsys, "fragment", "--edges", edges(), "--k", 1)
    assert (answer["best"], answer["fragmentation"]) == (["c"], 0.8)
    assert (answer["k"], answer["nodes"], answer["edges"], answer["before"]) == (1, 5, 4, 0)
    assert (answer["exact"], answer["upper"], answer["ties"], answer["tied"]) == (True, 0.8, 1, [["c"]])
    assert (answer["pairs"], answer["pairs_before"], answer["warning"]) == (4, 20, WARNING)
    assert answer["notes"] == ["1 row repeated a link"]
    assert answer["seconds"] >= 0


def test_the_promised_keys_of_a_removal(capsys, edges):
    answer = asked(capsys, "removal", "--edges", edges(), "--by", "betweenness", "--mode", "block", "--size", 2)
    assert answer["lcc_fraction"] == [1, 0.4]
    assert (answer["taken"], answer["order"]) == ([0, 2], ["c", "d"])
    assert (answer["by"], answer["mode"], answer["size"], answer["nodes"]) == ("betweenness", "block", 2, 5)
    assert (answer["alpha"], answer["warning"]) == (None, WARNING)


def test_labels_stay_as_they_are_in_the_file_and_nodes_without_a_link_count(capsys, edges):
    named = edges("id\na\nz\n", "nodes.csv")
    answer = asked(capsys, "fragment", "--edges", edges("source,target\n01,2\n2,3\n"), "--nodes", named)
    assert (answer["best"], answer["nodes"]) == (["2"], 5)


def test_the_words_warn_first_and_count_pairs_with_their_base(capsys, edges):
    said = in_words(capsys, "fragment", "--edges", edges(), "--k", 1)
    assert said.startswith(WARNING)
    assert "Without c, 2 of 10 pairs would be connected; now 10 are." in said
    assert "Every set that could do better was tried." in said
    assert "In the file, 1 row repeated a link." in said
    assert "%" not in said


def test_the_words_say_how_many_sets_tie(capsys, edges):
    said = in_words(capsys, "fragment", "--edges", edges("source,target\na,b\nb,c\nc,d\n"), "--k", 1)
    assert "Without b" in said
    assert "1 other set does as well." in said
    said = in_words(capsys, "fragment", "--edges", edges("source,target\na,b\nb,c\nc,a\n"), "--k", 1)
    assert "2 other sets do as well." in said


def test_a_search_that_ran_out_of_time_says_so_and_gives_its_bound(capsys, edges):
    network = commands.read(edges(), None)
    found = commands.analysis.best_removal(network, 2, stop=lambda: True)
    said = commands._best_in_words(found, network)
    assert "Time ran out: this is the best that was found, and no set has a fragmentation above 1.0000." in said


def test_the_words_of_a_removal_are_a_table(capsys, edges):
    said = in_words(capsys, "removal", "--edges", edges(), "--by", "katz", "--mode", "block", "--size", 2)
    assert said.startswith(WARNING)
    assert "By katz, alpha 0.1000, block of 2: 5 nodes, 4 links" in said
    assert "          2   0.4000" in said
    assert "sequential: 5 nodes" in in_words(capsys, "removal", "--edges", edges(), "--size", 1)


def test_accents_from_a_spreadsheet_are_read(capsys, edges):
    answer = asked(capsys, "fragment", "--edges", edges("source,target\nJosé,b\nJosé,c\n".encode("cp1252")))
    assert answer["best"] == ["José"]


@pytest.mark.parametrize(
    ("written", "words", "sentence"),
    [
        (ROW, "fragment --k 0", "How many are taken out must lie between 1 and the 5 nodes there are, not 0."),
        (ROW, "fragment --k 6", "between 1 and the 5 nodes"),
        (ROW, "fragment --k x", "'x' is not a valid integer"),
        (ROW, "fragment --seconds 0", "--seconds takes a time above nought"),
        (ROW, "removal --by luck", "'luck' is no measure: choose degree, betweenness, closeness, katz."),
        (ROW, "removal --mode all", "choose sequential or block"),
        (ROW, "removal --size 0", "at least 1, not 0"),
        ("source,target\n", "fragment", "The file edges.csv cannot be used: there is no link in it"),
        ("", "removal", "it is empty"),
        (b"PK\x03\x04\0\0", "fragment", "not a table in plain text"),
        ("Dear all,\nplease find\n", "fragment", "cannot be used"),
        ("source,target\n" + "".join(f"a,{each}\n" for each in range(2001)), "fragment", "2,000 are the most"),
    ],
)
def test_what_cannot_be_used_ends_with_two_and_one_sentence(written, words, sentence, capsys, edges):
    assert main(["networks", *words.split(), "--edges", str(edges(written))]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert said.err.strip().count("\n") == 0


def test_a_file_that_is_not_there_or_a_folder_is_one_sentence(capsys, tmp_path):
    assert main(["networks", "fragment", "--edges", str(tmp_path / "none.csv")]) == 2
    assert "There is no file" in capsys.readouterr().err
    assert main(["networks", "fragment", "--edges", str(tmp_path)]) == 2
    assert "cannot be read: Is a directory." in capsys.readouterr().err


@pytest.mark.parametrize("name", ["fragment", "removal"])
def test_help_teaches_with_an_example_and_says_what_it_is_not_for(name, capsys):
    assert main(["networks", name, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"clearlines networks {name} --edges" in said
    assert "Not for" in said


@pytest.mark.slow
def test_it_runs_without_django(edges):
    words = ["networks", "fragment", "--edges", str(edges())]
    run = f"import sys; from clearlines.cli.main import main; main({words!r}); assert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", run], check=False, capture_output=True).returncode == 0
