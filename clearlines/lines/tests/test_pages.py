import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearlines.ledger.models import Entry
from clearlines.lines import actions
from clearlines.lines.models import Line, LineLink, LineStatus, RoleOnLine
from clearlines.lines.states import Status
from clearlines.lines.tests import build
from clearlines.people.tests import build as people

S = Status


def the_day(name: str, said: date) -> dict[str, str]:
    return {f"{name}_day": str(said.day), f"{name}_month": str(said.month), f"{name}_year": str(said.year)}


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def late_and_corrected(cast) -> Line:
    """Active from 10 February; dormant from 20 May, which we learned on 5 July."""
    line = build.active_line(cast.analyst)
    later = cast.viewer("analyst", datetime(2022, 7, 5, 11, tzinfo=UTC))
    actions.move(by=later, line=line, to=S.DORMANT, on=date(2022, 5, 20))
    return line


def test_the_register_says_how_many_as_known_then_and_now_and_lists_the_difference(cast, as_):
    late_and_corrected(cast)
    asked = the_day("on", date(2022, 6, 1)) | the_day("known", date(2022, 6, 14))
    said = text_of(as_("officer").get(reverse("lines-list"), asked))
    assert "As we knew on 14 June 2022" in said
    assert "<strong>1</strong> as we knew on 14 June 2022, <strong>0</strong> as we know now" in said
    assert "Learned on 5 July 2022: Dormant from 20 May 2022" in said
    assert "lines-differs" in said


def test_nothing_learned_since_is_said_too(cast, as_):
    late_and_corrected(cast)
    asked = the_day("on", date(2022, 6, 1)) | the_day("known", date(2022, 7, 5))
    assert "Nothing about those days has been learned" in text_of(as_("officer").get(reverse("lines-list"), asked))


def test_a_line_registered_after_the_day_of_knowing_is_a_difference_and_not_in_the_count(cast, as_):
    build.active_line(cast.analyst)
    asked = the_day("on", date(2022, 3, 1)) | the_day("known", date(2022, 3, 1))
    said = text_of(as_("officer").get(reverse("lines-list"), asked))
    assert "not yet registered" in said
    assert "Not yet registered" in said


def test_a_day_that_is_no_day_or_has_not_come_is_said_in_a_sentence(cast, as_):
    build.active_line(cast.analyst)
    nonsense = {"on_day": "31", "on_month": "2", "on_year": "2022"}
    assert "Enter a real date" in text_of(as_("officer").get(reverse("lines-list"), nonsense))
    future = the_day("on", date(2090, 1, 1))
    assert "nobody knows yet" in text_of(as_("officer").get(reverse("lines-list"), future))


def test_an_empty_register_teaches(as_):
    assert "A line is registered when" in text_of(as_("officer").get(reverse("lines-list")))


def test_the_register_asks_the_database_twelve_times_at_most(cast, as_):
    for number in range(6):
        build.line(cast.analyst, brand=f"Line {number}", first={"number": f"07700 9001{number:02}", "town": "Kendal"})
    client = as_("officer")
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("lines-list"))
    ours = [each["sql"] for each in asked if "lines_" in each["sql"]]
    assert len(ours) <= 6


def test_the_spreadsheet_holds_the_same_rows_marked_and_harmless(cast, as_):
    build.active_line(cast.analyst, brand="=HYPERLINK()")
    answer = as_("officer").get(reverse("lines-download"))
    assert "OFFICIAL-SENSITIVE" in answer["Content-Disposition"]
    assert "L-0001,'=HYPERLINK(),Merseyside,,active,2022-02-10,active" in answer.content.decode()
    assert Entry.objects.filter(event="looked:lines-download", subjects__name__startswith="lines.Line:").exists()


def test_a_list_is_a_look_at_every_line_in_it(cast, as_):
    lines = [build.active_line(cast.analyst, brand=name) for name in ("Fern", "Heron")]
    as_("officer").get(reverse("lines-list"))
    looked = Entry.objects.get(event="looked:lines-list")
    assert {f"lines.Line:{line.pk}" for line in lines} <= set(looked.subjects.values_list("name", flat=True))


def said_new(**more: str) -> dict[str, str]:
    first_known = the_day("since", build.FIRST_KNOWN)
    return {"new_id": str(uuid.uuid4()), "brand": "Bracken", "status": "under_assessment"} | first_known | more


def test_a_line_is_registered_from_the_page_with_its_number_and_town(as_):
    answer = as_("analyst").post(reverse("lines-new"), said_new(number="07700900123", town="Barrow"), follow=True)
    said = text_of(answer)
    assert "L-0001" in said and "07700 900123" in said and "Barrow" in said and "Under assessment" in said
    assert "Nobody has decided yet" in said and "%" not in said.replace("100%", "")


def test_a_number_on_another_line_must_be_decided_before_anything_is_kept(cast, as_):
    build.full_line(cast.analyst)
    client, said = as_("analyst"), said_new(brand="Fern", number="+44 7700 900123")
    page = text_of(client.post(reverse("lines-new"), said))
    assert "L-0001 Bracken</a>, from Merseyside: Active since 10 February 2022" in page
    assert "Say whether it is the same line, a new brand or unrelated" in page
    assert "already known on L-0001 Bracken" in page and 'value="new_brand"' in page
    assert "open that line" in text_of(client.post(reverse("lines-new"), said | {"decided": "same_line"}))
    assert Line.objects.count() == 1
    assert client.post(reverse("lines-new"), said | {"decided": "new_brand"}).status_code == 302
    assert LineLink.objects.get().kind == "new_brand"


def test_what_another_force_holds_is_never_offered(cast, as_):
    build.full_line(cast.stranger)
    assert as_("analyst").post(reverse("lines-new"), said_new(number=build.NUMBER)).status_code == 302


def test_a_line_is_found_by_a_number_it_had_once(cast, as_):
    line = build.full_line(cast.analyst)
    actions.change_number(by=cast.analyst, identifier=line.identifiers.get(), said="07700 900456", on=date(2022, 5, 3))
    client = as_("officer")
    for words in ("07700 900 123", "+447700900456", "L-0001"):
        assert "L-0001 Bracken" in text_of(client.get(reverse("lines-find"), {"q": words}))
    assert "No exact match" in text_of(client.get(reverse("lines-find"), {"q": "07700 900999"}))


def test_the_lines_page_shows_victims_apart_and_first(cast, as_):
    said = text_of(as_("officer").get(reverse("lines-line", args=[build.full_line(cast.analyst).pk])))
    assert said.index("People it uses or harms") < said.index("Ash Young") < said.index("Others on the line")
    assert said.index("Others on the line") < said.index("Vic Holder")


def test_a_page_about_a_line_offers_nothing_to_whoever_may_only_read(cast, as_):
    address = reverse("lines-line", args=[build.full_line(cast.analyst).pk])
    assert "Record what it became" not in text_of(as_("officer").get(address))
    assert "Record what it became" in text_of(as_("analyst").get(address))


def test_only_what_it_can_become_is_offered(cast, as_):
    address = reverse("lines-move", args=[build.line(cast.analyst).pk])
    said = text_of(as_("analyst").get(address))
    assert 'value="active"' in said and 'value="closed_t2"' not in said


def test_what_it_became_is_asked_again_in_a_sentence(cast, as_):
    address, client = reverse("lines-move", args=[build.active_line(cast.analyst).pk]), as_("analyst")
    assert "Choose what the line became" in text_of(client.get(address, {"asked": "1"}))
    assert "It cannot become that from where it stands" in text_of(client.get(address, {"to": "reported"}))


def test_a_number_that_another_line_has_is_decided_when_it_is_added_too(cast, as_):
    build.full_line(cast.analyst)
    fern = build.active_line(cast.analyst, brand="Fern")
    address, client = reverse("lines-identify", args=[fern.pk]), as_("analyst")
    said = {"kind": "number", "said": build.NUMBER} | the_day("valid_from", build.WENT_ACTIVE)
    assert "L-0001 Bracken</a>, from Merseyside: Active" in text_of(client.post(address, said))
    page = text_of(client.post(address, said | {"decided": "unrelated"}, follow=True))
    assert "Unrelated to the line that had it" in page


def test_type_1_without_a_charge_is_refused_and_disrupted_is_offered(cast, as_):
    line = build.full_line(cast.analyst)
    address = reverse("lines-move", args=[line.pk]) + "?to=closed_t1"
    said = {"seen": str(line.version)} | the_day("on", date(2022, 6, 10))
    page = text_of(as_("sergeant").post(address, said | the_day("holder_arrested_on", date(2022, 6, 1))))
    assert "the day the line holder was charged" in page and "?to=disrupted" in page
    assert LineStatus.objects.filter(line=line).count() == 2


def test_type_2_is_asked_for_the_day_of_compliance_and_counts_from_it(cast, as_):
    line = build.full_line(cast.analyst)
    address = reverse("lines-move", args=[line.pk]) + "?to=closed_t2"
    client = as_("sergeant")
    assert 'name="on_day"' not in text_of(client.get(address))
    granted, complied = the_day("order_granted_on", date(2022, 6, 10)), the_day("complied_on", date(2022, 6, 17))
    page = client.post(address, {"seen": str(line.version), "order_reference": "DDTRO 7"} | granted | complied)
    assert page.status_code == 302
    assert LineStatus.objects.get(status=S.CLOSED_T2).valid_from == date(2022, 6, 17)
    assert "Order DDTRO 7, granted 10 June 2022" in text_of(client.get(reverse("lines-line", args=[line.pk])))


def test_a_line_is_merged_into_another_from_the_page(cast, as_):
    line, other = build.active_line(cast.analyst), build.active_line(cast.analyst, brand="Fern")
    address = reverse("lines-move", args=[line.pk]) + "?to=merged"
    said = {"seen": str(line.version), "merged_into": str(other.pk)} | the_day("on", date(2022, 6, 10))
    assert as_("analyst").post(address, said).status_code == 302
    assert LineStatus.objects.get(status=S.MERGED).merged_into == other


def test_a_line_that_went_to_another_force_has_no_way_on(cast, as_):
    line = build.active_line(cast.analyst)
    actions.move(by=cast.analyst, line=line, to=S.TRANSFERRED, on=date(2022, 6, 10))
    assert "there is no way on" in text_of(as_("analyst").get(reverse("lines-move", args=[line.pk])))


def test_a_corrected_entry_stays_readable_and_says_when(cast, as_):
    line = build.active_line(cast.analyst)
    row = line.statuses.get(sequence=2)
    address = reverse("lines-correct", args=[line.pk, row.pk])
    client = as_("analyst")
    said = {"seen": str(line.version), "to": "active", "reason": "Misread"} | the_day("on", date(2022, 3, 1))
    assert client.post(address, said).status_code == 302
    page = text_of(client.get(reverse("lines-line", args=[line.pk])))
    assert "<s>Active from 10 February 2022</s>" in page
    assert "in place of “Active from 10 February 2022”" in page
    assert "somebody changed this" in text_of(client.post(address, said)).lower()


@pytest.mark.parametrize(
    ("route", "said", "shown"),
    [
        ("lines-market", {"town": "Millom"} | the_day("from_on", build.WENT_ACTIVE), "Millom"),
        (
            "lines-identify",
            {"kind": "handle", "said": "@Bracken"} | the_day("valid_from", build.WENT_ACTIVE),
            "@bracken",
        ),
        ("lines-qualifies", {"answer": "yes", "reason": "Three elements", "seen": "2"}, "Decided by Priya Lowther"),
    ],
)
def test_a_line_is_added_to_from_its_page(cast, as_, route, said, shown):
    line = build.active_line(cast.analyst)
    assert shown in text_of(as_("analyst").post(reverse(route, args=[line.pk]), said, follow=True))


def test_an_element_is_recorded_with_what_shows_it(cast, as_):
    address = reverse("lines-element", args=[build.line(cast.analyst).pk, "violence"])
    client = as_("analyst")
    assert "Say what shows it" in text_of(client.post(address, {"finding": "present"}))
    page = text_of(client.post(address, {"finding": "present", "evidence": "A stabbing on 3 May"}, follow=True))
    assert "A stabbing on 3 May" in page


def test_a_changed_number_ends_the_day_before(cast, as_):
    line = build.full_line(cast.analyst)
    address = reverse("lines-change-number", args=[line.pk, line.identifiers.get().pk])
    said = {"said": "07700 900456"} | the_day("on", date(2022, 5, 3))
    page = text_of(as_("analyst").post(address, said, follow=True))
    assert "1 February 2022 to 2 May 2022" in page and "3 May 2022 to now" in page


def test_only_ones_own_people_can_be_put_on_a_line(cast, as_):
    line, ours, theirs = build.active_line(cast.analyst), people.person(cast.analyst), people.person(cast.worker)
    address, client = reverse("lines-put-person", args=[line.pk]), as_("analyst")
    assert str(theirs.pk) not in text_of(client.get(address))
    said = {"person": str(ours.pk), "role": "host"} | the_day("from_on", build.WENT_ACTIVE)
    assert "Home taken over" in text_of(client.post(address, said, follow=True))
    client.post(address, said | {"person": str(theirs.pk)})
    assert RoleOnLine.objects.count() == 1


def test_a_displacement_is_shown_on_both_lines_and_in_the_picture(cast, as_):
    one, other = build.active_line(cast.analyst), build.active_line(cast.analyst, brand="Fern")
    said = {"to_line": str(other.pk), "reason": "The same handset"} | the_day("on", date(2022, 6, 1))
    client = as_("analyst")
    assert "Moved on to" in text_of(client.post(reverse("lines-displacement", args=[one.pk]), said, follow=True))
    assert "Moved on from" in text_of(client.get(reverse("lines-line", args=[other.pk])))
    assert "L-0001 moved on to L-0002, seen 1 June 2022" in text_of(client.get(reverse("lines-list")))


def test_markup_in_a_brand_is_shown_as_it_was_typed(cast, as_):
    build.active_line(cast.analyst, brand="<script>alert(1)</script> خط")
    said = as_("officer").get(reverse("lines-list")).content.decode()
    assert "<script>alert" not in said and "خط" in said
