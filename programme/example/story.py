"""The whole of it: organisations, accounts, and every story in the order of the calendar."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from clearlines.access.programme import open_teams
from clearlines.access.second_lock import whole_house
from clearlines.access.viewer import Viewer
from clearlines.ledger.actions import seal_waiting
from programme.example import (
    aftercare,
    calls,
    disclosures,
    disruptions,
    evaluations,
    groups,
    incidents,
    letters,
    lines,
    reports,
    results,
    returns,
    victims,
)
from programme.example.diary import BEGAN, at, tell_all

# So that a progress bar of a hundred can be kept; a step is one yield of one story.
STEPS_EXPECTED = 900


@whole_house("the teller knows both sides of the story; each act in it is one person's")
@transaction.atomic
def tell(progress: Callable[[int], None] = lambda _: None) -> None:
    """All of the example, or none of it."""
    opened = BEGAN - timedelta(days=20)
    accounts = open_teams(by=Viewer.setting_up(at(opened)), from_on=opened)
    told = 0

    def tick() -> None:
        nonlocal told
        told += 1
        if told % (STEPS_EXPECTED // 100) == 0:
            progress(1)

    tell_all(
        [
            *lines.stories(),
            *groups.stories(),
            *victims.stories(),
            *disruptions.stories(),
            *aftercare.stories(),
            *reports.stories(),
            *letters.stories(),
            *incidents.stories(),
            *evaluations.stories(),
            *calls.stories(),
            *results.stories(),
            *returns.stories(),
            *disclosures.stories(),
        ],
        accounts,
        tick,
    )
    seal_waiting()
