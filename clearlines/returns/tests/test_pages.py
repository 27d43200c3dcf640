"""The pages: what each reader sees, what is refused, and that no withheld number is anywhere in what they get."""

import csv
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from clearlines.ledger.models import Entry
from clearlines.returns import actions
from clearlines.returns.models import Return
from clearlines.returns.tests import build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def invented_rooms(monkeypatch):
    build.counting(monkeypatch)


def at(name, part_of):
    return reverse(f"returns-{name}", args=[part_of.pk])


def test_a_quarter_is_begun_counted_by_both_approved_by_another_and_sent(cast, as_):
    answer = as_("analyst").post(
        reverse("returns-new"),
        {"quarter": "2025-06-30", "as_known_day": "14", "as_known_month": "7", "as_known_year": "2025",
         "new_id": "0b9a5d5e-9f0e-4c39-8b43-111111111111"},
    )  # fmt: skip
    part_of = Return.objects.get()
    assert answer.headers["Location"] == at("return", part_of)
    for who in ("analyst", "lead"):
        assert as_(who).post(at("count", part_of), {"words": "A worker was away in May."}).status_code == 302
    assert as_("analyst").post(at("prepare", part_of), {"seen": 1}).status_code == 302
    assert as_("sergeant").post(at("approve", part_of), {"seen": 2}).status_code == 302
    assert as_("sergeant").post(at("send", part_of), {"seen": 3}).status_code == 302
    text = as_("commissioner").get(at("return", part_of)).content.decode()
    assert "1 April to 30 June 2025" in text
    assert "A worker was away in May." in text


def test_a_refusal_is_said_at_the_top_of_the_page_and_nothing_moves(cast, as_):
    part_of = build.prepared(cast)
    page = as_("lead").post(at("approve", part_of), {"seen": part_of.version})
    assert "You counted part of this return: somebody else must approve it." in page.content.decode()
    part_of.refresh_from_db()
    assert part_of.state == "prepared"


def test_the_approve_button_is_disabled_with_its_reasons_before_it_is_pressed(cast, as_):
    part_of = build.prepared(cast)
    text = as_("lead").get(at("approve", part_of)).content.decode()
    assert "You counted part of this return: somebody else must approve it." in text
    assert "disabled" in text


def test_a_half_that_is_missing_is_said_when_finish_is_pressed(cast, as_):
    part_of = build.begun(cast)
    page = as_("analyst").post(at("prepare", part_of), {"seen": part_of.version})
    assert "has not counted its half yet" in page.content.decode()


def test_the_commissioner_opens_sent_returns_only(cast, as_):
    part_of = build.approved(cast)
    assert as_("commissioner").get(at("return", part_of)).status_code == 404
    assert as_("commissioner").get(at("pdf", part_of)).status_code == 404
    assert part_of.reference not in as_("commissioner").get(reverse("returns-list")).content.decode()
    actions.send(by=cast.viewer("sergeant", build.THEN), part_of=part_of, seen=part_of.version)
    assert as_("commissioner").get(at("return", part_of)).status_code == 200


def test_the_commissioner_sees_rules_and_row_counts_and_nothing_to_press(cast, as_):
    text = as_("commissioner").get(at("return", build.sent(cast))).content.decode()
    assert "Rule: Rows invented for a test. Rows counted: 69." in text
    assert "What happens next" not in text
    assert "Count every number again" not in text


def test_another_force_cannot_tell_a_hidden_return_from_one_that_is_not_there(cast, as_):
    part_of = build.sent(cast)
    nowhere = reverse("returns-return", args=[cast.account("lead").pk])
    there, absent = as_("stranger").get(at("return", part_of)), as_("stranger").get(nowhere)
    assert (there.status_code, absent.status_code) == (404, 404)
    assert words_of(there) == words_of(absent)


def words_of(answer):
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


SECRET = {
    "homes_visited": build.figure(3, rows_counted=3),
    "days_to_first_contact": build.figure(17, 4, low=13, high=19),
    "people_seen": build.table(build.AGES, build.SEXES, (2, 1, 0), (31, 0, 0), (0, 53, 0), *[(0, 0, 0)] * 3),
}


def test_no_withheld_number_is_in_the_page_the_pdf_or_the_file(cast, as_, monkeypatch):
    build.counting(monkeypatch, **SECRET)
    part_of = build.sent(cast)
    for who in ("sergeant", "commissioner"):
        told = as_(who).get(at("return", part_of)).content.decode()
        rows = {row["figure"]: row for row in csv.DictReader(io.StringIO(file_of(as_(who), part_of)))}
        paper = pdf_of(as_(who), part_of)
        for text in (told, paper):
            assert "Different homes visited" in text
            assert "17 days" not in text
            assert "13 to 19" not in text
        assert rows["homes_visited"]["number"] == rows["homes_visited"]["rows counted"] == "[c]"
        assert (rows["days_to_first_contact"]["number"], rows["days_to_first_contact"]["low"]) == ("[c]", "")
        assert "[c]" in paper


def file_of(client, part_of):
    return client.get(at("figures", part_of)).content.decode()


def pdf_of(client, part_of):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(client.get(at("pdf", part_of)).content)).pages)


def test_the_pdf_is_tagged_titled_in_english_and_leaves_a_look(cast, as_):
    part_of = build.sent(cast)
    before = Entry.objects.filter(event="looked:returns-pdf", kind="consultation").count()
    answer = as_("commissioner").get(at("pdf", part_of))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="return-Q2022-06.pdf"'
    paper = PdfReader(io.BytesIO(answer.content))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert paper.trailer["/Root"]["/Lang"] == "en-GB"
    assert paper.metadata.title == "Quarterly return, 1 April to 30 June 2022"
    assert b"pdfuaid:part" in paper.trailer["/Root"]["/Metadata"].get_data()
    assert Entry.objects.filter(event="looked:returns-pdf", kind="consultation").count() == before + 1


def test_a_return_that_was_not_sent_says_so_on_paper(cast, as_):
    part_of = build.prepared(cast)
    assert "Not sent: waiting for somebody else to approve it." in pdf_of(as_("sergeant"), part_of)


def test_counting_again_lists_what_moved(cast, as_, monkeypatch):
    part_of = build.sent(cast)
    assert "Every number came out the same" in as_("sergeant").post(at("again", part_of)).content.decode()
    build.counting(monkeypatch, lines_peak_active=build.figure(5))
    assert "1 of 29 numbers came out differently" in as_("sergeant").post(at("again", part_of)).content.decode()


def test_a_correction_and_what_it_corrects_point_at_each_other(cast, as_):
    old = build.sent(cast)
    form = {"why": "A visit was <b>counted</b> twice.", "as_known_day": "2", "as_known_month": "8",
            "as_known_year": "2022", "new_id": "0b9a5d5e-9f0e-4c39-8b43-222222222222"}  # fmt: skip
    answer = as_("analyst").post(at("reissue", old), form)
    new = Return.objects.get(replaces=old)
    assert answer.headers["Location"] == at("return", new)
    assert "A correction is being prepared" in as_("lead").get(at("return", old)).content.decode()
    assert "correction" not in as_("commissioner").get(at("return", old)).content.decode().lower()
    text = as_("lead").get(at("return", new)).content.decode()
    assert "A visit was &lt;b&gt;counted&lt;/b&gt; twice." in text


def test_a_return_page_asks_few_questions(cast, as_, django_assert_max_num_queries):
    part_of, client = build.sent(cast), as_("sergeant")
    client.get(at("return", part_of))
    # Twelve of its own, and the session, the account, its roles, its ties, its visit to this page and two ledger rows.
    with django_assert_max_num_queries(20):
        client.get(at("return", part_of))


def test_the_console_says_the_same(cast, capsys):
    import json

    from clearlines.cli.main import main

    part_of = build.sent(cast)
    assert main(["returns", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["returns"][0]["reference"] == part_of.reference
    assert main(["returns", "rerun", "q2022-06", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["same"], said["drifted"], len(said["figures"])) == (True, [], 29)
    assert main(["returns", "rerun", "Q1999-01"]) == 2
    assert "There is no return Q1999-01" in capsys.readouterr().err


WANTED = [
    "Type 1 closures", "Type 2 closures", "Outcome measured twice", "Spent on people", "Under 18", "44 of 69 attempts",
    "Before you repeat a number", "My daughter stays on Sundays now",
]  # fmt: skip


def test_s40_the_commissioner_reads_outputs_funnel_spend_equality_and_two_stories_each_with_its_rule(cast, as_):
    part_of = build.counted(cast)
    for words in (build.STORY, "My daughter stays on Sundays now. That is what I wanted."):
        build.told(cast, part_of, words=words)
    actions.prepare(by=cast.viewer("analyst", build.THEN), part_of=part_of, seen=part_of.version)
    for verb in (actions.approve, actions.send):
        part_of.refresh_from_db()
        verb(by=cast.viewer("sergeant", build.THEN), part_of=part_of, seen=part_of.version)
    page, paper = as_("commissioner").get(at("return", part_of)).content.decode(), pdf_of(as_("commissioner"), part_of)
    for text in (page, paper):
        for each in WANTED:
            assert each in text, each
    assert page.count("Rows counted:") == paper.count("Rows counted:") == len(part_of.definitions.figures)
    assert "Take this story back" not in page


def test_a_story_is_told_and_taken_back_on_the_pages(cast, as_):
    part_of = build.counted(cast)
    form = {"words": build.STORY, "agreed_on_day": "1", "agreed_on_month": "7", "agreed_on_year": "2022",
            "agreed_how": "Said yes.", "new_id": "0b9a5d5e-9f0e-4c39-8b43-333333333333"}  # fmt: skip
    assert as_("lead").post(at("tell", part_of), form).status_code == 302
    assert build.STORY in as_("lead").get(at("return", part_of)).content.decode()
    back = reverse("returns-take-back", args=["0b9a5d5e-9f0e-4c39-8b43-333333333333"])
    assert as_("analyst").get(back).status_code == 404
    assert as_("lead").post(back).status_code == 302
    assert build.STORY not in as_("lead").get(at("return", part_of)).content.decode()
