"""Look again: at what was told in an emergency, within a day; at anything told, on the day set for it."""

from datetime import date

from clearlines.access.acts import action, locked
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.sharing import rules
from clearlines.sharing.ends import notify, record_both
from clearlines.sharing.models import Disclosure, EmergencyReview, Notice
from clearlines.sharing.protocol import protocol
from clearlines.sharing.writing import end

WRONGLY_TOLD = "It was told in an emergency, and a second person found that it should not have been"


@action(may=P.REVIEW_DISCLOSURES)
def review(*, by: Viewer, review: EmergencyReview, verdict: str, words: str) -> EmergencyReview:
    """A second person's verdict. Wrong takes it back at once, and its recipient is told."""
    found = locked(EmergencyReview.objects.filter(owner=by.organisation_key), review)
    told = locked(Disclosure.objects.filter(owner=by.organisation_key), found.disclosure)
    refuse_if(
        rules.reasons_not_to_review(
            reviewed=bool(found.reviewed_at), giver=told.decided_by, reviewer=by.account, verdict=verdict,
            words=words,
        )
    )  # fmt: skip
    found.reviewed_at, found.reviewed_by = by.now, by.account
    found.verdict, found.words = verdict, words
    found.version += 1
    found.save()
    ledger.record("sharing.reviewed", kind=Kind.ALTERATION, by=by, about=[found, told], note=verdict)
    if verdict == EmergencyReview.Verdict.WRONG and told.revoked_at is None:
        end(told, by=by, why=WRONGLY_TOLD)
        notify(told, Notice.News.REVOKED, by=by, words=WRONGLY_TOLD)
        record_both("sharing.revoked", by=by, to=told.to_id, number=told.number, about=[told])
    return found


@action(may=P.DECIDE_DISCLOSURES)
def look_again(*, by: Viewer, disclosure: Disclosure, review_on: date, seen: int | None = None) -> Disclosure:
    """It is still needed: look again on another day."""
    told = locked(Disclosure.objects.filter(owner=by.organisation_key), disclosure, seen=seen)
    refuse_if(
        rules.reasons_not_to_look_again(
            is_live=told.is_live_on(by.today), review_on=review_on, longest_days=protocol().longest_review_days,
            today=by.today,
        )
    )  # fmt: skip
    told.review_on = review_on
    told.version += 1
    told.save()
    ledger.record("sharing.looked_again", kind=Kind.ALTERATION, by=by, about=[told])
    return told
