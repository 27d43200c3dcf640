from uuid import uuid4

from django.urls import reverse

from clearlines.openings.models import Opening
from clearlines.openings.tests import build
from clearlines.people.tests import build as someone


def test_from_the_persons_page_to_the_plan_with_a_banner_until_it_closes(cast, as_):
    person, worker = build.somebody_elses(cast), as_("worker")
    opens = reverse("openings-ask", args=[person.pk])
    assert opens in worker.get(reverse("people-person", args=[person.pk])).content.decode()
    page = worker.post(opens, {"reason": build.REASON, "hours": "1", "new_id": uuid4()}, follow=True).content.decode()
    # Opened today, by the clock on the wall.
    assert "You opened somebody’s records in an emergency" in page
    assert opens not in page
    assert f'href="{reverse("care-list")}">Caseload' in page.partition("Their letters, visits and plans</h2>")[2]
    opening = Opening.objects.get()
    page = worker.post(reverse("openings-close", args=[opening.pk]), follow=True).content.decode()
    assert "You opened somebody’s records in an emergency" not in page


def test_a_thin_reason_is_refused_and_kept(cast, as_):
    person = build.somebody_elses(cast)
    page = as_("worker").post(
        reverse("openings-ask", args=[person.pk]), {"reason": "urgent", "hours": "1", "new_id": uuid4()}
    )
    assert "Say in a sentence what has happened" in page.content.decode()
    assert "urgent</textarea>" in page.content.decode()


def test_another_organisations_person_is_not_there_to_be_opened(cast, as_):
    theirs = someone.person(cast.sergeant)
    assert as_("worker").get(reverse("openings-ask", args=[theirs.pk])).status_code == 404


def test_the_lead_reads_the_reason_and_judges(cast, as_):
    opening, lead = build.opening(cast.worker, build.somebody_elses(cast)), as_("lead")
    assert "Amy Postle" in lead.get(reverse("openings-waiting")).content.decode()
    judge = reverse("openings-judge", args=[opening.pk])
    assert "locked the door" in lead.get(judge).content.decode()
    page = lead.post(judge, {"verdict": "wrong", "words": "Ring me first"}, follow=True).content.decode()
    assert "It should not have been opened" in page
    assert "Ring me first" in as_("worker").get(reverse("openings-mine")).content.decode()


def test_the_pages_read_well_on_a_phone_and_to_a_screen_reader(cast, open_page, sign_in, axe, fits, shot):
    person = build.somebody_elses(cast)
    opening = build.opening(cast.worker, build.somebody_elses(cast))
    for width in (360, 1280):
        worker = sign_in(open_page(width), cast.account("worker"))
        seen(worker, "openings-ask", person.pk, axe, fits, shot, width)
        seen(worker, "openings-mine", None, axe, fits, shot, width)
        lead = sign_in(open_page(width), cast.account("lead"))
        seen(lead, "openings-waiting", None, axe, fits, shot, width)
        seen(lead, "openings-judge", opening.pk, axe, fits, shot, width)


def seen(page, name, key, axe, fits, shot, width):
    page.goto(reverse(name, args=[key] if key else []))
    axe(page)
    fits(page)
    shot(page, f"{name}-{width}")
