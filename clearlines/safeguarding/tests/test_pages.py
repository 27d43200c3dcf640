import uuid
from datetime import date

import pytest
from django.urls import reverse

from clearlines.safeguarding.models import NationalReferral
from clearlines.safeguarding.states import State
from clearlines.safeguarding.tests import build
from tests.cast import NOON

S = State


@pytest.fixture(autouse=True)
def still(monkeypatch) -> None:
    """Every page is opened on the day on which its rows were made."""
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: NOON)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def the_day(name: str, said: date) -> dict[str, str]:
    return {f"{name}_day": str(said.day), f"{name}_month": str(said.month), f"{name}_year": str(said.year)}


def test_signs_are_noted_on_the_page_of_a_person_and_the_next_step_is_offered(cast, as_):
    person, client = build.child(cast.sergeant), as_("officer")
    begin = reverse("safeguarding-begin", args=[person.pk])
    assert begin in text_of(client.get(reverse("people-person", args=[person.pk])))
    assert "A child is always referred" in text_of(client.get(begin))
    said = the_day("noted_on", build.NOTED) | {"words": "Two phones", "flagged_county_lines": "on"}
    answer = client.post(begin, said | {"new_id": uuid.uuid4()})
    referral = NationalReferral.objects.get()
    assert answer["Location"] == reverse("safeguarding-referral", args=[referral.pk])
    assert "One is under way" in text_of(client.get(begin))
    page = text_of(client.get(answer["Location"]))
    assert "Something must go to the Home Office by <strong>13 June 2022</strong>" in page
    assert reverse("safeguarding-move", args=[referral.pk, S.FIRST_RESPONDER_CONTACTED]) in page
    assert "Unverified" in page


def test_somebody_whose_age_is_not_known_is_asked_about(cast, as_):
    person = build.adult(cast.sergeant, born_on=None)
    begin, client = reverse("safeguarding-begin", args=[person.pk]), as_("sergeant")
    said = the_day("noted_on", build.NOTED) | {"words": "Two phones", "new_id": uuid.uuid4()}
    assert "Say whether this person may be under 18." in text_of(client.post(begin, said))
    client.post(begin, said | {"path": "child"})
    assert NationalReferral.objects.get().path == "child"


def test_a_step_asks_only_what_it_rests_on_and_is_taken(cast, as_):
    referral, client = build.begun(cast.sergeant), as_("sergeant")
    address = reverse("safeguarding-move", args=[referral.pk, S.FIRST_RESPONDER_CONTACTED])
    page = text_of(client.get(address))
    assert "Who was asked?" in page
    assert "reference" not in page.lower().split("<form")[2]
    said = the_day("on", build.NOTED) | {"seen": referral.version}
    assert "Say who it was." in text_of(client.post(address, said))
    client.post(address, said | {"who": "Fellside Constabulary, Sgt Hartley"})
    referral.refresh_from_db()
    assert referral.state == S.FIRST_RESPONDER_CONTACTED


def test_a_submission_asks_for_its_reference_and_says_that_nothing_is_sent(cast, as_):
    referral = build.moved(cast.sergeant, build.begun(cast.sergeant), *build.OF_AN_ADULT[:3])
    address = reverse("safeguarding-move", args=[referral.pk, S.NRM_SUBMITTED])
    page = text_of(as_("sergeant").get(address))
    assert "Nothing is sent from here" in page
    said = the_day("on", build.NOTED) | {"seen": referral.version, "reference": "NRM-2022-0417"}
    as_("sergeant").post(address, said)
    assert "NRM-2022-0417" in text_of(as_("officer").get(reverse("safeguarding-referral", args=[referral.pk])))


def test_what_is_withdrawn_has_a_reason(cast, as_):
    referral = build.begun(cast.sergeant)
    address = reverse("safeguarding-move", args=[referral.pk, S.WITHDRAWN])
    said = the_day("on", build.NOTED) | {"seen": referral.version}
    assert "Say why it is withdrawn." in text_of(as_("sergeant").post(address, said))


def test_a_charity_is_told_whom_to_ask_and_is_given_nothing_to_submit(cast, as_):
    lead = cast.charity_information
    referral = build.moved(lead, build.begun(lead, build.child(cast.worker)), S.FIRST_RESPONDER_CONTACTED)
    client = as_("charity.information")
    page = text_of(client.get(reverse("safeguarding-referral", args=[referral.pk])))
    assert "Ask Fellside Constabulary or Fell and Furness Council" in page
    assert reverse("safeguarding-move", args=[referral.pk, S.NRM_SUBMITTED]) not in page
    assert "Overdue" not in text_of(client.get(reverse("safeguarding-list")))
    typed = text_of(client.get(reverse("safeguarding-move", args=[referral.pk, S.NRM_SUBMITTED])))
    assert "Only a first responder may do that: ask Fellside" in typed
    assert typed.count('method="post"') == 1


def test_a_refusal_says_that_it_blocks_nothing(cast, as_):
    referral = build.moved(cast.sergeant, build.begun(cast.sergeant), *build.REFUSING)
    page = text_of(as_("sergeant").get(reverse("safeguarding-referral", args=[referral.pk])))
    assert "Their answer blocks nothing" in page
    assert "Home Office notified without their name" in page


def test_the_list_says_what_is_overdue_and_an_empty_one_teaches(cast, as_):
    assert "No national referrals yet" in text_of(as_("sergeant").get(reverse("safeguarding-list")))
    build.begun(cast.sergeant)
    assert "since 13 June 2022" in text_of(as_("sergeant").get(reverse("safeguarding-list")))


def test_the_defence_and_the_path_are_recorded_from_the_page(cast, as_):
    person = build.child(cast.sergeant)
    referral, client = build.begun(cast.sergeant, person), as_("sergeant")
    on = the_day("on", build.NOTED) | {"seen": referral.version}
    client.post(reverse("safeguarding-s45", args=[referral.pk]), on)
    page = text_of(client.get(reverse("safeguarding-referral", args=[referral.pk])))
    assert "Raised 6 June 2022" in page
    address = reverse("safeguarding-path", args=[referral.pk])
    assert "Go on as for an adult" in text_of(client.get(address))
    refused = text_of(client.post(address, {"seen": 2, "reason": "Nearly 18"}))
    assert "a child is always referred" in refused


def test_a_council_s_lead_is_a_first_responder(cast, as_):
    assert "Only a first responder" not in text_of(as_("childrens.services").get(reverse("safeguarding-list")))
    assert "Only a first responder" in text_of(as_("charity.information").get(reverse("safeguarding-list")))
