"""A sealed stream opens whole and in order, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.keys.backups import stream
from clearlines.keys.backups.stream import Damaged, Opening, Sealing
from clearlines.keys.holders import KeyMissing


@pytest.fixture(scope="module", autouse=True)
def small_pieces():
    """Pieces of sixteen bytes, so that a short stream has many."""
    before, stream.PIECE = stream.PIECE, 16
    yield
    stream.PIECE = before


def sealed(plain: bytes) -> bytes:
    out = io.BytesIO()
    sealing = Sealing(out, controller="host")
    sealing.write(plain)
    sealing.finish()
    return out.getvalue()


def opened(raw: bytes) -> bytes:
    return Opening(io.BytesIO(raw)).read()


def pieces(raw: bytes) -> tuple[bytes, list[bytes]]:
    first, _, rest = raw.partition(b"\n")
    size = 16 + stream.TAG
    return first + b"\n", [rest[at : at + size] for at in range(0, len(rest), size)]


@given(plain=st.binary(max_size=100))
def test_whatever_goes_in_comes_out(plain):
    assert opened(sealed(plain)) == plain


@given(plain=st.binary(min_size=1, max_size=100), data=st.data())
def test_cut_short_anywhere_it_does_not_open(plain, data):
    raw = sealed(plain)
    with pytest.raises((Damaged, KeyMissing)):
        opened(raw[: data.draw(st.integers(0, len(raw) - 1))])


@given(plain=st.binary(min_size=33, max_size=100), data=st.data())
def test_pieces_that_change_places_repeat_or_go_missing_do_not_open(plain, data):
    first, each = pieces(sealed(plain))
    order = data.draw(st.lists(st.integers(0, len(each) - 1), max_size=len(each) + 1))
    if order != list(range(len(each))):
        with pytest.raises(Damaged):
            opened(first + b"".join(each[at] for at in order))


@given(plain=st.binary(max_size=60), data=st.data())
def test_any_flipped_bit_is_noticed(plain, data):
    raw = bytearray(sealed(plain))
    at = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[at // 8] ^= 1 << (at % 8)
    with pytest.raises((Damaged, KeyMissing)):
        opened(bytes(raw))


def test_a_stream_nobody_finished_does_not_open():
    out = io.BytesIO()
    Sealing(out, controller="host").write(b"x" * 40)
    with pytest.raises(Damaged):
        opened(out.getvalue())


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"{}\n", b"PK\x03\x04 something else", b'{"form": "clearlines-backup-1"}\n']
)
def test_what_is_no_backup_is_refused_in_a_sentence(raw):
    with pytest.raises(Damaged):
        opened(raw)
