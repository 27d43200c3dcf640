from django.urls import path

from clearlines.places import views

urlpatterns = [
    path("", views.everywhere, name="places-list"),
    path("new/", views.new, name="places-new"),
    path("<uuid:key>/", views.place, name="places-place"),
    path("<uuid:key>/correct/", views.correct, name="places-correct"),
]
