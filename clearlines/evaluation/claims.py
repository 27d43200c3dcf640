"""What somebody wishes to say, read as people write it: which way, how much, of what and where.

Only what is written is read; whatever cannot be found stays empty and is asked for. Nothing here judges a claim:
that is verdicts.py.

>>> claim = read("50% fewer incidents in Hindpool")
>>> claim.direction, claim.fraction, claim.what, claim.where
('fall', 0.5, 'incidents', 'Hindpool')
>>> read("burglaries cut by 1,200").number
1200.0
>>> read("fell from 20 to 10").fraction
0.5
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from clearlines.analysis.figures import plain

FALL, RISE = "fall", "rise"
LONGEST = 300

ONES = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
WORDS = {word: number for number, word in enumerate(ONES, 1)} | {"a": 1, "an": 1, "dozen": 12, "hundred": 100}
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
TIMES = {"double": 1, "twice": 1, "treble": 2, "triple": 2, "quadruple": 3}
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
COUNTED = rf"(?:{NUMBER}|{'|'.join(ONES)}|a dozen|a hundred)"

# 'Up to half' is no rise and 'by more than half' is no rise either.
HEDGES = re.compile(
    r"\b(up to|as much as|as many as|more than|less than|at least|over|nearly|almost|about|around|roughly|"
    r"approximately|some)(?=\s+(?:[\d−+-]|a\b|an\b|half|one|two|three|four|five|six|seven|eight|nine|ten))"
)
UP_TO = ("up to", "as much as", "as many as")
NONE_LEFT = re.compile(
    r"\b(?:no(?: more)? (?!change|difference|evidence|fewer|less)[a-z-]+|zero|wiped out|eliminated|eradicated|"
    r"ended all|stopped all|not a single)\b"
)
FALLING = re.compile(
    r"\b(fewer|less|down|fell|fall\w*|cut\w*|reduc\w*|drop\w*|decreas\w*|lower\w*|slash\w*|declin\w*|halv\w*|"
    r"prevent\w*|saved?|shrank|shrunk)\b|(?<![\w.])[-−](?=\d)"
)
RISING = re.compile(
    r"\b(more|up|rose|ris\w*|increas\w*|higher|grew|grow\w*|climb\w*|soar\w*|doubl\w*|trebl\w*|tripl\w*|"
    r"quadrupl\w*|twice)\b|(?<![\w.])\+(?=\d)"
)
FROM_TO = re.compile(rf"(?:\bfrom\s+)?({COUNTED})\s*(?:\bto\b|→|->|–>)\s*({COUNTED})\b")
BETWEEN_YEARS = re.compile(r"\b(?:from\s+)?(?:19|20)\d\d\s*(?:to|-|–)\s*(?:19|20)\d\d\b")
PERCENT = re.compile(rf"({NUMBER})\s*%")
PART = re.compile(rf"\b(?:({'|'.join(ONES)}|an?)[ -])?({'|'.join(PARTS)})s?\b")
MANY_FEWER = re.compile(rf"({COUNTED})\s+(?:fewer|less|more)\b")
BY_MANY = re.compile(rf"\bby\s+({COUNTED})\b")
# 'Cut to five' says where it ended and not from where.
MANY = re.compile(rf"(?<![\w.])(?<!\bto )[-−+]?({NUMBER})\b")

CAUSES = re.compile(
    r"\b(because|thanks to|due to|owing to|caus\w+|led to|as a result|result(?:s|ed)? (?:of|in|from)|our \w+|"
    r"we (?:have )?(?:cut|halved|reduced|slashed|stopped|prevented|brought)|the (?:programme|visits|work) "
    r"(?:has |have )?(?:cut|halved|reduced|slashed|stopped|prevented))\b"
)
# domain.md 2.17, basket C: what police did.
BY_POLICE = re.compile(
    r"\b(arrest\w*|seiz\w*|warrant\w*|raid\w*|stop[ -](?:and[ -])?search\w*|charged|"
    r"(?:drugs?|weapons?)[ -](?:\w+ )?(?:possession|trafficking|offences?|crimes?|finds?)|"
    r"possession|trafficking|(?:drugs|weapons) found|disruptions?)\b"
)
THINGS = re.compile(
    r"\b((?:recorded |reported |consequential |violent |knife |vehicle |bike |drugs? |serious |all )*"
    r"(?:incidents?|crimes?(?: and demand)?|offences?|burglar(?:y|ies)|robber(?:y|ies)|thefts?|shoplifting|"
    r"violence|assaults?|anti-?social behaviour|asb|criminal damage|arson|harassment|calls(?: for service)?|demand|"
    r"overdoses?|arrests?|seizures?|warrants?|stop and searches|"
    r"(?:drugs?|weapons?)[ -]possession(?: crimes?| offences?)?|"
    r"possession(?: of weapons)?|trafficking|drugs|dealing))\b",
    re.IGNORECASE,
)
ENDS_PLACE = (
    r"in|since|after|because|thanks|due|this|last|over|between|during|compared|by|from|fell|has|have|was|were|rose|is|"
    r"are|down|up|cut|halved|doubled"
)
PLACE = re.compile(
    rf"\b(?:in|at|around|across|near|within)\s+(?!all\b)(.+?)(?=\s+(?:{ENDS_PLACE})\b|[,.;:!?]|$)", re.IGNORECASE
)
A_TIME = re.compile(
    r"\b(months?|weeks?|years?|days?|quarters?|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|\d{4}|total|half|(?:one|two|three|four|five|six)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """`fraction` of what was there before, or a `number` of incidents; None and '' where nothing was said."""

    words: str
    direction: str = ""
    fraction: float | None = None
    number: float | None = None
    what: str = ""
    where: str = ""
    is_causal: bool = False
    is_of_police: bool = False
    is_up_to: bool = False

    @property
    def size(self) -> str:
        """How much, as it is said back: '50 %' or '1,200'."""
        if self.fraction is not None:
            return f"{plain(100 * self.fraction)} %"
        return plain(self.number) if self.number is not None else ""

    @property
    def is_read(self) -> bool:
        return bool(self.direction and self.size)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Claim":
        return cls(**said)


def read(words: str) -> Claim:
    """The claim in a sentence of any length up to 300 characters; anything else is read as saying nothing."""
    words = " ".join(words[:LONGEST].split())
    said = _plain_words(words)
    direction, fraction, number = _how_much(said)
    return Claim(
        words=words,
        direction=direction,
        fraction=fraction,
        number=number,
        what=_what(words),
        where=_where(words),
        is_causal=bool(CAUSES.search(said)),
        is_of_police=is_of_police(words),
        is_up_to=bool((hedge := HEDGES.search(said)) and hedge[1] in UP_TO),
    )


def read_size(said: str) -> tuple[float | None, float | None]:
    """(fraction, number) of a size alone: '50 %', 'half', 'a third', '1,200'."""
    _, fraction, number = _how_much(_plain_words(said))
    return fraction, number


def is_of_police(words: str) -> bool:
    """Whether it speaks of what police did (basket C), which rises when they work harder."""
    return bool(BY_POLICE.search(_plain_words(words)))


def _plain_words(words: str) -> str:
    said = unicodedata.normalize("NFKC", words).casefold().replace("’", "'")
    return re.sub(r"\bper ?cent\b|(?<=\d)\s*pc\b", "%", said)


def _how_much(said: str) -> tuple[str, float | None, float | None]:
    said = HEDGES.sub(" ", said)
    said = BETWEEN_YEARS.sub(" ", said)
    if moved := FROM_TO.search(said):
        return _moved(*(_number(each) for each in moved.groups()))
    direction = _direction(said)
    if percent := PERCENT.search(said):
        return direction, _number(percent[1]) / 100, None
    if re.search(r"\bhalv(?:ed|es|ing|e)\b", said):
        return FALL, 0.5, None
    if times := re.search(rf"\b({'|'.join(TIMES)})", said):
        return RISE, float(TIMES[times[1]]), None
    if (part := PART.search(said)) and (direction or part[2] == "half"):
        return direction or FALL, float(Fraction(WORDS.get(part[1] or "a", 1), PARTS[part[2]])), None
    if many := MANY_FEWER.search(said) or BY_MANY.search(said):
        return direction, None, _number(many[1])
    if NONE_LEFT.search(said):
        return FALL, 1.0, None
    many = MANY.search(said)
    return direction, None, _number(many[1]) if many else None


def _moved(before: float, after: float) -> tuple[str, float | None, float | None]:
    if not before:
        return RISE if after else "", None, after or None
    return RISE if after > before else FALL, abs(after - before) / before, None


def _direction(said: str) -> str:
    falls, rises = FALLING.search(said), RISING.search(said)
    if falls and rises:
        return FALL if falls.start() < rises.start() else RISE
    return FALL if falls else RISE if rises else ""


def _number(said: str) -> float:
    words = said.split()
    return float(WORDS[words[-1]]) if words[-1] in WORDS else float(said.replace(",", ""))


def _what(words: str) -> str:
    found = THINGS.search(words)
    return found[1] if found else ""


def _where(words: str) -> str:
    places = [each[1].strip() for each in PLACE.finditer(words)]
    places = [each for each in places if not THINGS.search(each) and not A_TIME.search(each)]
    return places[-1] if places else ""
