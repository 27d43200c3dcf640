"""What a browser would never send is refused with a plain page and one ledger entry, and changes nothing.

Each page of the access table is opened by somebody who may, its forms are found as a browser finds them, and then
they are sent with what is not theirs to send. Photographs: clearlines/web/tests/test_photographs.py. Spreadsheets:
clearlines/web/tests/test_downloads.py.
"""

import re
import uuid

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clearlines.access.models import Owned
from clearlines.keys import box
from clearlines.keys.files import Vault
from clearlines.ledger.models import Entry
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from clearlines.reports import receipts, rules
from clearlines.reports.models import Report
from clearlines.reports.tests import build as reports
from clearlines.reports.tests.test_pages import fill_in, send
from tests.cast import MEMBERS
from tests.house.drawing import our_models
from tests.house.pages import elsewhere, forms_of
from tests.house.test_who_opens_what import Row, kwargs_for, rows

PAGES = [each for each in rows() if not each.is_post and "yes" in each.expected.values()]
# Nothing here is hidden: the administrator may see the account, and the other way in is what is not there.
NOT_A_ROW = {"staff-sign-on"}
HIDDEN = [each for each in rows() if "hidden" in each.expected.values() and each.route not in NOT_A_ROW]
LEDGER = {"ledger", "sessions"}


def named(each: Row) -> str:
    return f"{each.route}{' post' if each.is_post else ''}"


def who(each: Row, cell: str) -> str:
    """The first of the cast who gets this; a stranger last, because most pages are empty to them."""
    found = [name for name in MEMBERS if each.expected[name] == cell]
    return next((name for name in found if name != "stranger"), found[0])


def whole_house() -> dict[str, list[dict[str, object]]]:
    """Every row there is, but for the ledger's own."""
    kept = [model for model in our_models() if model._meta.app_label not in LEDGER]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in kept}


# Another organisation's row, in an address.


def shown(response) -> tuple[int, list[str], list[tuple[str, str]]]:
    """What may be compared: the address asked for and the form's own token are as different as they should be."""
    body = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", response.content.decode())
    headers = [(name, value) for name, value in response.headers.items() if name not in ("Content-Length", "Expires")]
    return response.status_code, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "KEY", body).splitlines(), headers


def shape(asked) -> list[str]:
    return [re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|_x\d+|\b\d+\b", "?", each["sql"]) for each in asked]


@pytest.mark.slow
@pytest.mark.parametrize("each", HIDDEN, ids=named)
def test_a_hidden_row_and_one_that_is_not_there_are_the_same_to_the_byte(each, cast, as_):
    kwargs, member = kwargs_for(each, cast), who(each, "hidden")
    client, seen = as_(member), []
    # The first page of a session asks more than the next: who is signed in from where.
    client.get(reverse("me"))
    for address in (reverse(each.route, kwargs=kwargs), reverse(each.route, kwargs=elsewhere(kwargs))):
        before = Entry.objects.count()
        with CaptureQueriesContext(connection) as asked:
            response = client.post(address) if each.is_post else client.get(address)
        new = list(Entry.objects.order_by("pk")[before:].values_list("event", "note", "under"))
        seen.append((*shown(response), shape(asked), new))
    for hidden, absent in zip(*seen, strict=True):
        assert hidden == absent
    assert seen[0][-1] == [("access.not_there", each.route, "")]


# Another organisation's row, fields that are not ours to fill, and what no keyboard types: in every form.

NOT_OURS_TO_FILL = {
    "id": str(uuid.uuid4()), "pk": str(uuid.uuid4()), "owner": "other_force", "owner_id": "other_force",
    "marking": "custodian", "version": "999", "state": "closed", "is_superuser": "on", "is_staff": "on",
    "organisation": "other_force", "organisation_id": "other_force",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("each", PAGES, ids=named)
def test_no_form_takes_what_is_not_its_to_take(each, cast, as_):
    client, address = as_(who(each, "yes")), reverse(each.route, kwargs=kwargs_for(each, cast))
    theirs = [people.person(cast.stranger).pk, places.place(cast.stranger).pk, cast.account("stranger").pk]
    found = forms_of(client, address)
    for form in found:
        takes_no_row_of_another(client, form, [str(key) for key in theirs])
        takes_no_nul(client, form)
        takes_no_more_fields_than_it_shows(client, form, str(cast.account("stranger").pk))


def takes_no_row_of_another(client, form, theirs):
    before = whole_house() if form.keys else None
    for name in form.keys:
        for key in [*theirs, str(uuid.uuid4()), "not-a-key", "0"]:
            response = client.post(form.address, form.filled() | {name: key})
            assert response.status_code in (200, 400, 403, 404, 409), (form.address, name, response.status_code)
    assert before is None or whole_house() == before


def takes_no_nul(client, form):
    before, entries = whole_house(), Entry.objects.count()
    for name in form.words:
        response = client.post(form.address, form.filled() | {name: "a\0b"})
        assert response.status_code == 400
        assert b"That could not be read" in response.content
    assert Entry.objects.count() == entries + len(form.words)
    assert whole_house() == before


def takes_no_more_fields_than_it_shows(client, form, account):
    offered = {*form.sends, *form.choices, *form.words}
    more = {name: value for name, value in NOT_OURS_TO_FILL.items() if name not in offered}
    before = whole_house()
    response = client.post(form.address, form.filled() | more | {"created_by": account, "created_by_id": account})
    assert response.status_code < 500
    for label, rows_now in whole_house().items():
        for row in rows_now:
            if row not in before[label]:
                assert_as_it_should_be(label, row, account)


def assert_as_it_should_be(label, row, account):
    if "marking" in row and issubclass(model_of(label), Owned):
        only_the_custodians = label in ("reports.Source", "reports.Contact")
        assert only_the_custodians or row["marking"] != "custodian", label
        assert row["owner_id"] != "other_force", label
        assert str(row["created_by_id"]) != account, label
        assert row["version"] != 999, label
    assert str(row.get("id")) != NOT_OURS_TO_FILL["id"], label
    assert not row.get("is_superuser"), label


def model_of(label):
    return next(model for model in our_models() if model._meta.label == label)


def test_a_report_takes_no_field_that_its_pages_do_not_show(cast, client):
    page = fill_in(client, what={"owner": "other_force", "created_by": "x", "urgency": "1", "marking": "official",
                                 "progress": "finished", "channel": "101", "receipt_hash": "0" * 64})  # fmt: skip
    send(client, page)
    report = Report.objects.get()
    assert (report.owner_id, report.created_by, report.marking) == ("police", None, "official_sensitive")
    assert (report.progress, report.channel, report.version) == ("received", "web", 1)


@pytest.mark.slow
@pytest.mark.parametrize("each", PAGES, ids=named)
def test_no_address_takes_nul_or_half_a_letter(each, cast, as_):
    client, address = as_(who(each, "yes")), reverse(each.route, kwargs=kwargs_for(each, cast))
    assert client.get(f"{address}?find=%00&q=%00").status_code == 400
    for odd in ("%ED%A0%80", "%FF%FE", "%F0%9F", "'%20OR%201=1--", "%E2%80%AE", "../../etc/passwd"):
        assert client.get(f"{address}?find={odd}&q={odd}&first={odd}&on={odd}").status_code < 500


# What is too much, cut short or not a form at all.


def told_once(event: str) -> bool:
    return Entry.objects.filter(event=event).count() == 1


def a_form(length: int, body: bytes, kind: str):
    client = Client(raise_request_exception=False)
    address = reverse("reports-photograph")
    return client.generic("POST", address, body, content_type=kind, CONTENT_LENGTH=length)


MULTIPART = "multipart/form-data; boundary=edge"
PART = b'--edge\r\nContent-Disposition: form-data; name="photograph"; filename="a.jpg"\r\n\r\n'


def test_a_body_that_says_it_is_enormous_is_refused_before_it_is_read(cast):
    response = a_form(settings.MOST_SENT_AT_ONCE + 1, PART + b"x\r\n--edge--\r\n", MULTIPART)
    assert response.status_code == 400
    assert b"That was too much at once" in response.content
    assert told_once("access.too_much")


@pytest.mark.slow
def test_too_many_words_fields_and_files_are_refused_with_the_same_page(cast, client):
    too_long = "words=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    too_many = "&".join(f"a{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 2))
    address = reverse("reports-what")
    for body in (too_long, too_many):
        response = client.post(address, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 400
        assert b"That was too much at once" in response.content
    files = {f"f{number}": SimpleUploadedFile("a.jpg", b"x") for number in range(9)}
    assert client.post(reverse("reports-photograph"), files).status_code == 400
    assert Entry.objects.filter(event="access.too_much").count() == 3


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (MULTIPART, PART + b"cut short"),
        (MULTIPART, PART[:30]),
        ("multipart/form-data", PART),
        ("multipart/form-data; boundary=" + "e" * 300, PART),
        (MULTIPART, b""),
        (MULTIPART, PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!!\r\n--edge--")),
        ("application/json", b'{"words": "\\ud800"}'),
        ("text/plain", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"%ED%A0%80=%ED%A0%80&words=%FF"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"words=+AAA-"),
    ],
)  # fmt: skip
def test_a_form_that_is_cut_short_or_is_none_is_no_fault_of_ours(cast, kind, body):
    response = a_form(len(body), body, kind)
    assert response.status_code < 500
    assert b"Traceback" not in response.content


def test_a_file_named_like_a_path_or_with_a_nul_goes_nowhere(cast, client):
    client.post(reverse("reports-start"), {"danger": "no"})
    for name in ("../../../etc/cron.d/x", "C:\\windows\\x.jpg", "a\0.jpg", "/abs.jpg", "." * 300):
        file = SimpleUploadedFile("x.jpg", reports.a_picture().body)
        file.name = file._name = name
        assert client.post(reverse("reports-photograph"), {"photograph": file}).status_code in (200, 302, 400)


@pytest.mark.parametrize("name", ["../secret_key", "/etc/passwd", "", "0" * 31, "g" * 32, "0" * 32 + "/..", "0" * 32])
def test_no_name_leads_out_of_the_vault(name, tmp_path):
    with pytest.raises(box.Unreadable):
        Vault(tmp_path).open("police", name, about="x")


@pytest.mark.parametrize(
    "address", ["/static/../settings.py", "/static/%2e%2e/%2e%2e/settings.py", "//etc/passwd", "/%00"]
)
def test_no_address_leads_out_of_the_house(cast, client, address):
    assert client.get(address).status_code in (301, 302, 400, 404)


# Tokens and cookies that are forged, cut short, or used again.


@pytest.mark.parametrize("token", ["", "x", "a" * 64, "a" * 32, "é" * 64, "\0" * 64, "'; DROP TABLE--"])
def test_a_form_without_our_own_token_is_refused_plainly_and_once(cast, token):
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "b" * 32
    said = {"danger": "no"} | ({"csrfmiddlewaretoken": token} if token else {})
    response = client.post(reverse("reports-start"), said)
    assert response.status_code == 403
    assert b"This page was open for too long" in response.content
    assert told_once("access.form_not_ours")


@pytest.mark.parametrize("key", ["", "x", "a" * 32, "a" * 400, "../../../x", "' OR 1=1--", "%00"])
def test_a_session_that_is_not_ours_opens_nothing(cast, as_, key):
    client = as_("officer")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    response = client.get(reverse("triage-list"))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
    assert told_once("access.session_not_ours")


def test_a_session_cut_short_by_one_letter_opens_nothing(cast, as_):
    client = as_("officer")
    client.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value[:-1]
    assert client.get(reverse("triage-list")).status_code == 302


@given(st.text(max_size=200))
def test_no_words_are_taken_for_a_token_of_ours(token):
    assert receipts.unsealed(token) is None
    assert receipts.passed(token) is None


def test_a_token_cut_short_changed_or_made_for_something_else_opens_nothing(cast, client):
    report = reports.report(cast.nobody)
    good = receipts.pass_to(report.pk)
    other = receipts.sealed(uuid.uuid4())
    for bad in (good[:-1], good[1:], good[:-4] + "AAAA", other, f"{good}{good}", ""):
        for route in ("reports-add-more", "reports-forget-me"):
            said = {"opened": bad, "words": "more", "new_id": uuid.uuid4()}
            assert client.post(reverse(route), said)["Location"] == reverse("reports-come-back")
    assert Entry.objects.filter(event="access.token_not_ours").count() == 12
    assert not report.additions.exists()


def test_words_tried_again_and_again_are_slowed_down(cast, client):
    reports.report(cast.nobody, receipt="meadow lantern window")
    for _ in range(3):
        client.post(reverse("reports-come-back"), {"words": "one two three"})
    assert Entry.objects.filter(event="reports.wrong_words_tried").count() == 3
    assert rules.WRONG_TRIES_EACH_WINDOW == 100


# A refusal tells nothing.


def test_a_refused_page_is_written_down_once_and_names_no_row(cast, as_):
    report = reports.report(cast.nobody)
    assert as_("worker").get(reverse("triage-report", args=[report.pk])).status_code == 403
    assert as_("stranger").get(reverse("triage-report", args=[report.pk])).status_code == 404
    for event in ("access.refused", "access.not_there"):
        entry = Entry.objects.get(event=event)
        assert entry.note == "triage-report"
        assert not entry.subjects.exists()


def test_somebody_who_tries_addresses_without_an_account_does_not_fill_the_ledger(cast, client):
    before = Entry.objects.count()
    for number in range(5):
        client.get(f"/nowhere-{number}/")
    assert Entry.objects.count() == before
