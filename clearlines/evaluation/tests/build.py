"""Questions as people ask them."""

from clearlines.evaluation import actions
from clearlines.evaluation.models import Protocol, Run
from clearlines.evaluation.promised import Draft
from clearlines.evaluation.questions import LOADED, TYPED, VICTIMS, Question, Window
from clearlines.hotspots import queries as hotspots
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.models import HotspotSet, MonthFile
from clearlines.hotspots.tests import build as incidents

BEFORE, AFTER = Window("2022-02", "2022-03"), Window("2022-04", "2022-05")


def question(**more) -> Question:
    """The claim of the example programme: 20 to 10, beside an area that stayed at 20."""
    given = {
        "name": "Did the visits in Hindpool halve incidents?",
        "outcome": VICTIMS,
        "source": TYPED,
        "before": BEFORE,
        "after": AFTER,
        "chosen_how": "The ward with most burglaries",
        "chosen_on": Window("2021-10", "2021-12"),
        "level": 0.9,
        "kind": "lsoa",
        "areas": {},
        "counts": {"control": [20, 20], "treated": [20, 10]},
    }
    return Question(**given | more)


def of_loaded(**more) -> Question:
    """Counted in the two neighbourhoods that hotspots' builders load."""
    areas = {"treated": ["E01019138"], "control": ["E01019341"]}
    return question(source=LOADED, areas=areas, counts={}, **more)


def run(viewer, **more) -> Run:
    return actions.run(by=viewer, question=question(**more))


def typed(**more) -> dict[str, str]:
    """The same question as a browser sends it."""
    return {
        "new_id": "6f0b8a52-6d4b-4a53-9d0f-0c7b6f8f2a11",
        "name": "Did the visits in Hindpool halve incidents?",
        "outcome": "victims",
        "chosen_how": "The ward with most burglaries",
        "chosen_first": "October 2021",
        "chosen_last": "Dec 2021",
        "before_first": "2022-02",
        "before_last": "3/2022",
        "after_first": "April 2022",
        "after_last": "May 22",
        "level": "0.9",
        "source": "typed",
        "kind": "lsoa",
        "treated_before": "20",
        "treated_after": "10",
        "control_before": "20",
        "control_after": "20",
    } | more


# A winter before, and the same months a year later, both after the summer on which the set is chosen.
WINTER, NEXT_WINTER = Window("2021-10", "2021-11"), Window("2022-10", "2022-11")


def draft(**more) -> Draft:
    given = {
        "name": "Did the visits reduce what people report?",
        "question": "Fewer records by victims and callers in the hottest neighbourhood, beside others as hot",
        "measures": (Measure(VICTIMS),),
        "before": WINTER,
        "after": NEXT_WINTER,
    }
    return Draft(**given | more)


def protocol(viewer, *, hot: HotspotSet | None = None, replaces: Protocol | None = None, **more) -> Protocol:
    """Written for the set that hotspots' builders fix, unless another is given; its winter before is loaded if it is
    not. `more` is of the draft.
    """
    if not MonthFile.objects.filter(month="2021-10").exists():
        incidents.loaded(viewer, m2021_10=(30, 25), m2021_11=(30, 25))
    hot = hot or hotspots.sets(viewer).first() or incidents.hotspot_set(viewer)
    return actions.register(by=viewer, hot=hot, draft=draft(**more), replaces=replaces)


def opened_protocol(cast) -> dict:
    return {"key": protocol(cast.analyst).pk}


def opened_run(cast) -> dict:
    return {"key": run(cast.analyst).pk}


def claimed(**more) -> dict[str, str]:
    """Scenario 38 as a browser sends it."""
    read = {"say": "50% fewer incidents in Hindpool", "direction": "fall", "size": "50 %", "what": "incidents",
            "where": "Hindpool"}  # fmt: skip
    return typed() | read | more


def opened_result(cast) -> dict:
    from clearlines.evaluation.tests import county

    return {"key": actions.work_out(by=cast.analyst, protocol=county.protocol(cast.analyst)).pk}
