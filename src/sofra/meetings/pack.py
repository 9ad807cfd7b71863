"""The sections that meetings bring to the pack of a meeting: only what was written, as the actor may read it, and headings.

Everything here is plain data (kernel.rooms.PackSection), so that the page for print and the typesetter set the same.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.engine.papers import PDF_TYPE
from sofra.kernel.files import read_file
from sofra.kernel.models import File
from sofra.kernel.typesetting import pages_of
from sofra.kernel.wordings import Worded
from sofra.lexicon.naming import party_name
from sofra.meetings.engine.marking import blocks
from sofra.meetings.models import Delegate, Document, Meeting, Outcome
from sofra.meetings.programme_lines import Writer, day_title
from sofra.meetings.queries.agenda import agenda_of, version_lines
from sofra.meetings.queries.circulation import CURRENT, documents_of
from sofra.meetings.queries.delegations import Team, teams_of
from sofra.meetings.queries.outcomes import outcomes_of
from sofra.meetings.queries.profile import RELEASED, require_profile
from sofra.meetings.queries.programme import published

Block = dict[str, Any]


def said(text: Worded | None) -> dict[str, str]:
    """A text with its language; empty where there is none."""
    return {"text": text.text, "language": text.language} if text is not None else {"text": "", "language": ""}


def written(text: str, language: str) -> list[Block]:
    """The blocks of a text written in place."""
    return [
        {
            "kind": block.kind,
            "language": language,
            "lines": [[{"text": run.text, "emphasis": run.emphasis} for run in line] for line in block.lines],
        }
        for block in blocks(text)
    ]


def point(label: str, title: dict[str, str], about: Iterable[str] = (), body: Iterable[Block] = ()) -> dict[str, Any]:
    """An entry of a list: what stands before it, its title, what is said of it in small, what is written under it."""
    return {"label": label, "title": title, "about": [each for each in about if each], "body": list(body)}


def points(rows: list[dict[str, Any]]) -> Block:
    """A list of entries."""
    return {"kind": "points", "points": rows}


def held(file: File, language: str) -> Block:
    """A document that was handed in as a file: said in one line, and in the paper set page by page where it is a PDF."""
    sentence = _("The text is in a file of its own: %(name)s") % {"name": file.name}
    lines = [[{"text": sentence, "emphasis": True}]]
    return {"kind": "held", "language": language, "lines": lines, "file": str(file.pk), "name": file.name}


def with_pages(sections: list[dict[str, Any]]) -> dict[str, bytes]:
    """Say at every held document how many pages of it the paper sets (`pages`), and answer the PDFs they are taken from."""
    found: dict[str, bytes] = {}
    for block in (block for section in sections for block in section["blocks"] if block["kind"] == "held"):
        kept = read_file(UUID(block["file"]))
        if kept is None or kept[0].media_type != PDF_TYPE:
            continue
        block["pages"] = pages_of(kept[1])
        if block["pages"]:
            found[block["file"]] = kept[1]
    return found


def heading(text: str, language: str) -> Block:
    """A heading within a section."""
    return {"kind": "heading", "language": language, "lines": [[{"text": text, "emphasis": False}]]}


def agenda(meeting: Meeting, language: str) -> dict[str, Any] | None:
    """The adopted version; where none is, the items as they stand, which is said."""
    found = agenda_of(meeting, language)
    if found.adopted is not None:
        lines = version_lines(found.adopted, language)
        sentence = _("As adopted, version %(number)s.") % {"number": found.adopted.number}
    else:
        lines = [
            {
                "title": item.worded.get("title"),  # type: ignore[attr-defined]
                "note": item.worded.get("note"),  # type: ignore[attr-defined]
                "proposer": item.owner_party_id,
                "cosponsors": [act.owner_party_id for act in item.cosponsors],  # type: ignore[attr-defined]
                "theme_rows": item.theme_rows,  # type: ignore[attr-defined]
            }
            for item in found.items
        ]
        sentence = _("As it stands; not adopted.")
    if not lines:
        return None
    rows = []
    for number, line in enumerate(lines, 1):
        note = line["note"]
        rows.append(
            point(
                str(number), said(line["title"]), _of(line, language),
                written(note.text, note.language) if note and note.text else (),
            )
        )  # fmt: skip
    return {"title": _("Agenda"), "said": [sentence], "blocks": [points(rows)]}


def _of(line: dict[str, Any], language: str) -> list[str]:
    found = []
    if line["proposer"]:
        found.append(_("Proposed by: %(party)s") % {"party": party_name(line["proposer"], language).text})
    if line["cosponsors"]:
        names = ", ".join(party_name(party, language).text for party in line["cosponsors"])
        found.append(_("Co-sponsored by: %(parties)s") % {"parties": names})
    themes = ", ".join(str(theme.worded["title"]) for theme in line["theme_rows"] if "title" in theme.worded)
    return [*found, themes]


def annotated_agenda(meeting: Meeting, language: str) -> dict[str, Any] | None:
    """The annotated agenda that was released and stands."""
    return _documents(meeting, language, Document.Kind.ANNOTATED_AGENDA, _("Annotated agenda"))


def for_decision(meeting: Meeting, language: str) -> dict[str, Any] | None:
    """The documents for decision that were released and stand."""
    return _documents(meeting, language, Document.Kind.DECISION, _("Documents for decision"))


def standing_documents(meeting: Meeting, language: str, kinds: Iterable[str]) -> list[Any]:
    """Documents of some kinds that were released and stand, each with something in it."""
    rows: list[Any] = [line.current for line in documents_of(meeting, language)]
    return [row for row in rows if row is not None and row.kind in kinds and row.state == CURRENT and row.contents]


def documents_in(meeting: Meeting, language: str, *, with_files: bool) -> list[Document]:
    """The documents whose words stand in a pack: who opens it opens them. The PDF holds the pages of PDF files, too."""
    kinds = (Document.Kind.ANNOTATED_AGENDA, Document.Kind.DECISION)
    found = []
    for row in standing_documents(meeting, language, kinds):
        first = row.contents[0]
        file = first["held"].file if with_files and first["held"] is not None else None
        if first["text"] or (file is not None and file.media_type == PDF_TYPE):
            found.append(row)
    return found


def _documents(meeting: Meeting, language: str, kind: str, title: str) -> dict[str, Any] | None:
    found: list[Block] = []
    for row in standing_documents(meeting, language, (kind,)):
        content = row.contents[0]
        found.append(heading(content["title"] or str(row.worded.get("title", "")), content["language"]))
        found += written(content["text"], content["language"])
        if content["held"] is not None and not content["text"]:
            found.append(held(content["held"].file, language))
    return {"title": title, "said": [], "blocks": found} if found else None


def programme(meeting: Meeting, language: str) -> dict[str, Any] | None:
    """The programme as it was published, day by day; what was called off is left out."""
    found = published(meeting, language)
    found.blocks = [block for block in found.blocks if not block.cancelled]
    writer = _Plain(found, meeting.zone, language)
    made: list[Block] = []
    for day in writer.days():
        rows = []
        for line in day.lines:
            about = [line.kind, said(line.room)["text"], line.takes_part]
            if line.interpretation:
                about.append(_("Interpretation: %(languages)s") % {"languages": line.interpretation})
            content = line.block.content
            people = writer.plain(content["people"])
            body = [points(entries)] if (entries := writer.points_of(content["entries"])) else []
            note = written(line.note.text, line.note.language) if line.note.text else []
            rows.append(point(line.when, said(line.title), [*about, people], [*note, *body]))
        made += [heading(day_title(day.date), language), points(rows)]
    return {"title": _("Programme"), "said": [], "blocks": made} if made else None


class _Plain(Writer):
    """Writes a programme's people and entries as plain texts."""

    def _span(self, text: str, language: str) -> str:
        return html.escape(text)

    def _grid(self, lines: list[Any]) -> None:
        return None

    def plain(self, parts: Iterable[Any]) -> str:
        """Those who have a part."""
        return html.unescape(str(self.people(parts)))

    def points_of(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """A session's entries."""
        from datetime import datetime

        found = []
        for row in rows:
            when = ""
            if row["begins"]:
                ends = datetime.fromisoformat(row["ends"]) if row["ends"] else None
                when = self.span(datetime.fromisoformat(row["begins"]), ends)
            note = wordings.choose(row["note"], self.language)
            title = said(wordings.choose(row["title"], self.language))
            found.append(
                point(when, title, [self.plain(row["people"])], written(note.text, note.language) if note.text else ())
            )
        return found


def participants(meeting: Meeting, language: str) -> dict[str, Any] | None:
    """The delegations in the profile's order, with the names they released to all members. Raises Refusal as the profile does."""
    teams = [
        (team, [each for each in team.people if each.audience in RELEASED]) for team in teams_of(meeting, language)
    ]
    profile = require_profile(meeting)
    members = {team.party.pk: (team, people) for team, people in teams if not team.observes}
    if profile.persons_only:
        members = {key: each for key, each in members.items() if key in profile.persons}
    order = profile.order(list(members), language)
    observers = [each for each in teams if each[0].observes and (each[1] or not profile.persons_only)]
    rows = [_team(*members[key], language, profile.persons_only) for key in order]
    made = [points(rows)] if rows else []
    if observers and not profile.persons_only:
        names = [team.party.pk for team, _people in observers]
        named = {team.party.pk: (team, people) for team, people in observers}
        made.append(heading(_("Observers"), language))
        made.append(points([_team(*named[key], language, False) for key in profile.order(names, language)]))
    return {"title": _("Participants"), "said": [], "blocks": made} if made else None


def _team(team: Team, people: list[Delegate], language: str, persons_only: bool) -> dict[str, Any]:
    title = "" if persons_only else party_name(team.party, language).text
    rows = []
    for each in people:
        function = each.worded.get("function")  # type: ignore[attr-defined]
        about = [str(function) if function else "", str(Delegate.Place(each.place).label)]
        rows.append(point("", {"text": each.name, "language": ""}, about))
    about = [] if people else [_("No names released.")]
    return point("", {"text": title, "language": language}, about, [points(rows)] if rows else ())


def last_meeting(meeting: Meeting) -> Meeting | None:
    """The meeting before this one that was closed."""
    rows = Meeting.objects.filter(format=meeting.format_id, day__lt=meeting.day, status=Meeting.Status.CLOSED)
    return rows.exclude(kind=Meeting.Kind.PREPARATORY).first()


def last_outcomes(before: Meeting, language: str) -> list[Any]:
    """What a meeting ended with, as far as it was released."""
    rows: list[Any] = outcomes_of(before, language)
    return [row for row in rows if row.released_at and row.withdrawn_at is None and row.kind != Outcome.Kind.NONE]


def last_outcome(meeting: Meeting, language: str) -> dict[str, Any] | None:
    """What the meeting before this one ended with, as far as it was released."""
    before = last_meeting(meeting)
    if before is None:
        return None
    found: list[Block] = []
    for row in last_outcomes(before, language):
        title, body = row.worded["title"], row.worded["body"]
        kind = str(row.get_kind_display())
        label = f"{kind[:1].upper()}{kind[1:]} {row.number or ''}".strip()
        found.append(points([point(label, said(title), (), written(body.text, body.language))]))
    if not found:
        return None
    wordings.attach([before], language)
    return {
        "title": _("Outcome of the last meeting"),
        "said": [str(before.worded.get("title", "")), day_title(before.day)],  # type: ignore[attr-defined]
        "blocks": found,
    }
