"""National referrals for other rooms' tests, made by the real actions."""

from datetime import date
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.people.models import Person
from clearlines.people.tests import build as people
from clearlines.safeguarding import actions
from clearlines.safeguarding.models import NationalReferral
from clearlines.safeguarding.states import Path, State

S = State
NOTED = date(2022, 6, 6)
# Everything a step may rest on; each takes what its rule needs.
RESTS_ON = {"who": "Fellside Constabulary, Sgt Hartley", "words": "As the form says", "reference": "NRM-2022-0417"}
TO_THE_END = (S.NRM_SUBMITTED, S.RG_POSITIVE, S.CG_POSITIVE)
OF_A_CHILD = (S.FIRST_RESPONDER_CONTACTED, *TO_THE_END)
OF_AN_ADULT = (S.FIRST_RESPONDER_CONTACTED, S.CONSENT_DISCUSSED, S.CONSENT_GIVEN, *TO_THE_END)
REFUSING = (S.FIRST_RESPONDER_CONTACTED, S.CONSENT_DISCUSSED, S.CONSENT_REFUSED)


def adult(by: Viewer, **more: Any) -> Person:
    return people.person(by, **({"born_on": date(1988, 2, 3), "born_precision": "day"} | more))


def child(by: Viewer, **more: Any) -> Person:
    return people.person(by, **({"given_name": "Ash", "born_on": date(2006, 9, 1), "born_precision": "day"} | more))


def begun(by: Viewer, person: Person | None = None, **more: Any) -> NationalReferral:
    person = person or adult(by)
    path = Path.CHILD if person.is_child_on(NOTED) else Path.ADULT
    said = {"path": path, "noted_on": NOTED, "words": "Two phones, and somebody else's key"} | more
    return actions.begin(by=by, person=person, **said)


def moved(by: Viewer, referral: NationalReferral, *steps: State, on: date = NOTED) -> NationalReferral:
    for to in steps:
        needed = RESTS_ON if to in (S.NRM_SUBMITTED, S.DTN_SUBMITTED) else RESTS_ON | {"reference": ""}
        referral = actions.move(by=by, referral=referral, to=to, on=on, **needed)
    return referral


def opened_person(cast) -> dict[str, object]:
    return {"key": adult(cast.sergeant).pk}


def opened_referral(cast) -> dict[str, object]:
    return {"key": begun(cast.sergeant).pk}


def opened_step(cast) -> dict[str, object]:
    return opened_referral(cast) | {"to": S.FIRST_RESPONDER_CONTACTED}
