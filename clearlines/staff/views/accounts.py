"""The administrator's pages: who has an account, and a way in for whoever lost theirs. They open no record."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from clearlines.access import actions as access
from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.staff import actions, forms, own, queries
from clearlines.web.pages import Asked, page, sees


@sees(P.MANAGE_ACCOUNTS)
def everybody(request: Asked) -> HttpResponse:
    accounts = list(queries.accounts(request.viewer))
    return page(request, "staff/accounts.html", about=["staff.accounts", *accounts], accounts=accounts)


@sees(P.MANAGE_ACCOUNTS)
def new(request: Asked) -> HttpResponse:
    form = forms.OpenAccount(request.POST or None, organisations=list(queries.organisations(request.viewer)))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            today = request.viewer.today
            account = access.open_account(by=request.viewer, roles=[], from_on=today, **form.chosen)
            return _show_link(request, account)
    return page(request, "staff/account_new.html", about=["staff.account_new"], form=form)


@sees(P.MANAGE_ACCOUNTS)
def account(request: Asked, key: uuid.UUID) -> HttpResponse:
    account = queries.account(request.viewer, key)
    factors, ways = queries.factors(request.viewer, account), queries.ways_in(account)
    return page(request, "staff/account.html", about=[account], account=account, factors=factors, ways=ways)


@sees(P.MANAGE_ACCOUNTS)
def close(request: Asked, key: uuid.UUID) -> HttpResponse:
    account = queries.account(request.viewer, key)
    if request.method == "POST":
        actions.leave(by=request.viewer, account=account)
        return redirect("staff-account", key)
    return page(request, "staff/close.html", about=[account], account=account)


@require_POST
@sees(P.MANAGE_ACCOUNTS)
def open_again(request: Asked, key: uuid.UUID) -> HttpResponse:
    account = actions.open_again(by=request.viewer, account=queries.account(request.viewer, key))
    return _show_link(request, account)


@require_POST
@sees(P.MANAGE_ACCOUNTS)
def new_link(request: Asked, key: uuid.UUID) -> HttpResponse:
    account = actions.new_link(by=request.viewer, account=queries.account(request.viewer, key))
    return _show_link(request, account)


@sees(P.MANAGE_ACCOUNTS)
def lost_phone(request: Asked, key: uuid.UUID) -> HttpResponse:
    account, form = queries.account(request.viewer, key), forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.lost_phone(by=request.viewer, account=account, why=form.cleaned_data["why"])
            return redirect("staff-account", key)
    return page(request, "staff/lost_phone.html", about=[account], account=account, form=form)


@sees(P.MANAGE_ACCOUNTS)
def sign_on(request: Asked, key: uuid.UUID, provider: str) -> HttpResponse:
    account = queries.account(request.viewer, key)
    way = next((each for each in queries.ways_in(account) if each[0].key == provider), None)
    if way is None:
        raise Http404
    form = forms.SignOn(request.POST or None, initial={"subject": way[1]})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            subject = form.cleaned_data["subject"]
            access.join_sign_on(by=request.viewer, account=account, provider=provider, subject=subject)
            return redirect("staff-account", key)
    return page(request, "staff/sign_on.html", about=[account], account=account, form=form, provider=way[0])


def _show_link(request: Asked, account: Account) -> HttpResponse:
    """Shown on this page and nowhere again."""
    link = request.build_absolute_uri(reverse("staff-begin", kwargs=own.link_parts(account)))
    return page(request, "staff/link.html", about=[account], account=account, link=link)
