"""Telling, taking back, putting right, asking and answering: what is written, for whom, and what is refused."""

from datetime import date, timedelta

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry
from clearlines.people.tests import build as people
from clearlines.sharing import actions, queries
from clearlines.sharing.ends import number_name
from clearlines.sharing.models import (
    Correction,
    Disclosure,
    EmergencyReview,
    MatchAnswer,
    Notice,
    Pointer,
    Proposal,
    RequestAnswer,
    RequestDecision,
)
from clearlines.sharing.tests import build


def entries(number, event):
    return Entry.objects.filter(subjects__name=number_name(number), event=event)


# ── Telling ──


def test_a_telling_is_one_row_of_exact_words_that_its_giver_owns(cast):
    told = build.told(cast.lead)
    assert (told.owner_id, told.to_id, told.name) == ("charity", "police", "Robin Ferris")
    assert told.told == [build.said("name", "Robin Ferris", "fact"), build.said()]
    assert Disclosure.objects.count() == 1


def test_both_ends_have_it_in_their_own_ledger_and_the_recipients_entry_names_nobody(cast):
    person = people.person(cast.lead)
    told = build.told(cast.lead, person=person)
    ours, theirs = entries(told.number, "sharing.told").order_by("pk")
    assert (ours.organisation, ours.actor, ours.kind) == ("charity", "lead", Kind.DISCLOSURE)
    assert (theirs.organisation, theirs.actor, theirs.kind) == ("police", "charity", Kind.DISCLOSURE)
    assert [each.name for each in theirs.subjects.all()] == [number_name(told.number)]


def test_only_what_the_agreement_covers_may_be_told_under_it(cast):
    with pytest.raises(Refused, match="does not cover: support"):
        build.told(cast.lead, "police", build.said("support", "He comes on Tuesdays", "fact"))
    assert not Disclosure.objects.exists()


def test_an_agreement_signed_by_others_or_for_something_else_lets_nothing_cross(cast):
    words = build.words(cast.lead, "other_force", person=people.person(cast.lead))
    with pytest.raises(Refused, match="not signed by both organisations"):
        actions.tell(by=cast.lead, words=words, agreement="danger-told")
    words = build.words(cast.sergeant, "charity", person=people.person(cast.sergeant))
    with pytest.raises(Refused, match="was not signed for this"):
        actions.tell(by=cast.sergeant, words=words, agreement="police-to-charity")
    with pytest.raises(Refused, match="no sharing agreement"):
        actions.tell(by=cast.sergeant, words=words, agreement="nowhere")


def test_what_is_told_under_an_agreement_cannot_be_read_after_it_ends(cast):
    told = build.told(cast.lead)
    assert told.until_on == date(2027, 12, 31)
    sooner = build.told(cast.lead, until_on=date(2022, 7, 1))
    assert sooner.until_on == date(2022, 7, 1)


def test_somebody_elses_person_cannot_be_told_of(cast):
    with pytest.raises(Refused, match="not on your own organisation's records"):
        build.told(cast.lead, person=people.person(cast.sergeant))


def test_pressing_twice_tells_once(cast):
    import uuid

    key, words = uuid.uuid4(), build.words(cast.lead, "police")
    first = actions.tell(by=cast.lead, words=words, agreement="danger-told", new_id=key)
    assert actions.tell(by=cast.lead, words=words, agreement="danger-told", new_id=key) == first
    whole = {"words": words, "gateway": "vital", "reason": "r", "new_id": key}
    assert actions.tell_once(by=cast.lead, **whole) == first
    assert actions.tell_in_an_emergency(by=cast.lead, risk="r", **whole) == first


def test_a_one_off_is_decided_by_somebody_who_may_decide(cast):
    words = build.words(cast.worker, "housing")
    with pytest.raises(Forbidden):
        actions.tell_once(by=cast.worker, words=words, gateway="consent", reason="He asked us")
    told = actions.tell_once(by=cast.lead, words=words, gateway="consent", reason="He asked us")
    assert (told.basis, told.gateway, told.agreement) == ("one_off", "The person asked us to tell them", "")
    with pytest.raises(Refused, match="is not a power of your kind"):
        actions.tell_once(by=cast.lead, words=words, gateway="policing", reason="He asked us")


def test_what_a_worker_asks_to_tell_crosses_only_when_somebody_else_decides(cast):
    asked = Proposal.objects.get(pk=build.opened_proposal(cast)["key"])
    assert not Disclosure.objects.exists()
    told = actions.decide(by=cast.lead, proposal=asked)
    asked.refresh_from_db()
    assert (asked.state, asked.disclosure, told.decided_by.username) == ("decided", told, "lead")
    with pytest.raises(Refused, match="nothing left to decide"):
        actions.decline(by=cast.lead, proposal=asked, why="No")


def test_a_proposal_may_be_declined_with_a_reason_and_asked_once(cast):
    import uuid

    key, words = uuid.uuid4(), build.words(cast.worker, "housing")
    whole = {"words": words, "gateway": "consent", "reason": "He asked", "new_id": key}
    asked = actions.propose(by=cast.worker, **whole)
    assert actions.propose(by=cast.worker, **whole) == asked
    with pytest.raises(Refused, match="say why it is not to be told"):
        actions.decline(by=cast.lead, proposal=asked, why=" ")
    assert actions.decline(by=cast.lead, proposal=asked, why="They do not need it").state == "declined"
    assert not Disclosure.objects.exists()


def test_taken_back_it_is_gone_and_its_recipient_is_told_so_and_nothing_of_what_it_said(cast):
    told = build.told(cast.lead)
    actions.revoke(by=cast.lead, disclosure=told, why="It was settled")
    assert not queries.told_us(cast.sergeant).exists()
    notice = queries.notices(cast.sergeant).get(news="revoked")
    assert (notice.number, notice.words) == (told.number, "It was settled")
    assert entries(told.number, "sharing.revoked").filter(organisation="police").exists()
    with pytest.raises(Refused, match="already been taken back"):
        actions.revoke(by=cast.lead, disclosure=told, why="Again")


def test_the_recipient_says_what_became_of_every_copy(cast):
    notice = Notice.objects.get(pk=build.opened_notice(cast)["key"])
    actions.say_destroyed(by=cast.sergeant, notice=notice, how="Shredded")
    with pytest.raises(Refused, match="nothing is waiting"):
        actions.say_destroyed(by=cast.sergeant, notice=notice, how="Shredded")
    notice.refresh_from_db()
    assert notice.destroyed_by.username == "sergeant"


# ── Looking again ──


def test_an_emergency_crosses_at_once_and_a_second_person_looks_within_a_day(cast):
    told = build.emergency(cast.worker)
    review = told.review
    assert review.review_by - told.given_at == timedelta(hours=24)
    done = actions.review(by=cast.charity_information, review=review, verdict="right", words="I rang the doctor")
    assert done.reviewed_by.username == "charity.information"
    told.refresh_from_db()
    assert told.revoked_at is None
    with pytest.raises(Refused, match="already looked"):
        actions.review(by=cast.charity_information, review=review, verdict="right", words="Again")


def test_whoever_told_never_judges_it_themselves(cast):
    told = build.emergency(cast.charity_information)
    with pytest.raises(Refused, match="somebody else must look"):
        actions.review(by=cast.charity_information, review=told.review, verdict="right", words="It was right")
    assert EmergencyReview.objects.get().reviewed_at is None


def test_judged_wrong_it_is_taken_back_and_they_are_told(cast):
    told = build.emergency(cast.worker)
    actions.review(by=cast.charity_information, review=told.review, verdict="wrong", words="They had no part in it")
    told.refresh_from_db()
    assert told.revoked_at
    assert Notice.objects.get(owner="housing", news="revoked").number == told.number


def test_an_emergency_without_a_risk_is_none(cast):
    with pytest.raises(Refused, match="what may happen"):
        actions.tell_in_an_emergency(
            by=cast.worker, words=build.words(cast.worker, "housing"), gateway="vital", reason="r", risk=" "
        )


def test_still_needed_sets_another_day_within_a_year(cast):
    told = build.told(cast.lead)
    kept = actions.look_again(by=cast.lead, disclosure=told, review_on=date(2022, 9, 1))
    assert kept.review_on == date(2022, 9, 1)
    with pytest.raises(Refused, match="within a year"):
        actions.look_again(by=cast.lead, disclosure=told, review_on=date(2024, 9, 1))
    actions.revoke(by=cast.lead, disclosure=told, why="Settled")
    with pytest.raises(Refused, match="no longer read this"):
        actions.look_again(by=cast.lead, disclosure=told, review_on=date(2022, 9, 1))


# ── Putting right ──


def test_everybody_who_was_told_the_same_wrong_words_is_told_and_reads_the_right_ones(cast):
    person = people.person(cast.lead)
    wrong = build.said("address", "3 Duke Street", "fact")
    first = build.told(cast.lead, "police", wrong, person=person)
    second = build.told(cast.lead, "police", wrong, person=person)
    other = build.told(cast.lead, "police", build.said("address", "9 Mill Lane", "fact"), person=person)
    ended = build.told(cast.lead, "police", wrong, person=person)
    actions.revoke(by=cast.lead, disclosure=ended, why="Not needed")
    made = actions.correct(
        by=cast.lead, disclosure=first, field="address", words="5 Duke Street", said_as="fact", why="He told us"
    )
    assert {each.disclosure_id for each in made} == {first.pk, second.pk, ended.pk}
    readable = {
        each["words"] for told in queries.told_us(cast.sergeant) for each in told.told if each["field"] == "address"
    }
    assert readable == {"5 Duke Street", "9 Mill Lane"}
    told_wrong = set(Notice.objects.filter(owner="police", news="wrong").values_list("number", flat=True))
    assert told_wrong == {first.number, second.number, ended.number}
    assert not any("Duke" in each.words for each in Notice.objects.all())
    other.refresh_from_db()
    assert other.revoked_at is None


def test_a_correction_reaches_its_recipient_once(cast):
    person = people.person(cast.lead)
    wrong = build.said("address", "3 Duke Street", "fact")
    first = build.told(cast.lead, "police", wrong, person=person)
    right = {"field": "address", "words": "5 Duke Street", "said_as": "fact", "why": "He told us"}
    actions.correct(by=cast.lead, disclosure=first, **right)
    again = build.told(cast.lead, "police", wrong, person=person)
    actions.correct(by=cast.lead, disclosure=again, **right)
    assert Notice.objects.filter(number=first.number, news="wrong").count() == 1


def test_of_nobody_on_the_records_only_the_one_telling_is_put_right(cast):
    told = actions.tell(by=cast.lead, words=build.words(cast.lead, "police"), agreement="danger-told")
    (made,) = actions.correct(
        by=cast.lead, disclosure=told, field="danger", words="He is safe now", said_as="fact", why="We saw him"
    )
    assert made.in_place.in_place_of == told.number
    with pytest.raises(Refused, match="the same as before"):
        actions.correct(
            by=cast.lead, disclosure=made.in_place, field="danger", words="He is safe now", said_as="fact", why="x"
        )


def test_told_of_the_wrong_person_its_recipient_is_told_that(cast):
    told = Disclosure.objects.get(pk=build.opened_parted(cast)["key"])
    actions.tell_parted(by=cast.charity_information, disclosure=told)
    assert Correction.objects.get().because == "person"
    assert not queries.told_us(cast.sergeant).exists()
    actions.tell_parted(by=cast.charity_information, disclosure=told)
    assert Notice.objects.filter(news="somebody_else").count() == 2


# ── The matching role ──


def test_asking_searches_nothing_and_the_safeguarding_lead_is_told_whom_to_ring(cast):
    person = people.person(cast.sergeant)
    asked = build.question(cast.worker)
    actions.confirm(by=cast.police_matching, question=asked, person=person)
    pointer = queries.pointers(cast.charity_information).get()
    assert pointer.words.startswith("Speak to the duty detective sergeant")
    assert not queries.pointers(cast.worker).exists()
    assert not queries.pointers(cast.lead).exists()
    both = entries(asked.number, "sharing.pointed")
    assert {(each.organisation, each.kind) for each in both} == {("police", "combination"), ("charity", "combination")}


def test_nothing_to_say_leaves_no_trace_with_whoever_asked(cast):
    asked = build.question(cast.worker)
    before = Entry.objects.filter(organisation="charity").count()
    actions.answer_nothing(by=cast.police_matching, question=asked)
    assert not Pointer.objects.exists()
    assert Entry.objects.filter(organisation="charity").count() == before
    assert MatchAnswer.objects.get().owner_id == "police"
    with pytest.raises(Refused, match="already dealt"):
        actions.answer_nothing(by=cast.police_matching, question=asked)


def test_police_are_never_told_that_somebody_is_supported(cast):
    """No agreement lets the charity say so: the only answer there can be is nothing."""
    person = people.person(cast.worker)
    asked = build.question(cast.officer, "charity")
    with pytest.raises(Refused, match="answer that there is nothing to say"):
        actions.confirm(by=cast.charity_matching, question=asked, person=person)
    actions.answer_nothing(by=cast.charity_matching, question=asked)
    assert not queries.pointers(cast.police_safeguarding).exists()


@pytest.fixture
def charity_may_point(monkeypatch):
    """A programme whose organisations did sign that the charity may point police to its duty lead."""
    from dataclasses import replace

    from clearlines.access import agreements

    every = agreements.all_agreements()
    paper = replace(every["whom-to-ring"], key="both-ways", sender_kinds=("charity",), recipient_kinds=("police",))
    monkeypatch.setattr(agreements, "all_agreements", lambda folder=None: every | {"both-ways": paper})


def test_even_under_an_agreement_two_people_decide_that_police_know_whom_to_ring(cast, charity_may_point):
    person = people.person(cast.worker)
    asked = build.question(cast.officer, "charity")
    actions.confirm(by=cast.charity_matching, question=asked, person=person)
    assert not Pointer.objects.exists()
    actions.let_know(by=cast.charity_information, question=asked, why="He may be killed")
    assert queries.pointers(cast.police_safeguarding).count() == 1


def test_the_safeguarding_lead_may_let_nothing_be_said(cast, charity_may_point):
    asked = build.question(cast.officer, "charity")
    actions.confirm(by=cast.charity_matching, question=asked, person=people.person(cast.worker))
    actions.let_nothing_be_said(by=cast.charity_information, question=asked, why="He does not want it")
    assert not Pointer.objects.exists()


def test_a_person_of_another_register_confirms_nothing(cast):
    asked = build.question(cast.worker)
    with pytest.raises(Refused, match="not on your own"):
        actions.confirm(by=cast.police_matching, question=asked, person=people.person(cast.worker))


@pytest.mark.parametrize("kind", ["food_club", "treatment", "health", "housing", "school"])
def test_nobody_can_ask_who_eats_or_heals_somewhere(cast, kind):
    with pytest.raises(Refused, match="nobody can ask whom a food club"):
        build.question(cast.officer, kind)


def test_pressing_ask_twice_asks_once(cast):
    import uuid

    whole = {"to": build.to("police"), "name": "Robin", "why": "A visit", "new_id": uuid.uuid4()}
    assert actions.ask(by=cast.worker, **whole) == actions.ask(by=cast.worker, **whole)


# ── Requests for information about a victim ──


def test_a_request_is_answered_with_the_least_and_both_ends_know(cast):
    asked = build.request(cast.sergeant)
    build.notified(cast.lead, asked)
    words = build.words(cast.lead, "police", build.said("happened", "He was at our café until four", "fact"))
    told = actions.answer(
        by=cast.lead, request=asked, words=words, why="It clears him", is_counselling=False,
        not_counselling_why="The café's till roll",
    )  # fmt: skip
    answer = RequestAnswer.objects.get()
    assert (answer.owner_id, answer.outcome, answer.disclosure_number) == ("police", "answered", told.number)
    assert queries.told_us(cast.sergeant).get(number=told.number).told[1]["words"] == "He was at our café until four"


def test_everything_said_in_confidence_is_presumed_not_to_be_told(cast):
    asked = build.request(cast.sergeant)
    words = build.words(cast.lead, "police")
    with pytest.raises(Refused) as refused:
        actions.answer(by=cast.lead, request=asked, words=words, why="They asked")
    said = " ".join(refused.value.reasons)
    assert "tell the person in writing first" in said
    assert "they have not asked for it as such" in said
    assert "substantial probative value" in said
    assert not Disclosure.objects.exists()


def test_counselling_information_is_told_only_past_its_test(cast):
    asked = build.request(cast.sergeant, asks_counselling=True, probative="He told his worker who held the knife")
    build.notified(cast.lead, asked)
    words = build.words(cast.lead, "police", build.said("happened", "He named the man", "told"))
    told = actions.answer(
        by=cast.lead, request=asked, words=words, why="He wants it told", probative_met_why="Nobody else saw it"
    )
    assert RequestDecision.objects.get().is_counselling
    assert told.basis == "request"


def test_an_answer_goes_to_whoever_asked_and_to_nobody_else(cast):
    asked = build.request(cast.sergeant)
    build.notified(cast.lead, asked)
    with pytest.raises(Refused, match="and nobody else"):
        actions.answer(
            by=cast.lead, request=asked, words=build.words(cast.lead, "housing"), why="w", is_counselling=False,
            not_counselling_why="w",
        )  # fmt: skip


def test_refused_with_a_reason_or_neither_confirmed_nor_denied(cast):
    first, second = build.request(cast.sergeant), build.request(cast.sergeant)
    actions.refuse(by=cast.lead, request=first, words="It is not necessary", why="They have the footage")
    actions.say_nothing(by=cast.lead, request=second, why="She is not known here")
    one, two = RequestAnswer.objects.order_by("created_at", "outcome").values_list("outcome", "words")
    assert {one[0], two[0]} == {"refused", "cannot_say"}
    with pytest.raises(Refused, match="already been decided"):
        actions.say_nothing(by=cast.lead, request=first, why="Again")
    with pytest.raises(Refused, match="to give none"):
        actions.refuse(by=cast.lead, request=build.request(cast.sergeant), words="", why="w")


def test_a_parent_is_told_only_after_somebody_looked_at_whether_they_exploit_the_child(cast):
    asked = build.request(cast.sergeant)
    parent = {"told": "parent", "how": "A letter", "is_child": True, "parent": "Her father"}
    for may in ("", "yes", "not_known"):
        with pytest.raises(Refused, match="do not tell this parent"):
            actions.notify_person(by=cast.lead, request=asked, parent_may_exploit=may, **parent)
    with pytest.raises(Refused, match="what you looked at"):
        actions.notify_person(by=cast.lead, request=asked, parent_may_exploit="no", **parent)
    kept = actions.notify_person(
        by=cast.lead, request=asked, parent_may_exploit="no", parent_why="Asked her alone; school agrees", **parent
    )
    assert kept.parent_may_exploit == "no"


def test_an_adults_parent_is_never_told(cast):
    with pytest.raises(Refused, match="only of a request about a child"):
        actions.notify_person(
            by=cast.lead, request=build.request(cast.sergeant), told="parent", how="x", parent_may_exploit="no",
            parent_why="x", person=people.person(cast.lead),
        )  # fmt: skip


def test_withdrawn_its_holder_can_no_longer_read_it(cast):
    import uuid

    key = uuid.uuid4()
    asked = build.request(cast.sergeant, new_id=key)
    assert build.request(cast.sergeant, new_id=key) == asked
    actions.withdraw(by=cast.sergeant, request=asked, why="He was found")
    assert not queries.requested_of_us(cast.lead).exists()
    assert queries.notices(cast.lead).get().news == "withdrawn"
    with pytest.raises(Refused, match="already been withdrawn"):
        actions.withdraw(by=cast.sergeant, request=asked, why="Again")


def test_only_police_ask_in_this_way(cast):
    from clearlines.sharing import rules

    assert "only police ask in this way; anybody else rings the duty lead" in rules.reasons_not_to_request(
        {}, asker_kind="charity", to_kind="police"
    )
    with pytest.raises(Forbidden):
        build.request(cast.lead)
