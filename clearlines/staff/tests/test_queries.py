from datetime import timedelta

import pytest
from django.http import Http404

from clearlines.access import actions as access
from clearlines.staff import actions, queries
from clearlines.staff.models import HandOver
from clearlines.staff.tests import build
from tests.cast import NOON, TODAY


def test_a_manager_sees_their_own_colleagues_and_nobody_elses(cast):
    names = set(queries.team(cast.lead).values_list("username", flat=True))
    assert {"lead", "worker", "peer", "volunteer", "charity.information"} <= names
    assert "supported" not in names, "somebody the charity stands beside is nobody's colleague"
    assert not names & set(queries.team(cast.sergeant).values_list("username", flat=True))
    with pytest.raises(Http404):
        queries.colleague(cast.sergeant, cast.account("worker").pk)
    for member in ("worker", "administrator", "charity.information", "nobody"):
        assert not queries.team(cast.viewer(member)).exists(), member


def test_what_runs_out_is_due_on_its_last_day(cast):
    build.answers_to(cast, "worker", "peer", vetted_until=TODAY + timedelta(9), trained_until=TODAY)
    found = queries.due(cast.lead, NOON)
    assert [(each.when, each.words) for each in found] == [
        (TODAY, "Training of Amy Postle runs out tonight"),
        (TODAY + timedelta(9), "Vetting of Amy Postle runs out in 9 days"),
    ]
    assert queries.due(cast.sergeant, NOON) == queries.due(cast.worker, NOON) == []


def test_a_notice_is_due_until_it_is_seen_to(cast):
    actions.lost_phone(by=cast.administrator, account=cast.account("worker"), why="Rang back")
    assert "speak to Amy Postle" in queries.due(cast.lead, NOON)[0].words
    actions.seen_to(by=cast.lead, notice=queries.notices(cast.lead).get())
    assert queries.due(cast.lead, NOON) == []


def test_what_was_handed_on_is_named_to_its_receiver_and_to_the_manager(cast):
    case = build.case_of(cast)
    build.answers_to(cast, "worker", "peer")
    done = actions.hand_over(by=cast.lead, account=cast.account("worker"), why=HandOver.Why.MOVED)
    for found in (queries.handed_to(cast.viewer("peer")), queries.handed_on(cast.lead, done)):
        assert [(each.what, each.words) for each in found] == [("Case", case.person.name)]
    assert queries.handed_to(cast.worker) == queries.handed_to(cast.lead) == []
    assert queries.handed_on(cast.sergeant, done) == []


def test_a_manager_kept_away_from_somebody_is_shown_no_gap_where_they_stand(cast):
    case, other = build.case_of(cast), build.case_of(cast)
    build.answers_to(cast, "worker", "peer")
    done = actions.hand_over(by=cast.lead, account=cast.account("worker"), why=HandOver.Why.MOVED)
    build.keep_away(cast.account("lead"), case.person, at=NOON)
    assert [each.row for each in queries.handed_on(cast.lead, done)] == [other]


def test_roles_that_may_be_given_are_those_of_this_kind_of_organisation(cast):
    offered = {
        role.key for role in queries.roles_to_give(cast.lead, queries.colleague(cast.lead, cast.account("worker").pk))
    }
    assert {"project_lead", "volunteer", "safeguarding_lead", "information_manager"} <= offered
    assert not offered & {"recovery_worker", "supported_person", "manager", "analyst", "administrator"}


def test_the_administrator_lists_every_account_and_reads_no_supported_persons_name(cast, as_):
    assert queries.accounts(cast.administrator).count() == len(cast.accounts)
    assert not queries.accounts(cast.lead).exists()
    page = as_("administrator").get("/staff/accounts/").content.decode()
    assert "supported" in page
    assert "Kit Example" not in page


def test_duties_to_come_are_listed_and_those_over_are_not(cast):
    worker = cast.account("worker")
    access.put_on_duty(by=cast.lead, account=worker, from_at=NOON, until_at=NOON + timedelta(hours=1))
    later = cast.viewer("lead", NOON + timedelta(hours=2))
    assert len(queries.duties(cast.lead, queries.colleague(cast.lead, worker.pk))) == 1
    assert queries.duties(later, queries.colleague(later, worker.pk)) == []


def test_what_runs_out_is_on_the_leads_day_and_on_no_workers(cast):
    from clearlines.desk.charity.queries import day

    build.answers_to(cast, "worker", "peer", vetted_until=TODAY)
    assert "Vetting of Amy Postle runs out tonight" in [each.words for each in day(cast.lead).due["Today"]]
    assert not [each for each in day(cast.worker).due["Today"] if each.kind == "Clearance"]
