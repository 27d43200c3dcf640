"""What a sergeant and an analyst do with a report, page by page; and what nobody else can open."""

import uuid

import pytest
from django.urls import reverse

from clearlines.people.tests import build as people
from clearlines.reports.tests import build as reports
from clearlines.triage.models import Comparison, Decision, Grade, ReportToLine, ReportToPerson, ReportToPlace, Thrive
from clearlines.triage.tests import build


def at(what, *keys):
    return reverse(f"triage-{what}", args=keys)


def read(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.slow
def test_a_report_is_read_taken_up_joined_and_decided(cast, as_):
    report, client = reports.report(cast.nobody), as_("sergeant")
    assert report.reference in read(client.get(at("list")))
    assert build.reports.FLAT_4["words"] in read(client.get(at("report", report.pk)))
    client.post(at("take-up", report.pk))
    person = people.person(cast.sergeant)
    chosen = {"which": "chosen", "row": person.pk, "new_id": uuid.uuid4(), "as_what": "host", "why": "The tenant"}
    assert client.post(at("join-person", report.pk), chosen)["Location"] == at("report", report.pk)
    link = ReportToPerson.objects.get()
    client.post(at("confirm", "person", link.pk))
    assert "Confirmed" in read(client.get(at("report", report.pk)))
    client.post(at("decide", report.pk), {"outcome": "refer", "reason": "She wants help"})
    assert "Refer somebody to the charity" in read(client.get(at("report", report.pk)))


def test_a_new_line_a_new_place_and_a_new_person_are_made_from_a_report(cast, as_):
    report, client = build.taken_up(cast), as_("analyst")
    new = {"which": "new", "new_id": uuid.uuid4()}
    line = new | {
        "brand": "Harbour",
        "since_day": "1",
        "since_month": "3",
        "since_year": "2022",
        "number": "",
        "town": "",
    }
    assert client.post(at("join-line", report.pk), line).status_code == 302
    place = new | {"words": "14 Slipway Street", "town": "Barrow-in-Furness", "kind": "home"}
    assert client.post(at("join-place", report.pk), place).status_code == 302
    somebody = {"known_as": "Lanky", "born_precision": "about", "as_what": "exploited", "born_on_day": "1",
                "born_on_month": "1", "born_on_year": "2006"}  # fmt: skip
    assert client.post(at("join-person", report.pk), new | somebody).status_code == 302
    assert ReportToLine.objects.get().line.brand == "Harbour"
    assert ReportToPlace.objects.get().place.words == "14 Slipway Street"
    assert ReportToPerson.objects.get().person.born_precision == "about"


def test_a_refused_person_keeps_what_was_typed(cast, as_):
    report = build.taken_up(cast)
    page = read(
        as_("sergeant").post(
            at("join-person", report.pk),
            {"which": "new", "new_id": uuid.uuid4(), "given_name": "", "as_what": "witness", "born_precision": "day"},
        )
    )
    assert "Give at least one name" in page
    assert 'value="witness" selected' in page


def test_only_rows_of_ones_own_register_are_offered(cast, as_):
    report = build.taken_up(cast)
    people.person(cast.worker, given_name="Charity", family_name="Only")
    people.person(cast.sergeant, given_name="Force", family_name="Only")
    page = read(as_("sergeant").get(at("join-person", report.pk), {"find": "only"}))
    assert "Force Only" in page
    assert "Charity Only" not in page


def test_joining_without_choosing_says_so(cast, as_):
    report = build.taken_up(cast)
    people.person(cast.sergeant)
    page = read(as_("sergeant").post(at("join-person", report.pk), {"which": "chosen", "new_id": uuid.uuid4()}))
    assert "Choose one, or add a new one below." in page


def test_a_wrong_link_is_taken_back_with_a_reason(cast, as_):
    link, client = build.linked(cast), as_("sergeant")
    assert "Say why." in read(client.post(at("unlink", "person", link.pk), {"because": ""}))
    client.post(at("unlink", "person", link.pk), {"because": "Another Robin Ferris"})
    page = read(client.get(at("report", link.report_id)))
    assert "Links taken back" in page
    assert "Another Robin Ferris" in page


def test_an_analyst_grades_and_the_sergeant_is_told_who_does(cast, as_):
    report = build.taken_up(cast)
    assert "An analyst grades it." in read(as_("sergeant").get(at("report", report.pk)))
    client, grade = as_("analyst"), {"source": "3", "assessment": "E", "handling": "C"}
    assert "needs its conditions" in read(client.post(at("grade", report.pk), grade))
    client.post(at("grade", report.pk), grade | {"conditions": "Ask the originator"})
    assert Grade.objects.get().code == "3EC"
    assert "may not raise anybody&#x27;s band by itself" in read(client.get(at("report", report.pk)))


def test_whoever_took_the_call_sees_why_they_cannot_grade_it(cast, as_):
    report = reports.report(cast.analyst, channel="101")
    client = as_("analyst")
    client.post(at("take-up", report.pk))
    assert "another person must grade it" in read(client.get(at("report", report.pk)))
    grade = {"source": "1", "assessment": "A", "handling": "P"}
    assert "another person must grade it" in read(client.post(at("grade", report.pk), grade))
    assert not Grade.objects.exists()


def test_thrive_is_written_and_shown(cast, as_):
    report, client = build.taken_up(cast), as_("sergeant")
    assert "Write at least one line" in read(client.post(at("thrive", report.pk), {}))
    client.post(at("thrive", report.pk), {"threat": "A knife was seen"})
    assert Thrive.objects.get().threat == "A knife was seen"
    assert "A knife was seen" in read(client.get(at("report", report.pk)))


def test_a_decision_is_refused_in_words_made_once_and_put_right_by_another(cast, as_):
    report, client = build.taken_up(cast), as_("sergeant")
    wrong = {"outcome": "intelligence", "reason": "Worth keeping"}
    page = read(client.post(at("decide", report.pk), wrong))
    assert "An intelligence log needs a grade first." in page
    assert "Worth keeping" in page
    client.post(at("decide", report.pk), {"outcome": "no_action", "reason": "Too little"})
    client.post(at("reopen", report.pk), {"because": "A second neighbour rang"})
    client.post(at("decide", report.pk), {"outcome": "crime", "reason": "Assault"})
    page = read(client.get(at("report", report.pk)))
    assert "A second neighbour rang" in page
    assert "(replaced)" in page
    assert Decision.objects.count() == 2


def test_words_about_a_child_point_to_the_hub(cast, as_):
    report = reports.report(cast.nobody, words="A boy of about 14 carries a bag in")
    assert "MASH" in read(as_("officer").get(at("report", report.pk)))


def test_reports_that_read_alike_are_listed_and_compared(cast, as_):
    one, other = build.taken_up(cast), build.taken_up(cast)
    client = as_("sergeant")
    assert "count as one source" in read(client.get(at("report", one.pk)))
    client.post(at("compare", one.pk, other.pk), {"verdict": "different", "reason": "Two doors"})
    assert Comparison.objects.get().verdict == "different"
    assert "count as one source" not in read(client.get(at("report", one.pk)))


def test_an_officer_reads_and_is_offered_nothing_to_do(cast, as_):
    page = read(as_("officer").get(at("report", build.taken_up(cast).pk)))
    assert "What you can do" not in page
    assert "Confirm" not in page


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_script_tags_in_a_report_never_run(cast, as_, words):
    page = read(as_("sergeant").get(at("report", reports.report(cast.nobody, words=words).pk)))
    assert words not in page


@pytest.mark.parametrize("member", ["worker", "lead", "commissioner", "administrator", "food.club"])
def test_no_number_anywhere_tells_others_that_a_report_exists(cast, as_, member):
    report = build.taken_up(cast)
    client = as_(member)
    for address in (at("list"), at("report", report.pk), reverse("home"), reverse("me")):
        assert report.reference not in client.get(address).content.decode()


def test_another_force_sees_an_empty_queue_and_no_report(cast, as_):
    report, client = build.taken_up(cast), as_("stranger")
    assert "Nothing is waiting" in read(client.get(at("list")))
    assert client.get(at("report", report.pk)).status_code == 404
