"""What came of the protocol, once its winter could be counted; and a claim somebody wished to make, held against it."""

from collections.abc import Iterator
from datetime import date

from clearlines.evaluation import actions as evaluation
from clearlines.evaluation import checks, claims
from clearlines.evaluation import queries as kept
from clearlines.evaluation.questions import TYPED, VICTIMS, Question, Window
from programme.example.diary import Story, at
from programme.example.incidents import AFTER, BEFORE, CHOSEN

CLAIM = "50% fewer incidents in Hindpool"


def stories() -> Iterator[Story]:
    yield work_out_and_check()


def work_out_and_check() -> Story:
    eyes = yield at(date(2023, 3, 20), 10)
    evaluation.work_out(by=eyes.analyst, protocol=kept.protocols(eyes.analyst)[0])
    eyes = yield at(date(2023, 3, 21), 15)
    claim = claims.read(CLAIM)
    evaluation.check_claim(by=eyes.sergeant, claim=claim, question=the_counts(claim))


def the_counts(claim: claims.Claim) -> Question:
    """Twenty to ten, beside twenty that stayed twenty: domain.md's scenario 38."""
    return Question(
        name=checks.named(claim), outcome=VICTIMS, source=TYPED, before=Window(*BEFORE), after=Window(*AFTER),
        chosen_how="The busiest neighbourhood in the summer before", chosen_on=Window(*CHOSEN), level=0.9,
        kind="lsoa", areas={}, counts={"treated": [20, 10], "control": [20, 20]},
    )  # fmt: skip
