"""Telling, reading, asking and deciding, as pages: what is shown to whom, and what a form refuses."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clearlines.ledger.models import Entry
from clearlines.people.tests import build as people
from clearlines.sharing import actions
from clearlines.sharing.models import Disclosure, EmergencyReview, MatchAnswer, Proposal, Question, RequestAnswer
from clearlines.sharing.protocol import law
from clearlines.sharing.tests import build

ECHOED = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|[QR]-[A-Z0-9]{4}-[A-Z0-9]{4}'
)


def plain(response) -> str:
    """A page without its token, its nonce and its own reference."""
    return ECHOED.sub("", response.content.decode())


def now(cast, member):
    """The pages know today; tests elsewhere know the day of the cast."""
    return cast.viewer(member, timezone.now())


def next_month() -> dict[str, str]:
    day = timezone.localdate().replace(day=1)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return {"review_on_day": "15", "review_on_month": str(month), "review_on_year": str(year)}


def said(**more) -> dict[str, str]:
    typed = {"new_id": str(uuid.uuid4()), "name": "Robin Ferris", "danger": build.DANGER, "danger_as": "told"}
    return typed | next_month() | more


# ── Telling ──


def test_the_preview_is_what_they_will_read_and_nothing_is_told_until_the_last_press(cast, as_):
    client, address = as_("lead"), reverse("sharing-tell") + "?to=police"
    page = client.post(address, said(step="preview")).content.decode()
    assert "They will see this and nothing else" in page
    assert build.DANGER in page and "We were told it by somebody else" in page
    assert not Disclosure.objects.exists()
    client.post(address, said(step="tell"))
    assert Disclosure.objects.get().told[1]["words"] == build.DANGER


def test_change_it_goes_back_with_everything_that_was_typed(cast, as_):
    page = as_("lead").post(reverse("sharing-tell") + "?to=police", said(step="change")).content.decode()
    assert "See what they will see" in page and build.DANGER in page


def test_what_is_said_says_how_it_is_known(cast, as_):
    page = as_("lead").post(reverse("sharing-tell") + "?to=police", said(danger_as="", step="preview")).content.decode()
    assert "Choose how you know what you say under" in page


def test_only_the_headings_of_the_agreement_are_asked(cast, as_):
    page = as_("lead").get(reverse("sharing-tell") + "?to=police").content.decode()
    assert "Danger to them or to others" in page
    assert "The help they have now" not in page


def test_it_begins_with_what_is_held_of_the_person_and_only_ones_own(cast, as_):
    person = people.person(cast.lead, safe_contact="Text only")
    address = reverse("sharing-tell") + f"?to=police&person={person.pk}"
    assert "Text only" in as_("lead").get(address).content.decode()
    assert as_("sergeant").get(address.replace("to=police", "to=charity")).status_code == 404
    assert as_("lead").get(reverse("sharing-tell") + "?to=police&person=nonsense").status_code == 404


def test_children_s_services_come_with_the_rule_that_protection_outranks_privacy(cast, as_):
    page = as_("worker").get(reverse("sharing-tell") + "?to=council").content.decode()
    assert "Protecting a child outranks keeping things private" in page
    assert "Unverified" in page


def test_a_worker_asks_for_a_decision_and_a_lead_tells(cast, as_):
    address = reverse("sharing-tell") + "?to=housing"
    typed = said(gateway="consent", reason="He asked us to", step="tell")
    page = as_("worker").post(address, typed, follow=True).content.decode()
    assert "Nothing has been told yet" in page
    asked = Proposal.objects.get()
    page = as_("lead").post(reverse("sharing-proposal", args=[asked.pk]), follow=True).content.decode()
    assert "has been told" in page
    assert Disclosure.objects.get().signed_by == "Joe Marsden"


def test_a_lead_may_decline_with_a_reason(cast, as_):
    asked = Proposal.objects.get(pk=build.opened_proposal(cast)["key"])
    as_("lead").post(reverse("sharing-decline", args=[asked.pk]), {"why": "They have no part in it"})
    page = as_("worker").get(reverse("sharing-proposal", args=[asked.pk])).content.decode()
    assert "They have no part in it" in page
    assert not Disclosure.objects.exists()


def test_where_nobody_can_read_it_the_page_says_to_ring(cast, as_):
    page = as_("lead").get(reverse("sharing-tell") + "?to=housing&how=emergency").content.decode()
    assert "Nobody at Fell and Furness Homes can read this here" in page


def test_an_emergency_is_told_at_once_and_judged_by_somebody_else(cast, as_):
    address = reverse("sharing-tell") + "?to=council&how=emergency"
    as_("worker").post(address, said(gateway="vital", reason="Tonight", risk="He may be beaten", step="tell"))
    review = EmergencyReview.objects.get()
    address = reverse("sharing-review", args=[review.pk])
    assert "He may be beaten" in as_("charity.information").get(address).content.decode()
    page = as_("charity.information").post(address, {"verdict": "right", "words": "I rang them"}, follow=True)
    assert "Your judgement is kept" in page.content.decode()


# ── Reading ──


def test_the_recipient_reads_the_copy_and_then_only_that_it_was_taken_back(cast, as_):
    person = people.person(cast.lead)
    told = build.told(cast.lead, person=person)
    address = reverse("sharing-told-us-one", args=[told.number])
    page = as_("sergeant").get(address).content.decode()
    assert build.DANGER in page and str(person.pk) not in page
    actions.revoke(by=cast.lead, disclosure=told, why="It was settled")
    page = as_("sergeant").get(address).content.decode()
    assert "This can no longer be read" in page and "It was settled" in page
    assert build.DANGER not in page and "Robin" not in page and "Ferris" not in page


def test_past_its_last_day_it_says_so_and_shows_nothing(cast, as_):
    told = build.told(cast.lead, until_on=cast.lead.today)
    page = as_("sergeant").get(reverse("sharing-told-us-one", args=[told.number])).content.decode()
    assert "The last day on which it could be read has passed" in page
    assert "Robin" not in page


def test_a_number_that_was_never_told_us_is_not_there(cast, as_):
    told = build.told(cast.lead)
    assert as_("stranger").get(reverse("sharing-told-us-one", args=[told.number])).status_code == 404
    assert as_("sergeant").get(reverse("sharing-told-us-one", args=["D-AAAA-AAAA"])).status_code == 404


def test_the_recipient_says_what_became_of_every_copy(cast, as_):
    key = build.opened_notice(cast)["key"]
    page = as_("sergeant").post(reverse("sharing-notice", args=[key]), {"how": "Shredded"}, follow=True)
    assert "every copy is gone" in page.content.decode()


def test_reading_is_in_the_recipients_ledger_under_the_number(cast, as_):
    told = build.told(cast.lead)
    as_("sergeant").get(reverse("sharing-told-us-one", args=[told.number]))
    looked = Entry.objects.get(event="looked:sharing-told-us-one")
    assert looked.organisation == "police"
    assert f"sharing.crossing:{told.number}" in {each.name for each in looked.subjects.all()}


def test_taking_back_putting_right_and_looking_again_are_pages(cast, as_):
    told, client = build.told(now(cast, "lead")), as_("lead")
    form = {"field": "danger", "words": "He is safe now", "said_as": "fact", "why": "He rang us", "seen": told.version}
    client.post(reverse("sharing-correct", args=[told.pk]), form)
    right = Disclosure.objects.get(in_place_of=told.number)
    client.post(reverse("sharing-look-again", args=[right.pk]), {"seen": right.version, **next_month()})
    right.refresh_from_db()
    client.post(reverse("sharing-revoke", args=[right.pk]), {"why": "Settled", "seen": right.version})
    page = client.get(reverse("sharing-given-one", args=[right.pk])).content.decode()
    assert "Taken back" in page and "Settled" in page


def test_an_information_manager_sees_that_it_was_told_and_not_what(cast, as_):
    told = build.told(cast.sergeant, "charity")
    page = as_("police.information").get(reverse("sharing-given-one", args=[told.pk])).content.decode()
    assert "Danger to them or to others" in page and build.DANGER not in page


# ── Asking ──


def ask(client, name):
    form = {"new_id": str(uuid.uuid4()), "to": "police", "name": name, "why": "We visit tomorrow"}
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(reverse("sharing-ask"), form, follow=True)
    return plain(answer), len(asked)


def test_the_receipt_is_the_same_page_by_as_many_questions_whatever_is_held(cast, as_):
    people.person(cast.sergeant)
    client = as_("worker")
    ask(client, "Warm up")
    known, unknown = ask(client, "Robin Ferris"), ask(client, "Nobody Invented")
    assert known == unknown


def test_the_receipt_stays_the_same_after_it_was_answered(cast, as_):
    person, asked = people.person(cast.sergeant), build.question(cast.worker)
    client, address = as_("worker"), reverse("sharing-asked", args=[asked.pk])
    before, listed = plain(client.get(address)), plain(client.get(reverse("sharing-asked-before")))
    actions.confirm(by=cast.police_matching, question=asked, person=person)
    assert plain(client.get(address)) == before
    assert plain(client.get(reverse("sharing-asked-before"))) == listed


def test_only_organisations_with_a_matching_role_are_offered_and_others_are_refused(cast, as_):
    client = as_("worker")
    page = client.get(reverse("sharing-ask")).content.decode()
    assert "Fellside Constabulary" in page and "Harbour Street Food Club" not in page
    form = {"new_id": str(uuid.uuid4()), "to": "food_club", "name": "Robin", "why": "x"}
    assert "Nobody can ask whom a food club" in client.post(reverse("sharing-ask"), form).content.decode()
    assert not Question.objects.exists()


def test_the_matching_role_looks_and_the_safeguarding_lead_is_told_whom_to_ring(cast, as_):
    person, asked = people.person(now(cast, "sergeant")), build.question(now(cast, "worker"))
    address, client = reverse("sharing-question", args=[asked.pk]), as_("police.matching")
    assert "Yes: Robin Ferris" in client.get(address).content.decode()
    client.post(address, {"person": str(person.pk)})
    assert MatchAnswer.objects.get().state == "pointed"
    page = as_("charity.information").get(reverse("sharing-pointers")).content.decode()
    assert "Speak to the duty detective sergeant" in page
    assert client.get(address).status_code == 404


def test_asked_by_police_the_charitys_matching_role_can_only_say_nothing(cast, as_):
    people.person(cast.worker)
    asked = build.question(cast.officer, "charity")
    address, client = reverse("sharing-question", args=[asked.pk]), as_("charity.matching")
    page = client.get(address).content.decode()
    assert "No agreement lets you say so" in page and "Yes:" not in page
    client.post(address, {"person": "nothing"})
    assert MatchAnswer.objects.get().state == "nothing_said"


def test_the_safeguarding_lead_decides_what_police_hear(cast, as_):
    asked = build.question(cast.officer, "charity")
    MatchAnswer.objects.create(
        owner_id="charity", created_at=timezone.now(), question=asked, state="confirmed",
        decided_by=cast.account("charity.matching"),
    )  # fmt: skip
    client, address = as_("charity.information"), reverse("sharing-question", args=[asked.pk])
    assert "May they know whom to ring" in client.get(address).content.decode()
    client.post(address, {"answer": "no", "why": "He does not want it"})
    assert MatchAnswer.objects.get().state == "nothing_said"


# ── Requests ──


def test_a_request_says_what_the_act_asks_and_its_law_is_unverified(cast, as_):
    client = as_("sergeant")
    page = client.get(reverse("sharing-request-new")).content.decode()
    assert "sections 44A to 44E" in page and "Unverified" in page
    form = build.REQUESTED | {"new_id": str(uuid.uuid4()), "to": "charity", "asks_counselling": "no"}
    page = client.post(reverse("sharing-request-new"), form, follow=True).content.decode()
    assert "They decide what they tell" in page


def test_cannot_say_is_the_same_page_by_as_many_questions_whether_the_person_is_known_or_not(cast, as_):
    people.person(cast.lead)
    known, unknown = build.request(cast.sergeant), build.request(cast.sergeant, name="Robin Ferris")
    build.notified(cast.lead, known)
    for asked, why in ((known, "He is supported here"), (unknown, "Nobody of that name")):
        form = {"outcome": "cannot_say", "words": "", "why": why}
        as_("lead").post(reverse("sharing-request-refuse", args=[asked.pk]), form)
    client, seen = as_("sergeant"), []
    client.get(reverse("sharing-requests"))
    for asked in (known, unknown):
        with CaptureQueriesContext(connection) as questions:
            page = plain(client.get(reverse("sharing-request", args=[asked.pk])))
        seen.append((page, len(questions)))
    assert seen[0] == seen[1]
    assert "does not say whether we hold anything about anybody" in seen[0][0]
    assert "supported here" not in seen[0][0]
    assert {(each.words, each.disclosure_number, each.created_by) for each in RequestAnswer.objects.all()} == {
        (law().cannot_say, "", None)
    }


def test_a_refusal_gives_the_reason_for_them_and_keeps_ours(cast, as_):
    asked = build.request(cast.sergeant)
    form = {"outcome": "refused", "words": "It is not necessary", "why": "They have the footage"}
    as_("lead").post(reverse("sharing-request-refuse", args=[asked.pk]), form)
    page = as_("sergeant").get(reverse("sharing-request", args=[asked.pk])).content.decode()
    assert "It is not necessary" in page and "footage" not in page


def test_the_least_that_answers_is_seen_before_it_is_told(cast, as_):
    asked = build.request(now(cast, "sergeant"))
    client = as_("lead")
    client.post(
        reverse("sharing-request-notify", args=[asked.pk]), {"told": "person", "how": "By hand", "is_child": "no"}
    )
    address = reverse("sharing-request-answer", args=[asked.pk])
    typed = said(is_counselling="no", not_counselling_why="The till roll", why="It clears him")
    page = client.post(address, typed | {"step": "preview"}).content.decode()
    assert "They will see this and nothing else" in page
    assert not Disclosure.objects.exists()
    client.post(address, typed | {"step": "tell"})
    told = Disclosure.objects.get()
    page = as_("sergeant").get(reverse("sharing-request", args=[asked.pk])).content.decode()
    assert told.number in page
    here = client.get(reverse("sharing-request-here", args=[asked.pk])).content.decode()
    assert "It clears him" in here


def test_what_is_refused_keeps_what_was_typed(cast, as_):
    asked = build.request(now(cast, "sergeant"))
    typed = said(is_counselling="yes", why="They asked", step="tell")
    page = as_("lead").post(reverse("sharing-request-answer", args=[asked.pk]), typed).content.decode()
    assert "Tell the person in writing first" in page and build.DANGER in page


def test_a_parent_who_may_exploit_is_not_written_to(cast, as_):
    asked = build.request(cast.sergeant)
    form = {"told": "parent", "how": "A letter", "is_child": "yes", "parent": "Her father", "parent_may_exploit": "yes"}
    page = as_("lead").post(reverse("sharing-request-notify", args=[asked.pk]), form).content.decode()
    assert "Do not tell this parent" in page


def test_the_notice_is_printed_in_plain_words(cast, as_):
    asked = build.request(cast.sergeant)
    page = as_("lead").get(reverse("sharing-request-letter", args=[asked.pk])).content.decode()
    assert "Fellside Constabulary asked The Open Door Recovery Community" in page
    assert "Your support does not depend on it" in page


def test_withdrawn_the_charity_no_longer_has_it(cast, as_):
    asked = build.request(cast.sergeant)
    as_("sergeant").post(reverse("sharing-request-withdraw", args=[asked.pk]), {"why": "He was found"})
    assert as_("lead").get(reverse("sharing-request-here", args=[asked.pk])).status_code == 404


# ── The register ──


def test_the_register_as_a_file_holds_no_words_and_no_formula(cast, as_):
    words = build.words(cast.lead, "police")
    formula = [build.said("name", "=HYPERLINK(1)", "fact"), build.said()]
    from dataclasses import replace

    actions.tell(by=cast.lead, words=replace(words, told=formula), agreement="danger-told")
    answer = as_("charity.information").get(reverse("sharing-register-csv"))
    file = answer.content.decode()
    assert "'=HYPERLINK(1)" in file and build.DANGER not in file
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(event="looked:sharing-register-csv").exists()


def test_who_was_told_what_between_two_days(cast, as_):
    told = build.told(cast.lead)
    client = as_("charity.information")
    asked = {"name": "Ferris", "from_on_day": "1", "from_on_month": "6", "from_on_year": "2022"}
    assert str(told.pk) in client.get(reverse("sharing-register"), asked).content.decode()
    later = asked | {"from_on_month": "7"}
    assert str(told.pk) not in client.get(reverse("sharing-register"), later).content.decode()


def test_recipients_of_the_wrong_person_are_told_from_one_page(cast, as_):
    key = build.opened_parted(cast)["key"]
    client = as_("charity.information")
    assert "Tell them" in client.get(reverse("sharing-parted")).content.decode()
    page = client.post(reverse("sharing-tell-parted", args=[key]), follow=True).content.decode()
    assert "They were told" in page


@pytest.mark.parametrize("member", ["lead", "sergeant", "worker", "charity.information", "police.matching"])
def test_the_first_page_asks_few_questions_however_much_waits(cast, as_, member):
    for _ in range(3):
        build.request(cast.sergeant)
        build.question(cast.worker)
        build.emergency(cast.worker)
        build.opened_parted(cast)
        build.opened_notice(cast)
    client = as_(member)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("sharing-home"))
    build.opened_parted(cast)
    build.emergency(cast.worker)
    with CaptureQueriesContext(connection) as more:
        client.get(reverse("sharing-home"))
    assert len(more) <= len(few)


def test_lists_say_where_each_thing_stands_and_hide_what_is_not_theirs(cast, as_):
    told, asked = build.told(cast.lead), build.request(cast.sergeant)
    build.opened_proposal(cast)
    build.question(cast.worker)
    lists = {
        "lead": ["sharing-given", "sharing-requests-here"],
        "sergeant": ["sharing-told-us", "sharing-requests"],
        "worker": ["sharing-asked-before"],
        "police.matching": ["sharing-questions"],
    }
    for member, names in lists.items():
        for name in names:
            assert "Robin Ferris" in as_(member).get(reverse(name)).content.decode(), name
    assert "Robin Ferris" not in as_("stranger").get(reverse("sharing-told-us")).content.decode()
    assert "Waiting for a decision" in as_("lead").get(reverse("sharing-requests-here")).content.decode()
    assert (str(told), str(asked)) == (told.number, asked.number)
