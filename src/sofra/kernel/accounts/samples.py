"""What the tests that walk the whole house need of accounts: addresses of real rows, and words others must never see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sofra.kernel.models import Role


def _invitation(world: Any) -> dict[str, Any]:
    from sofra.kernel.accounts import commands

    with world.act("secretariat"):
        made, _ = commands.invite(role=Role.OBSERVER, format_id=world.format.pk)
    return {"invitation": made.pk}


def _secret(world: Any) -> dict[str, Any]:
    from sofra.kernel.accounts import commands

    with world.act("secretariat"):
        _, secret = commands.invite(role=Role.OBSERVER, format_id=world.format.pk)
    return {"secret": secret}


def _account(world: Any) -> dict[str, Any]:
    return {"account": world.seats["AL"].account_id}


SAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "invitation": _secret,
    "accounts_withdraw": _invitation,
    "accounts_revoke": lambda world: {"seat": world.seats["AL"].pk},
    "accounts_end_sessions": _account,
    "accounts_close": _account,
    "accounts_reset": _account,
    "tokens_revoke": lambda world: {"token": world.found["kernel.token"]},
    "jobs_stop": lambda world: {"job": world.found["kernel.job"]},
    "mfa_remove_webauthn": lambda world: {"pk": 1},
}


def canaries(world: Any) -> None:
    """Seed an invitation whose function is the secretariat's alone to read, work a delegation asked for, and its token."""
    from sofra.kernel.accounts import commands, token_commands
    from sofra.kernel.models import JobProgress

    with world.act("secretariat"):
        commands.invite(role=Role.DELEGATE, party_id=world.parties["RS"].pk, function=world.token("secretariat"))
    with world.act("AL") as actor:
        row = JobProgress.objects.create(
            seat_id=actor.seat_id, job="kernel.sample", state="running", sentence=world.token("AL")
        )
        token, _secret = token_commands.make_token(name=world.token("AL"))
    world.found |= {"kernel.job": row.pk, "kernel.token": token.pk}
