from dataclasses import dataclass
from datetime import date

from clearlines.people import rules

TODAY = date(2022, 6, 14)


@dataclass
class Record:
    pk: int
    owner_id: str = "police"


def why(names=("Robin", "", ""), born_on=None) -> str:
    return "; ".join(rules.reasons_not_to_add(names=list(names), born_on=born_on, today=TODAY))


def test_one_name_of_any_kind_is_enough_and_none_is_not():
    assert not why()
    assert not why(("", "", "Robbo"))
    assert "at least one name" in why((" ", "", ""))


def test_a_date_of_birth_is_in_a_lifetime():
    assert "in the future" in why(born_on=date(2022, 6, 15))
    assert "check the year" in why(born_on=date(1899, 1, 1))
    assert not why(born_on=TODAY)


def why_not_same(one, other, reason="The same tattoo", already_said=False) -> str:
    return "; ".join(rules.reasons_not_to_say_same(one, other, reason=reason, already_said=already_said))


def test_two_records_of_one_organisation_may_be_said_to_be_the_same():
    assert not why_not_same(Record(1), Record(2))
    assert "two different records" in why_not_same(Record(1), Record(1))
    assert "two organisations" in why_not_same(Record(1), Record(2, "charity"))
    assert "say why" in why_not_same(Record(1), Record(2), reason=" ")
    assert "already said" in why_not_same(Record(1), Record(2), already_said=True)


def test_two_records_are_parted_once_with_a_reason():
    assert not list(rules.reasons_not_to_part(parted_at=None, reason="Different men"))
    assert len(list(rules.reasons_not_to_part(parted_at=TODAY, reason=""))) == 2
