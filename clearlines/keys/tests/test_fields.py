"""Words on a row are sealed on every road to the database, and open only on the row and field they were written in."""

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from clearlines.access.refusals import Refused
from clearlines.care.models import Goal, OutcomeMeasure, Plan, Review
from clearlines.care.tests import build
from clearlines.keys import box
from clearlines.keys.fields import CANNOT_BE_OPENED, MARK, Sealed
from clearlines.keys.tests.test_box import same_cast
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    return build.plan(cast.worker)


def column(row, name):
    """What lies in the database, read without the model."""
    field = row._meta.get_field(name)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{field.column}" FROM "{row._meta.db_table}" WHERE id = %s',
            [row._meta.pk.get_db_prep_value(row.pk, connection)],
        )
        return cursor.fetchone()[0]


def put(row, name, text):
    field = row._meta.get_field(name)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{row._meta.db_table}" SET "{field.column}" = %s WHERE id = %s',
            [text, row._meta.pk.get_db_prep_value(row.pk, connection)],
        )


def again(row):
    return type(row).objects.get(pk=row.pk)


def save(row):
    row.save()


def save_one_field(row):
    row.save(update_fields=["own_words"])


def update_in_bulk(row):
    Plan.objects.bulk_update([row], ["own_words"])


def create_in_bulk(row):
    Plan.objects.filter(pk=row.pk).delete()
    Plan.objects.bulk_create([row])


@pytest.mark.parametrize("write", [save, save_one_field, update_in_bulk, create_in_bulk])
def test_every_road_to_the_database_seals(cast, write):
    plan = build.plan(cast.worker)
    Goal.objects.filter(plan=plan).delete()
    plan.own_words = "I want to sleep without a chair against the door"
    write(plan)
    assert column(plan, "own_words").startswith(MARK)
    assert again(plan).own_words == plan.own_words == "I want to sleep without a chair against the door"


@same_cast
@given(words=st.text(max_size=200))
def test_any_words_come_back_as_they_were_written(plan, words):
    # PostgreSQL has never held a null character in text; sealed, it can.
    plan.keep_safe = words
    plan.save()
    assert again(plan).keep_safe == words
    assert column(plan, "keep_safe") == "" if words == "" else column(plan, "keep_safe").startswith(MARK)


def test_an_empty_note_stays_empty_and_can_be_asked_for(plan):
    plan.if_it_slips = ""
    plan.save()
    assert column(plan, "if_it_slips") == ""
    assert Plan.objects.filter(if_it_slips="").count() == 1
    assert Plan.objects.exclude(own_words="").count() == 1


@pytest.mark.parametrize(
    "ask", ["own_words", "own_words__icontains", "own_words__in", "own_words__gt", "own_words__regex"]
)
def test_sealed_words_cannot_be_searched(plan, ask):
    with pytest.raises(FieldError, match="sealed"):
        Plan.objects.filter(**{ask: ["safe"] if ask.endswith("in") else "safe"}).first()


def test_sealed_words_cannot_be_written_past_their_row(plan):
    with pytest.raises(FieldError, match="row by row"):
        Plan.objects.update(own_words="the same for everybody")


def test_a_list_that_does_not_read_the_words_opens_nothing(plan, monkeypatch):
    monkeypatch.setattr(box, "open", lambda *_, **__: pytest.fail("opened"))
    assert [each.state for each in Plan.objects.all()] == ["agreed"]


def test_words_left_out_of_a_query_are_fetched_when_they_are_read(plan, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert Plan.objects.only("state", "owner").get(pk=plan.pk).own_words == plan.own_words


def test_values_never_give_ciphertext_as_words(plan):
    (given,) = Plan.objects.values_list("own_words", flat=True)
    assert isinstance(given, Sealed)
    assert str(given) == "(sealed)"


def test_a_row_saved_again_keeps_the_same_ciphertext(plan):
    before = column(plan, "own_words")
    again(plan).save()
    assert column(plan, "own_words") == before


def test_words_longer_than_the_field_are_refused_in_a_sentence(plan):
    plan.closed_why = "x" * 301
    with pytest.raises(Refused, match="shorten “closed why” to 300 characters or fewer"):
        plan.save()


def test_words_from_before_they_were_sealed_read_as_they_are(plan):
    put(plan, "own_words", "Written last year")
    old = again(plan)
    assert old.own_words == "Written last year"
    assert old.own_words_sealed.is_plain


def test_tables_of_answers_are_sealed_too(cast):
    measure = build.measure(cast.worker, build.case(cast.worker))
    assert column(measure, "answers").startswith(MARK)
    assert again(measure).answers == measure.answers != {}


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text[:-3],
        lambda text: text[:20] + ("A" if text[20] != "A" else "B") + text[21:],
        lambda text: MARK,
        lambda text: MARK + "é",
        lambda text: MARK + "####",
    ],
)
def test_a_note_that_was_changed_says_so_once_and_leaves_a_ledger_entry(plan, harm):
    put(plan, "own_words", harm(column(plan, "own_words")))
    changed = again(plan)
    assert changed.own_words == changed.own_words == CANNOT_BE_OPENED
    (entry,) = Entry.objects.filter(event="keys.unreadable")
    assert (entry.organisation, entry.note) == ("charity", "own_words")
    assert [subject.name for subject in entry.subjects.all()] == [f"care.Plan:{plan.pk}"]


def test_saving_a_row_whose_note_cannot_be_opened_keeps_what_lies_there(plan):
    broken = column(plan, "own_words")[:-4] + "AAAA"
    put(plan, "own_words", broken)
    row = again(plan)
    assert row.own_words == CANNOT_BE_OPENED
    row.closed_why = "a new plan was agreed"
    row.save()
    assert column(plan, "own_words") == broken


def test_a_form_that_sends_the_sentence_back_does_not_write_over_the_note(plan):
    broken = column(plan, "own_words")[:-4] + "AAAA"
    put(plan, "own_words", broken)
    row = again(plan)
    row.own_words = row.own_words
    row.save()
    assert column(plan, "own_words") == broken


NAMES = ["own_words", "keep_safe", "if_it_slips"]


@same_cast
@given(
    st.tuples(st.integers(0, 1), st.sampled_from(NAMES)),
    st.tuples(st.integers(0, 1), st.sampled_from(NAMES)),
)
def test_no_two_sealed_values_can_change_places(two_plans, one, other):
    here, there = (two_plans[one[0]], one[1]), (two_plans[other[0]], other[1])
    mine, theirs = column(*here), column(*there)
    put(*here, theirs)
    put(*there, mine)
    try:
        read = [getattr(again(row), name) for row, name in (here, there)]
        assert one == other or read == [CANNOT_BE_OPENED, CANNOT_BE_OPENED]
    finally:
        put(*there, theirs)
        put(*here, mine)


@pytest.fixture
def two_plans(cast):
    said = {"keep_safe": "ring my sister", "if_it_slips": "ring Amy"}
    return [build.plan(cast.worker, **said), build.plan(cast.worker, **said)]


def test_a_note_moved_to_another_organisation_does_not_open(cast, plan):
    Plan.objects.filter(pk=plan.pk).update(owner="police")
    assert again(plan).own_words == CANNOT_BE_OPENED


def test_a_row_copied_under_a_new_key_is_refused_rather_than_saved_unreadable(plan):
    import uuid

    copy = again(plan)
    copy.pk, copy._state.adding = uuid.uuid4(), True
    with pytest.raises(box.Unreadable):
        copy.save()


def test_words_set_from_another_row_are_bound_to_their_new_row(two_plans):
    one, other = (again(each) for each in two_plans)
    one.own_words = other.own_words
    one.save()
    assert again(one).own_words == other.own_words


def test_a_dump_of_the_rows_holds_ciphertext_and_can_be_loaded_again(plan):
    dumped = serializers.serialize("json", [plan])
    assert plan.own_words not in dumped
    (loaded,) = serializers.deserialize("json", dumped)
    loaded.save()
    assert again(plan).own_words == plan.own_words


def test_a_new_rows_words_can_be_read_before_it_is_saved():
    assert Review(how_it_is="better").how_it_is == "better"
    assert Review().how_it_is == ""
    assert OutcomeMeasure().answers == {}
