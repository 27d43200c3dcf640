"""A password alone opens nothing outside the example; each code works once; the last factor is never given up alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from clearlines.access.tests import build
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.slow


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def events(name):
    return Entry.objects.filter(event=name).count()


def test_the_example_asks_for_a_password_alone_and_a_real_programme_never_does(cast, client, settings):
    assert settings.REQUIRE_SECOND_FACTOR is False
    build.sign_in(client, "worker")
    assert client.get("/me/").status_code == 200
    settings.REQUIRE_SECOND_FACTOR = True
    for address in ("/me/", "/care/", "/people/", "/staff/handed-to-me/", "/staff/mine/", "/"):
        assert client.get(address)["Location"] == "/my-sign-in/ways/", address
    assert client.get("/my-sign-in/ways/").status_code == 200
    assert client.get("/my-sign-in/app/")["Location"].startswith("/sign-in/again/")
    assert build.say_again(client).status_code == 302
    assert client.get("/my-sign-in/app/").status_code == 200
    assert client.post("/sign-out/").status_code == 302


def test_setting_up_an_app_opens_the_rest_and_is_on_the_ledger(
    cast, client, required, django_capture_on_commit_callbacks
):
    build.sign_in(client, "worker")
    build.say_again(client)
    page = client.get("/my-sign-in/app/")
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/my-sign-in/app/", {"code": build.code(secret)})
    assert answer["Location"] == "/my-sign-in/codes/"
    codes = client.get("/my-sign-in/codes/")
    assert codes.content.decode().count("<code") == 10
    assert "cannot be shown again" in client.get("/my-sign-in/codes/").content.decode()
    assert client.get("/me/").status_code == 200
    assert events("access.factor_added:app") == 1


def test_a_password_then_a_code_signs_in_and_a_wrong_code_does_not(cast, client, required):
    build.with_app(cast.account("worker"))
    assert build.sign_in(client, "worker")["Location"] == "/sign-in/code/"
    assert client.get("/me/").status_code == 302
    wrong = client.post("/sign-in/code/", {"code": "000000"})
    assert "Enter the newest code" in wrong.content.decode()
    assert events("access.second_factor_failed") == 1
    assert events("access.signed_in") == 0
    assert client.post("/sign-in/code/", {"code": build.code()}).status_code == 302
    assert client.get("/me/").status_code == 200
    assert events("access.signed_in") == 1


def test_a_code_seen_over_a_shoulder_does_not_work_again(cast, required):
    build.with_app(cast.account("worker"))
    shown = build.code()
    for expected in (302, 200):
        client = Client()
        build.sign_in(client, "worker")
        assert client.post("/sign-in/code/", {"code": shown}).status_code == expected


def test_a_recovery_code_works_once_and_a_made_up_or_cut_one_never(cast, required):
    codes = build.with_app(cast.account("worker"))
    for typed, expected in ((codes[0][:-1], 200), ("00000000", 200), (codes[0], 302), (codes[0], 200), (codes[1], 302)):
        client = Client()
        build.sign_in(client, "worker")
        assert client.post("/sign-in/code/", {"code": typed}).status_code == expected, typed
        cache.clear()


def test_five_wrong_codes_stop_the_guessing_even_of_the_right_one(cast, client, required):
    build.with_app(cast.account("worker"))
    build.sign_in(client, "worker")
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    assert client.post("/sign-in/code/", {"code": build.code()}).status_code == 200


def test_a_copy_of_the_database_holds_no_secret_in_clear(cast, settings):
    account = cast.account("worker")
    codes = build.with_app(account)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert build.SECRET not in kept
    assert not any(code in kept for code in codes)
    settings.SECRET_KEY = "another machine's key"
    app = Authenticator.objects.get(user_id=account.pk, type="totp").wrap()
    assert not any(app.validate_code(build.code(steps=step)) for step in (-1, 0, 1))
    settings.SECRET_KEY_FALLBACKS = ["only for tests"]
    assert app.validate_code(build.code())


def test_the_last_factor_is_not_given_up_where_one_is_required(cast, client, required):
    build.with_app(cast.account("worker"))
    build.sign_in(client, "worker")
    client.post("/sign-in/code/", {"code": build.code()})
    build.say_again(client)
    answer = client.post("/my-sign-in/app/remove/")
    assert "Add another way" in answer.content.decode()
    assert build.factors_of(cast.account("worker")) == {"totp", "recovery_codes"}


def test_the_last_passkey_is_not_given_up_either(cast, as_, required):
    account = cast.account("worker")
    key = Authenticator.objects.create(user=account, type="webauthn", data={"name": "This phone"})
    client = as_("worker")
    answer = client.post(f"/my-sign-in/passkeys/{key.pk}/remove/")
    assert answer.status_code == 409
    assert "your last way" in answer.content.decode()
    assert build.factors_of(account) == {"webauthn"}


def test_where_none_is_required_a_factor_may_go_and_the_ledger_says_so(cast, client):
    build.with_app(cast.account("worker"))
    build.sign_in(client, "worker")
    client.post("/sign-in/code/", {"code": build.code()})
    build.say_again(client)
    assert client.post("/my-sign-in/app/remove/").status_code == 302
    assert build.factors_of(cast.account("worker")) == set()
    assert events("access.factor_removed:app") == 1


def test_changing_a_password_asks_for_the_old_one_and_is_on_the_ledger(cast, client):
    build.sign_in(client, "worker")
    said = {"password1": "four long plain words", "password2": "four long plain words"}
    assert client.post("/my-sign-in/password/", said | {"oldpassword": "wrong"}).status_code == 200
    assert client.post("/my-sign-in/password/", said | {"oldpassword": build.PASSWORD}).status_code == 302
    assert events("access.password_changed") == 1


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/accounts/password/reset/", "/password/reset/", "/sign-in/password/reset/",
     "/accounts/email/", "/email/", "/confirm-email/x/", "/accounts/social/signup/", "/accounts/social/connections/",
     "/my-sign-in/", "/sign-in/with/police/login/callback/", "/accounts/2fa/", "/sessions/",
     "/my-sign-in/codes/download/"],
)  # fmt: skip
def test_no_other_page_of_the_library_is_routed(cast, client, address):
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
