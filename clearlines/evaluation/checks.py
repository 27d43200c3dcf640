"""From counts to an answer that can be kept: of a question, and of a claim held against it. No row is read here."""

from dataclasses import asdict, replace
from typing import Any

from clearlines.analysis.displacement import METHOD, Counts, displacement
from clearlines.analysis.figures import plain, signed
from clearlines.analysis.poisson_means import e_test
from clearlines.evaluation.claims import Claim
from clearlines.evaluation.models import Result
from clearlines.evaluation.questions import ENFORCEMENT, KEPT, Question, Window
from clearlines.evaluation.verdicts import Evidence, on_claim

ALONE = "e-test 1"
Counted = dict[str, list[int]]


def method_of(counts: Counted) -> str:
    return METHOD if counts.get("control") else ALONE


def worked_out(question: Question, counts: Counted) -> dict[str, Any]:
    """The weighted displacement difference as it is kept. Periods of unequal length are weighed by their months."""
    time = _time(question)
    given = {place: Counts(*pair) for place, pair in counts.items()}
    found = asdict(displacement(**given, time=time, level=question.level, overdispersion=1))
    # The page says both of its own; results kept before they were there must still compare as the same.
    del found["overdispersion"], found["cautions"]
    return found | {"sentences": list(found["sentences"]), "time": list(time)}


def held_against(claim: Claim, question: Question, counts: Counted) -> dict[str, Any]:
    """What the counts say and what may be said of the claim, as it is kept: `claim` and `said` beside the numbers."""
    if not counts.get("control"):
        found, evidence = _alone(question, counts)
    else:
        found = worked_out(question, counts)
        evidence = _compared(question, counts, found)
    return answered(claim, question, found, evidence)


def question_of(result: Result, claim: Claim) -> Question:
    """What the main outcome of a kept result answers, so that a claim can be held against it."""
    protocol, hot, impact = result.protocol, result.protocol.hotspots, result.main["impact"]
    return Question(
        name=named(claim),
        outcome=protocol.measures[0]["basket"],
        source=KEPT,
        before=Window(protocol.before_first, protocol.before_last),
        after=Window(protocol.after_first, protocol.after_last),
        chosen_how=hot.why,
        chosen_on=Window(hot.chosen_first, hot.chosen_last) if hot.chosen_first else None,
        level=protocol.level,
        kind=hot.kind,
        areas={"treated": hot.codes},
        counts={
            "treated": [impact["treated_before"], impact["treated_after"]],
            "control": [round(impact["comparison_before"]), round(impact["comparison_after"])],
        },
        is_alike=True,
        result=str(result.pk),
    )


def named(claim: Claim) -> str:
    """What a kept check is called in a list."""
    return f"Claim: {claim.words}"[:200]


def against_result(claim: Claim, question: Question, result: Result) -> dict[str, Any]:
    """The interval of a protocol's main outcome, held against the claim."""
    impact = result.main["impact"]
    evidence = Evidence(
        before=impact["treated_before"],
        after=impact["treated_after"],
        level=impact["level"],
        compared=(round(impact["comparison_before"]), round(impact["comparison_after"])),
        expected=impact["expected"],
        low=_share(impact["low"]),
        middle=_share(impact["ratio"]),
        high=_share(impact["high"]),
        too_few=impact["too_few"],
        shown=f"change {percent(impact['ratio'])} of the {plain(round(impact['expected'], 1))} expected "
        f"({impact['level']:.0%} interval {percent(impact['low'])} to {percent(impact['high'])})".replace("%", " %"),
    )  # fmt: skip
    found = {"estimate": impact["treated_after"] - impact["expected"], "level": impact["level"],
             "too_few": impact["too_few"], "time": [1, 1]}  # fmt: skip
    return answered(claim, question, found, evidence)


def answered(claim: Claim, question: Question, found: dict[str, Any], evidence: Evidence) -> dict[str, Any]:
    claim = replace(claim, is_of_police=claim.is_of_police or question.outcome == ENFORCEMENT)
    said = asdict(on_claim(claim, evidence))
    return found | {
        "claim": claim.as_json(),
        "said": said | {"sentences": list(said["sentences"])},
        "sentences": [f"“{claim.words}”: {said['headline']}."],
    }


def _time(question: Question) -> tuple[int, int]:
    months = question.before.months(), question.after.months()
    return (1, 1) if months[0] == months[1] else months


def _alone(question: Question, counts: Counted) -> tuple[dict[str, Any], Evidence]:
    (before, after), time = counts["treated"], _time(question)
    chance = e_test(before, after, exposure=time).p
    found = {"estimate": after / time[1] - before / time[0], "chance": chance, "level": question.level,
             "time": list(time), "too_few": False}  # fmt: skip
    return found, Evidence(before, after, question.level, chance=chance)


def _compared(question: Question, counts: Counted, found: dict[str, Any]) -> Evidence:
    before, after = counts["treated"]
    expected = after / found["time"][1] - found["local"]
    low, middle, high = (found[each] / expected if expected > 0 else None for each in ("low", "estimate", "high"))
    numbers = [signed(found[each]) for each in ("estimate", "low", "high")]
    each = " a month" if found["time"] != [1, 1] else ""
    return Evidence(
        before=before,
        after=after,
        level=question.level,
        compared=(counts["control"][0], counts["control"][1]),
        expected=expected,
        too_few=found["too_few"],
        shown=f"change {numbers[0]}{each} ({question.level:.0%} interval {numbers[1]} to {numbers[2]})".replace(
            "%", " %"
        ),
        is_a_month=bool(each),
        low=low,
        middle=middle,
        high=high,
    )


def _share(ratio: float | None) -> float | None:
    return None if ratio is None else ratio - 1


def percent(ratio: float | None) -> str:
    """A ratio as the change it is: 0.66 is −34%."""
    return "not known" if ratio is None else f"{100 * (ratio - 1):+.0f}%".replace("-", "−")
