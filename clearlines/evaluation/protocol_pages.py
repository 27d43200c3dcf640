"""A protocol on its pages: while it is written, with what could be found; and as it stands."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, QueryDict

from clearlines.access.refusals import refuse_if
from clearlines.access.scope import the_one
from clearlines.access.viewer import Viewer
from clearlines.analysis.impact import METHOD
from clearlines.evaluation import queries, reckoning, rules
from clearlines.evaluation.models import Protocol
from clearlines.evaluation.promised import ALIKE, Draft
from clearlines.evaluation.protocol_forms import COMPARED, NO_RING, ProtocolForm
from clearlines.hotspots import queries as hotspots
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.models import HotspotSet
from clearlines.web.months import called, span

METHODS = {
    METHOD: (
        "Each area’s counts before and after beside those of areas that were as hot, tested against groups of areas "
        "where nothing was done"
    )
}
# Units of the picture.
COLUMN, TALL, FOUND_OFTEN = 80, 200, 0.8


@dataclass(frozen=True)
class Bar:
    """How often a fall of this size would be found."""

    x: int
    height: int
    fall: str
    found: str
    give_or_take: str


@dataclass(frozen=True)
class PowerShown:
    bars: list[Bar]
    width: int
    often: int
    sentences: list[str]


def power_shown(power: Mapping[str, Any]) -> PowerShown | None:
    """None where it could not be reckoned."""
    if not power.get("falls"):
        return None
    bars = [
        Bar(place * COLUMN, round(found * TALL), f"{fall:.0%}", f"{found * 100:.0f}", f"{error * 100:.0f}")
        for place, (fall, found, error) in enumerate(power["falls"])
    ]
    return PowerShown(bars, len(bars) * COLUMN, TALL - round(FOUND_OFTEN * TALL), list(power["sentences"]))


@dataclass(frozen=True)
class Writing:
    """`draft` is None until what was typed makes sense; `power` until a fall could be reckoned."""

    hot: HotspotSet
    form: ProtocolForm
    replaces: Protocol | None
    draft: Draft | None = None
    cautions: tuple[str, ...] = ()
    power: PowerShown | None = None
    seen_already: str = ""

    @property
    def can_be_registered(self) -> bool:
        return self.draft is not None and not self.form.errors

    @property
    def words(self) -> dict[str, Any]:
        said = {"hot": self.hot, "draft": self.draft, "replaces": self.replaces}
        return said | {"new_id": self.form.cleaned_data["new_id"]}

    def is_ready(self, sent: QueryDict) -> bool:
        """Whether what could be found was shown, and of exactly these words."""
        if sent.get("press") != "register" or self.draft is None or self.form.errors:
            return False
        if sent.get("seen") != self.draft.digest:
            self.form.add_error(None, "Something is different now: read again what could be found, then register it.")
            return False
        return True


def writing(viewer: Viewer, asked: QueryDict, sent: QueryDict | None) -> Writing | None:
    """None when no set was named to write it for."""
    if not asked.get("set"):
        return None
    hot = the_one(hotspots.sets(viewer), _key(asked["set"]))
    before = the_one(queries.protocols(viewer), _key(asked["replaces"])) if asked.get("replaces") else None
    form = ProtocolForm(sent, viewer=viewer, hot=hot, initial=_begun(before) if before else {})
    begun = Writing(hot, form, before)
    return _reckoned(viewer, begun) if sent is not None and form.is_valid() else begun


def _key(said: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(said))
    except ValueError:
        raise Http404 from None


def _begun(before: Protocol) -> dict[str, Any]:
    """The words of the protocol that is replaced, to begin with."""
    main, *others = [Measure.from_json(each) for each in before.measures]
    controls = before.controls
    return {
        "name": before.name, "question": before.question, "basket": main.basket, "types": list(main.types),
        "others": [each.key for each in others],
        "before_first": called(before.before_first), "before_last": called(before.before_last),
        "after_first": called(before.after_first), "after_last": called(before.after_last),
        "how": controls["how"], "areas": "\n".join(controls["areas"]), "level": str(before.level),
        "ring_how": "named" if controls["ring"] else NO_RING, "ring": "\n".join(controls["ring"]),
        "smallest": round(before.smallest_effect * 100),
    }  # fmt: skip


def _reckoned(viewer: Viewer, begun: Writing) -> Writing:
    draft = begun.form.draft()
    known = reckoning.known(viewer, begun.hot, draft)
    with begun.form.refusals():
        refuse_if(rules.reasons_not_to_register(draft, known))
    return replace(
        begun,
        draft=draft,
        cautions=tuple(rules.cautions_of_protocol(draft, known)),
        power=power_shown(known.power),
        seen_already=seen_in_words(rules.seen_already(draft, known.loaded)),
    )


def seen_in_words(months: Sequence[str]) -> str:
    """What it means that months of the period after could be counted before the protocol was written."""
    if not months:
        return ""
    return (
        f"Written down after its data: incidents of {span(months[0], months[-1])} could already be counted. What it "
        "finds is a first idea, to be asked again of months that nobody has seen. It is not a test."
    )


@dataclass(frozen=True)
class Shown:
    """One protocol as its page shows it."""

    outcome: str
    others: list[str]
    before: str
    after: str
    compared: str
    compared_areas: list[str]
    ring: list[str]
    smallest: str
    level: str
    cautions: list[str]
    power: PowerShown | None
    seen_already: str
    baseline: int
    method: str


def shown(viewer: Viewer, protocol: Protocol) -> Shown:
    controls = protocol.controls
    is_named = controls["areas"] or controls["ring"]
    names = hotspots.area_names(viewer, protocol.hotspots.kind) if is_named else {}
    main, *others = [hotspots.in_words(Measure.from_json(each)) for each in protocol.measures]
    return Shown(
        outcome=main,
        others=others,
        before=span(protocol.before_first, protocol.before_last),
        after=span(protocol.after_first, protocol.after_last),
        compared=COMPARED[ALIKE] if controls["how"] == ALIKE else "Areas that were named",
        compared_areas=[names.get(code, code) for code in controls["areas"]],
        ring=[names.get(code, code) for code in controls["ring"]],
        smallest=f"{protocol.smallest_effect:.0%}",
        level=f"{protocol.level:.0%}",
        cautions=protocol.power["cautions"],
        power=power_shown(protocol.power),
        seen_already=seen_in_words(protocol.seen_already),
        baseline=protocol.power["baseline"],
        method=METHODS.get(protocol.method, ""),
    )
