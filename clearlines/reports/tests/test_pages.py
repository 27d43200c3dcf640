"""The public door, one question a page, without JavaScript."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from clearlines.reports.models import Addition, Report
from clearlines.reports.tests import build

FLAT_4 = [
    ("start", {"danger": "no"}),
    ("what", {"words": "Visitors at flat 4 all night. I live at no. 6."}),
    ("where", {"where_words": "Flat 4, 14 Slipway Street", "town": "Barrow-in-Furness", "postcode": ""}),
    ("when", {"when_words": "every night"}),
    ("how-known", {"how_known": "saw", "how_known_words": ""}),
    ("photograph", {}),
    ("about-you", {"risk_words": "only we can see the door"}),
    ("your-name", {}),
]


def fill_in(client, **changed):
    for step, answers in FLAT_4:
        response = client.post(reverse(f"reports-{step}"), answers | changed.get(step, {}))
        assert response.status_code == 302, (step, response.content)
    return client.get(response["Location"]).content.decode()


def send(client, page):
    receipt = re.search(r'name="receipt" value="([^"]+)"', page)[1]
    return client.post(reverse("reports-send"), {"receipt": receipt})


def words_of(page):
    return re.search(r'app-three-words">([^<]+)<', page)[1]


@pytest.fixture
def public(cast, client):
    return client


def test_s09_danger_is_asked_before_anything_can_be_typed(public):
    page = public.get(reverse("reports-start")).content.decode()
    assert "Is anyone in danger now? Ring 999" in page
    assert "<textarea" not in page
    assert page.index("Ring 999") < page.index("<form")
    assert public.get(reverse("reports-what"))["Location"] == reverse("reports-start")


def test_the_emergency_question_left_unanswered_is_refused_with_a_sentence(public):
    assert b"Say whether anyone is in danger right now." in public.post(reverse("reports-start"), {}).content


def test_s09_somebody_in_danger_is_sent_to_999_and_may_still_write(public):
    response = public.post(reverse("reports-start"), {"danger": "yes"}, follow=True)
    assert b"Ring 999 now" in response.content
    assert public.get(reverse("reports-what")).status_code == 200


def test_s09_words_of_a_crime_in_progress_bring_999_back_and_the_report_is_read_first(public):
    page = fill_in(public, what={"words": "they're kicking his door in now"})
    assert "Ring 999" in page
    receipt = send(public, page).content.decode()
    assert "Ring 999" in receipt
    assert "days" not in receipt
    assert Report.objects.get().is_urgent


EVERY_STEP = [
    "start",
    "ring",
    "what",
    "where",
    "when",
    "how-known",
    "photograph",
    "about-you",
    "your-name",
    "come-back",
]


@pytest.mark.parametrize("step", EVERY_STEP)
def test_every_page_can_be_left_quickly_without_javascript(public, step):
    public.post(reverse("reports-start"), {"danger": "no"})
    assert reverse("reports-leave") in public.get(reverse(f"reports-{step}")).content.decode()


def test_leaving_forgets_what_was_typed(public):
    fill_in(public)
    assert public.get(reverse("reports-leave"))["Location"].startswith("https://")
    assert public.get(reverse("reports-check"))["Location"] == reverse("reports-start")


def test_s10_a_neighbour_reports_flat_4_without_a_name_and_gets_three_words(public):
    page = fill_in(public)
    assert "I live at no" in page
    assert "could show who you are" in page
    response = send(public, page)
    assert len(words_of(response.content.decode()).split()) == 3
    report = Report.objects.get()
    assert report.created_by is None
    assert report.how_known == "saw"


def test_s10_no_address_or_device_is_kept(public):
    page = fill_in(public)
    sent = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Telltale/9"}
    receipt = re.search(r'name="receipt" value="([^"]+)"', page)[1]
    public.post(reverse("reports-send"), {"receipt": receipt}, **sent)
    said = str(Report.objects.values()) + "".join(str(each.get_decoded()) for each in Session.objects.all())
    assert "203.0.113.77" not in said
    assert "Telltale" not in said


def test_nothing_typed_and_no_receipt_stays_behind_after_sending(public):
    send(public, fill_in(public))
    left = "".join(str(each.get_decoded()) for each in Session.objects.all())
    assert "flat 4" not in left
    assert "receipt" not in left


def test_a_double_click_makes_one_report_and_shows_the_same_words(public):
    page = fill_in(public)
    first, second = send(public, page), send(public, page)
    assert words_of(first.content.decode()) == words_of(second.content.decode())
    assert Report.objects.count() == 1


def test_a_receipt_that_we_did_not_make_is_not_taken(public):
    fill_in(public)
    assert public.post(reverse("reports-send"), {"receipt": "easy easy easy"}).status_code == 302
    assert not Report.objects.exists()


def test_saying_nothing_is_refused_with_a_sentence_and_check_sends_one_back_to_it(public):
    public.post(reverse("reports-start"), {"danger": "no"})
    assert b"Say what happened, in your own words." in public.post(reverse("reports-what"), {"words": " "}).content
    assert public.get(reverse("reports-check"))["Location"] == reverse("reports-what")


@pytest.mark.slow
def test_ten_megabytes_are_refused_with_a_sentence_and_nothing_typed_is_lost(public):
    public.post(reverse("reports-start"), {"danger": "no"})
    page = public.post(reverse("reports-what"), {"words": "ten megabytes " * 750_000}).content
    assert b"This is too long to send at once" in page
    assert b"ten megabytes ten megabytes" in page


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_script_tags_are_shown_and_never_run(public, words):
    page = fill_in(public, what={"words": words})
    assert words not in page
    assert words.replace("<", "&lt;").replace(">", "&gt;") in page


def test_coming_back_says_how_far_it_has_got_and_never_what_was_written(cast, public):
    build.report(cast.nobody, receipt="meadow lantern window")
    page = public.post(reverse("reports-come-back"), {"words": "Meadow lantern WINDOW"}).content.decode()
    assert "Received. It is waiting to be read." in page
    assert "flat 4" not in page


def test_wrong_words_get_one_same_answer(cast, public):
    build.report(cast.nobody, receipt="meadow lantern window")
    answers = {
        re.sub(r'(csrfmiddlewaretoken"|name="words") value="[^"]*"', "", public.post(reverse("reports-come-back"),
               {"words": words}).content.decode())
        for words in ("meadow lantern wrong", "zzz", "meadow lantern", "1 2 3")
    }  # fmt: skip
    assert len(answers) == 1
    assert "do not open a report" in answers.pop()


def test_more_is_added_after_the_three_words_are_given_and_not_without(cast, public):
    build.report(cast.nobody, receipt="meadow lantern window")
    page = public.post(reverse("reports-come-back"), {"words": "meadow lantern window"}).content.decode()
    given = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("opened", "new_id")}
    assert b"Say what you want to add." in public.post(reverse("reports-add-more"), given | {"words": ""}).content
    assert b"Added to your report" in public.post(reverse("reports-add-more"), given | {"words": "A red car"}).content
    assert Addition.objects.get().words == "A red car"
    forged = given | {"opened": "x", "words": "More"}
    assert public.post(reverse("reports-add-more"), forged)["Location"] == reverse("reports-come-back")


def test_s13_a_partner_sends_information_says_how_they_know_and_is_never_asked_to_grade(as_):
    client = as_("food.club")
    client.post(reverse("reports-start"), {"danger": "no"})
    page = client.get(reverse("reports-how-known")).content.decode()
    assert "kind of person" in page
    assert "Not reliable" not in page
    how = {"how_known": "told", "how_known_words": "a contractor", "sender": "organisation"}
    send(client, fill_in(client, **{"how-known": how}))
    report = Report.objects.get()
    assert report.sent_by_id == "food_club"
    assert report.how_known_words == "a contractor"


def test_somebody_with_an_account_may_report_as_nobody_in_particular(as_):
    from clearlines.ledger.models import Entry

    client = as_("supported")
    send(client, fill_in(client, **{"how-known": {"how_known": "saw", "sender": "public"}}))
    report = Report.objects.get()
    assert report.sent_by is None
    assert Entry.objects.get(event="reports.received").actor == "the public"


def test_an_officer_taking_a_call_says_how_it_came(as_):
    client = as_("officer")
    client.post(reverse("reports-start"), {"danger": "no"})
    assert b"How did it reach you?" in client.get(reverse("reports-how-known")).content
    send(client, fill_in(client, **{"how-known": {"how_known": "told", "channel": "101"}}))
    assert Report.objects.get().channel == "101"


def test_an_invented_number_says_so(public):
    assert b"An example number that reaches nobody" in public.get(reverse("reports-start")).content
