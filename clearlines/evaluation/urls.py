from django.urls import URLPattern, URLResolver, path

from clearlines.evaluation import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="evaluation-home"),
    path("new/", views.new, name="evaluation-new"),
    path("protocols/", views.protocols, name="evaluation-protocols"),
    path("protocols/new/", views.protocol_new, name="evaluation-protocol-new"),
    path("protocols/<uuid:key>/", views.protocol, name="evaluation-protocol"),
    path("<uuid:key>/", views.one, name="evaluation-run"),
    path("<uuid:key>/again/", views.again, name="evaluation-again"),
]
