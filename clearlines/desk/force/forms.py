"""The day that a network is asked for."""

from datetime import date
from typing import Any

from django.forms import ValidationError

from clearlines.web.forms import Filters, day


class AsAt(Filters):
    on = day("As it was on", required=False)

    def __init__(self, said: Any, *, today: date) -> None:
        is_asked = any(name.startswith("on") for name in said)
        super().__init__(said if is_asked else None, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        on = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise ValidationError("That day has not come: nobody knows yet.")
        return on

    @property
    def day(self) -> date:
        """Today, where no day was asked for or what was asked for is none."""
        return self.cleaned_data["on"] if self.is_valid() else self.today
