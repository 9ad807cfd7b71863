"""A text as a file: what all who read the text read of it, with the names of the meeting's profile."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sofra.kernel.models import Party
from sofra.kernel.refusals import Refusal
from sofra.lexicon import naming
from sofra.meetings.models import Meeting
from sofra.meetings.queries.profile import require_profile
from sofra.parties.queries.formats import members_on
from sofra.texts.drawing import Pending, pending_for_all
from sofra.texts.engine.adopted import digest
from sofra.texts.engine.amending import Content, joined
from sofra.texts.engine.pending import Shape, Unit, drawn
from sofra.texts.engine.tree import Mark, Paragraph, escaped
from sofra.texts.engine.tree import Text as Tree
from sofra.texts.labels import for_reader, shown
from sofra.texts.models import Placing, Position, Stance, Status, Text
from sofra.texts.queries.adopted import Adopting, Signed, adopting_of
from sofra.texts.queries.positions import standing_on
from sofra.texts.queries.room import words_of
from sofra.texts.queries.silence import statements_on
from sofra.texts.queries.text import Now, paragraphs_now, words_in
from sofra.texts.sentences import unless

TYPES = {
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xml": "application/xml",
}
STATUS_MARKS: dict[str, str] = {
    Status.WORKING_GROUP: "Agreed in working group",
    Status.AD_REFERENDUM: "Agreed ad ref",
    Status.AGREED: "Agreed",
}


@dataclass(frozen=True)
class Line:
    """A paragraph ready to be written: `content` with the names of parties, `mark` how far it is agreed.

    `shapes` are the proposals of its place and bounds that are drawn in it; `move` is the same number at both ends of one.
    """

    key: str
    kind: str
    level: int
    number: str
    content: Content
    mark: str = ""
    shapes: tuple[Shape, ...] = ()
    move: int | None = None

    @property
    def whole(self) -> Content:
        """With its number and its status, as the notation has them."""
        content = self.content
        if self.number:
            content = (f"{self.number} ", *content)
        if self.mark:
            content = (*content, " ", Mark(self.mark))
        return joined(content)


@dataclass(frozen=True)
class Exported:
    """A text ready to be written: its title, and positions told to all as (key of the paragraph, who, words).

    `adopted` is the signed version it is, word for word, where it is adopted (engine/adopted.py).
    `lines` are its paragraphs, with what is proposed of their places and bounds drawn in; `pending` says the same in words.
    `resting` is what is attached to it and the footnotes of names, `mark` what an exercise bears, `at` when something of it
    last changed: the only date a file of it holds. `called` says what its paragraphs are called.
    """

    title: str
    language: str
    said: tuple[tuple[str, str, str], ...]
    names: dict[str, str]
    lines: tuple[Line, ...]
    pending: tuple[Pending, ...]
    resting: tuple[str, ...]
    mark: str
    at: datetime
    called: dict[str, str]
    adopted: dict[str, Any] | None = None

    @property
    def below(self) -> tuple[str, ...]:
        """What stands under the text: what waits for a decision, what is attached, the footnotes of names."""
        return (*(each.sentence for each in self.pending), *self.resting)

    @property
    def tree(self) -> Tree:
        """The text with what stands under it."""
        return self._tree(self.below)

    @property
    def tracked(self) -> Tree:
        """The same for a file that tells what waits in its margin."""
        return self._tree(self.resting)

    def _tree(self, below: Sequence[str]) -> Tree:
        told = [(escaped(each, inside=False),) for each in ([self.mark] if self.mark else [])]
        last = [(escaped(each, inside=False),) for each in below]
        contents: list[Content] = [*told, *(each.whole for each in self.lines), *last]
        return Tree(
            tuple(Paragraph(each, "\n" if place == len(contents) else "\n\n") for place, each in enumerate(contents, 1))
        )


def exported(meeting: Meeting, text: Text, language: str) -> Exported:
    """A text as it stands for all, in one of its languages. The reader's private rows are not in it.

    Raises Refusal where no profile lets the members be named in that language.
    """
    assert meeting.format is not None
    members: list[Party] = members_on(meeting.format)
    profile = require_profile(meeting, [language], members)
    if profile.persons_only:
        raise Refusal(
            _("The profile names persons only, and brackets name delegations. No file of the text can be made.")
        )
    titled: Any = text
    found = [each for each in paragraphs_now(text) if each.shared and not each.placing.gone]
    with naming.under(profile), override(language):
        called = {each.row.pk: named(each, language) for each in found}
        pending = tuple(pending_for_all(text, language, called))
        lines = tuple(_lines(found, language, pending))
        said = _said(found, language, text)
        statements = statements_on(text, language)
        signed = _signed(text, found, language)
        resting = (
            *map(attached, statements), *footnotes_of(profile, members, language), *([sealed(*signed)] if signed else []),
        )  # fmt: skip
        names = {
            naming.party_name(party.pk, language).text: naming.party_name(party.pk, language).text for party in members
        }
    at = max(
        [
            text.at,
            *(stand.at for each in found for stand in each.stands.values()),
            *(row.at for row in statements),
            *(each.at for each in pending),
            *([signed[0].at] if signed else []),
        ]
    )
    title = str(titled.worded.get("title", ""))
    mark = exercise_mark(meeting, language)
    file = signed[1].file(signed[0].version) if signed else None
    kept = {str(key): name for key, name in called.items()}
    return Exported(title, language, said, names, lines, pending, resting, mark, at, kept, file)


def _signed(text: Text, found: list[Now], language: str) -> tuple[Adopting, Signed] | None:
    """The adoption a text stands in, where its words are those that were adopted."""
    holding = adopting_of(text)
    signed = holding.signed.get(language) if holding is not None else None
    stands = digest(words_in((each.as_frozen() for each in found), language))
    return (holding, signed) if holding is not None and signed is not None and signed.adopted.digest == stands else None


def sealed(holding: Adopting, signed: Signed) -> str:
    """The line that says of a file that its words were adopted, with what vouches for them."""
    return _(
        "Adopted %(how)s at %(at)s as version %(number)s. SHA-256: %(digest)s. Signature (Ed25519): %(signature)s. "
        "Key: %(key)s."
    ) % {
        "how": holding.method_label, "at": signed.adopted.at, "number": signed.adopted.number,
        "digest": signed.adopted.digest, "signature": signed.signature, "key": signed.key,
    }  # fmt: skip


def named(each: Now, language: str) -> str:
    """What a paragraph is called in a language: its number, or its first words."""
    if each.placing.number:
        return str(each.placing.number)
    words = words_of(each.stands[language].content).split() if language in each.stands else []
    return f"“{' '.join(words[:6])}…”" if words else "—"


def exercise_mark(meeting: Meeting, language: str) -> str:
    """What everything of a rehearsal bears, in a language."""
    with override(language):
        return _("Exercise: positions invented") if meeting.exercise else ""


def _lines(found: list[Now], language: str, pending: Sequence[Pending]) -> Iterator[Line]:
    """The paragraphs in order, with what is proposed of their places and bounds."""
    by = {str(each.row.pk): each for each in found}
    units = [
        Unit(key, each.placing.kind == Placing.Kind.HEADING, each.placing.level, each.placing.number,
             each.content(language))
        for key, each in by.items()
    ]  # fmt: skip
    for each in drawn(units, [one.shape for one in pending]):
        now = by[each.unit.key]
        content = for_reader(each.content, language)
        mark = STATUS_MARKS.get(now.status, "") if each.placed is None else ""
        yield Line(each.key, now.placing.kind, now.placing.level, each.number, content, mark, each.shapes, each.move)


def attached(row: Any) -> str:
    """What a party attached to a text, in a line."""
    party = naming.party_name(row.owner_party_id, get_language() or "en").text if row.owner_party_id else ""
    return " ".join(f"{row.get_kind_display()} · {party}: {row.worded['words'].text}".split())


def footnotes_of(profile: Any, members: list[Party], language: str) -> list[str]:
    """The footnotes that go with the names of the members."""
    return [f"{note.mark} {note.text}" for note in profile.footnotes_for(members, language)]


def said_of(row: Position) -> str:
    """Where a delegation stands, in a line without its name."""
    said = f"{Stance(row.stance).label}: {row.words or '—'}"
    end = unless(each["words"] for each in row.unless)
    return f"{said}, {end}" if end else said


def _said(found: list[Now], language: str, text: Text) -> tuple[tuple[str, str, str], ...]:
    """Positions that were told to all, on wordings that stand in the text."""
    keys = {one.key for each in found for point in each.points(language) for one in point.choices}
    latest: dict[Any, Position] = {}
    for row in standing_on([each.row.pk for each in found], audience=text.audience):
        if row.choice in keys and row.language == language:
            latest[row.paragraph_id, row.choice, row.owner_party_id] = row
    return tuple(
        (
            str(row.paragraph_id),
            naming.party_name(row.owner_party_id, language).text,
            said_of(row),
        )
        for row in latest.values()
        if row.owner_party_id is not None
    )


def written(found: Exported, form: str) -> bytes:
    """The file. `form` is one of TYPES. Raises Refusal for any other."""
    if form not in TYPES:
        raise Refusal(_("There is no such form of a text."))
    if form == "txt":
        from sofra.texts.engine.brackets import render

        return render(found.tree).encode()
    if form == "json":
        from sofra.texts.engine.exchange import to_json

        data = to_json(found.tree, [_proposed(found, each.shape) for each in found.pending])
        data |= {"adopted": found.adopted} if found.adopted else {}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    if form == "docx":
        return _tracked(found)
    from sofra.texts.engine.akn import statement

    return statement(found.tree, found.title, language=found.language, names=found.names, adopted=found.adopted or {})


def _tracked(found: Exported) -> bytes:
    """The text with its brackets as tracked changes, positions and what waits for a decision as comments."""
    from sofra.texts.engine.docx import Note, rolling_docx

    places = {line.key: place for place, line in enumerate(found.lines, bool(found.mark))}
    notes = [Note(places[key], who, words) for key, who, words in found.said if key in places]
    notes += [
        Note(places[each.shape.unit], shown(each.shape.by, found.language), each.sentence)
        for each in found.pending
        if each.shape.unit in places
    ]
    moves = {places[line.key]: line.move for line in found.lines if line.move is not None}
    return rolling_docx(found.tracked, title=found.title, notes=notes, moves=moves)


def _proposed(found: Exported, shape: Shape) -> dict[str, Any]:
    """A proposal of a paragraph's place or bounds as JSON has it: paragraphs by their number in the file, from 0."""
    places = {line.key: place for place, line in enumerate(found.lines, bool(found.mark))}
    told = {"kind": shape.kind, "by": shown(shape.by, found.language), "paragraph": places.get(shape.unit)}
    if shape.kind == "split":
        return {**told, "parts": list(shape.cut or ())}
    return {**told, "behind" if shape.kind == "move" else "with": places.get(shape.target or "")}
