"""What is loaded: months of recorded incidents, whose rows stand in Parquet beside the database, and boundaries."""

from django.db import models

from clearlines.access.declarations import WHOLE_PROGRAMME, Declared, Shown
from clearlines.access.models import Owned


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
