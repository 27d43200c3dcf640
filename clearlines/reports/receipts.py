"""Three words that open one report's progress to whoever holds them.

About 32 bits: easy to remember, too few to stand alone. So the words are never stored; what is stored is slow to
compute (scrypt) and keyed with a secret that is not in the database, the same words always giving the same hash so
that they can be looked up; and wrong tries are counted (rules.WRONG_TRIES_EACH_WINDOW). A new SECRET_KEY closes
every receipt given before it.
"""

import functools
import hashlib
import hmac
import re
import secrets
import uuid
from pathlib import Path

from django.conf import settings
from django.core import signing

WORDS_IN_A_RECEIPT = 3
UNSENT_FOR, OPENED_FOR = 4 * 60 * 60, 30 * 60
# 16 MB and some 40 ms a try on a small machine.
SLOWNESS = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}


@functools.cache
def all_words() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "receipt_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def new_words() -> str:
    return " ".join(secrets.choice(all_words()) for _ in range(WORDS_IN_A_RECEIPT))


def tidy(typed: str) -> str:
    """'Meadow-LANTERN, window' and 'meadow lantern window' are the same three words."""
    return " ".join(re.findall(r"[a-z]+", typed[:200].lower()))


def hashed(words: str) -> str:
    pepper = hmac.new(settings.SECRET_KEY.encode(), b"reports.receipts", hashlib.sha256).digest()
    return hashlib.scrypt(tidy(words).encode(), salt=pepper, **SLOWNESS).hex()


def sealed(new_id: uuid.UUID) -> str:
    """New words for an unsent report, signed, to travel in the page that sends it and never in the database."""
    return signing.dumps([str(new_id), new_words()], salt="reports.unsent")


def unsealed(token: str) -> tuple[uuid.UUID, str] | None:
    try:
        new_id, words = signing.loads(token, salt="reports.unsent", max_age=UNSENT_FOR)
    except signing.BadSignature:
        return None
    return uuid.UUID(new_id), words


def pass_to(report_id: uuid.UUID) -> str:
    """Lets whoever has just given the right words add to that report, for half an hour."""
    return signing.dumps(str(report_id), salt="reports.opened")


def passed(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(signing.loads(token, salt="reports.opened", max_age=OPENED_FOR))
    except signing.BadSignature:
        return None
