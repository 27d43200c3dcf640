"""A person as far as they are known: one name is enough, a year is enough, no fixed abode is enough."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from clearlines.people.models import Person
from clearlines.places.models import Place
from clearlines.web.forms import ChangingForm, Filters, Form, MakingForm, day, line, one_of, pick, text

PLAIN = ("given_name", "family_name", "known_as", "sex", "ethnicity", "phone", "safe_contact")
BY_YEAR = (Person.Precision.YEAR, Person.Precision.ABOUT)


class Find(Filters):
    q = line("A name, or part of one", required=False)


class PersonForm(Form):
    given_name = line("First name", longest=80, required=False, help_text="One name is enough, whichever it is.")
    family_name = line("Family name", longest=80, required=False)
    known_as = line("What people call them", longest=80, required=False)
    born_precision = one_of(
        "How well is the date of birth known?", Person.Precision.choices, initial=Person.Precision.UNKNOWN
    )
    born_on = day("Date of birth, if the full date is known", required=False)
    born_year = forms.IntegerField(
        label="Year of birth, if only the year is known", required=False, min_value=1900, max_value=2100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={"invalid": "Enter a year of four figures, such as 2006."},
    )  # fmt: skip
    sex = line("Sex", longest=20, required=False)
    ethnicity = line("Ethnicity, as they describe it", longest=60, required=False)
    phone = line("Telephone number", longest=20, required=False)
    safe_contact = line(
        "How can they be reached safely?", required=False,
        help_text="Which number, when, what to say, and who must not know. It heads every page about them.",
    )  # fmt: skip
    home = pick(
        "Home", [], required=False, help_text="Leave it empty for no fixed abode. A place is added under Places."
    )

    def __init__(self, *args: Any, places: QuerySet[Place], home: Place | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places[:500]}
        if not self.places:
            # Somebody who may not see places is not asked, and takes no home away by saving.
            del self.fields["home"]
            return
        if home:
            self.places.setdefault(str(home.pk), home)
        self.fields["home"].choices = [  # type: ignore[attr-defined]
            ("", "No fixed abode, or not known"), *((key, str(place)) for key, place in self.places.items())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        precision = said.get("born_precision")
        if precision == Person.Precision.DAY and not said.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", "Enter the full date of birth, or choose another answer.")
        if precision in BY_YEAR and not said.get("born_year") and "born_year" not in self.errors:
            self.add_error("born_year", "Enter the year of birth, or choose “Not known”.")
        return said

    def details(self, today: date) -> dict[str, Any]:
        """What the action takes. Of a year, the youngest they could be is kept: a guess makes no child older."""
        said = self.cleaned_data
        born = said["born_on"] if said["born_precision"] == Person.Precision.DAY else None
        if said["born_precision"] in BY_YEAR:
            last = date(said["born_year"], 12, 31)
            born = today if last.year == today.year else last
        return {name: said[name] for name in PLAIN} | {
            "born_on": born, "born_precision": said["born_precision"],
        } | ({"home": self.places.get(said["home"])} if "home" in said else {})  # fmt: skip


class Add(MakingForm, PersonForm):
    pass


class Correct(ChangingForm, PersonForm):
    @classmethod
    def of(cls, data: Any, person: Person, places: QuerySet[Place]) -> "Correct":
        now: dict[str, Any] = {name: getattr(person, name) for name in (*PLAIN, "born_precision")}
        if person.born_precision == Person.Precision.DAY:
            now["born_on"] = person.born_on
        elif person.born_on:
            now["born_year"] = person.born_on.year
        return cls(
            data,
            initial=now | {"seen": person.version, "home": str(person.home_id or "")},
            places=places,
            home=person.home,
        )


class SaySame(Form):
    other = pick("Which other record is the same person?", [])
    reason = text("Why do you think so?", rows=3, max_length=300)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a record"), *((key, label_of(person)) for key, person in self.people.items())
        ]  # fmt: skip

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["other"]]


def label_of(person: Person) -> str:
    born = {"day": f", born {person.born_on:%-d %B %Y}"} if person.born_on else {}
    about = f", born about {person.born_on.year}" if person.born_on else ""
    home = f", {person.home.town}" if person.home else ""
    return f"{person.name}{born.get(person.born_precision, about)}{home}"


class Part(Form):
    reason = text("Why are they not the same person?", rows=3, max_length=300)
