"""Drafting a profile, putting it forward, and taking it out of force.

A command that touches what a silence closes begins with `hold`: it locks the profile, reads the database's clock and records
a silence that ran out. What the house records by itself it records as the house.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.clock import exact
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next
from sofra.kernel.engine.silence import silence
from sofra.kernel.members import members_on
from sofra.kernel.models import Audience, Format, Held, Party
from sofra.kernel.refusals import Refusal
from sofra.lexicon.engine.profiles import complete_languages
from sofra.lexicon.models import Designation, Profile, ProfileObjection, ProfileShown
from sofra.lexicon.sentences import PROFILE, kept
from sofra.sources.models import Source

LONGEST_NAME, LONGEST_FOOTNOTE, LONGEST_MAP_SOURCE = 200, 1000, 500


@dataclass(frozen=True)
class Rules:
    """What a profile says besides names. `order_list` holds ids of parties, `footnote` texts by language.

    `map_rule` is empty where nothing was agreed on maps; `map_source` names the map that was.
    """

    kind: str = Profile.Kind.NAMES
    order_rule: str = Profile.Order.READER
    order_language: str = ""
    order_list: tuple[UUID, ...] = ()
    footnote: Mapping[str, str] = field(default_factory=dict)
    map_rule: str = ""
    map_source: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of a profile. Raises Refusal for a rule that says nothing or too much."""
        if self.kind not in Profile.Kind.values:
            raise Refusal(_("Choose whether parties are named, or persons only."), "kind")
        persons = self.kind == Profile.Kind.PERSONS
        rule = Profile.Order.PERSONS if persons else self.order_rule
        if rule not in Profile.Order.values:
            raise Refusal(_("Choose an order."), "order_rule")
        if rule == Profile.Order.LANGUAGE and self.order_language not in dict(settings.LANGUAGES):
            raise Refusal(_("Say in which language's alphabet the parties stand."), "order_language")
        if len(set(self.order_list)) != len(self.order_list):
            raise Refusal(_("A party stands twice in the order."), "order_list")
        notes = {language: text.strip() for language, text in self.footnote.items() if text.strip()}
        if any(len(text) > LONGEST_FOOTNOTE for text in notes.values()):
            raise Refusal(_("A footnote has at most %(most)s letters.") % {"most": LONGEST_FOOTNOTE}, "footnote")
        if self.map_rule not in ("", *Profile.Maps.values):
            raise Refusal(_("Choose what was agreed on maps."), "map_rule")
        map_source = self.map_source.strip() if self.map_rule == Profile.Maps.SOURCE else ""
        if self.map_rule == Profile.Maps.SOURCE and not map_source:
            raise Refusal(_("Name the map that was agreed: its source, and its date or number."), "map_source")
        if len(map_source) > LONGEST_MAP_SOURCE:
            raise Refusal(_("A source has at most %(most)s letters.") % {"most": LONGEST_MAP_SOURCE}, "map_source")
        return {
            "kind": self.kind,
            "order_rule": rule,
            "order_language": self.order_language if rule == Profile.Order.LANGUAGE else "",
            "order_list": list(self.order_list) if rule == Profile.Order.LIST else [],
            "footnote": {} if persons else notes,
            "map_rule": self.map_rule,
            "map_source": map_source,
        }


@dataclass(frozen=True)
class Cell:
    """What a party is to be called in one language, and where the form comes from."""

    party_id: UUID
    language: str
    text: str
    source: str = ""
    citation: str = ""
    footnoted: bool = False


@command
def draft_profile(format: Format, *, based_on: Profile | None = None, exercise: bool = False) -> Profile:
    """Begin the next version of a format's profile, empty or with what an earlier one says. The secretariat alone reads it.

    Raises NotAllowed unless the actor serves the format; Refusal for an earlier one of another format.
    """
    policy.require(acting.current(), "profiles.keep", format)
    # Two drafts at once must not take the same number.
    Format.objects.select_for_update().get(pk=format.pk)
    if based_on is not None and based_on.format_id != format.pk:
        raise Refusal(_("That profile belongs to another format."), "based_on")
    last = Profile.objects.filter(format=format).aggregate(last=Max("number"))["last"] or 0
    said = based_on or Profile()
    row = Profile(
        audience=Audience.SECRETARIAT,
        format=format,
        number=last + 1,
        kind=said.kind,
        order_rule=said.order_rule,
        order_language=said.order_language,
        order_list=list(said.order_list),
        footnote=dict(said.footnote),
        map_rule=said.map_rule,
        map_source=said.map_source,
        based_on=based_on,
        exercise=exercise,
    )
    row.readable_from = database_now()
    row.save(force_insert=True)
    if based_on is not None:
        Designation.objects.bulk_create(
            Designation(profile=row, **_columns(each)) for each in Designation.objects.filter(profile=based_on)
        )
    recording.record("profile.drafted", row, {"number": row.number, "based_on": based_on.pk if based_on else None})
    return row


@command
def write_profile(profile: Profile, rules: Rules, cells: Iterable[Cell], *, seen_version: int | None) -> Profile:
    """Write down all that a draft says; what `cells` leave out is taken away.

    Raises NotAllowed; Refusal for bad input or a profile that is no draft; Conflict for a second writer.
    """
    policy.require(acting.current(), "profiles.keep", profile.format)
    check_version(profile, seen_version)
    profile.refresh_from_db()
    _require_draft(profile)
    columns = rules.columns()
    for name, value in columns.items():
        setattr(profile, name, value)
    wanted = [_checked(cell) for cell in cells if cell.text.strip()]
    if len({(cell.party_id, cell.language) for cell in wanted}) != len(wanted):
        raise Refusal(_("A party has two designations in one language."), "designations")
    asked = {cell.party_id for cell in wanted} | set(profile.order_list)
    if Party.objects.filter(pk__in=asked).count() != len(asked):
        raise Refusal(_("One of the parties is not known here."), "designations")
    Designation.objects.filter(profile=profile).delete()
    Designation.objects.bulk_create(
        Designation(
            profile=profile,
            party_id=cell.party_id,
            language=cell.language,
            text=cell.text.strip(),
            source=cell.source,
            citation=cell.citation.strip(),
            footnoted=cell.footnoted,
        )
        for cell in wanted
    )
    save_next(profile, list(columns))
    recording.record("profile.written", profile, _said(profile, wanted))
    return profile


def _checked(cell: Cell) -> Cell:
    if cell.language not in dict(settings.LANGUAGES):
        raise Refusal(_("One of the languages is not known here."), "designations")
    if len(cell.text.strip()) > LONGEST_NAME:
        raise Refusal(_("A designation has at most %(most)s letters.") % {"most": LONGEST_NAME}, "designations")
    return cell


def _columns(row: Designation) -> dict[str, Any]:
    names = ("party_id", "language", "text", "source", "citation", "footnoted")
    return {name: getattr(row, name) for name in names}


def _said(profile: Profile, cells: Iterable[Cell | Designation]) -> dict[str, Any]:
    names = (
        "number", "kind", "order_rule", "order_language", "order_list", "footnote", "map_rule", "map_source", "exercise",
    )  # fmt: skip
    designations = [
        {"party": each.party_id, "language": each.language, "text": each.text.strip(), "source": each.source or each.citation,
         "footnoted": each.footnoted}
        for each in cells
    ]  # fmt: skip
    return {**{name: getattr(profile, name) for name in names}, "designations": designations}


@command
def propose_profile(profile: Profile, *, deadline: datetime, zone: str, seen_version: int | None) -> Profile:
    """Put a draft to the members: it comes into force at `deadline` unless one of them objects before.

    Raises NotAllowed; Conflict for a draft that changed; Refusal for a draft that is not whole, a deadline that is not to
    come, or another profile still under silence.
    """
    policy.require(acting.current(), "profiles.keep", profile.format)
    now = _begin(profile, seen_version)
    if deadline <= now:
        raise Refusal(_("The silence has to end at an instant to come."), "deadline")
    if zone not in available_timezones():
        raise Refusal(_("No such time zone is known. Write it like Europe/Istanbul."), "zone")
    profile.basis, profile.state = Profile.Basis.SILENCE, Profile.State.PROPOSED
    profile.opened_at, profile.deadline, profile.in_force_from, profile.zone = now, deadline, deadline, zone
    said = kept(PROFILE["propose"], number=profile.number, deadline=lambda: exact(deadline, zone))
    return _put_forward(profile, "profile.proposed", said, {"deadline": deadline, "zone": zone})


@command
def cite_practice(
    profile: Profile, *, sources: Iterable[str] = (), citation: str = "", seen_version: int | None
) -> Profile:
    """Let a draft come into force now as the host's practice, cited from sources of the record or from one in words.

    It is approved by no member, and says so wherever its names are. Raises as `propose_profile`, and Refusal without a source.
    """
    policy.require(acting.current(), "profiles.keep", profile.format)
    now = _begin(profile, seen_version)
    keys = list(dict.fromkeys(sources))
    citation = citation.strip()
    if not keys and not citation:
        raise Refusal(_("Cite the practice: name at least one source."), "citation")
    if Source.objects.filter(key__in=keys).count() != len(keys):
        raise Refusal(_("One of the sources is not in the record."), "sources")
    profile.basis, profile.state = Profile.Basis.PRACTICE, Profile.State.STANDING
    profile.opened_at = profile.in_force_from = now
    profile.sources, profile.citation = keys, citation
    said = kept(PROFILE["cite"], number=profile.number, source=lambda: cited(keys, citation))
    return _put_forward(profile, "profile.cited", said, {"sources": keys, "citation": citation})


def cited(keys: Iterable[str], citation: str) -> str:
    """Sources in a sentence: in the words given, or as documents of the record."""
    return f"“{citation}”" if citation else _("the public record (%(sources)s)") % {"sources": ", ".join(keys)}


def _begin(profile: Profile, seen_version: int | None) -> datetime:
    assert profile.format is not None
    Format.objects.select_for_update().get(pk=profile.format.pk)
    check_version(profile, seen_version)
    profile.refresh_from_db()
    _require_draft(profile)
    running = Profile.objects.filter(format=profile.format, state=Profile.State.PROPOSED, exercise=profile.exercise)
    for each in running:
        hold(each)
        if each.state == Profile.State.PROPOSED:
            raise Refusal(
                _("Designation profile %(number)s is still under silence. Stop it first, or let it end.")
                % {"number": each.number}
            )
    _require_whole(profile)
    return database_now()


def _require_draft(profile: Profile) -> None:
    if profile.state != Profile.State.DRAFT:
        raise Refusal(
            _("The profile was put forward and stays as it is. Begin the next version, and change that."), "version"
        )


def _require_whole(profile: Profile) -> None:
    """Refuse a draft under which nothing could be printed in any language."""
    assert profile.format is not None
    if profile.kind == Profile.Kind.PERSONS:
        return
    rows = list(Designation.objects.filter(profile=profile))
    members = [party.pk for party in members_on(profile.format)]
    designated = {(row.party_id, row.language) for row in rows}
    languages = complete_languages(designated, members)
    if not languages:
        raise Refusal(_("In no language does every member have a designation. Complete at least one."), "designations")
    if profile.order_rule == Profile.Order.LANGUAGE and profile.order_language not in languages:
        raise Refusal(_("The order is by a language in which not every member has a designation."), "order_language")
    if profile.order_rule == Profile.Order.LIST and set(members) - set(profile.order_list):
        raise Refusal(_("The stated order leaves out a member."), "order_list")
    unexplained = {row.language for row in rows if row.footnoted} - set(profile.footnote)
    if unexplained:
        raise Refusal(
            _("Designations carry a footnote that has no text in their language: %(languages)s.")
            % {"languages": ", ".join(str(dict(settings.LANGUAGES)[each]) for each in sorted(unexplained))},
            "footnote",
        )


def _put_forward(profile: Profile, action: str, said: dict[str, str], more: dict[str, Any]) -> Profile:
    assert profile.opened_at is not None
    profile.audience = Audience.FORMAT
    profile.readable_from = profile.opened_at
    save_next(
        profile,
        ["audience", "readable_from", "basis", "state", "opened_at", "deadline", "in_force_from", "zone", "sources",
         "citation"],
    )  # fmt: skip
    details = {**_said(profile, Designation.objects.filter(profile=profile)), **more, "sentence": said}
    recording.record(action, profile, details, shown={"number": profile.number, **said})
    return profile


def hold(profile: Profile) -> datetime:
    """Lock a profile, record a silence that ran out, and answer the instant, by the database's clock."""
    lock_subject(profile.pk)
    profile.refresh_from_db()
    now = database_now()
    if (
        profile.state == Profile.State.PROPOSED
        and profile.opened_at is not None
        and profile.deadline is not None
        and silence(profile.opened_at, profile.deadline, now, []) == "adopted"
    ):
        settle(profile, Profile.State.STANDING, profile.deadline)
    return now


def settle(profile: Profile, state: str, at: datetime, broken_by: ProfileObjection | None = None) -> None:
    """Record how a silence ended, as the house: it belongs to no delegation."""
    with acting.acting_as_house():
        profile.state, profile.broken_by = state, broken_by
        profile.version += 1
        profile.save(update_fields=["state", "broken_by", "version"])
        recording.record(
            f"profile.{state}",
            profile,
            {"number": profile.number, "at": at, "broken_by": broken_by.pk if broken_by else None},
            shown={"number": profile.number},
        )


@command
def stop_silence(profile: Profile) -> Profile:
    """Stop the silence on a profile; it does not come into force. Raises Refusal where none runs: too late once it ran out."""
    policy.require(acting.current(), "profiles.keep", profile.format)
    hold(profile)
    if profile.state != Profile.State.PROPOSED:
        raise Refusal(_("No silence procedure is open."))
    profile.state = Profile.State.STOPPED
    save_next(profile, ["state"])
    said = kept(PROFILE["stop"], number=profile.number)
    recording.record("profile.stopped", profile, {"sentence": said}, shown={"number": profile.number, **said})
    return profile


@command
def end_profile(profile: Profile) -> Profile:
    """Take a profile out of force now. Raises Refusal for one that is not in force."""
    policy.require(acting.current(), "profiles.keep", profile.format)
    now = hold(profile)
    if profile.state != Profile.State.STANDING or profile.ended_at is not None:
        raise Refusal(_("The profile is not in force."))
    profile.ended_at = now
    save_next(profile, ["ended_at"])
    said = kept(PROFILE["end"], number=profile.number)
    recording.record("profile.ended", profile, {"at": now, "sentence": said}, shown={"number": profile.number, **said})
    return profile


@command
def show_names(
    profile: Profile, subject: Held, *, audience: str, readable_from: datetime | None = None
) -> ProfileShown:
    """Let the names of a profile be read by more than its format, because `subject`, held under it, is published.

    `readable_from` is the instant of an embargo; without one it is now. Doing it again changes to whom and from when.
    """
    policy.require(acting.current(), "profiles.keep", profile.format)
    at = readable_from or database_now()
    row = ProfileShown.objects.filter(profile=profile, subject_id=subject.pk).first()
    if row is None:
        row = ProfileShown(profile=profile, subject_id=subject.pk, format_id=profile.format_id, audience=audience)
        row.readable_from = at
        row.save(force_insert=True)
    else:
        row.audience, row.readable_from = audience, at
        save_next(row, ["audience", "readable_from"])
    recording.record(
        "profile.shown",
        row,
        {"profile": profile.pk, "subject": subject.pk, "audience": audience, "from": at},
        visible=False,
    )
    return row
