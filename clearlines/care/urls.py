from django.urls import path

from clearlines.care import views

urlpatterns = [
    path("", views.cases, name="care-list"),
    path("without-plan/", views.without_plan, name="care-without-plan"),
    path("mine/", views.mine, name="care-mine"),
    path("new/<uuid:person>/", views.new, name="care-new"),
    path("plans/<uuid:key>/goal/", views.goal_new, name="care-goal-new"),
    path("plans/<uuid:key>/review/", views.review, name="care-review"),
    path("goals/<uuid:key>/", views.goal, name="care-goal"),
    path("measures/<uuid:key>/correct/", views.measure_correct, name="care-measure-correct"),
    path("own-plan/<uuid:key>/end/", views.own_plan_end, name="care-own-plan-end"),
    path("<uuid:key>/", views.case, name="care-case"),
    path("<uuid:key>/support/", views.support, name="care-support"),
    path("<uuid:key>/plan/", views.plan, name="care-plan"),
    path("<uuid:key>/barc10/", views.measure, name="care-measure"),
    path("<uuid:key>/close/", views.close, name="care-close"),
    path("<uuid:key>/reopen/", views.reopen, name="care-reopen"),
    path("<uuid:key>/own-plan/", views.own_plan, name="care-own-plan"),
]
