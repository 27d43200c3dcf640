from django.urls import path

from clearlines.desk.charity import views

urlpatterns = [path("", views.day, name="charity-day")]
