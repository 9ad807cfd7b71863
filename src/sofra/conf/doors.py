"""Doors of the routes that libraries bring, by route name. A route of a library that is not listed here is closed.

Only the routes named in kernel/accounts/urls.py are included at all; each of them stands here.
"""

from sofra.kernel.doors import ANYONE, SIGNED_IN, Door

_OPEN = Door({"GET": ANYONE, "POST": ANYONE})
_OWN = Door({"GET": SIGNED_IN, "POST": SIGNED_IN})
_OWN_READING = Door({"GET": SIGNED_IN})

LIBRARY_DOORS: dict[str, Door] = {
    "account_login": _OPEN,
    "account_logout": _OPEN,
    "account_inactive": Door({"GET": ANYONE}),
    "account_reauthenticate": _OWN,
    "account_change_password": _OWN,
    "mfa_authenticate": _OPEN,
    "mfa_login_webauthn": _OPEN,
    "mfa_index": _OWN_READING,
    "mfa_reauthenticate": _OWN,
    "mfa_activate_totp": _OWN,
    "mfa_deactivate_totp": _OWN,
    "mfa_view_recovery_codes": _OWN_READING,
    "mfa_generate_recovery_codes": _OWN,
    "mfa_list_webauthn": _OWN_READING,
    "mfa_add_webauthn": _OWN,
    "mfa_reauthenticate_webauthn": _OWN,
    "mfa_remove_webauthn": _OWN,
    "socialaccount_login_cancelled": Door({"GET": ANYONE}),
    "socialaccount_login_error": Door({"GET": ANYONE}),
    "openid_connect_login": _OPEN,
    "openid_connect_callback": Door({"GET": ANYONE}),
}
