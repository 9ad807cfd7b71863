"""The text room: the text with its brackets, who stands where beside it, what is open, and the part of it that is read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.doors import SEATED, door
from sofra.kernel.pages import actor_of, language
from sofra.meetings.views.places import address
from sofra.parties.entering import attach_entries
from sofra.texts.engine.projecting import project_content
from sofra.texts.exporting import TYPES
from sofra.texts.labels import CHAIR, label_of
from sofra.texts.lining import Lining, outline_of
from sofra.texts.models import Placing, Stance, Status
from sofra.texts.queries.crossing import crossed
from sofra.texts.queries.room import (
    CONDITIONAL,
    FALLEN,
    Line,
    Stances,
    beside_in,
    folded,
    kept_beside,
    lines_of,
    objected_in,
    objected_of,
    rows_of,
    stances_on,
    talk_on,
    words_of,
)
from sofra.texts.queries.silence import adoption_of, procedures_of, statements_on
from sofra.texts.queries.text import versions_of
from sofra.texts.views.places import Place, place_of

#: Paragraphs that are sent at once; those behind them follow when one comes to them, or by a link.
PART = 60
#: Of the versions, those that are listed; all stand in the history.
VERSIONS = 10
FILTERS: dict[str, Any] = {
    "all": _lazy("All"),
    "open": _lazy("Open"),
    "agreed": _lazy("Agreed"),
    "ours": _lazy("Ours"),
    "chair": _lazy("The chair's"),
    "blocking": _lazy("Blocking"),
}
READINGS: dict[str, Any] = {
    "brackets": _lazy("with its brackets"),
    "base": _lazy("without any proposal"),
}
FORMS = {"docx": "DOCX", "txt": "TXT", "json": "JSON", "xml": "AKN"}
#: In the margin the stance that blocks stands first; who says nothing is not named there.
_MARGIN = (
    (Stance.OBJECTS, _lazy("Objecting")),
    (CONDITIONAL, _lazy("Objecting, unless other wordings are taken")),
    (Stance.RESERVES, _lazy("Reserving")),
    (Stance.CAN_LIVE_WITH, _lazy("Can live with it")),
    (FALLEN, _lazy("Objected, until other wordings were taken")),
    (Stance.SUPPORTS, _lazy("Supporting")),
)


class _Room:
    """One reading of the text: what was asked for, what of it is there, and which part of that is sent."""

    def __init__(self, request: HttpRequest, place: Place) -> None:
        self.place, self.asked = place, request.GET
        party = actor_of(request).party_id
        self.own = label_of(party) if party else ""
        self.show = self._chosen("show", FILTERS, "all")
        self.reading = self._chosen("read", READINGS, "brackets")
        self.find = " ".join(self.asked.get("find", "").replace("\0", " ").split())[:200]
        self.lines = lines_of(place.text, place.tongue)
        self.private, self.shapes = beside_in(place.text)
        self.stances: dict[UUID, Stances] = {}
        if len(self.lines) <= PART:
            self.stances = stances_on([line.key for line in self.lines], place.tongue)
            objected = objected_of(self.stances)
        else:
            objected = objected_in(place.text, place.tongue)
        self.blocked = {
            line.key
            for line in self.lines
            if line.key in objected
            and any(one.key in objected[line.key] for point in line.points for one in point.choices)
        }
        self.shown = [line for line in self.lines if self._stands_in(line, self.show) and self._has(line)]
        first = self.asked.get("from", "")
        wanted = int(first) - 1 if first.isascii() and first.isdigit() and len(first) < 7 else 0
        self.start = max(0, min(wanted, len(self.shown) - 1))
        self.part = self.shown[self.start : self.start + PART]
        seen = self.lines if len(self.lines) <= PART else self.part
        self.crossed = crossed(
            [(line.key, line.content) for line in seen], place.tongue, language(), place.text.format_id
        )
        self.words = [(stance, str(word)) for stance, word in _MARGIN]
        self.paragraph = place.url("text_paragraph", paragraph=UUID(int=0)).partition("?")

    def _chosen(self, name: str, known: dict[str, Any], otherwise: str) -> str:
        said = self.asked.get(name, "")
        return said if said in known and (said != "ours" or self.own) else otherwise

    def _stands_in(self, line: Line, show: str) -> bool:
        match show:
            case "open":
                return line.brackets > 0
            case "agreed":
                return line.status != Status.OPEN
            case "ours":
                return line.key in self.private or self.own in line.labels
            case "chair":
                return CHAIR in line.labels
            case "blocking":
                return line.key in self.blocked
        return True

    def _has(self, line: Line) -> bool:
        return not self.find or folded(self.find) in folded(words_of(line.notation or ""))

    def query(self, **changes: Any) -> str:
        """The address of another reading: what was asked for, but for what changes. What is as usual is not said."""
        tongue = self.place.tongue if self.place.tongue != self.place.text.authoritative else ""
        said = {"in": tongue, "show": self.show, "read": self.reading, "find": self.find, **changes}
        usual = {"show": "all", "read": "brackets", "from": 1}
        kept = {key: value for key, value in said.items() if value not in ("", usual.get(key))}
        return "?" + urlencode(kept)

    def filters(self) -> list[tuple[str, Any, int, bool]]:
        """The filters: address, word, how many paragraphs, whether it is the present one."""
        return [
            (self.query(show=key), word, sum(self._stands_in(line, key) for line in self.lines), key == self.show)
            for key, word in FILTERS.items()
            if key != "ours" or self.own
        ]

    def readings(self) -> list[tuple[str, Any, bool]]:
        """The ways to read it."""
        return [(self.query(read=key), word, key == self.reading) for key, word in READINGS.items()]

    def languages(self) -> list[tuple[str, str, bool]]:
        """The languages of the text."""
        text = self.place.text
        return [
            (self.query(**{"in": code if code != text.authoritative else ""}), code, code == self.place.tongue)
            for code in text.languages
        ]

    def outline(self) -> list[dict[str, Any]]:
        """Headings with what is open under them and, in a text that is sent whole, each paragraph that is open."""
        whole = len(self.lines) <= PART
        heads = [number for number, line in enumerate(self.lines) if line.kind == Placing.Kind.HEADING]
        if not whole and len(heads) < 2:
            heads = list(range(0, len(self.lines), PART))
        starts = sorted({*heads, *(number for number, line in enumerate(self.lines) if whole and line.brackets)})
        visible = {line.key for line in self.part}
        found = []
        for place, number in enumerate(starts):
            line = self.lines[number]
            behind = starts[place + 1] if place + 1 < len(starts) else len(self.lines)
            under = self.lines[number:behind] if not whole else [line]
            part = "" if line.key in visible else self.query(show="all", find="", **{"from": number // PART * PART + 1})
            found.append(
                {
                    "url": f"{part}#p-{line.key}",
                    "called": line.called if line.kind != Placing.Kind.HEADING else words_of(line.notation or ""),
                    "heading": line.kind == Placing.Kind.HEADING,
                    "brackets": sum(each.brackets for each in under),
                    "blocked": any(each.key in self.blocked for each in under),
                }
            )
        return found

    def parts(self) -> dict[str, Any]:
        """Which paragraphs of those asked for are sent, and where the others are."""
        total, end = len(self.shown), self.start + len(self.part)
        return {
            "first": self.start + 1,
            "last": end,
            "total": total,
            "before": self.query(**{"from": max(1, self.start - PART + 1)}) if self.start else "",
            "next": self.query(**{"from": end + 1}) if end < total else "",
            "next_first": end + 1,
            "next_last": min(end + PART, total),
        }

    def sent(self, *, speaks: bool) -> list[dict[str, Any]]:
        """What the page shows of each paragraph that is sent; `speaks` says that the reader may propose.

        Lines stand together as HTML up to one that wants a template: red lines that are crossed, or who reads it.
        """
        keys = [line.key for line in self.part]
        lining = Lining(self.place.tongue, speaks=speaks)
        stances = self.stances or stances_on(keys, self.place.tongue)
        talk, rows = talk_on(keys, language()), rows_of(self.part)
        head, sign, tail = self.paragraph
        blank = str(UUID(int=0))
        found: list[dict[str, Any]] = []
        together: list[str] = []
        for line in self.part:
            base = head.replace(blank, str(line.key))
            url, propose = f"{base}{sign}{tail}", f"{base}propose/{sign}{tail}"
            told = talk.get(line.key)
            margin = self._margin(line, stances.get(line.key, {})) if line.brackets else []
            together.append(lining.begun(line, propose, self._words(line, url)))
            together.append(lining.margin(margin, self.private.get(line.key, 0), self.shapes.get(line.key, 0)))
            if told is not None and told.comment is not None:
                by = self.place.shown.party(told.by) if told.by is not None else ""
                together.append(lining.comment(by, told.comment))
            crossed, row = self.crossed.get(line.key), rows.get(line.key)
            if crossed or row is not None:
                found.append({"html": _safe(together), "crossed": crossed, "row": row})
                together = []
            together.append(lining.ended(line, url, propose, told.proposals if told else 0))
        if together:
            found.append({"html": _safe(together)})
        return found

    def _words(self, line: Line, url: str) -> str | SafeString | None:
        if line.notation is None:
            return None
        if self.reading == "brackets":
            return self.place.shown.html(line.content, line.points, url, self.own)
        return project_content(line.content) or None

    def _margin(self, line: Line, said: Stances) -> list[tuple[str, list[SafeString]]]:
        known = {one.key for point in line.points for one in point.choices}
        by: dict[str, set[UUID]] = {}
        for (choice, party), stance in said.items():
            if choice in known and party is not None:
                by.setdefault(stance, set()).add(party)
        place = self.place.shown
        return [
            (word, [place.party(each) for each in sorted(by[stance], key=place.place)])
            for stance, word in self.words
            if stance in by
        ]


def _safe(pieces: list[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 (lining.py escapes every word of it)


@door(GET=SEATED)
def text(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """The text room."""
    place = place_of(request, format, meeting, text)
    room = _Room(request, place)
    kept = kept_beside(place.text)
    adopted = adoption_of(place.text) if kept.adoptions else None
    silences = procedures_of(place.text) if kept.silences else []
    closed = adopted is not None or (bool(silences) and silences[-1].ended is None)
    may_speak = place.can("texts.speak")
    context: dict[str, Any] = {
        "meeting": place.meeting,
        "text": place.text,
        "tongue": place.tongue,
        "lines": room.sent(speaks=may_speak and not closed),
        "parts": room.parts(),
        "may_speak": may_speak,
        "closed": closed,
        "here": address("text", place.meeting, text=place.text.pk),
    }
    if "part" in request.GET and request.headers.get("HX-Request"):
        return render(request, "texts/parts/lines.html", context)
    versions = versions_of(place.text, language(), VERSIONS + 1) if kept.versions else []
    context |= {
        "outline": outline_of(room.outline()),
        "open": sum(1 for line in room.lines if line.brackets),
        "blocked": len(room.blocked),
        "crossings": room.crossed,
        "is_delegate": bool(room.own),
        "in_parts": len(room.lines) > PART,
        "paragraphs": len(room.lines),
        "filters": room.filters(),
        "readings": room.readings(),
        "languages": room.languages(),
        "find": room.find,
        "show": room.show,
        "reading": room.reading,
        "kept": [("in", place.tongue if place.tongue != place.text.authoritative else ""), ("read", room.reading)],
        "everything": room.query(show="all", find=""),
        "pen": place.text.pen,  # type: ignore[attr-defined]
        "versions": versions[:VERSIONS],
        "earlier_versions": len(versions) > VERSIONS,
        "may_chair": place.can("texts.chair"),
        "may_pen": place.can("texts.pen"),
        "forms": [(form, name) for form, name in FORMS.items() if form in TYPES],
        "statements": _statements(place) if kept.statements else [],
        "running": next((each for each in silences if each.state == "running"), None),
        "silence": silences[-1] if silences else None,
        "adopted": adopted,
    }
    return render(request, "texts/text.html", context)


def _statements(place: Place) -> list[Any]:
    rows: list[Any] = list(statements_on(place.text, language()))
    attach_entries(rows)
    for row in rows:
        row.place = place.shown.place(row.owner_party_id)
        row.mine = row.owner_party_id == actor_of(place.request).party_id
    return rows
