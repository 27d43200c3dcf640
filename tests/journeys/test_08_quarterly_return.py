"""The quarterly return: counted in two halves, refused to whoever counted it, sent, and put right by another."""

import io
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect
from pypdf import PdfReader

from clearlines.lines.tests import build as lines
from clearlines.people.tests import build as people
from clearlines.referrals.tests import build as letters
from clearlines.reports.tests import build as reports
from clearlines.returns.models import Return
from clearlines.visits.tests import build as visits

# Learned after the first return was counted as known on 14 July 2022.
LEARNED = datetime(2022, 7, 20, 11, 0, tzinfo=UTC)


def a_quarter_of_work(cast):
    lines.active_line(cast.analyst)
    for _ in range(3):
        reports.report(cast.nobody)
    for place in range(7):
        letter = letters.accepted(cast.probation, cast.worker, name=f"Invented {place}")
        day = cast.viewer("worker", cast.worker.now + timedelta(days=1 + place))
        visits.account(day, person=letter.person, crew=[day.account])
    for _ in range(2):
        visits.account(cast.worker, person=people.person(cast.worker), crew=[cast.worker.account], outcome="refused")


def known_on(page, day, month, year):
    page.get_by_label("Day").fill(str(day))
    page.get_by_label("Month").fill(str(month))
    page.get_by_label("Year").fill(str(year))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def count_half(page, address, words):
    page.goto(address)
    page.get_by_role("link", name="Count your half").click()
    page.get_by_label("What should a reader know").fill(words)
    press(page, "Count")
    expect(page.get_by_role("heading", name="How this return was made")).to_be_visible()


def test_a_quarter_is_counted_by_both_sides_approved_by_another_sent_and_put_right(
    open_page, cast, sign_in, axe, fits, shot
):
    a_quarter_of_work(cast)
    analyst, lead = sign_in(open_page(), cast.account("analyst")), sign_in(open_page(360), cast.account("lead"))
    sergeant, reader = (
        sign_in(open_page(), cast.account("sergeant")),
        sign_in(open_page(), cast.account("commissioner")),
    )

    # The police begin, and count their half. Nothing of the charity's is in it.
    analyst.goto("/returns/")
    expect(analyst.locator("main")).to_contain_text("No returns yet")
    analyst.get_by_role("link", name="Begin a return").click()
    analyst.get_by_label("Which quarter?").select_option(label="1 April to 30 June 2022")
    known_on(analyst, 14, 7, 2022)
    axe(analyst)
    press(analyst, "Begin")
    address = analyst.url
    count_half(analyst, address, "Two warrants were put off to July.")
    expect(analyst.locator("main")).to_contain_text("The Open Door Recovery Community has still to count its half.")
    expect(analyst.locator("main")).not_to_contain_text("People seen, by age and sex")

    # The charity counts its own, on a phone. Few refused: withheld, and with it what would give it away.
    count_half(lead, address, "A worker was away for most of May.")
    expect(lead.get_by_role("region", name="Visits, by what happened")).to_contain_text("[c]")
    shot(lead, "return-360")
    axe(lead)
    fits(lead)

    # Refused: the lead counted half of it, so the lead cannot approve it.
    analyst.reload()
    press(analyst, "Finish preparing")
    lead.reload()
    lead.get_by_role("button", name="Look at it and approve").click()
    expect(lead.locator("main")).to_contain_text("You counted part of this return: somebody else must approve it.")
    expect(lead.get_by_role("button", name="Approve", exact=True)).to_be_disabled()
    shot(lead, "return-approve-360")
    axe(lead)
    fits(lead)

    # The sergeant looks at what the commissioner will see; every number is counted again; it is sent.
    reader.goto("/returns/")
    expect(reader.locator("main")).to_contain_text("No returns yet")
    sergeant.goto(address)
    sergeant.get_by_role("button", name="Look at it and approve").click()
    press(sergeant, "Approve")
    press(sergeant, "Send to the commissioner")
    press(sergeant, "Count every number again")
    expect(sergeant.get_by_role("heading", level=1)).to_have_text("Every number came out the same")
    shot(sergeant, "return-again-1280")
    axe(sergeant)

    read_it(reader, axe, fits, shot)
    put_right(analyst, lead, sergeant, reader, cast, address)


def read_it(reader, axe, fits, shot):
    # The commissioner reads totals, definitions, rules and row counts; never a row, never a small number.
    reader.reload()
    reader.get_by_role("link", name="Q2022-06").click()
    expect(reader.locator("main")).to_contain_text("7 different people were seen")
    reader.get_by_text("How this was counted: visits").click()
    expect(reader.locator("main")).to_contain_text("Rows counted: 7. Counted by the charity.")
    expect(reader.locator("main")).not_to_contain_text("Invented 1")
    shot(reader, "return-1280")
    axe(reader)
    fits(reader)
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Read it as a PDF").click()
    paper = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    said = " ".join(page.extract_text() for page in paper.pages)
    assert "7 different people were seen" in said
    assert "7 of 9 attempts" not in said


def put_right(analyst, lead, sergeant, reader, cast, address):
    # Put right: a second line is learned of. The old return stays as it was published; a new one takes its place.
    lines.active_line(cast.viewer("analyst", LEARNED), brand="Heron")
    analyst.reload()
    analyst.get_by_role("link", name="Correct it with a new return").click()
    analyst.get_by_label("What was wrong?").fill("A second line was already running and was not known of.")
    known_on(analyst, 2, 8, 2022)
    press(analyst, "Begin the correction")
    expect(analyst.locator("main")).to_contain_text("This corrects return Q2022-06, which stays as it was published.")
    corrected = analyst.url
    count_half(analyst, corrected, "")
    count_half(lead, corrected, "")
    analyst.reload()
    press(analyst, "Finish preparing")
    sergeant.goto(corrected)
    sergeant.get_by_role("button", name="Look at it and approve").click()
    press(sergeant, "Approve")
    press(sergeant, "Send to the commissioner")

    reader.goto(address)
    expect(reader.locator("main")).to_contain_text("Replaced by return Q2022-06.2")
    expect(reader.locator("main")).to_contain_text("The one line ever known was active")
    reader.get_by_role("link", name="Q2022-06.2").click()
    expect(reader.locator("main")).to_contain_text("2 of the 2 lines ever known were active")
    old, new = Return.objects.get(reference="Q2022-06"), Return.objects.get(reference="Q2022-06.2")
    assert (old.state, new.state) == ("reissued", "sent")
