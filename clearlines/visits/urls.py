from django.urls import path

from clearlines.visits import views

urlpatterns = [
    path("", views.home, name="visits-home"),
    path("find/", views.find, name="visits-find"),
    path("new/", views.new, name="visits-new"),
    path("counts/", views.counts, name="visits-counts"),
    path("offers/<uuid:key>/", views.offer, name="visits-offer"),
    path("offers/<uuid:key>/decline/", views.decline, name="visits-decline"),
    path("accounts/<uuid:key>/correct/", views.correct, name="visits-correct"),
    path("promises/<uuid:key>/kept/", views.promise_kept, name="visits-promise-kept"),
    path("<uuid:key>/", views.appointment, name="visits-appointment"),
    path("<uuid:key>/move/", views.move, name="visits-move"),
    path("<uuid:key>/crew/", views.crew, name="visits-crew"),
    path("<uuid:key>/cancel/", views.cancel, name="visits-cancel"),
    path("<uuid:key>/ask/", views.ask, name="visits-ask"),
    path("<uuid:key>/take-back/", views.take_back, name="visits-take-back"),
    path("<uuid:key>/in/", views.check_in, name="visits-check-in"),
    path("<uuid:key>/out/", views.check_out, name="visits-check-out"),
    path("<uuid:key>/record/", views.record, name="visits-record"),
    path("<uuid:key>/decide/", views.decide, name="visits-decide"),
]
