from django.urls import path, register_converter

from clearlines.triage import views


class Linked:
    """What a report can be joined to."""

    regex = "line|place|person"

    def to_python(self, said: str) -> str:
        return said

    to_url = to_python


register_converter(Linked, "linked")

urlpatterns = [
    path("", views.queue, name="triage-list"),
    path("<uuid:key>/", views.report, name="triage-report"),
    path("<uuid:key>/take-up/", views.take_up, name="triage-take-up"),
    path("<uuid:key>/join/line/", views.join, {"to": "line"}, name="triage-join-line"),
    path("<uuid:key>/join/place/", views.join, {"to": "place"}, name="triage-join-place"),
    path("<uuid:key>/join/person/", views.join, {"to": "person"}, name="triage-join-person"),
    path("<uuid:key>/grade/", views.grade, name="triage-grade"),
    path("<uuid:key>/thrive/", views.think_through, name="triage-thrive"),
    path("<uuid:key>/decide/", views.decide, name="triage-decide"),
    path("<uuid:key>/reopen/", views.reopen, name="triage-reopen"),
    path("<uuid:key>/compare/<uuid:other>/", views.compare, name="triage-compare"),
    path("link/<linked:to>/<uuid:key>/confirm/", views.confirm, name="triage-confirm"),
    path("link/<linked:to>/<uuid:key>/unlink/", views.unlink, name="triage-unlink"),
]
