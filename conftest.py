"""What every test may ask for: the cast, and somebody signed in."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.db import connection
from django.test import Client

from clearlines.access.second_lock.policies import fit
from tests.cast import Cast, assemble

# Slowness is the machine's: a busy one must not fail a property that holds.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("house")

# A browser for any test, wherever it stands.
pytest_plugins = ["tests.browser.fixtures"]

REAL_DATA = Path(os.environ.get("CLEARLINES_REAL_DATA", Path(__file__).resolve().parents[1] / "shared" / "data"))


@pytest.fixture(autouse=True)
def no_keys_from_the_test_before():
    """The database of each test begins empty, and so does the ring of unwrapped keys."""
    yield
    from clearlines.keys import ring

    ring.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The ledger's lock is lifted: what a browser's test leaves behind is deleted. The tests of the lock put it on."""
    from clearlines.ledger.lock import lifting

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in lifting(connection.vendor):
            cursor.execute(statement)


@pytest.fixture
def cast(db) -> Cast:
    return assemble()


@pytest.fixture
def as_(cast: Cast) -> Callable[[str], Client]:
    """`as_("worker").get(…)`: a browser in which that member of the cast is signed in; "nobody" is not."""

    def signed_in(username: str) -> Client:
        client = Client()
        if username != "nobody":
            client.force_login(cast.account(username), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


APPLICATION = "clearlines_app_in_tests"


@pytest.fixture(scope="session")
def locks_fitted(django_db_setup, django_db_blocker) -> None:
    """Once a run, on PostgreSQL: the second lock on every table, and a role that it holds for."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            fit(APPLICATION)


@pytest.fixture
def as_the_application(locks_fitted, db) -> Callable[[], AbstractContextManager[None]]:
    """`with as_the_application():` the database sees the application's own role; on SQLite nothing changes."""

    @contextmanager
    def application() -> Iterator[None]:
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {APPLICATION}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")

    return application


@pytest.fixture(scope="session")
def real_data() -> Path:
    if not REAL_DATA.is_dir():
        pytest.skip(f"the public data folder is not at {REAL_DATA.name}: set CLEARLINES_REAL_DATA")
    return REAL_DATA
