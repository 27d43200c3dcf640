"""Reasons not to keep somebody away, and whether a record is about the person who was named. Pure."""

from collections.abc import Iterator

# A year either way: people give their age, not their date of birth.
BORN_WITHIN = 1


def reasons_not_to_declare(*, names: list[str], is_self: bool, relation: str) -> Iterator[str]:
    if not any(name.strip() for name in names):
        yield "give the name you know them by"
    if not is_self and not relation.strip():
        yield "say how you know them, in a word or two"


def reasons_not_to_lift(*, ended: bool, is_own: bool, why: str) -> Iterator[str]:
    if ended:
        yield "this has already ended"
    if is_own:
        yield "somebody else must lift what keeps you away: ask your information manager"
    if not why.strip():
        yield "say why they may see this person again"


def is_about(record: tuple[str, str, str], born_year: int | None, *, given: str, family: str, year: int | None) -> bool:
    """Whether a record may be the person named. Wide on purpose: one record too many hidden costs a question, one too
    few costs a life. `record` is its given name, family name and what people call them."""
    if born_year and year and abs(born_year - year) > BORN_WITHIN:
        return False
    on_record = {word for name in record for word in words_of(name)}
    named = words_of(given), words_of(family)
    if not all(named):
        return bool(on_record) and (named[0] or named[1]) <= on_record
    return all(part <= on_record for part in named)


def words_of(name: str) -> set[str]:
    return {word.strip(".,'’-").casefold() for word in name.split()} - {""}
