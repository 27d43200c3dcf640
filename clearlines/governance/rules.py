"""What stands out among looks, and who may judge one. Pure, and only ever words: nobody here is given a number."""

import re
import statistics
import unicodedata
from collections.abc import Collection, Iterator
from datetime import date
from typing import Protocol

from clearlines.governance.states import MOVES, Answer

SHORT = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
    "ct": "court", "pl": "place", "terr": "terrace", "tce": "terrace", "cres": "crescent", "gdns": "gardens",
    "sq": "square", "gr": "grove",
}  # fmt: skip
# A flat, then a house number or name before the comma: "Flat 2, 12a Duke St" is Duke Street.
A_NUMBER = re.compile(r"^(?:\d+[a-z]?(?:\s*[-/]\s*\d+[a-z]?)?|flat|apartment|apt|unit|room|no|number)$")
WORDS_OF_A_STREET = 2
# An account stands out when it opened at least this many people, and this many times what its peers did.
AT_LEAST, TIMES, PEERS = 20, 3, 3
IN_A_LIST = frozenset(
    {"list", "find", "inbox", "sent", "home", "queue", "morning", "day", "mine", "join", "new", "correct", "same"}
)
IN_A_FILE = ("download", "export", "figures", "pdf", "csv", "print", "pack")


class Address(Protocol):
    @property
    def words(self) -> str: ...
    @property
    def town(self) -> str: ...
    @property
    def postcode(self) -> str: ...


def is_same_street(one: Address, other: Address) -> bool:
    """The same postcode; or the same street, however it is shortened, in the same town."""
    codes = [re.sub(r"\W", "", each.postcode).casefold() for each in (one, other)]
    if codes[0] and codes[0] == codes[1]:
        return True
    streets = [street_of(each.words) for each in (one, other)]
    return bool(streets[0]) and streets[0] == streets[1] and plain(one.town) == plain(other.town)


def street_of(words: str) -> str:
    """'Flat 2, 12a Duke St.' → 'duke street'; nothing where no street is named."""
    for part in words.split(","):
        said = [SHORT.get(word, word) for word in plain(part).split()]
        # The first word may itself be Saint: St Mary's Street, never Street Mary's Street.
        if len(said) > 1 and said[0] == "street":
            said[0] = "saint"
        while said and A_NUMBER.match(said[0]):
            said = said[1:]
        if len(said) >= WORDS_OF_A_STREET:
            return " ".join(said)
    return ""


def is_same_family_name(one: str, other: str) -> bool:
    """The same name, or one that is part of a double one: Ash, and Ash-Birkett."""
    names = [set(plain(each.replace("-", " ")).split()) for each in (one, other)]
    return bool(names[0] and names[1]) and (names[0] <= names[1] or names[1] <= names[0])


def plain(words: str) -> str:
    """Without case, accents, stops or apostrophes."""
    parted = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(each for each in parted if not unicodedata.combining(each))
    return " ".join(re.sub(r"[.'’]", "", kept).replace("(", " ").replace(")", " ").split())


def opened_far_more(opened: int, peers: Collection[int]) -> bool:
    """Whether somebody opened so many more people's records than others in their role that somebody should ask."""
    return len(peers) >= PEERS and opened >= AT_LEAST and opened > TIMES * statistics.median(peers)


def way_of(event: str) -> str:
    """How a record was seen, in words, from the ledger's name for it: 'looked:people-list' was in a list."""
    if not event.startswith("looked:"):
        return "changed or recorded"
    view = event.removeprefix("looked:")
    if any(each in view for each in IN_A_FILE):
        return "taken away in a file"
    if view.startswith("console:"):
        return "on the console"
    return "in a list" if view.rpartition("-")[2] in IN_A_LIST else "opened"


def where_of(event: str) -> str:
    """The room of the house it was in: 'looked:people-list' was in people."""
    view = event.removeprefix("looked:").removeprefix("console:")
    return f"in {re.split('[-.]', view)[0].replace('_', ' ')}"


def name_of_draw(organisation: str, week: date) -> str:
    """How the ledger names one organisation's draw of one week, so that it is made once."""
    return f"governance.draw:{organisation}:{week}"


class Judged(Protocol):
    @property
    def account_id(self) -> object: ...
    @property
    def answer(self) -> str: ...


def reasons_not_to_answer(
    sampled: Judged, *, by: object, supervisor: object, answer: str, reason: str
) -> Iterator[str]:
    if sampled.account_id == by:
        yield "nobody signs off their own look: your information manager will put it to somebody else"
    elif supervisor != by:
        yield "this look was put to somebody else"
    if Answer(answer) not in MOVES[Answer(sampled.answer)]:
        yield "it has been answered already"
    if answer != Answer.PART and not reason.strip():
        yield "say why, in a few words: whoever reads this next was not there"


def reasons_not_to_settle(*, by: object, account: object, is_settled: bool) -> Iterator[str]:
    if account == by:
        yield "nobody settles what their own look was: ask another information manager"
    if is_settled:
        yield "somebody has settled this already"
