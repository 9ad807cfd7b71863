"""The register of rooms: what each brings to the house, said in its room.py and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps

from sofra.kernel.acting import Actor
from sofra.kernel.doors import ANYONE, Roles


@dataclass(frozen=True)
class Nav:
    """An entry of navigation. `place` is "house" or "meeting"; a meeting's entries are reversed with its slugs.

    `key` is the letter after `g` on the keyboard, `order` the place in the list (a meeting's life: Overview 10, Agenda 20,
    Delegations 30, Programme 40, Bilaterals 50, Texts 60, Decisions 70, Follow-up 80, Record 90). `when(meeting)` says whether
    a meeting's entry has anything behind it yet; it may ask the row, and never the database.
    """

    label: Any
    url_name: str
    place: str = "house"
    order: int = 50
    key: str = ""
    roles: Roles = ANYONE
    when: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class DeskItem:
    """Something that waits for the actor: what, where, and until when (`due` with its zone's name)."""

    title: Any
    url: str
    due: datetime | None = None
    zone: str = ""
    kind: Any = ""
    note: Any = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Card:
    """How a room presents one of its rows in a list of changes: a title in the reader's language and its page."""

    title: Any
    url: str


@dataclass(frozen=True)
class PackSection:
    """A section of the pack of a meeting. `read(meeting, language)` answers it as the actor may read it, in plain data.

    It answers {"title", "said": [sentences], "blocks": [...]}, where a block is a paragraph, a heading, bullets, numbers
    (`lines` of runs), `held` (a document that is a file: `lines`, `file`, `name`) or `points` (label, title, about, body);
    None leaves the section out. Only what was written stands in it,
    and fixed headings. `order` is its place: agenda 10, annotated agenda 20, programme 30, participants 40, outcome of the
    last meeting 50, commitments 60, documents for decision 70. `words(meeting, language)` answers rows whose words stand in
    it, each with those words by field and language, for whoever looks them over before the pack is handed on.
    """

    key: str
    order: int
    read: Callable[[Any, str], dict[str, Any] | None]
    words: Callable[[Any, str], Iterable[tuple[Any, dict[str, dict[str, str]]]]] | None = None


@dataclass(frozen=True)
class AfterLine:
    """One thing to be done after a meeting: what it is, whether it is done (None: nothing is asked), and what tells so.

    `said` are sentences about what stands, `rows` what it is about (title, url), `act` what can be done (words, url).
    """

    what: Any
    done: bool | None
    said: tuple[Any, ...] = ()
    rows: tuple[tuple[Any, str], ...] = ()
    act: tuple[Any, str] | None = None


@dataclass(frozen=True)
class AfterPart:
    """A part of the page "After the meeting". `read(meeting, actor, language)` answers its lines, worked out from the rows.

    `order` is its place: attendance 10, texts 20, decisions 30, commitments 40, who knows 50, record 60, closing 70, next 80.
    """

    key: str
    title: Any
    order: int
    read: Callable[[Any, Actor, str], Iterable[AfterLine]]


@dataclass(frozen=True)
class FromText:
    """What can be recorded from passages of an issued text: `label` on the button, the route `url_name`.

    The route takes format, meeting, outcome and issue; the passages stand in its query (`language`, `paragraph`).
    """

    label: Any
    url_name: str
    order: int


@dataclass(frozen=True)
class Room:
    """What a room brings.

    `api` is where its routes of the REST interface are, e.g. "sofra.lexicon.api.router"; the frame loads them with the URLs.
    `desk(actor)` answers its waiting items. `cards[label_lower](ids, language)` answers cards by id for change rows.
    `changes[kind]` is the sentence for a change, e.g. _("Item proposed"). `found[kind]` is what a kind of search document is
    called beside its title. `home(actor, language)` answers template name and context of its part of the public home page,
    or None where it has nothing to show; `home_order` is that part's place there, the room's own where it is left out.
    `record_sections[name](rows)` loads a section of a record file and answers how many rows changed; `record_loaded()` runs
    once all sections are in, in the same transaction.
    `samples[url_name](world)` gives keyword arguments for the tests that walk every route; `canaries(world)` seeds rows that
    hold tokens others must never see. `opening(with_record, with_demonstration)` runs before the doors open, in the order of
    rooms, outside any transaction. `words_at[label_lower](row)` is the address at which a row's words are changed, "" where
    they are not.
    """

    name: str
    title: Any
    order: int = 50
    nav: tuple[Nav, ...] = ()
    api: str = ""
    desk: Callable[[Actor], Iterable[DeskItem]] | None = None
    cards: dict[str, Callable[[list[UUID], str], dict[UUID, Card]]] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    home: Callable[[Actor, str], tuple[str, dict[str, Any]] | None] | None = None
    home_order: int | None = None
    record_sections: dict[str, Callable[[list[dict[str, Any]]], int]] = field(default_factory=dict)
    record_loaded: Callable[[], object] | None = None
    samples: dict[str, Callable[[Any], dict[str, Any]]] = field(default_factory=dict)
    canaries: Callable[[Any], None] | None = None
    opening: Callable[[bool, bool], None] | None = None
    pack: tuple[PackSection, ...] = ()
    after: tuple[AfterPart, ...] = ()
    from_text: tuple[FromText, ...] = ()
    words_at: dict[str, Callable[[Any], str]] = field(default_factory=dict)
    calendar: Callable[[str, datetime], Iterable[Any]] | None = None


_rooms: dict[str, Room] = {}


def open_all() -> None:
    """Import every room's room.py once. Called when Django starts."""
    for config in apps.get_app_configs():
        if not config.name.startswith("sofra."):
            continue
        for module, register in (("policy", False), ("room", True)):
            if find_spec(f"{config.name}.{module}") is None:
                continue
            found = import_module(f"{config.name}.{module}")
            if register:
                _rooms[found.ROOM.name] = found.ROOM


def all_rooms() -> list[Room]:
    """Every room, in order."""
    return sorted(_rooms.values(), key=lambda room: (room.order, room.name))


def navigation(actor: Actor, place: str, meeting: Any = None) -> list[Nav]:
    """The entries of a place that the actor's role may open and that have something behind them, in order."""
    entries = [nav for room in all_rooms() for nav in room.nav if nav.place == place and actor.role in nav.roles]
    there = [nav for nav in entries if nav.when is None or (meeting is not None and nav.when(meeting))]
    return sorted(there, key=lambda nav: nav.order)


def after_parts() -> list[AfterPart]:
    """The parts of the page "After the meeting", in order."""
    return sorted((part for room in all_rooms() for part in room.after), key=lambda part: part.order)


def recorded_from_texts() -> list[FromText]:
    """What can be recorded from an issued text, in order."""
    return sorted((way for room in all_rooms() for way in room.from_text), key=lambda way: way.order)


def desk_items(actor: Actor) -> list[DeskItem]:
    """What waits for the actor in all rooms, ordered by instant; what has none comes last."""
    items = [item for room in all_rooms() if room.desk for item in room.desk(actor)]
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(items, key=lambda item: (item.due is None, item.due or item.since or last, str(item.title)))


def cards(label: str, ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Cards for rows of one table, from the room that owns it; empty where no room presents it."""
    for room in all_rooms():
        if label in room.cards:
            return room.cards[label](ids, language)
    return {}


def change_sentence(kind: str) -> Any:
    """The sentence for a kind of change, or the kind itself where no room wrote one (a test holds that none is missing)."""
    for room in all_rooms():
        if kind in room.changes:
            return room.changes[kind]
    return kind


def found_word(kind: str) -> Any:
    """What a kind of search document is called, from the room that writes such (a test holds that none is missing)."""
    for room in all_rooms():
        if kind in room.found:
            return room.found[kind]
    return kind


def pack_words(meeting: Any, language: str) -> list[tuple[Any, dict[str, dict[str, str]]]]:
    """Rows whose words stand in a meeting's pack, in its order, with those words."""
    sections = sorted((each for room in all_rooms() for each in room.pack), key=lambda each: each.order)
    return [found for each in sections if each.words is not None for found in each.words(meeting, language)]


def words_at(label: str, row: Any) -> str:
    """The address at which a row's words are changed, from the room that owns it; "" where there is none."""
    for room in all_rooms():
        if label in room.words_at:
            return room.words_at[label](row)
    return ""


def pack_sections(meeting: Any, language: str) -> list[dict[str, Any]]:
    """The sections of a meeting's pack that have something for the actor, in order, each with its `key`."""
    found = []
    for section in sorted((each for room in all_rooms() for each in room.pack), key=lambda each: each.order):
        read = section.read(meeting, language)
        if read is not None:
            found.append({**read, "key": section.key})
    return found


def calendar_events(language: str, since: datetime) -> list[Any]:
    """What rooms bring to the actor's calendar."""
    return [event for room in all_rooms() if room.calendar is not None for event in room.calendar(language, since)]


def home_parts(actor: Actor, language: str) -> list[tuple[str, dict[str, Any]]]:
    """What rooms bring to the home page, template and context each, in their order there."""
    brought = [room for room in all_rooms() if room.home]
    brought.sort(key=lambda room: room.order if room.home_order is None else room.home_order)
    parts = [room.home(actor, language) for room in brought if room.home]
    return [part for part in parts if part is not None]
