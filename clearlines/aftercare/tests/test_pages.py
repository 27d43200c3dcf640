"""What each side reads on its pages, and what it takes to tell, to decide and to write down."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clearlines.aftercare import actions
from clearlines.aftercare.models import Harm, Watch, WatchTold
from clearlines.aftercare.tests import build
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from tests.cast import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def still(monkeypatch):
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: NOON)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def pressed(client, route, row, **said):
    return client.post(reverse(route, args=[row.pk]), said, follow=True)


def test_the_charity_is_told_in_one_press_with_what_it_will_read_in_front_of_whoever_presses(cast, as_):
    watch, analyst = build.watch(cast.analyst), as_("analyst")
    page = text_of(analyst.get(reverse("aftercare-tell", args=[watch.pk])))
    assert 'value="Barrow-in-Furness"' in page and "14 June 2022, 10:00" in page
    said = text_of(pressed(analyst, "aftercare-tell", watch, where="Barrow-in-Furness", to="charity", seen=1))
    assert "What they read" in said
    assert WatchTold.objects.get().area == "Barrow-in-Furness"


def test_a_street_is_refused_beside_what_was_typed(cast, as_):
    watch = build.watch(cast.analyst)
    where = {"where": "Barrow-in-Furness", "part": "Ropewalk Lane", "to": "charity", "seen": 1}
    said = text_of(pressed(as_("analyst"), "aftercare-tell", watch, **where))
    assert "‘" not in said and "reads like an address or a number: say the town" in said
    assert 'value="Ropewalk Lane"' in said
    assert not WatchTold.objects.exists()


def test_the_button_is_shut_with_its_reason_once_the_watch_is_over(cast, as_, monkeypatch):
    watch = build.watch(cast.analyst)
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: NOON + timedelta(days=4))
    said = text_of(as_("analyst").get(reverse("aftercare-tell", args=[watch.pk])))
    assert "This watch is over: ring the charity" in said
    assert "Ended, nobody told" in text_of(as_("analyst").get(reverse("aftercare-list")))


def test_it_is_decided_not_to_tell_and_taken_back_with_a_press_each(cast, as_):
    one, other = build.watch(cast.analyst), build.watch(cast.analyst, reference="L-0004")
    said = text_of(pressed(as_("sergeant"), "aftercare-not-told", one, why="Nobody of theirs is there", seen=1))
    assert "Nobody of theirs is there" in said and "Decided not to tell" in said
    actions.tell(by=cast.analyst, watch=other, to=build.charity())
    said = text_of(pressed(as_("sergeant"), "aftercare-take-back", other, seen=2))
    assert "Told, then taken back" in said
    said = text_of(as_("worker").get(reverse("aftercare-list")))
    assert other.number in said and "Taken back" in said and build.TOWN not in said


def test_the_charity_reads_where_until_when_what_to_look_for_and_who_lives_there(cast, as_):
    theirs = build.told(cast.analyst)
    home = places.place(cast.worker)
    people.person(cast.worker, home=home, safe_contact="Text only, never ring", given_name="Ellen")
    said = text_of(as_("worker").get(reverse("aftercare-told", args=[theirs.pk])))
    for words in ("Look after your people in", "17 June 2022, 10:00", "Text only, never ring", "Ellen Ferris",
                  "Debt called in", "Unverified."):  # fmt: skip
        assert words in said


def test_an_open_watch_stands_at_the_top_of_everybodys_day_at_the_charity(cast, as_):
    build.told(cast.analyst)
    said = text_of(as_("worker").get(reverse("charity-day")))
    assert said.index("Look after your people in Barrow-in-Furness until 17 June 10:00") < said.index("Letters waiting")


def test_twenty_seconds_on_a_phone_are_enough_to_write_down_what_was_seen(cast, as_):
    theirs, worker = build.told(cast.analyst), as_("worker")
    form = worker.get(reverse("aftercare-harm-in", args=[theirs.pk])).context["form"]
    asked = {"kind": "overdose", "on_day": 14, "on_month": 6, "on_year": 2022, "at": form["at"].value()}
    said = text_of(pressed(worker, "aftercare-harm-in", theirs, **asked, new_id=str(form["new_id"].value())))
    assert "Overdose" in said
    harm = Harm.objects.get()
    assert (harm.happened_at, harm.watch) == (NOON, theirs.number)
    said = text_of(pressed(worker, "aftercare-harm", harm, words="Naloxone, ambulance, with his mother", seen=1))
    assert "Naloxone, ambulance, with his mother" in said
    assert "1 thing seen in 1 watch (0.1 days watched)" in text_of(worker.get(reverse("aftercare-list")))


def test_what_was_seen_outside_the_watch_is_refused_and_kept_in_the_form(cast, as_):
    watch, officer = build.watch(cast.analyst), as_("officer")
    form = officer.get(reverse("aftercare-harm-in", args=[watch.pk])).context["form"]
    asked = {"kind": "violence", "on_day": 11, "on_month": 6, "on_year": 2022, "at": "21:10", "words": "A window"}
    said = text_of(pressed(officer, "aftercare-harm-in", watch, **asked, new_id=str(form["new_id"].value())))
    assert "record it without a watch" in said and "A window" in said
    anywhere = officer.post(reverse("aftercare-harm-anywhere"), asked | {"new_id": str(form["new_id"].value())})
    assert anywhere.status_code == 302


def test_nothing_yet_is_said_kindly_on_both_sides(cast, as_):
    assert "No line has closed yet" in text_of(as_("sergeant").get(reverse("aftercare-list")))
    assert "We have been told of none" in text_of(as_("lead").get(reverse("aftercare-list")))


def test_it_reads_well_on_a_phone_and_to_a_screen_reader(cast, open_page, sign_in, axe, fits, shot):
    theirs = build.told(cast.analyst)
    build.watch(cast.analyst, towns=["Ulverston"], reference="L-0004")
    build.watch(cast.analyst, towns=["Kendal"], reference="L-0005", from_at=NOON - timedelta(days=30))
    home = places.place(cast.worker)
    people.person(cast.worker, home=home, safe_contact="Text only, never ring", given_name="Ellen")
    build.harm(cast.worker, theirs)
    watch = Watch.objects.get(number=theirs.number)
    build.harm(cast.officer, watch)
    for width in (360, 1280):
        force, charity = (sign_in(open_page(width), cast.account(name)) for name in ("sergeant", "worker"))
        waiting = Watch.objects.get(state="waiting")
        for page, name, address in [
            (force, "watches", reverse("aftercare-list")),
            (force, "watch", reverse("aftercare-watch", args=[watch.pk])),
            (force, "tell", reverse("aftercare-tell", args=[waiting.pk])),
            (charity, "told-us", reverse("aftercare-list")),
            (charity, "told", reverse("aftercare-told", args=[theirs.pk])),
            (charity, "record", reverse("aftercare-harm-in", args=[theirs.pk])),
            (charity, "day", reverse("charity-day")),
            (charity, "harm", reverse("aftercare-harm", args=[Harm.objects.get(owner="charity").pk])),
        ]:
            if width == 1280 and name not in ("watches", "watch", "told"):
                continue
            page.goto(address)
            axe(page)
            fits(page)
            shot(page, f"aftercare-{name}-{width}")
