"""An unfinished screening changes hands when a colleague leaves; a finished one never does."""

from clearlines.screening import actions
from clearlines.screening.tests import build


def test_what_is_begun_goes_to_a_colleague_who_finishes_it_and_what_is_done_stays(cast):
    begun, done = build.begun(cast.worker), build.completed(cast.worker)
    handed = actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account("peer"))
    assert [each.pk for each in handed] == [begun.pk]
    done.refresh_from_db()
    assert (done.created_by, done.set_by) == (cast.account("worker"), cast.account("worker"))
    assert not actions.hand_on(by=cast.lead, from_=cast.account("peer"), to=cast.account("volunteer"))
