"""A kept result as its page shows it: the verdict, one sentence for the public, then each picture with its table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.analysis.figures import plain
from clearlines.evaluation import known_rates, pictures, queries, rules
from clearlines.evaluation.checks import percent
from clearlines.evaluation.claims import FALL, RISE, Claim
from clearlines.evaluation.forms import AgainForm
from clearlines.evaluation.models import Protocol, Result
from clearlines.evaluation.pictures import Histogram, Intervals, RunChart
from clearlines.evaluation.verdicts import Evidence, Kind, suggested
from clearlines.hotspots import queries as hotspots
from clearlines.hotspots.measures import CALLS, HEALTH, VICTIMS, Measure
from clearlines.web.months import called, span

WHOLE = {
    VICTIMS: "incidents that victims and callers reported",
    CALLS: "calls for service",
    HEALTH: "incidents that health services counted",
}
DEFAULT = "Areas matched to each of them"


@dataclass(frozen=True)
class ResultsOf:
    """What came out of one protocol, and the button that works it out, with every reason why not yet."""

    results: list[Result]
    why_not: list[str]
    may_run: bool
    form: AgainForm


def of_protocol(viewer: Viewer, protocol: Protocol) -> ResultsOf:
    loaded = hotspots.standing(viewer).months
    return ResultsOf(
        results=list(queries.results_of(viewer, protocol)),
        why_not=list(rules.reasons_not_to_work_out(protocol, loaded=loaded)),
        may_run=viewer.may(P.RUN_EVALUATIONS),
        form=AgainForm(),
    )


@dataclass(frozen=True)
class ComparisonRow:
    name: str
    areas: int
    before: int
    after: int
    expected: str
    change: str


@dataclass(frozen=True)
class MonthRow:
    month: str
    window: str
    treated: int | None
    expected: str


@dataclass(frozen=True)
class OutcomeShown:
    key: str
    name: str
    verdict: str
    base: str
    sentences: list[str]
    is_main: bool
    rows: list[ComparisonRow]
    agreed: list[str]
    intervals: Intervals
    chart: RunChart
    months: list[MonthRow]
    placebo: Histogram
    placebo_words: str
    ring: dict[str, Any]
    ring_change: str
    earlier: dict[str, Any]
    earlier_words: str


@dataclass(frozen=True)
class ResultPage:
    headline: str
    base: str
    public: str
    is_too_few: bool
    main: OutcomeShown
    others: list[OutcomeShown]
    left_out: list[str]
    police: dict[str, Any]
    cautions: list[str]
    power: list[str]
    smallest: str
    known: list[str]
    before: str
    after: str
    chosen_on: str


def shown(result: Result) -> ResultPage:
    protocol, found, impact = result.protocol, result.found, result.main["impact"]
    outcomes = [_outcome(each, result, at) for at, each in enumerate(found["outcomes"])]
    hot = protocol.hotspots
    return ResultPage(
        headline=impact["verdict"],
        base=outcomes[0].base,
        public=public(result),
        is_too_few=impact["too_few"],
        main=outcomes[0],
        others=outcomes[1:],
        left_out=[f"{_named(each)} could not be worked out: {each['why_not']}." for each in found.get("left_out", [])],
        police=found["police_did"],
        cautions=found["cautions"],
        power=list(protocol.power.get("sentences", [])),
        smallest=f"{protocol.smallest_effect:.0%}".replace("%", " %"),
        known=known_rates.sentences(),
        before=span(protocol.before_first, protocol.before_last),
        after=span(protocol.after_first, protocol.after_last),
        chosen_on=span(hot.chosen_first, hot.chosen_last) if hot.chosen_first else "no counts",
    )


def public(result: Result) -> str:
    """One sentence that may be said of the main outcome."""
    impact, measure = result.main["impact"], Measure.from_json(result.main["measure"])
    kind = Kind.TOO_FEW if impact["too_few"] else Kind.SUPPORTED if _is_change(impact) else Kind.NO_EVIDENCE
    evidence = Evidence(
        before=impact["treated_before"], after=impact["treated_after"], level=impact["level"],
        compared=(round(impact["comparison_before"]), round(impact["comparison_after"])), expected=impact["expected"],
        low=_less_one(impact["low"]), middle=_less_one(impact["ratio"]), high=_less_one(impact["high"]),
    )  # fmt: skip
    direction = FALL if (impact["ratio"] or 1) < 1 else RISE
    return suggested(
        kind, Claim("", direction, what=called_in_words(measure), where=f"“{result.protocol.hotspots}”"), evidence
    )


def called_in_words(measure: Measure) -> str:
    """What was counted, in the middle of a sentence."""
    return ", ".join(measure.types).lower() if measure.types else WHOLE.get(measure.basket, measure.basket)


def _named(outcome: dict[str, Any]) -> str:
    words = called_in_words(Measure.from_json(outcome["measure"]))
    return f"{words[:1].upper()}{words[1:]}"


def _is_change(impact: dict[str, Any]) -> bool:
    return bool(impact["is_fall"] or (impact["low"] or 0) > 1)


def _less_one(ratio: float | None) -> float | None:
    return None if ratio is None else ratio - 1


def _outcome(found: dict[str, Any], result: Result, at: int) -> OutcomeShown:
    impact, protocol, series = found["impact"], result.protocol, found["series"]
    rows = list(_rows(found))
    expected = _expected(series, protocol.before_first, protocol.before_last)
    windows = [("before", protocol.before_first, protocol.before_last),
               ("after", protocol.after_first, protocol.after_last)]  # fmt: skip
    placebo = pictures.histogram(impact["placebo"], impact["statistic"])
    return OutcomeShown(
        key=f"outcome-{at}",
        name=_named(found),
        verdict=impact["verdict"],
        base=_base(impact),
        sentences=list(impact["sentences"]),
        is_main=at == 0,
        rows=rows,
        agreed=found["comparisons"]["sentences"],
        intervals=pictures.intervals(list(_drawn(found))),
        chart=pictures.run_chart(series["months"], series["treated"], expected, windows),
        months=[
            MonthRow(called(month), _window_of(month, windows), many, "" if each is None else plain(round(each, 1)))
            for month, many, each in zip(series["months"], series["treated"], expected, strict=True)
        ],
        placebo=placebo,
        placebo_words=_of_placebo(placebo),
        ring=found["ring"],
        ring_change=_ring_change(found["ring"], impact["level"]),
        earlier=found["earlier"],
        earlier_words=_of_earlier(found["earlier"], impact["level"]),
    )


def _base(impact: dict[str, Any]) -> str:
    change = _told(impact, impact["level"])
    return (
        f"{impact['treated_after']:,} recorded in the period after, against "
        f"{plain(round(impact['expected'], 1))} expected: {change}. "
        f"There were {impact['treated_before']:,} in the period before."
    )


def _told(found: dict[str, Any], level: float) -> str:
    """No percentage where there are too few."""
    return "too few to tell" if found["too_few"] else _change(found["ratio"], found["low"], found["high"], level)


def _change(ratio: float | None, low: float | None, high: float | None, level: float) -> str:
    if ratio is None or low is None or high is None:
        return "no ratio can be given"
    said = f"{percent(ratio)} ({level:.0%} interval {percent(low)} to {percent(high)})"
    return said.replace("%", " %")


def _rows(found: dict[str, Any]) -> Iterator[ComparisonRow]:
    impact, level = found["impact"], found["impact"]["level"]
    yield ComparisonRow(
        DEFAULT, impact["n_pool"], round(impact["comparison_before"]), round(impact["comparison_after"]),
        plain(round(impact["expected"], 1)), _told(impact, level),
    )  # fmt: skip
    for each in found["comparisons"]["answers"]:
        yield ComparisonRow(
            each["name"], each["areas"], each["before"], each["after"], plain(round(each["expected"], 1)),
            _told(each, level),
        )  # fmt: skip


def _drawn(found: dict[str, Any]) -> Iterator[tuple[str, str, float | None, float | None, float | None]]:
    impact = found["impact"]
    for name, each in [(DEFAULT, impact), *((each["name"], each) for each in found["comparisons"]["answers"])]:
        words = _change(each["ratio"], each["low"], each["high"], impact["level"])
        yield name, words, each["low"], each["ratio"], each["high"]


def _expected(series: dict[str, Any], first: str, last: str) -> list[float | None]:
    """The areas as hot month by month, at the size that the treated ones had before."""
    beside = series.get("alike") or series.get("named") or series["rest"]
    treated = series["treated"]
    within = [first <= month <= last for month in series["months"]]
    both = [(a, b) for a, b, is_before in zip(treated, beside, within, strict=True) if is_before]
    size = sum(a for a, _ in both) / (sum(b for _, b in both) or 1)
    return [None if each is None else each * size for each in beside]


def _window_of(month: str, windows: Sequence[tuple[str, str, str]]) -> str:
    return next((word for word, first, last in windows if first <= month <= last), "")


def _of_placebo(found: Histogram) -> str:
    return f"Of {found.many:,} like groups where nothing was done, {found.as_far:,} fell as far."


def _ring_change(ring: dict[str, Any], level: float) -> str:
    if "why_not" in ring:
        return ""
    numbers = [f"{ring[each]:+,.1f}".replace("-", "−") for each in ("estimate", "low", "high")]
    return f"{numbers[0]} ({level:.0%} interval {numbers[1]} to {numbers[2]})".replace("%", " %")


def _of_earlier(earlier: dict[str, Any], level: float) -> str:
    if "why_not" in earlier:
        return earlier["why_not"]
    first, second = span(*earlier["before"]), span(*earlier["after"])
    return (
        f"The same test on {first} against {second}, before anything was done: {earlier['verdict'].lower()}, "
        f"{_change(earlier['ratio'], earlier['low'], earlier['high'], level)}. It should find nothing."
    )
