"""The hotspots of a file of counts: what is high, how sure that is, and what must be said beside it.

Pure: no Django and no clock. Types are those of data.police.uk; what victims and callers reported is counted unless a
type is named. The study area is every area with a record of any kind in the file, whatever the type and window asked
for, so that areas without a record can never make another one look high.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clearlines.analysis import hotspots
from clearlines.analysis.hotspots import Label, Lookup, Neighbours
from clearlines.hotspots import reference
from clearlines.hotspots.counts_file import CountsFile
from clearlines.web.months import between, called

LISTED = 5


@dataclass(frozen=True)
class Wanted:
    """What was asked. `crime_type` None: everything that victims and callers reported."""

    crime_type: str | None
    first: str | None
    last: str | None
    top: int
    seed: int = 1


@dataclass(frozen=True)
class Ground:
    """What is known of the areas besides their counts."""

    touching: Sequence[tuple[str, str]] | None = None
    base: dict[str, float] | None = None
    lookup: Lookup | None = None


@dataclass(frozen=True)
class Work:
    """The study area's counts of what was asked: `codes`, and areas x months."""

    wanted: Wanted
    months: list[str]
    codes: list[str]
    names: dict[str, str]
    counts: np.ndarray = field(repr=False)
    reported: np.ndarray = field(repr=False)
    made: np.ndarray = field(repr=False)
    everything: np.ndarray = field(repr=False)
    left_out: int
    is_enforcement: bool


def answer(file: CountsFile, wanted: Wanted, ground: Ground) -> dict[str, Any]:
    """The promised keys but `seconds`; ValueError with a sentence for what cannot be asked of this file."""
    work = _work(file, wanted, ground)
    base = _base(work, ground)
    totals = work.counts.sum(axis=1)
    near = _near(work, ground)
    found = hotspots.found(totals, near, study=np.ones(len(totals), dtype=bool), base=base)
    smooth = hotspots.smoothed(totals, base)
    order = np.lexsort((work.codes, -totals))[: wanted.top]
    again = hotspots.persistence(work.counts, top=wanted.top)
    effort = hotspots.effort(work.reported, work.made)
    best, _, worst = smooth.ranks(order)
    areas = [
        {
            "code": work.codes[place],
            "name": work.names.get(work.codes[place], ""),
            "count": int(totals[place]),
            "rate": float(smooth.recorded[place]),
            "eb": float(smooth.rate[place]),
            "eb_low": float(smooth.low[place]),
            "eb_high": float(smooth.high[place]),
            "rank_best": int(best[at]),
            "rank_worst": int(worst[at]),
            "gi_z": _number(found.z[place]),
            "p": _number(found.p[place]),
            "q": _number(found.q[place]),
            "says": _says(found.labels[place], ground),
            "persistence": int(again.times[place]),
            "police_share": _number(effort.share[place]),
        }
        for at, place in enumerate(order)
    ]
    part = hotspots.share(int(totals[order].sum()), int(totals.sum()))
    return {
        "areas": areas,
        "months": work.months,
        "total": int(totals.sum()),
        "share": part.share,
        "interval": [part.low, part.high],
        "foreseen": _foreseen(work, base),
        "persistence_windows": again.windows,
        "persistence_by_chance": again.expected,
        "areas_studied": len(work.codes),
        "areas_left_out": work.left_out,
        "counted": wanted.crime_type or "what victims and callers reported",
        "is_enforcement": work.is_enforcement,
        "warnings": list(_warnings(file, work, ground, order, effort)),
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _says(label: Label, ground: Ground) -> str:
    """Of neighbours only where they are known."""
    if ground.touching is None:
        return "High" if label in (Label.HIGH, Label.ABOVE) else str(Label.LIKE)
    return str(label)


def _work(file: CountsFile, wanted: Wanted, ground: Ground) -> Work:
    if wanted.top < 1:
        raise ValueError(f"--top takes a number of areas from 1, not {wanted.top}")
    baskets = reference.baskets()
    types = [wanted.crime_type] if wanted.crime_type else baskets["victims"].types
    if wanted.crime_type and wanted.crime_type not in file.types:
        raise ValueError(f"there is no '{wanted.crime_type}' in the file: it has {', '.join(file.types)}")
    first, last = wanted.first or file.months[0], wanted.last or file.months[-1]
    if first > last:
        raise ValueError("the first month must not be after the last")
    window = np.array([first <= each <= last for each in file.months])
    if not window.any():
        raise ValueError(f"the file has no month from {first} to {last}: it has {file.months[0]} to {file.months[-1]}")
    joined = _Joined(file, ground.lookup)
    studied = joined.of(file.is_studied.astype(float)[:, None])[:, 0] > 0
    counts, reported, made, everything = (
        joined.of(file.matrix(some)[:, window])[studied]
        for some in (types, baskets["victims"].types, baskets["enforcement"].types, None)
    )
    codes = [code for code, is_it in zip(joined.codes, studied, strict=True) if is_it]
    months = [month for month, is_it in zip(file.months, window, strict=True) if is_it]
    is_enforcement = wanted.crime_type in baskets["enforcement"].types
    return Work(
        wanted, months, codes, file.names, counts, reported.sum(axis=1), made.sum(axis=1), everything,
        len(joined.codes) - len(codes), is_enforcement,
    )  # fmt: skip


class _Joined:
    """Areas as the look-up counts them together; as they are without one."""

    def __init__(self, file: CountsFile, lookup: Lookup | None) -> None:
        common = lookup.common if lookup else {}
        called = [common.get(code, code) for code in file.codes]
        self.codes = sorted(set(called))
        at = {code: place for place, code in enumerate(self.codes)}
        self.place = np.array([at[code] for code in called])

    def of(self, rows: np.ndarray) -> np.ndarray:
        together = np.zeros((len(self.codes), rows.shape[1]))
        np.add.at(together, self.place, rows)
        return together


def _near(work: Work, ground: Ground) -> Neighbours:
    at = {code: place for place, code in enumerate(work.codes)}
    there = [(at[one], at[other]) for one, other in ground.touching or () if one in at and other in at]
    return Neighbours.of(there, len(work.codes))


def _base(work: Work, ground: Ground) -> np.ndarray | None:
    if ground.base is None:
        return None
    missing = [code for code in work.codes if not ground.base.get(code, 0) > 0]
    if missing:
        raise ValueError(f"the base has nothing above nought for {len(missing)} areas, the first {missing[0]}")
    return np.array([ground.base[code] for code in work.codes])


def _foreseen(work: Work, base: np.ndarray | None) -> dict[str, Any] | None:
    """The same number of areas, picked on the first half of the months and measured on the second."""
    rng = np.random.default_rng(work.wanted.seed)
    found = hotspots.foreseen(work.counts, top=work.wanted.top, rng=rng, size=base)
    if found is None:
        return None
    half = len(work.months) // 2
    return {
        "picked_on": [work.months[0], work.months[half - 1]],
        "measured_on": [work.months[half], work.months[-1]],
        "share": found.inside.share,
        "interval": [found.inside.low, found.inside.high],
        "pai": found.pai,
        "pai_interval": [found.pai_low, found.pai_high],
        "pai_interval_by_area": [found.pai_low_by_area, found.pai_high_by_area],
        "pei": found.pei,
        "pei_interval": [found.pei_low, found.pei_high],
    }


def _warnings(
    file: CountsFile, work: Work, ground: Ground, order: np.ndarray, effort: hotspots.Effort
) -> Iterator[str]:
    yield (
        "Areas that are picked because they are high will often fall with nothing done: before saying that something "
        "worked, fix them first and compare them fairly in other months."
    )
    if work.is_enforcement:
        yield (
            f"{work.wanted.crime_type} is what police found by their own work: it is high where officers looked, and "
            "is never a measure of success or of need."
        )
    yield from _of_file(file, work, ground)
    for place in order[: work.wanted.top] if not work.is_enforcement else ():
        if effort.is_looked_at_more[place]:
            yield f"{work.names.get(work.codes[place], work.codes[place])}: {effort.sentence(place)}"
    totals = np.sort(work.counts.sum(axis=1))[::-1]
    if len(totals) > work.wanted.top and totals[work.wanted.top - 1] == totals[work.wanted.top]:
        alike = int((totals == totals[work.wanted.top]).sum())
        yield f"{alike} areas have {totals[work.wanted.top]:.0f}, so which of them are in the list is by code."


def _of_file(file: CountsFile, work: Work, ground: Ground) -> Iterator[str]:
    absent = [each for each in between(work.months[0], work.months[-1]) if each not in work.months]
    if absent:
        more = f" and {len(absent) - LISTED} more" if len(absent) > LISTED else ""
        yield f"{len(absent)} months between are not in the file: {', '.join(map(called, absent[:LISTED]))}{more}."
    if file.repeated:
        yield f"{file.repeated} rows repeat a month, an area and a type: they were added together."
    if work.left_out:
        yield (
            f"{work.left_out} areas have a record in fewer than a tenth of the months: they are left out, since nearly "
            "empty areas make others look high."
        )
    if ground.touching is None:
        yield "No boundaries were given, so gi_z is of each area alone, not of it and its neighbours."
    else:
        known = {code for pair in ground.touching for code in pair}
        if alone := sum(code not in known for code in work.codes):
            yield f"{alone} areas touch no other in the boundaries, so their gi_z is of themselves alone."
    change = hotspots.renamed(work.everything, work.codes, work.months) if ground.lookup is None else None
    if change:
        yield (
            f"{len(change.only_before)} areas are seen only until {called(change.until)} and {len(change.only_after)} "
            f"others only from {called(change.since)}: neighbourhoods were redrawn in 2021, so each is counted for "
            "part of the time. Give --lookup to count the same ground together."
        )
