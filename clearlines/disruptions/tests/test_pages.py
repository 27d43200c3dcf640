import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clearlines.disruptions import actions
from clearlines.disruptions.models import Contribution, Disruption, Moderation, Order
from clearlines.disruptions.rules import Part
from clearlines.disruptions.tests import build
from clearlines.ledger.models import Entry
from clearlines.lines.models import LineStatus
from clearlines.lines.states import Status
from clearlines.lines.tests import build as lines


def the_day(name: str, said: date) -> dict[str, str]:
    return {f"{name}_day": str(said.day), f"{name}_month": str(said.month), f"{name}_year": str(said.year)}


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def said_new(line=None, **more: str) -> dict[str, str]:
    said = {
        "new_id": str(uuid.uuid4()), "words": "Two arrested", "tactic": "arrest", "p": "pursue", "level": "major",
        "why": "Nobody else knows the numbers", "lead_agency": "police", "line": str(line.pk) if line else "",
    }  # fmt: skip
    return said | the_day("happened_on", build.GRANTED) | more


def test_an_empty_list_teaches(as_):
    said = text_of(as_("officer").get(reverse("disruptions-list")))
    assert "None waits for a second person" in said and "another decides" in said


def test_the_list_is_narrowed_and_is_a_look_at_each_of_its_rows(cast, as_):
    found = build.disruption(cast.analyst)
    build.disruption(cast.officer, about_words="A school", p="prevent", tactic="school_session")
    client = as_("officer")
    assert "2 disruptions, newest first" in text_of(client.get(reverse("disruptions-list")))
    for asked in ({"p": "pursue"}, {"line": str(found.line_id)}):
        said = text_of(client.get(reverse("disruptions-list"), asked))
        assert "1 disruption," in said and "D-0001" in said and "D-0002" not in said
    looked = Entry.objects.filter(event="looked:disruptions-list").order_by("pk").first()
    assert f"disruptions.Disruption:{found.pk}" in looked.subjects.values_list("name", flat=True)


def test_a_page_of_fifty_asks_no_more_than_a_page_of_two(cast, as_):
    line, client, asked = lines.active_line(cast.analyst), as_("officer"), []
    for days in ((1, 2), range(3, 12)):
        for day in days:
            build.disruption(cast.analyst, line=line, happened_on=date(2022, 6, day))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("disruptions-list"))
        asked.append(len([each for each in seen if "disruptions_" in each["sql"]]))
    assert asked[0] == asked[1]


def test_an_act_is_recorded_from_one_page_and_its_line_moves_with_it(cast, as_):
    line = lines.active_line(cast.analyst)
    answer = as_("analyst").post(
        reverse("disruptions-new"), said_new(line, **the_day("line_disrupted_from", build.GRANTED)), follow=True
    )
    said = text_of(answer)
    assert "D-0001" in said and "Major, proposed" in said and "Until somebody else decides" in said
    assert LineStatus.objects.filter(line=line, status=Status.DISRUPTED).exists()


def test_only_who_keeps_lines_is_asked_whether_it_moves(cast, as_):
    address = reverse("disruptions-new")
    assert "from which day?" in text_of(as_("analyst").get(address))
    assert "from which day?" not in text_of(as_("officer").get(address))


def test_what_it_means_for_victims_is_asked_only_where_the_tactic_can_harm_them(cast, as_):
    client, address = as_("officer"), reverse("disruptions-new")
    assert "anybody who is being used, and" not in text_of(client.get(address))
    said = said_new(about_words="A flat on Ropewalk Lane", tactic="closure_full", p="protect")
    page = text_of(client.post(address, said))
    assert "can harm somebody who is being used" in page and "Where do they sleep tonight" in page
    assert "Two arrested" in page, "what was typed is still there"
    assert not Disruption.objects.exists()
    page = text_of(client.post(address, said | {"victim_impact": "She sleeps at her sister's"}, follow=True))
    assert "She sleeps at her sister" in page


def test_the_same_act_is_asked_about_before_anything_is_kept(cast, as_):
    first = build.disruption(cast.analyst)
    client, address = as_("officer"), reverse("disruptions-new")
    said = said_new(first.line, lead_agency="rail_police", elsewhere_reference="RP-88")
    page = text_of(client.post(address, said))
    assert (
        "Something like it is recorded already. Look before you decide" in page
        and "led by Fellside Constabulary" in page
    )
    assert "Say whether this is the same act, or another" in page
    assert Disruption.objects.count() == 1
    page = text_of(client.post(address, said | {"decided": "same_act:D-0001"}, follow=True))
    assert "Railway Police, North West, 10 June 2022: Reported the same act too, as" in page
    assert Disruption.objects.count() == 1
    said |= {"decided": "another_act", "new_id": str(uuid.uuid4()), "elsewhere_reference": ""}
    client.post(address, said)
    assert Disruption.objects.count() == 2


def test_a_refusal_is_said_on_the_page(cast, as_):
    line = lines.line(cast.analyst)
    said = said_new(line, **the_day("line_disrupted_from", build.GRANTED))
    assert "cannot become" in text_of(as_("analyst").post(reverse("disruptions-new"), said))
    said = said_new()
    assert "Say what it was done to" in text_of(as_("analyst").post(reverse("disruptions-new"), said))
    assert not Disruption.objects.exists()


def test_a_page_that_begins_from_a_line_has_it_chosen(cast, as_):
    line = lines.active_line(cast.analyst)
    said = text_of(as_("officer").get(reverse("disruptions-new"), {"line": str(line.pk)}))
    assert f'value="{line.pk}" selected' in said


def test_s07_a_second_person_decides_and_whoever_proposed_it_is_told_why_they_cannot(cast, as_):
    found = build.disruption(cast.analyst)
    page, level = (reverse(f"disruptions-{name}", args=[found.pk]) for name in ("disruption", "moderate"))
    for address in (page, level):
        assert "The person who proposed it cannot decide its level: ask a colleague" in text_of(
            as_("analyst").get(address)
        )
    said = {"level": "moderate", "reason": "Another number was selling in a week"}
    assert "cannot decide its level" in text_of(as_("analyst").post(level, said))
    assert not Moderation.objects.exists()
    shown = text_of(as_("sergeant").post(level, said, follow=True))
    assert "Major, proposed" in shown and "Moderate, decided" in shown and "Dee Hartley" in shown
    assert "Decide the level" not in text_of(as_("officer").get(page))


def test_an_order_is_added_and_somebody_says_that_it_was_complied_with(cast, as_):
    found = build.disruption(cast.analyst)
    client = as_("analyst")
    said = {"new_id": str(uuid.uuid4()), "kind": "ddtro", "reference": "ORD-7", "identifier": "07700 900123"}
    address = reverse("disruptions-add-order", args=[found.pk])
    page = text_of(client.post(address, said | the_day("granted_on", date(2022, 6, 1)), follow=True))
    assert "Nobody has said" in page and "by the end of 10 June 2022" in page
    order = Order.objects.get()
    answer = reverse("disruptions-order", args=[found.pk, order.pk])
    assert "Is the number dead?" in text_of(client.get(answer))
    said = {"seen": "1", "answer": "yes"} | the_day("on", date(2022, 6, 9))
    page = text_of(client.post(answer, said, follow=True))
    assert "Complied with" in page and "Record the closure of L-0001 Bracken, from 9 June 2022" in page
    assert "said so already" in text_of(client.post(answer, said | {"seen": "2"}))


def test_an_order_of_another_disruption_is_not_here(cast, as_):
    found = build.full_disruption(cast.analyst)
    other = build.disruption(cast.analyst, about_words="A flat")
    assert as_("analyst").get(reverse("disruptions-order", args=[other.pk, found.orders.get().pk])).status_code == 404


@pytest.mark.parametrize(
    ("route", "said", "shown"),
    [
        ("add-seizure", {"kind": "heroin", "amount": "12.5", "unit": "g"}, 'Heroin: <span class="app-together">12.5 g'),
        ("add-contribution", {"agency": "charity", "kind": "visit"}, "The Open Door Recovery Community, 10 June 2022"),
        ("take-back", {"because": "The wrong line", "seen": "1"}, "Taken back on"),
    ],
)  # fmt: skip
def test_a_disruption_is_added_to_from_its_page(cast, as_, route, said, shown):
    found = build.disruption(cast.analyst)
    given = {"new_id": str(uuid.uuid4())} | the_day("on", build.GRANTED) | said
    page = text_of(as_("analyst").post(reverse(f"disruptions-{route}", args=[found.pk]), given, follow=True))
    assert shown in page


@pytest.mark.parametrize(
    ("route", "said", "shown"),
    [
        ("add-seizure", {"kind": "cash", "amount": "12", "unit": "kg"}, "Cash is counted in £"),
        ("add-seizure", {"kind": "cash", "amount": "lots", "unit": "£"}, "Enter a number, such as 3 or 12.5"),
        ("add-contribution", {"agency": "charity", "kind": "visit", "words": "She"}, "by agency, date and kind only"),
        ("add-order", {"kind": "warrant"} | the_day("granted_on", date(2090, 1, 1)), "in the future"),
        ("take-back", {"because": "x", "seen": "9"}, "Somebody changed this"),
    ],
)
def test_what_cannot_be_added_is_said_on_the_page(cast, as_, route, said, shown):
    found = build.disruption(cast.analyst)
    given = {"new_id": str(uuid.uuid4())} | the_day("on", build.GRANTED) | said
    assert shown in text_of(as_("analyst").post(reverse(f"disruptions-{route}", args=[found.pk]), given))
    assert not Contribution.objects.exists() and not Order.objects.exists()


def test_the_same_act_found_later_names_the_one_that_stands(cast, as_):
    first = build.disruption(cast.analyst)
    second = build.disruption(cast.analyst, line=first.line, decided="another_act")
    said = {"because": "One arrest", "same_act_as": str(first.pk), "seen": "1"}
    page = text_of(as_("analyst").post(reverse("disruptions-take-back", args=[second.pk]), said, follow=True))
    assert "The same act stands as" in page and "D-0001" in page and "It counts nowhere" in page


def test_totals_say_what_they_count_and_keep_a_charity_of_four_visits_out(cast, as_):
    found = build.disruption(cast.analyst)
    for day in range(1, 5):
        part = Part("charity", date(2022, 6, day), "visit")
        actions.add_contribution(by=cast.analyst, disruption=found, part=part)
    asked = the_day("first", date(2022, 4, 1)) | the_day("last", date(2022, 6, 30))
    said = text_of(as_("officer").get(reverse("disruptions-totals"), asked))
    assert "1 April 2022 to 30 June 2022: <strong>1</strong> disruption," in said
    assert "fewer than five: not shown" in said
    asked |= the_day("last", date(2090, 1, 1))
    assert "nobody knows yet" in text_of(as_("officer").get(reverse("disruptions-totals"), asked))
    assert "Enter a real date" in text_of(as_("officer").get(reverse("disruptions-totals"), {"first": "x"}))


def test_every_list_is_said_to_be_unverified(as_):
    said = text_of(as_("officer").get(reverse("disruptions-tactics")))
    assert said.count("nverified") >= 3 and "Can harm victims" in said and "Lifestyle" in said


def test_what_was_done_to_a_line_is_a_part_of_another_page(cast):
    from django.template.loader import render_to_string

    from clearlines.disruptions import queries

    found = build.disruption(cast.analyst)
    shown = render_to_string("disruptions/_of_line.html", {"disruptions": queries.of_line(cast.officer, found.line)})
    assert "D-0001" in shown and "Waits for a second person" in shown
    assert "Nothing is recorded" in render_to_string("disruptions/_of_line.html", {"disruptions": []})


def test_markup_is_shown_as_it_was_typed(cast, as_):
    found = build.disruption(cast.analyst, words="<script>alert(1)</script> خط")
    said = as_("officer").get(reverse("disruptions-disruption", args=[found.pk])).content.decode()
    assert "<script>alert" not in said and "خط" in said
