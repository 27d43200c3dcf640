"""What is sealed opens where it was put, for whom it was put, and nowhere else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearlines.keys import box, ring
from clearlines.keys.holders import KeyMissing
from clearlines.keys.models import DataKey

pytestmark = pytest.mark.django_db
# Every example is sealed beside the others, for the same cast: none looks at what another left.
same_cast = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
HERE = {"about": "care.Plan:1:own_words"}


@same_cast
@given(plain=st.binary(max_size=300), about=st.text(max_size=40))
def test_whatever_is_sealed_opens_again(cast, plain, about):
    sealed = box.seal("charity", plain, about=about)
    assert box.open("charity", sealed, about=about) == plain
    if len(plain) > 8:
        assert plain not in sealed


def test_the_same_words_sealed_twice_look_different(cast):
    assert box.seal("charity", b"afraid", **HERE) != box.seal("charity", b"afraid", **HERE)


@same_cast
@given(bit=st.integers(min_value=0, max_value=8 * 60 - 1))
def test_any_flipped_bit_is_noticed(cast, bit):
    sealed = bytearray(box.seal("charity", b"a few plain words", **HERE))
    bit %= len(sealed) * 8
    sealed[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(box.Unreadable):
        box.open("charity", bytes(sealed), **HERE)


@same_cast
@given(keep=st.integers(min_value=0, max_value=60))
def test_whatever_is_cut_short_is_noticed(cast, keep):
    sealed = box.seal("charity", b"a few plain words", **HERE)
    with pytest.raises(box.Unreadable):
        box.open("charity", sealed[: min(keep, len(sealed) - 1)], **HERE)


PLACES = st.tuples(
    st.sampled_from(["charity", "police"]), st.sampled_from(["notes", "files", "reporters"]), st.text(max_size=5)
)


@same_cast
@given(put=PLACES, sought=PLACES)
def test_a_value_moved_to_another_row_field_purpose_or_organisation_does_not_open(cast, put, sought):
    sealed = box.seal(put[0], b"words", purpose=put[1], about=put[2])
    if put == sought:
        assert box.open(sought[0], sealed, purpose=sought[1], about=sought[2]) == b"words"
    else:
        with pytest.raises(box.Unreadable):
            box.open(sought[0], sealed, purpose=sought[1], about=sought[2])


def test_what_the_database_holds_of_a_key_is_not_the_key(cast, settings):
    box.seal("charity", b"words", **HERE)
    row = DataKey.objects.get(organisation="charity", purpose="notes")
    assert len(bytes(row.wrapped)) > 32
    ring.forget()
    (settings.KEYS_DIR / "charity.key").rename(settings.KEYS_DIR / "elsewhere")
    try:
        with pytest.raises(KeyMissing):
            box.seal("charity", b"words", **HERE)
    finally:
        (settings.KEYS_DIR / "elsewhere").rename(settings.KEYS_DIR / "charity.key")


def test_a_key_whose_making_was_undone_is_not_used_again(cast):
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        box.seal("charity", b"words", **HERE)
        raise RuntimeError
    sealed = box.seal("charity", b"words", **HERE)
    ring.forget()
    assert box.open("charity", sealed, **HERE) == b"words"


def test_sealing_many_in_one_transaction_asks_which_key_once(cast, django_assert_num_queries):
    box.seal("charity", b"words", **HERE)
    ring._newest.clear()
    with django_assert_num_queries(1):
        for _ in range(3):
            box.seal("charity", b"words", **HERE)


def test_opening_twice_asks_the_database_once(cast, django_assert_num_queries):
    sealed = box.seal("charity", b"words", **HERE)
    ring.forget()
    with django_assert_num_queries(1):
        assert box.open("charity", sealed, **HERE) == box.open("charity", sealed, **HERE)


def test_a_key_is_forgotten_after_a_few_minutes(cast, settings, django_assert_num_queries):
    settings.KEYS_KEPT_SECONDS = 0
    sealed = box.seal("charity", b"words", **HERE)
    with django_assert_num_queries(1):
        box.open("charity", sealed, **HERE)


def test_a_key_is_never_printed(cast):
    box.seal("charity", b"words", **HERE)
    assert "cipher" not in repr(next(iter(ring._open.values())))
