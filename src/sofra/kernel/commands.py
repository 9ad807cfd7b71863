"""What every command of every room is wrapped in, and the kernel's own commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, recording
from sofra.kernel.models import Audience, Entry, File, Held, Visit
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal

P = ParamSpec("P")
R = TypeVar("R")


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a write: it happens wholly or not at all, by an actor who was set before.

    A refusal inside undoes what the command wrote, and only that. Words it wrote are looked at as its last act (`guarding`).
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), guarding.one_command():
            return function(*args, **kwargs)

    return run


def check_version(row: Held, seen: int | None) -> None:
    """Refuse with Conflict if the row changed since it was seen, and lock it against a third writer otherwise.

    `seen` is the version the form was made from; None says that the caller just made or locked the row itself.
    """
    locked = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if locked is None:
        raise NotAllowed(_("You may not change this."))
    if seen is not None and locked.version != seen:
        raise Conflict(
            _("Somebody else changed this while you were writing. Both versions are below; nothing is lost."), locked
        )


def save_next(row: Held, fields: list[str]) -> None:
    """Write the named fields of a changed row, with its next version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def database_now() -> datetime:
    """The instant by the database's own clock: the only clock deadlines are decided by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        instant: datetime = cursor.fetchone()[0]
    return instant


def lock_subject(subject_id: UUID, *, shared: bool = False) -> None:
    """Lock what a deadline closes until the transaction ends.

    A delegation cannot lock the secretariat's row, so the lock is one of the database's own, under the subject's identity.
    """
    with connection.cursor() as cursor:
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 20))", [str(subject_id)])


@command
def enter_for(
    party_id: UUID,
    format_id: UUID | None,
    *,
    channel: str,
    received_at: datetime,
    reference: str = "",
    document: File | None = None,
) -> Entry:
    """Write down how an act of a delegation reached the secretariat; give the entry to the command of that act.

    Raises NotAllowed unless the actor serves the format, Refusal for an instant to come or an unknown channel.
    """
    actor = acting.current()
    if not actor.serves(format_id):
        raise NotAllowed(_("Only the secretariat enters an act for a delegation."))
    if channel not in Entry.Channel.values:
        raise Refusal(_("Say how it was received: note verbale, e-mail or call."), "channel")
    if received_at > database_now():
        raise Refusal(_("The instant of receipt lies in the future. Enter when it was received."), "received_at")
    key = uuid4()
    entry = Entry(
        id=key,
        audience=Audience.SECRETARIAT,
        format_id=format_id,
        owner_party_id=party_id,
        channel=channel,
        received_at=received_at,
        reference=reference.strip(),
        document=document,
        entered_by_id=actor.seat_id,
    )
    entry.save(force_insert=True)
    recording.record(
        "entry.made", entry, {"channel": channel, "received_at": received_at, "reference": reference}, visible=False
    )
    return entry


def speaker(format_id: UUID | None, party_id: UUID | None, entry: Entry | None) -> UUID:
    """The party whose act this is: the delegate's own, or the one for which the secretariat holds an entry in that format.

    Raises NotAllowed where it is neither, or where `party_id` names another.
    """
    actor = acting.current()
    if entry is None:
        if actor.party_id is None or party_id not in (None, actor.party_id):
            raise NotAllowed(_("You speak for no delegation; say what was received and from whom."))
        return actor.party_id
    party = entry.owner_party_id
    if party is None or party_id not in (None, party) or entry.format_id != format_id:
        raise NotAllowed(_("The entry is another delegation's."))
    return party


@command
def note_visit() -> None:
    """Remember that the actor's seat looked at its desk now. Known to that seat alone, and not audited."""
    Visit.objects.update_or_create(seat_id=acting.current().seat_id, defaults={"at": database_now()})


def owner_and_entry(party_id: UUID | None, entry: Entry | None) -> dict[str, Any]:
    """The ownership columns of a row a delegation makes, or the secretariat makes for it with an entry."""
    return {"owner_party_id": party_id, "entry_id": entry.pk if entry else None}
