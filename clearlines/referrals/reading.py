"""A letter as somebody reads it: which words are shown, and when a child may be at risk."""

from dataclasses import dataclass

from clearlines.access.agreements import all_agreements
from clearlines.referrals.ages import may_be_a_child
from clearlines.referrals.models import Children, Letter
from clearlines.referrals.rules import FIELDS

LABELS = {
    "name": "Name",
    "age": "Age",
    "phone": "Telephone",
    "safe_contact": "How to reach them safely",
    "area": "Area",
    "address": "Address",
    "why": "Why",
    "urgency": "How soon",
    "children_at_home": "Children at home",
    "knows": "Do they know?",
    "go_with_care": "Going there",
    "release_on": "Release date",
}


@dataclass(frozen=True)
class Line:
    label: str
    words: str


def lines_of(letter: Letter) -> list[Line]:
    """Everything that crosses, field by field, in the order it is read; empty fields are left out."""
    return [Line(LABELS[name], words) for name in FIELDS if (words := _words(letter, name))]


def has_a_child_at_risk(letter: Letter) -> bool:
    return may_be_a_child(letter.age) or letter.children_at_home == Children.WORRIED


def agreement_of(letter: Letter) -> str:
    """The title of the agreement it came under, for as long as the programme folder keeps it."""
    agreement = all_agreements().get(letter.agreement)
    return agreement.title if agreement else letter.agreement


def _words(letter: Letter, name: str) -> str:
    if name == "release_on":
        return f"{letter.release_on:%-d %B %Y}" if letter.release_on else ""
    shown = getattr(letter, f"get_{name}_display", None)
    return str(shown() if shown else getattr(letter, name))
