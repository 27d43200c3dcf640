"""A result is read from its verdict down: what may be said, each picture with its table, then how to do it again."""

import csv
import io
import json
import uuid

import pytest

from clearlines.evaluation import actions, known_rates, pictures, result_pages
from clearlines.evaluation.models import Result
from clearlines.evaluation.tests import build, county

slow = pytest.mark.slow
MONTHS = ["2022-11", "2022-12", "2023-01", "2023-02"]


@pytest.fixture
def result(cast, db) -> Result:
    protocol = county.protocol(cast.analyst, left=0.4, ring=tuple(code for code, _ in county.AREAS[10:13]))
    return actions.work_out(by=cast.analyst, protocol=protocol, seed=7)


@slow
def test_the_page_says_the_verdict_first_and_shows_every_comparison(result, as_, django_assert_max_num_queries):
    client = as_("sergeant")
    with django_assert_max_num_queries(12):
        page = client.get(f"/evaluation/results/{result.pk}/").content.decode()
    assert page.index("Consistent with a fall of") < page.index("What may be said in public")
    for words in (
        "Areas matched to each of them", "Areas as hot in the same months", "Every other area",
        "fell as far", "before anything was done", "Did it move next door?", "In the 3 areas around it",
        "never a measure of success", "Other outcomes, exploratory", "Burglary",
        "smallest fall that would have been worth the work was written down as 20 %",
        "2 outcomes were named", result.code_version, result.extract_hash[:16], "A gap is a month that is not loaded",
    ):  # fmt: skip
        assert words in page, words
    assert "0 in the period before and 24 in the period after" in page
    assert page.count("<svg") >= 6


@slow
def test_the_sentence_for_the_public_has_its_base_and_its_interval(result):
    said = result_pages.public(result)
    assert said.startswith("Incidents that victims and callers reported in “The hottest neighbourhood” went from ")
    assert "% fewer than the " in said
    assert said.endswith("(95 % interval).")
    result.found["outcomes"][0]["impact"] |= {"is_fall": False, "high": 1.2}
    assert result_pages.public(result).endswith("no more than chance would give.")
    result.found["outcomes"][0]["impact"] |= {"high": None}
    assert "no ratio can be given" in result_pages.shown(result).base
    result.found["outcomes"][0]["impact"] |= {"too_few": True, "low": None, "ratio": None}
    assert result_pages.public(result).endswith("With numbers this small the difference could be chance.")
    assert "too few to tell" in result_pages.shown(result).base


@slow
def test_what_is_needed_to_do_it_again_can_be_taken_away(result, as_):
    client = as_("analyst")
    rows = list(csv.DictReader(io.StringIO(client.get(f"/evaluation/results/{result.pk}/counts/").content.decode())))
    inside = [int(each["records"]) for each in rows if each["group"] == "where the work was done"
              and each["measure"] == "victims" and each["month"] in county.AFTER]  # fmt: skip
    assert sum(inside) == result.main["impact"]["treated_after"]
    assert not [each for each in rows if each["month"] == "2022-02"]
    assert {each["measure"] for each in rows} == {"victims", "victims: Burglary", "enforcement"}
    said = json.loads(client.get(f"/evaluation/results/{result.pk}/everything/").content)
    assert (said["counts_sha256"], said["code_version"], said["seed"]) == (
        result.extract_hash, result.code_version, result.seed,
    )  # fmt: skip
    assert said["protocol"]["fingerprint"] == result.protocol.fingerprint
    assert said["hotspots"]["chosen_first"] == "2021-06"


@slow
def test_it_is_worked_out_and_again_by_a_press(result, as_, cast):
    client, protocol = as_("analyst"), result.protocol_id
    address = f"/evaluation/protocols/{protocol}/work-out/"
    page = client.post(address, {"new_id": str(uuid.uuid4())}, follow=True).content.decode()
    assert "What may be said in public" in page
    assert client.post(address, {"new_id": "nonsense"}).status_code == 302
    again = f"/evaluation/results/{result.pk}/again/"
    page = client.post(again, {"new_id": str(uuid.uuid4())}, follow=True).content.decode()
    assert "Worked out again: the same answer." in page
    client.post(again, {"new_id": "nonsense"})
    assert Result.objects.count() == 3
    assert "Worked out again" in client.get(f"/evaluation/results/{result.pk}/").content.decode()
    page = client.get(f"/evaluation/protocols/{protocol}/").content.decode()
    # The protocol's own seed is not the fixture's, so its verdict may be another.
    assert page.count('href="/evaluation/results/') == 3
    assert "Consistent with a fall" in client.get("/evaluation/").content.decode()


@pytest.mark.django_db
def test_a_protocol_whose_months_cannot_be_counted_yet_says_why(as_, cast):
    protocol = build.protocol(cast.analyst)
    page = as_("analyst").get(f"/evaluation/protocols/{protocol.pk}/").content.decode()
    assert "The period after cannot be counted yet: nothing is loaded for October 2022, November 2022." in page
    assert "Nothing has been worked out yet." in page


@slow
def test_a_claim_is_held_against_a_kept_result(result, as_, cast):
    client = as_("analyst")
    offered = client.get("/evaluation/claim/", {"say": "no burglaries at all", "source": "kept"}).content.decode()
    assert "Which kept result?" in offered
    claimed = build.claimed(source="kept", result=str(result.pk))
    page = client.post("/evaluation/claim/", claimed, follow=True).content.decode()
    assert "A kept result of a protocol" in page
    assert "% of the " in page
    rise = build.claimed(source="kept", result=str(result.pk), say="crime doubled", direction="rise", size="100 %",
                         new_id=str(uuid.uuid4()))  # fmt: skip
    assert "The counts say the opposite" in client.post("/evaluation/claim/", rise, follow=True).content.decode()
    result.found["outcomes"][0]["impact"] |= {"low": None, "high": None, "ratio": None}
    result.save()
    lost = claimed | {"new_id": str(uuid.uuid4())}
    assert "Too few to tell" in client.post("/evaluation/claim/", lost, follow=True).content.decode()


def test_a_run_chart_breaks_where_a_month_is_not_loaded():
    chart = pictures.run_chart(MONTHS, [4, None, 8, 6], [4, 5, None, 5], [("before", "2022-11", "2022-12")])
    assert len(chart.treated) == len(chart.expected) == 2
    assert (chart.most, chart.has_gaps, [each.word for each in chart.shades]) == (8, True, ["before"])
    assert [each.word for each in chart.years] == ["Nov 22", "2023"]
    alone = pictures.run_chart(
        ["2022-11"], [0], [None], [("after", "2022-11", "2022-11"), ("never", "2020-01", "2020-02")]
    )
    assert (alone.most, len(alone.shades)) == (1, 1)


def test_intervals_that_go_on_past_the_scale_have_an_arrow_and_those_unknown_are_left_to_words():
    drawn = pictures.intervals(
        [("one", "", 0.5, 0.9, 1.4), ("two", "", 0.5, 1.5, 4.0), ("three", "", None, None, None)]
    )
    assert [each.over for each in drawn.rows] == [False, True]
    assert drawn.rows[1].high == pictures.WIDE - pictures.EDGE
    assert drawn.rows[0].low < drawn.rows[0].middle < drawn.same < drawn.rows[0].high


def test_groups_that_fell_as_far_are_exactly_those_left_of_ours():
    found = pictures.histogram([-3.0, -2.0, -1.0, 0.0, 1.0, 2.0], -2.0)
    assert (found.as_far, found.others, found.many) == (2, 4, 6)
    assert all(bar.is_as_far == (bar.x < found.ours) for bar in found.bars)
    assert (found.anchor, found.label > found.ours) == ("start", True)
    right = pictures.histogram([-1.0, 0.0], 5.0)
    assert (right.anchor, right.label < right.ours) == ("end", True)
    assert pictures.histogram([1.0], 1.0).as_far == 1


def test_what_is_known_of_the_method_is_said_where_it_was_measured(monkeypatch, tmp_path):
    known_rates.measured.cache_clear()
    monkeypatch.setattr(known_rates, "FILE", tmp_path / "none.toml")
    assert known_rates.sentences() == []
    known_rates.measured.cache_clear()
