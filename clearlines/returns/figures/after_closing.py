"""What was seen in the days after closures: each half counts its own watches and its own rows, with its own eyes."""

from clearlines.access.viewer import Viewer
from clearlines.aftercare import queries as aftercare
from clearlines.lines import queries as lines
from clearlines.returns.counted import Figure, Table, Window

BY_THEN = "as recorded by the end of the as-known date"


def possible_harm(viewer: Viewer, window: Window) -> Figure:
    found = aftercare.counts(viewer, window.from_on, window.to_on, window.as_known)
    kinds = tuple(words for words, _ in found.in_words)
    cells = tuple((count,) for _, count in found.in_words)
    return Figure(
        rule=f"What this half wrote down as seen inside a watch, {BY_THEN}. What was seen in no watch is not counted.",
        rows_counted=found.total,
        table=Table(kinds, ("Times",), cells),
        note=f"Out of {found.watches} watch{'' if found.watches == 1 else 'es'}, {found.days:g} days watched. It says "
        "when, and never why: it may have happened anyway.",
    )


def watches_opened(viewer: Viewer, window: Window) -> Figure:
    opened, _ = aftercare.opened(viewer, window.from_on, window.to_on, window.as_known)
    rule = f"Watches that began in the quarter, one for each closing, {BY_THEN}."
    return Figure(rule=rule, rows_counted=opened, value=opened)


def watches_told(viewer: Viewer, window: Window) -> Figure:
    opened, told = aftercare.opened(viewer, window.from_on, window.to_on, window.as_known)
    rule = f"Watches that began in the quarter; of these, those of which the charity was told, {BY_THEN}."
    return Figure(rule=rule, rows_counted=opened, value=told, base=opened)


def new_lines_in_watches(viewer: Viewer, window: Window) -> Figure:
    """Each new line once, however many watches it began in; never the one whose closing opened the watch."""
    watches = aftercare.windows(viewer, window.from_on, window.to_on)
    began = {
        line.pk
        for watch in watches
        for line in lines.begun_in(viewer, watch.towns, *watch.days, window.as_known)
        if line.reference != watch.reference
    }
    rule = (
        f"Lines that first came to notice inside a watch, in a town of that watch, {BY_THEN}. It says when, never why."
    )
    return Figure(rule=rule, rows_counted=len(watches), value=len(began))


COUNTERS = (possible_harm, new_lines_in_watches, watches_opened, watches_told)
