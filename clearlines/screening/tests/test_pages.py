import uuid

import pytest
from django.urls import reverse

from clearlines.people.tests.build import person as a_person
from clearlines.screening import queries
from clearlines.screening.models import Screening
from clearlines.screening.tests import build
from tests.cast import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def footing(**more):
    return {
        "new_id": str(uuid.uuid4()), "understood": "yes", "consent": "yes", "basis": "legitimate_interests",
        "tool": "adult-cuckooing.v1",
    } | more  # fmt: skip


def test_from_the_statement_to_a_band(as_, cast):
    person, worker = a_person(cast.worker), as_("worker")
    page = worker.get(reverse("screening-begin", args=[person.pk])).content.decode()
    assert "There are four times when I must tell somebody" in page
    worker.post(reverse("screening-begin", args=[person.pk]), footing())
    screening = Screening.objects.get()
    questions, result = (reverse(f"screening-{each}", args=[screening.pk]) for each in ("questions", "result"))
    worker.post(questions, {"seen": 1, "keys": "yes", "keys-how": "seen", "visitors": "no", "visitors-how": "told"})
    assert queries.answers_of(screening) == {"keys": build.Answered("yes", "seen"), "visitors": build.Answered("no")}
    assert "The answers suggest: this week" in worker.get(result).content.decode()
    assert worker.post(result, {"seen": 2, "band": "this_week", "reason": ""}).status_code == 302
    screening.refresh_from_db()
    assert (screening.band, screening.statement) == ("this_week", "2022-01")
    assert worker.get(questions).status_code == 302, "a completed one is read, not asked again"


def test_somebody_elses_unfinished_screening_is_offered_and_not_begun_twice(as_, cast):
    screening = build.begun(cast.worker)
    begin = reverse("screening-begin", args=[screening.person_id])
    assert "Carry on with them" in as_("lead").get(begin).content.decode()
    assert "already begun one" in as_("lead").post(begin, footing()).content.decode()


def test_a_yes_without_evidence_is_kept_and_the_button_says_what_is_missing(as_, cast):
    screening, worker = build.begun(cast.worker), as_("worker")
    worker.post(reverse("screening-questions", args=[screening.pk]), {"seen": 1, "debt": "yes", "step": "go-on"})
    page = worker.get(reverse("screening-result", args=[screening.pk])).content.decode()
    assert "Say how you know: They owe money to somebody they are afraid of." in page
    assert 'name="band"' not in page


def test_a_stale_page_changes_nothing_and_keeps_what_was_chosen(as_, cast):
    screening, worker = build.begun(cast.worker), as_("worker")
    address = reverse("screening-questions", args=[screening.pk])
    worker.post(address, {"seen": 1, "debt": "no"})
    page = worker.post(address, {"seen": 1, "weapon": "yes"}).content.decode()
    assert "Somebody changed this after you opened the page" in page
    assert "weapon" not in queries.answers_of(screening)


def test_it_is_done_again_from_a_page(as_, cast):
    screening = build.completed(cast.worker)
    said = {"why": "A slip", "new_id": str(uuid.uuid4())}
    assert as_("worker").post(reverse("screening-redo", args=[screening.pk]), said).status_code == 302
    assert Screening.objects.get(state="begun").replaces == screening


def test_the_reason_on_demand_names_rules_answers_dates_and_who_decided(as_, cast):
    screening = build.completed(cast.worker, band="today", reason="weapon seen")
    page = as_("worker").get(reverse("screening-why", args=[screening.pk])).content.decode()
    for said in ("signs-in-two-parts-of-life", "Yes, seen", "14 June 2022", "Amy Postle", "weapon seen", "2022-01"):
        assert said in page
    assert "/100" not in page


def test_pages_keep_to_twelve_queries(as_, cast, django_assert_max_num_queries):
    for name in "abcd":
        screening = build.completed(cast.worker, person=a_person(cast.worker, given_name=name))
    worker = as_("worker")
    for address in (reverse("screening-list"), reverse("screening-why", args=[screening.pk])):
        with django_assert_max_num_queries(12 + 9):
            worker.get(address)


def test_s21_six_signs_and_nine_not_known_suggest_this_week_and_the_worker_sets_today(as_, cast):
    screening, worker = build.begun(cast.worker, tool="adult-cuckooing.v1"), as_("worker")
    seen, told, concern = ("visitors", "vehicles", "curtains"), ("missed", "belongings"), ("not-seen",)
    unknown = ("weapon", "threatened", "overdose", "child-there", "damage", "not-theirs", "keys", "speaks-for-them",
               "one-room")  # fmt: skip
    said = {"seen": 1} | dict.fromkeys(unknown, "not_known")
    for how, items in (("seen", seen), ("told", told), ("concern", concern)):
        said |= dict.fromkeys(items, "yes") | {f"{item}-how": how for item in items}
    address = reverse("screening-result", args=[screening.pk])
    worker.post(reverse("screening-questions", args=[screening.pk]), said)
    page = worker.get(address).content.decode()
    assert "The answers suggest: this week" in page
    assert "Not known yet" in page and all(screening.instrument.words_of(item) in page for item in unknown)
    assert "/100" not in page and "score" not in page.lower()
    assert "Say why your band" in worker.post(address, {"seen": 2, "band": "today", "reason": ""}).content.decode()
    worker.post(address, {"seen": 2, "band": "today", "reason": "weapon seen"})
    screening.refresh_from_db()
    assert (screening.band_suggested, screening.band, screening.reason) == ("this_week", "today", "weapon seen")
    assert not [item for item in unknown if queries.answers_of(screening)[item].said == "no"]


def test_a_child_brings_the_safeguarding_hub_whatever_the_band(as_, cast):
    child = a_person(cast.worker, born_on=TODAY.replace(year=2007))
    screening = build.completed(cast.worker, person=child)
    page = as_("worker").get(reverse("screening-result", args=[screening.pk])).content.decode()
    assert "Ring the Safeguarding Hub" not in page, "in 2026 they are nineteen"
    there = build.completed(cast.worker, band="today", answers={"child-there": build.Answered("yes", "seen")})
    page = as_("worker").get(reverse("screening-result", args=[there.pk])).content.decode()
    assert "Ring the Safeguarding Hub" in page
