"""Single sign-on, with a real provider on loopback: only an account that an administrator joined, and only its own."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from clearlines.access import actions, single_sign_on
from clearlines.access.models import Account
from clearlines.access.refusals import Refused
from clearlines.access.tests import build
from clearlines.ledger.models import Entry
from tests import identity_provider

pytestmark = pytest.mark.slow

BACK = "http://testserver/sign-in/with/police/back/"


@pytest.fixture(scope="module")
def fellside():
    with identity_provider.running(BACK) as provider:
        yield provider


@pytest.fixture
def provider(fellside, settings):
    identity_provider.use(settings, fellside)
    return fellside


def join(cast, username: str, subject: str) -> None:
    actions.join_sign_on(by=cast.administrator, account=cast.account(username), provider="police", subject=subject)


def setting_out(client: Client, **query: str) -> str:
    """The address a browser is sent to at the provider."""
    answer = client.post("/sign-in/with/police/", query_params=query)
    assert answer.status_code == 302, answer.content
    return answer["Location"]


def at_the_provider(address: str, who: str | None) -> str:
    """What a person does there; the answer is the address they are sent back to."""
    browser = requests.Session()
    page = browser.get(address)
    assert "Fellside sign-in" in page.text
    said = {"who": who} if who else {"away": "1"}
    answer = browser.post(page.url, data=said, allow_redirects=False)
    while not answer.headers["Location"].startswith("http://testserver"):
        answer = browser.get(requests.compat.urljoin(answer.url, answer.headers["Location"]), allow_redirects=False)
    return answer.headers["Location"].removeprefix("http://testserver")


def come_in(client: Client, who: str):
    return client.get(at_the_provider(setting_out(client), who))


def test_an_officer_whom_the_administrator_joined_signs_in_with_their_forces_own_page(cast, client, provider):
    join(cast, "officer", "PC-4412")
    assert come_in(client, "PC-4412").status_code == 302
    assert "Sam Birkett" in client.get("/me/").content.decode()
    assert Entry.objects.filter(event="access.signed_in", actor="officer").exists()


def test_what_is_asked_for_is_who_they_are_and_nothing_else(cast, client, provider):
    asked = parse_qs(urlsplit(setting_out(client)).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    join(cast, "officer", "PC-4412")
    come_in(client, "PC-4412")
    assert "@" not in str(SocialAccount.objects.get().extra_data)


def test_somebody_the_force_knows_and_we_do_not_opens_no_account(cast, client, provider):
    before = Account.objects.count()
    answer = come_in(client, "PC-9999")
    assert answer.status_code == 403
    assert "could not be signed in that way" in answer.content.decode()
    assert Account.objects.count() == before
    assert client.get("/me/").status_code == 302
    assert Entry.objects.latest("pk").event == "access.sign_in_failed"


def test_the_same_e_mail_address_or_user_name_joins_nobody(cast, client, provider):
    Account.objects.filter(username="officer").update(email="officer@example.org")
    for who in ("officer", "officer@example.org"):
        assert come_in(client, who).status_code == 403
    assert client.get("/me/").status_code == 302


def test_a_forces_page_opens_no_account_of_the_charitys(cast, client, provider, settings):
    with pytest.raises(Refused, match="another organisation"):
        join(cast, "worker", "W-1")
    SocialAccount.objects.create(user=cast.account("worker"), provider="police", uid="W-1")
    assert come_in(client, "W-1").status_code == 403
    assert client.get("/me/").status_code == 302


def test_two_accounts_are_never_joined_to_one_identity(cast, provider):
    join(cast, "officer", "PC-4412")
    with pytest.raises(Refused, match="another account"):
        join(cast, "analyst", "PC-4412")


def test_an_answer_that_is_used_again_forged_or_cut_signs_nobody_in(cast, client, provider):
    join(cast, "officer", "PC-4412")
    good = at_the_provider(setting_out(client), "PC-4412")
    query = parse_qs(urlsplit(good).query)
    code, state = query["code"][0], query["state"][0]
    elsewhere = Client()
    for forged in (good, good.replace(state, "0" * len(state)), f"/sign-in/with/police/back/?code={code}",
                   "/sign-in/with/police/back/", "/sign-in/with/police/back/?error=server_error"):  # fmt: skip
        assert elsewhere.get(forged).status_code == 403, forged
        assert elsewhere.get("/me/").status_code == 302
    assert client.get(good.replace(code, code[:-4])).status_code == 403
    assert client.get(good).status_code == 403, "one state is good for one answer"
    assert client.get("/me/").status_code == 302


def test_nobody_joins_their_own_account_to_an_identity_by_asking(cast, client, provider):
    build.sign_in(client, "officer")
    answer = client.get(at_the_provider(setting_out(client, process="connect"), "PC-4412"))
    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_somebody_who_turns_back_begins_again(cast, client, provider):
    answer = client.get(at_the_provider(setting_out(client), None), follow=True)
    assert "Sign in" in answer.content.decode()


def test_a_closed_or_lapsed_account_stays_shut_whoever_vouches_for_it(cast, client, provider):
    from datetime import date

    join(cast, "officer", "PC-4412")
    Account.objects.filter(username="officer").update(vetted_until=date(2020, 1, 1))
    assert "shut for now" in come_in(client, "PC-4412").content.decode()
    Account.objects.filter(username="officer").update(vetted_until=None, is_active=False)
    assert "account is closed" in come_in(Client(), "PC-4412").content.decode()


def test_whoever_has_a_second_factor_here_is_still_asked_for_it(cast, client, provider):
    join(cast, "officer", "PC-4412")
    build.with_app(cast.account("officer"))
    assert come_in(client, "PC-4412")["Location"] == "/sign-in/code/"


def test_the_way_in_is_offered_on_the_sign_in_page_and_its_address_is_in_the_policy(cast, client, provider):
    page = client.get("/sign-in/")
    assert "Sign in with Fellside Constabulary" in page.content.decode()
    policy = page["Content-Security-Policy"].split("form-action", 1)[1].split(";")[0]
    assert provider.server in policy


def test_a_provider_that_does_not_answer_is_a_plain_page(cast, client, settings):
    gone = single_sign_on.Provider("police", "Fellside", "police", "http://127.0.0.1:9", "clearlines", "x")
    identity_provider.use(settings, gone)
    answer = client.post("/sign-in/with/police/")
    assert answer.status_code == 503
    assert "could not be signed in that way" in answer.content.decode()


def test_the_programme_folder_says_who_signs_in_where_and_the_environment_holds_the_secret(tmp_path):
    assert single_sign_on.read(tmp_path, {}) == ()
    (tmp_path / "single_sign_on.toml").write_text(
        '[providers.police]\nname = "Fellside"\norganisation = "police"\nserver = "https://sso.example/realm"\n'
        'client = "clearlines"\nsecret_from = "SSO_POLICE"\nthrough = ["https://login.example/start"]\n'
    )
    (found,) = single_sign_on.read(tmp_path, {"SSO_POLICE": "hush"})
    assert (found.key, found.secret) == ("police", "hush")
    assert single_sign_on.origins([found]) == ["https://login.example", "https://sso.example"]
    assert single_sign_on.read(tmp_path, {})[0].secret == ""
