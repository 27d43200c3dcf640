"""What the layout shows on every page: the product, the organisation, who I am, where I can go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from clearlines.access.permissions import Permission as P


@dataclass(frozen=True)
class Place:
    label: str
    route: str
    needs: frozenset[P]

    @property
    def url(self) -> str:
        return reverse(self.route)


# In the order of the journey. A route appears here when its room has a first page.
PLACES: list[Place] = []


def everywhere(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    signed_in = viewer is not None and viewer.account is not None
    return {
        "viewer": viewer,
        "places": [place for place in PLACES if any(viewer.may(each) for each in place.needs)] if signed_in else [],
        "is_example": settings.IS_EXAMPLE,
        "here": request.path,
    }
