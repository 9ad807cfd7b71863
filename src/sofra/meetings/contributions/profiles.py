"""What designation profiles bring: silences that run, changes, and what the tests that walk the house need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.models import Format, Role
from sofra.kernel.rooms import Card, DeskItem
from sofra.lexicon.models import Profile, ProfileObjection, ProfileWithdrawal
from sofra.meetings.contributions.convening_samples import sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.parties.queries.formats import word_formats


def _title(profile: Profile) -> str:
    return _now("Designation profile %(number)s") % {"number": profile.number}


def _url(profile: Profile) -> str:
    assert profile.format is not None
    return reverse("profile", kwargs={"format": profile.format.slug, "profile": profile.pk})


def desk(actor: Actor) -> Iterable[DeskItem]:
    """Silences on profiles: until when a member may object."""
    from sofra.lexicon.queries import under_silence

    if actor.role not in (Role.SECRETARIAT, Role.DELEGATE):
        return []
    rows = under_silence()
    formats = [row.format for row in rows if row.format is not None]
    if formats:
        word_formats(formats, get_language() or "en")
    return [
        DeskItem(
            title=_title(row),
            url=_url(row),
            due=row.deadline,
            zone=row.zone,
            kind=_now("Objections to the profile until"),
            note=row.format.worded.get("name", "") if row.format else "",  # type: ignore[attr-defined]
            since=row.opened_at,
        )
        for row in rows
    ]


def profile_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Profiles by their number."""
    rows = Profile.objects.select_related("format").filter(pk__in=ids)
    return {row.pk: Card(_title(row), _url(row)) for row in rows}


def objection_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Objections by the profile they speak of."""
    rows = ProfileObjection.objects.select_related("profile__format").filter(pk__in=ids)
    return {row.pk: Card(_title(row.profile), _url(row.profile) + "#objections") for row in rows}


def withdrawal_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Withdrawals by the profile whose objection they take back."""
    rows = ProfileWithdrawal.objects.select_related("objection__profile__format").filter(pk__in=ids)
    return {row.pk: Card(_title(row.objection.profile), _url(row.objection.profile) + "#objections") for row in rows}


def canaries(world: Any) -> None:
    """A draft only the secretariat reads, a profile under silence with an objection in words for the members and one for the
    secretariat, an objection withdrawn, and a profile in force shown to all in another format."""
    from sofra.kernel.commands import database_now
    from sofra.lexicon.commands import objections
    from sofra.lexicon.commands.profiles import (
        Cell,
        Rules,
        cite_practice,
        draft_profile,
        propose_profile,
        show_names,
        write_profile,
    )

    def written(format: Format, holder: str, codes: Iterable[str]) -> Profile:
        row = draft_profile(format)
        rows = [
            Cell(
                world.parties[code].pk, "en", world.token(holder), citation=world.token(holder), footnoted=code == "BA"
            )
            for code in codes
        ]
        rules = Rules(footnote={"en": world.token(holder)})
        return write_profile(row, rules, rows, seen_version=row.version)

    with world.act("secretariat"):
        draft = written(world.format, "secretariat", world.parties)
        put = written(world.format, "format", world.parties)
        propose_profile(put, deadline=database_now() + timedelta(days=2), zone="UTC", seen_version=put.version)
        codes = ("TR", "BA", "RS")
        public = written(world.other_format, "public", codes)
        cite_practice(public, citation=world.token("public"), seen_version=public.version)
        show_names(public, public, audience="public")
    with world.act("RS"):
        own = objections.object_to_profile(profile=put, target="order", reason={"en": world.token("format")})
        objections.withdraw_objection(objection=own)
    world.found["lexicon.draft"], world.found["lexicon.profile"] = draft, put
    world.found["lexicon.objection"] = own


def _format(world: Any) -> dict[str, Any]:
    return {"format": world.format.slug}


def _draft(world: Any) -> dict[str, Any]:
    return {**_format(world), "profile": world.found["lexicon.draft"].pk}


def _profile(world: Any) -> dict[str, Any]:
    return {**_format(world), "profile": world.found["lexicon.profile"].pk}


def _objection(world: Any) -> dict[str, Any]:
    return {**_profile(world), "objection": world.found["lexicon.objection"].pk, "how": "withdraw"}


PART = Contribution(
    desk=desk,
    cards={
        "lexicon.profile": profile_cards,
        "lexicon.profileobjection": objection_cards,
        "lexicon.profilewithdrawal": withdrawal_cards,
    },
    changes={"meeting.profile_chosen": _("The designation profile of a meeting was chosen")},
    samples={
        "profiles": _format,
        **dict.fromkeys(("profile_edit", "profile_propose", "profile_cite"), _draft),
        **dict.fromkeys(("profile", "profile_stop", "profile_end", "profile_object"), _profile),
        "profile_take_back": _objection,
        "meeting_profile": lambda world: {**_format(world), "meeting": sample_meeting(world).slug},
    },
    canaries=canaries,
)
