"""Extracts of calls for service, the mappings and rule lists they are read by, and counts that health supplied.

What a caller said, who they are and their number are nowhere here: an extract's rows are distinct incidents, beside the
database in Parquet, each with a day, a kind, a square of a hundred metres and how many calls it had.
"""

from typing import Any

from django.db import models

from clearlines.access.declarations import TOTALS, Declared, Shown
from clearlines.access.models import Owned


class Mapping(Owned):
    """Which column of a control room's extract is which, and how it writes dates. A change is another edition."""

    name = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()
    columns = models.JSONField()

    declared = Declared(
        kept="calls-reading",
        told=TOTALS,
        pack=dict.fromkeys(["name", "edition", "columns"], Shown.NOT_PERSONAL),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "edition"], name="calls_one_mapping_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, edition {self.edition}"


class RuleList(Owned):
    """Which words of an extract mean that police made the log, and which mean which demand. Never edited."""

    name = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()
    # Rule or kind of demand → words
    words = models.JSONField()

    declared = Declared(
        kept="calls-reading",
        told=TOTALS,
        pack=dict.fromkeys(["name", "edition", "words"], Shown.NOT_PERSONAL),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "edition"], name="calls_one_rule_list_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, edition {self.edition}"


class WaitingFile(Owned):
    """An extract that somebody brought and has not loaded: sealed, and gone as soon as they load it or leave it."""

    file_name = models.CharField(max_length=120)
    file = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    mapping = models.ForeignKey(Mapping, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rule_list = models.ForeignKey(RuleList, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        kept="calls-waiting",
        told=("nobody outside the organisation that owns it",),
        pack=dict.fromkeys(["file_name", "size", "mapping", "rule_list"], Shown.NOT_PERSONAL)
        | {"file": Shown.WITHHELD},
    )

    def __str__(self) -> str:
        return self.file_name

    @property
    def place(self) -> str:
        """What the file is sealed under."""
        return f"calls.WaitingFile.{self.pk}"


class Extract(Owned):
    """One control room's file as it stands: what was used, what was left out and why, and what it was read by."""

    # In the order of loading: of two that cover a day, the later counts.
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    report_path = models.CharField(max_length=300)
    first_on = models.DateField()
    last_on = models.DateField()
    mapping = models.ForeignKey(Mapping, on_delete=models.PROTECT, related_name="+")
    # None: the words that the product begins with.
    rule_list = models.ForeignKey(RuleList, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reader = models.CharField(max_length=40)
    rows_read = models.PositiveIntegerField()
    incidents = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    # Each a count by key: of a rule, of a way of repeating, of a mark.
    excluded = models.JSONField()
    repeats = models.JSONField()
    marked = models.JSONField()

    declared = Declared(
        kept="calls-extract",
        told=TOTALS,
        pack=dict.fromkeys(
            [
                "number", "file_name", "sha256", "path", "report_path", "first_on", "last_on", "mapping", "rule_list",
                "reader", "rows_read", "incidents", "rejected", "excluded", "repeats", "marked",
            ],
            Shown.NOT_PERSONAL,
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="calls_days_in_order"),
            models.UniqueConstraint(fields=["owner", "number"], name="calls_one_extract_a_number"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def rows_excluded(self) -> int:
        return sum(self.excluded.values())

    @property
    def rows_repeated(self) -> int:
        return sum(self.repeats.values())

    @property
    def said(self) -> dict[str, Any]:
        """What two readings of one file have in common when nothing changed."""
        return {
            "sha256": self.sha256, "mapping": self.mapping_id, "rule_list": self.rule_list_id, "reader": self.reader,
            "first_on": self.first_on, "last_on": self.last_on,
        }  # fmt: skip


class HealthCounts(Owned):
    """Counts by area and month that a health partner supplied, small ones withheld as they came."""

    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=120)
    first_month = models.CharField(max_length=7)
    last_month = models.CharField(max_length=7)
    measures = models.JSONField()
    rows_read = models.PositiveIntegerField()
    cells = models.PositiveIntegerField()
    withheld = models.PositiveIntegerField()
    # [[line, reason], …]
    rejected = models.JSONField()

    declared = Declared(
        kept="calls-extract",
        told=TOTALS,
        pack=dict.fromkeys(
            [
                "file_name", "sha256", "path", "source", "licence", "first_month", "last_month", "measures",
                "rows_read", "cells", "withheld", "rejected",
            ],
            Shown.NOT_PERSONAL,
        ),
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "health counts"
        constraints = [
            models.UniqueConstraint(fields=["owner", "sha256"], name="calls_one_health_file_once"),
        ]

    def __str__(self) -> str:
        return self.file_name
