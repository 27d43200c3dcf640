import uuid

import pytest
from django.urls import reverse

from clearlines.people.tests.build import person as a_person
from clearlines.referrals import actions, queries
from clearlines.referrals.models import Received, Sent
from clearlines.referrals.tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def typed(**more):
    return build.letter(new_id=str(uuid.uuid4()), **more)


def test_the_form_has_no_box_for_what_the_agreement_does_not_cover(as_):
    police = as_("sergeant").get(reverse("referrals-new")).content.decode()
    probation = as_("probation").get(reverse("referrals-new")).content.decode()
    assert 'name="go_with_care"' in police and "release_on" not in police
    assert "release_on" in probation and 'name="go_with_care"' not in probation


def test_what_is_typed_into_a_box_that_is_not_there_does_not_cross(as_):
    as_("food.club").post(reverse("referrals-new"), typed(step="send", go_with_care="Two people"))
    assert Received.objects.get().go_with_care == ""


def test_a_preview_keeps_nothing_and_change_brings_back_what_was_typed(as_):
    club, page = as_("food.club"), reverse("referrals-new")
    seen = club.post(page, typed(step="preview"))
    assert b"They will see this and nothing else" in seen.content and not Sent.objects.exists()
    assert b"he looks frightened" in club.post(page, typed(step="change")).content


def test_a_release_date_survives_the_preview(as_):
    said = typed(step="preview") | {"release_on_day": "17", "release_on_month": "6", "release_on_year": "2026"}
    seen = as_("probation").post(reverse("referrals-new"), said)
    assert b"17 June 2026" in seen.content and b'name="release_on"' in seen.content
    as_("probation").post(reverse("referrals-new"), typed(step="send", release_on="2026-6-17"))
    assert Received.objects.get().release_on.isoformat() == "2026-06-17"


def test_a_person_of_another_organisation_does_not_begin_a_letter(as_, cast):
    theirs = a_person(cast.worker)
    assert as_("sergeant").get(f"{reverse('referrals-new')}?person={theirs.pk}").status_code == 404
    assert as_("sergeant").get(f"{reverse('referrals-new')}?person=nonsense").status_code == 404


def test_a_double_press_sends_one_letter(as_):
    said = typed(step="send")
    for _ in range(2):
        as_("food.club").post(reverse("referrals-new"), said)
    assert Sent.objects.count() == 1


def test_script_emoji_and_right_to_left_text_are_only_words(as_):
    why = "<script>alert(1)</script> 😀 مساعدة"
    seen = as_("food.club").post(reverse("referrals-new"), typed(step="preview") | {"why": why})
    assert b"<script>alert(1)" not in seen.content and "مساعدة" in seen.content.decode()


def test_too_long_a_letter_is_refused_with_a_sentence(as_):
    seen = as_("food.club").post(reverse("referrals-new"), typed(step="send") | {"why": "x" * 6000})
    assert b"characters or fewer" in seen.content and not Sent.objects.exists()


def test_a_telephone_call_is_written_down(as_):
    said = typed(source="self", said_by="Robin", in_person="no")
    assert as_("worker").post(reverse("referrals-record"), said).status_code == 302
    assert (Received.objects.get().source, Received.objects.get().channel) == ("self", "phone")


def test_a_letter_page_says_why_each_button_is_off(as_, cast):
    letter = build.received(cast.food_club, cast.worker)
    page = as_("worker").get(reverse("referrals-letter", args=[letter.pk])).content.decode()
    assert "Acknowledge it and name a worker first" in page


def test_a_stale_answer_is_a_sentence_and_keeps_what_was_typed(as_, cast):
    letter = build.received(cast.food_club, cast.worker)
    actions.acknowledge(by=cast.worker, received=letter, worker=cast.account("worker"))
    said = {"because": "no_room", "why": "No beds", "seen": 1}
    page = as_("lead").post(reverse("referrals-decline", args=[letter.pk]), said).content.decode()
    assert "Somebody changed this after you opened the page" in page and "No beds" in page


def test_every_answer_has_its_page(as_, cast):
    worker = as_("worker")
    letter = build.received(cast.food_club, cast.worker)

    def press(route, **said):
        letter.refresh_from_db()
        return worker.post(reverse(f"referrals-{route}", args=[letter.pk]), said | {"seen": letter.version}).status_code

    assert press("redirect", to="Mind", why="Closer") == 302
    assert press("take-back", why="They are full") == 302
    assert press("accept", person="") == 302
    assert press("first-known", known="no") == 302
    assert press("decline", because="no_room") == 200, "an accepted letter is not declined"
    letter.refresh_from_db()
    assert (letter.state, letter.known_to_services) == ("accepted", "no")


def test_a_sender_takes_a_letter_back_on_a_page_and_asks_for_another_look(as_, cast):
    club = as_("food.club")
    build.sent(cast.food_club)
    sent = queries.sent(cast.food_club).get()
    address = reverse("referrals-withdraw", args=[sent.pk])
    assert club.post(address, {"why": "They asked", "seen": 1}).status_code == 302
    assert club.post(address, {"why": "Again", "seen": 2}).status_code == 200
    declined = build.received(cast.food_club, cast.worker)
    actions.decline(by=cast.worker, received=declined, because="no_room")
    mine = queries.sent(cast.food_club).get(letter_number=declined.letter_number)
    assert b"Ask them to look again" in club.get(reverse("referrals-sent-one", args=[mine.pk])).content
    assert club.post(reverse("referrals-appeal", args=[mine.pk]), {"why": "He is back", "seen": 1}).status_code == 302
    mine.refresh_from_db()
    assert b"looked at again" in club.get(reverse("referrals-sent-one", args=[mine.pk])).content


def test_pages_keep_to_twelve_queries(as_, cast, django_assert_max_num_queries):
    for _ in range(6):
        letter = build.accepted(cast.sergeant, cast.worker)
        build.received(cast.sergeant, cast.worker)
    worker, police = as_("worker"), as_("sergeant")
    # Twelve of the page's own, and what session, sign-in and ledger need.
    with django_assert_max_num_queries(12 + 9):
        worker.get(reverse("referrals-inbox"))
    with django_assert_max_num_queries(12 + 9):
        worker.get(reverse("referrals-letter", args=[letter.pk]))
    with django_assert_max_num_queries(12 + 9):
        police.get(reverse("referrals-sent"))


def test_a_food_club_may_tick_what_it_noticed_and_type_nothing(as_):
    club, said = as_("food.club"), typed(step="send", why="")
    assert b"Say what worries you" in club.post(reverse("referrals-new"), said).content
    club.post(reverse("referrals-new"), said | {"worries": ["They seem frightened, or hurt"]})
    assert Received.objects.get().why == "They seem frightened, or hurt."
