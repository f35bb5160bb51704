"""The addresses of the counter that are about who somebody is. Of allauth only the pages that are used."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path

from loket.accounts import demo, parcels
from loket.accounts.views import entering, log, openid, organisations, working

ours = [
    path("", working.home, name="home"),
    path("rol/", working.choose, name="choose"),
    path("organisaties/", organisations.organisations, name="organisations"),
    path("organisaties/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organisaties/<uuid:pk>/uitnodigen/", organisations.invite, name="invite"),
    path("organisaties/<uuid:pk>/teams/", organisations.add_unit, name="add_unit"),
    path("organisaties/<uuid:pk>/uitnodigingen/<uuid:invitation>/", organisations.withdraw, name="withdraw"),
    path("organisaties/<uuid:pk>/mensen/<uuid:membership>/", organisations.end, name="end"),
    path(
        "organisaties/<uuid:pk>/mensen/<uuid:membership>/tweede-stap/", organisations.reset_factor, name="reset_factor"
    ),
    path("uitnodiging/<str:secret>/", entering.invitation, name="invitation"),
    path("tweede-stap/", entering.enrol, name="enrol"),
    path("geen-tweede-stap/", entering.no_second_factor, name="no_second_factor"),
    path("via/<slug:identifier>/", openid.go, name="openid"),
    path("via/<slug:identifier>/terug/", openid.back, name="openid_back"),
    path("noodgeval/", working.open_glass, name="open_glass"),
    path("noodgeval/sluiten/", working.close_glass, name="close_glass"),
    path("logboek/", log.log, name="log"),
    path("logboek/<uuid:glass>/", log.review_glass, name="review_glass"),
    path("demo/", demo.choose, name="demo"),
]
urlpatterns = [
    path("", include((ours, "accounts"))),
    path("inloggen/", parcels.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("gestopt/", account.account_inactive, name="account_inactive"),
    path("opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/gestuurd/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("twee-stappen/authenticate/", parcels.authenticate, name="mfa_authenticate"),
    path("twee-stappen/webauthn/keys/<int:pk>/remove/", entering.remove_key, name="mfa_remove_webauthn"),
    path("twee-stappen/", include("allauth.mfa.urls")),
]
