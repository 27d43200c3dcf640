"""A real Chromium for any test that asks: `page`, `phone`, `desktop`, `open_page`, `sign_in`, `axe`, `fits`, `shot`.

A test that uses one is marked `browser` and `slow` by itself. Addresses may be short: `page.goto("/me/")`.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "var" / "shots"
FLAGS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PATIENCE = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for the whole session; every page gets its own context."""
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not at {CHROMIUM}: bin/test installs it, or run apt-get install chromium")
    if not (ROOT / "clearlines/web/static/web/clearlines.css").exists():
        pytest.skip("the styles are not built: run bin/assets")
    from playwright.sync_api import sync_playwright

    # The driver keeps an event loop in this thread, which the ORM would otherwise refuse to work beside.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`open_page(width=320, javascript=False)`: a fresh window. A blocked script or an error in one fails the test."""
    contexts, faults = [], []

    def opened(width: int = 1280, height: int = 900, *, javascript: bool = True, **more: Any) -> Any:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, java_script_enabled=javascript,
            locale="en-GB", timezone_id="Europe/London", **more,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: "Content Security Policy" in said.text and faults.append(said.text))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "the browser complained:\n" + "\n".join(faults)


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    return open_page()


@pytest.fixture
def desktop(open_page: Callable[..., Any]) -> Any:
    return open_page(1280, 900)


@pytest.fixture
def phone(open_page: Callable[..., Any]) -> Any:
    return open_page(360, 740, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Any, Any], Any]:
    """`sign_in(page, cast.account("worker"))`: by cookie, so that only tests of signing in type a password."""

    def signed_in(page: Any, account: Any) -> Any:
        client = Client()
        client.force_login(account, backend=BACKEND)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        return page

    return signed_in


def ask(page: Any, expression: str) -> Any:
    """What the page answers, by the debugging protocol: the page's own policy forbids `eval`."""
    session = page.context.new_cdp_session(page)
    answer = session.send("Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True})
    session.detach()
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)`: no fault against WCAG 2.2 AA, or the test fails naming each."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run bin/assets")
    source = AXE.read_text(encoding="utf-8")

    def clean(page: Any, *, but_for: tuple[str, ...] = ()) -> None:
        ask(page, f"{source};0")
        wanted = {"runOnly": {"type": "tag", "values": WCAG}, "rules": {rule: {"enabled": False} for rule in but_for}}
        found = ask(page, f"axe.run(document, {json.dumps(wanted)}).then(found => found.violations)")
        said = [f"{each['id']}: {each['help']}\n    {node['html'][:300]}" for each in found for node in each["nodes"]]
        assert not said, f"{page.url} has {len(said)} faults:\n" + "\n".join(said)

    return clean


@pytest.fixture
def fits() -> Callable[[Any], None]:
    """`fits(page)`: nothing makes the page scroll sideways."""

    def held(page: Any) -> None:
        wide, window = ask(page, "[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if wide > window:
            culprits = ask(page, """[...document.querySelectorAll("body *")]
                .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .slice(0, 5).map(each => each.outerHTML.slice(0, 160))""")  # fmt: skip
            pytest.fail(f"{page.url} is {wide} wide in a window of {window}: {culprits}")

    return held


@pytest.fixture
def shot() -> Callable[..., Path]:
    """`shot(page, "lines-360")`: the whole page as var/shots/lines-360.png, to be looked at."""

    def taken(page: Any, name: str, *, whole: bool = True) -> Path:
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=whole)
        return path

    return taken
