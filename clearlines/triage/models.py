"""What the police made of a report: links, grades, decisions. Each is added, and none is edited."""

from typing import Any

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.lines.models import Line
from clearlines.people.models import Person
from clearlines.places.models import Place
from clearlines.reports.models import Report
from clearlines.triage import rules
from clearlines.triage.states import IN_WORDS, OUTCOME_IN_WORDS, State, Verdict


class Triage(Owned):
    """Where one report stands. There is none until somebody takes the report up; `created_by` is who did."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=list(IN_WORDS.items()), default=State.LOOKED_AT)
    reopened_because = models.CharField(max_length=500, blank=True)

    declared = Declared(
        about=("report",),
        kept="report",
        told=NOBODY,
        pack={"report": Shown.NOT_PERSONAL, "state": Shown.NOT_PERSONAL, "reopened_because": Shown.WITHHELD},
    )


class Grade(Owned):
    """3x5x2, by the police alone. A second grade stands beside the first and says why."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=1, choices=list(rules.SOURCES.items()))
    assessment = models.CharField(max_length=1, choices=list(rules.ASSESSMENTS.items()))
    handling = models.CharField(max_length=1, choices=list(rules.HANDLINGS.items()))
    conditions = models.CharField(max_length=500, blank=True)
    because = models.CharField(max_length=500, blank=True)

    declared = Declared(
        about=("report",),
        kept="report",
        told=NOBODY,
        pack=dict.fromkeys(["report", "number"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["source", "assessment", "handling", "conditions", "because"], Shown.WITHHELD),
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="triage_one_of_each_grade"),
            models.CheckConstraint(
                condition=Q(handling="P", conditions="") | Q(handling="C") & ~Q(conditions=""),
                name="triage_code_c_has_conditions",
            ),
        ]

    @property
    def code(self) -> str:
        return f"{self.source}{self.assessment}{self.handling}"

    @property
    def cautions(self) -> list[str]:
        return list(rules.cautions(source=self.source, assessment=self.assessment))

    def __str__(self) -> str:
        return self.code


class Thrive(Owned):
    """Threat, harm, risk, investigation, vulnerability, engagement: a line for each that has something to say."""

    LETTERS = ("threat", "harm", "risk", "investigation", "vulnerability", "engagement")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    threat = models.CharField(max_length=500, blank=True)
    harm = models.CharField(max_length=500, blank=True)
    risk = models.CharField(max_length=500, blank=True)
    investigation = models.CharField(max_length=500, blank=True)
    vulnerability = models.CharField(max_length=500, blank=True)
    engagement = models.CharField(max_length=500, blank=True)

    declared = Declared(
        about=("report",),
        kept="report",
        told=NOBODY,
        pack={"report": Shown.NOT_PERSONAL} | dict.fromkeys(LETTERS, Shown.WITHHELD),
    )

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(name.capitalize(), getattr(self, name)) for name in self.LETTERS if getattr(self, name)]


class Link(Owned):
    """A report is about something. A candidate until confirmed; taken back by whom and why, never deleted."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_because = models.CharField(max_length=300, blank=True)

    TO = ""

    class Meta:
        abstract = True

    @property
    def target(self) -> Any:
        return getattr(self, self.TO)

    @property
    def standing(self) -> str:
        if self.undone_at:
            return "Taken back"
        return "Confirmed" if self.confirmed_at else "Candidate"


LINK_PACK = dict.fromkeys(["report", "confirmed_at", "undone_at"], Shown.NOT_PERSONAL) | dict.fromkeys(
    ["why", "confirmed_by", "undone_by", "undone_because"], Shown.WITHHELD
)


def _constraints(to: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["report", to], condition=Q(undone_at=None), name=f"triage_one_link_to_a_{to}"),
        models.CheckConstraint(
            condition=Q(confirmed_at=None, confirmed_by=None)
            | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            name=f"triage_{to}_confirmed_by_someone_at_some_time",
        ),
        models.CheckConstraint(
            condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
            name=f"triage_{to}_undone_by_someone_at_some_time",
        ),
    ]


class ReportToLine(Link):
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")

    TO = "line"
    declared = Declared(about=("report",), kept="report", told=NOBODY, pack=LINK_PACK | {"line": Shown.WITHHELD})

    class Meta:
        constraints = _constraints("line")


class ReportToPlace(Link):
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    TO = "place"
    declared = Declared(about=("report",), kept="report", told=NOBODY, pack=LINK_PACK | {"place": Shown.WITHHELD})

    class Meta:
        constraints = _constraints("place")


class ReportToPerson(Link):
    """Who somebody may be in the account. Being exploited is never taken away by being suspected as well."""

    class As(models.TextChoices):
        NEEDS_HELP = "needs_help", "May need help"
        EXPLOITED = "exploited", "May be exploited"
        HOST = "host", "Their home may have been taken over"
        WITNESS = "witness", "Saw or knows something"
        SUSPECTED = "suspected", "May be selling or running it"
        NOT_KNOWN = "not_known", "Not known yet"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    as_what = models.CharField(max_length=20, choices=As, default=As.NOT_KNOWN)

    TO = "person"
    declared = Declared(
        about=("person", "report"),
        kept="report",
        told=NOBODY,
        pack=LINK_PACK | {"person": Shown.WITHHELD, "as_what": Shown.WITHHELD},
    )

    class Meta:
        constraints = _constraints("person")


class Comparison(Owned):
    """Somebody read two reports and said whether they are one account told twice. The newest stands."""

    one = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(
        max_length=10,
        choices=[(Verdict.SAME.value, "The same account again"), (Verdict.DIFFERENT.value, "A different account")],
    )
    reason = models.CharField(max_length=300)

    declared = Declared(
        about=("one", "other"),
        kept="report",
        told=NOBODY,
        pack=dict.fromkeys(["one", "other", "verdict"], Shown.NOT_PERSONAL) | {"reason": Shown.WITHHELD},
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(one=models.F("other")), name="triage_two_different_reports")]


class Decision(Owned):
    """What became of a report, and why. Putting one right is another that points at it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=list(OUTCOME_IN_WORDS.items()))
    reason = models.CharField(max_length=1000)
    reference = models.CharField(max_length=60, blank=True)
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrects_because = models.CharField(max_length=500, blank=True)

    declared = Declared(
        about=("report",),
        kept="report",
        told=NOBODY,
        pack=dict.fromkeys(["report", "number", "outcome", "corrects", "reference"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["reason", "corrects_because"], Shown.WITHHELD),
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="triage_one_of_each_decision"),
            models.CheckConstraint(
                condition=Q(number=1, corrects=None)
                | Q(number__gt=1, corrects__isnull=False) & ~Q(corrects_because=""),
                name="triage_only_a_correction_comes_second",
            ),
        ]
