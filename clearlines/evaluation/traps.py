"""The usual trap of a quick before-and-after, and the words that say it: an area chosen because its count was high.

The rate is of real months with nothing done, ten hottest neighbourhoods at a time, at a nominal five in a hundred.
"""

import re
from collections.abc import Iterator

from clearlines.evaluation.questions import Question
from clearlines.web.months import number

# Months between the choosing and the period before, under which most of the fall back is still to come.
NEAR = 3
FALSE_ALARMS = "31 to 90 times in 100"
BY_COUNTS = re.compile(
    r"\b(most|high\w*|hot\w*|busi\w*|worst|top|count\w*|more than|peak\w*|rank\w*|largest|biggest)\b", re.IGNORECASE
)


def is_chosen_by_counts(question: Question) -> bool:
    return question.chosen_on is not None or bool(BY_COUNTS.search(question.chosen_how))


def is_chosen_near(question: Question) -> bool:
    chosen = question.chosen_on
    return chosen is not None and number(question.before.first) - number(chosen.last) <= NEAR


def warnings(question: Question) -> Iterator[str]:
    """What stands over a quick comparison that could be the usual trap."""
    if not is_chosen_by_counts(question):
        return
    if not question.is_alike:
        yield (
            "The area was chosen because its count was high, and the comparison was not picked in the same way. On "
            f"real months with nothing done, a comparison like this called that a success {FALSE_ALARMS}. Write a "
            "protocol instead: it chooses its comparison from areas that were as high in the same months."
        )
    elif is_chosen_near(question):
        yield (
            "The area was chosen on counts that end just before the period before begins. Part of any fall may be a "
            "high count going back to its usual level, which a comparison picked in the same way takes away only on "
            "average. A protocol tests for it."
        )
