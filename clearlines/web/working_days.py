"""Working-day arithmetic. The bank holidays are handed in: they are the programme's data, not code."""

from collections.abc import Collection
from datetime import date, timedelta


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The last day of `count` working days after a day; the day itself is not one of them."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day
