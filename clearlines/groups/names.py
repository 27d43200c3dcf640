"""One form of a name, so that it is known again however it is written. Pure."""

import unicodedata

# Some letters become several when they are folded.
LONGEST = 120


def folded(name: str) -> str:
    """Small letters, single spaces, and one kind of apostrophe."""
    words = unicodedata.normalize("NFKC", name).casefold().replace("\u2019", "'").split()
    return " ".join(words)[:LONGEST]
