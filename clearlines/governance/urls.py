from django.urls import path, register_converter

from clearlines.governance import views


class Noun:
    """A record's room and noun, as the ledger writes them: people.Person."""

    regex = "[a-z]+[.][A-Za-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Noun, "noun")

urlpatterns = [
    path("", views.home, name="governance-home"),
    path("ledger/check/", views.check, name="governance-check"),
    path("looked/<noun:noun>/<uuid:key>/", views.looked, name="governance-looked"),
    path("agreements/", views.agreements, name="governance-agreements"),
]
