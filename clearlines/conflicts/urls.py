from django.urls import path

from clearlines.conflicts import views

urlpatterns = [
    path("", views.mine, name="conflicts-mine"),
    path("people/<uuid:key>/", views.this_person, name="conflicts-this-person"),
    path("people/<uuid:key>/colleague/", views.a_colleague, name="conflicts-a-colleague"),
    path("everybody/", views.everybodys, name="conflicts-everybodys"),
    path("<uuid:key>/lift/", views.lift, name="conflicts-lift"),
]
