"""Three people whom lines used, and where the national referral of each stands on the last day.

One is a child recognised as a victim, for whom the defence of section 45 was raised; one an adult who said no; one a
child of whom nothing has gone to the Home Office yet, so that somebody finds him on the list.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from clearlines.people.models import Person
from clearlines.safeguarding import actions
from clearlines.safeguarding.models import NationalReferral
from clearlines.safeguarding.states import Path, State
from programme.example.diary import Eyes, Story, at
from programme.example.lines import d, the_line

S = State
LEAD = "police.safeguarding"


def stories() -> Iterator[Story]:
    yield a_child_is_recognised()
    yield an_adult_says_no()
    yield a_child_waits()


def used_by(eyes: Eyes, brand: str, given_name: str) -> Person:
    return the_line(eyes, brand).roles.get(person__given_name=given_name).person


def noted(eyes: Eyes, person: Person, path: Path, words: str) -> NationalReferral:
    return actions.begin(
        by=eyes.officer, person=person, path=path, noted_on=eyes.officer.today, words=words, flagged_county_lines=True
    )


def step(eyes: Eyes, referral: NationalReferral, to: State, **said: Any) -> NationalReferral:
    viewer = eyes.of(LEAD)
    return actions.move(by=viewer, referral=referral, to=to, on=viewer.today, **said)


def a_child_is_recognised() -> Story:
    eyes = yield at(d(3, 1), 12)
    signs = "Found with two phones and a stranger’s bank card; frightened of going home without the money."
    referral = noted(eyes, used_by(eyes, "Slate", "Leon"), Path.CHILD, signs)
    eyes = yield at(d(3, 2))
    step(eyes, referral, S.FIRST_RESPONDER_CONTACTED, who="Fellside Constabulary, Gill Rigg")
    eyes = yield at(d(3, 3))
    step(eyes, referral, S.NRM_SUBMITTED, reference="NRM-EX-0117")
    for to, on in ((S.RG_POSITIVE, d(3, 11)), (S.CG_POSITIVE, d(8, 22))):
        if to == S.CG_POSITIVE:
            eyes = yield at(d(4, 5))
            viewer = eyes.of(LEAD)
            actions.raise_s45(by=viewer, referral=referral, on=viewer.today)
        eyes = yield at(on)
        step(eyes, referral, to)


def an_adult_says_no() -> Story:
    eyes = yield at(d(6, 20), 12)
    signs = "Men she does not know answer her door and keep her key."
    referral = noted(eyes, used_by(eyes, "Marlow", "Gail"), Path.ADULT, signs)
    for day, to, said in (
        (21, S.FIRST_RESPONDER_CONTACTED, {"who": "Fellside Constabulary, Gill Rigg"}),
        (22, S.CONSENT_DISCUSSED, {"who": "Gill Rigg, at her sister’s. She kept the leaflet."}),
        (22, S.CONSENT_REFUSED, {"words": "She does not want her name anywhere."}),
        (24, S.DTN_SUBMITTED, {"reference": "DTN-EX-0032"}),
    ):
        eyes = yield at(date(2022, 6, day), 15)
        step(eyes, referral, to, **said)


def a_child_waits() -> Story:
    eyes = yield at(d(3, 20, 2023), 12)
    referral = noted(
        eyes, used_by(eyes, "Amber", "Harry"), Path.CHILD, "Missing twice, back with new trainers and a burn."
    )
    eyes = yield at(d(3, 21, 2023), 12)
    step(eyes, referral, S.FIRST_RESPONDER_CONTACTED, who="Fellside Constabulary, Gill Rigg")
