from django.urls import path

from clearlines.screening import views

urlpatterns = [
    path("", views.listed, name="screening-list"),
    path("begin/<uuid:key>/", views.begin, name="screening-begin"),
    path("<uuid:key>/questions/", views.questions, name="screening-questions"),
    path("<uuid:key>/", views.result, name="screening-result"),
    path("<uuid:key>/why/", views.why, name="screening-why"),
    path("<uuid:key>/again/", views.redo, name="screening-redo"),
]
