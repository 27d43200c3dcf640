"""What every view stands on: who may open it, and the ledger entry that opening it leaves."""

import functools
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clearlines.access.permissions import Permission
from clearlines.access.refusals import Forbidden
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.ledger.queries import names_of_search

View = Callable[..., HttpResponse]
# Said by a page that shows no row about anybody: a blank form, a total, an error.
NOTHING_PERSONAL: Final[tuple[Model, ...]] = ()


class Asked(HttpRequest):
    """A request after access.middleware: it always has a viewer."""

    viewer: Viewer


def sees(*permissions: Permission) -> Callable[[View], View]:
    """Open to whoever holds any of these permissions. Others sign in, or are told plainly."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def opened(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
            if any(request.viewer.may(each) for each in permissions):
                return view(request, *args, **kwargs)
            if request.viewer.account is None:
                return redirect_to_login(request.get_full_path())
            raise Forbidden(f"Your role does not let you {permissions[0].sentence}.")

        opened.opens_with = frozenset(permissions)  # type: ignore[attr-defined]
        return opened

    return wrap


def signed_in(view: View) -> View:
    """Open to anybody with an account."""

    @functools.wraps(view)
    def opened(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.viewer.account is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    opened.opens_with = "signed in"  # type: ignore[attr-defined]
    return opened


def open_to_all(view: View) -> View:
    """Open to anybody at all."""
    view.opens_with = "everyone"  # type: ignore[attr-defined]
    return view


def page(
    request: Asked, template: str, *, about: Iterable[Model | str], status: int = 200, **shown: Any
) -> HttpResponse:
    """Show a page, and record who looked at which rows; a list is a look at every row in it."""
    response = render(request, template, shown, status=status)
    look(request.viewer, about, at=request.resolver_match.view_name if request.resolver_match else template)
    return response


def searched(viewer: Viewer, words: str) -> list[str]:
    """For `about`: what was typed into a search box, so that it can be asked about and never read."""
    return names_of_search(viewer.organisation_key, words)


def look(viewer: Viewer, about: Iterable[Model | str], *, at: str) -> None:
    """One ledger entry for one page or file, however many rows it shows. A page about nobody leaves none."""
    rows = list(about)
    if rows:
        ledger.record(f"looked:{at}", kind=Kind.CONSULTATION, by=viewer, about=rows)
