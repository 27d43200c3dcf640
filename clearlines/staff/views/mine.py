"""Anybody's own pages: how and where they are signed in, what came to them from a leaver, and a first password."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clearlines.staff import forms, own, queries, sessions
from clearlines.web.pages import NOTHING_PERSONAL, Asked, open_to_all, page, signed_in

# Where a link's token waits while a password is chosen, so that the address of the page does not hold it.
WAITING, IN_SESSION = "staff.begin", "choose"


@signed_in
def my_sign_in(request: Asked) -> HttpResponse:
    account = request.viewer.account
    assert account is not None
    standing = sessions.standing(account, here=request.session.session_key)
    factors = queries.factors(request.viewer, account)
    return page(request, "staff/my_sign_in.html", about=NOTHING_PERSONAL, sessions=standing, factors=factors)


@require_POST
@signed_in
def end_session(request: Asked, key: int) -> HttpResponse:
    sessions.end_one(by=request.viewer, key=key)
    return redirect("staff-mine")


@require_POST
@signed_in
def end_everywhere(request: Asked) -> HttpResponse:
    sessions.end_everywhere(by=request.viewer)
    logout(request)
    response = redirect("account_login")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@signed_in
def handed_to_me(request: Asked) -> HttpResponse:
    items = queries.handed_to(request.viewer)
    about: list[Model | str] = ["staff.handed_to_me", *(each.row for each in items)]
    return page(request, "staff/handed_to_me.html", about=about, items=items)


@open_to_all
def begin(request: Asked, who: str, token: str) -> HttpResponse:
    """A link from an administrator: whoever holds it chooses the account's password, once."""
    if token != IN_SESSION:
        request.session[WAITING] = token
        return redirect("staff-begin", who=who, token=IN_SESSION)
    token = request.session.get(WAITING, "")
    account, form = own.beginner(who, token), forms.Begin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            try:
                own.begin(who=who, token=token, **form.cleaned_data)
            except ValidationError as weak:
                form.add_error("password", weak)
            else:
                del request.session[WAITING]
                messages.success(request, "Your password is set. Sign in with it now.")
                return redirect("account_login")
    return page(request, "staff/begin.html", about=NOTHING_PERSONAL, form=form, account=account)
