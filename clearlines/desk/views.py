"""The front door: the public sees how to report; somebody with an account sees where their work is."""

from django.http import HttpResponse

from clearlines.web.pages import NOTHING_PERSONAL, Asked, open_to_all, page, signed_in


@open_to_all
def home(request: Asked) -> HttpResponse:
    return page(request, "desk/home.html", about=NOTHING_PERSONAL)


@signed_in
def me(request: Asked) -> HttpResponse:
    """Who I am here, and what that lets me do."""
    return page(request, "desk/me.html", about=NOTHING_PERSONAL)
