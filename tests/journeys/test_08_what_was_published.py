"""A line comes back after its closure was published: the number stays, a note stands beside it, the rate updates."""

from datetime import UTC, date, datetime

from playwright.sync_api import expect

from clearlines.lines import actions as lines
from clearlines.lines.states import Status
from clearlines.lines.tests import build
from clearlines.returns.counted import Window
from clearlines.returns.figures import COUNTERS
from clearlines.returns.models import Return
from clearlines.returns.tests import build as returns

CLOSED, CAME_BACK = date(2022, 5, 10), date(2022, 6, 20)
LEARNED = datetime(2022, 7, 20, 11, 0, tzinfo=UTC)


def rate(viewer, known):
    found = COUNTERS["reactivation_rate"](viewer, Window(date(2022, 7, 1), date(2022, 9, 30), known))
    return found.value, found.base


def test_s05_what_was_published_keeps_its_value_and_gains_a_note(
    open_page, cast, sign_in, axe, fits, shot, monkeypatch
):  # fmt: skip
    line = build.active_line(cast.analyst)
    lines.move(by=cast.analyst, line=line, to=Status.CLOSED_T2, on=CLOSED, complied_on=CLOSED)
    published = returns.sent(cast)
    figures, digest = published.figures, published.digest
    assert (figures["lines_active_at_end"]["value"], figures["reactivations"]["value"]) == (0, 0)

    # At the check-back the number is sending bulk texts again; it had been since 20 June.
    analyst = cast.viewer("analyst", LEARNED)
    line.refresh_from_db()
    lines.move(by=analyst, line=line, to=Status.ACTIVE, on=CAME_BACK, reason="Bulk texts at the check-back")

    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: LEARNED)
    page = sign_in(open_page(360), cast.account("analyst"))
    page.goto(f"/returns/{published.pk}/")
    page.get_by_role("link", name="Note what has been learned since").click()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Count and note").click()
    expect(page.locator("main")).to_contain_text("What was published has not been changed.")
    shot(page, "return-noted-360")
    axe(page)

    # The commissioner reads both: what was said then, and what is known now.
    reader = sign_in(open_page(1280), cast.account("commissioner"))
    reader.goto(f"/returns/{published.pk}/")
    expect(reader.locator("main")).to_contain_text(
        "Published as known on 14 July 2022: 0 of 1 lines ever known by then. "
        "As known on 20 July 2022 it would be 1 of 1 lines ever known by then."
    )
    expect(reader.locator("main")).not_to_contain_text("Bracken")
    shot(reader, "return-with-notes-1280")
    axe(reader)
    fits(reader)

    standing = Return.objects.get()
    assert (standing.figures, standing.digest, standing.state) == (figures, digest, "sent")
    later = cast.viewer("analyst", datetime(2022, 10, 14, 11, tzinfo=UTC))
    assert rate(later, later.today) == (1, 1), "the closing's ninety days ended in the next quarter, and it came back"
    assert rate(later, date(2022, 7, 19)) == (0, 1)
