from django.urls import include, path

from clearlines.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views.me, name="me"),
    path("asked/", views.asked, name="asked"),
    path("why/<str:noun>/<uuid:key>/", views.why, name="why"),
    path("force/", include("clearlines.desk.force.urls")),
    path("charity/", include("clearlines.desk.charity.urls")),
]
