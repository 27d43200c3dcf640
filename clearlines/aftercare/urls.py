from django.urls import path

from clearlines.aftercare import views

urlpatterns = [
    path("", views.listed, name="aftercare-list"),
    path("harm/", views.harm_anywhere, name="aftercare-harm-anywhere"),
    path("harm/<uuid:key>/", views.harm, name="aftercare-harm"),
    path("told/<uuid:key>/", views.told, name="aftercare-told"),
    path("<uuid:key>/", views.watch, name="aftercare-watch"),
    path("<uuid:key>/tell/", views.tell, name="aftercare-tell"),
    path("<uuid:key>/not-told/", views.not_told, name="aftercare-not-told"),
    path("<uuid:key>/take-back/", views.take_back, name="aftercare-take-back"),
    path("<uuid:key>/harm/", views.harm_in, name="aftercare-harm-in"),
]
