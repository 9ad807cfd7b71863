"""Routes of accounts. Of the sign-in library only what the house uses is included; the rest does not exist."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as providers
from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from sofra.kernel.accounts import provider, token_views, views
from sofra.kernel.accounts.library import PasskeyAgain, PasskeySignIn, answering, leaving

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/sign-in/", answering(account.login), name="account_login"),
    path("account/sign-out/", leaving(account.logout), name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", answering(account.reauthenticate), name="account_reauthenticate"),
    path("account/password/", answering(account.password_change), name="account_change_password"),
    path("account/code/", answering(factors.authenticate), name="mfa_authenticate"),
    path("account/factors/", factors.index, name="mfa_index"),
    path("account/factors/confirm/", answering(factors.reauthenticate), name="mfa_reauthenticate"),
    path("account/factors/app/add/", answering(totp.activate_totp), name="mfa_activate_totp"),
    path("account/factors/app/remove/", answering(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/factors/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/factors/recovery/make/",
        answering(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("account/passkey/", PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("account/factors/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/factors/passkeys/add/", answering(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("account/factors/passkeys/confirm/", answering(PasskeyAgain.as_view()), name="mfa_reauthenticate_webauthn"),
    path("account/factors/passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("account/demonstration/", views.demonstration_sign_in, name="demonstration_sign_in"),
    path("account/seats/", views.seats, name="seats"),
    path("account/tokens/", token_views.tokens, name="tokens"),
    path("account/tokens/<uuid:token>/revoke/", token_views.revoke, name="tokens_revoke"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
    path("seats/", views.all_seats, name="accounts_seats"),
    path("seats/invite/", views.invite, name="accounts_invite"),
    path("seats/letter/", views.letter, name="accounts_letter"),
    path("seats/invitations/<uuid:invitation>/withdraw/", views.withdraw, name="accounts_withdraw"),
    path("seats/<uuid:seat>/end/", views.revoke, name="accounts_revoke"),
    path("seats/accounts/<uuid:account>/sessions/", views.end_sessions, name="accounts_end_sessions"),
    path("seats/accounts/<uuid:account>/close/", views.close, name="accounts_close"),
    path("seats/accounts/<uuid:account>/reset/", views.reset, name="accounts_reset"),
]

#: Of an identity provider; there where one is configured.
provider_urls: list[URLPattern | URLResolver] = [
    path("account/provider/cancelled/", providers.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/provider/error/", providers.login_error, name="socialaccount_login_error"),
    path("account/oidc/<str:provider_id>/login/", provider.sign_in, name="openid_connect_login"),
    path("account/oidc/<str:provider_id>/login/callback/", provider.back, name="openid_connect_callback"),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += provider_urls
