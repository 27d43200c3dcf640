from django.urls import include, path

from clearlines.desk import views
from clearlines.desk.force import views as force

urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views.me, name="me"),
    path("asked/", views.asked, name="asked"),
    path("why/<str:noun>/<uuid:key>/", views.why, name="why"),
    # A line's own page shows what every room of the force knows of it: so it stands here, above them.
    path("lines/<uuid:key>/", force.line, name="lines-line"),
    path("force/", include("clearlines.desk.force.urls")),
    path("charity/", include("clearlines.desk.charity.urls")),
]
