"""What was searched for, kept so that it can be asked about and never read. Source: domain.md 3.3.

A name typed into a search box is somebody's name, often of a person nobody here has dealt with. Each word, and all of
them together, is kept as an HMAC under a key made from SECRET_KEY and the organisation's own name.
"""

import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

LONGEST = 8


def names_of_search(organisation: str, words: str, *, whole: bool = False) -> list[str]:
    """The ledger's names for a search: all its words together, in any order, and each alone; or only together.

    Asked with `whole`, under every key that was ever current, so that a new key does not hide an old search.
    """
    said = words_of(words)
    if not said:
        return []
    keys = [settings.SECRET_KEY, *(settings.SECRET_KEY_FALLBACKS if whole else [])]
    terms = dict.fromkeys([" ".join(sorted(said)), *([] if whole else said)])
    return [f"search:{_hashed(term, organisation, key)}" for key in map(str, keys) for term in terms]


def words_of(words: str) -> list[str]:
    """Without case, accents or order: 'Zoë ASH' and 'ash zoe' are one search."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(each))
    return plain.split()[:LONGEST]


def _hashed(term: str, organisation: str, key: str) -> str:
    return salted_hmac(f"clearlines.ledger.search.{organisation}", term, secret=key, algorithm="sha256").hexdigest()
