"""A photograph as somebody sent it becomes a picture that we drew: what it shows, and nothing else that was in it.

A phone writes where and when it was taken, by which phone, and a small copy of the picture from before it was cropped.
Nothing of that is copied: the points of the picture are read, turned the right way up, made no larger than a page
needs, and a new file is written from them alone.
"""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

TEN_MEGABYTES: Final = 10 * 1024 * 1024
# A phone's largest picture is some 50 million points as JPEG, which can be read at half its size. Others cannot: at
# most 120 MB of memory for one picture.
MOST_POINTS: Final = {"JPEG": 80_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}
LONGEST_SIDE: Final = 2400
QUALITY: Final = 85
KIND: Final = "image/jpeg"
# Brands of the ISO container: HEIC from an iPhone, and AVIF.
APPLE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")

CHOOSE_ANOTHER = "Choose a photograph that is a JPEG, PNG or WebP. Other kinds of file cannot be sent."
IS_HEIC = (
    "This photograph is in Apple's own form (HEIC), which cannot be read here. On an iPhone, take a screenshot of it "
    "and choose the screenshot."
)
TOO_HEAVY = "Choose a photograph smaller than 10 MB. A screenshot of it is smaller."
TOO_LARGE = "This picture is too large to open. Choose a smaller one, or a screenshot of it."
DAMAGED = "This photograph cannot be opened: it may be damaged or cut short. Choose it again, or another one."
EMPTY = "This file is empty. Choose it again, or another one."

# The setting that _none_cut_short turns is the whole process's; and two large pictures at once would fill the memory.
ONE_AT_A_TIME = threading.Lock()


class NotAPhotograph(Exception):
    """Its text is a sentence to whoever sent it."""


@dataclass(frozen=True)
class Drawn:
    """A JPEG of ours, with its size in points."""

    body: bytes
    width: int
    height: int


def redraw(sent: bytes) -> Drawn:
    """The picture in `sent`, drawn anew, or NotAPhotograph. What the file calls itself is never asked."""
    _refuse_by_its_first_bytes(sent)
    try:
        with _none_cut_short(), Image.open(io.BytesIO(sent), formats=list(MOST_POINTS)) as picture:
            if picture.width * picture.height > MOST_POINTS[str(picture.format)]:
                raise NotAPhotograph(TOO_LARGE)
            return _drawn_anew(picture)
    except NotAPhotograph:
        raise
    except UnidentifiedImageError:
        raise NotAPhotograph(CHOOSE_ANOTHER) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPhotograph(TOO_LARGE) from None
    # A stranger made this file: which error a damaged one raises depends on where the damage is.
    except Exception:
        raise NotAPhotograph(DAMAGED) from None


@contextmanager
def _none_cut_short() -> Iterator[None]:
    """The library that writes our PDFs lets the whole process read pictures that end in the middle: not here."""
    with ONE_AT_A_TIME:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _refuse_by_its_first_bytes(sent: bytes) -> None:
    if not sent:
        raise NotAPhotograph(EMPTY)
    if len(sent) > TEN_MEGABYTES:
        raise NotAPhotograph(TOO_HEAVY)
    if sent[4:8] == b"ftyp" and sent[8:12] in APPLE:
        raise NotAPhotograph(IS_HEIC)


def _drawn_anew(picture: Image.Image) -> Drawn:
    # Made smaller first: a large JPEG is then read at a half, a quarter or an eighth, and never fills the memory.
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(picture)
    # A sheet of our own, so that nothing that hangs on the picture (profile, comment, chunks) can come along.
    sheet = Image.new("RGB", turned.size, "white")
    whole = turned.convert("RGBA") if turned.has_transparency_data else turned.convert("RGB")
    sheet.paste(whole, mask=whole if whole.mode == "RGBA" else None)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Drawn(out.getvalue(), *sheet.size)


class PhotographField(forms.FileField):
    """A photograph somebody may choose. Its cleaned value is a `Drawn`; the file as it was sent goes no further."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "class": "govuk-file-upload"})

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        # Measured before it is read: the file may be on its way still.
        if (data.size or 0) > TEN_MEGABYTES:
            raise forms.ValidationError(TOO_HEAVY)
        try:
            return redraw(data.read())
        except NotAPhotograph as said:
            raise forms.ValidationError(str(said)) from None
