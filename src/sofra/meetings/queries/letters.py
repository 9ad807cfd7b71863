"""Templates of letters, letters that were issued, and a letter with its places filled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel import wordings
from sofra.kernel.clock import exact
from sofra.kernel.members import members_on
from sofra.kernel.refusals import Refusal
from sofra.lexicon.engine.turkish import with_case
from sofra.lexicon.naming import Name, pieces, under
from sofra.lexicon.profiles import language_name
from sofra.meetings.engine import letters as engine
from sofra.meetings.models import Invitation, Letter, LetterTemplate, Meeting
from sofra.meetings.queries.profile import require_profile


def templates_of(format_id: UUID, *, retired: bool = False) -> list[LetterTemplate]:
    """The templates of a format with `texts` ({field: {language: text}}) and `languages` they can be issued in."""
    rows = list(LetterTemplate.objects.filter(format_id=format_id, retired_at__isnull=not retired))
    texts = wordings.of(rows)
    for row in rows:
        row.texts = texts.get(row.pk, {})  # type: ignore[attr-defined]
        row.languages = sorted(row.texts.get("text", {}))  # type: ignore[attr-defined]
    return rows


def letters_of(note_ids: list[UUID], language: str) -> dict[UUID, Letter]:
    """Letters by the note they are, with their words, as far as the reader may know of them."""
    rows = list(Letter.objects.filter(note_id__in=note_ids))
    wordings.attach(rows, language)
    return {row.note_id: row for row in rows}


@dataclass(frozen=True)
class Filled:
    """A letter with its places filled: what the page shows before it is issued, and what is issued."""

    language: str
    sender: str
    addressee: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    foot: tuple[str, ...]


def fill_letter(
    *,
    meeting: Meeting,
    party_id: UUID,
    template: LetterTemplate,
    language: str,
    addressee: str,
    mark: str,
    invitation: Invitation | None = None,
) -> Filled:
    """A letter in one language. Another language never stands in.

    Raises Refusal, with the reason, where no designation profile is in force, where the template has no text in the
    language, and where it names a place for which there is nothing in that language.
    """
    profile = require_profile(meeting)
    texts = wordings.of([template]).get(template.pk, {})
    subject, text = (texts.get(name, {}).get(language, "") for name in ("subject", "text"))
    if not subject or not text:
        raise Refusal(
            _("The template has no text in %(language)s. Another language does not stand in.")
            % {"language": language_name(language)},
            "language",
        )
    whom = engine.lines(addressee)
    if not whom:
        raise Refusal(_("Write to whom the letter is addressed."), "addressee")
    said = wordings.of([meeting.pk, meeting.format_id])
    named: set[UUID] = set()

    def worded(of: UUID | None, *names: str) -> str:
        held = said.get(of, {}) if of is not None else {}
        text = next((held[name][language] for name in names if held.get(name, {}).get(language)), "")
        with under(profile):
            cut = pieces(text, language)
        if any(isinstance(piece, Name) for piece in cut):
            # The name of a format can hold those of its members.
            assert meeting.format is not None
            members = [party.pk for party in members_on(meeting.format)]
            for each in members:
                profile.name(each, language)
            named.update(members)
        return "".join(str(piece) for piece in cut)

    def party(place: engine.Place) -> str:
        named.add(party_id)
        name = profile.name(party_id, language)
        return with_case(name.bare, place.case, name.mark) if place.case else name.text

    def deadline(_place: engine.Place) -> str:
        found = invitation.reply_by if invitation is not None else None
        return exact(found, meeting.zone) if found is not None else ""

    level = invitation.level if invitation is not None else meeting.level
    known: dict[str, Callable[[engine.Place], str]] = {
        "addressee": lambda _place: whom[0],
        "party": party,
        "meeting": lambda _place: worded(meeting.pk, "title"),
        "format": lambda _place: worded(meeting.format_id, "title", "name"),
        "day": lambda _place: date_format(meeting.day),
        "city": lambda _place: worded(meeting.pk, "city"),
        "venue": lambda _place: worded(meeting.pk, "venue"),
        "level": lambda _place: str(Meeting.Level(level).label),
        "deadline": deadline,
        "reference": lambda _place: mark,
    }

    def value(place: engine.Place) -> str:
        with override(language):
            found = known[place.name](place)
        if not found:
            raise Refusal(
                _("The letter names the place {%(place)s}, and nothing is known for it in %(language)s.")
                % {"place": place.name, "language": language_name(language)},
                "template",
            )
        return found

    sender = worded(meeting.format_id, "title", "name")
    head = engine.fill(subject, value).replace("\n", " ")
    body = engine.paragraphs(engine.fill(text, value))
    foot = tuple(f"{each.mark} {each.text}" for each in profile.footnotes_for(sorted(named), language)) if named else ()
    return Filled(language, sender, whom, head, body, foot)
