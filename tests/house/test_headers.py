"""Every answer tells the browser to keep nothing, to run nothing that we did not write, and to let no other site in."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clearlines.reports.tests import build as reports
from tests.cast import MEMBERS
from tests.house.drawing import ROOT
from tests.house.test_bad_input import named
from tests.house.test_who_opens_what import Row, kwargs_for, rows

STRICT = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "frame-src 'none'",
    "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
}  # fmt: skip
NEVER = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", "http:", "*")


def assert_shut(response):
    policy = response["Content-Security-Policy"]
    said = {each.strip() for each in policy.split(";")}
    assert said >= STRICT or "sandbox" in said, policy
    assert not any(each in policy for each in NEVER), policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert "camera=()" in response["Permissions-Policy"]
    assert not {"Server", "X-Powered-By", "ETag", "Last-Modified"} & set(response.headers)


@pytest.mark.slow
@pytest.mark.parametrize("each", rows(), ids=named)
def test_every_route_has_every_header_whoever_asks(each: Row, cast, as_):
    address = reverse(each.route, kwargs=kwargs_for(each, cast))
    asked = {each.expected[member]: member for member in reversed(MEMBERS)}
    for member in {*asked.values(), "nobody"}:
        client = as_(member)
        assert_shut(client.post(address) if each.is_post else client.get(address))


def test_an_error_has_them_too(cast, as_, monkeypatch):
    from clearlines.triage import queries

    assert_shut(as_("nobody").get("/nowhere/"))
    assert_shut(as_("officer").get("/triage/?find=%00"))
    assert_shut(as_("worker").get(reverse("triage-list")))
    assert_shut(Client(enforce_csrf_checks=True).post(reverse("reports-start")))
    assert_shut(Client(headers={"host": "evil.example"}).get("/"))
    monkeypatch.setattr(queries, "waiting", lambda viewer: 1 / 0)
    broken = as_("officer")
    broken.raise_request_exception = False
    response = broken.get(reverse("triage-list"))
    assert response.status_code == 500
    assert b"ZeroDivision" not in response.content
    assert_shut(response)


def test_pages_are_headed_outside_the_views_and_files_under_static_are_not():
    order = [each.rpartition(".")[2] for each in settings.MIDDLEWARE]
    assert order.index("SecurityMiddleware") < order.index("WhiteNoiseMiddleware") < order.index("Headers")
    assert order.index("Headers") < min(order.index(each) for each in ("CSPMiddleware", "SessionMiddleware"))


def test_signing_out_empties_the_browser_and_looking_at_a_page_does_not(cast, as_):
    client = as_("officer")
    assert "Clear-Site-Data" not in client.get(reverse("triage-list"))
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Clear-Site-Data" not in client.get(reverse("home"))


def test_a_picture_has_its_own_stricter_policy(cast, as_):
    report = reports.photographed(cast.nobody)
    shown = as_("officer").get(reverse("reports-picture", args=[report.pk, report.photographs.get().pk]))
    assert "sandbox" in shown["Content-Security-Policy"]
    assert_shut(shown)


def test_cookies_are_for_this_site_alone_and_not_for_scripts(cast, as_):
    client = as_("officer")
    client.get(reverse("triage-list"))
    page = client.get(reverse("reports-start"))
    cookies = {**client.cookies, **page.cookies}
    assert cookies[settings.SESSION_COOKIE_NAME]["httponly"]
    assert cookies[settings.SESSION_COOKIE_NAME]["samesite"] in ("Lax", "Strict")
    assert cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Strict"


ASKED = """
from clearlines import settings as s
print(s.SECURE_HSTS_SECONDS >= 31536000, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)
print(s.SESSION_COOKIE_NAME.startswith("__Host-"), s.CSRF_COOKIE_NAME.startswith("__Host-"))
print(s.CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"])
"""


def test_over_https_there_is_no_way_back(tmp_path):
    surroundings = os.environ | {"CLEARLINES_HTTPS": "1", "CLEARLINES_VAR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, env=surroundings, capture_output=True, text=True)
    assert set(done.stdout.split()) == {"True"}, done.stdout + done.stderr[-500:]
