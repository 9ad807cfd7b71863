"""Register a delegation and announce it; name its people and release their names; say who acts for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next, speaker
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.commands.press_issuing import look_again
from sofra.meetings.models import Delegate, Delegation, Deputising, Journey, Meeting, Particulars, Session
from sofra.meetings.queries.delegations import parties_of

#: How far a name may be released, from nobody else to all members; it only ever goes to the right.
REACH = (Audience.DELEGATION, Audience.SECRETARIAT, Audience.FORMAT)


def _speaker(meeting: Meeting, party_id: UUID | None, entry: Entry | None) -> UUID:
    party = speaker(meeting.format_id, party_id, entry)
    policy.require(acting.current(), "delegations.keep", (meeting, party))
    if party not in parties_of(meeting):
        raise Refusal(
            _("That party neither is a member of the format nor observes it on the day of the meeting."), "for_party"
        )
    return party


def hold_delegation(delegation: Delegation, entry: Entry | None) -> Meeting:
    """The meeting of a delegation the actor may speak for, or the refusal; no other writer has the delegation meanwhile.

    The lock is the database's own: the row itself is its party's, and the secretariat with a note in hand cannot lock it.
    """
    _speaker(delegation.meeting, delegation.owner_party_id, entry)
    lock_subject(delegation.pk)
    return delegation.meeting


def columns_of(meeting: Meeting, party: UUID, entry: Entry | None, audience: str) -> dict[str, Any]:
    """The columns of a row that belongs to a party's delegation."""
    if entry is not None and audience == Audience.DELEGATION:
        audience = Audience.SECRETARIAT  # what the secretariat enters it has read
    return {
        "audience": audience,
        "format_id": meeting.format_id,
        "owner_party_id": party,
        "entry_id": entry.pk if entry else None,
    }


def _level(level: str) -> str:
    if level not in Meeting.Level.values:
        raise Refusal(_("Choose at which level the delegation comes."), "level")
    return level


@command
def register_delegation(
    *,
    meeting: Meeting,
    level: str,
    languages: Sequence[str] = (),
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Delegation:
    """Register a party's delegation; the secretariat reads it, other parties not before it is announced.

    Raises NotAllowed; Refusal for a level that is none and where the party registered one already.
    """
    party = _speaker(meeting, party_id, entry)
    if Delegation.objects.filter(meeting=meeting, owner_party_id=party).exists():
        raise Refusal(_("The delegation is registered already; change it instead."))
    row = Delegation(
        meeting=meeting,
        level=_level(level),
        languages=list(languages),
        **columns_of(meeting, party, entry, Audience.SECRETARIAT),
    )
    row.save(force_insert=True)
    _say("delegation.registered", row, {"level": level, "languages": list(languages)})
    return row


@command
def change_delegation(
    *,
    delegation: Delegation,
    seen_version: int | None,
    level: str,
    languages: Sequence[str],
    entry: Entry | None = None,
) -> Delegation:
    """Change the level or the languages. Raises NotAllowed, Refusal, Conflict."""
    _speaker(delegation.meeting, delegation.owner_party_id, entry)
    check_version(delegation, seen_version)
    delegation.refresh_from_db()
    before = {"level": delegation.level, "languages": delegation.languages}
    delegation.level, delegation.languages, delegation.entry = _level(level), list(languages), entry
    save_next(delegation, ["level", "languages", "entry"])
    _say("delegation.changed", delegation, {"level": level, "languages": list(languages), "before": before})
    return delegation


@command
def announce_delegation(*, delegation: Delegation, entry: Entry | None = None) -> Delegation:
    """Tell all members that the delegation comes and at which level; names are released apart from it."""
    hold_delegation(delegation, entry)
    check_version(delegation, None)
    delegation.refresh_from_db()
    if delegation.announced_at is not None:
        raise Refusal(_("The delegation is announced already."))
    now = database_now()
    delegation.audience, delegation.readable_from, delegation.announced_at = Audience.FORMAT, now, now
    delegation.entry = entry
    save_next(delegation, ["audience", "readable_from", "announced_at", "entry"])
    said = sentences.kept(
        "delegation.announce", party=delegation.owner_party_id, level=level_in_words(delegation.level)
    )
    recording.record(
        "delegation.announced", delegation, {"sentence": said}, meeting_id=delegation.meeting_id, shown=said
    )
    return delegation


def level_in_words(level: str) -> Any:
    """A level as a sentence names it, in the language that is active when the sentence is made."""
    return lambda: str(Meeting.Level(level).label)


def _say(action: str, row: Delegation | Delegate | Deputising, details: dict[str, Any]) -> None:
    meeting = row.meeting_id if isinstance(row, Delegation) else row.delegation.meeting_id
    recording.record(action, row, details, meeting_id=meeting)


def named(name: str) -> str:
    """A person's name as written, or the refusal."""
    if not name.strip():
        raise Refusal(_("Write the person's name."), "name")
    return name.strip()


def _placed(delegation: Delegation, place: str, but: Delegate | None = None) -> str:
    if place not in Delegate.Place.values:
        raise Refusal(_("Say what the person is in the delegation."), "place")
    if place == Delegate.Place.HEAD:
        heads = Delegate.objects.filter(delegation=delegation, place=place, withdrawn_at__isnull=True)
        if any(head != but for head in heads):
            raise Refusal(_("The delegation has a head already. Change that person's place first."), "place")
    return place


@command
def add_delegate(
    *,
    delegation: Delegation,
    name: str,
    place: str = Delegate.Place.MEMBER,
    native: str = "",
    function: dict[str, str] | None = None,
    entry: Entry | None = None,
) -> Delegate:
    """Name a person of the delegation; only the delegation reads the name until it releases it."""
    meeting = hold_delegation(delegation, entry)
    assert delegation.owner_party_id is not None
    last = Delegate.objects.filter(delegation=delegation).aggregate(last=Max("order"))["last"] or 0
    row = Delegate(
        delegation=delegation,
        place=_placed(delegation, place),
        name=named(name),
        native=native.strip(),
        order=last + 1,
        **columns_of(meeting, delegation.owner_party_id, entry, Audience.DELEGATION),
    )
    row.save(force_insert=True)
    row.refresh_from_db()
    wordings.put(row, "function", function or {})
    _say("delegate.named", row, {"name": row.name, "place": place, "function": function or {}})
    return row


@command
def change_delegate(
    *,
    delegate: Delegate,
    seen_version: int | None,
    name: str,
    place: str,
    native: str = "",
    function: dict[str, str] | None = None,
    entry: Entry | None = None,
) -> Delegate:
    """Change what is said of a person. Raises NotAllowed, Refusal, Conflict."""
    hold_delegation(delegate.delegation, entry)
    check_version(delegate, seen_version)
    delegate.refresh_from_db()
    _refuse_withdrawn(delegate)
    before = {"name": delegate.name, "place": delegate.place, "native": delegate.native}
    delegate.name, delegate.native, delegate.entry = named(name), native.strip(), entry
    delegate.place = _placed(delegate.delegation, place, delegate)
    save_next(delegate, ["name", "native", "place", "entry"])
    wordings.put(delegate, "function", function or {})
    look_again(delegate)
    _say("delegate.changed", delegate, {"name": name, "place": place, "function": function or {}, "before": before})
    return delegate


def _refuse_withdrawn(delegate: Delegate) -> None:
    if delegate.withdrawn_at is not None:
        raise Refusal(_("The person was taken out of the delegation."))


@command
def withdraw_delegate(*, delegate: Delegate, entry: Entry | None = None) -> Delegate:
    """Take a person out of the delegation; what others read of them, they read as taken out."""
    hold_delegation(delegate.delegation, entry)
    check_version(delegate, None)
    delegate.refresh_from_db()
    _refuse_withdrawn(delegate)
    delegate.withdrawn_at, delegate.entry = database_now(), entry
    save_next(delegate, ["withdrawn_at", "entry"])
    look_again(delegate)
    _say("delegate.withdrawn", delegate, {"name": delegate.name})
    return delegate


@command
def release_names(
    *, delegation: Delegation, delegates: Iterable[UUID], to: str, entry: Entry | None = None
) -> list[Delegate]:
    """Release names to the secretariat or to all members, at one instant; a name is never called back.

    Answers whom it concerned. Raises NotAllowed; Refusal where nobody is named whose name reaches less far, and for all
    members before the delegation is announced.
    """
    hold_delegation(delegation, entry)
    delegation.refresh_from_db()
    if to not in REACH[1:]:
        raise Refusal(_("Say to whom the names are released: the secretariat or all members."), "to")
    if to == Audience.FORMAT and delegation.announced_at is None:
        raise Refusal(_("Announce the delegation first; then its names can reach all members."), "to")
    wider = REACH[: REACH.index(Audience(to))]
    rows = list(
        Delegate.objects.select_for_update(of=("self",))
        .filter(delegation=delegation, pk__in=list(delegates), audience__in=wider, withdrawn_at__isnull=True)
        .order_by("order")
    )
    if not rows:
        raise Refusal(_("Choose at least one name that does not reach so far yet."), "delegates")
    now = database_now()
    for row in rows:
        row.audience, row.readable_from = to, now
        row.entry = entry
        save_next(row, ["audience", "readable_from", "entry"])
        wordings.replace_placement(row)
        recording.record("delegate.released", row, {"to": to}, meeting_id=delegation.meeting_id)
    ids = [row.pk for row in rows]
    Particulars.objects.filter(delegate_id__in=ids).update(audience=Audience.SECRETARIAT, entry=entry)
    Journey.objects.filter(delegate_id__in=ids).update(audience=Audience.SECRETARIAT, entry=entry)
    for each in Deputising.objects.filter(delegation=delegation).select_related("principal", "deputy"):
        reach = _narrower(each.principal, each.deputy)
        if each.audience != reach:
            each.audience, each.readable_from, each.entry = reach, now, entry
            save_next(each, ["audience", "readable_from", "entry"])
    return rows


def _narrower(*delegates: Delegate) -> str:
    return min((each.audience for each in delegates), key=lambda reach: REACH.index(Audience(reach)))


@command
def deputise(
    *,
    delegation: Delegation,
    principal: Delegate,
    deputy: Delegate,
    session: Session | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    entry: Entry | None = None,
) -> Deputising:
    """Record that one delegate acts for another: at a session, or from an instant (now, where none is given) on.

    Others read it as far as they read both names. Raises NotAllowed; Refusal for persons of another delegation, for one who
    would act for themselves, for an end before the beginning.
    """
    meeting = hold_delegation(delegation, entry)
    assert delegation.owner_party_id is not None
    for each, field in ((principal, "principal"), (deputy, "deputy")):
        if each.delegation_id != delegation.pk or each.withdrawn_at is not None:
            raise Refusal(_("Choose a person of this delegation."), field)
    if principal.pk == deputy.pk:
        raise Refusal(_("Nobody acts for themselves. Choose another person."), "deputy")
    if session is not None:
        if session.meeting_id != meeting.pk:
            raise Refusal(_("Choose a session of this meeting."), "session")
        since, until = since or session.begins_at, until or session.ends_at
    since = since or database_now()
    if until is not None and until < since:
        raise Refusal(_("The end lies before the beginning."), "until")
    row = Deputising(
        delegation=delegation, principal=principal, deputy=deputy, session=session, since=since, until=until,
        **columns_of(meeting, delegation.owner_party_id, entry, _narrower(principal, deputy)),
    )  # fmt: skip
    row.save(force_insert=True)
    said = sentences.kept("delegation.deputise", deputy=deputy.name, principal=principal.name)
    recording.record(
        "delegation.deputised",
        row,
        {"sentence": said, "since": since, "until": until},
        meeting_id=meeting.pk,
        shown=said,
    )
    return row


@command
def end_deputising(*, deputising: Deputising, entry: Entry | None = None) -> Deputising:
    """Record that it ends now; one that was to begin later never begins."""
    hold_delegation(deputising.delegation, entry)
    check_version(deputising, None)
    deputising.refresh_from_db()
    now = database_now()
    if deputising.until is not None and deputising.until <= now:
        raise Refusal(_("It has ended already."))
    deputising.until = max(now, deputising.since)
    deputising.entry = entry
    save_next(deputising, ["until", "entry"])
    _say("delegation.deputising_ended", deputising, {"at": now})
    return deputising
