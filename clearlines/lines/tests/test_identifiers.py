import pytest

from clearlines.lines import identifiers


@pytest.mark.parametrize(
    "said",
    ["07700 900123", "+44 7700 900123", "0044 7700 900123", "+44 (0)7700-900-123", "07700900123", "447700900123"],
)
def test_one_number_in_many_spellings_is_one_number(said):
    assert identifiers.kept_as("number", said) == "+447700900123"


@pytest.mark.parametrize("said", ["", "bracken", "12", "0" * 40, "٠"])
def test_what_is_no_number_is_kept_as_none(said):
    assert identifiers.kept_as("number", said) is None


def test_handsets_and_sims_are_digits_of_the_right_length():
    assert identifiers.kept_as("imei", "35-209900-176148-1") == "352099001761481"
    assert identifiers.kept_as("imei", "1234") is None
    assert identifiers.kept_as("iccid", "8944 1234 5678 9012 345") == "8944123456789012345"
    assert identifiers.kept_as("iccid", "eighteen digits ok") is None


def test_a_handle_is_the_same_with_or_without_its_at_sign():
    assert identifiers.kept_as("handle", " @BrackenLine ") == identifiers.kept_as("handle", "brackenline")
    assert identifiers.kept_as("handle", " @ ") is None


def test_a_number_is_shown_as_people_read_it_out():
    assert identifiers.shown("number", "+447700900123") == "07700 900123"
    assert identifiers.shown("number", "+353851234567") == "+353 85 123 4567"
    assert identifiers.shown("handle", "bracken") == "@bracken"
    assert identifiers.shown("imei", "352099001761481") == "352099001761481"


def test_words_to_look_up_may_be_any_kind():
    assert "+447700900123" in identifiers.any_of("07700 900123")
    assert identifiers.any_of("") == set()
