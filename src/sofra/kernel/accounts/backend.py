"""Who may be signed in at all, asked at every request."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """Accounts in good standing; those of the demonstration only on a server started with it."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account may be signed in. Asked again at every request, so that an ended account is out at once."""
        if getattr(user, "demonstration", False) and not settings.SOFRA.demonstration:
            return False
        return bool(super().user_can_authenticate(user))
