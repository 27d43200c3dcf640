import re
from datetime import UTC, date, datetime

import pytest

from clearlines.access.agreements import all_agreements
from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.models import Entry
from clearlines.people.models import Person
from clearlines.people.tests.build import person as a_person
from clearlines.referrals import actions, queries
from clearlines.referrals.models import Received, Sent, SentNews
from clearlines.referrals.tests import build

pytestmark = pytest.mark.django_db


def test_a_letter_is_two_rows_joined_by_its_number_alone(cast):
    sent = build.sent(cast.sergeant)
    received = Received.objects.get(letter_number=sent.letter_number)
    assert (sent.owner_id, received.owner_id) == ("police", "charity")
    assert received.why == sent.why
    assert received.created_by is None
    assert received.pk != sent.pk
    assert sent.progress == "Received"


def test_a_letters_number_can_be_said_on_the_telephone(cast):
    numbers = {build.sent(cast.sergeant).letter_number for _ in range(5)}
    assert len(numbers) == 5
    assert all(re.fullmatch(r"CL-[2-9A-Y]{4}-[2-9A-Y]{4}", number) for number in numbers)


def test_the_charity_never_learns_that_a_person_of_the_polices_is_behind_it(cast):
    robin = a_person(cast.sergeant)
    received = build.received(cast.sergeant, cast.worker, person=robin)
    said = {str(getattr(received, field.attname)) for field in Received._meta.concrete_fields}
    assert str(robin.pk) not in said and str(Sent.objects.get().pk) not in said


def test_no_agreement_has_a_field_that_says_somebody_is_suspected():
    letters = [each for each in all_agreements().values() if "charity" in each.recipient_kinds]
    fields = {name for each in letters for name in each.fields}
    assert not {name for name in fields if re.search("suspect|intel|risk|offen|convict|grade|line", name)}


def test_sending_is_recorded_as_a_disclosure_under_its_agreement(cast):
    sent = build.sent(cast.sergeant)
    entry = Entry.objects.get(event="referrals.sent")
    assert (entry.kind, entry.under, entry.organisation) == ("disclosure", "police-to-charity", "police")
    assert f"referrals.letter:{sent.letter_number}" in {each.name for each in entry.subjects.all()}


def test_pressing_send_twice_makes_one_letter(cast):
    first = build.sent(cast.sergeant)
    again = actions.send(by=cast.sergeant, recipient="charity", letter=build.letter(), new_id=first.pk)
    assert again == first and Received.objects.count() == 1


def test_an_expired_agreement_is_refused_by_name_and_nothing_is_sent(cast):
    late = cast.viewer("surgery", datetime(2023, 2, 1, 12, tzinfo=UTC))
    with pytest.raises(Refused, match="'Health services to the recovery charity' ended on 31 January 2023"):
        build.sent(late)
    assert not Sent.objects.exists() and not Received.objects.exists()


def test_the_same_letter_crosses_the_day_before_the_agreement_ends(cast):
    assert build.sent(cast.viewer("surgery", datetime(2023, 1, 31, 12, tzinfo=UTC))).source == "gp"


def test_a_field_the_agreement_does_not_name_does_not_cross(cast):
    with pytest.raises(Refused, match="does not cover: release_on"):
        build.sent(cast.food_club, release_on=date(2022, 6, 17))


def test_there_is_no_letter_from_the_charity_to_the_police(cast):
    with pytest.raises(Refused, match="no sharing agreement"):
        build.sent(cast.lead, recipient="police")


def test_somebody_elses_person_is_not_written_about(cast):
    with pytest.raises(Refused, match="not on your own organisation's records"):
        build.sent(cast.sergeant, person=a_person(cast.worker))


def test_an_analyst_writes_no_letters(cast):
    with pytest.raises(Forbidden):
        build.sent(cast.analyst)


def test_a_letter_is_acknowledged_within_a_working_day(cast):
    friday = cast.viewer("food.club", datetime(2022, 6, 10, 12, tzinfo=UTC))
    received = build.received(friday, cast.worker)
    assert received.acknowledge_by == date(2022, 6, 13)
    assert received.is_overdue_on(date(2022, 6, 14)) and not received.is_overdue_on(date(2022, 6, 13))


def test_the_sender_is_told_the_workers_name(cast):
    build.acknowledged(cast.food_club, cast.worker)
    news = queries.sent(cast.food_club).get().latest_news
    assert (news.in_words, news.words, news.owner_id) == ("A worker has been named", "Amy Postle", "food_club")


def test_accepting_makes_the_charitys_own_person(cast):
    letter = build.accepted(cast.sergeant, cast.worker)
    assert letter.person.owner_id == "charity"
    assert letter.person.name == "Robin Ferris"
    assert (letter.person.born_on.year, letter.person.born_precision) == (1982, "about")
    assert queries.sent(cast.sergeant).get().progress == "A worker has been named"


def test_accepting_may_join_somebody_the_charity_already_knows(cast):
    known = a_person(cast.worker)
    letter = build.acknowledged(cast.sergeant, cast.worker)
    assert actions.accept(by=cast.worker, received=letter, person=known).person == known
    assert Person.objects.count() == 1


def test_a_wrong_acceptance_is_taken_back_and_the_story_is_kept(cast):
    letter = build.accepted(cast.sergeant, cast.worker)
    letter = actions.take_back(by=cast.worker, received=letter, why="The wrong Robin")
    assert (letter.state, letter.person) == ("acknowledged", None)
    assert [move.became for move in letter.moves.all()] == ["received", "acknowledged", "accepted", "acknowledged"]
    assert SentNews.objects.count() == 1, "the sender was never told it was accepted, so hears nothing now"


def test_a_wrong_decline_is_taken_back_and_the_sender_hears(cast):
    letter = actions.decline(by=cast.worker, received=build.received(cast.sergeant, cast.worker), because="no_room")
    actions.take_back(by=cast.lead, received=letter, why="There is room")
    assert [each.news for each in queries.sent(cast.sergeant).get().news.all()].count("worker_named") == 1


def test_a_declined_letter_is_looked_at_again_by_somebody_else(cast):
    letter = build.received(cast.food_club, cast.worker)
    actions.decline(by=cast.worker, received=letter, because="no_room", why="The van is broken")
    sent = queries.sent(cast.food_club).get()
    assert (sent.progress, sent.latest_news.words) == ("Declined", "We cannot take anybody else on at the moment")
    actions.appeal(by=cast.food_club, sent=sent, why="He came again today")
    with pytest.raises(Refused, match="somebody else must look"):
        actions.decline(by=cast.worker, received=letter, because="no_room")
    letter = actions.acknowledge(by=cast.lead, received=letter, worker=cast.account("lead"))
    assert letter.state == "acknowledged"


def test_the_reason_kept_here_never_reaches_the_sender(cast):
    letter = build.received(cast.food_club, cast.worker)
    actions.decline(by=cast.worker, received=letter, because="no_room", why="The van is broken")
    assert not [news for news in SentNews.objects.all() if "van" in news.words]


def test_sending_on_tells_the_sender_whom_to_ask_and_passes_nothing_on(cast):
    letter = build.received(cast.food_club, cast.worker)
    actions.redirect(by=cast.worker, received=letter, to="Mind in Furness", why="Closer")
    assert queries.sent(cast.food_club).get().latest_news.words == "Mind in Furness"
    assert Received.objects.count() == 1


def test_a_sender_withdraws_before_acceptance_and_never_after(cast):
    letter = build.received(cast.food_club, cast.worker)
    sent = actions.withdraw(by=cast.food_club, sent=queries.sent(cast.food_club).get(), why="They asked me to")
    letter.refresh_from_db()
    assert (sent.progress, letter.state) == ("Withdrawn", "withdrawn")
    accepted = build.accepted(cast.food_club, cast.worker)
    mine = queries.sent(cast.food_club).get(letter_number=accepted.letter_number)
    with pytest.raises(Refused, match="answered already"):
        actions.withdraw(by=cast.food_club, sent=mine, why="Changed my mind")


def test_nobody_answers_a_letter_of_another_organisation(cast):
    letter = build.received(cast.food_club, cast.worker)
    with pytest.raises(Forbidden):
        actions.decline(by=cast.sergeant, received=letter, because="no_room")


def test_contact_and_how_it_ended_are_never_told_to_the_sender(cast):
    letter = build.accepted(cast.probation, cast.worker, release_on=date(2022, 6, 17))
    before = SentNews.objects.count()
    actions.contacted(by=cast.worker, received=letter)
    assert SentNews.objects.count() == before
    actions.finish(by=cast.worker, received=letter)
    news = queries.sent(cast.probation).get().latest_news
    assert (news.in_words, news.words) == ("Finished", "")


def test_a_sister_rings_and_only_the_charity_has_a_row(cast):
    said = build.letter()
    received = actions.record_by_phone(by=cast.worker, letter=said, source="family", said_by="His sister")
    again = actions.record_by_phone(by=cast.worker, letter=said, source="family", said_by="x", new_id=received.pk)
    assert again == received and not Sent.objects.exists()
    letter = actions.acknowledge(by=cast.worker, received=received, worker=cast.account("worker"))
    letter = actions.accept(by=cast.worker, received=letter)
    assert not SentNews.objects.exists()
    assert actions.record_first_known(by=cast.worker, received=letter, known="no").known_to_services == "no"


def test_two_workers_answer_at_once_and_the_second_is_told(cast):
    letter = build.received(cast.food_club, cast.worker)
    actions.acknowledge(by=cast.worker, received=letter, worker=cast.account("worker"), seen=1)
    with pytest.raises(Refused, match="somebody changed this after you opened the page"):
        actions.decline(by=cast.lead, received=letter, because="no_room", seen=1)


def test_an_age_nobody_gave_begins_a_record_without_a_birthday(cast):
    person = build.accepted(cast.food_club, cast.worker, name="Kit", age="").person
    assert (person.name, person.born_on, person.born_precision) == ("Kit", None, "unknown")
