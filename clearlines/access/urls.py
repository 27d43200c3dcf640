from allauth.account import views as sign_in
from django.urls import path

urlpatterns = [
    path("sign-in/", sign_in.login, name="account_login"),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("sign-up/", sign_in.signup, name="account_signup"),
]
