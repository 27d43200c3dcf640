from django.urls import path

from clearlines.groups import views

urlpatterns = [
    path("", views.everything, name="groups-list"),
    path("new/", views.new, name="groups-new"),
    path("import/", views.bring_in, name="groups-import"),
    path("<uuid:key>/", views.whole, name="groups-group"),
    path("<uuid:key>/known/", views.write_known, name="groups-known"),
    path("<uuid:key>/names/new/", views.add_alias, name="groups-alias"),
    path("<uuid:key>/lines/new/", views.run_line, name="groups-run-line"),
    path("<uuid:key>/lines/<uuid:row>/end/", views.end_line, name="groups-end-line"),
    path("<uuid:key>/people/new/", views.add_person, name="groups-add-person"),
    path("<uuid:key>/people/<uuid:row>/end/", views.end_person, name="groups-end-person"),
    path("<uuid:key>/assessments/new/", views.add_assessment, name="groups-assess"),
    path(
        "<uuid:key>/assessments/<uuid:row>/take-back/", views.take_back_assessment, name="groups-take-back-assessment"
    ),
    path("<uuid:key>/links/new/", views.link, name="groups-link"),
    path("<uuid:key>/links/<uuid:row>/take-back/", views.take_back_link, name="groups-take-back-link"),
]
