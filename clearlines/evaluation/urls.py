from django.urls import URLPattern, URLResolver, path

from clearlines.evaluation import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="evaluation-home"),
    path("new/", views.new, name="evaluation-new"),
    path("<uuid:key>/", views.one, name="evaluation-run"),
    path("<uuid:key>/again/", views.again, name="evaluation-again"),
]
