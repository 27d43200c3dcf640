"""Months as people say them. A month is kept as '2025-09'."""

from collections.abc import Sequence
from datetime import date


def called(month: str) -> str:
    """September 2025."""
    return f"{date(int(month[:4]), int(month[5:]), 1):%B %Y}"


def called_shortly(month: str) -> str:
    """Sep 25."""
    return f"{date(int(month[:4]), int(month[5:]), 1):%b %y}"


def span(first: str, last: str) -> str:
    """September 2025, or September 2025 to January 2026."""
    return called(first) if first == last else f"{called(first)} to {called(last)}"


def number(month: str) -> int:
    """Months counted from the year nought, so that they can be subtracted."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def between(first: str, last: str) -> list[str]:
    """Every month from first to last, both included; none where the last is before the first."""
    return [_month(each) for each in range(number(first), number(last) + 1)]


def earlier(month: str, many: int) -> str:
    """The month so many before this one."""
    return _month(number(month) - many)


def _month(at: int) -> str:
    return f"{at // 12:04}-{at % 12 + 1:02}"


def latest_run(months: Sequence[str], longest: int) -> tuple[str, str]:
    """The newest stretch of months without a gap, at most this long: (first, last). `months` is in order, not empty."""
    first = last = months[-1]
    for month in reversed(months[:-1]):
        if number(first) - number(month) > 1 or number(last) - number(month) >= longest:
            break
        first = month
    return first, last
