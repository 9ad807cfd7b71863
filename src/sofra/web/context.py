"""What every page knows: where it stands, who is reading, which rooms there are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sofra.kernel import rooms
from sofra.kernel.acting import GUEST, Actor
from sofra.kernel.models import Role
from sofra.web import languages
from sofra.web.names import party_names

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Entry:
    """One entry of navigation as the page shows it.

    `current` is what aria-current says of it: "page" for this very page, "true" for the room the page stands in, empty for
    all others. `within` marks the room around that room: inside a meeting, the house's list of meetings.
    """

    label: Any
    url: str
    key: str
    current: str = ""
    within: bool = False

    @property
    def line(self) -> str:
        """The entry as an item of a list, as HTML."""
        key = f' data-key="{escape(self.key)}"' if self.key else ""
        mark = f' aria-current="{self.current}"' if self.current else ' class="within"' if self.within else ""
        return f'<li><a href="{escape(self.url)}"{key}{mark}>{escape(self.label)}</a></li>'


@dataclass(frozen=True)
class Group:
    """Entries under one small heading."""

    title: Any
    entries: list[Entry] = field(default_factory=list)

    @property
    def lines(self) -> SafeString:
        """The entries as HTML. A template that loops over them costs as much as the rest of the shell together."""
        return mark_safe("".join(entry.line for entry in self.entries))  # noqa: S308 (every piece of it was escaped)


@dataclass(frozen=True)
class LanguageChoice:
    """A language of the switch."""

    code: str
    name: str
    short: str
    lang: str
    url: str
    current: bool


def url_in(request: HttpRequest, code: str) -> str:
    """This page's address in another language; its query stays."""
    path = request.get_full_path()
    here = get_language() or "en"
    prefix = f"/{here}/"
    return f"/{code}/{path[len(prefix) :]}" if path.startswith(prefix) else f"/{code}/"


class House:
    """The shell's view of one request. Everything is worked out when a template first asks for it."""

    name = "Sofra"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", None) or Actor()
        self.format = getattr(request, "sofra_format", None)
        self.meeting = getattr(request, "sofra_meeting", None)

    @cached_property
    def exercise(self) -> bool:
        """Whether what the page shows is an exercise: the view says so, or the meeting is one."""
        return bool(getattr(self.request, "exercise", False) or getattr(self.meeting, "exercise", False))

    @property
    def theme(self) -> str:
        """ "light" or "dark" where the reader chose; empty follows the device."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def language(self) -> str:
        """The tag for <html lang>."""
        return languages.html_lang(get_language() or "en")

    @cached_property
    def languages(self) -> list[LanguageChoice]:
        """The complete languages, and the present one."""
        here = get_language() or "en"
        codes = [code for code, _name in languages.LANGUAGES if code in languages.COMPLETE or code == here]
        return [
            LanguageChoice(
                code,
                languages.name_of(code),
                languages.short_name(code),
                languages.html_lang(code),
                url_in(self.request, code),
                code == here,
            )
            for code in codes
        ]

    @property
    def zone(self) -> str:
        """The zone in which this page writes its instants: the meeting's; empty (UTC) where there is none."""
        return str(getattr(self.meeting, "zone", "") or "")

    @cached_property
    def seat(self) -> Any:
        """Who the reader is here: the party and the office, or the role. Empty for a visitor."""
        if self.actor.role == GUEST:
            return _("No seat")
        if not self.actor.seated:
            return ""
        role = Role(self.actor.role).label
        if self.actor.party_id is None:
            return role
        name = party_names([self.actor.party_id]).get(self.actor.party_id, "")
        return name or role

    @cached_property
    def format_title(self) -> str:
        """The format's name as the view worded it."""
        return title_of(self.format)

    @cached_property
    def meeting_title(self) -> str:
        """The meeting's name as the view worded it."""
        return title_of(self.meeting)

    @property
    def format_url(self) -> str:
        """The format's page."""
        return str(getattr(self.format, "url", "") or "")

    @cached_property
    def meeting_url(self) -> str:
        """The meeting's first page: the first entry of its rooms."""
        return self._of_meeting[0].url if self._of_meeting else ""

    @cached_property
    def navigation(self) -> list[Group]:
        """The rooms of the meeting, where the page stands in one, and those of the house."""
        groups = []
        if self.meeting is not None:
            groups.append(Group(_("This meeting"), self._of_meeting))
        groups.append(Group(_("The house"), list(house_entries(self.actor.role, get_language() or "en"))))
        here = current_url(self.request.path, [entry.url for group in groups for entry in group.entries])
        return [_marked(group, here, self.request.path) for group in groups if group.entries]

    @property
    def keys(self) -> SafeString:
        """The keys that lead to the rooms, as HTML."""
        found = [entry for group in self.navigation for entry in group.entries if entry.key]
        line = "<dt><kbd>g</kbd> <kbd>{}</kbd></dt><dd>{}</dd>\n"
        return format_html_join("", line, ((entry.key, entry.label) for entry in found))

    @property
    def sign_in_url(self) -> str:
        """Where one signs in; empty where that is not built in."""
        return known("account_login")

    @property
    def sign_out_url(self) -> str:
        """Where one signs out."""
        return known("account_logout")

    @property
    def seats_url(self) -> str:
        """Where one chooses the seat one acts as."""
        return known("seats")

    @property
    def desk_url(self) -> str:
        """The reader's desk."""
        return known("desk")

    @cached_property
    def _of_meeting(self) -> list[Entry]:
        if self.meeting is None:
            return []
        kwargs = url_kwargs(self.meeting, self.format)
        found = rooms.navigation(self.actor, "meeting", self.meeting)
        return [Entry(str(nav.label), reverse(nav.url_name, kwargs=kwargs), nav.key) for nav in found]


@cache
def house_entries(role: str, language: str) -> tuple[Entry, ...]:
    """The rooms of the house for a role, in the language in use: they never change while the house is open."""
    found = rooms.navigation(Actor(role=role), "house")
    return tuple(Entry(str(nav.label), reverse(nav.url_name), nav.key) for nav in found)


def _marked(group: Group, here: str, path: str) -> Group:
    """The group with the one entry that is current on the whole page, or the one around it in another group."""
    mark = "page" if here == path else "true"
    if any(entry.url == here for entry in group.entries):
        return Group(
            group.title, [replace(entry, current=mark if entry.url == here else "") for entry in group.entries]
        )
    around = current_url(here, [entry.url for entry in group.entries]) if here else ""
    return Group(group.title, [replace(entry, within=entry.url == around) for entry in group.entries])


def current_url(path: str, urls: list[str]) -> str:
    """The entry under which a page stands: the longest address that the page's own begins with."""
    home = f"/{get_language() or 'en'}/"
    under = [url for url in urls if path == url or (url != home and path.startswith(url))]
    return max(under, key=len, default="")


def title_of(place: Any) -> str:
    """What a format or meeting is called: its `title`, or the wording a view attached."""
    if place is None:
        return ""
    title = getattr(place, "title", "")
    if title:
        return str(title)
    worded = getattr(place, "worded", {})
    return str(worded.get("title") or worded.get("name") or "")


def url_kwargs(meeting: Any, of_format: Any) -> dict[str, Any]:
    """The arguments of a meeting's routes: its own `url_kwargs`, or the slugs of format and meeting."""
    own = getattr(meeting, "url_kwargs", None)
    if own:
        return dict(own)
    return {"format": of_format.slug, "meeting": meeting.slug} if of_format is not None else {"meeting": meeting.slug}


def known(name: str) -> str:
    """The address of a route of another floor; empty where that room is not built in."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def house(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"house": House(request)}
