"""A report is taken once, as it was said, with nobody's name on it; and its three words open it again."""

import uuid

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.models import Entry
from clearlines.reports import actions, custody, receipts, rules
from clearlines.reports.models import Addition, AsReceived, Report, WrongWords
from clearlines.reports.states import Progress, Urgency
from clearlines.reports.tests import build
from tests.cast import NOON


def test_a_neighbour_needs_no_name(cast):
    report = build.report(cast.nobody)
    assert report.created_by is None
    assert report.sent_by is None
    assert report.channel == Report.Channel.WEB
    assert report.owner_id == "police"
    assert Entry.objects.get(event="reports.received").actor == "the public"


def test_what_is_missing_is_refused_and_nothing_is_kept(cast):
    with pytest.raises(Refused) as refused:
        build.report(cast.nobody, danger="", words=" ")
    assert len(refused.value.reasons) == 2
    assert not Report.objects.exists()


def test_pressing_send_twice_makes_one_report(cast):
    key, words = uuid.uuid4(), receipts.new_words()
    first = build.report(cast.nobody, new_id=key, receipt=words)
    again = build.report(cast.nobody, new_id=key, receipt=words)
    assert first == again
    assert Report.objects.count() == 1


def test_somebody_elses_page_is_refused(cast):
    first = build.report(cast.nobody)
    with pytest.raises(Refused, match="used before"):
        build.report(cast.nobody, new_id=first.pk)


def test_a_crime_in_progress_is_still_taken_and_comes_first(cast):
    assert build.report(cast.nobody, words="they're kicking his door in now").urgency == Urgency.HIGH


def test_a_partner_is_named_as_an_organisation_and_never_as_a_person(cast):
    report = build.report(cast.food_club, how_known="told", how_known_words="a contractor")
    assert report.sent_by_id == "food_club"
    assert report.created_by is None
    assert report.channel == Report.Channel.PARTNER


def test_an_officer_who_takes_a_call_is_on_the_record_and_says_how_it_came(cast):
    with pytest.raises(Refused, match="how it reached you"):
        build.report(cast.officer)
    report = build.report(cast.officer, channel="101")
    assert report.created_by == cast.officer.account
    assert report.channel == "101"


def test_what_was_received_is_never_edited(cast):
    report = build.report(cast.nobody)
    report.words = "Something else"
    with pytest.raises(AsReceived):
        report.save()
    with pytest.raises(AsReceived):
        report.save(update_fields=["words"])
    report.refresh_from_db()
    assert report.words == build.FLAT_4["words"]


STRANGE = ["😀 مرحبا بالعالم", "<script>alert(1)</script>", "\u202ebackwards\u202c", "O'Brien; DROP TABLE"]


@pytest.mark.parametrize("words", STRANGE)
def test_any_letters_are_kept_as_they_came(cast, words):
    assert build.report(cast.nobody, words=words).words == words.strip()


def test_the_words_of_a_receipt_are_not_stored(cast):
    report = build.report(cast.nobody, receipt="meadow lantern window")
    stored = [str(value) for value in Report.objects.filter(pk=report.pk).values_list()[0]]
    assert not any("lantern" in each for each in stored)
    assert len(report.receipt_hash) == 64


def test_there_are_enough_words_and_each_is_its_own():
    words = receipts.all_words()
    assert len(words) >= 1500
    assert len({word[:4] for word in words}) == len(words)
    given = receipts.new_words().split()
    assert len(given) == 3
    assert set(given) <= set(words)


def test_three_words_open_the_report_however_they_are_typed(cast):
    report = build.report(cast.nobody, receipt="meadow lantern window")
    assert actions.come_back(by=cast.nobody, words=" Meadow-LANTERN, window") == report
    assert actions.come_back(by=cast.nobody, words="meadow window lantern") is None


def test_wrong_words_are_counted_without_saying_who_tried(cast):
    actions.come_back(by=cast.nobody, words="one two three")
    actions.come_back(by=cast.viewer("nobody", NOON.replace(minute=9)), words="one two three")
    (count,) = WrongWords.objects.all()
    assert count.tries == 2
    assert count.created_by is None


def test_guessing_is_slowed_down_and_then_forgiven(cast):
    report = build.report(cast.nobody, receipt="meadow lantern window")
    WrongWords.objects.create(owner_id="police", created_at=NOON, tries=rules.WRONG_TRIES_EACH_WINDOW)
    with pytest.raises(Refused, match="wait ten minutes"):
        actions.come_back(by=cast.nobody, words="meadow lantern window")
    later = cast.viewer("nobody", NOON.replace(minute=10))
    assert actions.come_back(by=later, words="meadow lantern window") == report


def test_more_can_be_added_and_the_first_words_stay(cast):
    report = build.report(cast.nobody)
    actions.add_more(by=cast.nobody, report=report, words="He has a knife. They have got a gun", new_id=uuid.uuid4())
    report.refresh_from_db()
    assert report.words == build.FLAT_4["words"]
    assert report.additions.count() == 1
    assert report.urgency == Urgency.HIGH


def test_an_addition_never_makes_a_report_less_urgent(cast):
    report = build.report(cast.nobody, danger="yes")
    actions.add_more(by=cast.nobody, report=report, words="It is quiet", new_id=uuid.uuid4())
    report.refresh_from_db()
    assert report.urgency == Urgency.HIGH


def test_adding_twice_adds_once_and_an_officer_who_adds_is_named(cast):
    report, key = build.report(cast.nobody), uuid.uuid4()
    actions.add_more(by=cast.officer, report=report, words="Rang again", new_id=key)
    actions.add_more(by=cast.officer, report=report, words="Rang again", new_id=key)
    assert Addition.objects.get().created_by == cast.officer.account


def test_an_empty_addition_is_refused(cast):
    with pytest.raises(Refused, match="what you want to add"):
        actions.add_more(by=cast.nobody, report=build.report(cast.nobody), words=" ", new_id=uuid.uuid4())


def test_progress_is_noted_by_triage_and_nobody_else(cast):
    report = build.report(cast.nobody)
    actions.note_progress(by=cast.sergeant, report=report, progress=Progress.LOOKED_AT)
    report.refresh_from_db()
    assert report.progress == Progress.LOOKED_AT
    with pytest.raises(Forbidden):
        actions.note_progress(by=cast.officer, report=report, progress=Progress.FINISHED)
    with pytest.raises(Refused):
        actions.note_progress(by=cast.sergeant, report=report, progress=Progress.LOOKED_AT)


def test_another_forces_sergeant_cannot_note_progress(cast):
    with pytest.raises(Report.DoesNotExist):
        actions.note_progress(by=cast.stranger, report=build.report(cast.nobody), progress=Progress.LOOKED_AT)


def test_the_first_police_organisation_receives_when_none_is_named(cast, monkeypatch):
    said = {"organisations": {"charity": {"kind": "charity"}, "other_force": {"kind": "police"}}}
    monkeypatch.setattr(custody, "teams", lambda: said)
    assert build.report(cast.nobody).owner_id == "other_force"
