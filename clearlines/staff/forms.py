"""Opening an account, giving a role, setting clearances, putting on duty, handing on, and choosing a first password."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.validators import RegexValidator
from django.utils import timezone

from clearlines.access.models import Account, Organisation
from clearlines.access.roles import Role
from clearlines.staff.models import HandOver
from clearlines.web.forms import Form, clock, day, line, one_of, pick, text, tick

PLAIN_NAME = RegexValidator(r"^[a-z0-9][a-z0-9.\-]{1,40}\Z", "Use small letters, figures, full stops and hyphens only.")


class OpenAccount(Form):
    full_name = line("Their full name", longest=120)
    username = line(
        "The name they sign in with", longest=42, validators=[PLAIN_NAME],
        help_text="Not their e-mail address. Small letters, figures, full stops and hyphens, such as amy.postle.",
    )  # fmt: skip
    organisation = pick("Their organisation", [])

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {each.pk: each for each in organisations}
        choices = [("", "Choose an organisation"), *((key, each.name) for key, each in self.organisations.items())]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        return self.cleaned_data | {"organisation": self.organisations[self.cleaned_data["organisation"]]}


class GiveRole(Form):
    role = one_of("Which role?", [])
    from_on = day("From")
    until_on = day("Until the end of", required=False)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(each.key, f"{each.name}. {each.who}") for each in roles]  # type: ignore[attr-defined]


class Clearances(Form):
    supervisor = pick("Who answers for them?", [], required=False)
    vetted_until = day(
        "Last day of vetting", required=False, help_text="Leave it empty if nobody asks for vetting here."
    )
    trained_until = day(
        "Last day of required training", required=False, help_text="Leave it empty if nobody asks for training here."
    )

    def __init__(self, *args: Any, account: Account, team: list[Account], **kwargs: Any) -> None:
        now = {"vetted_until": account.vetted_until, "trained_until": account.trained_until}
        kwargs.setdefault("initial", now | {"supervisor": str(account.supervisor_id or "")})
        super().__init__(*args, **kwargs)
        self.team = {str(each.pk): each for each in team if each.is_active and each.pk != account.pk}
        choices = [("", "Nobody is named"), *((key, str(each)) for key, each in self.team.items())]
        self.fields["supervisor"].choices = choices  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"supervisor": self.team.get(self.cleaned_data["supervisor"])}


class ComeBack(Clearances):
    with_work = tick("Hand their work back to them", initial=True)


class OnDuty(Form):
    on = day("Day")
    from_at = clock("From")
    until_at = clock("Until", help_text="A time before the one above means the next morning.")
    reason = line("Why, if it is not the rota", required=False)

    @property
    def said(self) -> dict[str, Any]:
        begins, ends = self._at("from_at"), self._at("until_at")
        if ends <= begins:
            ends += timedelta(days=1)
        return {"from_at": begins, "until_at": ends, "reason": self.cleaned_data["reason"]}

    def _at(self, name: str) -> datetime:
        clock_time: time = self.cleaned_data[name]
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], clock_time))


class HandOn(Form):
    why = one_of("Why?", [each for each in HandOver.Why.choices if each[0] in (HandOver.Why.MOVED, HandOver.Why.AWAY)])


class Why(Form):
    why = text(
        "How do you know that it is really them who asks?", rows=3, max_length=300,
        help_text="Such as: rang them on the number their manager gave me. Their supervisor is told that you did this.",
    )  # fmt: skip


class SignOn(Form):
    subject = line(
        "Their identifier there", longest=190,
        help_text="What their organisation’s sign-in calls the subject. Never an e-mail address: those are given on.",
    )  # fmt: skip


class Begin(Form):
    password = forms.CharField(
        label="A password", strip=False, help_text=" ".join(password_validators_help_texts()),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label="The same password again", strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
