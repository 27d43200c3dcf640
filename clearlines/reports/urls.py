from django.urls import path

from clearlines.reports import views
from clearlines.reports.drafts import STEPS

urlpatterns = [
    path("", views.home, name="reports-home"),
    path("start/", views.start, name="reports-start"),
    path("ring/", views.ring, name="reports-ring"),
    *[path(f"{step}/", views.step, {"step": step}, name=f"reports-{step}") for step in STEPS],
    path("check/", views.check, name="reports-check"),
    path("send/", views.send, name="reports-send"),
    path("come-back/", views.come_back, name="reports-come-back"),
    path("add-more/", views.add_more, name="reports-add-more"),
    path("leave/", views.leave, name="reports-leave"),
]
