from django.urls import path

from clearlines.staff.views import accounts, mine, team

urlpatterns = [
    path("", team.everybody, name="staff-list"),
    path("member/<uuid:key>/", team.member, name="staff-member"),
    path("member/<uuid:key>/role/", team.give_role, name="staff-give-role"),
    path("member/<uuid:key>/role/<int:held>/end/", team.end_role, name="staff-end-role"),
    path("member/<uuid:key>/clearances/", team.clearances, name="staff-clearances"),
    path("member/<uuid:key>/duty/", team.on_duty, name="staff-on-duty"),
    path("member/<uuid:key>/duty/<uuid:duty>/end/", team.end_duty, name="staff-end-duty"),
    path("member/<uuid:key>/hand-on/", team.hand_on, name="staff-hand-on"),
    path("handed/<uuid:key>/", team.handed, name="staff-handed"),
    path("told/<uuid:key>/seen/", team.seen_to, name="staff-seen-to"),
    path("accounts/", accounts.everybody, name="staff-accounts"),
    path("accounts/new/", accounts.new, name="staff-account-new"),
    path("accounts/<uuid:key>/", accounts.account, name="staff-account"),
    path("accounts/<uuid:key>/close/", accounts.close, name="staff-account-close"),
    path("accounts/<uuid:key>/open/", accounts.open_again, name="staff-account-open"),
    path("accounts/<uuid:key>/link/", accounts.new_link, name="staff-account-link"),
    path("accounts/<uuid:key>/lost-phone/", accounts.lost_phone, name="staff-lost-phone"),
    path("accounts/<uuid:key>/single-sign-on/<slug:provider>/", accounts.sign_on, name="staff-sign-on"),
    path("mine/", mine.my_sign_in, name="staff-mine"),
    path("mine/end/<int:key>/", mine.end_session, name="staff-end-session"),
    path("mine/end-everywhere/", mine.end_everywhere, name="staff-end-everywhere"),
    path("handed-to-me/", mine.handed_to_me, name="staff-handed-to-me"),
    path("begin/<str:who>/<str:token>/", mine.begin, name="staff-begin"),
]
