"""Opening formats, describing them, and who sits in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.models import Audience, Format, Held, Membership, Party
from sofra.kernel.refusals import Conflict, Refusal


@dataclass(frozen=True)
class _Described:
    """A format as the subject of its wordings: they are readable by whoever may read the format."""

    format: Format

    @property
    def pk(self) -> UUID:
        return self.format.pk

    @property
    def format_id(self) -> UUID:
        return self.format.pk

    def placement(self) -> dict[str, Any]:
        return {
            "audience": self.format.audience,
            "format_id": self.format.pk,
            "owner_party_id": None,
            "readers": list(self.format.readers),
            "readable_from": self.format.readable_from,
            "entry_id": None,
        }


def _word(format: Format, names: dict[str, str], purposes: dict[str, str]) -> None:
    subject = cast(Held, _Described(format))
    wordings.put(subject, "name", names)
    wordings.put(subject, "purpose", purposes)


def _free_slug(names: dict[str, str]) -> str:
    base = slugify(names.get("en") or next(iter(filter(None, names.values())), "")) or "format"
    base, number = base[:70], 1
    while Format.objects.filter(slug=base if number == 1 else f"{base}-{number}").exists():
        number += 1
    return base if number == 1 else f"{base}-{number}"


@command
def open_format(
    *,
    kind: str,
    names: dict[str, str],
    purposes: dict[str, str],
    parent: Format | None = None,
    host: Party | None = None,
    cadence_months: int | None = None,
) -> Format:
    """Open a platform, a consultation, or a working group under another format.

    Raises Refusal for a format without a name, and for a working group without a parent or another kind with one.
    """
    policy.require(acting.current(), "formats.open")
    if not any(text.strip() for text in names.values()):
        raise Refusal(_("Give the format a name in at least one language."), "name_en")
    if (kind == Format.Kind.WORKING_GROUP) != (parent is not None):
        raise Refusal(
            _("A working group stands under a format; choose it.")
            if parent is None
            else _("Only a working group stands under another format."),
            "parent",
        )
    format = Format.objects.create(
        slug=_free_slug(names),
        kind=kind,
        parent=parent,
        host=host,
        cadence_months=cadence_months,
        audience=Audience.PUBLIC,
    )
    format.refresh_from_db()
    _word(format, names, purposes)
    recording.record_house("format.made", format.pk, {"slug": format.slug, "kind": kind, "names": names})
    return format


@command
def change_format(
    format: Format,
    *,
    seen_version: int,
    names: dict[str, str],
    purposes: dict[str, str],
    host: Party | None,
    cadence_months: int | None,
) -> Format:
    """Change a format's description. Raises Conflict where somebody changed it since `seen_version`."""
    policy.require(acting.current(), "formats.change", format)
    locked = Format.objects.select_for_update().get(pk=format.pk)
    if locked.version != seen_version:
        raise Conflict(
            _("Somebody else changed this while you were writing. Both versions are below; nothing is lost."), locked
        )
    locked.host, locked.cadence_months = host, cadence_months
    locked.version += 1
    locked.save(update_fields=["host", "cadence_months", "version"])
    _word(locked, names, purposes)
    recording.record_house(
        "format.changed", locked.pk, {"names": names, "purposes": purposes, "cadence_months": cadence_months}
    )
    return locked


@command
def add_membership(format: Format, *, party: Party, capacity: str, since: date | None) -> Membership:
    """Let a party sit in a format from a day on. Raises Refusal where it sits there already on that day."""
    policy.require(acting.current(), "formats.change", format)
    if capacity not in Membership.Capacity.values:
        raise Refusal(_("Say whether the party is a member or an observer."), "capacity")
    for other in Membership.objects.select_for_update().filter(format=format, party=party):
        if not _before(other.until, since):
            raise Refusal(
                _("This party sits in the format at that time already. End the earlier membership first."), "party"
            )
    membership = Membership.objects.create(
        format=format, party=party, capacity=capacity, since=since, audience=Audience.PUBLIC
    )
    membership.refresh_from_db()
    recording.record(
        "membership.made",
        membership,
        {"party": str(party.pk), "capacity": capacity, "since": since},
        shown={"party": str(party.pk), "capacity": capacity},
    )
    return membership


def _before(until: date | None, since: date | None) -> bool:
    return until is not None and since is not None and until <= since


@command
def change_membership(
    membership: Membership, *, capacity: str, since: date | None, until: date | None, seen_version: int
) -> Membership:
    """Mend a membership that was entered wrongly: its capacity, its first day, or the day it no longer holds.

    A party that becomes a member after it was an observer is not mended: that membership ends and another begins. Raises
    Refusal for days that run backwards or into another membership, Conflict for a second writer.
    """
    assert membership.format is not None
    policy.require(acting.current(), "formats.change", membership.format)
    check_version(membership, seen_version)
    membership.refresh_from_db()
    if capacity not in Membership.Capacity.values:
        raise Refusal(_("Say whether the party is a member or an observer."), "capacity")
    if until is not None and since is not None and until <= since:
        raise Refusal(_("The membership would end before it began. Choose a day after its first one."), "until")
    others = Membership.objects.select_for_update().filter(format=membership.format, party=membership.party)
    for other in others.exclude(pk=membership.pk):
        if not _before(other.until, since) and not _before(until, other.since):
            raise Refusal(_("This party sits in the format at that time already, by another membership."), "since")
    membership.capacity, membership.since, membership.until = capacity, since, until
    save_next(membership, ["capacity", "since", "until"])
    recording.record(
        "membership.changed",
        membership,
        {"party": str(membership.party_id), "capacity": capacity, "since": since, "until": until},
        shown={"party": str(membership.party_id), "capacity": capacity},
    )
    return membership


@command
def end_membership(membership: Membership, *, until: date, seen_version: int) -> Membership:
    """End a membership: the party no longer sits from `until` on. The row stays as history.

    Raises Refusal for a day not after the first one, or a membership that ended already.
    """
    assert membership.format is not None
    policy.require(acting.current(), "formats.change", membership.format)
    check_version(membership, seen_version)
    membership.refresh_from_db()
    if membership.until is not None:
        raise Refusal(_("This membership has ended already."), "until")
    if membership.since is not None and until <= membership.since:
        raise Refusal(_("The membership would end before it began. Choose a day after its first one."), "until")
    membership.until = until
    save_next(membership, ["until"])
    recording.record(
        "membership.ended",
        membership,
        {"party": str(membership.party_id), "until": until},
        shown={"party": str(membership.party_id), "until": until.isoformat()},
    )
    return membership
