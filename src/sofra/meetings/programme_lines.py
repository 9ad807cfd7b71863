"""How a programme is written down for a page: days, blocks, entries, people.

Entries and the people in them come as finished HTML: a template that is included two hundred times costs more processor time
than everything else on the page together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dateformat
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sofra.kernel import wordings
from sofra.kernel.models import Audience
from sofra.lexicon.naming import order_parties, party_name
from sofra.meetings.engine.daygrid import Grid, Item, lay_out
from sofra.meetings.engine.programme import Content, anchor_of, by_day
from sofra.meetings.models import ProgrammePart, Session
from sofra.meetings.queries.programme import Block, Programme

SPEAKER = str(ProgrammePart.Role.SPEAKER)
#: What differs from the published programme, in words.
PARTS = {
    "time": gettext_lazy("time"),
    "title": gettext_lazy("title"),
    "kind": gettext_lazy("kind"),
    "room": gettext_lazy("room"),
    "takes_part": gettext_lazy("who takes part"),
    "languages": gettext_lazy("interpretation"),
    "people": gettext_lazy("people"),
    "entries": gettext_lazy("entries"),
    "note": gettext_lazy("note"),
    "shown_to": gettext_lazy("whom it is shown to"),
    "side": gettext_lazy("side event"),
    "cancelled": gettext_lazy("cancelled"),
}


@dataclass
class Line:
    """A session as a page shows it."""

    block: Block
    anchor: str
    day: str
    when: str
    title: wordings.Worded
    kind: str
    room: wordings.Worded | None
    takes_part: str
    interpretation: str
    note: wordings.Worded
    people: SafeString
    entries: SafeString
    mark: str = ""
    differs: str = ""


@dataclass
class Day:
    """A day of the programme, with its picture."""

    date: date
    title: str
    anchor: str
    lines: list[Line] = field(default_factory=list)
    grid: Grid | None = None

    @property
    def drawing(self) -> SafeString:
        """What stands in its picture."""
        return mark_safe(self.grid.drawing() if self.grid else "")  # noqa: S308 (the engine escapes every text)


def day_title(day: date) -> str:
    """A day in full."""
    return dateformat.format(day, pgettext("day with its weekday", "l j F Y"))


class Writer:
    """Writes the lines of one programme in one language."""

    def __init__(self, found: Programme, zone: str, language: str) -> None:
        self.found, self.zone, self.language = found, ZoneInfo(zone), language
        self.kinds = {value: str(label) for value, label in Session.Kind.choices}
        self.roles = {value: str(label) for value, label in ProgrammePart.Role.choices}
        self.takes = {value: str(label) for value, label in Session.TakesPart.choices}
        self.tongues = {code: str(_(name)) for code, name in settings.LANGUAGES}
        self.between = pgettext("clock to the minute", "H:i")[1:-1]
        self.parties: dict[str, str] = {}
        self.titles: dict[date, str] = {}
        self.parts: dict[tuple[str | None, ...], str] = {}

    def days(self) -> list[Day]:
        """The programme day by day, each with its picture."""
        found = []
        for day, blocks in by_day(self.found.blocks, self.zone.key):
            lines = [self.line(block, day) for block in blocks]
            found.append(Day(day, self.title(day), f"day-{day.isoformat()}", lines, self._grid(lines)))
        return found

    def line(self, block: Block, day: date | None = None) -> Line:
        """One session."""
        content = block.content
        room = content["room"]
        title = wordings.choose(content["title"], self.language)
        kind = self.kinds.get(content["kind"], "")
        return Line(
            block=block,
            anchor=anchor_of(content),
            day=self.title(day) if day else "",
            when=self.span(block.begins, block.ends, day) if block.begins else "",
            title=title,
            kind=_("side event") if content["side"] else kind if kind.casefold() != title.text.casefold() else "",
            room=wordings.choose(room["name"], self.language) if room else None,
            takes_part=self.who(content),
            interpretation=", ".join(self.tongues.get(code, code) for code in content["languages"]),
            note=wordings.choose(content["note"], self.language),
            people=self.people(content["people"]),
            entries=self.entries(content["entries"]),
            mark="cancelled" if block.cancelled else "new" if block.new else "changed" if block.changed else "",
            differs=", ".join(str(PARTS[part]) for part in block.changed) if not block.new else "",
        )

    def title(self, day: date) -> str:
        """A day in full, worded once."""
        if day not in self.titles:
            self.titles[day] = day_title(day)
        return self.titles[day]

    def clock(self, local: datetime) -> str:
        """The time of day of a local time."""
        return f"{local.hour:02}{self.between}{local.minute:02}"

    def span(self, begins: datetime, ends: datetime | None, day: date | None = None) -> str:
        """From when to when by the zone's clocks; an end on a later day than `day` says its day."""
        said = self.clock(begins.astimezone(self.zone))
        if ends is None:
            return said
        there = ends.astimezone(self.zone)
        until = self.clock(there)
        if day is not None and there.date() != day:
            until = f"{until} ({dateformat.format(there, pgettext('day and month', 'j F'))})"
        return f"{said}–{until}"

    def who(self, content: Content) -> str:
        """Who takes part, in words; named parties in the order of their names."""
        if content["takes_part"] != Session.TakesPart.PARTIES:
            return self.takes.get(content["takes_part"], "")
        parties = order_parties([UUID(party) for party in content["parties"]], self.language)
        return ", ".join(party_name(party, self.language).text for party in parties)

    def shown_to(self, content: Content) -> str:
        """Whom a session is shown to, in words."""
        return str(Audience(content["shown_to"]).label)

    def people(self, parts: Iterable[Content]) -> SafeString:
        """Those who have a part, as HTML; empty where there are none."""
        said = [text for part in parts if (text := self._person(part))]
        return mark_safe("; ".join(said))  # noqa: S308 (every piece of it was escaped)

    def _person(self, part: Content) -> str:
        """Somebody's part; the same person in the same role is written once."""
        if "label" in part:
            return self._written(part)
        key = (part["role"], part.get("person"), part.get("post"), part.get("party"))
        if key not in self.parts:
            self.parts[key] = self._written(part)
        return self.parts[key]

    def _written(self, part: Content) -> str:
        pieces: list[str] = []
        name = self.found.persons.get(part.get("person", ""))
        if name:
            pieces.append(escape(name[0]))
        office = self.found.offices.get(part.get("post", ""))
        if office and office.text:
            pieces.append(self._marked(office))
        if "party" in part:
            pieces.append(self._party(part["party"]))
        if "label" in part:
            pieces.append(self._marked(wordings.choose(part["label"], self.language)))
        said = ", ".join(pieces)
        role = part["role"]
        return f"{escape(self.roles[role])}: {said}" if said and role != SPEAKER else said

    def _party(self, key: str) -> str:
        """A party's name as HTML, asked for once."""
        if key not in self.parties:
            name = party_name(UUID(key), self.language)
            self.parties[key] = self._span(name.text, name.language)
        return self.parties[key]

    def entries(self, rows: Iterable[Content]) -> SafeString:
        """A session's entries as the items of a list."""
        found = []
        for row in rows:
            when = ""
            if row["begins"]:
                begins = datetime.fromisoformat(row["begins"])
                ends = datetime.fromisoformat(row["ends"]) if row["ends"] else None
                when = f'<span class="entry-when">{self.span(begins, ends)}</span> '
            title = self._marked(wordings.choose(row["title"], self.language))
            people = self.people(row["people"]) if row["people"] else ""
            with_people = f' <span class="programme-people">{people}</span>' if people else ""
            about = ""
            if row["note"]:
                about = (
                    f'<span class="programme-about">{self._marked(wordings.choose(row["note"], self.language))}</span>'
                )
            found.append(f"<li>{when}<span>{title}</span>{with_people}{about}</li>")
        return mark_safe("".join(found))  # noqa: S308 (every piece of it was escaped)

    def _marked(self, text: wordings.Worded) -> str:
        return self._span(text.text, text.language)

    def _span(self, text: str, language: str) -> str:
        if language in (self.language, ""):
            return escape(text)
        return f'<span lang="{escape(language)}">{escape(text)}</span>'

    def _grid(self, lines: list[Line]) -> Grid | None:
        if len(lines) < 2:
            return None
        nowhere = _("No room yet")
        return lay_out(
            (
                Item(
                    line.room.text if line.room else nowhere,
                    line.block.begins,
                    line.block.ends,
                    line.title.text,
                    "cancelled" if line.block.cancelled else "side" if line.block.content["side"] else "",
                )
                for line in lines
            ),
            self.zone.key,
        )


def grid_table(days: list[Day]) -> list[tuple[str, list[tuple[str, Any, Any]]]]:
    """The same as the pictures, as rows of a table: (day, [(when, room, title)])."""
    return [(day.title, [(line.when, line.room, line.title) for line in day.lines]) for day in days]
