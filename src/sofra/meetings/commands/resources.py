"""Rooms and teams of interpreters of a format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.models import Audience, Format
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Resource

#: What one adds by hand; heads of delegation come with their parties.
KEPT = (Resource.Kind.ROOM, Resource.Kind.INTERPRETERS)


@dataclass(frozen=True)
class About:
    """What is said of a room or a team: names by language, seats of a room, languages of a team."""

    names: Mapping[str, str]
    capacity: int | None = None
    languages: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise Refusal for one without a name, with no seat at all, or with unknown languages."""
        if not any(text.strip() for text in self.names.values()):
            raise Refusal(_("Give it a name in at least one language."), "name_en")
        if self.capacity is not None and not 1 <= self.capacity <= 100_000:
            raise Refusal(_("A room has at least one seat."), "capacity")
        if set(self.languages) - set(dict(settings.LANGUAGES)):
            raise Refusal(_("Choose languages from the list."), "languages")


@command
def add_resource(format: Format, kind: str, about: About) -> Resource:
    """Add a room or a team. Members read a room's name with the sessions in it."""
    policy.require(acting.current(), "programme.rooms", format)
    if kind not in KEPT:
        raise Refusal(_("Choose a room or a team of interpreters."), "kind")
    about.check()
    last = Resource.objects.filter(format=format, kind=kind).aggregate(last=Max("order"))["last"]
    row = Resource.objects.create(
        audience=Audience.SECRETARIAT, format=format, kind=kind, order=0 if last is None else last + 1,
        capacity=about.capacity if kind == Resource.Kind.ROOM else None, languages=list(about.languages),
    )  # fmt: skip
    row.refresh_from_db()
    wordings.put(row, "name", dict(about.names))
    _tell("resource.added", row)
    return row


@command
def change_resource(row: Resource, about: About, *, seen_version: int | None) -> Resource:
    """Change a room or a team. Raises Conflict for a second writer."""
    policy.require(acting.current(), "programme.rooms", row.format)
    check_version(row, seen_version)
    about.check()
    row.capacity = about.capacity if row.kind == Resource.Kind.ROOM else None
    row.languages = list(about.languages)
    save_next(row, ["capacity", "languages"])
    wordings.put(row, "name", dict(about.names))
    _tell("resource.changed", row)
    return row


@command
def retire_resource(row: Resource, *, seen_version: int | None, back: bool = False) -> Resource:
    """Offer a room or a team no longer, or again. What it is held for stays."""
    policy.require(acting.current(), "programme.rooms", row.format)
    check_version(row, seen_version)
    row.retired = not back
    save_next(row, ["retired"])
    _tell("resource.retired" if row.retired else "resource.back", row)
    return row


def _tell(action: str, row: Resource) -> None:
    texts = wordings.of([row]).get(row.pk, {})
    recording.record(
        action,
        row,
        {"texts": texts, "kind": row.kind, "capacity": row.capacity, "languages": row.languages},
        visible=False,
    )
