import pytest

from clearlines.access.refusals import Refused
from clearlines.referrals import queries
from clearlines.referrals.models import Received, Sent
from clearlines.referrals.tests import build

pytestmark = pytest.mark.django_db


def test_a_letter_is_two_rows_joined_by_its_number_alone(cast):
    sent = build.sent(cast.sergeant)
    received = Received.objects.get(letter_number=sent.letter_number)
    assert (sent.owner_id, received.owner_id) == ("police", "charity")
    assert received.why == sent.why
    assert received.created_by is None
    assert sent.progress == "Received"


def test_an_expired_agreement_is_refused_by_name_and_nothing_is_sent(cast):
    from datetime import UTC, datetime

    late = cast.viewer("surgery", datetime(2023, 2, 1, 12, tzinfo=UTC))
    with pytest.raises(Refused, match="'Health services to the recovery charity' ended on 31 January 2023"):
        build.sent(late)
    assert not Sent.objects.exists() and not Received.objects.exists()


def test_accepting_makes_the_charitys_own_person(cast):
    letter = build.accepted(cast.sergeant, cast.worker)
    assert letter.person.owner_id == "charity"
    assert letter.person.name == "Robin Ferris"
    assert queries.sent(cast.sergeant).get().progress == "A worker has been named"
