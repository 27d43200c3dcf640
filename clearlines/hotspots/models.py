"""What is loaded: months of recorded incidents, whose rows stand in Parquet beside the database, and boundaries."""

from django.db import models

from clearlines.access.declarations import TOTALS, WHOLE_PROGRAMME, Declared, Shown
from clearlines.access.models import Owned
from clearlines.web.months import called


class MonthFile(Owned):
    """One month of one force's incidents: where its rows stand, what they came from, what was left out and why."""

    month = models.CharField(max_length=7)
    force = models.SlugField(max_length=60)
    force_name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=120)
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    reader = models.CharField(max_length=30)
    source = models.CharField(max_length=120)
    licence = models.CharField(max_length=120)
    # Published under an open licence: every organisation in the programme may read its counts.
    is_open = models.BooleanField()
    rows = models.PositiveIntegerField()
    rows_read = models.PositiveIntegerField()
    marks = models.JSONField()
    # [[line, reason], …]
    rejected = models.JSONField()
    imported_at = models.DateTimeField()

    declared = Declared(
        is_open="is_open",
        kept="incident-file",
        told=WHOLE_PROGRAMME,
        pack=dict.fromkeys(
            [
                "month", "force", "force_name", "file_name", "path", "sha256", "reader", "source", "licence", "is_open",
                "rows", "rows_read", "marks", "rejected", "imported_at",
            ],
            Shown.NOT_PERSONAL,
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "month", "force"], name="hotspots_one_file_a_month_and_force"),
        ]

    def __str__(self) -> str:
        return f"{self.force_name}, {self.month}"


class Boundary(Owned):
    """The outline of an area, as the operator supplied it. `shape` is WKB in longitude and latitude; `outline` is for
    drawing: rings of British National Grid metres, simplified.
    """

    class Kind(models.TextChoices):
        LSOA = "lsoa", "Neighbourhood (LSOA)"
        WARD = "ward", "Ward"

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    shape = models.BinaryField()
    outline = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    source = models.CharField(max_length=120)

    declared = Declared(
        is_open=True,
        kept="boundary",
        told=WHOLE_PROGRAMME,
        pack=dict.fromkeys(
            ["code", "name", "kind", "shape", "outline", "west", "south", "east", "north", "source"],
            Shown.NOT_PERSONAL,
        ),
    )

    class Meta:
        verbose_name_plural = "boundaries"
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "code"], name="hotspots_one_boundary_a_code"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaLookup(Owned):
    """Which neighbourhoods of one census became which of another's. A newer edition is a row; none is shipped.

    `changes` are the rows that changed anything: [[old, new, how], …].
    """

    edition = models.CharField(max_length=60)
    source = models.CharField(max_length=120)
    rows = models.PositiveIntegerField()
    changes = models.JSONField()
    sha256 = models.CharField(max_length=64)

    declared = Declared(
        is_open=True,
        kept="area-lookup",
        told=WHOLE_PROGRAMME,
        pack=dict.fromkeys(["edition", "source", "rows", "changes", "sha256"], Shown.NOT_PERSONAL),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "sha256"], name="hotspots_one_look_up_a_content"),
        ]

    def __str__(self) -> str:
        return self.edition


class HotspotSet(Owned):
    """Areas fixed before the work begins: which, by whom, when and on which months. Never changed once fixed."""

    class How(models.TextChoices):
        HOTTEST = "hottest", "Areas with the highest counts"
        NAMED = "named", "Areas that were named"
        DRAWN = "drawn", "Areas within a line that was drawn"

    name = models.CharField(max_length=200)
    how = models.CharField(max_length=10, choices=How)
    why = models.CharField(max_length=500)
    kind = models.CharField(max_length=10)
    # [[code, name, records in the months it was chosen on], …]
    areas = models.JSONField()
    # Rings of longitude and latitude, where a line was drawn.
    shape = models.JSONField(null=True, blank=True)
    measure = models.JSONField()
    # Empty only where counts were not looked at.
    chosen_first = models.CharField(max_length=7, blank=True)
    chosen_last = models.CharField(max_length=7, blank=True)
    # Empty for the whole force: areas are hot beside those of their own district, or beside all.
    district = models.CharField(max_length=120, blank=True)
    # What an honest page says beside the areas, as it was true when they were fixed.
    cautions = models.JSONField(default=list)
    extract_hash = models.CharField(max_length=64)

    declared = Declared(
        kept="hotspot-set",
        told=TOTALS,
        pack=dict.fromkeys(
            [
                "name", "how", "why", "kind", "areas", "shape", "measure", "chosen_first", "chosen_last",
                "district", "cautions", "extract_hash",
            ],
            Shown.NOT_PERSONAL,
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(chosen_first="", chosen_last="")
                | models.Q(chosen_first__gt="", chosen_last__gte=models.F("chosen_first")),
                name="hotspots_set_chosen_on_months_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_in_words(self) -> str:
        """The last month that it was chosen on: an evaluation may begin after it."""
        return called(self.chosen_last) if self.chosen_last else ""

    @property
    def codes(self) -> list[str]:
        return [code for code, _, _ in self.areas]


class SeverityTable(Owned):
    """How much harm each type of crime does, as a published index has it. None is shipped; a newer edition is a row."""

    name = models.CharField(max_length=120)
    edition = models.CharField(max_length=40)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=120)
    unit = models.CharField(max_length=60)
    # crime type → weight
    weights = models.JSONField()
    sha256 = models.CharField(max_length=64)

    declared = Declared(
        kept="severity-table",
        told=TOTALS,
        pack=dict.fromkeys(["name", "edition", "source", "licence", "unit", "weights", "sha256"], Shown.NOT_PERSONAL),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "edition"], name="hotspots_one_severity_table_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.edition}"
