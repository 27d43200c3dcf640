"""What somebody has typed and not yet sent. It lives in their session and nowhere else, and goes when they leave."""

import uuid
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from clearlines.access.viewer import Viewer
from clearlines.reports.custody import goes_to_key
from clearlines.reports.phrases import crime_in_progress, tells_who
from clearlines.reports.sealed import Who, arrived, in_passing

KEPT_AS = "unsent_report"
# In the order they are asked. Danger is asked first, before anything can be typed.
STEPS = ("what", "where", "when", "how-known", "photograph", "about-you", "your-name")
OTHER_ORGANISATION, NOBODY_IN_PARTICULAR = "organisation", "public"


class Draft:
    """One unsent report. It cannot be opened until the emergency question is answered."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.answers: dict[str, Any] = dict(session.get(KEPT_AS, {}))

    @property
    def is_open(self) -> bool:
        return bool(self.answers.get("danger"))

    @property
    def missing(self) -> str | None:
        """The first page without which nothing can be sent."""
        for name, step in (("danger", "start"), ("words", "what"), ("how_known", "how-known")):
            if not self.answers.get(name):
                return step
        return None

    def keep(self, **answers: Any) -> None:
        self.answers |= answers
        self.session[KEPT_AS] = self.answers

    def forget(self) -> None:
        self.answers = {}
        self.session.pop(KEPT_AS, None)

    @property
    def new_id(self) -> uuid.UUID:
        """The report's key, made once, so that sending twice makes one report."""
        if "new_id" not in self.answers:
            self.keep(new_id=str(uuid.uuid4()))
        return uuid.UUID(self.answers["new_id"])

    @property
    def said(self) -> dict[str, str]:
        return {name: value for name, value in self.answers.items() if name not in ("new_id", "sender", "sealed_name")}

    # Who they are lies even here as ciphertext, and is never shown back: somebody else may be looking.

    def lock_name(self, who: Who) -> None:
        self.keep(sealed_name=in_passing(goes_to_key(), who, new_id=self.new_id) if who else "")

    @property
    def has_name(self) -> bool:
        return bool(self.answers.get("sealed_name"))

    @property
    def who(self) -> Who:
        return arrived(goes_to_key(), self.answers.get("sealed_name", ""), new_id=self.new_id)

    @property
    def all_words(self) -> str:
        return "\n".join(self.said.get(name, "") for name in ("words", "where_words", "when_words", "how_known_words"))

    @property
    def sounds_like_danger(self) -> bool:
        return self.said.get("danger") == "yes" or bool(crime_in_progress(self.all_words))

    @property
    def tells_who(self) -> list[str]:
        return tells_who(self.all_words)

    def sender(self, viewer: Viewer) -> Viewer:
        """Whoever is signed in, unless they asked to send it as a member of the public."""
        return Viewer.public(viewer.now) if self.answers.get("sender") == NOBODY_IN_PARTICULAR else viewer
