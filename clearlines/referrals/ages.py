"""What can honestly be read from an age as people say it: '40', 'about 40', '15 or 16', 'a teenager'."""

import re

CHILD_WORDS = re.compile(r"\b(child|kid|baby|toddler|teenager|teen|schoolboy|schoolgirl|pupil|year \d+|under 18|u18)\b")


def years_said(age: str) -> list[int]:
    return [number for number in map(int, re.findall(r"(?<!\d)\d{1,3}(?!\d)", age)) if number <= 120]


def may_be_a_child(age: str) -> bool:
    """True if any number said is under 18, or a word says so; an age nobody gave is not an answer."""
    said = age.lower()
    if CHILD_WORDS.search(said):
        return True
    # "40s" and "20s" are decades, not birthdays, and none of them is under 18.
    return any(number < 18 for number in years_said(said))


def about_years(age: str) -> int | None:
    """One number if one was said; two numbers are nobody's age."""
    said = years_said(age)
    return said[0] if len(said) == 1 and not re.search(r"\d0s\b|under|over|year \d", age.lower()) else None
