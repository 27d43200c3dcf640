"""Which areas stand with which: those where the work was done, and each kind that it is compared with."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from clearlines.hotspots.queries import Panel

# So many of the hottest others as there are areas in the set, and never fewer than these: one area alone is chance.
FEWEST_ALIKE = 3


@dataclass(frozen=True)
class Groups:
    """Rows of a panel, each as a mask. No area of a comparison is in the set or in the ring around it, and none is in
    two comparisons, so that where they differ it is not because they share.
    """

    treated: np.ndarray = field(repr=False)
    eligible: np.ndarray = field(repr=False)
    alike: np.ndarray = field(repr=False)
    rest: np.ndarray = field(repr=False)
    named: np.ndarray = field(repr=False)
    ring: np.ndarray = field(repr=False)

    def codes(self, panel: Panel) -> dict[str, list[str]]:
        masks = {"treated": self.treated, "alike": self.alike, "named": self.named, "ring": self.ring}
        return {name: [panel.codes[at] for at in np.flatnonzero(mask)] for name, mask in masks.items()}


def groups(
    panel: Panel,
    *,
    treated: Collection[str],
    ring: Collection[str],
    named: Collection[str],
    chosen: tuple[str, str],
    chosen_panel: Panel | None = None,
) -> Groups:
    """`chosen` are the first and last month the set was chosen on, empty where counts were not looked at. Areas alike
    are the hottest others in those months, by what the set was chosen on (`chosen_panel`; the panel itself if none).
    """
    inside, around = panel.rows(treated), panel.rows(ring)
    others = ~(inside | around)
    wanted = panel.rows(named) & others
    hot = _hotness(panel, chosen_panel or panel, chosen)
    alike = _hottest(hot, others & ~wanted, max(int(inside.sum()), FEWEST_ALIKE))
    return Groups(inside, wanted if named else others, alike, others & ~wanted & ~alike, wanted, around & ~inside)


def _hotness(panel: Panel, chosen_panel: Panel, chosen: tuple[str, str]) -> np.ndarray:
    first, last = chosen
    counts = chosen_panel.counts[:, chosen_panel.within(first, last)].sum(axis=1) if first else None
    if counts is None:
        return np.zeros(len(panel.codes), dtype=np.int64)
    of_code = dict(zip(chosen_panel.codes, counts.tolist(), strict=True))
    return np.array([of_code.get(code, 0) for code in panel.codes], dtype=np.int64)


def _hottest(hot: np.ndarray, others: np.ndarray, most: int) -> np.ndarray:
    """By count, then in the order of the codes: the order of rows in a file never matters."""
    order = [at for at in np.argsort(-hot, kind="stable") if others[at] and hot[at] > 0]
    found = np.zeros(len(hot), dtype=bool)
    found[order[:most]] = True
    return found
