"""What follows from a second factor being added or removed by its holder."""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from sofra.kernel.accounts import commands, queries, sessions
from sofra.kernel.middleware import SEAT


def connect() -> None:
    """Listen; called once when the house opens."""
    signals.authenticator_added.connect(_added, dispatch_uid="sofra.factor_added")
    signals.authenticator_removed.connect(_removed, dispatch_uid="sofra.factor_removed")


def _added(sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type not in queries.FACTORS:
        return
    commands.note_factor(account=user, kind=authenticator.type, added=True)
    if SEAT not in request.session:
        sessions.take_only_seat(request, user)


def _removed(sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in queries.FACTORS:
        commands.note_factor(account=user, kind=authenticator.type, added=False)
