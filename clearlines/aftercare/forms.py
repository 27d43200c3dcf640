"""What is asked when the charity is told, when it is not, and when something is seen: as little as there can be."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from clearlines.access.models import Organisation
from clearlines.aftercare.models import Watch
from clearlines.aftercare.states import SEEN_IN_WORDS
from clearlines.people.models import Person
from clearlines.web.forms import ChangingForm, MakingForm, clock, day, line, one_of, pick, text


class Tell(ChangingForm):
    where = line(
        "Which town?", longest=200,
        help_text="As the charity will read it. Where there is more than one, put a comma between them.",
    )  # fmt: skip
    part = line("Which part of the town?", longest=60, required=False, help_text="A ward or a part. Never a street.")

    def __init__(self, data: Any = None, *, watch: Watch, whom: Sequence[Organisation]) -> None:
        super().__init__(data, initial={"where": ", ".join(watch.towns), "seen": watch.version})
        self.whom = {each.pk: each for each in whom}
        choices = [(each.pk, each.name) for each in whom]
        self.fields["to"] = one_of("Who is told?", choices, initial=choices[0][0] if choices else None)

    @property
    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        towns = [town.strip() for town in re.split(r"[,;\n]", given["where"])]
        return {"to": self.whom[given["to"]], "towns": towns, "part": given["part"], "seen": given["seen"]}


class NotTold(ChangingForm):
    why = text("Why is the charity not told?", rows=3, max_length=500)


class TakeBack(ChangingForm):
    """A button. It carries the version the page was opened on."""


class Saw(MakingForm):
    """Twenty seconds on a phone: what, and when. The rest may be left."""

    kind = one_of("What happened?", list(SEEN_IN_WORDS.items()))
    on = day("Which day?")
    at = clock("At what time?", help_text="About is enough.")
    words = text("What was seen or said?", rows=3, max_length=2000, required=False)
    area = line("Whereabouts?", longest=60, required=False)

    def __init__(self, data: Any = None, *, now: datetime, people: Iterable[Person] = (), where: str = "") -> None:
        here = timezone.localtime(now)
        begin = {"on": here.date(), "at": f"{here:%H:%M}", "area": where if len(where) <= 60 else ""}
        super().__init__(data, initial=begin)
        self.people = {str(each.pk): each for each in people}
        if self.people:
            names = [("", "Nobody in particular"), *((key, each.name) for key, each in self.people.items())]
            self.fields["person"] = pick("To whom?", names, required=False)

    @property
    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        happened_at = timezone.make_aware(datetime.combine(given["on"], given["at"]))
        person = self.people.get(given.get("person", ""))
        return {"happened_at": happened_at, "person": person} | {
            name: given[name] for name in ("kind", "words", "area", "new_id")
        }


class FollowUp(ChangingForm):
    words = text("What was done?", rows=3, max_length=1000)
