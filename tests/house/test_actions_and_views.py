"""Every write is an action that leaves a ledger entry; every page says who may open it; every model says how long."""

import ast
import tomllib

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic import RedirectView

from clearlines.access.declarations import GROUND, Shown
from clearlines.access.permissions import Permission
from clearlines.access.roles import EVERYBODY, ROLES, THE_PUBLIC
from tests.house.drawing import PACKAGE, ROOMS, ROOT, our_models, source_of

# The ledger's own three verbs are what every action calls; they cannot wear what calls them.
NOT_ACTIONS = {"ledger"}


def public_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def test_every_verb_in_actions_is_an_action():
    bare = [
        f"{room}.{verb.name}"
        for room in ROOMS
        if room not in NOT_ACTIONS
        for path, tree in source_of(room)
        if path.name == "actions.py" or path.parent.name == "actions"
        for verb in public_functions(tree)
        if not any("action" in ast.unparse(each) for each in verb.decorator_list)
    ]
    assert not bare


def test_an_action_that_records_nothing_is_undone(cast):
    from clearlines.access.acts import action
    from clearlines.access.refusals import Unrecorded
    from clearlines.people.models import Person
    from clearlines.people.tests import build

    person = build.person(cast.worker)

    @action(may=Permission.KEEP_PEOPLE)
    def quietly_rename(*, by, person):
        Person.objects.filter(pk=person.pk).update(given_name="Somebody")

    with pytest.raises(Unrecorded):
        quietly_rename(by=cast.worker, person=person)
    person.refresh_from_db()
    assert person.given_name == "Robin"


def test_nothing_writes_outside_actions():
    """A room's other files may not save, create, update or delete rows."""
    writes = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.func.attr}"
        for room in ROOMS
        for path, tree in source_of(room)
        if path.name in ("views.py", "queries.py", "forms.py", "rules.py", "states.py", "urls.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writes
        and "objects" in ast.unparse(node.func)
    ]  # fmt: skip
    assert not wrong


def all_routes(resolver=None) -> list[tuple[str, object]]:
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            found += all_routes(each)
        elif isinstance(each, URLPattern):
            found.append((each.name, each.callback))
    return found


def is_sign_in(view) -> bool:
    """allauth's own views: it decides who may sign in."""
    return view.__module__.startswith("allauth.") or getattr(view, "view_class", None) is RedirectView


def test_every_page_says_who_may_open_it():
    assert not [name for name, view in all_routes() if not is_sign_in(view) and not hasattr(view, "opens_with")]


def test_every_route_has_a_name_of_its_own():
    names = [name for name, _ in all_routes()]
    assert None not in names
    assert len(names) == len(set(names)), sorted(name for name in set(names) if names.count(name) > 1)


def declaration_of(model):
    return GROUND.get(model._meta.label) or getattr(model, "declared", None)


def models_that_declare():
    return [model for model in our_models() if not model._meta.auto_created]


def test_every_model_declares_how_long_it_is_kept_and_who_may_be_told():
    rules = tomllib.loads((ROOT / "programme" / "example" / "retention.toml").read_text())
    for model in models_that_declare():
        declared = declaration_of(model)
        assert declared is not None, f"{model._meta.label} declares nothing"
        assert declared.kept in rules, (
            f"{model._meta.label} is kept under '{declared.kept}', which is no retention rule"
        )
        assert declared.told, f"{model._meta.label} does not say who may be told"


def test_every_field_says_what_a_subject_access_pack_shows():
    for model in models_that_declare():
        declared = declaration_of(model)
        fields = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}
        missing = sorted(name for name in fields if declared.shown(name) is None)
        assert not missing, f"{model._meta.label}: {missing}"
        stale = sorted(set(declared.pack) - fields)
        assert not stale, f"{model._meta.label} declares fields it does not have: {stale}"
        assert all(isinstance(each, Shown) for each in declared.pack.values())


def test_every_row_has_one_owner():
    """The path a model declares leads to an organisation, so that a row can never be nobody's."""
    from clearlines.access.models import Organisation

    for model in models_that_declare():
        path = declaration_of(model).owner.split("__")
        for step in path:
            field = model._meta.get_field(step)
            model = field.related_model or model
        assert model is Organisation or field.name in ("organisation", "key"), path


def test_every_retention_rule_is_used_and_says_where_it_comes_from():
    rules = tomllib.loads((ROOT / "programme" / "example" / "retention.toml").read_text())
    used = {declaration_of(model).kept for model in models_that_declare()}
    assert set(rules) == used
    for name, rule in rules.items():
        assert rule["keep"] and rule["source"] and isinstance(rule["verified"], bool), name


def test_every_permission_is_held_by_a_role_and_said_in_a_sentence():
    held = THE_PUBLIC.union(*(role.permissions for role in ROLES.values()))
    assert held == set(Permission)
    assert all(len(permission.sentence.split()) > 3 for permission in Permission)


def test_every_role_says_who_should_hold_it():
    assert all(role.who.endswith(".") and len(role.who.split()) > 8 for role in ROLES.values())


def test_whoever_runs_the_machine_opens_no_case():
    assert ROLES["administrator"].permissions - EVERYBODY == {
        Permission.MANAGE_ACCOUNTS,
        Permission.RUN_SYSTEM,
        Permission.VERIFY_LEDGER,
    }
    assert not ROLES["administrator"].markings
