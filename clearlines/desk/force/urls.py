from django.urls import path

from clearlines.desk.force import views

urlpatterns = [path("", views.morning, name="force-morning")]
