import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clearlines.groups import actions
from clearlines.groups.models import Assessment, Group, GroupPerson
from clearlines.groups.tests import build
from clearlines.groups.tests.test_results import GOOD, sheet
from clearlines.lines.tests import build as lines
from clearlines.safeguarding.tests import build as referrals
from tests.cast import NOON


@pytest.fixture(autouse=True)
def still(monkeypatch) -> None:
    """Every page is opened on the day on which its rows were made."""
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: NOON)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def the_day(name: str, said: date) -> dict[str, str]:
    return {f"{name}_day": str(said.day), f"{name}_month": str(said.month), f"{name}_year": str(said.year)}


def page_of(group: Group) -> str:
    return reverse("groups-group", args=[group.pk])


def test_the_register_names_the_lines_each_group_runs_with_their_status(cast, as_):
    assert "No groups yet" in text_of(as_("officer").get(reverse("groups-list")))
    build.full_group(cast.analyst)
    said = text_of(as_("officer").get(reverse("groups-list")))
    assert "2 groups" in said
    assert "L-0001 Sorrel</a>: Active" in said
    assert 'Also called <span dir="auto">The Ropes</span>' in said


def test_a_group_is_found_by_what_it_was_ever_called(cast, as_):
    build.full_group(cast.analyst)
    assert "1 group found" in text_of(as_("officer").get(reverse("groups-list"), {"q": "ropes"}))
    assert "No group is called that" in text_of(as_("officer").get(reverse("groups-list"), {"q": "xyz"}))


def test_a_result_is_shown_as_it_was_given_and_never_worked_out(cast, as_):
    said = text_of(as_("officer").get(page_of(build.full_group(cast.analyst))))
    assert "As it was given to us by MoRiLE 3.1 on 1 March 2022; Clearlines never works it out." in said
    assert "High (4)" in said
    assert "Ask for a new MoRiLE result" in said


def test_a_page_as_at_a_day_shows_what_held_then_and_a_day_to_come_is_refused(cast, as_):
    found, client = build.full_group(cast.analyst), as_("officer")
    assert "None that anybody has recorded" in text_of(client.get(page_of(found), the_day("on", date(2022, 2, 1))))
    assert "That day has not come" in text_of(client.get(page_of(found), the_day("on", date(2090, 1, 1))))
    nonsense = {"on_day": "31", "on_month": "2", "on_year": "2022"}
    assert "Enter a real date" in text_of(client.get(page_of(found), nonsense))


def test_a_recognised_victim_is_called_one_in_a_group(cast, as_):
    row = build.directs(cast.analyst)
    referral = referrals.begun(cast.analyst, row.person)
    assert "a national referral stands" in text_of(as_("analyst").get(page_of(row.group)))
    referrals.moved(cast.analyst, referral, *referrals.OF_AN_ADULT)
    assert "Recognised as a victim of modern slavery" in text_of(as_("analyst").get(page_of(row.group)))


def test_a_group_is_registered_and_a_known_name_asks_first(cast, as_):
    client, new = as_("analyst"), reverse("groups-new")
    said = {"name": "Ropewalk lads", "new_id": uuid.uuid4()}
    assert client.post(new, said)["Location"] == page_of(Group.objects.get())
    asked = text_of(client.post(new, {"name": "ROPEWALK LADS", "new_id": uuid.uuid4()}))
    assert "Say whether it is the same group or another." in asked
    assert "That name is already on the register" in asked
    client.post(new, {"name": "ROPEWALK LADS", "new_id": uuid.uuid4(), "decided": "unrelated"})
    assert Group.objects.count() == 2


def test_what_is_known_names_lines_and_links_are_added_from_the_page(cast, as_):
    one, other = build.group(cast.analyst), build.group(cast.analyst, name="Quay Street")
    line, client = lines.active_line(cast.analyst), as_("analyst")
    client.post(reverse("groups-known", args=[one.pk]), {"known": "A shop in Kirkdale", "seen": 1})
    alias = {"name": "The Ropes", "source_words": "Another force"} | the_day("from_on", build.BEGAN)
    client.post(reverse("groups-alias", args=[one.pk]), alias)
    runs = {"runs": line.pk, "grade": "2B", "reason": "A handset"} | the_day("from_on", build.BEGAN)
    client.post(reverse("groups-run-line", args=[one.pk]), runs)
    link = {"to_group": other.pk, "kind": "works_with", "reason": "A handset"}
    client.post(reverse("groups-link", args=[one.pk]), link)
    said = text_of(client.get(page_of(one)))
    for words in ("A shop in Kirkdale", "The Ropes", "Another force", "L-0001 Bracken", "works with"):
        assert words in said


def test_a_line_that_passed_stands_on_both_pages(cast, as_):
    row, other = build.runs_line(cast.analyst), build.group(cast.analyst, name="Quay Street")
    client, end = as_("analyst"), reverse("groups-end-line", args=[row.group_id, row.pk])
    assert "is no longer theirs" in text_of(client.get(end))
    said = the_day("on", date(2022, 5, 31)) | {"because": "Sold", "passed_to": other.pk, "seen": 1}
    client.post(end, said)
    assert "Lines it had run before" in text_of(client.get(page_of(row.group)))
    assert "1 June 2022 to now" in text_of(client.get(page_of(other)))


def test_somebody_is_added_ended_and_a_child_is_kindly_refused(cast, as_):
    found, boss, child = build.group(cast.analyst), build.adult(cast.analyst), referrals.child(cast.analyst)
    client, add = as_("analyst"), reverse("groups-add-person", args=[found.pk])
    said = {"as_what": "directs", "grade": "2B", "reason": "Two reports"} | the_day("from_on", build.BEGAN)
    refused = text_of(client.post(add, said | {"person": child.pk}))
    assert "Record them as an exploited child on the line" in refused
    client.post(add, said | {"person": boss.pk})
    row = GroupPerson.objects.get()
    end = the_day("on", build.BEGAN) | {"because": "In prison", "seen": 1}
    client.post(reverse("groups-end-person", args=[found.pk, row.pk]), end)
    assert "Until before then" in text_of(client.get(page_of(found)))


def test_a_result_is_typed_and_taken_back_from_the_page(cast, as_):
    found, client = build.group(cast.analyst), as_("analyst")
    add = reverse("groups-assess", args=[found.pk])
    said = {"tool": "other", "other_tool": "Harm grid", "tool_version": "2", "assessor": "Unit", "scores": "Harm: 12",
            "new_id": uuid.uuid4()} | the_day("assessed_on", build.BEGAN)  # fmt: skip
    assert "Line 1 of the scores is not a name" in text_of(client.post(add, said | {"scores": "Harm 12"}))
    client.post(add, said)
    row = Assessment.objects.get()
    assert (row.tool, row.scores) == ("Harm grid", {"Harm": "12"})
    back = {"because": "Another group's", "seen": 1}
    client.post(reverse("groups-take-back-assessment", args=[found.pk, row.pk]), back)
    assert "Taken back" in text_of(client.get(page_of(found)))


def test_a_link_is_taken_back_from_the_page_of_either_group(cast, as_):
    one, other = build.group(cast.analyst), build.group(cast.analyst, name="Quay Street")
    row = actions.link(by=cast.analyst, from_group=one, to_group=other, kind="may_be_same", reason="A handset")
    said = {"because": "Two handsets", "seen": 1}
    as_("analyst").post(reverse("groups-take-back-link", args=[other.pk, row.pk]), said)
    assert "Two handsets" in text_of(as_("officer").get(page_of(one)))


def test_a_spreadsheet_is_brought_in_or_every_wrong_row_is_named(cast, as_):
    build.group(cast.analyst)
    client, bring = as_("analyst"), reverse("groups-import")

    def sent(body: bytes) -> str:
        return text_of(client.post(bring, {"sheet": SimpleUploadedFile("results.csv", body)}))

    assert "Row 2: there is no group G-009." in sent(sheet(GOOD.replace("G-001", "G-009")).encode())
    for wrong in (b"\xff\xfe\x00a", b"group\0"):
        assert "Choose a spreadsheet saved as CSV (UTF-8)." in sent(wrong)
    assert "Choose a file of 1 MB or less." in sent(b"x" * (1024 * 1024 + 1))
    assert "Choose a spreadsheet" in text_of(client.post(bring, {"sheet": ""}))
    assert not Assessment.objects.exists()
    assert "1 result brought in" in sent(sheet(GOOD).encode("utf-8-sig"))
