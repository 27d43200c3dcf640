"""Typing a claim, mending what was read, and being told what may be said."""

import uuid

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.evaluation import actions
from clearlines.evaluation.claims import read
from clearlines.evaluation.models import Run
from clearlines.evaluation.questions import Window
from clearlines.evaluation.tests import build
from clearlines.hotspots.tests import build as incidents
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/evaluation/claim/"
SCENARIO = (
    "Observed 20→10; comparison unchanged; change −10 (90 % interval −23.8 to +3.8): too few to tell apart from "
    "chance; do not state 50 %."
)


def checked(client, **more):
    return client.post(PAGE, build.claimed(**more), follow=True)


def test_a_claim_is_read_and_can_be_mended(as_):
    page = as_("analyst").get(PAGE, {"say": "50% fewer incidents in Hindpool"}).content.decode()
    assert 'value="50 %"' in page
    assert 'value="Hindpool"' in page
    assert "What may be said?" in page
    assert "Enter" not in as_("analyst").get(PAGE).content.decode()
    assert "There is a problem" in as_("analyst").get(PAGE, {"say": ""}).content.decode()


def test_fifty_per_cent_of_twenty_to_ten_is_too_few_and_is_kept_with_its_claim(as_):
    response = checked(as_("analyst"))
    page = response.content.decode()
    assert response.redirect_chain
    assert '<h1 class="govuk-heading-xl">Too few to tell</h1>' in page
    assert SCENARIO in page
    assert "With numbers this small the difference could be chance." in page
    run = Run.objects.get()
    assert (run.claim, run.result["said"]["kind"]) == ("50% fewer incidents in Hindpool", "too_few")
    assert Entry.objects.filter(event="evaluation.claim_checked").exists()


def test_the_commissioners_officer_is_told_the_same_and_nothing_is_kept(as_):
    response = checked(as_("commissioner"))
    page = response.content.decode()
    assert not response.redirect_chain
    assert SCENARIO in page
    assert "Nothing of this was kept" in page
    assert not Run.objects.exists()
    offered = as_("commissioner").get(PAGE, {"say": "halved", "source": "loaded"}).content.decode()
    assert "count the incidents" not in offered
    assert "treated_before" in offered


def test_with_no_comparison_only_the_counts_may_be_said(as_):
    page = checked(as_("analyst"), control_before="", control_after="").content.decode()
    assert "Only the counts may be said" in page
    assert "do not say why it changed" in page
    assert Run.objects.get().method == "e-test 1"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"size": "lots"}, "Say by how much, such as 50 % or 12."),
        ({"direction": ""}, "Which way?"),
        ({"chosen_last": "Feb 2022"}, "overlap the period before"),
        ({"after_first": "March 2022"}, "the period before must end before"),
        ({"treated_after": ""}, "Enter where the work was done, after"),
        ({"control_after": ""}, "each place needs a count before and a count after"),
    ],
)
@pytest.mark.parametrize("member", ["analyst", "commissioner"])
def test_what_cannot_be_checked_is_refused_and_nothing_is_lost(as_, member, more, sentence):
    page = checked(as_(member), **more).content.decode()
    assert sentence.casefold() in page.casefold()
    assert "The ward with most burglaries" in page
    assert not Run.objects.exists()


def test_what_police_did_is_refused_in_words(as_):
    say = {
        "say": "80% more drug possession crimes",
        "direction": "rise",
        "size": "80 %",
        "what": "drug possession crimes",
    }
    warned = as_("analyst").get(PAGE, say).content.decode()
    assert "This speaks of what police did." in warned
    page = checked(as_("analyst"), **say).content.decode()
    assert "This counts what police did" in page
    assert "can never be said as crime going up or down" in page
    assert "This counts what police did" in checked(as_("commissioner"), outcome="enforcement").content.decode()


def test_loaded_areas_are_counted_for_a_claim_and_checked_again(cast, as_):
    incidents.loaded(cast.analyst, m2022_02=(60, 50), m2022_03=(60, 50), m2022_04=(20, 50), m2022_05=(20, 50))
    areas = {"treated_areas": "Barrow-in-Furness 010A\n", "control_areas": "E01019341", "is_alike": "on"}
    page = checked(as_("analyst"), source="loaded", **areas).content.decode()
    assert "Observed 120→40; comparison unchanged" in page
    assert "May be said, with its base and interval" in page
    run = Run.objects.get()
    incidents.loaded(cast.analyst, m2022_05=(60, 50))
    again = actions.run_again(by=cast.analyst, before=run)
    assert "the counts are different" in again.drift
    assert again.claim == run.claim
    alone = checked(as_("analyst"), source="loaded", treated_areas="Barrow-in-Furness 010A", new_id=str(uuid.uuid4()))
    assert "Only the counts may be said" in alone.content.decode()


def test_pressing_twice_checks_once_and_readers_keep_nothing(cast):
    key, claim = uuid.uuid4(), read("50% fewer incidents in Hindpool")
    for _ in range(2):
        actions.check_claim(by=cast.analyst, claim=claim, question=build.question(), new_id=key)
    assert Run.objects.count() == 1
    with pytest.raises(Forbidden):
        actions.check_claim(by=cast.commissioner, claim=claim, question=build.question())
    with pytest.raises(Refused, match="say whether it went up or down; say by how much"):
        actions.check_claim(by=cast.analyst, claim=read("good news"), question=build.question())


def test_periods_of_unequal_length_are_compared_by_the_month(cast):
    given = {"before": Window("2022-01", "2022-02"), "after": Window("2022-04", "2022-04")}
    question = build.question(counts={"control": [200, 100], "treated": [300, 80]}, **given)
    run = actions.check_claim(by=cast.analyst, claim=read("30 fewer"), question=question)
    assert "a month" in run.result["said"]["sentences"][0]


def test_the_usual_trap_is_warned_of(as_):
    page = checked(as_("analyst")).content.decode()
    assert "31 to 90 times in 100" in page
    key = str(uuid.uuid4())
    assert "going back to its usual level" in checked(as_("analyst"), is_alike="on", new_id=key).content.decode()
    key = str(uuid.uuid4())
    named = checked(as_("analyst"), chosen_how="", chosen_first="", chosen_last="", new_id=key).content.decode()
    assert "31 to 90" not in named
    far = {"chosen_first": "Jan 2021", "chosen_last": "Feb 2021", "is_alike": "on", "new_id": str(uuid.uuid4())}
    assert "going back" not in checked(as_("analyst"), **far).content.decode()
