"""How a text is shown: brackets coloured and labelled by delegation, as HTML made in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from sofra.kernel.models import Party
from sofra.lexicon.naming import order_parties, party_name
from sofra.texts.engine.amending import Content
from sofra.texts.engine.points import Point
from sofra.texts.engine.tree import Alternative, Bracket, plain
from sofra.texts.labels import party_of, shown


class Shown:
    """Labels and hues of one page: each name is asked of the lexicon once."""

    def __init__(self, members: list[Party], language: str) -> None:
        self.language, self.own = language, ""
        self.ordered = order_parties(members, language)
        self.places: dict[UUID, int] = {party.pk: place for place, party in enumerate(self.ordered, 1)}
        self.names: dict[str, str] = {}
        self.parties: dict[UUID, SafeString] = {}

    def name(self, label: str) -> str:
        """A label in the reader's language."""
        if label not in self.names:
            self.names[label] = shown(label, self.language)
        return self.names[label]

    def place(self, party: UUID | None) -> int:
        """A party's place in the order of names; 0 for the chair and for whoever is no member any more."""
        return self.places.get(party, 0) if party is not None else 0

    def party(self, party: UUID) -> SafeString:
        """A party's name with its colour, for the margin."""
        if party not in self.parties:
            hue = f" {_hue(self.place(party))}" if self.place(party) else ""
            said = party_name(party, self.language)
            lang = f' lang="{escape(said.language)}"' if said.language != self.language else ""
            self.parties[party] = mark_safe(  # noqa: S308 (the name is escaped)
                f'<span class="party{hue}"{lang}>{escape(said.text)}</span>'
            )
        return self.parties[party]

    def who(self, each: Alternative) -> str:
        """Who stands behind an alternative, in words."""
        groups = [", ".join(map(self.name, each.supporters))] if each.supporters else []
        if each.retainers:
            groups.append(f"{', '.join(map(self.name, each.retainers))} {gettext('retain')}")
        if each.deleters:
            groups.append(f"{', '.join(map(self.name, each.deleters))} {gettext('delete')}")
        return "; ".join(groups)

    def html(self, content: Content, points: tuple[Point, ...] = (), url: str = "", own: str = "") -> SafeString:
        """A content with its brackets; with `url` each label leads to its point on that page. What the reader's `own`
        delegation stands behind is marked."""
        self.own = own
        keys = iter([each.key for each in points])
        return mark_safe("".join(self._pieces(content, keys, url)))  # noqa: S308 (every word of it is escaped below)

    def _pieces(self, content: Content, keys: Iterator[str], url: str) -> Iterator[str]:
        for node in content:
            if isinstance(node, str):
                yield escape(plain(node))
            elif isinstance(node, Bracket):
                key = next(keys, "")
                yield '<span class="text-bracket"><span class="text-edge">[</span>'
                for number, each in enumerate(node.alternatives):
                    if number:
                        yield ' <span class="text-edge">/</span> '
                    yield f'<span class="bracket{self._hue(each)}">'
                    yield from self._pieces(each.content, keys, url)
                    yield "</span>"
                    yield self._label(each, key, url)
                yield '<span class="text-edge">]</span></span>'

    def _hue(self, each: Alternative) -> str:
        first = next(iter((*each.supporters, *each.retainers, *each.deleters)), "")
        place = self.place(party_of(first)) if first else 0
        return f" {_hue(place)}" if place else ""

    def _label(self, each: Alternative, key: str, url: str) -> str:
        words = escape(self.who(each) or gettext("as it stood"))
        own = " is-own" if self.own and self.own in (*each.supporters, *each.retainers, *each.deleters) else ""
        if not url:
            return f' <span class="text-who{own}">{words}</span>'
        return f' <a class="text-who{own}" href="{escape(url)}#point-{key}">{words}</a>'


def _hue(place: int) -> str:
    return f"hue-{(place - 1) % 12 + 1}"
