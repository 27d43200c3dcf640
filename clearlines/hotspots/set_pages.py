"""The page on which a set is chosen, as one thing: what was asked, what would be in, and whether it may be fixed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.hotspots import counts, queries, rules, set_maps, sets
from clearlines.hotspots.choosing import HOTTEST, KINDS, NAMED, Area, Found, Rings, Wanted
from clearlines.hotspots.counts import LSOA, Asked
from clearlines.hotspots.forms import KINDS as CALLED
from clearlines.hotspots.measures import VICTIMS, Measure
from clearlines.hotspots.models import HotspotSet
from clearlines.hotspots.set_forms import WAYS, AskForm, FixForm
from clearlines.web.months import latest_run, span

USUAL_MONTHS = 4
USUAL = {
    "how": HOTTEST, "kind": LSOA, "basket": VICTIMS, "district": "", "top": "10", "first": "", "last": "",
}  # fmt: skip


@dataclass(frozen=True)
class Making:
    """`found` is None until something was asked that makes sense; `offered` are areas to tick, where they are named."""

    how: str
    ask: AskForm
    fix: FixForm
    wanted: Wanted | None = None
    found: Found | None = None
    cautions: tuple[str, ...] = ()
    picture: set_maps.Picture | None = None
    offered: tuple[Area, ...] = ()
    ticked: tuple[str, ...] = ()
    can_be_fixed: bool = False

    @property
    def ways(self) -> dict[str, str]:
        return WAYS

    def is_ready(self, pressed: str | None) -> bool:
        """Whether the areas were shown, and are those that would now be fixed."""
        if pressed != "fix" or not self.can_be_fixed:
            return False
        for sentence in [each for errors in self.fix.errors.values() for each in errors]:
            self.ask.add_error(None, sentence)
        if self.fix.cleaned_data.get("seen") != self.seen:
            self.ask.add_error(None, "These are not the areas you were shown: look at them, then fix them.")
        return not self.ask.errors

    @property
    def seen(self) -> str:
        said = [f"{each.code} {each.count}" for each in self.found.areas] if self.found else []
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.fix.cleaned_data[name] for name in ("name", "why", "new_id")}


def making(viewer: Viewer, asked: QueryDict, sent: QueryDict | None) -> Making | None:
    """None when no month is loaded."""
    typed = sent if sent is not None else _begun(asked)
    on = sets.ground(viewer, str(typed.get("kind")))
    if not on.standing.months:
        return None
    if sent is None:
        _months_begun(typed, on.standing.months)
    how = str(typed.get("how")) if typed.get("how") in WAYS else HOTTEST
    # Nothing has been named or drawn when the page is opened, and that is no mistake.
    is_asked = sent is not None or how == HOTTEST
    ask = AskForm(typed if is_asked else None, initial=typed.dict(), how=how, **_offers(on))
    is_pressed = sent is not None and sent.get("press") == "fix"
    fix = FixForm(
        sent if is_pressed else None, initial={name: typed[name] for name in ("name", "why") if name in typed}
    )
    begun = Making(
        how,
        ask,
        fix,
        picture=_to_draw_on(on, how, typed),
        offered=_to_tick(on, how, typed),
        ticked=tuple(typed.getlist("codes")),
    )
    return _looked_up(on, begun) if is_asked and ask.is_valid() else begun


def _looked_up(on: sets.Ground, begun: Making) -> Making:
    wanted = begun.ask.wanted(list(begun.ticked))
    found = sets.found(on, wanted)
    with begun.ask.refusals():
        refuse_if(rules.reasons_not_to_fix(wanted, found))
    codes = frozenset(found.codes)
    return replace(
        begun,
        wanted=wanted,
        found=found,
        can_be_fixed=not begun.ask.errors,
        cautions=tuple(rules.cautions_of_set(wanted, found)),
        picture=set_maps.picture(on.drawn, codes, line=wanted.shape),
    )


def _to_draw_on(on: sets.Ground, how: str, typed: QueryDict) -> set_maps.Picture | None:
    """A map without a set on it, of the district that was chosen."""
    everything = _everything(typed)
    if how == HOTTEST or everything is None:
        return None
    return set_maps.picture(on.drawn, (), among=[each.code for each in sets.among(on, everything)])


def _to_tick(on: sets.Ground, how: str, typed: QueryDict) -> tuple[Area, ...]:
    everything = _everything(typed)
    return tuple(sets.among(on, everything)) if how == NAMED and everything else ()


def _everything(typed: QueryDict) -> Wanted | None:
    """Every area of the kind and district that was chosen, whatever was recorded there."""
    kind, district = str(typed.get("kind")), str(typed.get("district") or "")
    return Wanted(NAMED, kind, Measure(VICTIMS), district=district) if kind in KINDS else None


def _begun(asked: QueryDict) -> QueryDict:
    """What the page begins with: what the page of counts was showing, and the usual for the rest."""
    typed = QueryDict(mutable=True)
    for name, usual in USUAL.items():
        typed[name] = asked.get(name) or usual
    typed.setlist("types", asked.getlist("types"))
    return typed


def _months_begun(typed: QueryDict, months: Sequence[str]) -> None:
    """The newest months, where counts have to be looked at and none were named."""
    if typed["how"] == HOTTEST and not (typed["first"] and typed["last"]):
        typed["first"], typed["last"] = latest_run(months, USUAL_MONTHS)


def _offers(on: sets.Ground) -> dict[str, Any]:
    kinds = [LSOA, *(each for each in queries.kinds_drawn(on.viewer) if each != LSOA)]
    # A cell is offered only to whoever comes from a page of cells, and is told why not.
    kinds += [on.kind] if on.kind == counts.CELL else []
    newest = on.standing.months[-1]
    districts = counts.districts(Asked(on.standing.paths(newest, newest), LSOA))
    return {
        "months": on.standing.months, "kinds": kinds, "districts": districts, "baskets": queries.baskets(on.viewer),
    }  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One set as its page shows it."""

    rows: list[Area]
    by_what: str
    months: str
    kind: str
    picture: set_maps.Picture | None

    @property
    def total(self) -> int:
        return sum(each.count or 0 for each in self.rows)


def shown(viewer: Viewer, fixed: HotspotSet) -> Shown:
    line: Rings = tuple(tuple((x, y) for x, y in ring) for ring in fixed.shape or ())
    first, last = fixed.chosen_first, fixed.chosen_last
    months = span(first, last) if first else ""
    return Shown(
        rows=[Area(*each) for each in fixed.areas],
        by_what=queries.in_words(Measure.from_json(fixed.measure)),
        months=months,
        kind=CALLED[fixed.kind],
        picture=set_maps.picture(queries.boundaries(viewer, fixed.kind), frozenset(fixed.codes), line=line),
    )
