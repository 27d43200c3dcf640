from django.urls import URLPattern, URLResolver, path

from clearlines.hotspots import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="hotspots-home"),
    path("counts.csv", views.counts, name="hotspots-counts"),
    path("files/", views.files, name="hotspots-files"),
    path("severity/", views.severity, name="hotspots-severity"),
    path("severity/load/", views.load_severity, name="hotspots-severity-load"),
    path("severity/<uuid:key>/", views.severity_table, name="hotspots-severity-table"),
    path("area/<slug:kind>/<str:code>/", views.area, name="hotspots-area"),
    path("sets/", views.sets, name="hotspots-sets"),
    path("sets/new/", views.set_new, name="hotspots-set-new"),
    path("sets/<uuid:key>/", views.one_set, name="hotspots-set"),
]
