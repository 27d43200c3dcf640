"""Record what was done, decide how far it reached, add what it rested on and who took part, and take back a mistake."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet

from clearlines.access.acts import action, already, locked, made_by
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.disruptions import kinds, queries, rules
from clearlines.disruptions.agencies import agreed
from clearlines.disruptions.models import Contribution, Disruption, DoneTo, Moderation, Order, Seizure
from clearlines.disruptions.rules import Act, Granted, Part
from clearlines.disruptions.states import ANOTHER_ACT, Complied, same_as
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import actions as lines
from clearlines.lines.models import Line
from clearlines.lines.states import Status

NOTHING = DoneTo()


@action(may=P.RECORD_DISRUPTIONS)
def record(
    *, by: Viewer, act: Act, to: DoneTo = NOTHING, decided: str = "", line_disrupted_from: date | None = None,
    new_id: uuid.UUID | None = None,
) -> Disruption:  # fmt: skip
    """One act, once. Where it may be there already somebody has `decided`; `same_act` adds only who else saw it."""
    if made := _recorded_before(by, new_id):
        ledger.record("disruptions.recorded_again", kind=Kind.COLLECTION, by=by, about=[made])
        return made
    _refuse_what_cannot_be_recorded(by, act, to, line_disrupted_from)
    # Held so that two people who record at once get two references, and see each other's act.
    Organisation.objects.select_for_update().get(pk=by.organisation_key)
    refuse_if(rules.reasons_not_to_take_in(
        reference=act.elsewhere_reference, agency=agreed().name_of(act.lead_agency),
        is_known=_is_taken_in(by, act.lead_agency, act.elsewhere_reference)))  # fmt: skip
    alike = queries.alike(by, to, p=act.p, on=act.happened_on)
    refuse_if(rules.reasons_not_to_count_twice(act=act, alike=[each.reference for each in alike], decided=decided))
    if first := _the_same(alike, decided):
        return _seen_by_another(by, first, act.lead_agency, act.happened_on, act.elsewhere_reference, new_id)
    made = _made(by, act, to, new_id)
    if line_disrupted_from is not None and to.line is not None:
        _disrupt_the_line(by, made, to.line, line_disrupted_from)
    return made


def _recorded_before(by: Viewer, new_id: uuid.UUID | None) -> Disruption | None:
    """The row of an earlier press: a disruption, or a colleague's with one's own agency beside it."""
    beside = already(Contribution.objects.select_related("disruption"), new_id, by=by)
    return beside.disruption if beside else already(Disruption.objects.all(), new_id, by=by)


def _refuse_what_cannot_be_recorded(by: Viewer, act: Act, to: DoneTo, disrupted: date | None) -> None:
    tactic, given = queries.tactic_of(act.tactic), list(to.named.values())
    refuse_if(rules.reasons_not_to_record(
        act, about=bool(given) or bool(act.about_words.strip()), today=by.today,
        same_owner=all(row.owner_id == by.organisation_key for row in given),
        may_harm=tactic.may_harm_victims if tactic else None, lead_kind=agreed().kind_of(act.lead_agency)))  # fmt: skip
    if disrupted is not None:
        refuse_if(rules.reasons_not_to_disrupt_line(
            on=disrupted, happened_on=act.happened_on, has_line=to.line is not None))  # fmt: skip


def _made(by: Viewer, act: Act, to: DoneTo, new_id: uuid.UUID | None) -> Disruption:
    number = (Disruption.objects.filter(owner=by.organisation).aggregate(last=Max("number"))["last"] or 0) + 1
    made = Disruption.objects.create(
        **made_by(by, new_id), **to.named, number=number, reference=f"D-{number:04}", p=act.p,
        happened_on=act.happened_on, tactic=act.tactic, tactics_version=kinds.newest("tactics").version,
        words=act.words, about_words=act.about_words, level_proposed=act.level, why_proposed=act.why,
        evidence=act.evidence, victim_impact=act.victim_impact, lead_agency=act.lead_agency,
        elsewhere_reference=act.elsewhere_reference, exported_on=act.exported_on,
    )  # fmt: skip
    ledger.record("disruptions.recorded", kind=Kind.COLLECTION, by=by, about=[made, *made.about])
    return made


def _is_taken_in(by: Viewer, agency: str, reference: str) -> bool:
    """Whoever may see it: the same export must not come in twice because its first row is hidden."""
    if not reference:
        return False
    same: dict[str, Any] = {"owner": by.organisation, "elsewhere_reference": reference}
    led = Disruption.objects.filter(**same, lead_agency=agency, taken_back_at=None)
    return led.exists() or Contribution.objects.filter(**same, agency=agency).exists()


def _the_same(alike: list[Disruption], decided: str) -> Disruption | None:
    if not alike or decided == ANOTHER_ACT:
        return None
    return next((each for each in alike if decided == same_as(each.reference)), alike[0])


def _seen_by_another(
    by: Viewer, first: Disruption, agency: str, on: date, reference: str, new_id: uuid.UUID | None = None
) -> Disruption:
    """The act stands once; the second agency stands beside it, with the reference that it gave it."""
    name = agreed().name_of(agency)
    refuse_if(rules.reasons_not_to_join_acts(
        reference=first.reference, agency=name, leads=first.lead_agency == agency,
        took_part=Contribution.objects.filter(disruption=first, agency=agency).exists()))  # fmt: skip
    Contribution.objects.create(
        **made_by(by, new_id), disruption=first, agency=agency, agency_kind=agreed().kind_of(agency), on=on,
        kind="same_act", kinds_version=kinds.newest("contributions").version, elsewhere_reference=reference,
    )  # fmt: skip
    ledger.record("disruptions.same_act_reported", kind=Kind.COMBINATION, by=by, about=[first])
    return first


def _disrupt_the_line(by: Viewer, disruption: Disruption, line: Line, on: date) -> None:
    """The one place where an act moves its line. The reference goes down as words; the line holds no key upward."""
    lines.move(
        by=by, line=line, to=Status.DISRUPTED, on=on, reason=f"{disruption.reference}: {disruption.used.name}",
        disruption=disruption.reference,
    )  # fmt: skip


@action(may=P.MODERATE_DISRUPTIONS)
def moderate(*, by: Viewer, disruption: Disruption, level: str, reason: str) -> Moderation:
    """A second person decides how far it reached. What was proposed, and what was decided before, stays."""
    held = locked(Disruption.objects.all(), disruption)
    before = Moderation.objects.filter(disruption=held).order_by("sequence").last()
    refuse_if(rules.reasons_not_to_moderate(
        level=level, reason=reason, is_proposer=held.created_by_id == by.themselves.pk,
        taken_back=bool(held.taken_back_at), standing=before.level if before else ""))  # fmt: skip
    decided = Moderation.objects.create(
        **made_by(by), disruption=held, sequence=before.sequence + 1 if before else 1, level=level, reason=reason
    )
    ledger.record("disruptions.level_decided", kind=Kind.ALTERATION, by=by, about=[held, decided])
    return decided


@action(may=P.RECORD_DISRUPTIONS)
def add_contribution(
    *, by: Viewer, disruption: Disruption, part: Part, new_id: uuid.UUID | None = None
) -> Contribution:
    """An agency took part. It is shown as that and never counted as a disruption of its own."""
    if made := already(Contribution.objects.all(), new_id, by=by):
        ledger.record("disruptions.contribution_added_again", kind=Kind.COLLECTION, by=by, about=[disruption])
        return made
    held = locked(Disruption.objects.all(), disruption)
    listed, name = kinds.newest("contributions"), agreed().name_of(part.agency)
    kind, agency_kind = listed.entries.get(part.kind), agreed().kind_of(part.agency)
    refuse_if(rules.reasons_not_to_contribute(
        part, agency=name, agency_kind=agency_kind, for_charity=kind.for_charity if kind else None,
        leads=held.lead_agency == part.agency, names_a_person=held.person_id is not None, today=by.today,
        taken_back=bool(held.taken_back_at)))  # fmt: skip
    refuse_if(rules.reasons_not_to_take_in(
        reference=part.elsewhere_reference, agency=name,
        is_known=_is_taken_in(by, part.agency, part.elsewhere_reference)))  # fmt: skip
    made = Contribution.objects.create(
        **made_by(by, new_id), disruption=held, agency_kind=agency_kind, kinds_version=listed.version, **vars(part)
    )
    ledger.record("disruptions.contribution_added", kind=Kind.COLLECTION, by=by, about=[held])
    return made


@action(may=P.RECORD_DISRUPTIONS)
def add_order(*, by: Viewer, disruption: Disruption, granted: Granted, new_id: uuid.UUID | None = None) -> Order:
    """An order that was granted. If it names no day to comply by, the programme's own number of working days holds."""
    if made := already(Order.objects.all(), new_id, by=by):
        ledger.record("disruptions.order_added_again", kind=Kind.COLLECTION, by=by, about=[disruption])
        return made
    held, listed = locked(Disruption.objects.all(), disruption), kinds.newest("orders")
    kind = listed.entries.get(granted.kind)
    needs_day = bool(kind and kind.complied_with)
    refuse_if(rules.reasons_not_to_add_order(
        granted, is_known=kind is not None, today=by.today, needs_day=needs_day,
        taken_back=bool(held.taken_back_at)))  # fmt: skip
    said = vars(granted)
    if needs_day and granted.complies_by is None:
        said = said | {"complies_by": agreed().complies_by(granted.granted_on)}
    made = Order.objects.create(**made_by(by, new_id), disruption=held, kinds_version=listed.version, **said)
    ledger.record("disruptions.order_added", kind=Kind.COLLECTION, by=by, about=[held, made])
    return made


@action(may=P.RECORD_DISRUPTIONS)
def say_complied(
    *, by: Viewer, order: Order, answer: str, on: date | None = None, words: str = "", seen: int | None = None
) -> Order:
    """Somebody says whether an order was complied with, and on which day. A closure counts from that day."""
    held = locked(Order.objects.select_related("disruption"), order, seen=seen)
    refuse_if(rules.reasons_not_to_answer(
        answer=answer, on=on, granted_on=held.granted_on, answered=held.answer, today=by.today,
        taken_back=bool(held.disruption.taken_back_at)))  # fmt: skip
    held.answer, held.complied_on, held.answer_words = Complied(answer), on, words
    held.version += 1
    held.save(update_fields=["answer", "complied_on", "answer_words", "version"])
    ledger.record("disruptions.order_answered", kind=Kind.ALTERATION, by=by, about=[held.disruption, held])
    return held


@action(may=P.RECORD_DISRUPTIONS)
def add_seizure(
    *, by: Viewer, disruption: Disruption, kind: str, amount: Decimal, unit: str, on: date, notes: str = "",
    new_id: uuid.UUID | None = None,
) -> Seizure:  # fmt: skip
    if made := already(Seizure.objects.all(), new_id, by=by):
        ledger.record("disruptions.seizure_added_again", kind=Kind.COLLECTION, by=by, about=[disruption])
        return made
    held, listed = locked(Disruption.objects.all(), disruption), kinds.newest("seizures")
    entry = listed.entries.get(kind)
    refuse_if(rules.reasons_not_to_add_seizure(
        units=entry.units if entry else (), name=entry.name if entry else "", amount=amount, unit=unit, on=on,
        today=by.today, taken_back=bool(held.taken_back_at)))  # fmt: skip
    made = Seizure.objects.create(
        **made_by(by, new_id), disruption=held, kind=kind, kinds_version=listed.version, amount=amount, unit=unit,
        on=on, notes=notes,
    )  # fmt: skip
    ledger.record("disruptions.seizure_added", kind=Kind.COLLECTION, by=by, about=[held, made])
    return made


@action(may=P.RECORD_DISRUPTIONS)
def take_back(
    *, by: Viewer, disruption: Disruption, because: str, same_act_as: Disruption | None = None, seen: int | None = None
) -> Disruption:
    """A mistake, or an act found later to be recorded twice. It stays readable and counts nowhere."""
    held = locked(Disruption.objects.all(), disruption, seen=seen)
    refuse_if(rules.reasons_not_to_take_back(
        because=because, taken_back=bool(held.taken_back_at), is_own=held.created_by_id == by.themselves.pk,
        may_moderate=by.may(P.MODERATE_DISRUPTIONS), same_one=held == same_act_as,
        other_stands=same_act_as is None or _counts(Disruption.objects.all(), same_act_as)))  # fmt: skip
    held.taken_back_at, held.taken_back_by, held.taken_back_because = by.now, by.account, because
    held.same_act_as = same_act_as
    held.version += 1
    held.save()
    about = [held, same_act_as] if same_act_as else [held]
    ledger.record("disruptions.taken_back", kind=Kind.ALTERATION, by=by, about=about)
    if same_act_as and not _has_a_part(same_act_as, held.lead_agency):
        _seen_by_another(by, same_act_as, held.lead_agency, held.happened_on, held.elsewhere_reference)
    return held


def _counts(rows: QuerySet[Disruption], other: Disruption) -> bool:
    return rows.filter(pk=other.pk, taken_back_at=None).exists()


def _has_a_part(disruption: Disruption, agency: str) -> bool:
    beside = Contribution.objects.filter(disruption=disruption, agency=agency)
    return disruption.lead_agency == agency or beside.exists()
