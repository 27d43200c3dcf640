"""What the police count, with the eyes of the police account that prepares their half."""

from datetime import timedelta

from clearlines.access.viewer import Viewer
from clearlines.disruptions.states import Level, P
from clearlines.lines import queries as lines
from clearlines.returns.counted import Figure, Window, cross
from clearlines.returns.figures import known
from clearlines.returns.figures.coming_back import came_back_within, old_enough

# Long enough for the last check-back after a closure, and short enough to be known within two quarters.
WAITS = 90
NOT_DECIDED = "Waits for a second person"

AS_KNOWN = "Line statuses as they were known by the end of the as-known date, corrected rows left out"


def _summary(viewer: Viewer, window: Window):
    return lines.summary(viewer, window.from_on, window.to_on, window.as_known)


def _lines(viewer: Viewer, window: Window, value: int, rule: str, *, base: int | None = None) -> Figure:
    return Figure(rule=f"{AS_KNOWN}: {rule}", rows_counted=len(lines.histories(viewer, window.as_known)), value=value,
                  base=base)  # fmt: skip


def lines_active_at_end(viewer: Viewer, window: Window) -> Figure:
    found = _summary(viewer, window)
    return _lines(viewer, window, found.active_at_end, "active on the last day.", base=found.ever_known)


def lines_ever_known(viewer: Viewer, window: Window) -> Figure:
    return _lines(viewer, window, _summary(viewer, window).ever_known, "known to be a line by the last day.")


def lines_peak_active(viewer: Viewer, window: Window) -> Figure:
    return _lines(viewer, window, _summary(viewer, window).peak_active, "the day with most lines active.")


def lines_zero_days(viewer: Viewer, window: Window) -> Figure:
    zero = _summary(viewer, window).zero_days
    return _lines(viewer, window, zero, "days with none active.", base=window.days)


def lines_steps(viewer: Viewer, window: Window) -> Figure:
    counts = lines.active_counts(viewer, window.from_on, window.to_on, window.as_known)
    steps = tuple((each.since.isoformat(), each.active) for each in counts)
    last = (window.to_on + timedelta(days=1)).isoformat()
    return Figure(
        rule=f"{AS_KNOWN}: how many were active on each day.",
        rows_counted=len(lines.histories(viewer, window.as_known)),
        steps=(*steps, (last, steps[-1][1])) if steps else (),
    )


def closures_type_1(viewer: Viewer, window: Window) -> Figure:
    rule = "confirmed Type 1 closures that began in the quarter; proposed ones are not counted."
    return _lines(viewer, window, _summary(viewer, window).type1, rule)


def closures_type_2(viewer: Viewer, window: Window) -> Figure:
    return _lines(viewer, window, _summary(viewer, window).type2, "Type 2 closures that began in the quarter.")


def reactivations(viewer: Viewer, window: Window) -> Figure:
    rule = "active again after a closure, the return beginning in the quarter."
    return _lines(viewer, window, _summary(viewer, window).reactivations, rule)


def reactivation_rate(viewer: Viewer, window: Window) -> Figure:
    histories = lines.histories(viewer, window.as_known)
    back, closed = came_back_within(histories.values(), *old_enough(window.from_on, window.to_on, WAITS), WAITS)
    rule = (
        f"{AS_KNOWN}: closings, Type 1 or 2, whose {WAITS} days ended in the quarter; of these, those after which the "
        f"line was active again within {WAITS} days. A closing is counted in one quarter only."
    )
    return Figure(rule=rule, rows_counted=len(histories), value=back, base=closed)


def disruptions(viewer: Viewer, window: Window) -> Figure:
    found = [
        (P(p).label, Level(level).label if level else NOT_DECIDED) for p, level in known.disruptions(viewer, window)
    ]
    rule = (
        "Acts that happened in the quarter, recorded and not taken back by the end of the as-known date, each at the "
        "level that somebody other than its proposer had decided by then."
    )
    columns = [*(each.label for each in Level), NOT_DECIDED]
    return Figure(rule=rule, rows_counted=len(found), table=cross(found, [each.label for each in P], columns))


def reports_received(viewer: Viewer, window: Window) -> Figure:
    found = known.reports(viewer, window).count()
    return Figure(rule="Reports that came in during the quarter, each account once.", rows_counted=found, value=found)


def reports_triaged(viewer: Viewer, window: Window) -> Figure:
    received = known.reports(viewer, window)
    found, decided = received.count(), received.filter(pk__in=known.decided(viewer, window)).count()
    rule = "Reports that came in during the quarter; of these, those first decided on by the end of the as-known date."
    return Figure(rule=rule, rows_counted=found, value=decided, base=found)


def place_statement(viewer: Viewer, window: Window) -> Figure:
    rule = "The verdict of the latest comparison kept by the end of the as-known date, in its own words."
    found = known.latest_comparison(viewer, window)
    if found is None:
        return Figure(rule=rule, rows_counted=0, value="No comparison had been run, so nothing can be said.")
    return Figure(rule=rule, rows_counted=1, value=found)


COUNTERS = (
    lines_active_at_end, lines_ever_known, lines_peak_active, lines_zero_days, lines_steps, closures_type_1,
    closures_type_2, reactivations, reactivation_rate, disruptions,
    reports_received, reports_triaged, place_statement,
)  # fmt: skip
