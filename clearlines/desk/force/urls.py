from django.urls import path

from clearlines.desk.force import views

urlpatterns = [
    path("", views.morning, name="force-morning"),
    path("chart/", views.chart, name="force-chart"),
    path("chart/download/", views.chart_download, name="force-chart-download"),
    path("flows/", views.where_lines_come_from, name="force-flows"),
    path("flows/download/", views.flows_download, name="force-flows-download"),
    path("networks/", views.networks, name="force-networks"),
]
