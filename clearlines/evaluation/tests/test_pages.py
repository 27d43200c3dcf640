"""Asking a before-and-after and reading its answer."""

import pytest

from clearlines.evaluation.forms import read_month
from clearlines.evaluation.models import Run
from clearlines.evaluation.tests import build
from clearlines.hotspots.tests import build as incidents

pytestmark = pytest.mark.django_db


def asked(client, **more):
    response = client.post("/evaluation/new/", build.typed(**more), follow=True)
    return response, response.content.decode()


def test_too_few_to_tell_is_said_first_and_no_percentage_is_stated(as_):
    response, page = asked(as_("analyst"))
    assert response.redirect_chain
    assert '<h1 class="govuk-heading-xl">Too few to tell</h1>' in page
    assert "20 before and 10 after" in page
    assert "−23.8 to +3.8" in page
    assert "does not say that nothing changed" in page
    assert "With numbers this small the difference could be chance." in page
    assert "50%" not in page
    assert "50 %" not in page


def test_a_fall_is_said_with_what_it_lies_between(as_):
    numbers = {"control_before": 308, "control_after": 318, "treated_before": 207, "treated_after": 110}
    rings = {
        "disp_control_before": 150,
        "disp_control_after": 140,
        "disp_treated_before": 178,
        "disp_treated_after": 157,
    }
    _, page = asked(as_("analyst"), level="0.95", **numbers, **rings)
    assert "A fall beyond the comparison" in page
    assert "between 40 and 196 fewer than expected" in page
    assert "Ring around where the work was done" in page


def test_no_change_and_a_rise_and_unequal_periods_are_said_plainly(as_):
    like = {"control_before": 200, "control_after": 200, "treated_before": 200}
    _, page = asked(as_("analyst"), **like, treated_after=195)
    assert "no more than chance would give" in page
    _, page = asked(as_("analyst"), **like, treated_after=400, after_last="June 2022", new_id="")
    assert "There is a problem" in page
    key = "6f0b8a52-6d4b-4a53-9d0f-0c7b6f8f2a12"
    _, page = asked(as_("analyst"), **like, treated_after=600, after_last="June 2022", new_id=key)
    assert "more than expected a month" in page
    assert "not of the same length" in page
    assert "season may be part" in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"chosen_last": "Feb 2022"}, "overlap the period before"),
        ({"outcome": "enforcement"}, "can never be the outcome"),
        ({"treated_before": "-5"}, "cannot be negative"),
        ({"treated_before": "x"}, "must be a whole number"),
        ({"treated_before": ""}, "Enter where the work was done, before"),
        ({"disp_treated_before": "5"}, "a ring needs its own comparison"),
        ({"before_first": "31/02/2022"}, "Enter a month, such as February 2022."),
        ({"chosen_last": ""}, "both months it was chosen on, or neither"),
        ({"after_first": "June 2022"}, "a last month that is not before the first"),
        ({"source": "loaded", "treated_areas": "Atlantis"}, "No loaded record is in: Atlantis"),
        ({"source": "loaded"}, "Enter areas where the work was done"),
        ({"name": "<script>alert(1)</script>", "level": "2"}, "There is a problem"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence_and_nothing_is_lost(as_, more, sentence):
    response, page = asked(as_("analyst"), **more)
    assert response.status_code == 200
    assert sentence.casefold() in page.casefold()
    assert "The ward with most burglaries" in page
    assert "<script>alert" not in page
    assert not Run.objects.exists()


def test_a_form_asks_for_counts_or_for_areas_and_not_for_both(as_):
    client = as_("analyst")
    typed, loaded = (client.get("/evaluation/new/", {"source": each}).content.decode() for each in ("typed", "loaded"))
    assert "treated_before" in typed
    assert "treated_areas" not in typed
    assert "treated_areas" in loaded
    assert "treated_before" not in loaded


def test_loaded_areas_are_counted_by_name(cast, as_):
    incidents.loaded(cast.analyst, m2022_02=(60, 50), m2022_03=(60, 50), m2022_04=(20, 50), m2022_05=(20, 50))
    areas = {"treated_areas": "Barrow-in-Furness 010A\n", "control_areas": "E01019341"}
    _, page = asked(as_("analyst"), source="loaded", **areas)
    assert "120 before and 40 after" in page
    assert "E01019138" in page


def test_it_can_be_run_again_and_says_that_it_is_the_same(cast, as_):
    run, client = build.run(cast.analyst), as_("analyst")
    again = f"/evaluation/{run.pk}/again/"
    page = client.post(again, {"new_id": "6f0b8a52-6d4b-4a53-9d0f-0c7b6f8f2a13"}, follow=True).content.decode()
    assert "Run again: the same answer." in page
    assert "the same answer" in client.get(f"/evaluation/{run.pk}/").content.decode()
    client.post(again, {"new_id": "nonsense"})
    assert Run.objects.count() == 2


def test_the_first_page_lists_what_was_kept(cast, as_):
    assert "Nothing has been compared yet" in as_("analyst").get("/evaluation/").content.decode()
    assert "An analyst, the manager or an evaluator" in as_("commissioner").get("/evaluation/").content.decode()
    build.run(cast.analyst)
    assert "Did the visits in Hindpool halve incidents?" in as_("sergeant").get("/evaluation/").content.decode()


def test_the_page_of_a_run_asks_little_of_the_database(cast, as_, django_assert_max_num_queries):
    client, run = as_("analyst"), build.run(cast.analyst)
    with django_assert_max_num_queries(12):
        client.get(f"/evaluation/{run.pk}/")


@pytest.mark.parametrize(
    ("said", "month"),
    [("2022-02", "2022-02"), ("February 2022", "2022-02"), ("feb 22", "2022-02"), ("2/2022", "2022-02"),
     ("13/2022", None), ("31/02/2022", None), ("ma 2022", None), ("2022", None), ("٢ ٢٠٢٢", None), ("feb 22222", None)],
)  # fmt: skip
def test_a_month_is_understood_as_people_write_it(said, month):
    assert read_month(said) == month
