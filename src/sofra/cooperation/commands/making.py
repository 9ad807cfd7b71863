"""Commitments come to be, their words are mended, a contact is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from sofra.bilaterals.commands.common import placed
from sofra.bilaterals.models import Request
from sofra.bilaterals.policy import sides_of
from sofra.cooperation.commands.common import day, make_findable, one_at_a_time, owners_place, texts, titles
from sofra.cooperation.commands.common import zone as known_zone
from sofra.cooperation.models import Arisen, Commitment, Contact, DueDate
from sofra.cooperation.queries.origins import readable_by_members
from sofra.cooperation.themes import known_theme
from sofra.kernel import acting, policy, wordings
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.models import Audience, Entry, Format, Party
from sofra.kernel.recording import record
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Meeting, Outcome

Texts = Mapping[str, str]


@command
def propose(
    *,
    format: Format,
    owner: Party,
    title: Texts,
    indicator: Texts,
    due: date | None,
    zone: str,
    origin_kind: str,
    ministry: Texts | None = None,
    origin: Texts | None = None,
    origin_id: UUID | None = None,
    meeting: Meeting | None = None,
    theme: str = "",
    key: UUID | None = None,
) -> Commitment:
    """Put forward what an outcome asks of a party. It counts once that party accepts the date.

    `origin_id` names an outcome of the format that the members can read; its kind and meeting are then the commitment's.
    `key` is the row's id where a sheet prepared one. Raises Refusal for texts, day, zone, owner or origin that do not do.
    """
    actor = acting.current()
    policy.require(actor, "cooperation.propose", format)
    if origin_id is not None:
        outcome = Outcome.objects.select_related("meeting").filter(pk=origin_id, format=format).first()
        if outcome is None or not readable_by_members(outcome, database_now()):
            raise Refusal(_("This outcome is none of the format's that the members can read."), "outcome")
        origin_kind, meeting = outcome.kind, outcome.meeting
    if origin_kind not in Commitment.Origin.values or origin_kind == Commitment.Origin.ANNOUNCEMENT:
        raise Refusal(
            _("Say which outcome it arose from. A party announces its own commitments itself."), "origin_kind"
        )
    commitment = _make(
        format, owner, title, indicator, ministry, origin, meeting, theme, key,
        origin_kind=origin_kind, origin_id=origin_id, owner_party_id=None, entry_id=None,
    )  # fmt: skip
    _first_date(commitment, due, zone, by_owner=False)
    record(
        "cooperation.proposed", commitment, {"due": due, "zone": zone, "origin": origin_kind},
        meeting_id=commitment.meeting_id, shown=titles(commitment),
    )  # fmt: skip
    return commitment


@command
def announce(
    *,
    format: Format,
    title: Texts,
    indicator: Texts,
    due: date | None,
    zone: str,
    ministry: Texts | None = None,
    origin: Texts | None = None,
    meeting: Meeting | None = None,
    theme: str = "",
    key: UUID | None = None,
    bilateral: Request | None = None,
    entry: Entry | None = None,
) -> Commitment:
    """A party announces a promise of its own; its date counts at once. The secretariat gives the entry it came by.

    `bilateral` is the one it came out of: its meeting is then the commitment's, and its sides alone are told so, with the
    secretariat where it may know of it. Raises NotAllowed, and Refusal for texts, day, zone or bilateral that do not do.
    """
    actor = acting.current()
    policy.require(actor, "cooperation.announce", format)
    owner_id = entry.owner_party_id if entry is not None else actor.party_id
    owner = Party.objects.filter(pk=owner_id).first() if owner_id else None
    if owner is None:
        raise Refusal(_("Say whose announcement it is, and by which note, e-mail or call it came."), "owner")
    if bilateral is not None:
        if bilateral.format_id != format.pk or owner.pk not in sides_of(bilateral):
            raise Refusal(_("It came out of no bilateral of this delegation's."), "bilateral")
        meeting = bilateral.meeting
    commitment = _make(
        format, owner, title, indicator, ministry, origin, meeting, theme, key,
        origin_kind=Commitment.Origin.ANNOUNCEMENT, owner_party_id=owner.pk, entry_id=entry.pk if entry else None,
    )  # fmt: skip
    _first_date(commitment, due, zone, by_owner=True)
    if bilateral is not None:
        _arise(commitment, bilateral, owner.pk, entry)
    record(
        "cooperation.announced", commitment, {"due": due, "zone": zone},
        meeting_id=commitment.meeting_id, shown=titles(commitment),
    )  # fmt: skip
    return commitment


def _arise(commitment: Commitment, bilateral: Request, owner: UUID, entry: Entry | None) -> None:
    """Say for those who may know the bilateral that a commitment came out of it."""
    arisen = Arisen.objects.create(
        commitment=commitment, bilateral=bilateral, at=commitment.made_at, **placed(bilateral, owner, entry)
    )
    record("cooperation.arisen", arisen, {"commitment": commitment.pk, "bilateral": bilateral.pk}, visible=False)


@command
def edit(
    commitment: Commitment,
    *,
    seen: int,
    title: Texts,
    indicator: Texts,
    ministry: Texts | None = None,
    origin: Texts | None = None,
    theme: str | None = None,
) -> bool:
    """Mend the words of a commitment. Dates, answers and reports stay as they are. Answers whether anything changed.

    Raises Conflict where somebody else changed it since version `seen`.
    """
    actor = acting.current()
    policy.require(actor, "cooperation.edit", commitment)
    check_version(commitment, seen)
    own = commitment.owner_party_id is not None and commitment.owner_party_id == actor.party_id
    taken_over = own and commitment.entry_id is not None
    if own:
        commitment.entry = None
    changed = _word(commitment, title, indicator, ministry, origin)
    if theme is not None and known_theme(theme, commitment.theme) != commitment.theme:
        commitment.theme = theme
        changed = True
    if not (changed or taken_over):
        return False
    save_next(commitment, ["theme", "entry"])
    wordings.replace_placement(commitment)
    make_findable(commitment)
    record(
        "cooperation.edited", commitment, wordings.of([commitment]).get(commitment.pk, {}),
        meeting_id=commitment.meeting_id, shown=titles(commitment),
    )  # fmt: skip
    return True


@command
def name_contact(
    commitment: Commitment,
    *,
    name: str,
    office: str = "",
    reach: str = "",
    for_secretariat: bool = False,
    entry: Entry | None = None,
) -> Contact:
    """Name whom to ask: for the owner alone, or for the secretariat too. Nobody else ever reads it."""
    actor = acting.current()
    policy.require(actor, "cooperation.name_contact", commitment)
    one_at_a_time(commitment.pk)
    place = owners_place(actor, commitment, entry)
    name, office, reach = (" ".join(each.replace("\x00", "").split()) for each in (name, office, reach))
    if not name:
        raise Refusal(_("Write the person's name."), "name")
    for field, value in (("name", name), ("office", office), ("reach", reach)):
        if len(value) > 200:
            raise Refusal(_("The text is longer than 200 characters. Shorten it."), field)
    place["audience"] = Audience.SECRETARIAT if for_secretariat or entry is not None else Audience.DELEGATION
    contact = Contact.objects.filter(commitment=commitment, owner_party_id=commitment.owner_id).first()
    if contact is None:
        contact = Contact.objects.create(commitment=commitment, name=name, office=office, reach=reach, **place)
    else:
        contact.name, contact.office, contact.reach = name, office, reach
        contact.audience, contact.entry_id = place["audience"], place["entry_id"]
        save_next(contact, ["name", "office", "reach", "audience", "entry"])
    record("cooperation.contact_named", contact, {"name": name, "office": office, "reach": reach})
    return contact


def _make(
    place: Format,
    owner: Party,
    title: Texts,
    indicator: Texts,
    ministry: Texts | None,
    origin: Texts | None,
    meeting: Meeting | None,
    theme: str,
    key: UUID | None,
    **more: Any,
) -> Commitment:
    if not owner.memberships.filter(format=place, capacity="member").exists():
        raise Refusal(_("The owner is not a member of this format."), "owner")
    if meeting is not None and meeting.format_id != place.pk:
        raise Refusal(_("That meeting is of another format."), "meeting")
    texts("title", title)
    texts("indicator", indicator)
    commitment = Commitment(
        id=key or uuid4(), format=place, owner=owner, meeting=meeting, theme=known_theme(theme), made_at=database_now(),
        exercise=meeting is not None and meeting.exercise, audience=Audience.FORMAT, **more,
    )  # fmt: skip
    commitment.save(force_insert=True)
    _word(commitment, title, indicator, ministry, origin)
    make_findable(commitment)
    return commitment


def _word(commitment: Commitment, title: Texts, indicator: Texts, ministry: Texts | None, origin: Texts | None) -> bool:
    given = {"title": title, "indicator": indicator, "ministry": ministry or {}, "origin": origin or {}}
    changed = False
    for field, by_language in given.items():
        kept = texts(field, by_language, required=field in ("title", "indicator"))
        # A language that was emptied is given on, so that its wording is taken from view.
        changed = wordings.put(commitment, field, {**dict.fromkeys(by_language, ""), **kept}) or changed
    return changed


def _first_date(commitment: Commitment, due: date | None, zone: str, *, by_owner: bool) -> DueDate:
    return DueDate.objects.create(
        commitment=commitment, due=day(due, "due"), zone=known_zone(zone), by_owner=by_owner, at_once=by_owner,
        at=database_now(), **commitment.placement(),
    )  # fmt: skip
