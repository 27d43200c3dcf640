"""The oracle decides what is right, so it may know nothing of what it judges."""

import ast
import sys
from pathlib import Path

from clearlines.access.permissions import Permission as P
from clearlines.access.roles import ROLES
from tests.house.drawing import imports_in
from tests.walls import oracle

SOURCE = Path(oracle.__file__)


def test_the_oracle_imports_nothing_but_the_calendar():
    assert {each.split(".")[0] for each in imports_in(ast.parse(SOURCE.read_text()))} == {"datetime", "zoneinfo"}
    assert {"datetime", "zoneinfo"} <= sys.stdlib_module_names


def test_the_oracle_reads_no_file_and_runs_no_words():
    called = {node.func.id for node in ast.walk(ast.parse(SOURCE.read_text()))
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert not called & {"open", "exec", "eval", "__import__", "getattr", "globals"}


def test_the_oracle_knows_every_role():
    """A role that is new here opens nothing until somebody says in plain words what it opens."""
    assert set(oracle.ROLES) == set(ROLES)


def test_no_role_opens_what_domain_1_3_says_it_must_not():
    partners = {"probation", "food_club", "housing", "health", "school", "council", "treatment"}
    for key, role in ROLES.items():
        for kind in role.held_in:
            forbidden = oracle.MUST_NOT_SEE["partner" if kind in partners else kind]
            assert not oracle.ROLES[key]["opens"] & forbidden, f"{key} in {kind}"


def test_the_oracle_and_the_role_table_agree_on_what_a_role_reads():
    """Said twice by two hands: in the oracle by kind of record, in the product by permission."""
    opened_by = {
        "person": P.SEE_PEOPLE, "place": P.SEE_PLACES, "line": P.SEE_LINES, "report": P.SEE_REPORTS,
        "national referral": P.SEE_NATIONAL_REFERRALS,
        "sent letter": P.SEE_SENT_REFERRALS, "received letter": P.SEE_RECEIVED_REFERRALS,
        "screening": P.SEE_SCREENINGS, "appointment": P.SEE_VISITS, "case": P.SEE_CARE, "own plan": P.SEE_OWN_PLAN,
        "harm": P.SEE_AFTERCARE,
    }  # fmt: skip
    for key, role in ROLES.items():
        for record, permission in opened_by.items():
            assert (record in oracle.ROLES[key]["opens"]) == (permission in role.permissions), f"{key}: {record}"
        assert {str(each) for each in role.markings} == oracle.MARKINGS.get(key, oracle.USUAL_MARKINGS), key
