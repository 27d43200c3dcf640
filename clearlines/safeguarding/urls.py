from django.urls import path, register_converter

from clearlines.safeguarding import views
from clearlines.safeguarding.states import State


class OneOfTheStates:
    """A state of a national referral: any other word is no page."""

    regex = "|".join(State)
    to_python = State
    to_url = staticmethod(str)


register_converter(OneOfTheStates, "national_state")

urlpatterns = [
    path("", views.everything, name="safeguarding-list"),
    path("people/<uuid:key>/new/", views.begin, name="safeguarding-begin"),
    path("<uuid:key>/", views.referral, name="safeguarding-referral"),
    path("<uuid:key>/move/<national_state:to>/", views.move, name="safeguarding-move"),
    path("<uuid:key>/section-45/", views.raise_s45, name="safeguarding-s45"),
    path("<uuid:key>/path/", views.change_path, name="safeguarding-path"),
]
