"""Reads a file of rows under headings, however large, and says in a sentence what is wrong with one that is none.

Twice over: once to see that it is text and which text, once for the rows. Neither holds the whole of it.
"""

import codecs
import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

BLOCK = 1 << 20
# A heading may be written over several lines; more than these is a quotation mark that was never closed.
LINES_OF_HEADINGS = 30
UTF_8, WINDOWS = "utf-8-sig", "cp1252"
# A call's free text may be long, and is not read; what is read is a word, a number or a date.
LONGEST_CELL = 200
DIGITS_ONLY = re.compile(r"[\d.,:/ -]+")


class NotASheet(Exception):
    """The file cannot be read at all, in a sentence."""


@dataclass(frozen=True)
class Sheet:
    """A file that is text under headings. `name` is for sentences."""

    name: str
    encoding: str
    sha256: str
    headings: tuple[str, ...]
    delimiter: str

    def place_of(self, heading: str) -> int:
        try:
            return self.headings.index(heading)
        except ValueError:
            raise NotASheet(f"{self.name} has no column “{heading}”, which its mapping reads") from None


def examined(name: str, stream: BinaryIO) -> Sheet:
    """What the file is, or NotASheet. Leaves the stream at its beginning."""
    encoding, sha256 = _encoding(name, stream)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    first = list(islice(iter(lambda: text.readline(BLOCK), ""), LINES_OF_HEADINGS))
    text.detach()
    stream.seek(0)
    delimiter = max(",;\t", key=first[0].count)
    try:
        headings = tuple(clean(each) for each in next(csv.reader(first, delimiter=delimiter, strict=True)))
    except csv.Error:
        headings = ()
    _refuse_headings(name, headings)
    return Sheet(name, encoding, sha256, headings, delimiter)


def _encoding(name: str, stream: BinaryIO) -> tuple[str, str]:
    sha256, decoder, is_utf8, begun = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), True, False
    while block := stream.read(BLOCK):
        if not begun and block[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            raise NotASheet(f"{name} is a workbook: open it, save the sheet as CSV, and bring that")
        if not begun and block[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise NotASheet(f"{name} is Unicode text of another kind: save it as CSV UTF-8, and bring that")
        if b"\0" in block:
            raise NotASheet(f"{name} is not text, so there are no rows to read")
        begun = True
        sha256.update(block)
        if is_utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                is_utf8 = False
    if not begun:
        raise NotASheet(f"{name} is empty")
    return UTF_8 if is_utf8 else WINDOWS, sha256.hexdigest()


def _refuse_headings(name: str, headings: Sequence[str]) -> None:
    said = [each for each in headings if each]
    if len(said) < 2:
        raise NotASheet(f"{name} has no row of headings: its first row must name the columns")
    twice = next((each for each in said if said.count(each) > 1), None)
    if twice is not None:
        raise NotASheet(f"{name} has two columns called “{twice[:60]}”: rename one of them")
    if any(DIGITS_ONLY.fullmatch(each) for each in said):
        raise NotASheet(
            f"{name} begins with a row of figures, not with headings: put the columns' names in the first row"
        )


def rows(sheet: Sheet, stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every row below the headings, as they are written; or NotASheet where it is cut short."""
    csv.field_size_limit(2**31 - 1)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=sheet.encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=sheet.delimiter, strict=True)
    try:
        next(reader, None)
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error:
        raise NotASheet(
            f"{sheet.name} cannot be read as CSV at line {reader.line_num}: a quotation mark may not be closed, or the "
            "file is cut short"
        ) from None
    finally:
        text.detach()


def clean(cell: str) -> str:
    """Without what nobody can see: spaces around, and characters of no width."""
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    plain = unicodedata.normalize("NFKC", cell)
    return "".join(each for each in plain if unicodedata.category(each) not in ("Cf", "Cc")).strip()
