"""A claim is read as people write it, and held against the whole interval and never against its middle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlines.evaluation.claims import FALL, RISE, Claim, read, read_size
from clearlines.evaluation.verdicts import Evidence, Kind, on_claim


@pytest.mark.parametrize(
    ("words", "direction", "fraction", "number"),
    [
        ("50% fewer incidents in Hindpool", FALL, 0.5, None),
        ("crime in Hindpool fell by 50 per cent", FALL, 0.5, None),
        ("Crime has halved", FALL, 0.5, None),
        ("half as many burglaries", FALL, 0.5, None),
        ("our visits cut crime by more than half", FALL, 0.5, None),
        ("down by a third in Barrow", FALL, 1 / 3, None),
        ("crime is down two thirds", FALL, 2 / 3, None),
        ("three quarters fewer calls", FALL, 0.75, None),
        ("rose by a quarter", RISE, 0.25, None),
        ("burglaries cut by 1,200", FALL, None, 1200),
        ("ten fewer robberies", FALL, None, 10),
        ("a dozen more thefts", RISE, None, 12),
        ("fell from 20 to 10", FALL, 0.5, None),
        ("from twenty to ten", FALL, 0.5, None),
        ("20 → 10", FALL, 0.5, None),
        ("from 1,200 to 1,800", RISE, 0.5, None),
        ("from 0 to 5", RISE, None, 5),
        ("from 0 to 0", "", None, None),
        ("no crime at all in Hindpool", FALL, 1, None),
        ("burglary eradicated", FALL, 1, None),
        ("Crime doubled", RISE, 1, None),
        ("twice as many overdoses", RISE, 1, None),
        ("calls trebled", RISE, 2, None),
        ("Up to a 50 % reduction in crime", FALL, 0.5, None),
        ("-50%", FALL, 0.5, None),
        ("+80%", RISE, 0.8, None),
        ("up 5% and down", RISE, 0.05, None),
        ("fell from 2022 to 2023 by 10%", FALL, 0.1, None),
        ("no change in crime", "", None, None),
        ("cut burglary to 5", FALL, None, None),
        ("nothing of the kind", "", None, None),
        ("", "", None, None),
    ],
)
def test_which_way_and_how_much_are_read_as_people_write_them(words, direction, fraction, number):
    claim = read(words)
    assert (claim.direction, claim.number) == (direction, number)
    assert claim.fraction == (pytest.approx(fraction) if fraction is not None else None)
    assert claim.is_read == bool(direction and (fraction or number))


@pytest.mark.parametrize(
    ("words", "what", "where"),
    [
        ("50% fewer incidents in Hindpool", "incidents", "Hindpool"),
        ("ten fewer robberies in Barrow Island since the visits began", "robberies", "Barrow Island"),
        ("A 50 % reduction in consequential crime and demand in known hotspots", "consequential crime and demand",
         "known hotspots"),
        ("three quarters fewer calls in Ulverston in twelve months", "calls", "Ulverston"),
        ("halved", "", ""),
    ],
)  # fmt: skip
def test_what_and_where_are_read_too(words, what, where):
    claim = read(words)
    assert (claim.what, claim.where) == (what, where)


def test_a_cause_an_up_to_and_the_work_of_police_are_noticed():
    assert read("our visits cut crime by half").is_causal
    assert read("thanks to the visits crime halved").is_causal
    assert not read("crime halved").is_causal
    assert read("up to 50% fewer").is_up_to
    assert not read("the map is up to date").is_up_to
    for words in ("Drug-possession crimes up 80 %", "arrests doubled", "50 more stop and searches", "seizures halved"):
        assert read(words).is_of_police, words
    assert not read("80 % fewer burglaries").is_of_police


def test_a_size_alone_is_read_and_said_back():
    assert read_size("50 %") == (0.5, None)
    assert read_size("half") == (0.5, None)
    assert read_size("1,200") == (None, 1200)
    assert read_size("lots") == (None, None)
    assert (Claim("", fraction=0.333).size, Claim("", number=1200).size, Claim("").size) == ("33.3 %", "1,200", "")
    claim = read("50% fewer incidents in Hindpool")
    assert Claim.from_json(claim.as_json()) == claim


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=400))
def test_anything_at_all_can_be_typed(words):
    claim = read(words)
    assert claim.fraction is None or claim.fraction >= 0
    assert len(claim.words) <= 300


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 99), st.sampled_from(["fewer", "more", "less"]), st.sampled_from(["burglaries", "calls"]))
def test_a_percentage_is_read_wherever_it_stands(many, way, what):
    first, second = read(f"{many}% {way} {what} in Ulverston"), read(f"{what} in Ulverston: {many} per cent {way}")
    assert first.fraction == second.fraction == many / 100
    assert first.direction == second.direction


def evidence(**more) -> Evidence:
    """A fall of 38 in 100, between 12 and 58."""
    given = {"before": 200, "after": 124, "level": 0.95, "compared": (210, 210), "expected": 200, "low": -0.58,
             "middle": -0.38, "high": -0.12, "shown": "change −76 (95 % interval −116 to −24)"}  # fmt: skip
    return Evidence(**given | more)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("a third fewer incidents", Kind.SUPPORTED),
        ("38 % fewer incidents", Kind.SUPPORTED),
        ("10 % fewer incidents", Kind.SUPPORTED),
        ("70 fewer incidents", Kind.SUPPORTED),
        ("50 % fewer incidents", Kind.NOT_RULED_OUT),
        ("100 fewer incidents", Kind.NOT_RULED_OUT),
        ("80 % fewer incidents", Kind.TOO_BIG),
        ("190 fewer incidents", Kind.TOO_BIG),
        ("no incidents at all", Kind.TOO_BIG),
        ("10 % more incidents", Kind.OTHER_WAY),
        ("10 % fewer arrests", Kind.OF_POLICE),
    ],
)
def test_a_claim_is_held_against_the_whole_interval(words, kind):
    assert on_claim(read(words), evidence()).kind == kind


def test_fifty_per_cent_of_twenty_to_ten_is_too_few_to_tell():
    found = evidence(before=20, after=10, level=0.9, compared=(20, 20), expected=20, low=-1.188, middle=-0.5,
                     high=0.188, too_few=True, shown="change −10 (90 % interval −23.8 to +3.8)")  # fmt: skip
    said = on_claim(read("50% fewer incidents in Hindpool"), found)
    assert said.headline == "Too few to tell"
    assert said.sentences == (
        "Observed 20→10; comparison unchanged; change −10 (90 % interval −23.8 to +3.8): too few to tell apart from "
        "chance; do not state 50 %.",
    )
    assert said.suggested == (
        "Incidents in Hindpool went from 20 to 10; a comparison stayed at 20. With numbers this small the difference "
        "could be chance."
    )


def test_what_is_carried_may_be_said_with_its_base_and_interval():
    said = on_claim(read("a third fewer incidents in Hindpool, thanks to up to six visits"), evidence())
    assert said.headline == "May be said, with its base and interval"
    assert "between 12 % and 58 % fewer than the 200 expected (95 % interval)" in said.suggested
    assert any("Say “after”, not “because”" in each for each in said.sentences)
    up_to = on_claim(read("up to 80 % fewer incidents"), evidence(is_a_month=True))
    assert (
        "The most that may be said is between 12 % and 58 % fewer than the 200 expected a month" in up_to.sentences[1]
    )
    assert any("“Up to” names the best of several figures" in each for each in up_to.sentences)


def test_with_no_comparison_only_the_counts_may_be_said():
    said = on_claim(read("50 % fewer burglaries in Hindpool"), Evidence(20, 10, 0.9, chance=0.07))
    assert said.kind == Kind.ALONE
    assert "nothing to compare it with: do not state 50 %, and do not say why it changed" in said.sentences[0]
    assert "about 7 times in 100 by chance" in said.sentences[1]
    assert said.suggested == (
        "Burglaries in Hindpool went from 20 to 10. Nothing was counted elsewhere to compare it with, so this does not "
        "say why."
    )
    assert "less than once in 100" in on_claim(read("halved"), Evidence(900, 10, 0.9, chance=0.0)).sentences[1]


def test_what_police_did_is_refused_in_words_and_offered_as_what_it_is():
    said = on_claim(read("80 % more drug possession crimes in Hindpool"), evidence(before=10, after=18))
    assert "can never be said as crime going up or down" in said.sentences[0]
    assert said.suggested == "Officers recorded 18 of these in Hindpool, after 10 in the period before."


def test_no_more_than_chance_and_the_opposite_are_said_plainly():
    nothing = on_claim(read("38 % fewer incidents"), evidence(high=0.05))
    assert "no more than chance would give; do not state 38 %" in nothing.sentences[0]
    assert nothing.suggested.endswith("The difference is no more than chance would give.")
    other = on_claim(read("doubled"), evidence(compared=(200, 150)))
    assert "comparison 200→150" in other.sentences[0]
    assert "a fall, not a rise. Do not state 100 %" in other.sentences[0]
    unknown = on_claim(read("12 fewer"), evidence(low=None, middle=None, high=None, expected=0))
    assert unknown.kind == Kind.TOO_FEW
    assert on_claim(read("12 fewer"), evidence(expected=0)).kind == Kind.TOO_BIG
