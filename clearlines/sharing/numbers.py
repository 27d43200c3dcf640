"""Numbers that are read out over the telephone: D- for what is told, Q- for a question, R- for a request."""

import secrets

# No letter that sounds or looks like another.
ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"


def new_number(kind: str) -> str:
    """Unguessable (27⁸), and short enough to say."""
    spoken = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{kind}-{spoken[:4]}-{spoken[4:]}"
