"""What follows when a second factor is kept or removed, in the same transaction.

The sign-in library's own signals come after the commit, when nothing can be recorded any more.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete, post_save

from sofra.kernel.accounts import commands, queries, sessions
from sofra.kernel.middleware import SEAT


def connect() -> None:
    """Listen; called once when the house opens."""
    post_save.connect(_kept, sender=Authenticator, dispatch_uid="sofra.factor_kept")
    post_delete.connect(_removed, sender=Authenticator, dispatch_uid="sofra.factor_removed")


def _kept(sender: Any, instance: Authenticator, created: bool, **_: Any) -> None:
    if not created or instance.type not in queries.FACTORS:
        return
    commands.note_factor(account_id=instance.user_id, kind=instance.type, added=True)
    request = context.request
    if request is not None and request.user.pk == instance.user_id and SEAT not in request.session:
        sessions.take_only_seat(request, request.user)


def _removed(sender: Any, instance: Authenticator, **_: Any) -> None:
    if instance.type in queries.FACTORS:
        commands.note_factor(account_id=instance.user_id, kind=instance.type, added=False)
