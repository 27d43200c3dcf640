"""Reasons not to write a place down as it was typed."""

import re
from collections.abc import Iterator

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}")


def tidy_postcode(said: str) -> str:
    """'la14 1xx' and 'LA141XX' are both 'LA14 1XX'."""
    joined = said.replace(" ", "").upper()
    return f"{joined[:-3]} {joined[-3:]}" if len(joined) > 4 else joined


def reasons_not_to_add(
    *, words: str, town: str, postcode: str, latitude: float | None, longitude: float | None
) -> Iterator[str]:
    if not words.strip():
        yield "say where it is, in words if it has no address"
    if not town.strip():
        yield "say which town or village it is in or near"
    if postcode and not POSTCODE.fullmatch(tidy_postcode(postcode)):
        yield f"'{postcode}' is not a postcode: leave it out if you are not sure"
    if (latitude is None) != (longitude is None):
        yield "give both latitude and longitude, or neither"
