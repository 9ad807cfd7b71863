"""A text on paper and in Word: alone, with its languages beside each other, and two versions compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel.refusals import Refusal
from sofra.kernel.typesetting import CannotSet, set_paper
from sofra.lexicon import naming
from sofra.meetings.models import Meeting
from sofra.meetings.queries.profile import require_profile
from sofra.parties.formfields import language_names
from sofra.parties.queries.formats import members_on
from sofra.texts.engine.amending import Content
from sofra.texts.engine.brackets import render_content
from sofra.texts.engine.redline import Change, Piece
from sofra.texts.engine.tree import Alternative, Bracket, Mark, plain
from sofra.texts.engine.versions import compare_versions
from sofra.texts.exporting import STATUS_MARKS, Exported, Line, attached, exercise_mark, exported, footnotes_of
from sofra.texts.labels import for_reader
from sofra.texts.models import Text, Version
from sofra.texts.queries.silence import statements_at
from sofra.texts.queries.text import content, paragraphs_now

Runs = list[dict[str, str]]


def runs_of(said: Content) -> Runs:
    """A content as pieces that look alike: words, the edges of brackets, and who stands behind a wording."""
    return [{"kind": kind, "text": text} for kind, text in _pieces(said) if text]


def _pieces(said: Content) -> Iterator[tuple[str, str]]:
    for node in said:
        if isinstance(node, str):
            yield "words", plain(node)
        elif isinstance(node, Bracket):
            yield "edge", "["
            for number, each in enumerate(node.alternatives):
                if number:
                    yield "edge", " / "
                yield from _pieces(each.content)
                yield "who", _who(each)
            yield "edge", "]"
        elif isinstance(node, Mark):
            yield "who", f"[{node.words}]"


def _who(each: Alternative) -> str:
    groups = [", ".join(each.supporters)] if each.supporters else []
    groups += [f"{', '.join(each.retainers)} {_('retain')}"] if each.retainers else []
    groups += [f"{', '.join(each.deleters)} {_('delete')}"] if each.deleters else []
    return f" — {'; '.join(groups)}" if groups else ""


def _cell(line: Line | None) -> dict[str, Any]:
    if line is None:
        return {"number": "", "runs": [], "mark": ""}
    return {"number": line.number, "runs": runs_of(line.content), "mark": f"[{line.mark}]" if line.mark else ""}


def pdf_of(found: Sequence[Exported]) -> bytes:
    """The text as PDF; several of its languages stand beside each other. The same text gives the same bytes.

    Raises Refusal where it cannot be set.
    """
    first = found[0]
    rows = []
    for lines in _side_by_side(found):
        one = next(line for line in lines if line is not None)
        rows.append({"kind": one.kind, "level": one.level, "cells": [_cell(line) for line in lines]})
    names = language_names()
    return _set(
        first.title,
        first.language,
        first.mark,
        max(each.at for each in found),
        {
            "columns": [{"name": names.get(each.language, each.language), "language": each.language} for each in found],
            "rows": rows,
            "resting": [{"language": each.language, "lines": list(each.below)} for each in found],
            "positions": [_positions(each) for each in found],
        },
    )


def _positions(found: Exported) -> dict[str, Any]:
    """Positions told to all, by paragraph, as notes behind the text."""
    by: dict[str, list[str]] = {}
    for key, who, words in found.said:
        by.setdefault(key, []).append(f"{who} · {words}")
    with override(found.language):
        title, rows = _("Positions told to all"), [
            {"called": found.called[line.key], "lines": by[line.key]} for line in found.lines if line.key in by
        ]  # fmt: skip
    return {"language": found.language, "title": title, "rows": rows}


def _side_by_side(found: Sequence[Exported]) -> list[list[Line | None]]:
    by = [{line.key: line for line in each.lines} for each in found]
    order = [line.key for line in found[0].lines]
    known = set(order)
    for each in found[1:]:
        for before, line in pairwise([None, *each.lines]):
            if line is not None and line.key not in known:
                # What only another language draws stands where it stands there.
                order.insert(order.index(before.key) + 1 if before is not None else 0, line.key)
                known.add(line.key)
    return [[lines.get(key) for lines in by] for key in order]


def _set(
    title: str, language: str, mark: str, made: datetime, body: dict[str, Any], about: Sequence[str] = ()
) -> bytes:
    told = {"heading": title, "about": list(about), **body}
    try:
        return set_paper("text", told, language=language, title=title, made=made, marking=mark, running=title)
    except CannotSet as fault:
        raise Refusal(_("The text could not be set: %(fault)s") % {"fault": fault}) from fault


def columns_docx_of(found: Sequence[Exported]) -> bytes:
    """The languages of the text beside each other, as a Word file; what is attached and the footnotes are its last rows."""
    from sofra.texts.engine.docx_columns import Column, columns_docx

    names, table = language_names(), _side_by_side(found)
    last = max(len(each.below) for each in found)
    columns = []
    for place, each in enumerate(found):
        cells = [render_content(line.whole) if line is not None else "" for line in (row[place] for row in table)]
        resting = [*each.below, *[""] * (last - len(each.below))]
        columns.append(Column(each.language, names.get(each.language, each.language), (*cells, *resting)))
    return columns_docx(columns, title=found[0].title, before=[found[0].mark] if found[0].mark else [])


def clean_docx_of(found: Exported) -> bytes:
    """The text as a Word file without tracked changes: brackets stand in it as they are written."""
    from sofra.texts.engine.docx import write
    from sofra.texts.engine.presence import Block, Stretch

    blocks = [Block((Stretch(render_content(each.content), True),)) for each in found.tree.paragraphs]
    return write(blocks, title=found.title)


# -- two versions


@dataclass(frozen=True)
class Side:
    """A version that is compared: what it is called, when it stood, its paragraphs by identity, what rested on it."""

    name: str
    at: datetime
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Compared:
    """Two versions of a text in one language, as one list of changes."""

    first: Side
    second: Side
    changes: list[Change]
    title: str
    language: str
    mark: str


def compared(meeting: Meeting, text: Text, language: str, first: Version | None, second: Version | None) -> Compared:
    """Compare two circulated versions; None is the text as it stands for all. Raises Refusal as exported() does."""
    assert meeting.format is not None
    members = members_on(meeting.format)
    profile = require_profile(meeting, [language], members)
    if profile.persons_only:
        raise Refusal(
            _("The profile names persons only, and brackets name delegations. No file of the text can be made.")
        )
    titled: Any = text
    with naming.under(profile), override(language):
        notes = [(f"footnote {number}", each) for number, each in enumerate(footnotes_of(profile, members, language))]
        sides = [_side(meeting, text, language, each, notes) for each in (first, second)]
    changes = compare_versions(sides[0].lines, sides[1].lines)
    return Compared(
        sides[0], sides[1], changes, str(titled.worded.get("title", "")), language, exercise_mark(meeting, language)
    )


def _side(meeting: Meeting, text: Text, language: str, version: Version | None, notes: list[tuple[str, str]]) -> Side:
    if version is None:
        found = exported(meeting, text, language)
        frozen = [each.as_frozen() for each in paragraphs_now(text) if each.shared and not each.placing.gone]
        name, at = _("As it stands"), found.at
    else:
        frozen, at = version.content["paragraphs"], version.at
        name = _("Version %(number)s") % {"number": version.number}
    lines = []
    for each in frozen:
        said = for_reader(content(each["content"].get(language, "")), language)
        line = Line("", "", 0, each["number"], said, STATUS_MARKS.get(each["status"], ""))
        lines.append((each["paragraph"], render_content(line.whole)))
    statements = statements_at(text, language, None if version is None else version.at)
    return Side(name, at, [*lines, *((str(row.pk), attached(row)) for row in statements), *notes])


def comparison_docx(found: Compared) -> bytes:
    """The comparison as tracked changes: rejected they are the first version, accepted the second."""
    from sofra.texts.engine.docx import redline_docx

    changes = found.changes
    if found.mark:
        changes = [Change("same", (Piece("same", found.mark),), None, None), *changes]
    return redline_docx(changes, found.second.name)


def comparison_pdf(found: Compared) -> bytes:
    """The comparison on paper: what is gone is struck, what is new underlined."""
    rows = []
    for each in found.changes:
        kinds = {"same": "words", "gone": "gone", "new": "new"}
        runs = [{"kind": kinds[piece.what], "text": piece.words} for piece in each.pieces]
        if each.move is not None:
            runs.append({"kind": "who", "text": f" {_('moved')} ({each.move})"})
        rows.append({"kind": "operative", "level": 0, "cells": [{"number": "", "runs": runs, "mark": ""}]})
    body = {"columns": [{"name": "", "language": found.language}], "rows": rows, "resting": [], "positions": []}
    about = [f"{found.first.name} → {found.second.name}"]
    return _set(found.title, found.language, found.mark, max(found.first.at, found.second.at), body, about)
