"""The components of every page. Each is described, with an example, in clearlines/web/README.md."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

register = template.Library()

# Each kind has its own shape as well as its own colour, so that it reads in grey and in print.
SHAPES = {
    "plain": "M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm0 2a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
    "going": "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z",
    "wait": "M6 0l6 6-6 6-6-6zM6 2.8v6.4L9.2 6z",
    "alarm": "M6 .5l6 11H0z",
    "ended": "M1 1h10v10H1zm2 2v6h6V3z",
}


@register.inclusion_tag("web/parts/status.html")
def status(word: str, kind: str = "plain") -> dict[str, Any]:
    """A state as a shape and a word. Kinds: going, wait, alarm, ended, plain."""
    return {"word": word, "kind": kind if kind in SHAPES else "plain", "shape": SHAPES.get(kind, SHAPES["plain"])}


@register.inclusion_tag("web/parts/summary_row.html")
def summary_row(
    key: str, value: Any, change: str = "", missing: str = "Not recorded", *, typed: bool = False
) -> dict[str, Any]:
    """One row of a govuk-summary-list. `typed` keeps a person's own line breaks and direction."""
    return {"key": key, "value": value, "change": change, "missing": missing, "typed": typed}


@register.inclusion_tag("web/parts/record_head.html")
def record_head(
    name: str, reference: str = "", marking: str = "", safe_contact: str = "", record: Model | None = None
) -> dict[str, Any]:
    """The page's h1 and what must be seen beside it. On a phone it never scrolls away.

    `record` is the row that the page is about: it is what "Why can I see this?" is asked of.
    """
    why = reverse("why", args=[record._meta.label, record.pk]) if record is not None else ""
    return {"name": name, "reference": reference, "marking": marking, "safe_contact": safe_contact, "why": why}


@register.simple_tag
def why_link(record: Model) -> str:
    """The question on every record that has no record_head of its own."""
    address = reverse("why", args=[record._meta.label, record.pk])
    return format_html('<a class="govuk-link" href="{}">Why can I see this?</a>', address)


@register.inclusion_tag("web/parts/empty.html")
def empty_state(title: str, teaches: str = "", href: str = "", label: str = "") -> dict[str, Any]:
    """What to show where a list would be: why it is empty, and the next thing to do."""
    return {"title": title, "teaches": teaches, "href": href, "label": label}


@register.inclusion_tag("web/parts/action_button.html")
def action_button(
    label: str, reasons: Iterable[str] = (), href: str = "", kind: str = "", name: str = "", value: str = ""
) -> dict[str, Any]:
    """A button, or the same button disabled with every reason why not. Kinds: "", secondary, warning."""
    why_not = [f"{reason[0].upper()}{reason[1:]}." for reason in reasons or ()]
    return {"label": label, "why_not": why_not, "href": href, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("web/parts/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest or oldest first as given. Each has `when`, `what`, and perhaps `who`, `said`, `href`."""
    return {"items": list(items)}


@register.inclusion_tag("web/parts/back.html")
def back_link(href: str, label: str = "Back") -> dict[str, Any]:
    return {"href": href, "label": label}


@register.filter
def of(count: Any, base: Any) -> str:
    """`9 of 14`: no number without what it is out of."""
    return format_html('<span class="app-together app-number">{} of {}</span>', thousands(count), thousands(base))


@register.filter
def thousands(count: Any) -> str:
    """12,345."""
    return f"{count:,}" if isinstance(count, int | float) else str(count)


@register.filter
def written(day: date | datetime | None, missing: str = "not known") -> str:
    """3 May 2023."""
    if not isinstance(day, date):
        return missing
    return date_format(timezone.localtime(day) if isinstance(day, datetime) else day, "j F Y")


@register.filter(name="clock")
def by_the_clock(moment: datetime | time | None, missing: str = "not known") -> str:
    """14:02."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).time()
    return moment.strftime("%H:%M") if moment else missing


@register.filter
def moment(when: date | datetime | None, missing: str = "not known") -> str:
    """3 May 2023, 14:02; or the day alone where no time was kept."""
    return f"{written(when)}, {by_the_clock(when)}" if isinstance(when, datetime) else written(when, missing)
