"""What crossed the wall by somebody's act: told, taken back, put right, asked, requested. Invented, every word."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from clearlines.access.models import Organisation
from clearlines.access.viewer import Viewer
from clearlines.people import actions as people
from clearlines.people import queries as found
from clearlines.people.models import Person
from clearlines.sharing import actions, queries
from clearlines.sharing.writing import Words
from programme.example.diary import Eyes, Story, at, later


def stories() -> Iterator[Story]:
    yield danger_told_and_taken_back()
    yield an_address_put_right()
    yield a_child_in_an_emergency()
    yield a_telling_that_somebody_decides()
    yield whom_to_ring()
    yield two_requests()


def words(by: Viewer, to: str, person: Person | None, name: str, **told: tuple[str, str]) -> Words:
    """`told` is heading → (words, how it is known)."""
    said = [{"field": "name", "words": name, "said_as": "fact"}]
    said += [{"field": field, "words": what, "said_as": how} for field, (what, how) in told.items()]
    return Words(Organisation.objects.get(pk=to), said, by.today + timedelta(days=90), person)


def somebody(eyes: Eyes, username: str) -> Person:
    """The first person on that organisation's own records who is grown up."""
    by = eyes.of(username)
    return next(each for each in found.visible(by) if each.family_name and not each.is_child_on(by.today))


def danger_told_and_taken_back() -> Story:
    eyes = yield at(date(2022, 6, 21), 11)
    person = somebody(eyes, "lead")
    danger = ("A man he owes money to has said that he will come on Friday night.", "told")
    told = actions.tell(
        by=eyes.lead, words=words(eyes.lead, "police", person, person.name, danger=danger), agreement="danger-told"
    )
    eyes = yield later(at(date(2022, 7, 4), 9))
    actions.revoke(by=eyes.lead, disclosure=told, why="The debt was settled and the man has moved away.")
    eyes = yield later(at(date(2022, 7, 4), 15))
    notice = queries.notices(eyes.sergeant).get(number=told.number, news="revoked")
    actions.say_destroyed(by=eyes.sergeant, notice=notice, how="One printed page, shredded. Nobody else had it.")


def an_address_put_right() -> Story:
    eyes = yield at(date(2022, 9, 6), 10)
    person = somebody(eyes, "sergeant")
    said = {"address": ("The flat over the chip shop", "told"), "danger": ("A dog in the hall; ring first.", "fact")}
    told = actions.tell(
        by=eyes.sergeant, words=words(eyes.sergeant, "charity", person, person.name, **said), agreement="danger-told"
    )
    eyes = yield later(at(date(2022, 9, 9), 10))
    actions.correct(
        by=eyes.sergeant, disclosure=told, field="address", words="The flat behind the chip shop", said_as="fact",
        why="An officer went there",
    )  # fmt: skip


def a_child_in_an_emergency() -> Story:
    eyes = yield at(date(2022, 11, 17), 19)
    said = {
        "children": ("A girl of about fourteen was in the back room and would not say who she came with.", "fact"),
        "ask": ("Please see her tonight.", "fact"),
    }
    told = actions.tell_in_an_emergency(
        by=eyes.worker, words=words(eyes.worker, "council", None, "A girl who calls herself Skye", **said),
        gateway="protect_child", reason="Nobody knows who she is with", risk="She may be moved on tonight",
    )  # fmt: skip
    eyes = yield later(at(date(2022, 11, 18), 10))
    by = eyes.of("charity.information")
    review = queries.reviews_waiting(by).get(disclosure=told)
    actions.review(by=by, review=review, verdict="right", words="I rang children's services: they went at once.")


def a_telling_that_somebody_decides() -> Story:
    eyes = yield at(date(2023, 1, 12), 14)
    person = somebody(eyes, "worker")
    said = {"ask": ("Please change the lock this week.", "fact"), "happened": ("The lock was forced.", "fact")}
    asked = actions.propose(
        by=eyes.worker, words=words(eyes.worker, "housing", person, person.name, **said), gateway="consent",
        reason="They asked us to ring the landlord for them",
    )  # fmt: skip
    eyes = yield later(at(date(2023, 1, 12), 16))
    actions.decide(by=eyes.lead, proposal=asked)
    eyes = yield later(at(date(2023, 3, 30), 11))
    said = {"support": ("They come on Tuesdays.", "fact")}
    actions.propose(
        by=eyes.worker, words=words(eyes.worker, "hospital", person, person.name, **said), gateway="consent",
        reason="The ward asked whether anybody is with them",
    )  # fmt: skip


def whom_to_ring() -> Story:
    eyes = yield at(date(2023, 2, 7), 10)
    known = people.add(by=eyes.sergeant, given_name="Corran", family_name="Whitriggs")
    police = Organisation.objects.get(pk="police")
    why = "We go to the same stairs tomorrow, and somebody shouted this name"
    first = actions.ask(by=eyes.worker, to=police, name="Corran Whitriggs", why=why)
    second = actions.ask(by=eyes.worker, to=police, name="Torran Whitlock", why=why)
    eyes = yield later(at(date(2023, 2, 8), 9))
    matching = eyes.of("police.matching")
    actions.confirm(by=matching, question=first, person=known, why="The same name, and the same stairs")
    actions.answer_nothing(by=matching, question=second)
    eyes = yield later(at(date(2023, 3, 30), 10))
    actions.ask(by=eyes.worker, to=police, name="Merrin Scales", why="He says that he is somebody's brother")


ASKED: dict[str, Any] = {
    "line_of_enquiry": "Who was at the flat on 3 February 2023",
    "why_necessary": "There is no camera on those stairs, and nobody else was there.",
    "why_proportionate": "One evening, and one question.",
    "notice_given": "given",
    "notice_how": "In writing, by the officer in the case",
    "views": "Would rather not, but will not mind being asked.",
}


def two_requests() -> Story:
    eyes = yield at(date(2023, 2, 20), 10)
    charity = Organisation.objects.get(pk="charity")
    person = somebody(eyes, "lead")
    scope = "Whether they were at your drop-in between six and eight that evening"
    asked = actions.request(
        by=eyes.sergeant, to=charity, name=person.name, scope=scope, asks_counselling=False, **ASKED
    )
    broad = actions.request(
        by=eyes.sergeant, to=charity, name="Jamie Orton", scope="All notes since last summer",
        asks_counselling=True, probative="They may say who held the keys", **ASKED,
    )  # fmt: skip
    eyes = yield later(at(date(2023, 2, 22), 10))
    actions.say_nothing(by=eyes.lead, request=broad, why="It asks for everything, and it is not necessary.")
    actions.notify_person(
        by=eyes.lead, request=asked, person=person, told="person", how="Read to them, and handed over"
    )
    told = {"happened": ("Signed in at 17:50 and out at 20:10.", "fact")}
    actions.answer(
        by=eyes.lead, request=asked, words=words(eyes.lead, "police", person, person.name, **told),
        why="They asked us to: it clears them.", is_counselling=False, not_counselling_why="The signing-in sheet",
    )  # fmt: skip
