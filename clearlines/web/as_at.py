"""The two days that the register's pages are read on: when it was so, and what we knew by when."""

from datetime import date

from django.http import QueryDict

from clearlines.web.forms import Filters, day


class AsAt(Filters):
    on = day("As it was on", required=False)
    known = day("As we knew on", required=False)

    @classmethod
    def asked(cls, said: QueryDict, today: date) -> "AsAt":
        is_asked = any(name.startswith(("on", "known")) for name in said)
        return cls(said if is_asked else None, initial={"on": today, "known": today})

    def days(self, today: date) -> tuple[date, date]:
        """Today where nothing was asked, or what was asked is no day."""
        if not self.is_valid():
            return today, today
        return self.cleaned_data["on"] or today, self.cleaned_data["known"] or today
