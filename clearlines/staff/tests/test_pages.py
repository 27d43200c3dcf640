"""The pages of a joiner, a mover and a leaver, and of anybody's own sessions."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from clearlines.access.models import Account
from clearlines.access.tests import build as sign_in
from clearlines.ledger.models import Entry
from clearlines.staff import actions, own
from clearlines.staff.models import EndedSession, Notice
from clearlines.staff.tests import build

pytestmark = pytest.mark.slow

PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
CHOSEN = {"password": "four long plain words", "again": "four long plain words"}


def signed_in(username, agent="Mozilla/5.0 (Windows NT 10.0) Firefox/128.0"):
    client = Client(HTTP_USER_AGENT=agent)
    assert sign_in.sign_in(client, username).status_code == 302
    return client


def joined(as_, **more):
    said = {"full_name": "Noor Haddad", "username": "noor.haddad", "organisation": "charity"} | more
    return as_("administrator").post("/staff/accounts/new/", said)


def link_in(page) -> str:
    return "/" + page.context["link"].split("/", 3)[3]


def test_a_joiner_gets_a_link_chooses_a_password_and_opens_nothing_until_given_a_role(cast, as_, client):
    link = link_in(joined(as_))
    page = client.get(link, follow=True)
    assert "noor.haddad" in page.content.decode()
    assert link not in page.redirect_chain[-1][0], "the token is not left in the address of the page"
    assert client.post(page.request["PATH_INFO"], CHOSEN)["Location"] == "/sign-in/"
    assert sign_in.sign_in(client, "noor.haddad", CHOSEN["password"]).status_code == 302
    assert client.get("/me/").status_code == 200
    assert client.get("/care/").status_code == 403
    account = Account.objects.get(username="noor.haddad")
    today = timezone.localdate()
    given = {
        "role": "recovery_worker",
        "from_on_day": today.day,
        "from_on_month": today.month,
        "from_on_year": today.year,
    }
    assert as_("lead").post(f"/staff/member/{account.pk}/role/", given).status_code == 302
    assert client.get("/care/").status_code == 200


def test_a_link_works_once_and_a_forged_cut_old_or_replaced_one_never(cast, as_, client):
    link = link_in(joined(as_))
    for wrong in (link[:-3] + "/", link.replace("/begin/", "/begin/x"), "/staff/begin/AAAA/a-b/"):
        assert "This link does not work" in client.get(wrong, follow=True).content.decode(), wrong
    page = client.get(link, follow=True).request["PATH_INFO"]
    assert "not the same" in client.post(page, CHOSEN | {"again": "something else entirely"}).content.decode()
    assert "too short" in client.post(page, {"password": "short", "again": "short"}).content.decode()
    client.post(page, CHOSEN)
    assert "This link does not work" in Client().get(link, follow=True).content.decode()
    account = Account.objects.get(username="noor.haddad")
    actions.new_link(by=cast.administrator, account=account)
    first = own.link_parts(account := Account.objects.get(pk=account.pk))
    assert own.beginner(**first)
    actions.new_link(by=cast.administrator, account=account)
    assert own.beginner(**first) is None


def test_a_link_dies_after_three_days(cast, as_, monkeypatch):
    from datetime import datetime

    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    link = link_in(joined(as_))
    later = datetime.now() + timedelta(days=3, seconds=2)  # noqa: DTZ005
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert "This link does not work" in Client().get(link, follow=True).content.decode()


def test_odd_names_are_refused_in_words_and_nothing_is_opened(cast, as_):
    before = Account.objects.count()
    for odd in ("noor@example.org", "noor haddad", "../etc", "<b>", "nöor", "a", "x" * 60, "worker\n"):
        page = joined(as_, username=odd)
        assert page.status_code == 200, odd
    assert joined(as_, organisation="nowhere").status_code == 200
    assert Account.objects.count() == before


def test_my_sessions_are_named_in_plain_words_and_one_can_be_ended(cast):
    desk, phone = signed_in("worker"), signed_in("worker", PHONE)
    page = desk.get("/staff/mine/")
    said = page.content.decode()
    assert "Firefox on a Windows computer" in said
    assert "Chrome on an Android phone" in said
    other = next(each for each in page.context["sessions"] if not each.is_this_one)
    assert desk.post(f"/staff/mine/end/{other.key}/").status_code == 302
    assert phone.get("/me/").status_code == 302
    assert desk.get("/me/").status_code == 200
    assert Entry.objects.filter(event="staff.session_ended").count() == 1


def test_nobody_ends_a_session_of_somebody_elses(cast):
    worker, lead = signed_in("worker"), signed_in("lead")
    key = worker.get("/staff/mine/").context["sessions"][0].key
    lead.post(f"/staff/mine/end/{key}/")
    assert worker.get("/me/").status_code == 200


def test_one_press_signs_out_everywhere_and_each_device_forgets_what_it_held(cast):
    desk, phone = signed_in("worker"), signed_in("worker", PHONE)
    answer = desk.post("/staff/mine/end-everywhere/")
    assert "storage" in answer["Clear-Site-Data"]
    assert desk.get("/me/").status_code == 302
    gone = phone.get("/me/")
    assert gone.status_code == 302
    assert "storage" in gone["Clear-Site-Data"]
    assert EndedSession.objects.count() == 2


def test_a_phone_that_was_only_idle_keeps_what_it_has_not_sent(cast):
    phone = signed_in("worker", PHONE)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    gone = phone.get("/me/")
    assert gone.status_code == 302
    assert "Clear-Site-Data" not in gone


def test_thirty_minutes_without_a_page_and_the_session_is_over(cast):
    desk = signed_in("worker")
    desk.get("/me/")
    ends_in = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=29, seconds=50) < ends_in <= timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    assert desk.get("/me/").status_code == 200
    assert Session.objects.get().expire_date > timezone.now() + timedelta(minutes=29)


@pytest.mark.parametrize(
    "spoil",
    [lambda key: key[:-1], lambda key: key[::-1], lambda key: "0" * 32, lambda key: key + "x", lambda key: "'; drop",
     lambda key: ""],
)  # fmt: skip
def test_a_forged_cut_or_lengthened_cookie_signs_nobody_in(cast, spoil):
    real = signed_in("worker")
    forged = Client()
    forged.cookies[settings.SESSION_COOKIE_NAME] = spoil(real.cookies[settings.SESSION_COOKIE_NAME].value)
    assert forged.get("/me/")["Location"].startswith("/sign-in/")


def test_a_cookie_kept_from_before_signing_out_signs_nobody_in(cast):
    desk = signed_in("worker")
    kept = desk.cookies[settings.SESSION_COOKIE_NAME].value
    desk.post("/sign-out/")
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert again.get("/me/").status_code == 302


def test_a_session_open_at_midnight_is_shut_on_its_next_page_and_says_why(cast):
    desk = signed_in("worker")
    Account.objects.filter(username="worker").update(vetted_until=timezone.localdate() - timedelta(days=1))
    shut = desk.get("/me/")
    assert shut.status_code == 403
    assert "Your account is shut for now" in shut.content.decode()
    assert "storage" in shut["Clear-Site-Data"]
    assert desk.get("/me/").status_code == 302
    assert Entry.objects.filter(event="access.clearance_ran_out", actor="worker").count() == 1


def test_whoever_ran_out_is_told_so_only_with_the_right_password(cast, client):
    Account.objects.filter(username="worker").update(vetted_until=timezone.localdate() - timedelta(days=1))
    assert "The username or the password is wrong" in sign_in.sign_in(client, "worker", "wrong").content.decode()
    told = sign_in.sign_in(client, "worker")
    assert (told.status_code, "shut for now" in told.content.decode()) == (403, True)
    assert client.get("/me/").status_code == 302


def test_after_a_lost_phone_nothing_opens_until_the_manager_says_it_is_they(cast, as_):
    actions.lost_phone(by=cast.administrator, account=cast.account("worker"), why="Rang her back")
    worker = signed_in("worker")
    assert "Your manager must say" in worker.get("/care/").content.decode()
    assert worker.get("/my-sign-in/ways/").status_code == 200
    as_("lead").post(f"/staff/told/{Notice.objects.get().pk}/seen/")
    assert worker.get("/care/").status_code == 200


def test_a_manager_renews_on_one_page(cast, as_):
    build.case_of(cast)
    build.answers_to(cast, "worker", "peer", vetted_until=cast.lead.today - timedelta(days=1))
    from clearlines.staff import timed
    from clearlines.staff.tests.test_actions import machine

    timed.tick(by=machine(cast))
    key, lead = cast.account("worker").pk, as_("lead")
    assert "Renew, and open the account again" in lead.get(f"/staff/member/{key}/").content.decode()
    until = timezone.localdate() + timedelta(days=300)
    said = {"vetted_until_day": until.day, "vetted_until_month": until.month, "vetted_until_year": until.year,
            "supervisor": str(cast.account("peer").pk), "with_work": "on"}  # fmt: skip
    assert lead.post(f"/staff/member/{key}/clearances/", said).status_code == 302
    assert signed_in("worker").get("/care/").status_code == 200


def test_a_form_that_names_somebody_of_another_organisation_changes_nothing(cast, as_):
    lead, outsider = as_("lead"), cast.account("sergeant")
    key = cast.account("worker").pk
    assert lead.post(f"/staff/member/{key}/clearances/", {"supervisor": str(outsider.pk)}).status_code == 200
    assert lead.post(f"/staff/member/{outsider.pk}/clearances/", {}).status_code == 404
    held = outsider.held.get()
    assert lead.post(f"/staff/member/{key}/role/{held.pk}/end/").status_code == 404
    given = {"role": "manager", "from_on_day": 1, "from_on_month": 1, "from_on_year": 2099}
    assert "valid choice" in lead.post(f"/staff/member/{key}/role/", given).content.decode()
    # What a form does not ask, nothing reads.
    lead.post(f"/staff/member/{key}/clearances/", {"is_superuser": "on", "is_active": "", "organisation": "police"})
    account = Account.objects.get(pk=key)
    assert (account.is_superuser, account.is_active, account.organisation_id) == (False, True, "charity")
