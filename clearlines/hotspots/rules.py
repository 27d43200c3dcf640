"""When months, boundaries and tables of harm weights are not loaded; when areas are not fixed as a set of hotspots."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from clearlines.hotspots.choosing import DRAWN, HOTTEST, KINDS, Found, Wanted
from clearlines.hotspots.measures import ENFORCEMENT, Measure
from clearlines.web.months import called

# And the most characters of each.
SAID_OF_SEVERITY = {"name": 120, "edition": 40, "source": 300, "licence": 120, "unit": 60}


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


class ReadLookup(Protocol):
    @property
    def rows(self) -> Sequence[object]: ...


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


def reasons_not_to_fix(wanted: Wanted, found: Found) -> Iterator[str]:
    if wanted.kind not in KINDS:
        yield (
            "a hotspot is a neighbourhood (LSOA) or a ward, never anything smaller: a cell of the map may hold a few "
            "households"
        )
    yield from _reasons_against_the_measure(wanted.measure)
    yield from _reasons_against_the_months(wanted, found)
    yield from _reasons_against_the_areas(wanted, found)


def _reasons_against_the_measure(measure: Measure) -> Iterator[str]:
    if measure.basket == ENFORCEMENT:
        yield (
            "what police did can never choose a hotspot: it shows where officers looked, not where people were harmed. "
            "Choose by what victims and callers reported"
        )
    elif not measure.may_be_outcome:
        yield "part of this is what police found by looking: choose by what victims and callers reported"


def _reasons_against_the_months(wanted: Wanted, found: Found) -> Iterator[str]:
    if wanted.how == HOTTEST and not (wanted.first and wanted.last):
        yield "say on which months the areas with the highest counts are chosen"
    elif bool(wanted.first) != bool(wanted.last):
        yield "give both the first and the last month, or neither"
    elif wanted.first > wanted.last:
        yield "the first month must not be after the last"
    elif found.not_loaded and not found.months:
        yield "none of these months is loaded: load them, or choose others"


def _reasons_against_the_areas(wanted: Wanted, found: Found) -> Iterator[str]:
    if found.unknown:
        yield f"no area is called {', '.join(found.unknown[:5])}{' and others' if found.unknown[5:] else ''}"
    if wanted.how == HOTTEST and wanted.top < 1:
        yield "a set has at least one area"
    elif wanted.how == HOTTEST and wanted.top > found.with_records:
        yield (
            f"you asked for {wanted.top:,} areas, and {found.with_records:,} of {found.among:,} have any record in "
            "these months: ask for fewer"
        )
    elif not found.is_bounded:
        yield "no boundary of this kind is loaded, so nobody can say what is within the line: name areas instead"
    elif not found.areas:
        yield (
            "no area is more than half within the line: draw it wider"
            if wanted.how == DRAWN
            else "a set has at least one area"
        )


def cautions_of_set(wanted: Wanted, found: Found) -> Iterator[str]:
    """What is carried, and said wherever the set is shown."""
    if wanted.how == HOTTEST:
        yield (
            "These areas are in the set because their counts were high in these months. Many would fall with nothing "
            "done, so these months can never be the period before in an evaluation."
        )
    if found.not_loaded:
        yield f"Not loaded, so not counted: {', '.join(map(called, found.not_loaded))}."
    if found.next_one is not None:
        yield (
            f"{found.next_one.name} has as many records as the last area in the set. It is left out because its name "
            "comes later in the alphabet, and for no other reason."
        )
    if len(found.areas) == 1:
        yield "One area alone is seldom enough to tell whether anything worked: chance moves a single area a lot."
    if found.areas and len(found.areas) == found.among:
        yield "Every area there is is in the set, so nothing is left to compare it with."


def reasons_not_to_keep_lookup(lookup: ReadLookup) -> Iterator[str]:
    if not lookup.rows:
        yield "there is no area in this look-up"


def reasons_not_to_load_severity(about: Mapping[str, str], *, editions: Iterable[str]) -> Iterator[str]:
    """`about` is what is said of the table, `editions` those of its name that stand already.

    A table never changes: results were worked out by it.
    """
    for name, longest in SAID_OF_SEVERITY.items():
        if not about[name]:
            yield f"say what the {name} of the table is"
        if len(about[name]) > longest:
            yield f"the {name} of the table is longer than {longest} characters"
    if about["edition"] in editions:
        yield f"the edition {about['edition']} of {about['name']} is there already: give a newer table its own edition"
