"""Did it work? A baseline that overlaps the choosing is refused and put right; too few to tell is said first."""

from playwright.sync_api import expect

from clearlines.evaluation.models import Run
from clearlines.evaluation.tests import county
from clearlines.hotspots.tests import build as incidents

TYPED = {
    "What do you want to know?": "Did the visits in Hindpool halve incidents?",
    "How was the area chosen?": "The ward with most burglaries",
    "First month of the counts it was chosen on": "October 2021",
    "Last month of the counts it was chosen on": "February 2022",
    "Before: first month": "February 2022",
    "Before: last month": "March 2022",
    "After: first month": "April 2022",
    "After: last month": "May 2022",
    "Where the work was done, before": "20",
    "Where the work was done, after": "10",
    "Comparison, before": "20",
    "Comparison, after": "20",
}


def filled_in(page, **instead):
    for label, said in (TYPED | instead).items():
        if label.startswith(("Where the work", "Comparison")):
            page.get_by_label(label, exact=True).fill(said)
        else:
            page.get_by_label(label).fill(said)


def test_twenty_to_ten_is_too_few_to_tell_and_a_baseline_is_asked_for_afresh(open_page, cast, sign_in, axe, fits, shot):
    page = sign_in(open_page(360), cast.account("analyst"))
    page.goto("/evaluation/")
    expect(page.locator("main")).to_contain_text("Nothing has been compared yet")
    page.get_by_role("button", name="Compare before and after").click()
    filled_in(page)
    page.get_by_label("How sure must it be?").select_option("90 %")
    shot(page, "evaluation-question-360")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Work it out").click()

    # Refused: the months that chose the area are the months it is measured against.
    expect(page.get_by_role("alert")).to_contain_text("overlap the period before")
    assert not Run.objects.exists()
    expect(page.get_by_label("Where the work was done, before", exact=True)).to_have_value("20")
    page.get_by_label("Last month of the counts it was chosen on").fill("December 2021")
    page.get_by_role("button", name="Work it out").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Too few to tell")
    main = page.locator("main")
    expect(main).to_contain_text("20 before and 10 after")
    expect(main).to_contain_text("The difference is −10 (90 % interval −23.8 to +3.8)")
    expect(main).to_contain_text("do not state a percentage")
    expect(main).to_contain_text("With numbers this small the difference could be chance.")
    expect(main).not_to_contain_text("50")
    axe(page)
    fits(page)
    shot(page, "evaluation-too-few-360")

    page.get_by_role("button", name="Run it again").click()
    expect(page.locator("main")).to_contain_text("Run again: the same answer.")


THE_CLAIM = {
    "Where the work was done, before": "20",
    "Where the work was done, after": "10",
    "Comparison, before": "20",
    "Comparison, after": "20",
    "Before: first month": "February 2022",
    "Before: last month": "March 2022",
    "After: first month": "April 2022",
    "After: last month": "May 2022",
}


def test_s38_a_claim_of_fifty_per_cent_on_twenty_to_ten_may_not_be_stated(open_page, cast, sign_in, axe, fits, shot):
    page = sign_in(open_page(360), cast.account("commissioner"))
    page.goto("/evaluation/")
    page.get_by_role("button", name="Check a claim").click()
    page.get_by_label("What do you want to say?").fill("50% fewer incidents in Hindpool")
    page.get_by_role("button", name="Read it").click()

    # What was understood can be mended before anything is counted.
    expect(page.get_by_label("By how much?")).to_have_value("50 %")
    expect(page.get_by_label("Where?")).to_have_value("Hindpool")
    expect(page.get_by_label("Fewer")).to_be_checked()
    for label, said in THE_CLAIM.items():
        page.get_by_label(label).fill(said)
    page.get_by_label("How sure must it be?").select_option("90 %")
    axe(page)
    fits(page)
    shot(page, "evaluation-claim-360")
    page.get_by_role("button", name="What may be said?").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Too few to tell")
    main = page.locator("main")
    expect(main).to_contain_text(
        "Observed 20→10; comparison unchanged; change −10 (90 % interval −23.8 to +3.8): too few to tell apart from "
        "chance; do not state 50 %."
    )
    expect(main.get_by_role("blockquote")).to_have_text(
        "Incidents in Hindpool went from 20 to 10; a comparison stayed at 20. With numbers this small the difference "
        "could be chance."
    )
    # The commissioner's officer only reads evaluations: the answer is on the page, and nothing was kept.
    expect(main).to_contain_text("Nothing of this was kept")
    assert not Run.objects.exists()
    axe(page)
    fits(page)
    shot(page, "evaluation-claim-answered-360")


def test_a_protocol_is_worked_out_and_says_what_may_be_said(open_page, cast, sign_in, axe, fits, shot):
    protocol = county.protocol(cast.analyst, left=0.4, ring=tuple(code for code, _ in county.AREAS[10:13]))
    page = sign_in(open_page(1280), cast.account("analyst"))
    page.goto(f"/evaluation/protocols/{protocol.pk}/")
    expect(page.locator("main")).to_contain_text("Nothing has been worked out yet.")
    page.get_by_role("button", name="Work it out").click()

    main = page.locator("main")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Consistent with a fall of")
    expect(main.get_by_role("blockquote")).to_contain_text("expected (95 % interval)")
    for words in ("Areas as hot in the same months", "Every other area", "Of 999 like groups where nothing was done"):
        expect(main).to_contain_text(words)
    # What police did rose meanwhile: it stands apart, and is never a measure of success (scenario 39).
    expect(main).to_contain_text("never a measure of success")
    expect(main).to_contain_text("0 in the period before and 24 in the period after")
    axe(page)
    fits(page)
    shot(page, "evaluation-result-1280")
    page.set_viewport_size({"width": 360, "height": 740})
    fits(page)
    shot(page, "evaluation-result-360")

    page.get_by_role("button", name="Work it out again").click()
    expect(main).to_contain_text("Worked out again: the same answer.")
    page.get_by_role("link", name="Check a claim against this result").click()
    page.get_by_label("What do you want to say?").fill("Crime doubled in Fellside")
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="What may be said?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The counts say the opposite")


def test_areas_are_counted_from_loaded_incidents_and_police_work_is_never_the_outcome(
    open_page, cast, sign_in, axe, fits, shot
):
    incidents.loaded(
        cast.analyst, m2022_02=(60, 50, 5), m2022_03=(60, 50, 5), m2022_04=(20, 50, 40), m2022_05=(20, 50, 40)
    )
    page = sign_in(open_page(1280), cast.account("evaluator"))
    page.goto("/evaluation/new/")
    page.get_by_role("link", name="Count the incidents that are loaded instead").click()
    for label, said in list(TYPED.items())[:8]:
        page.get_by_label(label).fill(said)
    page.get_by_label("Last month of the counts it was chosen on").fill("December 2021")
    page.get_by_label("Areas where the work was done").fill("Barrow-in-Furness 010A")
    page.get_by_label("Areas to compare with").fill("South Lakeland 005A")
    page.get_by_label("What police did: drugs or weapons found").check()
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("alert")).to_contain_text("can never be the outcome")

    page.get_by_label("Crime that victims and callers reported").check()
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("main")).to_contain_text("120 before and 40 after")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A fall beyond the comparison")
    axe(page)
    fits(page)
    shot(page, "evaluation-fall-1280")

    # The rows change: the kept answer stays, and running it again says what is different.
    incidents.loaded(cast.analyst, m2022_05=(35, 50))
    page.get_by_role("button", name="Run it again").click()
    expect(page.locator("main")).to_contain_text("the loaded months are not the ones that were counted then")
    shot(page, "evaluation-drift-1280")


def test_the_commissioner_reads_no_organisations_workings(page, cast, sign_in):
    from clearlines.evaluation.tests import build

    run = build.run(cast.analyst)
    sign_in(page, cast.account("commissioner")).goto(f"/evaluation/{run.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
