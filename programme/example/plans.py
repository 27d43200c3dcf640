"""Plans in people's own words, reviews, BARC-10 before and after, and how some of it ended."""

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from clearlines.care import actions as care
from clearlines.care.instruments import instrument
from clearlines.care.models import Case, Goal
from clearlines.referrals import actions as referrals
from programme.example.diary import Eyes
from programme.example.names import GOALS

if TYPE_CHECKING:
    from programme.example.cases import Known

ITEMS = 10
# Two people have no plan yet, so that the exceptions list has somebody on it.
WITHOUT_PLAN = {7, 21}
# Two left questions blank, so that there is no total; three were never asked again.
BLANKS = {4: (3, 8), 19: (6, 9)}
NEVER_AGAIN = {1, 14, 25}
ENDINGS = {0: "planned_exit", 10: "planned_exit", 16: "persons_choice", 22: "moved", 20: "lost_contact"}
REVIEW_EVERY = timedelta(weeks=5)


def open_case(eyes: Eyes, known: "Known") -> Case:
    return care.open_case(
        by=eyes.of(known.worker), person=known.person, worker=eyes.accounts[known.worker],
        letter_number=known.letter.letter_number, consent_to_support="given",
    )  # fmt: skip


def after_visit(eyes: Eyes, known: "Known", case: Case, turn: int) -> None:
    """A plan after the third visit, a look at it after the sixth and the ninth, a second BARC-10 after the eighth."""
    if known.number in WITHOUT_PLAN:
        return
    if turn == 2:
        agree(eyes, known, case)
        measure(eyes, known, case, "start")
    elif turn in (5, 8):
        look_again(eyes, known, case)
    elif turn == 7 and known.number not in NEVER_AGAIN:
        measure(eyes, known, case, "review")


def agree(eyes: Eyes, known: "Known", case: Case) -> None:
    chance, by = random.Random(known.number), eyes.of(known.worker)
    wanted = chance.sample(GOALS, 2 + known.number % 2)
    goals = [
        Goal(words=words, domain=domain, action="Go together the first time", who=by.full_name, by_on=None)
        for words, domain in wanted
    ]
    care.agree(
        by=by, case=case, own_words=f"I want to {wanted[0][0]}. After that I want to {wanted[1][0]}.", goals=goals,
        review_on=by.today + REVIEW_EVERY, person_agreed=True,
        copy_given=("paper", "large", "easy_read")[known.number % 3],
        keep_safe="Ring before you open the door. Amy's number is under 'Aunty'.",
        if_it_slips="Tell somebody the same day.",
    )  # fmt: skip


def look_again(eyes: Eyes, known: "Known", case: Case) -> None:
    by = eyes.of(known.worker)
    plan = case.plans.exclude(state="closed").first()
    if plan is None:
        return
    care.review(
        by=by, plan=plan, seen=plan.version, how_it_is="Better than it was. Some nights are still bad.",
        next_review_on=by.today + REVIEW_EVERY, person_was_there=True,
    )  # fmt: skip
    goal = plan.goals.filter(state="open").first()
    if goal is not None and known.number % 3:
        care.mark_goal(by=by, goal=goal, seen=goal.version, to="met", how_it_went="Done, and they did it themselves")


def measure(eyes: Eyes, known: "Known", case: Case, stage: str) -> None:
    """Somewhere in the middle at the start; a little higher later for most, lower for some."""
    chance = random.Random(f"{known.number} {stage}")
    lift = 0 if stage == "start" else chance.choice([-1, 0, 1, 1, 1, 2])
    answers: dict[str, int | None] = {
        item.key: min(6, max(1, chance.choice([2, 3, 3, 4]) + lift)) for item in instrument().items
    }
    if stage == "review" and known.number in BLANKS:
        keys = list(answers)
        answers |= dict.fromkeys((keys[each] for each in BLANKS[known.number]), None)
    care.measure(by=eyes.of(known.worker), case=case, stage=stage, answers=answers)


def ending(eyes: Eyes, known: "Known", case: Case) -> None:
    if known.number not in ENDINGS:
        return
    by = eyes.of(known.worker)
    case.refresh_from_db()
    care.close(
        by=by, case=case, seen=case.version, reason=ENDINGS[known.number],
        attempts="Four calls, three visits and a note at the food club" if known.number == 20 else "",
    )  # fmt: skip
    referrals.finish(by=by, received=known.letter)
