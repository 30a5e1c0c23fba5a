"""Log in, log out, password, own profile. Of allauth's addresses exactly those we use, with its names."""

from allauth.account import views as account
from django.urls import include, path, re_path

from . import views

own = [
    path("profil/", views.profile, name="profile"),
    path("epost/", views.address, name="address"),
    path("epost/kod/", views.address_code, name="address_code"),
    path("vem-har-tittat/", views.looks, name="looks"),
    path("vem-har-tittat/utdrag.csv", views.looks_extract, name="looks_extract"),
    path("roll/", views.capacity, name="capacity"),
    path("sprak/", views.language, name="language"),
    path("e-legitimation/<slug:broker>/", views.eid_start, name="eid_start"),
    path("e-legitimation/<slug:broker>/tillbaka/", views.eid_back, name="eid_back"),
    path("e-legitimation/<int:pk>/ta-bort/", views.eid_remove, name="eid_remove"),
    path("platser/", views.sessions, name="sessions"),
    path("platser/andra/logga-ut/", views.end_other_sessions, name="end_other_sessions"),
    path("platser/<uuid:handle>/logga-ut/", views.end_session, name="end_session"),
]

urlpatterns = [
    path("", include((own, "people"))),
    path("logga-in/", views.log_in, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("kod/", views.request_code, name="account_request_login_code"),
    path("kod/skriv/", views.confirm_code, name="account_confirm_login_code"),
    # allauth mails a link to this name to an address that has no account; ours explains how one gets one.
    path("nytt/", views.about_accounts, name="account_signup"),
    path("avslutat/", account.account_inactive, name="account_inactive"),
    path("sa-loggar-du-in/", views.index, name="mfa_index"),
    path("visa-vem-du-ar/", views.strengthen, name="mfa_reauthenticate"),
    path("nyckel/logga-in/", views.log_in_with_passkey, name="mfa_login_webauthn"),
    path("nyckel/ny/", views.add_passkey, name="mfa_add_webauthn"),
    path("nyckel/<int:pk>/ta-bort/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("app/", views.add_app, name="mfa_activate_totp"),
    path("app/ta-bort/", views.remove_app, name="mfa_deactivate_totp"),
    path("reservkoder/", views.reserve_codes, name="mfa_view_recovery_codes"),
    path("reservkoder/nya/", views.new_reserve_codes, name="mfa_generate_recovery_codes"),
    path("losenord/", views.change_password, name="account_change_password"),
    path("losenord/valj/", views.set_password, name="account_set_password"),
    path("losenord/glomt/", views.forgotten_password, name="account_reset_password"),
    path("losenord/glomt/skickat/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "losenord/nytt/klart/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
]
