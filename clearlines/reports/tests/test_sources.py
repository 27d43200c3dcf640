"""Who gave a report: sealed, seen by the custodian, and told by nothing else in the house."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clearlines.access.refusals import Forbidden, Refused
from clearlines.keys import ring
from clearlines.ledger.models import Entry, Subject
from clearlines.reports import actions, queries, rules
from clearlines.reports.models import Contact, Release, Report, Source
from clearlines.reports.sealed import LENGTH, Who, packed, unpacked
from clearlines.reports.states import Releasing
from clearlines.reports.tests import build
from clearlines.reports.tests.build import JEAN
from tests.cast import NOON, TODAY


def as_stored(source):
    with connection.cursor() as cursor:
        cursor.execute("SELECT who FROM reports_source WHERE report_id = %s", [as_key(source.report_id)])
        return cursor.fetchone()[0]


def as_key(key):
    return key.hex if connection.vendor == "sqlite" else key


def test_a_name_is_kept_for_the_custodian_and_is_not_in_the_report(cast):
    source = build.source(cast)
    assert queries.source(cast.custodian, source.pk).source.who == JEAN
    assert "Jean" not in str(Report.objects.values())
    assert "Jean" not in str(Entry.objects.values())
    assert source.reference[2:].lower() not in source.report.pk.hex


def test_every_report_has_a_row_of_the_same_length_with_a_name_or_without(cast):
    named, nobody = build.source(cast), build.source(cast, Who())
    assert len(as_stored(named)) == len(as_stored(nobody))
    assert as_stored(named) != as_stored(build.source(cast))
    assert "Jean" not in as_stored(named)
    rows = Source.objects.filter(pk__in=[named.pk, nobody.pk]).values("owner", "marking", "version", "created_by")
    assert rows[0] == rows[1]


WORDS = st.text(max_size=80, alphabet=st.characters(exclude_categories=["Cs"]))


@given(st.builds(Who, WORDS, WORDS, WORDS))
def test_what_is_locked_away_comes_out_as_it_went_in_at_one_length(who):
    reasons = list(rules.reasons_not_to_leave_name(name=who.name, reach=who.reach, safely=who.safely))
    if any("too long" in each for each in reasons):
        return
    assert len(packed(who)) == LENGTH
    assert unpacked(packed(who)) == who


def test_too_much_is_refused_before_its_length_could_show(cast):
    with pytest.raises(Refused, match="fewer words"):
        build.report(cast.nobody, who=Who(name="😀" * 300))
    assert not Report.objects.exists()


def test_a_name_under_another_reports_row_does_not_open(cast):
    named, other = build.source(cast), build.source(cast, Who())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reports_source SET who = %s WHERE report_id = %s", [as_stored(named), as_key(other.report_id)]
        )
    assert not Source.objects.get(pk=other.pk).who


def test_without_the_key_a_report_is_still_taken_but_no_name(cast, settings, tmp_path):
    ring.forget()
    settings.KEYS_DIR, settings.KEYS_MADE_AT_NEED = tmp_path, False
    assert build.report(cast.nobody)
    with pytest.raises(Refused, match="cannot be locked away"):
        build.report(cast.nobody, who=JEAN)
    assert Report.objects.count() == Source.objects.count() == 1


# Nothing else in the house tells whether a name was left.

PAGES = ["triage-list", "triage-report", "triage-decide", "reports-ask-who"]
CHANGES = re.compile(r'(csrfmiddlewaretoken" value="[^"]+"|nonce-[^"\s]+)')


@pytest.mark.parametrize("member", ["sergeant", "officer", "analyst", "custodian"])
@pytest.mark.parametrize("route", PAGES)
def test_a_page_is_the_same_to_the_byte_with_a_name_and_without(cast, as_, route, member):
    seen = []
    for who in (Who(), JEAN):
        with transaction.atomic():
            report = build.report(cast.nobody, who=who, new_id=uuid.UUID(int=7, version=4))
            address = reverse(route) if route == "triage-list" else reverse(route, args=[report.pk])
            client, before = as_(member), Entry.objects.count()
            with CaptureQueriesContext(connection) as asked:
                response = client.get(address)
            said = CHANGES.sub("", response.content.decode())
            entries = Entry.objects.count() - before
            seen.append((response.status_code, said, [shape(each["sql"]) for each in asked], entries))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


def shape(sql):
    return re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\d+", "?", sql)


def test_receiving_leaves_the_same_entries_and_asks_the_same_questions(cast):
    seen = []
    build.report(cast.nobody, who=JEAN)
    for who in (Who(), JEAN):
        before = Entry.objects.count()
        with CaptureQueriesContext(connection) as asked:
            report = build.report(cast.nobody, who=who)
        events = list(
            Entry.objects.order_by("-pk").values_list("event", "kind", "note")[: Entry.objects.count() - before]
        )
        about = Subject.objects.filter(entry__event="reports.received", name__contains=str(report.pk)).count()
        seen.append((events, about, [shape(each["sql"]) for each in asked]))
    assert seen[0] == seen[1]
    assert not Subject.objects.filter(name__startswith="reports.Source:").exists()


@pytest.mark.parametrize("who", [Who(), JEAN])
def test_coming_back_says_the_same_and_taking_a_name_back_says_the_same(cast, client, who):
    build.report(cast.nobody, receipt="meadow lantern window", who=who)
    page = client.post(reverse("reports-come-back"), {"words": "meadow lantern window"}).content.decode()
    assert "We do not say here whether one was" in page
    opened = re.search(r'name="opened" value="([^"]+)"', page)[1]
    gone = client.post(reverse("reports-forget-me"), {"opened": opened}).content.decode()
    assert "No name is kept with this report" in gone
    assert not Source.objects.get().who
    assert Entry.objects.filter(event="reports.name_taken_back", kind="erasure").count() == 1


def test_a_name_taken_back_is_erased_and_the_ledger_keeps_nothing_of_it(cast):
    source = build.source(cast)
    actions.note_contact(by=cast.custodian, source=source, how="spoke", said="Jean is well")
    before = as_stored(source)
    actions.forget(by=cast.custodian, source=source, because="They asked")
    assert as_stored(source) != before
    assert not Source.objects.get().who
    assert not Contact.objects.exists()
    assert "Jean" not in str(Entry.objects.values())


@pytest.mark.parametrize("member", ["sergeant", "officer", "analyst", "lead", "food.club", "stranger", "administrator"])
def test_nobody_else_opens_the_register(cast, member):
    source, eyes = build.source(cast), cast.viewer(member)
    assert not queries.sources(eyes).exists()
    for verb, said in ((actions.forget, {"because": "x"}), (actions.note_contact, {"how": "spoke", "said": "x"})):
        with pytest.raises(Forbidden):
            verb(by=eyes, source=source, **said)


def test_the_database_itself_refuses_a_source_that_others_could_read(cast):
    source = build.source(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(marking="official")


def test_every_look_of_the_custodian_is_written_down(cast, as_, settings):
    settings.EXAMPLE_DAY = TODAY
    source = build.source(cast)
    as_("custodian").get(reverse("reports-source", args=[source.pk]))
    as_("custodian").get(reverse("reports-sources"))
    for event in ("looked:reports-source", "looked:reports-sources"):
        about = Entry.objects.get(event=event).subjects.values_list("name", flat=True)
        assert f"reports.Source:{source.pk}" in about
        assert not any("reports.Report" in each for each in about)


def test_a_contact_is_sealed_with_the_name_and_needs_somebody_to_reach(cast):
    source = build.source(cast)
    actions.note_contact(by=cast.custodian, source=source, how="spoke", said="Jean saw him again")
    assert queries.contacts(cast.custodian, source).get().said == "Jean saw him again"
    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM reports_contact")
        assert "Jean" not in cursor.fetchone()[0]
    with pytest.raises(Refused, match="nobody to reach"):
        actions.note_contact(by=cast.custodian, source=build.source(cast, Who()), how="spoke", said="x")


def test_somebody_who_keeps_bringing_information_is_counted_however_they_type_their_number(cast):
    for reach in ("07700 900321", "+44 7700 900321", "07700-900-321"):
        last = build.source(cast, Who(name="J", reach=reach))
    build.source(cast, Who(name="Somebody else", reach="07700 900999"))
    kept = queries.source(cast.custodian, last.pk)
    assert (kept.times, kept.may_be_drifting) == (3, True)
    assert [each.times for each in queries.kept(cast.custodian)].count(3) == 3


def test_what_was_left_long_ago_is_not_counted(cast):
    long_ago = cast.viewer("nobody", NOON - timedelta(days=120))
    build.report(long_ago, who=JEAN)
    assert queries.source(cast.custodian, build.source(cast).pk).times == 1


# A release takes two people, and neither is whoever asked.


def test_a_name_is_released_by_two_people_to_one_account_once(cast):
    release = build.asked(cast)
    actions.propose(by=cast.custodian, release=release, because="No other witness")
    actions.agree(by=cast.sergeant, release=release)
    assert actions.show_once(by=cast.officer, release=release) == JEAN
    with pytest.raises(Refused, match="shown once"):
        actions.show_once(by=cast.officer, release=release)
    events = set(Entry.objects.values_list("event", flat=True))
    assert {"reports.who_asked", "reports.release_proposed", "reports.release_agreed", "reports.name_shown"} <= events


def test_a_custodian_alone_releases_nothing(cast):
    release = build.asked(cast)
    with pytest.raises(Refused, match="somebody else must act first"):
        actions.agree(by=cast.custodian, release=release)
    actions.propose(by=cast.custodian, release=release, because="x")
    with pytest.raises(Refused, match="it takes two"):
        actions.agree(by=cast.custodian, release=release)


def test_whoever_asked_cannot_agree_and_nor_can_whoever_would_be_shown_it(cast):
    report = build.report(cast.nobody, who=JEAN)
    said = {"what_for": "x", "risk": "y"}
    mine = actions.ask_who(by=cast.sergeant, report=report, to=cast.account("officer"), **said)
    for_me = actions.ask_who(by=cast.officer, report=report, to=cast.account("sergeant"), **said)
    for release, why in ((mine, "asked for it yourself"), (for_me, "shown to you")):
        actions.propose(by=cast.custodian, release=release, because="x")
        with pytest.raises(Refused, match=why):
            actions.agree(by=cast.sergeant, release=release)
    own = actions.ask_who(by=cast.custodian, report=report, to=cast.account("officer"), **said)
    with pytest.raises(Refused, match="asked for it yourself"):
        actions.propose(by=cast.custodian, release=own, because="x")


def test_the_database_itself_refuses_one_person_alone(cast):
    release = build.proposed(cast)
    for wrong in (
        {"proposed_by": release.created_by},
        {"state": "agreed", "decided_by": release.proposed_by, "until_at": NOON},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**wrong)


def test_a_release_runs_out(cast):
    release = build.released(cast)
    later = cast.viewer("officer", NOON + timedelta(hours=24))
    with pytest.raises(Refused, match="run out"):
        actions.show_once(by=later, release=release)
    assert release.said_at(later.now) == "Not looked at in time, and shut again"


def test_it_is_shown_to_nobody_else(cast):
    release = build.released(cast)
    for eyes in (cast.sergeant, cast.custodian, cast.analyst):
        with pytest.raises(Refused, match="somebody else"):
            actions.show_once(by=eyes, release=release)


def test_it_is_never_released_to_another_organisation(cast):
    report = build.report(cast.nobody, who=JEAN)
    offered = {account.organisation_id for account in queries.may_be_shown_it(cast.officer)}
    assert offered == {"police"}
    for other in ("stranger", "worker", "police.information"):
        with pytest.raises(Refused):
            actions.ask_who(by=cast.officer, report=report, to=cast.account(other), what_for="x", risk="y")


def test_whoever_asks_is_told_the_same_while_it_is_considered_and_when_it_is_refused(cast):
    named, nobody = build.asked(cast), build.asked(cast, Who())
    assert named.said_at(NOON) == nobody.said_at(NOON) == "Being considered"
    actions.propose(by=cast.custodian, release=named, because="x")
    named.refresh_from_db()
    assert named.said_at(NOON) == "Being considered"
    with pytest.raises(Refused, match="nothing that can be released"):
        actions.propose(by=cast.custodian, release=nobody, because="x")
    for release in (named, nobody):
        actions.refuse(by=cast.custodian, release=release, not_because="nothing")
        release.refresh_from_db()
        assert release.said_at(NOON) == "Nothing was released"
        assert release.not_because == "nothing"


def test_the_ledger_never_joins_a_proposal_to_its_report(cast):
    release = build.released(cast)
    actions.show_once(by=cast.officer, release=release)
    for event in ("reports.release_proposed", "reports.release_agreed", "reports.name_shown"):
        about = Entry.objects.get(event=event).subjects.values_list("name", flat=True)
        assert not any(str(release.report_id) in each for each in about)


def test_a_reason_nobody_gave_is_refused(cast):
    with pytest.raises(Refused, match="choose what"):
        actions.refuse(by=cast.custodian, release=build.asked(cast), not_because="no name was left")
    with pytest.raises(Refused, match="already been answered"):
        actions.refuse(by=cast.custodian, release=build.released(cast), not_because="risk")


def test_only_what_was_proposed_waits_for_the_second_person(cast):
    waiting, proposed = build.asked(cast), build.proposed(cast)
    assert set(queries.to_decide(cast.custodian)) == {waiting, proposed}
    assert set(queries.to_decide(cast.sergeant)) == {proposed}
    assert not queries.to_decide(cast.officer)
    assert not queries.to_decide(cast.stranger)
    assert set(queries.asked(cast.officer)) == {waiting, proposed}
    assert not queries.asked(cast.analyst)


# By its pages.


def test_an_officer_asks_and_two_people_release_it_by_its_pages(cast, as_):
    report = build.report(cast.nobody, who=JEAN)
    officer, custodian, sergeant = as_("officer"), as_("custodian"), as_("sergeant")
    said = {"what_for": "A witness", "risk": "Neighbours", "to": cast.account("officer").pk}
    assert officer.post(reverse("reports-ask-who", args=[report.pk]), said)["Location"] == reverse("reports-asked")
    release = Release.objects.get()
    decide = reverse("reports-decide", args=[release.pk])
    assert b"Jean" not in custodian.get(decide).content
    assert custodian.post(decide, {"answer": "propose", "because": "No other witness"}).status_code == 302
    assert b"Being considered" in officer.get(reverse("reports-asked")).content
    assert b"No other witness" in sergeant.get(decide).content
    assert sergeant.post(decide, {"answer": "agree"}).status_code == 302
    shown = reverse("reports-released", args=[release.pk])
    assert b"Jean" not in officer.get(shown).content
    page = officer.post(shown)
    assert b"Jean Example" in page.content
    assert "no-store" in page["Cache-Control"]
    again = officer.post(shown)
    assert again.status_code == 409
    assert b"Jean" not in again.content + officer.get(shown).content


def test_a_refusal_needs_its_reason_and_keeps_what_was_chosen(cast, as_):
    release, custodian = build.asked(cast), as_("custodian")
    decide = reverse("reports-decide", args=[release.pk])
    assert b"Choose what they are told." in custodian.post(decide, {"answer": "refuse"}).content
    assert custodian.post(decide, {"answer": "refuse", "not_because": "risk"}).status_code == 302
    assert Release.objects.get().state == Releasing.REFUSED
    assert b"too great" in as_("officer").get(reverse("reports-asked")).content


def test_the_custodian_notes_a_contact_and_erases_a_name_by_its_pages(cast, as_):
    source, custodian = build.source(cast), as_("custodian")
    said = {"how": "spoke", "said": "Well, and wants nothing"}
    assert custodian.post(reverse("reports-contact", args=[source.pk]), said).status_code == 302
    page = custodian.get(reverse("reports-source", args=[source.pk])).content
    assert b"Well, and wants nothing" in page
    assert b"text first, not after six" in page
    assert custodian.post(reverse("reports-forget", args=[source.pk]), {"because": "They asked"}).status_code == 302
    assert b"Nobody is kept here" in custodian.get(reverse("reports-source", args=[source.pk])).content
    assert b"Nobody has left a name" in custodian.get(reverse("reports-sources")).content


def test_a_name_is_sealed_even_in_the_session_and_never_shown_back(cast, client):
    from django.contrib.sessions.models import Session

    client.post(reverse("reports-start"), {"danger": "no"})
    client.post(reverse("reports-what"), {"words": "Visitors at flat 4 all night."})
    client.post(reverse("reports-how-known"), {"how_known": "saw"})
    client.post(reverse("reports-your-name"), {"name": "Jean Example", "reach": "07700 900321", "safely": ""})
    kept = "".join(str(each.get_decoded()) for each in Session.objects.all())
    assert "Jean" not in kept
    assert "900321" not in kept
    page, check = (client.get(reverse(f"reports-{each}")).content for each in ("your-name", "check"))
    assert b"A name is left, and locked" in page
    assert b"Left for the custodian" in check
    assert b"Jean" not in page + check
    receipt = re.search(rb'name="receipt" value="([^"]+)"', check)[1].decode()
    client.post(reverse("reports-send"), {"receipt": receipt})
    assert Source.objects.get().who == Who("Jean Example", "07700 900321", "")


def test_a_name_is_taken_out_before_sending(cast, client):
    client.post(reverse("reports-start"), {"danger": "no"})
    client.post(reverse("reports-your-name"), {"name": "Jean Example"})
    client.post(reverse("reports-your-name"), {"take_out": "yes"})
    assert b"A name is left" not in client.get(reverse("reports-your-name")).content


def test_a_way_that_is_safe_without_a_way_to_reach_is_asked_about(cast, client):
    client.post(reverse("reports-start"), {"danger": "no"})
    page = client.post(reverse("reports-your-name"), {"safely": "text first"}).content
    assert b"Say who you are or how to reach you" in page


def test_a_partner_and_an_officer_leave_who_told_them(cast, as_):
    for member in ("housing", "officer"):
        client = as_(member)
        client.post(reverse("reports-start"), {"danger": "no"})
        assert b"Who told you?" in client.get(reverse("reports-your-name")).content
