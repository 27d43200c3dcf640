"""Turns of phrase that change what a page says: danger now, a child, something that shows who is telling.

Plain lists that can be read aloud. They never refuse a report and never lower how soon it is read.
"""

import re

_THEY = r"(?:he|she|they|he's|she's|they're|theyre|he is|she is|they are|someone is|somebody is|someone's|somebody's)"
_NOW = r"(?:right now|now|at this moment|this minute|as we speak|as i (?:write|type))"

CRIME_IN_PROGRESS = [
    re.compile(said, re.IGNORECASE)
    for said in (
        r"\bhappening (?:right )?now\b",
        rf"\b{_THEY}\b(?: [\w']+){{0,3}}? \w+ing\b[^.?!]{{0,60}}\b{_NOW}\b",
        r"\bright now\b",
        r"\bas we speak\b",
        r"\b(?:kicking|smashing|breaking|bashing)\b[^.?!]{0,25}\b(?:door|window)s?\b",
        r"\bbreaking in\b",
        r"\bbeing (?:attacked|beaten|stabbed|raped|held|robbed|threatened|strangled|dragged)\b",
        r"\b(?:been|just|getting) (?:stabbed|shot|attacked|beaten)\b",
        r"\bha(?:s|ve) (?:got )?an? (?:gun|knife|machete|weapon)\b",
        r"\b(?:he's|she's|they've) got an? (?:gun|knife|machete|weapon)\b",
        r"\b(?:unconscious|not breathing|can't breathe|overdosing|overdosed|bleeding)\b",
        r"\bon fire\b",
        r"\b(?:screaming|shouting for help)\b",
        r"\bwon't let (?:him|her|them) (?:out|go|leave)\b",
    )
]

CHILDREN = [
    re.compile(said, re.IGNORECASE)
    for said in (
        r"\b(?:child|children|kids?|bab(?:y|ies)|toddlers?|teenagers?|youngsters?|schoolboys?|schoolgirls?)\b",
        r"\b(?:young|new|little) (?:lads?|lass(?:es)?|boys?|girls?)\b",
        r"\b(?:boys?|girls?|lads?|lass(?:es)?)\b",
        r"\bschool (?:uniform|bag|blazer|age)\b",
        r"\byear (?:[6-9]|1[0-3])\b",
        r"\b(?:[5-9]|1[0-7])[ -]?(?:year|yr)s?[ -]?olds?\b",
        r"\b(?:aged?|looks?|only|maybe|about) (?:about |only )?(?:[5-9]|1[0-7])\b"
        r"(?! ?(?:people|men|women|times?|minutes?|hours?|days?|weeks?|pm|am|o'clock|cars?|[:.]\d))",
        r"\bunder ?(?:age|18|16)\b",
    )
]

TELLS_WHO = [
    re.compile(said, re.IGNORECASE)
    for said in (
        r"\b(?:i|we) live (?:at|in|on|by|next|above|below|opposite|over|under|across|two|a few)\b"
        r"(?: no\.)?[^.?!,\n]{0,30}",
        r"\b(?:i am|i'm|we are|we're) (?:at|in|from) (?:no\.?|number|flat) ?\d+",
        r"\bmy (?:neighbou?rs?|house|flat|window|garden|front door|back door|street|landlord|tenants?|partner|ex|"
        r"husband|wife|boyfriend|girlfriend|son|daughter|brother|sister|mum|mam|mom|dad|nephew|niece|grandson|granddaughter|"
        r"cousin|boss|work|job|shop|school|class)\b",
        r"\bnext[- ]door\b",
        r"\b(?:i|we) work (?:at|in|for|with)\b[^.?!,\n]{0,30}",
        r"\b(?:i am|i'm|as) (?:his|her|their) \w+",
        r"\b(?:only i|i am the only|i'm the only|nobody else|no one else)\b[^.?!,\n]{0,30}",
        r"\b(?:he|she|they) told me\b",
    )
]
_NAMED = re.compile(
    r"\b(?:[Mm]y name is|[Mm]y name's|I am called|I'm called|[Cc]all me|[Aa]sk for|[Rr]egards,?|[Yy]ours,?)"
    r"\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?"
)
_REACHED = re.compile(r"(?:\+44|\b0)(?:[ -]?\d){9,10}\b|\b[\w.+-]+@[\w-]+\.[\w.-]+\b")


def crime_in_progress(words: str) -> list[str]:
    """What was said that sounds like danger now, as it was said."""
    return _found(CRIME_IN_PROGRESS, words)


def about_a_child(words: str) -> list[str]:
    """What was said that sounds like a child."""
    return _found(CHILDREN, words)


def tells_who(words: str) -> list[str]:
    """What was said that could show who is telling: where they live, who they are to somebody, a name, a number."""
    return _found([*TELLS_WHO, _NAMED, _REACHED], words)


def _found(patterns: list[re.Pattern[str]], words: str) -> list[str]:
    plain = words.replace("’", "'")
    found = dict.fromkeys(" ".join(match.group().split()) for each in patterns for match in each.finditer(plain))
    return [said for said in found if not any(said != longer and said in longer for longer in found)][:12]
