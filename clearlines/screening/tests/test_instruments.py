import pytest

from clearlines.screening import checks, instruments
from clearlines.screening.states import Band

# A tool that has been answered is never edited: what somebody was asked must stay readable. A change is a new file.
SHIPPED = {
    "adult-cuckooing.v1": "90ee174eb50a6837926da5d3b419d3885dfe2c7132840f7a75ec9bb88638c3cb",
    "child-criminal-exploitation.v1": "bbbcf5628f81b7d89cd7684e6d9b9ec07a95acd8da87613e06649b58174012e4",
    "generic-vulnerability.v1": "d09841f9e8fbcb07dbb73bea875da1cf4bcb9fb459ca392c7332b4f22b857d78",
}
TOOL = """
key = "try"
version = 1
title = "Try"
purpose = "To try"
source = "Ours"
licence = "Open"
verified = false
[domains]
home = "Home"
[[items]]
id = "visitors"
domain = "home"
words = "Visitors"
[[protective]]
id = "friend"
words = "A friend"
[[rules]]
id = "any"
kind = "any_yes"
band = "planned"
because = "A sign"
[next_days]
today = 0
this_week = 5
planned = 28
monitor = 84
"""


def test_shipped_tools_are_as_they_were_when_they_were_answered():
    assert {name: tool.sha256 for name, tool in instruments.all_tools().items()} == SHIPPED


def test_every_shipped_tool_says_where_it_comes_from_and_can_be_worked():
    for tool in instruments.all_tools().values():
        assert tool.source and tool.licence and tool.purpose
        assert {rule.band for rule in tool.rules} >= {Band.TODAY, Band.THIS_WEEK, Band.PLANNED, Band.MONITOR}
        assert any(rule.floor for rule in tool.rules)


def test_no_tool_has_a_number_to_add_up():
    for path in instruments.FOLDER.glob("*.toml"):
        assert not {"score", "weight", "points"} & set(path.read_text().split())


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('kind = "any_yes"', 'kind = "guess"', "rule any is of an unknown kind, guess"),
        ('kind = "any_yes"', 'kind = "fact"\nfact = "ethnicity"', "rule any asks a fact nobody knows, ethnicity"),
        ('because = "A sign"', 'because = "A sign"\nitems = ["x"]', "rule any asks about x, which is no question"),
        ('because = "A sign"', 'because = "A sign"\nevidence = ["gut"]', "rule any has no evidence called gut"),
        ('band = "planned"', 'band = "close"', "rule any suggests closing: only a person may"),
        ('band = "planned"', 'band = "62/100"', "'62/100' is not a valid Band"),
        ('domain = "home"', 'domain = "away"', "question visitors is in no domain"),
        ('id = "friend"', 'id = "visitors"', "two questions are called visitors"),
        ("monitor = 84", "", "next_days says nothing about monitor"),
        ('title = "Try"', "", "'title'"),
        ('[[rules]]\nid = "any"', '[[rules]]\nid = "any"\nweight = 3', "weight"),
        ("version = 1", "version = 2", "it calls itself try.v2"),
        ("[domains]", "[[[", "try.v1.toml"),
    ],
)  # fmt: skip
def test_a_malformed_tool_is_a_sentence_in_the_system_check(tmp_path, monkeypatch, was, now, said):
    path = tmp_path / "try.v1.toml"
    path.write_text(TOOL.replace(was, now))
    with pytest.raises(instruments.Malformed) as wrong:
        instruments.read(path)
    assert said in str(wrong.value)
    monkeypatch.setattr(instruments, "FOLDER", tmp_path)
    assert [said in error.msg for error in checks.tools_are_well_formed(None)] == [True]


def test_two_rules_may_not_share_a_name(tmp_path):
    path = tmp_path / "try.v1.toml"
    rule = TOOL[TOOL.index("[[rules]]") : TOOL.index("[next_days]")]
    path.write_text(TOOL.replace("[next_days]", f"{rule}\n[next_days]"))
    with pytest.raises(instruments.Malformed, match="two rules are called any"):
        instruments.read(path)


def test_a_good_tool_reads_and_the_shipped_ones_pass_the_check(tmp_path):
    path = tmp_path / "try.v1.toml"
    path.write_text(TOOL)
    assert instruments.read(path).words_of("visitors") == "Visitors"
    assert checks.tools_are_well_formed(None) == []
