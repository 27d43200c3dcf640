from django.urls import path

from clearlines.openings import views

urlpatterns = [
    path("", views.mine, name="openings-mine"),
    path("people/<uuid:key>/", views.ask, name="openings-ask"),
    path("<uuid:key>/close/", views.close, name="openings-close"),
    path("to-judge/", views.waiting, name="openings-waiting"),
    path("<uuid:key>/judge/", views.judge, name="openings-judge"),
]
