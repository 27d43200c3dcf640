"""Whatever reads a row that somebody owns begins at `own`. What does not is listed here with its reason."""

import ast
from collections.abc import Iterator
from functools import cache

from clearlines.access.models import Owned
from tests.house.drawing import PACKAGE, ROOMS, our_models, source_of

# Actions write: they hold a row again that a query found, and refuse one that is another organisation's.
WRITERS = {"actions", "actions.py", "moving.py"}

# room/file:function Model: why nothing goes wrong though no viewer is asked for. It may only shrink.
NOT_BY_OWN = {
    "calls/queries.py:left_waiting WaitingFile": "for the clock alone, which only runs the system",
    "care/queries/rows.py:_people_with_a_case Case": "subtracts from letters that own found; shows no case",
    "care/queries/rows.py:plans_of Review": "fetched with plans that own found; never marked apart",
    "care/queries/rows.py:my_people_with_plans Goal": "fetched with plans of cases that own found",
    "care/queries/rows.py:my_people_with_plans Plan": "fetched with cases that own found",
    "care/queries/rows.py:with_plans Plan": "fetched with cases that own found",
    "hotspots/queries.py:month_files MonthFile": "published figures: every organisation reads an open month",
    "hotspots/queries.py:boundaries Boundary": "the outline of a ward is nobody's secret",
    "hotspots/queries.py:_drawn Boundary": "the outline of a ward is nobody's secret",
    "hotspots/queries.py:_counted_under AreaLookup": "of the look-up that _joins found, by its key",
    "hotspots/queries.py:_joins AreaLookup": "which area became which is published, and nobody's secret",
    "hotspots/queries.py:kinds_drawn Boundary": "which kinds of outline are loaded at all",
    "reports/queries.py:opened Report": "the reporter's own, by a signed pass",
    "reports/queries.py:how_many_unsent Photograph": "those of a report still being written, by its writer",
    "reports/queries.py:begun_and_never_sent Photograph": "for the clock alone, which only runs the system",
    "returns/queries.py:notes Amendment": "stands beside a figure of a return from visible",
    "returns/timed.py:go_through Return": "for the clock, which counts what was sent and shows nothing",
    "returns/queries.py:visible Return": "totals: filtered by all three parties",
    "returns/queries.py:halves Contribution": "totals of a return, for whoever prepares returns",
    "returns/queries.py:words Contribution": "stands in a return from visible",
    "returns/queries.py:stories Story": "agreed for the one return it stands in, and filtered by returns from visible",
    "triage/queries.py:standing Decision": "annotates reports that own found with a date",
    "triage/queries.py:standing Addition": "annotates reports that own found with a date",
    "triage/queries.py:standing Triage": "annotates reports that own found with their state",
    "visits/queries.py:appointments CrewMember": "fetched with appointments that own found",
    "visits/queries.py:_with_decisions NoAnswerDecision": "annotates accounts that own found with yes or no",
    "desk/force/gathering.py:_births Person": "takes people whom own found out of a network; shows none",
    "desk/force/gathering.py:_ever_used RoleOnLine": "takes out people whom own found: a victim is one at any marking",
    "desk/force/gathering.py:_records SameAs": "takes out people whom own found, by what is known under another record",
    "conflicts/spreading.py:_crossings Disclosure": "inside an action: finds what to keep somebody from",
    "conflicts/spreading.py:_crossings InformationRequest": "inside an action: finds what to keep somebody from",
    "conflicts/spreading.py:_crossings Pointer": "inside an action: finds what to keep somebody from",
    "conflicts/spreading.py:_crossings Question": "inside an action: finds what to keep somebody from",
    "conflicts/spreading.py:_letters Received": "inside an action: finds what to keep somebody from, and shows nothing",
    "conflicts/spreading.py:_people_named Person": "inside an action: finds what to keep somebody from",
    "conflicts/spreading.py:_same_as SameAs": "inside an action: finds what to keep somebody from, and shows nothing",
    "conflicts/spreading.py:rows_about Person": "inside an action: finds what to keep somebody from, and shows nothing",
    "conflicts/spreading.py:rows_about ReportToPerson": "inside an action: finds what to keep somebody from",
    "conflicts/spreading.py:standing Conflict": "for the clock, which keeps away from what is newly written",
    "governance/queries.py:my_street OwnStreet": "one's own street",
    "governance/timed.py:_is_known OddLook": "for the clock, which marks a look once",
    "governance/watching.py:odd_among Person": "for the clock, which compares streets and surnames and shows none",
    "governance/watching.py:streets_of OwnStreet": "for the clock, which compares streets and surnames and shows none",
    "sharing/queries/matching.py:asked_of_us Question": "asked of one's own organisation by another: filtered by both",
    "sharing/queries/register.py:parted_tellings Correction": "subtracts what one's own organisation put right",
    "sharing/queries/requests.py:requested_of_us InformationRequest": "asked of one's own organisation by another",
    "sharing/queries/telling.py:told_us Disclosure": "told to one's own organisation by another, while it may be read",
    "screening/queries.py:_people_screened Screening": "subtracts from letters that own found; shows no screening",
    "staff/doorkeeper.py:_waits_for_supervisor Notice": "whether one's own account is held back",
    "staff/queries.py:handed_to HandedOn": "handed to oneself; what it names is asked for by own before it is shown",
    "staff/sessions.py:was_ended EndedSession": "whether this very session was ended, before it is known whose it is",
    "staff/timed.py:tick HandOver": "for the clock, which hands on the work of a lapsed account once",
}

# Rows that come along with a row by name. Each is of the same person and is never marked apart from what it hangs on.
COMES_ALONG = {
    "care/queries/rows.py:own_plan goals",
    "care/queries/rows.py:plans goals",
    "referrals/queries.py:received_one moves__created_by",
    "referrals/queries.py:sent news",
    "reports/queries.py:may_be_shown_it held",
    "reports/queries.py:may_be_shown_it ties",
    "reports/queries.py:visible additions",
    "returns/queries.py:one replaced_by",
    "screening/queries.py:screening answers",
    # An account's own roles and ties: how a viewer is made.
    "access/middleware.py:who_is_asking held",
    "access/middleware.py:who_is_asking ties",
    "access/programme.py:open_teams held",
    "access/programme.py:open_teams ties",
    "cli/console.py:viewer held",
    "cli/console.py:viewer ties",
    "returns/again.py:changes counted_by__held",
    "returns/again.py:checks counted_by__held",
    "governance/watching.py:accounts_of held",
    "governance/watching.py:information_managers held",
    "staff/queries.py:team held",
    "staff/queries.py:team ties",
    "staff/receiving.py:_colleagues held",
    # Of a telling of one's own organisation, its own corrections.
    "sharing/queries/telling.py:given_one corrections__created_by",
    "sharing/queries/telling.py:given_one corrections__in_place",
}

OTHER_MANAGERS = {
    "access/why.py:_on_the_row _default_manager": "whether one's own account stands on a row one was just shown",
    "governance/report.py:people_behind _default_manager": "goes into own, over whichever kind of record was named",
    "keys/actions.py:_reseal _default_manager": "an action, over every kind of sealed row",
    "keys/backups/engines.py:reasons_not_to_fill _default_manager": "asks whether a database is empty",
    "keys/queries.py:batches _default_manager": "for whoever runs the machine, who has no key to what is in them",
    "access/scope.py:_asked_apart _default_manager": "own itself: asks a row's crew apart",
    "triage/actions.py:link _default_manager": "an action, over three kinds of link",
    "triage/actions.py:_held_link _default_manager": "an action, over three kinds of link",
}

SPEAKS_SQL = {
    "access/second_lock/held.py": "tells the database who is asking",
    "access/second_lock/policies.py": "fits the database's own locks",
    "access/second_lock/proof.py": "asks the database whether its locks are on",
    "hotspots/cubes.py": "DuckDB over files of published counts",
    "hotspots/summaries.py": "DuckDB over files of published counts",
    "ledger/sealing.py": "holds the chain while it is sealed",
    "ledger/writing.py": "appends in one statement",
}


@cache
def owned_names() -> frozenset[str]:
    return frozenset(model.__name__ for model in our_models() if issubclass(model, Owned))


def test_every_query_of_an_owned_row_begins_at_own():
    found = {f"{where} {model}" for where, function in readers() for model in unscoped(function)}
    assert found - set(NOT_BY_OWN) == set(), "these read rows without asking who is looking: begin them at own"
    assert set(NOT_BY_OWN) - found == set(), "these are scoped now: take them off the list"


def test_what_comes_along_with_a_row_is_listed():
    found = {f"{where} {name}" for where, function in readers() for name in prefetched(function)}
    assert found == COMES_ALONG


def test_no_other_manager_goes_round_own():
    found = {
        f"{where} {node.attr}"
        for where, function in every_function()
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr in ("_default_manager", "_base_manager")
    }
    assert found == set(OTHER_MANAGERS)


def test_sql_is_spoken_in_few_places():
    spoken = {
        where.split(":")[0]
        for where, function in every_function()
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and _last_name(node.func) in ("cursor", "raw", "extra", "RawSQL")
    }
    assert spoken == set(SPEAKS_SQL)


def test_no_template_and_nothing_every_page_shows_asks_for_rows():
    asked = [
        str(path.relative_to(PACKAGE))
        for path in [*PACKAGE.rglob("*.html"), PACKAGE / "web" / "context.py", *PACKAGE.rglob("templatetags/*.py")]
        if ".objects" in path.read_text() or "_set.all" in path.read_text()
    ]
    assert not asked


def test_this_test_can_tell():
    """Planted: the four ways round, and the four ways in."""
    scoped = """
def inside(viewer):
    return own(viewer, Person.objects.all(), needs=P)
def by_name(viewer):
    rows = Person.objects.all()
    return own(viewer, rows.order_by("pk"), needs=P)
def by_two_names(viewer):
    some = Person.objects.all()
    rows = some.filter(a=1)
    return scope.own(viewer, rows, needs=P)
def nobody(viewer):
    return Person.objects.none()
"""
    open_ = """
def bare(viewer):
    return Person.objects.all()
def both(viewer):
    rows = Person.objects.all()
    own(viewer, rows, needs=P)
    return rows
def beside(viewer):
    return own(viewer, Place.objects.all(), needs=P).filter(person__in=Person.objects.all())
def by_kind(viewer, kind):
    return kind.objects.all()
"""
    for function in ast.parse(scoped).body:
        assert list(unscoped(function)) == [], function.name
    for function in ast.parse(open_).body:
        assert list(unscoped(function)) != [], function.name


def every_function() -> Iterator[tuple[str, ast.AST]]:
    """Each function of every room, and what stands outside any, by the path and name that the lists above use."""
    for room in ROOMS:
        for path, tree in source_of(room):
            yield from _functions(str(path.relative_to(PACKAGE)), tree)


def readers() -> Iterator[tuple[str, ast.AST]]:
    return ((where, function) for where, function in every_function() if not WRITERS & set(_parts(where)))


def _parts(where: str) -> list[str]:
    return where.split(":")[0].split("/")


def _functions(path: str, tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    methods = [each for node in tree.body if isinstance(node, ast.ClassDef) for each in node.body]
    for node in [*tree.body, *methods]:
        if isinstance(node, ast.ClassDef):
            continue
        yield f"{path}:{getattr(node, 'name', '-')}", node


def unscoped(function: ast.AST) -> Iterator[str]:
    """Models whose rows are asked for here and go anywhere but into own."""
    parents = {child: parent for parent in ast.walk(function) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            name = _last_name(node.value)
            if (name in owned_names() or name.islower()) and not _goes_into_own(node, parents, function):
                yield name


def _goes_into_own(node: ast.AST, parents: dict[ast.AST, ast.AST], function: ast.AST) -> bool:
    """It stands among the arguments of own, or is given a name every use of which does; or nothing is read by it."""
    while node in parents:
        here, node = node, parents[node]
        if isinstance(node, ast.Attribute) and node.attr in ("none", "create", "get_or_create", "bulk_create"):
            return True  # nobody's rows, or one that is being made
        if isinstance(node, ast.Call) and here is not node.func:
            # An argument of filter or Prefetch is another query inside this one, which own does not reach.
            return _last_name(node.func) == "own"
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            uses = [
                each
                for each in ast.walk(function)
                if isinstance(each, ast.Name) and each.id == node.targets[0].id and isinstance(each.ctx, ast.Load)
            ]
            return bool(uses) and all(_goes_into_own(each, parents, function) for each in uses)
    return False


def prefetched(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and _last_name(node.func) == "prefetch_related":
            yield from (each.value for each in node.args if isinstance(each, ast.Constant) and each.value)


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
