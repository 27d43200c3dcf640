from django.urls import path

from clearlines.reports.drafts import STEPS
from clearlines.reports.views import custody, public

OWN_PAGE = {"photograph": public.photograph, "your-name": public.your_name}

urlpatterns = [
    path("", public.home, name="reports-home"),
    path("start/", public.start, name="reports-start"),
    path("ring/", public.ring, name="reports-ring"),
    *[path(f"{step}/", view, name=f"reports-{step}") for step, view in OWN_PAGE.items()],
    *[path(f"{step}/", public.step, {"step": step}, name=f"reports-{step}") for step in STEPS if step not in OWN_PAGE],
    path("photograph/<int:number>/remove/", public.remove_photograph, name="reports-remove-photograph"),
    path("check/", public.check, name="reports-check"),
    path("send/", public.send, name="reports-send"),
    path("come-back/", public.come_back, name="reports-come-back"),
    path("add-more/", public.add_more, name="reports-add-more"),
    path("forget-me/", public.forget_me, name="reports-forget-me"),
    path("leave/", public.leave, name="reports-leave"),
    path("<uuid:report>/photograph/<uuid:key>/", custody.picture, name="reports-picture"),
    path("<uuid:report>/photograph/<uuid:key>/file/", custody.picture_file, name="reports-picture-file"),
    path("<uuid:key>/who/", custody.ask_who, name="reports-ask-who"),
    path("asked/", custody.asked, name="reports-asked"),
    path("asked/<uuid:key>/", custody.released, name="reports-released"),
    path("sources/", custody.sources, name="reports-sources"),
    path("sources/to-decide/", custody.to_decide, name="reports-to-decide"),
    path("sources/to-decide/<uuid:key>/", custody.decide, name="reports-decide"),
    path("sources/<uuid:key>/", custody.source, name="reports-source"),
    path("sources/<uuid:key>/contact/", custody.contact, name="reports-contact"),
    path("sources/<uuid:key>/forget/", custody.forget, name="reports-forget"),
]
