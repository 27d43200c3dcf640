"""In a real browser, under the strict policy: passkeys, an organisation's own sign-in, and every page of this room."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from clearlines.access import actions as access
from clearlines.access.tests.build import PASSWORD, code, with_app
from clearlines.ledger.models import Entry
from clearlines.staff import actions
from clearlines.staff.tests import build
from tests import identity_provider

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Held:
    """Chromium's own pretend authenticator: it keeps passkeys, and its owner's finger is right unless we say not.

    A new page may be a new process, which forgets what was plugged into the old one: so it is held to each page anew.
    """

    def __init__(self):
        self.kept, self.session = {}, None

    def to(self, page, *, verified=True):
        if self.session:
            with suppress(Error):  # gone with its process
                self.session.send("WebAuthn.disable")
        session = self.session = page.context.new_cdp_session(page)
        session.on("WebAuthn.credentialAdded", self._keep)
        session.on("WebAuthn.credentialAsserted", self._keep)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": verified, "automaticPresenceSimulation": True,
        }  # fmt: skip
        key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
        for passkey in self.kept.values():
            session.send("WebAuthn.addCredential", {"authenticatorId": key, "credential": passkey})

    def _keep(self, said):
        self.kept[said["credential"]["credentialId"]] = said["credential"]


def by_password(page, username="worker"):
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_a_passkey(page, held):
    page.goto("/my-sign-in/passkeys/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What do you call").fill("My work phone")
    held.to(page)
    page.get_by_role("button", name="Add this phone").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_workers_phone_is_opened_again_by_its_pin_or_face(cast, phone, axe, fits, shot, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    held = Held()
    by_password(phone)
    expect(phone.get_by_role("heading", name="Ways to prove that it is you")).to_be_visible()
    axe(phone)
    fits(phone)
    add_a_passkey(phone, held)
    axe(phone)
    fits(phone)
    shot(phone, "staff-codes-360")
    phone.get_by_role("button", name="I have written them down").click()
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("link", name="Sign in").first).to_be_visible()
    phone.goto("/sign-in/")
    shot(phone, "staff-sign-in-360")
    axe(phone)
    held.to(phone)
    phone.get_by_role("button", name="Use a passkey").click()
    expect(phone.get_by_role("button", name="Sign out")).to_be_visible()
    phone.goto("/care/")
    expect(phone.get_by_role("heading", name="Caseload")).to_be_visible()
    assert Entry.objects.filter(event="access.signed_in", actor="worker").count() == 2
    # Somebody else's finger opens nothing.
    phone.get_by_role("button", name="Sign out").click()
    phone.goto("/sign-in/")
    held.to(phone, verified=False)
    phone.get_by_role("button", name="Use a passkey").click()
    phone.wait_for_timeout(1500)
    phone.goto("/me/")
    expect(phone.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_without_scripts_a_password_and_a_code_sign_in_and_passkeys_are_not_offered(cast, open_page, fits):
    with_app(cast.account("worker"))
    page = open_page(360, 740, javascript=False)
    page.goto("/sign-in/")
    assert not page.get_by_role("button", name="Use a passkey").is_visible()
    by_password(page)
    assert not page.get_by_role("button", name="Use a passkey instead").is_visible()
    fits(page)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Continue").click()
    page.goto("/staff/mine/")
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_an_officer_signs_in_through_the_forces_own_page_under_the_strict_policy(
    cast, page, live_server, settings, shot
):
    with identity_provider.running(f"{live_server.url}/sign-in/with/police/back/") as provider:
        identity_provider.use(settings, provider)
        access.join_sign_on(
            by=cast.administrator, account=cast.account("officer"), provider="police", subject="PC-4412"
        )
        page.goto("/sign-in/")
        shot(page, "staff-sign-in-1280")
        page.get_by_role("button", name="Sign in with Fellside Constabulary").click()
        page.get_by_label("Who are you?").fill("PC-4412")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("link", name="Sam Birkett")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_staff_is_clean_and_fits(cast, open_page, sign_in, axe, fits, shot, width):
    page, today = open_page(width, 900), cast.lead.today
    build.case_of(cast)
    build.answers_to(cast, "worker", "peer", vetted_until=today)
    done = actions.hand_over(by=cast.lead, account=cast.account("worker"), why="away")
    actions.lost_phone(by=cast.administrator, account=cast.account("peer"), why="Rang him back")
    key = cast.account("worker").pk
    sign_in(page, cast.account("lead"))
    for name, address in (
        ("list", "/staff/"), ("member", f"/staff/member/{cast.account('volunteer').pk}/"),
        ("clearances", f"/staff/member/{key}/clearances/"),
        ("role", f"/staff/member/{key}/role/"), ("duty", f"/staff/member/{key}/duty/"),
        ("hand-on", f"/staff/member/{key}/hand-on/"), ("handed", f"/staff/handed/{done.pk}/"),
        ("mine", "/staff/mine/"), ("to-me", "/staff/handed-to-me/"), ("ways", "/my-sign-in/ways/"),
        ("password", "/my-sign-in/password/"), ("again", "/sign-in/again/"),
    ):  # fmt: skip
        page.goto(address)
        axe(page)
        fits(page)
        shot(page, f"staff-{name}-{width}")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_administrators_pages_are_clean_and_fit(cast, open_page, sign_in, axe, fits, shot, width):
    page, key = open_page(width, 900), cast.account("officer").pk
    sign_in(page, cast.account("administrator"))
    for name, address in (
        ("accounts", "/staff/accounts/"), ("account", f"/staff/accounts/{key}/"), ("new", "/staff/accounts/new/"),
        ("lost", f"/staff/accounts/{key}/lost-phone/"), ("close", f"/staff/accounts/{key}/close/"),
    ):  # fmt: skip
        page.goto(address)
        axe(page)
        fits(page)
        shot(page, f"staff-{name}-{width}")
    page.goto(f"/staff/accounts/{key}/")
    page.get_by_role("button", name="Make a new link").click()
    expect(page.get_by_role("heading", name="Give this link to Sam Birkett")).to_be_visible()
    axe(page)
    fits(page)
    shot(page, f"staff-link-{width}")
    page.goto(page.locator("code").inner_text())
    expect(page.get_by_role("heading", name="Choose a password")).to_be_visible()
    axe(page)
    fits(page)
    shot(page, f"staff-begin-{width}")
