"""Under which designation profile a meeting is held."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting
from sofra.kernel.commands import database_now
from sofra.kernel.members import members_on
from sofra.kernel.models import Audience, Party
from sofra.kernel.refusals import Refusal
from sofra.lexicon import naming
from sofra.lexicon.models import Profile
from sofra.lexicon.profiles import ProfileInForce, read
from sofra.lexicon.queries import candidates, holding_at, profile_in_force, settled, span_of
from sofra.meetings.models import Delegate, Meeting

#: Audiences that a released name has: all members at least.
RELEASED = (Audience.FORMAT, Audience.OBSERVERS, Audience.PUBLIC)


def profile_of(meeting: Meeting) -> Profile | None:
    """The profile in force under which a meeting is held: the one chosen for it, else its format's. None where neither is.

    A meeting that is over keeps the one chosen for it, whatever became of that since.
    """
    if meeting.profile_id is None:
        return profile_in_force(meeting.format_id)
    row = Profile.objects.filter(pk=meeting.profile_id).first()
    if row is None:
        return None
    if not meeting.open:
        return row if settled(row).state == Profile.State.STANDING else None
    return holding_at([row], database_now())


def require_profile(
    meeting: Meeting, languages: Iterable[str] = (), parties: Iterable[Party] | None = None
) -> ProfileInForce:
    """The profile under which something of a meeting is issued, printed or exported.

    Raises Refusal, with a sentence for people, where none is in force, or where it lacks a designation that `languages` need
    for `parties` (the members of the format, where none are given).
    """
    row = profile_of(meeting)
    if row is None:
        raise Refusal(_none(meeting))
    found = _read_for(row, meeting)
    asked = list(languages)
    if asked and not found.persons_only:
        assert meeting.format is not None
        named = list(parties) if parties is not None else members_on(meeting.format)
        found.require(named, asked)
        for language in asked:
            found.footnotes_for(named, language)
    return found


def _none(meeting: Meeting) -> str:
    actor = acting.current()
    if actor.sits_in(meeting.format_id) or actor.serves(meeting.format_id):
        return _(
            "No designation profile is in force for this meeting, so nothing that names parties is issued, printed or "
            "exported for it. The secretariat proposes a profile on the page of the format; nothing stands in for one."
        )
    # Whether the members have one is theirs to know.
    return _(
        "No designation profile of this meeting is open to you, so nothing that names parties is printed or exported for "
        "you. What you may read stands on the pages of the meeting."
    )


def usable(meeting: Meeting) -> str:
    """What names at a meeting rest on, or why nothing that names parties is issued, in the reader's language."""
    try:
        return require_profile(meeting).basis_sentence(get_language() or "en")
    except Refusal as refusal:
        return str(refusal.sentence)


def choices_for(meeting: Meeting) -> list[Profile]:
    """The profiles in force that a meeting can be held under, the newest first; a rehearsal may have one of its own."""
    rows = [settled(row) for row in Profile.objects.filter(format=meeting.format).order_by("-number")]
    now = database_now()
    return [
        row
        for row in rows
        if row.state == Profile.State.STANDING and span_of(row).holds(now) and (meeting.exercise or not row.exercise)
    ]


def held_under_one() -> Exists:
    """Whether a meeting of a query may be held under a profile, so that its page need not ask where it is not."""
    chosen, of_format = Q(pk=OuterRef("profile_id")), candidates(OuterRef("format_id"))
    return Exists(Profile.objects.filter(chosen | of_format))


def heads_of(meeting: Meeting) -> dict[UUID, str]:
    """By party, the name of the head of its delegation, where it was released to all members and the reader may know it."""
    rows = Delegate.objects.filter(
        delegation__meeting=meeting, place=Delegate.Place.HEAD, audience__in=RELEASED, withdrawn_at__isnull=True
    )
    return {party: name for party, name in rows.values_list("owner_party_id", "name") if party is not None}


def _read_for(row: Profile, meeting: Meeting) -> ProfileInForce:
    by_persons = row.kind == Profile.Kind.PERSONS or row.order_rule == Profile.Order.PERSONS
    return read(row, heads_of(meeting) if by_persons else None)


def use_profile_of(meeting: Meeting) -> None:
    """Let names on a page of a meeting follow its profile, if one is in force; asked at the first name, not before.

    Where the profile goes by persons, the released heads of the delegations stand for the parties.
    """

    def find() -> ProfileInForce | None:
        row = profile_of(meeting) if getattr(meeting, "may_have_profile", True) else None
        return _read_for(row, meeting) if row is not None else None

    naming.use(find)
