"""A before-and-after that was run: what was asked, what was counted, what came out, and by which method."""

import hashlib
import json
from typing import Any

from django.db import models

from clearlines.access.declarations import TOTALS, Declared, Shown
from clearlines.access.models import Owned
from clearlines.hotspots.models import HotspotSet


class Run(Owned):
    """Never changed once kept. Running it again makes another row that `repeats` it."""

    name = models.CharField(max_length=200)
    method = models.CharField(max_length=30)
    question = models.JSONField()
    # For each place a count before and a count after.
    counts = models.JSONField()
    # Which months' content the counts came from, or the typed counts themselves.
    extract_hash = models.CharField(max_length=64)
    result = models.JSONField()
    repeats = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeated")
    # What somebody wished to say of it, in their words; empty where nothing was claimed.
    claim = models.CharField(max_length=300, blank=True)

    declared = Declared(
        kept="evaluation-run",
        told=TOTALS,
        pack=dict.fromkeys(
            ["name", "method", "question", "counts", "extract_hash", "result", "repeats", "claim"], Shown.NOT_PERSONAL
        ),
    )

    def __str__(self) -> str:
        return self.name

    @property
    def drift(self) -> list[str]:
        """How this run differs from the one it repeats; empty when it says the same."""
        first = self.repeats
        if first is None:
            return []
        changed = []
        if self.method != first.method:
            changed.append(f"the method is now {self.method}, not {first.method}")
        if self.extract_hash != first.extract_hash:
            changed.append("the loaded months are not the ones that were counted then")
        if self.counts != first.counts:
            changed.append("the counts are different")
        if self.result != first.result:
            changed.append(f"the estimate is {self.result['estimate']:.2f}, not {first.result['estimate']:.2f}")
        return changed


WRITTEN_DOWN = (
    "name", "question", "measures", "before_first", "before_last", "after_first", "after_last", "controls", "method",
    "level", "smallest_effect", "power", "seen_already",
)  # fmt: skip


class Protocol(Owned):
    """What will be measured, where, when, against what and how: written down before it is, and never changed after."""

    name = models.CharField(max_length=200)
    question = models.CharField(max_length=500)
    hotspots = models.ForeignKey(HotspotSet, on_delete=models.PROTECT, related_name="+")
    # What is counted, the main one first.
    measures = models.JSONField()
    before_first = models.CharField(max_length=7)
    before_last = models.CharField(max_length=7)
    after_first = models.CharField(max_length=7)
    after_last = models.CharField(max_length=7)
    # "how" is alike or named; "areas" and "ring" are lists of codes
    controls = models.JSONField()
    method = models.CharField(max_length=40)
    level = models.FloatField()
    # A fraction: the smallest fall that would be worth the work.
    smallest_effect = models.FloatField()
    # How often that fall would be found, as reckoned on the months before this was written down.
    power = models.JSONField()
    # Months of the period after that could already be counted when this was written down.
    seen_already = models.JSONField()
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced")

    declared = Declared(
        kept="evaluation-run",
        told=TOTALS,
        pack=dict.fromkeys(
            [
                "name", "question", "hotspots", "measures", "before_first", "before_last", "after_first", "after_last",
                "controls", "method", "level", "smallest_effect", "power", "seen_already", "replaces",
            ],
            Shown.NOT_PERSONAL,
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before_last__gte=models.F("before_first"))
                & models.Q(after_first__gt=models.F("before_last"))
                & models.Q(after_last__gte=models.F("after_first")),
                name="evaluation_protocol_before_ends_before_after_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def fingerprint(self) -> str:
        """A name for exactly what was written down. The ledger has it from the moment it was."""
        said = {name: getattr(self, name) for name in WRITTEN_DOWN} | {"hotspots": str(self.hotspots_id)}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class Result(Owned):
    """What came out of a protocol, with everything that is needed to find it again. Never changed once kept."""

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="+")
    # "outcomes", "police_did" and "cautions": see working.py
    found = models.JSONField()
    extract_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=64)
    seed = models.PositiveIntegerField()
    repeats = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeated")

    declared = Declared(
        kept="evaluation-run",
        told=TOTALS,
        pack=dict.fromkeys(
            ["protocol", "found", "extract_hash", "code_version", "seed", "repeats"], Shown.NOT_PERSONAL
        ),
    )

    def __str__(self) -> str:
        return self.protocol.name

    @property
    def main(self) -> dict[str, Any]:
        """What was found of the outcome that the protocol names first."""
        return self.found["outcomes"][0]

    @property
    def verdict(self) -> str:
        return self.main["impact"]["verdict"]

    @property
    def drift(self) -> list[str]:
        """How this result differs from the one it repeats; empty when it says the same."""
        first = self.repeats
        if first is None:
            return []
        changed = []
        if self.code_version != first.code_version:
            changed.append("the method's code is not what it was then")
        if self.extract_hash != first.extract_hash:
            changed.append("the counts are not the ones that were counted then")
        if self.main["impact"]["ratio"] != first.main["impact"]["ratio"]:
            changed.append(
                f"the main outcome is now {_times(self.main)} of what was expected, not {_times(first.main)}"
            )
        if self.verdict != first.verdict:
            changed.append(f"it now says “{self.verdict}”, not “{first.verdict}”")
        if not changed and self.found != first.found:
            changed.append("the verdict is the same, and other figures of the page are not")
        return changed


def _times(outcome: dict[str, Any]) -> str:
    ratio = outcome["impact"]["ratio"]
    return "an unknown share" if ratio is None else f"{ratio:.2f} times"
