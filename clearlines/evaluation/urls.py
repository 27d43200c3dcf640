from django.urls import URLPattern, URLResolver, path

from clearlines.evaluation import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="evaluation-home"),
    path("new/", views.new, name="evaluation-new"),
    path("protocols/", views.protocols, name="evaluation-protocols"),
    path("protocols/new/", views.protocol_new, name="evaluation-protocol-new"),
    path("protocols/<uuid:key>/", views.protocol, name="evaluation-protocol"),
    path("claim/", views.claim, name="evaluation-claim"),
    path("protocols/<uuid:key>/work-out/", views.work_out, name="evaluation-work-out"),
    path("results/<uuid:key>/", views.result, name="evaluation-result"),
    path("results/<uuid:key>/again/", views.result_again, name="evaluation-result-again"),
    path("results/<uuid:key>/counts/", views.result_csv, name="evaluation-result-csv"),
    path("results/<uuid:key>/everything/", views.result_everything, name="evaluation-result-everything"),
    path("<uuid:key>/", views.one, name="evaluation-run"),
    path("<uuid:key>/again/", views.again, name="evaluation-again"),
]
