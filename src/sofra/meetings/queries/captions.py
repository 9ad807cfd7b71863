"""Captions as they stand: who may be named, who stands where, what has to be looked at again, and the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel import wordings
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.lexicon.profiles import ProfileInForce, language_name
from sofra.meetings.engine.captions import Standing, caption, gaps
from sofra.meetings.models import CaptionPlace, Delegate, Meeting, PressPiece
from sofra.meetings.queries.profile import require_profile
from sofra.parties.formfields import OFFERED

#: How far a name has to be released before a caption may hold it: to all members.
RELEASED = (Audience.FORMAT, Audience.OBSERVERS, Audience.PUBLIC)


@dataclass
class Caption:
    """A caption by language, with what stands in the way of issuing it.

    `people` says who stands where, as it is printed; `texts` the caption in each language in which it is whole; `lacking` why
    it is not in the others; `again` who has to be looked at again; `empty` the places where nobody stands.
    """

    people: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, dict[str, Any]] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)
    again: list[CaptionPlace] = field(default_factory=list)
    empty: list[tuple[int, int]] = field(default_factory=list)


def caption_languages(meeting: Meeting) -> list[str]:
    """The languages a caption is asked for: the meeting's own, the house's where it names none."""
    return list(meeting.working_languages) or list(OFFERED)


def nameable(meeting: Meeting) -> list[Delegate]:
    """The delegates of a meeting who may be named in a caption: their delegation released them to all members, and they stay.
    Each with `texts`."""
    rows = list(
        Delegate.objects.filter(
            delegation__meeting=meeting, withdrawn_at__isnull=True, audience__in=RELEASED
        ).select_related("delegation")
    )
    texts = wordings.of(rows)
    for row in rows:
        row.texts = texts.get(row.pk, {})  # type: ignore[attr-defined]
    return rows


def may_be_named(delegate: Delegate) -> bool:
    """Whether a delegate may stand in a caption now."""
    return delegate.withdrawn_at is None and delegate.audience in RELEASED


def places_of(pieces: Iterable[PressPiece]) -> dict[UUID, list[CaptionPlace]]:
    """Who stands where in some captions, front row first, from left to right; places beyond a photo's rows are left out."""
    by_pk = {piece.pk: piece for piece in pieces}
    found: dict[UUID, list[CaptionPlace]] = {key: [] for key in by_pk}
    rows = CaptionPlace.objects.filter(piece__in=list(by_pk), delegate__isnull=False).select_related("delegate")
    for each in rows.order_by("row", "place"):
        counts = by_pk[each.piece_id].rows
        if each.row <= len(counts) and each.place <= counts[each.row - 1]:
            found[each.piece_id].append(each)
    return found


def row_label(row: int, rows: int) -> str:
    """The fixed label of a row, in the language that is active."""
    if rows == 1:
        return _("From left:")
    names = {1: _("Front row, from left:"), 2: _("Second row, from left:"), 3: _("Third row, from left:")}
    return names.get(row) or _("Row %(number)s, from left:") % {"number": row}


def row_name(row: int) -> str:
    """The name of a row, for a form."""
    names = {1: _("Front row"), 2: _("Second row"), 3: _("Third row")}
    return names.get(row) or _("Row %(number)s") % {"number": row}


def render(piece: PressPiece, languages: Iterable[str], places: list[CaptionPlace] | None = None) -> Caption:
    """The caption of a photo in some languages, as the meeting's profile names parties; another language never stands in.

    Three queries, and those of the profile. Raises Refusal where the meeting has no profile.
    """
    profile = require_profile(piece.meeting)
    standing = places if places is not None else places_of([piece])[piece.pk]
    texts = wordings.of([piece, *(each.delegate_id for each in standing)])
    found = Caption(
        again=[each for each in standing if each.delegate is not None and not may_be_named(each.delegate)],
        empty=gaps(piece.rows, [(each.row, each.place) for each in standing]),
    )
    found.people = [_person(each, texts) for each in standing]
    for language in languages:
        try:
            found.texts[language] = _in(language, piece, profile, found.people, texts)
        except Refusal as refusal:
            found.lacking[language] = str(refusal.sentence)
    return found


def _person(place: CaptionPlace, texts: dict[UUID, dict[str, dict[str, str]]]) -> dict[str, Any]:
    delegate = place.delegate
    assert delegate is not None
    return {"row": place.row, "place": place.place, "party": delegate.owner_party_id, **said_of(place, texts)}


def _in(
    language: str, piece: PressPiece, profile: ProfileInForce, people: list[dict[str, Any]], texts: dict[UUID, Any]
) -> dict[str, Any]:
    title = texts.get(piece.pk, {}).get("title", {}).get(language, "")
    if language not in OFFERED:
        raise Refusal(_("The house has no words for a caption in this language."))
    if not title:
        raise Refusal(_("The photo has no title in this language."))
    wanting = [each["name"] for each in people if each["function"] and not each["function"].get(language)]
    if wanting:
        raise Refusal(
            _("No function is written in %(language)s for: %(names)s. Another language does not stand in.")
            % {"language": language_name(language), "names": ", ".join(wanting)}
        )
    rows: dict[int, list[Standing]] = {}
    for each in people:
        party = "" if profile.persons_only else profile.name(each["party"], language).text
        rows.setdefault(each["row"], []).append(Standing(each["name"], each["function"].get(language, ""), party))
    named = [each["party"] for each in people]
    foot = [f"{note.mark} {note.text}" for note in profile.footnotes_for(dict.fromkeys(named), language)]
    with override(language):
        body = caption((row_label(row, len(piece.rows)), rows[row]) for row in sorted(rows))
    return {"title": title, "body": body, "foot": foot}


def changed_since(pieces: Iterable[PressPiece]) -> dict[UUID, list[str]]:
    """By issued caption the names that have to be looked at again: the person left, or is called otherwise now. Two queries."""
    held = places_of(pieces)
    places = [each for mine in held.values() for each in mine if each.printed]
    texts = wordings.of([each.delegate_id for each in places]) if places else {}
    found: dict[UUID, list[str]] = {}
    for each in places:
        if each.delegate is not None and (not may_be_named(each.delegate) or said_of(each, texts) != each.printed):
            found.setdefault(each.piece_id, []).append(each.printed["name"])
    return found


def said_of(place: CaptionPlace, texts: dict[UUID, dict[str, dict[str, str]]]) -> dict[str, Any]:
    """How the person in a place is called now; `texts` holds the wordings of delegates."""
    delegate = place.delegate
    assert delegate is not None
    return {"name": delegate.name, "function": texts.get(delegate.pk, {}).get("function", {})}
