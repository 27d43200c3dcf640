"""When months and boundaries are not loaded."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol


class ReadMonth(Protocol):
    @property
    def month(self) -> str: ...
    @property
    def force(self) -> str: ...


class ReadArea(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def code(self) -> str: ...


def reasons_not_to_load(months: Sequence[ReadMonth]) -> Iterator[str]:
    if not months:
        yield "there is no monthly file here, named like 2024-01-cumbria-street.csv"
    for (month, force), many in Counter((each.month, each.force) for each in months).items():
        if many > 1:
            yield f"there are {many} files for {force} in {month}: keep one of them"


def reasons_not_to_draw(areas: Iterable[ReadArea]) -> Iterator[str]:
    found = Counter((each.kind, each.code) for each in areas)
    if not found:
        yield "there is no area in these files"
    if twice := [code for (_, code), many in found.items() if many > 1]:
        yield f"{len(twice)} areas are there twice, the first {twice[0]}"
