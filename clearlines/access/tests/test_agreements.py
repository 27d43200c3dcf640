"""The example's agreements are papers somebody could sign, and each does only what it was signed for."""

from dataclasses import dataclass
from datetime import date

import pytest

from clearlines.access import agreements
from clearlines.access.programme import teams

USES = {"letters", "visits", "disclosures", "matching", "aftercare"}


@dataclass(frozen=True)
class Party:
    key: str
    kind: str


POLICE, CHARITY, OTHER_FORCE = Party("police", "police"), Party("charity", "charity"), Party("other_force", "police")


@pytest.mark.parametrize("paper", agreements.all_agreements().values(), ids=lambda paper: paper.key)
def test_every_agreement_says_whose_it_is_what_for_and_until_when(paper):
    assert paper.uses and set(paper.uses) <= USES
    assert set(paper.parties) <= set(teams()["organisations"])
    assert paper.from_on < paper.until_on
    assert paper.purpose and paper.gateway and paper.signatories and paper.fields
    assert paper.verified is False


def test_an_agreement_is_found_only_for_its_use_and_between_those_who_signed_it():
    assert [each.key for each in agreements.for_use("disclosures", CHARITY, POLICE)] == ["danger-told"]
    assert agreements.for_use("disclosures", CHARITY, OTHER_FORCE) == []
    assert [each.key for each in agreements.for_use("matching", POLICE, CHARITY)] == ["whom-to-ring"]
    assert agreements.for_use("matching", CHARITY, POLICE) == []


def test_an_organisation_knows_every_agreement_it_is_a_party_to_the_first_to_end_first():
    mine = agreements.concerning(CHARITY)
    assert mine == sorted(mine, key=lambda each: (each.until_on, each.key))
    assert {"danger-told", "surgery-told", "police-to-charity"} <= {each.key for each in mine}
    assert "danger-told" not in {each.key for each in agreements.concerning(OTHER_FORCE)}


def test_an_agreement_ends_by_itself_at_the_end_of_its_last_day():
    paper = agreements.all_agreements()["surgery-told"]
    assert paper.is_live(date(2023, 1, 31))
    assert not paper.is_live(date(2023, 2, 1))
    assert paper not in agreements.covering("charity", "health", date(2023, 2, 1))
