from django.urls import path

from clearlines.referrals import views

urlpatterns = [
    path("", views.inbox, name="referrals-inbox"),
    path("new/", views.new, name="referrals-new"),
    path("record/", views.record, name="referrals-record"),
    path("sent/", views.sent, name="referrals-sent"),
    path("sent/<uuid:key>/", views.sent_one, name="referrals-sent-one"),
    path("sent/<uuid:key>/take-back/", views.withdraw, name="referrals-withdraw"),
    path("sent/<uuid:key>/look-again/", views.appeal, name="referrals-appeal"),
    path("<uuid:key>/", views.letter, name="referrals-letter"),
    path("<uuid:key>/acknowledge/", views.acknowledge, name="referrals-acknowledge"),
    path("<uuid:key>/accept/", views.accept, name="referrals-accept"),
    path("<uuid:key>/decline/", views.decline, name="referrals-decline"),
    path("<uuid:key>/send-on/", views.redirect_on, name="referrals-redirect"),
    path("<uuid:key>/take-back/", views.take_back, name="referrals-take-back"),
    path("<uuid:key>/known-before/", views.first_known, name="referrals-first-known"),
]
