"""Who takes over from whom."""

from datetime import date

from django.db.models import QuerySet

from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.roles import ROLES
from clearlines.access.viewer import Viewer


def receivers(account: Account, *, by: Viewer) -> list[Account]:
    """Their supervisor first, then whoever leads the team: a row that one may not take goes to the next."""
    others = list(_colleagues(account).order_by("date_joined", "username"))
    supervisor = [each for each in others if each.pk == account.supervisor_id]
    leads = [each for each in others if each.pk != account.supervisor_id and _leads(each, by.today)]
    return [each for each in (*supervisor, *leads) if each.roles_on(by.today)]


def _colleagues(account: Account) -> QuerySet[Account]:
    rows = Account.objects.filter(organisation=account.organisation_id, is_active=True).exclude(pk=account.pk)
    return rows.select_related("organisation").prefetch_related("held")


def _leads(account: Account, day: date) -> bool:
    return any(P.LOOK_AFTER_STAFF in ROLES[key].permissions for key in account.roles_on(day))
