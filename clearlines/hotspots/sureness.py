"""How sure the counts of a page are: each area beside its neighbours, its fellows and its own other months.

The study area is every area with a record of any kind in the months shown, so that empty areas never make a hotspot.
Each area counts as one: neighbourhoods were drawn to hold 400 to 1,200 households; wards and cells were not, so of
those a high count may only mean many homes.
"""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from clearlines.analysis import hotspots
from clearlines.analysis.hotspots import (
    Accuracy,
    Effort,
    Found,
    Label,
    Neighbours,
    Persistence,
    Share,
    Smoothed,
)
from clearlines.analysis.hotspots.gi import HIGH
from clearlines.hotspots import counts, maps, touching
from clearlines.hotspots.counts import CELL, LSOA, Asked, Panel
from clearlines.hotspots.measures import ENFORCEMENT, OTHER, VICTIMS, Measure
from clearlines.web.months import called

# "Among the ten highest": as many as a sergeant can know by name.
TEN = 10
FEWEST_MONTHS = 3
ALONE = {Label.HIGH: "High", Label.ABOVE: "High"}


@dataclass(frozen=True)
class Sureness:
    """Everything in the order of `panel`'s areas."""

    panel: Panel = field(repr=False)
    totals: np.ndarray = field(repr=False)
    order: np.ndarray = field(repr=False)
    found: Found = field(repr=False)
    smooth: Smoothed = field(repr=False)
    again: Persistence = field(repr=False)
    effort: Effort = field(repr=False)
    has_neighbours: bool
    is_enforcement: bool

    def says(self, place: int) -> str:
        """In words; of neighbours only where they are known."""
        label = self.found.labels[place]
        return str(label if self.has_neighbours else ALONE.get(label, Label.LIKE))

    @cached_property
    def together(self) -> int:
        """Areas that are high with their neighbours."""
        return sum(each is Label.HIGH for each in self.found.labels) if self.has_neighbours else 0

    @cached_property
    def alone(self) -> int:
        """Areas that are surely more than twice the average, whatever their neighbours are."""
        return int((self.smooth.low > HIGH * self.totals.mean()).sum())

    @cached_property
    def top(self) -> list[int]:
        return [int(each) for each in self.order[:TEN] if self.totals[each]]

    @cached_property
    def share(self) -> Share:
        """What part of all records lies in the ten highest."""
        return hotspots.share(int(self.totals[self.top].sum()), int(self.totals.sum()))

    @cached_property
    def foreseen(self) -> Accuracy | None:
        by_name = self.panel.counts[self._by_name]
        return hotspots.foreseen(by_name, top=TEN, rng=np.random.default_rng(0), draws=0)

    @cached_property
    def warned(self) -> list[int]:
        """Of the ten highest, those where officers looked more than elsewhere; of enforcement it says nothing new."""
        return [] if self.is_enforcement else [each for each in self.top if self.effort.is_looked_at_more[each]]

    @cached_property
    def steady(self) -> list[str]:
        """Names of the areas that were among the ten highest in every month, where months are enough to say so."""
        if self.again.windows < FEWEST_MONTHS or self.again.expected > self.again.windows / 2:
            return []
        every = self.again.times == self.again.windows
        return [name_of(self.panel, each) for each in self.order if every[each]]

    @cached_property
    def _by_name(self) -> np.ndarray:
        return np.argsort(np.array(self.panel.names), kind="stable")


def name_of(panel: Panel, place: int) -> str:
    return maps.cell_name(panel.codes[place]) if panel.kind == CELL else panel.names[place]


def rounded(value: float) -> str:
    """Whole records, but of a few."""
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def of(asked: Asked, basket: str, months: tuple[str, ...]) -> Sureness | None:
    """None where no area has a record."""
    panel = counts.panel(asked, Measure(basket), months)
    return _of(asked, basket, months) if panel.codes else None


@lru_cache(maxsize=24)
def _of(asked: Asked, basket: str, months: tuple[str, ...]) -> Sureness:
    panel, reported, made = (counts.panel(asked, Measure(each), months) for each in (basket, VICTIMS, ENFORCEMENT))
    looked = hotspots.effort(reported.counts.sum(axis=1), made.counts.sum(axis=1))
    return _reckoned(asked, panel, looked, is_enforcement=basket == ENFORCEMENT)


def of_supplied(asked: Asked, panel: Panel) -> Sureness | None:
    """Of calls for service, which say nothing of how hard officers looked; None where there are none."""
    totals = panel.counts.sum(axis=1)
    if not totals.any():
        return None
    return _reckoned(asked, panel, hotspots.effort(totals, np.zeros_like(totals)), is_enforcement=False)


def _reckoned(asked: Asked, panel: Panel, looked: Effort, *, is_enforcement: bool) -> Sureness:
    totals = panel.counts.sum(axis=1)
    near, is_known = _neighbours(asked, panel.codes)
    order = np.lexsort((np.array(panel.names), -totals))
    return Sureness(
        panel=panel,
        totals=totals,
        order=order,
        found=hotspots.found(totals, near, study=np.ones(len(totals), dtype=bool)),
        smooth=hotspots.smoothed(totals),
        again=hotspots.persistence(panel.counts, top=TEN),
        effort=looked,
        has_neighbours=is_known,
        is_enforcement=is_enforcement,
    )


def _neighbours(asked: Asked, codes: tuple[str, ...]) -> tuple[Neighbours, bool]:
    """Which of the areas touch, and whether anything is known of that."""
    if asked.kind == CELL:
        return hotspots.h3_neighbours(codes), True
    if not asked.outlines:
        return Neighbours.none(len(codes)), False
    at = {code: place for place, code in enumerate(codes)}
    drawn = [at.get(each.code) for each in asked.outlines]
    pairs = touching.pairs(tuple(each.wkb for each in asked.outlines))
    there = [(drawn[one], drawn[other]) for one, other in pairs]
    return Neighbours.of([(a, b) for a, b in there if a is not None and b is not None], len(codes)), True


def renamed(asked: Asked, months: tuple[str, ...]) -> str:
    """Of ground that seems to have had two codes, in words; nothing where boundaries or a look-up join them."""
    if asked.kind != LSOA or asked.outlines or asked.joins:
        return ""
    panels = [counts.panel(asked, Measure(each), months) for each in (VICTIMS, ENFORCEMENT, OTHER)]
    change = hotspots.renamed(sum(each.counts for each in panels), panels[0].codes, months)
    if change is None:
        return ""
    return (
        f"{len(change.only_before)} are seen only until {called(change.until)} and {len(change.only_after)} others "
        f"only from {called(change.since)}, so each is counted for part of the time."
    )
