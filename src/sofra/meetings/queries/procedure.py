"""Where procedures stand, by the database's clock and under a lock of what they close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sofra.kernel import wordings
from sofra.kernel.commands import database_now, lock_subject
from sofra.kernel.engine.silence import silence
from sofra.kernel.models import Audience
from sofra.meetings.engine.procedure import Said, received_in_time, standing
from sofra.meetings.models import Act, FrozenVersion, LateEntry, Procedure, Reason
from sofra.parties.entering import attach_entries


def said(acts: Iterable[Act]) -> list[Said]:
    """Acts as the engine knows them."""
    return [Said(act.owner_party_id, act.kind, act.subject_id, act.at, act.struck_at is not None) for act in acts]


def standing_acts(acts: Iterable[Act], kind: str) -> list[Act]:
    """The acts of a kind that still stand, in the order in which they were said."""
    rows = list(acts)
    by_key = {(act.owner_party_id, act.kind, act.subject_id, act.at): act for act in rows}
    return [by_key[(each.party, each.kind, each.subject, each.at)] for each in standing(said(rows), kind)]


def acts_on(subjects: Iterable[UUID]) -> list[Act]:
    """All acts on some subjects that the actor may read, oldest first."""
    return list(Act.objects.filter(subject_id__in=list(subjects)).order_by("at"))


def explain(acts: Iterable[Act], language: str) -> None:
    """Give acts `reason` (worded; None where there is none, or not for the reader) and `entered`."""
    rows = list(acts)
    attach_entries(rows)
    reasons = (
        {reason.act_id: reason for reason in Reason.objects.filter(act__in=[row.pk for row in rows])} if rows else {}
    )
    if reasons:
        wordings.attach(reasons.values(), language)
    for row in rows:
        row.reason = reasons.get(row.pk)  # type: ignore[attr-defined]


def settled(procedure: Procedure, now: datetime | None = None) -> Procedure:
    """The procedure with `state` and `settled_at` as they truly are: a silence that ran out is adopted at its deadline.

    Past the deadline it waits for an objection that was made in time and is still being written.
    """
    if procedure.state != Procedure.State.OPEN or procedure.deadline is None:
        return procedure
    if silence(procedure.opened_at, procedure.deadline, now or database_now(), []) == "running":
        return procedure
    lock_subject(procedure.subject_id, shared=True)
    procedure.refresh_from_db()
    if procedure.state == Procedure.State.OPEN and procedure.deadline is not None:
        procedure.state, procedure.settled_at = Procedure.State.ADOPTED, procedure.deadline
    return procedure


def versions_of(subjects: Iterable[UUID]) -> list[FrozenVersion]:
    """Every version ever put to adoption on some subjects, oldest first, with `procedure` as it truly stands."""
    rows = list(
        FrozenVersion.objects.filter(subject_id__in=list(subjects)).select_related("procedure").order_by("number")
    )
    now = database_now() if any(row.procedure.state == Procedure.State.OPEN for row in rows) else None
    for row in rows:
        row.procedure = settled(row.procedure, now)
    return rows


def adopted(versions: Iterable[FrozenVersion]) -> FrozenVersion | None:
    """The version that holds: the last one adopted."""
    found = [row for row in versions if row.procedure.state == Procedure.State.ADOPTED]
    return max(found, key=lambda row: row.number, default=None)


def running(versions: Iterable[FrozenVersion]) -> FrozenVersion | None:
    """The version under silence now."""
    return next((row for row in versions if row.procedure.state == Procedure.State.OPEN), None)


def missed_silence(key: UUID, received_at: datetime | None, now: datetime) -> Procedure | None:
    """The silence that an objection received at an instant came in time for, where it has run out and what it adopted
    holds; None where there is none."""
    if received_at is None:
        return None
    versions = versions_of([key])
    holding = adopted(versions)
    if holding is None or running(versions) is not None:
        return None
    procedure = holding.procedure
    if procedure.method != Procedure.Method.SILENCE or procedure.deadline is None:
        return None
    # Where all who were asked had their say, it ended before its deadline.
    ended = procedure.settled_at or procedure.deadline
    in_time = received_in_time(procedure.opened_at, ended, received_at, now)
    return procedure if in_time else None


def late_entries_of(procedures: Iterable[Procedure], acts: Iterable[Act], language: str) -> list[LateEntry]:
    """Objections received in time for some silences and entered late, oldest first, each with `worded` and `waits`.

    One waits for the chair's answer while its objection stands; `acts` are all acts on what the procedures adopt.
    """
    silences = [row.pk for row in procedures if row.method == Procedure.Method.SILENCE]
    if not silences:
        return []
    rows = list(LateEntry.objects.filter(procedure__in=silences).select_related("procedure", "act"))
    if rows:
        wordings.attach(rows, language)
    standing_now = {act.pk for act in standing_acts(acts, Act.Kind.OBJECT)}
    for row in rows:
        row.waits = not row.answer and row.act_id in standing_now  # type: ignore[attr-defined]
    return rows


def pending_entries(procedures: Iterable[Procedure]) -> list[LateEntry]:
    """Late entries on some silences that wait for the chair's answer."""
    rows = list(LateEntry.objects.filter(procedure__in=[row.pk for row in procedures], answer="").select_related("act"))
    acts = acts_on({row.act.subject_id for row in rows}) if rows else []
    standing_now = {act.pk for act in standing_acts(acts, Act.Kind.OBJECT)}
    return [row for row in rows if row.act_id in standing_now]


def members_place(subject: Any, party_id: UUID | None = None, entry: Any = None) -> dict[str, Any]:
    """The columns of a row for all members of a subject's format."""
    return {
        "audience": Audience.FORMAT,
        "format_id": subject.format_id,
        "owner_party_id": party_id,
        "entry_id": entry.pk if entry else None,
    }
