from django.urls import URLPattern, URLResolver, path

from clearlines.calls import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="calls-home"),
    path("new/", views.new, name="calls-new"),
    path("waiting/<uuid:key>/", views.waiting, name="calls-waiting"),
    path("waiting/<uuid:key>/columns/", views.columns, name="calls-columns"),
    path("waiting/<uuid:key>/rejected.csv", views.waiting_rejected, name="calls-waiting-rejected"),
    path("waiting/<uuid:key>/leave/", views.leave, name="calls-leave"),
    path("mappings/", views.mappings, name="calls-mappings"),
    path("rules/", views.rules, name="calls-rules"),
    path("rules/new/", views.rules_new, name="calls-rules-new"),
    path("health/", views.health, name="calls-health"),
    path("health/new/", views.health_new, name="calls-health-new"),
    path("<uuid:key>/", views.extract, name="calls-extract"),
    path("<uuid:key>/rejected.csv", views.rejected, name="calls-rejected"),
]
