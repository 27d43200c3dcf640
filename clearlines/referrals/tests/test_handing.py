"""Unfinished letters change hands when a colleague leaves."""

from clearlines.referrals import actions
from clearlines.referrals.models import SentNews
from clearlines.referrals.tests import build


def test_unfinished_letters_go_to_a_colleague_and_the_sender_is_told_nothing(cast):
    waiting = build.acknowledged(cast.food_club, cast.worker)
    declined = build.acknowledged(cast.probation, cast.worker)
    actions.decline(by=cast.worker, received=declined, because="out_of_area", why="They live in Kent")
    told = SentNews.objects.count()
    handed = actions.hand_on(by=cast.lead, from_=cast.account("worker"), to=cast.account("peer"))
    assert [each.pk for each in handed] == [waiting.pk]
    declined.refresh_from_db()
    assert declined.worker == cast.account("worker")
    assert SentNews.objects.count() == told


def test_no_other_organisation_is_handed_a_letter(cast):
    build.acknowledged(cast.food_club, cast.worker)
    assert actions.hand_on(by=cast.sergeant, from_=cast.account("worker"), to=cast.account("officer")) == []
