"""Nothing that a phone wrote into a photograph is kept; and what is no photograph is refused with a sentence."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from clearlines.web import forms, photographs
from clearlines.web.photographs import NotAPhotograph, redraw

SECRET = b"Jean Smith, 6 Slipway Street"


def written(kind="JPEG", size=(60, 40), mode="RGB", colour="red", **more):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def as_a_phone_writes_it():
    """GPS, the phone's name, a comment, a colour profile, XMP, and a zip file behind the picture."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x9286] = "Telltale Phone", 6, SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (54.0, 6.0, 40.0), 3: "W", 4: (3.0, 13.0, 30.0)})
    sent = written(
        size=(60, 40), exif=exif, comment=SECRET, icc_profile=b"profile" + SECRET, xmp=b"<x>" + SECRET + b"</x>"
    )
    behind = io.BytesIO()
    with zipfile.ZipFile(behind, "w") as archive:
        archive.writestr("who.txt", SECRET)
    return sent + behind.getvalue() + SECRET


def test_everything_a_phone_writes_into_a_photograph_is_gone():
    sent = as_a_phone_writes_it()
    with Image.open(io.BytesIO(sent)) as before:
        assert before.getexif().get_ifd(0x8825)
    assert zipfile.is_zipfile(io.BytesIO(sent))
    drawn = redraw(sent)
    assert SECRET not in drawn.body
    assert b"Telltale" not in drawn.body
    assert b"Exif" not in drawn.body
    assert not zipfile.is_zipfile(io.BytesIO(drawn.body))
    assert drawn.body.endswith(b"\xff\xd9")
    with Image.open(io.BytesIO(drawn.body)) as after:
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not after.getexif()


def test_it_is_turned_the_right_way_up_before_what_says_so_is_dropped():
    drawn = redraw(as_a_phone_writes_it())
    assert (drawn.width, drawn.height) == (40, 60)


def test_words_inside_a_png_and_what_is_behind_a_webp_are_gone():
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", SECRET.decode())
    said.add_itxt("Comment", SECRET.decode(), zip=True)
    for sent in (written("PNG", pnginfo=said), written("WEBP", exif=as_exif()) + SECRET):
        assert SECRET not in redraw(sent).body


def as_exif():
    exif = Image.Exif()
    exif[0x9286] = SECRET
    return exif


def test_what_can_be_seen_through_becomes_white_and_the_first_picture_of_many_is_taken():
    clear = redraw(written("PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    with Image.open(io.BytesIO(clear.body)) as picture:
        assert picture.getpixel((3, 3)) == (255, 255, 255)
    many = io.BytesIO()
    pictures = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    pictures[0].save(many, "WEBP", save_all=True, append_images=pictures[1:], lossless=True)
    with Image.open(io.BytesIO(redraw(many.getvalue()).body)) as picture:
        assert picture.getpixel((3, 3))[0] > 200


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "CMYK", "I;16"])
def test_grey_and_indexed_and_printers_colours_are_drawn(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert redraw(written(kind, mode=mode, colour=0)).body.startswith(b"\xff\xd8")


@pytest.mark.slow
def test_a_large_photograph_is_made_no_larger_than_a_page_needs():
    drawn = redraw(written(size=(8000, 6000)))
    assert (drawn.width, drawn.height) == (photographs.LONGEST_SIDE, photographs.LONGEST_SIDE * 3 // 4)


def claims_to_be(width, height):
    """A PNG of a few bytes whose head says that it is enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 3000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said)) for name, said in chunks
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 10_000), (6_000, 6_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_opened(size):
    with pytest.raises(NotAPhotograph, match="too large to open"):
        redraw(claims_to_be(*size))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 not a picture", "JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "JPEG, PNG or WebP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "screenshot"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "screenshot"),
        (b"GIF89a" + bytes(20), "JPEG, PNG or WebP"),
        (b"MZ" + bytes(400), "JPEG, PNG or WebP"),
        (b"PK\x03\x04" + bytes(400), "JPEG, PNG or WebP"),
        (bytes(photographs.TEN_MEGABYTES + 1), "smaller than 10 MB"),
        (written("PNG")[:60], "damaged"),
        (written("JPEG")[:400], "damaged"),
    ],
)
@pytest.mark.parametrize("lenient", [False, True], ids=["as it is", "after a PDF was written"])
def test_what_is_no_photograph_is_refused_with_a_sentence(sent, sentence, lenient, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    with pytest.raises(NotAPhotograph, match=sentence):
        redraw(sent)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Corrupt EXIF", "ignore:Possibly corrupt EXIF", "ignore:.*:UserWarning")
@given(cut=st.integers(1, 400), at=st.integers(0, 400), wrong=st.binary(max_size=40))
def test_a_damaged_photograph_is_drawn_or_refused_and_nothing_else(cut, at, wrong):
    whole = as_a_phone_writes_it()
    sent = whole[:at] + wrong + whole[at + cut :]
    try:
        drawn = redraw(sent)
    except NotAPhotograph:
        return
    assert SECRET not in drawn.body


class Sending(forms.Form):
    photograph = photographs.PhotographField(label="Photograph", required=False)


def test_the_name_of_the_file_goes_no_further():
    form = Sending({}, {"photograph": SimpleUploadedFile("../../Jean Smith.jpg.exe", written(), "application/x-sh")})
    assert form.is_valid(), form.errors
    assert vars(form.cleaned_data["photograph"]).keys() == {"body", "width", "height"}


def test_a_file_that_only_says_it_is_a_photograph_is_refused_on_the_form():
    form = Sending({}, {"photograph": SimpleUploadedFile("flat.jpg", b"#!/bin/sh\nrm -rf /", "image/jpeg")})
    assert form.errors["photograph"] == [photographs.CHOOSE_ANOTHER]


def test_nothing_chosen_is_no_photograph():
    form = Sending({}, {})
    assert form.is_valid()
    assert form.cleaned_data["photograph"] is None
