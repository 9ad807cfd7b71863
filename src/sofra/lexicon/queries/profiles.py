"""Reads of profiles: which is in force, where each stands, who objects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Func, Q

from sofra.kernel.commands import database_now, lock_subject
from sofra.kernel.engine.silence import silence
from sofra.kernel.models import Format
from sofra.lexicon.engine.profiles import Span, holding
from sofra.lexicon.models import PartyWording, Profile, ProfileObjection, ProfileWithdrawal


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


def get_named_format(slug: str) -> Format | None:
    """A format by its address, bare of wordings; None where the actor knows of none such."""
    return Format.objects.filter(slug=slug).first()


def profiles_of(format_id: UUID) -> list[Profile]:
    """Every version of a format's profile that the actor may read, the newest first, each as it truly stands."""
    return [settled(row) for row in Profile.objects.filter(format_id=format_id).order_by("-number")]


def get_profile(format_id: UUID, profile_id: UUID) -> Profile | None:
    """One version, as it truly stands; None where the actor knows of none such."""
    row = Profile.objects.select_related("format").filter(format_id=format_id, pk=profile_id).first()
    return settled(row) if row is not None else None


def objections_to(profile: Profile) -> list[ProfileObjection]:
    """Every objection ever made to a profile, oldest first, with `withdrawn_at` and whether it came too `late` to break it."""
    rows = list(ProfileObjection.objects.filter(profile=profile).order_by("at"))
    withdrawn = dict(ProfileWithdrawal.objects.filter(objection__in=rows).values_list("objection_id", "at"))
    for row in rows:
        row.withdrawn_at = withdrawn.get(row.pk)  # type: ignore[attr-defined]
        row.stands = row.withdrawn_at is None and row.struck_at is None  # type: ignore[attr-defined]
        row.late = profile.deadline is not None and row.at >= profile.deadline  # type: ignore[attr-defined]
    return rows


def under_silence() -> list[Profile]:
    """The profiles on which a silence runs now, of all formats the actor may read."""
    rows = Profile.objects.filter(state=Profile.State.PROPOSED, deadline__gt=ClockTimestamp())
    return list(rows.select_related("format").order_by("deadline"))


def cited_forms(parties: Iterable[UUID]) -> dict[tuple[UUID, str], list[tuple[str, list[str]]]]:
    """The forms of names that the record cites from a source, by party and language: (form, keys of its sources).

    A capital that stands for its government is no name of a party.
    """
    found: dict[tuple[UUID, str], list[tuple[str, list[str]]]] = {}
    rows = PartyWording.objects.filter(party__in=list(parties), sources__len__gt=0)
    for row in rows.exclude(use=PartyWording.Use.METONYM).order_by("order"):
        found.setdefault((row.party_id, row.language), []).append((row.form, row.sources))
    return found
