"""A real programme is not served until the walls stand."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection

from clearlines.access import starting


@pytest.fixture
def a_real_programme(settings, monkeypatch):
    settings.IS_EXAMPLE, settings.DEBUG, settings.IS_HTTPS, settings.REQUIRE_SECOND_FACTOR = False, False, True, True
    monkeypatch.setenv("SECRET_KEY", "x" * 50)
    monkeypatch.setenv("ALLOWED_HOSTS", "lines.example")
    return settings


def test_the_example_starts_as_it_is(db):
    assert starting.reasons_not_to_start() == []


def test_settings_for_real_people_have_nothing_against_them(a_real_programme):
    assert list(starting.reasons_against_settings()) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", True, "CLEARLINES_DEBUG"),
        ("IS_HTTPS", False, "https"),
        ("REQUIRE_SECOND_FACTOR", False, "second factor"),
    ],
)
def test_each_unsafe_setting_is_a_sentence_that_says_what_to_do(a_real_programme, name, value, said):
    setattr(a_real_programme, name, value)
    (reason,) = starting.reasons_against_settings()
    assert said in reason


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_what_the_environment_must_say_is_asked_for_by_name(a_real_programme, monkeypatch, name):
    monkeypatch.delenv(name)
    (reason,) = starting.reasons_against_settings()
    assert reason.startswith(name)


def test_it_does_not_start_without_the_second_lock(a_real_programme, db):
    reasons = starting.reasons_not_to_start()
    wanted = "may pass row-level security" if connection.vendor == "postgresql" else "is not PostgreSQL"
    assert any(wanted in reason for reason in reasons)


def test_it_does_not_start_with_the_examples_password(cast):
    (*named,) = starting.default_passwords()
    assert len(named) == len(cast.accounts)
    assert named[0].endswith("still has the example's password: close it")


def test_nobody_can_choose_the_examples_password():
    with pytest.raises(ValidationError, match="printed in the example"):
        validate_password("Open-The-Lines")


def test_the_server_says_why_and_stops_for_good(a_real_programme, db, monkeypatch, capsys):
    monkeypatch.setattr(starting.connections, "close_all", lambda: None)
    a_real_programme.DEBUG = True
    with pytest.raises(SystemExit) as stopped:
        starting.refuse_to_start_unsafe()
    assert stopped.value.code == starting.BOOT_ERROR
    assert "CLEARLINES_DEBUG shows the inside" in capsys.readouterr().err


def test_it_starts_when_everything_holds(a_real_programme, as_the_application, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security, so no real programme starts on it")
    with as_the_application():
        assert [each for each in starting.reasons_not_to_start() if "key" not in each.lower()] == []
