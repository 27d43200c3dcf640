"""A result as files: the counts it was worked out from, and everything that is needed to work it out again."""

import json
from collections.abc import Iterator
from typing import Any

from clearlines.evaluation.models import WRITTEN_DOWN, Result
from clearlines.hotspots.measures import Measure

HEADINGS = ["measure", "group", "month", "records"]
POLICE = "what police did, in the set's areas (never an outcome)"
CALLED = {
    "treated": "where the work was done",
    "alike": "areas as hot in the same months",
    "rest": "every other area",
    "named": "areas that were named",
    "ring": "ring around where the work was done",
}


def counts(result: Result) -> Iterator[list[Any]]:
    """Rows of the CSV. A month that is not loaded has no row."""
    yield HEADINGS
    for each in result.found["outcomes"]:
        series = each["series"]
        for group, words in CALLED.items():
            for month, many in zip(series["months"], series.get(group, []), strict=False):
                if many is not None:
                    yield [Measure.from_json(each["measure"]).key, words, month, many]
    police = result.found["police_did"]
    for month, many in zip(police["months"], police["treated"], strict=True):
        if many is not None:
            yield ["enforcement", POLICE, month, many]


def everything(result: Result) -> str:
    """JSON: the protocol as it was written, the set, what was found, and by which code, counts and seed."""
    protocol, hot = result.protocol, result.protocol.hotspots
    said = {
        "how_to_run_it_again": (
            "Load the months whose counts have the hash below, with the code of this version, and press 'Work it out "
            "again': the same counts, code and seed give the same figures. The counts of each group and month are in "
            "the CSV."
        ),
        "counts_sha256": result.extract_hash,
        "code_version": result.code_version,
        "seed": result.seed,
        "worked_out": result.created_at.isoformat(),
        "protocol": {name: getattr(protocol, name) for name in WRITTEN_DOWN}
        | {"registered": protocol.created_at.isoformat(), "fingerprint": protocol.fingerprint},
        "hotspots": {
            "name": hot.name, "how": hot.how, "why": hot.why, "kind": hot.kind, "areas": hot.areas,
            "measure": hot.measure, "chosen_first": hot.chosen_first, "chosen_last": hot.chosen_last,
            "fixed": hot.created_at.isoformat(), "counts_sha256": hot.extract_hash,
        },
        "found": result.found,
    }  # fmt: skip
    return json.dumps(said, indent=1, ensure_ascii=False)
