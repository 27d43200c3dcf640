"""One identifier, many spellings: what a number, handset, SIM or handle is kept and looked up as."""

import re

import phonenumbers

from clearlines.lines.states import Identifier

HOME_REGION = "GB"
DIGITS = {Identifier.IMEI: range(14, 17), Identifier.ICCID: range(18, 23)}


def kept_as(kind: str, said: str) -> str | None:
    """'07700 900123' and '+44 (0)7700 900123' are both '+447700900123'; None where it is no such thing."""
    if kind == Identifier.NUMBER:
        return _number(said)
    if kind == Identifier.HANDLE:
        return said.strip().lstrip("@").casefold() or None
    digits = re.sub(r"[\s./-]", "", said)
    return digits if digits.isdecimal() and digits.isascii() and len(digits) in DIGITS[Identifier(kind)] else None


def _number(said: str) -> str | None:
    """Possible is enough: the ranges kept for drama and for testing are never 'valid'."""
    try:
        number = phonenumbers.parse(said, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def any_of(said: str) -> set[str]:
    """Everything that typed words may be kept as, for somebody who looks a line up."""
    return {found for kind in Identifier if (found := kept_as(kind, said))}


def shown(kind: str, value: str) -> str:
    """As a person would read it out."""
    if kind != Identifier.NUMBER:
        return f"@{value}" if kind == Identifier.HANDLE else value
    number = phonenumbers.parse(value, None)
    home = number.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)
