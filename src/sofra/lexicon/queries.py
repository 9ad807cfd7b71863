"""Every read of the room that is not a name: profiles, where they stand, who objects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Func, Q

from sofra.kernel.commands import database_now, lock_subject
from sofra.kernel.engine.silence import silence
from sofra.lexicon.engine.profiles import Span, holding
from sofra.lexicon.models import Profile


class ClockTimestamp(Func):
    """The database's clock as it is, not as it was when the transaction began."""

    function = "clock_timestamp"
    output_field = DateTimeField()


def settled(profile: Profile, now: datetime | None = None) -> Profile:
    """The profile with `state` as it truly is: one whose silence ran out is in force from its deadline.

    Past the deadline it waits for an objection that was made in time and is still being written.
    """
    if profile.state != Profile.State.PROPOSED or profile.deadline is None or profile.opened_at is None:
        return profile
    if silence(profile.opened_at, profile.deadline, now or database_now(), []) == "running":
        return profile
    lock_subject(profile.pk, shared=True)
    profile.refresh_from_db()
    if profile.state == Profile.State.PROPOSED:
        profile.state = Profile.State.STANDING
    return profile


def span_of(profile: Profile) -> Span:
    """From when to when a standing profile holds."""
    assert profile.in_force_from is not None
    return Span(profile, profile.in_force_from, profile.ended_at)


def holding_at(profiles: Iterable[Profile], at: datetime) -> Profile | None:
    """The one of a format's profiles that is in force at an instant, as far as that is known now."""
    standing = [row for row in (settled(each) for each in profiles) if row.state == Profile.State.STANDING]
    found = holding((span_of(row) for row in standing), at)
    return found.key if found else None


def candidates(format_id: Any, *, exercise: bool = False) -> Q:
    """The condition under which a profile may be the one in force for a format, now or once its silence ended."""
    return Q(
        format_id=format_id,
        exercise=exercise,
        state__in=(Profile.State.STANDING, Profile.State.PROPOSED),
        in_force_from__lte=ClockTimestamp(),
    )


def profile_in_force(format_id: UUID | None, at: datetime | None = None) -> Profile | None:
    """The profile under which a format meets at an instant (now by default), as far as the actor may read it.

    A rehearsal's own profile is never a format's. One query, unless a silence has just run out and nobody recorded it yet.
    """
    rows = list(Profile.objects.filter(candidates(format_id)).annotate(now=ClockTimestamp()).order_by("number"))
    if not rows:
        return None
    return holding_at(rows, at or rows[0].now)
