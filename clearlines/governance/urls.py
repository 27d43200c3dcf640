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
    path("looked/<noun:noun>/<uuid:key>/report/", views.report, name="governance-report"),
    path("searches/", views.searches, name="governance-searches"),
    path("odd/", views.odd, name="governance-odd"),
    path("odd/<uuid:key>/", views.odd_look, name="governance-odd-look"),
    path("sign-off/", views.sign_offs, name="governance-sign-offs"),
    path("sign-off/<uuid:key>/", views.sign_off, name="governance-sign-off"),
    path("my-street/", views.my_street, name="governance-my-street"),
    path("agreements/", views.agreements, name="governance-agreements"),
]
