"""Crossing the wall is always an act: told, asked, requested, and put right. Domain.md scenarios 18, 19, 48."""

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from clearlines.access.refusals import Refused
from clearlines.ledger.models import Entry
from clearlines.people import actions as people
from clearlines.people.tests.build import person as a_person
from clearlines.sharing import actions, queries
from clearlines.sharing.ends import number_name
from clearlines.sharing.models import Disclosure, EmergencyReview, MatchAnswer, Notice, Pointer, Question
from clearlines.sharing.tests import build

TOKENS = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|Q-\w{4}-\w{4}')


def test_s18_parting_two_records_lists_who_was_told_in_between_and_each_is_told(cast, as_):
    """Two half-brothers joined in April and parted in May: the surgery and the police were told in between."""
    april, between, may = (datetime(2022, *each, 12, tzinfo=UTC) for each in ((4, 4), (4, 20), (5, 9)))
    lead = cast.viewer("lead", april)
    adam, aidan = a_person(lead, given_name="Adam"), a_person(lead, given_name="Aidan")
    before = build.told(cast.viewer("lead", datetime(2022, 4, 1, 12, tzinfo=UTC)), person=adam)
    same = people.say_same(by=lead, one=adam, other=aidan, reason="The same mother and the same year")
    by = cast.viewer("lead", between)
    police = build.told(by, person=adam)
    words = build.words(by, "health", build.said("support", "He comes on Tuesdays", "fact"), person=aidan)
    surgery = actions.tell(by=by, words=words, agreement="surgery-told")
    people.part(by=cast.viewer("lead", may), same=same, reason="Two birth certificates")

    manager = cast.viewer("charity.information", may)
    (parting,) = queries.parted_tellings(manager)
    assert set(parting.told) == {police, surgery} and before not in parting.told
    asked = [each.words for each in queries.due(manager, may)]
    assert f"Tell Duddon Surgery that {surgery.number} may be about somebody else" in asked
    page = as_("charity.information").get(reverse("sharing-parted")).content.decode()
    assert police.number in page and surgery.number in page and before.number not in page

    for told in parting.told:
        actions.tell_parted(by=manager, disclosure=told)
    assert set(Notice.objects.filter(news="somebody_else").values_list("owner", flat=True)) == {"police", "health"}
    assert [each.number for each in queries.told_us(cast.viewer("sergeant", may))] == [before.number]
    assert not any("somebody else" in each.words for each in queries.due(manager, may))
    # Both records keep everything they had.
    assert queries.given(manager).filter(person=adam).count() == 2


def looked_up(client, name):
    """The page of a search without its token, its nonce and what was typed; and the shape of its queries."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("people-list"), {"q": name})
    page = TOKENS.sub("", answer.content.decode())
    for word in (name, name.replace(" ", "+"), name.replace(" ", "%20")):
        page = page.replace(word, "")
    shape = [re.sub(r"'[^']*'|%\(\w+\)s|\d+", "?", each["sql"]) for each in asked]
    return page, [re.sub(r"LIKE .*? ESCAPE", "LIKE ? ESCAPE", each) for each in shape if "ledger" not in each]


def test_s19_search_never_crosses_the_wall_and_the_receipt_is_the_same_whatever_is_held(cast, as_):
    suspect = a_person(cast.sergeant, given_name="Kurtis", family_name="Held")
    worker = as_("worker")
    looked_up(worker, "Warmed Up")
    held, invented = looked_up(worker, "Kurtis Held"), looked_up(worker, "Qurvis Hald")
    assert held == invented

    receipts = [asked_for(worker, name) for name in ("Warm Up", "Kurtis Held", "Qurvis Hald")]
    assert receipts[1] == receipts[2]
    asked = {each.name: each for each in Question.objects.all()}
    actions.confirm(by=cast.police_matching, question=asked["Kurtis Held"], person=suspect)
    actions.answer_nothing(by=cast.police_matching, question=asked["Qurvis Hald"])
    pages = [worker.get(reverse("sharing-asked", args=[each.pk])) for each in asked.values()]
    again = [TOKENS.sub("", page.content.decode()) for page in pages]
    assert len(set(again)) == 1

    # Only the safeguarding lead is told whom to ring, and nothing of what is held.
    (pointer,) = queries.pointers(cast.charity_information)
    assert pointer.number == asked["Kurtis Held"].number and "Kurtis" not in pointer.words
    assert as_("worker").get(reverse("sharing-pointers")).status_code == 403
    both = Entry.objects.filter(subjects__name=number_name(pointer.number), kind="combination")
    assert set(both.values_list("organisation", flat=True)) == {"police", "charity"}
    nothing = Entry.objects.filter(subjects__name=number_name(asked["Qurvis Hald"].number))
    assert set(nothing.filter(organisation="charity").values_list("event", flat=True)) == {"sharing.asked"}

    # The police never learn who is supported: the same question the other way round has one answer.
    supported = a_person(cast.worker, given_name="Kit", family_name="Helped")
    back = build.question(cast.officer, "charity", "Kit Helped")
    with pytest.raises(Refused, match="no agreement lets you say so"):
        actions.confirm(by=cast.charity_matching, question=back, person=supported)
    actions.answer_nothing(by=cast.charity_matching, question=back)
    assert Pointer.objects.filter(owner="police").count() == 0
    assert MatchAnswer.objects.filter(owner="charity", person__isnull=False).count() == 0


def asked_for(client, name):
    form = {"new_id": str(uuid.uuid4()), "to": "police", "name": name, "why": "We visit tomorrow"}
    with CaptureQueriesContext(connection) as questions:
        answer = client.post(reverse("sharing-ask"), form, follow=True)
    return TOKENS.sub("", answer.content.decode()), len(questions)


def test_s48_an_agreement_that_ended_yesterday_stops_by_itself_and_an_emergency_does_not_wait(cast):
    """The charity's agreement with the surgery ended on 31 January 2023."""
    last, after = (datetime(2023, *each, 12, tzinfo=UTC) for each in ((1, 31), (2, 1)))
    lead = cast.viewer("lead", last)
    person = a_person(lead)
    told = actions.tell(by=lead, words=build.words(lead, "health", person=person), agreement="surgery-told")
    assert told.is_live_on(lead.today)

    # On the day after: nothing more crosses, nothing told before can be read, and somebody is asked to renew it.
    lead, manager = cast.viewer("lead", after), cast.viewer("charity.information", after)
    with pytest.raises(Refused, match="ended on 31 January 2023: ask the information manager to renew it"):
        actions.tell(by=lead, words=build.words(lead, "health", person=person), agreement="surgery-told")
    assert not told.is_live_on(lead.today)
    (renewal,) = [each for each in queries.due(manager, after) if each.kind == "Renew" and "together" in each.words]
    assert "nothing can be told under it" in renewal.words

    # An emergency crosses at once, with its reason and its risk; a second person looks within the day.
    worker = cast.viewer("worker", after)
    urgent = actions.tell_in_an_emergency(
        by=worker, words=build.words(worker, "health", person=person), gateway="vital",
        reason="He has taken something and will not say what", risk="He may die tonight",
    )  # fmt: skip
    assert (urgent.basis, urgent.agreement) == ("emergency", "")
    review = EmergencyReview.objects.get()
    with pytest.raises(Refused, match="somebody else must look"):
        review.disclosure.decided_by = cast.account("charity.information")
        review.disclosure.save()
        actions.review(by=manager, review=review, verdict="right", words="I told them myself")
    review.disclosure.decided_by = cast.account("worker")
    review.disclosure.save()
    late = cast.viewer("lead", datetime(2023, 2, 2, 13, tzinfo=UTC))
    assert any(each.words.startswith("Overdue: somebody must look") for each in queries.due(late, late.now))
    actions.review(by=manager, review=review, verdict="wrong", words="The ambulance was already there")
    urgent.refresh_from_db()
    assert urgent.revoked_at and Notice.objects.filter(owner="health", news="revoked", number=urgent.number).exists()


def test_a_worker_tells_the_police_of_danger_and_they_read_exactly_that(open_page, cast, sign_in, axe, fits, shot):
    """In a browser: preview, tell, read, take back; and what the other side sees at each step."""
    robin = a_person(cast.viewer("lead", timezone.now()))
    charity, police = sign_in(open_page(390), cast.account("lead")), sign_in(open_page(), cast.account("sergeant"))
    charity.goto(f"/sharing/tell/?person={robin.pk}")
    shot(charity, "sharing-whom-390")
    axe(charity)
    charity.get_by_role("link", name="Fellside Constabulary").click()
    expect(charity.get_by_label("Name", exact=True)).to_have_value("Robin Ferris")
    charity.get_by_role("textbox", name="Danger to them or to others").fill(build.DANGER)
    charity.locator("#id_danger_as").select_option("told")
    fits(charity)
    axe(charity)
    shot(charity, "sharing-tell-390")
    charity.get_by_role("button", name="See what they will see").click()
    expect(charity.get_by_role("heading", level=1)).to_have_text("They will see this and nothing else")
    shot(charity, "sharing-preview-390")
    axe(charity)
    assert not Disclosure.objects.exists()
    charity.get_by_role("button", name="Tell them").click()
    expect(charity.locator("main")).to_contain_text("has been told")
    shot(charity, "sharing-given-one-390")
    axe(charity)
    fits(charity)

    police.goto("/sharing/told/")
    shot(police, "sharing-told-us-1280")
    axe(police)
    police.get_by_role("link", name="Robin Ferris").click()
    expect(police.locator("main")).to_contain_text(build.DANGER)
    shot(police, "sharing-told-us-one-1280")
    axe(police)

    charity.get_by_role("button", name="Take it back").click()
    charity.get_by_label("Why are you taking it back?").fill("It was settled")
    charity.get_by_role("button", name="Take it back").click()
    police.reload()
    expect(police.get_by_role("heading", level=1)).to_have_text("This can no longer be read")
    expect(police.locator("main")).not_to_contain_text("Ferris")
    shot(police, "sharing-taken-back-1280")
    axe(police)
    police.get_by_role("link", name="Say what became of every copy").click()
    police.get_by_label("What became of every copy?").fill("Shredded")
    shot(police, "sharing-notice-1280")
    axe(police)
    police.get_by_role("button", name="Every copy is destroyed").click()
    expect(police.locator("main")).to_contain_text("every copy is gone")


PAGES = {
    "lead": ["sharing-home", "sharing-given", "sharing-requests-here", "sharing-questions", "sharing-register",
             "sharing-parted", "sharing-ask", "sharing-asked-before"],
    "charity.information": ["sharing-pointers", "sharing-home"],
    "sergeant": ["sharing-requests", "sharing-request-new", "sharing-home"],
}  # fmt: skip


def test_every_page_of_it_is_accessible_and_fits_a_phone(open_page, cast, sign_in, axe, fits, shot):
    build.opened_proposal(cast)
    build.opened_parted(cast)
    build.opened_notice(cast)
    asked, review = build.request(cast.sergeant), build.opened_emergency(cast)
    question, known = build.question(cast.worker), a_person(cast.sergeant)
    actions.confirm(by=cast.police_matching, question=question, person=known)
    waiting = build.question(cast.worker, name="Robin Ferris")
    proposed = build.opened_proposal(cast)
    more = {
        "lead": [("sharing-request-here", asked.pk), ("sharing-request-notify", asked.pk),
                 ("sharing-request-letter", asked.pk), ("sharing-request-refuse", asked.pk),
                 ("sharing-request-answer", asked.pk), ("sharing-proposal", proposed["key"])],
        "charity.information": [("sharing-review", review["key"])],
        "sergeant": [("sharing-request", asked.pk)],
        "police.matching": [("sharing-questions",), ("sharing-question", waiting.pk)],
        "worker": [("sharing-asked", waiting.pk)],
    }  # fmt: skip
    for member, rows in more.items():
        page = sign_in(open_page(), cast.account(member))
        for name, *key in [*((each,) for each in PAGES.get(member, [])), *rows]:
            page.goto(reverse(name, args=key))
            expect(page.locator("h1")).to_have_count(1)
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 900})
                fits(page)
                shot(page, f"{name}-{width}")
            axe(page)
