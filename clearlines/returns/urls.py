from django.urls import path

from clearlines.returns import views

urlpatterns = [
    path("", views.listed, name="returns-list"),
    path("new/", views.new, name="returns-new"),
    path("<uuid:key>/", views.one, name="returns-return"),
    path("<uuid:key>/count/", views.count, name="returns-count"),
    path("<uuid:key>/story/", views.tell, name="returns-tell"),
    path("story/<uuid:key>/take-back/", views.take_back, name="returns-take-back"),
    path("<uuid:key>/prepare/", views.prepare, name="returns-prepare"),
    path("<uuid:key>/approve/", views.approve, name="returns-approve"),
    path("<uuid:key>/send/", views.send, name="returns-send"),
    path("<uuid:key>/again/", views.again, name="returns-again"),
    path("<uuid:key>/note/", views.note, name="returns-note"),
    path("<uuid:key>/reopen/", views.reopen, name="returns-reopen"),
    path("<uuid:key>/withdraw/", views.withdraw, name="returns-withdraw"),
    path("<uuid:key>/reissue/", views.reissue, name="returns-reissue"),
    path("<uuid:key>/pdf/", views.pdf, name="returns-pdf"),
    path("<uuid:key>/figures/", views.figures_file, name="returns-figures"),
]
