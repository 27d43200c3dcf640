"""Cases change hands when a colleague leaves."""

import pytest

from clearlines.access.models import Tie
from clearlines.access.refusals import Forbidden
from clearlines.care import actions
from clearlines.care.tests import build
from clearlines.ledger.models import Entry


def test_open_cases_go_to_a_colleague_and_closed_ones_stay_under_the_name_of_whoever_kept_them(cast):
    mine, closed = build.case(cast.worker), build.case(cast.worker)
    actions.close(by=cast.worker, case=closed, seen=closed.version, reason="moved")
    handed = actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account("peer"))
    assert handed == [mine]
    mine.refresh_from_db()
    closed.refresh_from_db()
    assert (mine.worker, closed.worker) == (cast.account("peer"), cast.account("worker"))
    assert mine.version == 2
    assert Entry.objects.get(event="care.handed_on").actor == "lead"


def test_nobody_is_handed_somebody_they_are_kept_away_from_nor_work_their_role_does_not_do(cast):
    case = build.case(cast.worker)
    Tie.objects.create(
        account=cast.account("peer"), kind=Tie.Kind.KEPT_AWAY, noun="people.Person", row=case.person_id,
        from_at=cast.lead.now,
    )  # fmt: skip
    for to in ("peer", "volunteer", "sergeant"):
        assert actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account(to)) == [], to


def test_only_named_rows_go_where_some_are_named(cast):
    one, other = build.case(cast.worker), build.case(cast.worker)
    handed = actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account("peer"), only=[one.pk])
    assert handed == [one]
    other.refresh_from_db()
    assert other.worker == cast.account("worker")


@pytest.mark.parametrize("member", ["worker", "volunteer", "administrator", "charity.information", "nobody"])
def test_only_whoever_looks_after_staff_hands_work_on(cast, member):
    with pytest.raises(Forbidden):
        actions.hand_on(by=cast.viewer(member), from_=cast.account("worker"), to=cast.account("peer"))
