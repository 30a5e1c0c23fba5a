"""Log in, log out, password, own profile. Of allauth's addresses exactly those that we use, with its names."""

from allauth.account import views as account
from django.urls import path

urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("kod/", account.request_login_code, name="account_request_login_code"),
    path("kod/skriv/", account.confirm_login_code, name="account_confirm_login_code"),
]
