"""Notices that something waits."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Invitation


@command
def note_notice(*, invitation: Invitation, by: str) -> None:
    """Record that notice of an invitation was given, and how; never to which address. Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "register.keep", invitation.format_id)
    if invitation.issued_at is None or invitation.withdrawn_at is not None:
        raise Refusal(_("The invitation is not issued, or was called off: nothing waits."))
    recording.record("invitation.notice", invitation, {"by": by}, meeting_id=invitation.meeting_id, visible=False)
