"""Signing in. Of allauth's pages only these are routed: nobody signs up, and no password is reset by e-mail."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as single_sign_on
from django.urls import path
from django.views.generic import RedirectView

from clearlines.access.second_factor import unless_last
from clearlines.access.sign_in import though_it_is_down

urlpatterns = [
    path("sign-in/", sign_in.login, name="account_login"),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("sign-up/", sign_in.signup, name="account_signup"),
    path("sign-in/code/", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/with/<slug:provider_id>/", though_it_is_down(single_sign_on.login), name="openid_connect_login"),
    path(
        "sign-in/with/<slug:provider_id>/back/",
        though_it_is_down(single_sign_on.callback),
        name="openid_connect_callback",
    ),
    # Whoever turned back at their own organisation's page begins again here.
    path("sign-in/with/", RedirectView.as_view(pattern_name="account_login"), name="socialaccount_login_cancelled"),
    path("sign-in/again/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("my-sign-in/password/", sign_in.password_change, name="account_change_password"),
    path("my-sign-in/ways/", factors.index, name="mfa_index"),
    path("my-sign-in/app/", app.activate_totp, name="mfa_activate_totp"),
    path("my-sign-in/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("my-sign-in/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("my-sign-in/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("my-sign-in/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("my-sign-in/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("my-sign-in/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("my-sign-in/passkeys/<int:pk>/remove/", unless_last(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
]
