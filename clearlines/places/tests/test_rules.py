import pytest

from clearlines.places import rules


def why(**more) -> str:
    said = {"words": "14 Slipway Street", "town": "Barrow", "postcode": "", "latitude": None, "longitude": None} | more
    return "; ".join(rules.reasons_not_to_add(**said))


def test_a_place_with_no_address_is_said_in_words():
    assert not why(words="Bus shelter, Duke Street")
    assert "in words" in why(words=" ")
    assert "which town" in why(town="")


@pytest.mark.parametrize("said", ["la14 1xx", "LA141XX", "LA14 1XX", " la141xx "])
def test_a_postcode_typed_in_any_way_is_one_postcode(said):
    assert rules.tidy_postcode(said) == "LA14 1XX"
    assert not why(postcode=said)


@pytest.mark.parametrize("said", ["LA14", "1XX LA14", "<script>", "LA14 1X"])
def test_what_is_no_postcode_is_refused_with_a_way_out(said):
    assert "leave it out if you are not sure" in why(postcode=said)


def test_half_a_grid_reference_is_refused():
    assert "both latitude and longitude" in why(latitude=54.1)
    assert not why(latitude=54.1, longitude=-3.2)
