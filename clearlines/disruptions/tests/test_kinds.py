import hashlib
from datetime import date

import pytest

from clearlines.disruptions import agencies, checks, kinds
from clearlines.disruptions.agencies import agreed

# A list that was recorded under is never edited: what a row means must stay readable. A change is a new file.
SHIPPED = {
    "contributions.v1": "47fb396b678c8225",
    "levels.v1": "f7e069a2d0a5c918",
    "orders.v1": "96448094ad2ebd0d",
    "seizures.v1": "dc89674519b0d0f0",
    "tactics.v1": "9fae1f77c99cb6d2",
}
ENTRY = {
    "levels": 'key = "major"\nname = "Major"\nmeans = "Long"',
    "tactics": 'key = "a"\nname = "A"\narea = "Crime"\np = "pursue"\n'
    'may_harm_victims = true\nwatch_out_for = "x"\nsource = "s"',
    "orders": 'key = "a"\nname = "A"\nlaw = "An Act"\ncomplied_with = true\ncuts_off = true',
    "seizures": 'key = "a"\nname = "A"\nunits = ["g"]',
    "contributions": 'key = "a"\nname = "A"\nfor_charity = true\nis_visit = true',
}


def test_shipped_lists_are_as_they_were_when_they_were_recorded_under():
    found = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in kinds.FOLDER.glob("*.toml")}
    assert found == SHIPPED


def test_every_list_says_where_it_comes_from_and_that_nobody_confirmed_it():
    for listed in kinds.everything().values():
        assert listed.source and not listed.verified and listed.choices


def test_whatever_touches_a_home_a_benefit_or_a_tenancy_is_marked_as_harmful():
    tactics = kinds.newest("tactics").entries
    harmful = {key for key, each in tactics.items() if each.may_harm_victims}
    assert {"tenancy_action", "benefits", "closure_full", "closure_partial", "warrant"} <= harmful


def test_a_tactic_keeps_the_words_it_was_recorded_under():
    assert kinds.called("tactics", "arrest", 1).name == "Arrest of somebody who controls the line"


def written(tmp_path, name, entries, version=1, as_version=1):
    path = tmp_path / f"{name}.v{as_version}.toml"
    head = f'version = {version}\nsource = "Ours"\nverified = false\n'
    path.write_text(head + "".join(f"[[entries]]\n{each}\n" for each in entries), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["tactics", "orders", "seizures", "contributions"])
def test_a_list_that_is_whole_is_read(name, tmp_path):
    assert list(kinds.read(written(tmp_path, name, [ENTRY[name]])).entries) == ["a"]


@pytest.mark.parametrize(
    ("name", "was", "now", "said"),
    [
        ("tactics", '"pursue"', '"push"', "'push' is not a valid P"),
        ("tactics", '"Crime"', '"Weather"', "'Weather' is not a valid Area"),
        ("tactics", '"x"', '" "', "a does not say what to watch out for"),
        ("tactics", 'name = "A"\n', "", "missing 1 required positional argument: 'name'"),
        ("orders", "complied_with = true", "complied_with = false", "somebody must comply with it"),
        ("seizures", '["g"]', '["stone"]', "counted in a unit nobody knows"),
        ("seizures", '["g"]', "[]", "counted in a unit nobody knows"),
        ("levels", "", "", "the levels are major, moderate and minor"),
    ],
)
def test_a_list_with_a_fault_is_refused_in_a_sentence(name, was, now, said, tmp_path):
    with pytest.raises(kinds.Malformed, match=said):
        kinds.read(written(tmp_path, name, [ENTRY[name].replace(was, now)]))


def test_two_entries_of_one_key_and_a_version_that_is_another_are_refused(tmp_path):
    with pytest.raises(kinds.Malformed, match="two entries have one key"):
        kinds.read(written(tmp_path, "orders", [ENTRY["orders"]] * 2))
    with pytest.raises(kinds.Malformed, match="it calls itself version 2"):
        kinds.read(written(tmp_path, "orders", [ENTRY["orders"]], version=2))


def test_the_system_check_names_the_file_and_the_fault(tmp_path, monkeypatch, settings):
    assert checks.lists_are_well_formed(None) == []
    written(tmp_path, "orders", [ENTRY["orders"].replace("An Act", "").replace("law", "lore")])
    monkeypatch.setattr(kinds, "FOLDER", tmp_path)
    settings.PROGRAMME_DIR = tmp_path
    said = [each.msg for each in checks.lists_are_well_formed(None)]
    assert "there is no list of tactics" in said
    assert any("orders.v1.toml" in each and "lore" in each for each in said)
    assert any("disruptions.toml is not there: it names the agencies" in each for each in said)


def programme(tmp_path, words):
    (tmp_path / "disruptions.toml").write_text(words, encoding="utf-8")
    (tmp_path / "bank_holidays.toml").write_text("verified = true\ndays = [2022-06-13]", encoding="utf-8")
    return tmp_path


WHOLE = """
version = "1"
verified = true
comply_within_working_days = 5
moderate_within_working_days = 5
[agencies]
ours = { name = "Ours", kind = "police" }
"""


def test_the_programme_says_which_agencies_there_are_and_its_holidays_count(tmp_path):
    found = agencies.read(programme(tmp_path, WHOLE))
    assert found.verified and found.that_lead == [("ours", "Ours")] and found.choices == [("ours", "Ours")]
    assert found.complies_by(date(2022, 6, 10)) == date(2022, 6, 20)
    assert (found.name_of("gone"), found.kind_of("gone")) == ("gone", "")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('"police"', '"choir"', "the kind of ours is none of"),
        ("comply_within_working_days = 5", "", "comply_within_working_days"),
        ("[agencies]", "[agencies", "disruptions.toml:"),
    ],
)
def test_a_programme_with_a_fault_is_refused_in_a_sentence(was, now, said, tmp_path):
    with pytest.raises(kinds.Malformed, match=said):
        agencies.read(programme(tmp_path, WHOLE.replace(was, now)))


def test_s03_an_order_granted_on_10_june_is_complied_with_by_the_end_of_17_june():
    assert agreed().complies_by(date(2022, 6, 10)) == date(2022, 6, 17)
    assert agreed().complies_by(date(2022, 5, 31)) == date(2022, 6, 9), "two bank holidays in between"
