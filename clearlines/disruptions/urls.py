from django.urls import path

from clearlines.disruptions import views

urlpatterns = [
    path("", views.everything, name="disruptions-list"),
    path("new/", views.new, name="disruptions-new"),
    path("totals/", views.totals, name="disruptions-totals"),
    path("tactics/", views.tactics, name="disruptions-tactics"),
    path("<uuid:key>/", views.disruption, name="disruptions-disruption"),
    path("<uuid:key>/level/", views.moderate, name="disruptions-moderate"),
    path("<uuid:key>/orders/new/", views.add_order, name="disruptions-add-order"),
    path("<uuid:key>/orders/<uuid:row>/", views.order, name="disruptions-order"),
    path("<uuid:key>/seizures/new/", views.add_seizure, name="disruptions-add-seizure"),
    path("<uuid:key>/took-part/new/", views.add_contribution, name="disruptions-add-contribution"),
    path("<uuid:key>/take-back/", views.take_back, name="disruptions-take-back"),
]
