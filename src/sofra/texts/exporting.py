"""A text as a file: what all who read the text read of it, with the names of the meeting's profile."""

from __future__ import annotations

import json
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
from sofra.texts.engine.adopted import digest
from sofra.texts.engine.amending import Content, joined
from sofra.texts.engine.tree import Mark, Paragraph, escaped
from sofra.texts.engine.tree import Text as Tree
from sofra.texts.labels import for_reader
from sofra.texts.models import Position, Stance, Status, Text
from sofra.texts.queries.adopted import Adopting, Signed, adopting_of
from sofra.texts.queries.positions import standing_on
from sofra.texts.queries.silence import statements_on
from sofra.texts.queries.text import Now, paragraphs_now, words_in

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
    """A paragraph ready to be written: `content` with the names of parties, `mark` how far it is agreed."""

    key: str
    kind: str
    level: int
    number: str
    content: Content
    mark: str = ""

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
    """A text ready to be written: its tree, its title, and positions told to all as (paragraph, who, words).

    `adopted` is the signed version it is, word for word, where it is adopted (engine/adopted.py).
    `lines` are its paragraphs, `resting` what is attached to it and the footnotes of names, `mark` what an exercise bears,
    `at` when something of it last changed: the only date a file of it holds.
    """

    tree: Tree
    title: str
    language: str
    said: tuple[tuple[int, str, str], ...]
    names: dict[str, str]
    lines: tuple[Line, ...]
    resting: tuple[str, ...]
    mark: str
    at: datetime
    adopted: dict[str, Any] | None = None


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
        lines = tuple(_line(each, language) for each in found)
        paragraphs = [Paragraph(each.whole) for each in lines]
        said = _said(found, language, text, len(_exercise(meeting)))
        statements = statements_on(text, language)
        signed = _signed(text, found, language)
        resting = (
            *map(attached, statements), *footnotes_of(profile, members, language), *([sealed(*signed)] if signed else []),
        )  # fmt: skip
        last = [Paragraph((escaped(each, inside=False),)) for each in resting]
        tree = Tree(
            tuple(
                Paragraph(each.content, "\n" if place == len(paragraphs) + len(last) - 1 else "\n\n")
                for place, each in enumerate([*paragraphs, *last])
            )
        )
        if mark := _exercise(meeting):
            tree = Tree((*mark, *tree.paragraphs))
        names = {
            naming.party_name(party.pk, language).text: naming.party_name(party.pk, language).text for party in members
        }
    at = max(
        [text.at, *(stand.at for each in found for stand in each.stands.values()), *(row.at for row in statements),
         *([signed[0].at] if signed else [])]
    )  # fmt: skip
    title = str(titled.worded.get("title", ""))
    file = signed[1].file(signed[0].version) if signed else None
    return Exported(tree, title, language, said, names, lines, resting, exercise_mark(meeting, language), at, file)


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


def exercise_mark(meeting: Meeting, language: str) -> str:
    """What everything of a rehearsal bears, in a language."""
    with override(language):
        return _("Exercise: positions invented") if meeting.exercise else ""


def _exercise(meeting: Meeting) -> tuple[Paragraph, ...]:
    return (Paragraph((escaped(_("Exercise: positions invented"), inside=False),)),) if meeting.exercise else ()


def _line(each: Now, language: str) -> Line:
    placing = each.placing
    content = for_reader(each.content(language), language)
    return Line(
        each.row.pk.hex, placing.kind, placing.level, placing.number, content, STATUS_MARKS.get(each.status, "")
    )


def attached(row: Any) -> str:
    """What a party attached to a text, in a line."""
    party = naming.party_name(row.owner_party_id, get_language() or "en").text if row.owner_party_id else ""
    return " ".join(f"{row.get_kind_display()} · {party}: {row.worded['words'].text}".split())


def footnotes_of(profile: Any, members: list[Party], language: str) -> list[str]:
    """The footnotes that go with the names of the members."""
    return [f"{note.mark} {note.text}" for note in profile.footnotes_for(members, language)]


def _said(found: list[Now], language: str, text: Text, offset: int) -> tuple[tuple[int, str, str], ...]:
    """Positions that were told to all, on wordings that stand in the text."""
    places = {each.row.pk: place for place, each in enumerate(found)}
    keys = {one.key for each in found for point in each.points(language) for one in point.choices}
    latest: dict[Any, Position] = {}
    for row in standing_on(list(places), audience=text.audience):
        if row.choice in keys and row.language == language:
            latest[row.paragraph_id, row.choice, row.owner_party_id] = row
    return tuple(
        (
            places[row.paragraph_id] + offset,
            naming.party_name(row.owner_party_id, language).text,
            f"{Stance(row.stance).label}: {row.words or '—'}",
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

        whole = to_json(found.tree) | ({"adopted": found.adopted} if found.adopted else {})
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
    if form == "docx":
        from sofra.texts.engine.docx import Note, rolling_docx

        return rolling_docx(found.tree, title=found.title, notes=[Note(*each) for each in found.said])
    from sofra.texts.engine.akn import statement

    return statement(found.tree, found.title, language=found.language, names=found.names, adopted=found.adopted or {})
