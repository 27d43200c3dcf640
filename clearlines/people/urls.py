from django.urls import path

from clearlines.people import views

urlpatterns = [
    path("", views.everybody, name="people-list"),
    path("new/", views.new, name="people-new"),
    path("<uuid:key>/", views.person, name="people-person"),
    path("<uuid:key>/correct/", views.correct, name="people-correct"),
    path("<uuid:key>/same/", views.same, name="people-same"),
    path("<uuid:key>/same/<uuid:row>/part/", views.part, name="people-part"),
]
