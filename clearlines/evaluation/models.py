"""A before-and-after that was run: what was asked, what was counted, what came out, and by which method."""

from django.db import models

from clearlines.access.declarations import TOTALS, Declared, Shown
from clearlines.access.models import Owned


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

    declared = Declared(
        kept="evaluation-run",
        told=TOTALS,
        pack=dict.fromkeys(
            ["name", "method", "question", "counts", "extract_hash", "result", "repeats"], Shown.NOT_PERSONAL
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
