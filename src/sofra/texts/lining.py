"""The lines of the text room as HTML, put together by hand: a template of as many pieces took three times as long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from sofra.texts.queries.room import Line


class Lining:
    """The words that every line of a page needs, each asked of the catalogue once. `speaks`: the reader may propose."""

    def __init__(self, *, speaks: bool) -> None:
        self.speaks = speaks
        self.words = {
            "points": escape(gettext("Positions")),
            "paragraph": escape(gettext("The paragraph")),
            "propose": escape(gettext("Propose")),
            "missing": escape(gettext("No wording in this language")),
            "left_out": escape(gettext("This paragraph is left out")),
        }

    def begun(self, line: Line, propose: str) -> SafeString:
        """The beginning of a line."""
        kind = f"claim text-line text-{line.kind} text-level-{line.level}"
        marks = f"{' data-open' if line.brackets else ''}{self._box(line, propose)}"
        return _safe(f'<li class="{kind}" id="p-{line.key}"{marks}>')

    def said(self, line: Line, html: str | None) -> SafeString:
        """Its words. `html` None says that there are none."""
        number = f'<span class="text-number">{escape(line.number)}</span>' if line.number else ""
        if html is None:
            why = "missing" if line.notation is None else "left_out"
            return _safe(f'{number}<span class="quiet">{self.words[why]}</span>')
        tag = "h2" if line.kind == "heading" else "p"
        return _safe(f"{number}<{tag}>{conditional_escape(html)}</{tag}>")

    def _box(self, line: Line, propose: str) -> str:
        return f' data-box="{escape(propose)}"' if self._open(line) else ""

    def _open(self, line: Line) -> bool:
        return self.speaks and line.status == "open" and line.notation is not None

    def margin(self, stances: Iterable[tuple[Any, list[SafeString]]], private: int, shapes: int) -> SafeString:
        """Who stands where, and how much is not addressed to all."""
        found = [
            f'<span class="text-margin"><b>{escape(word)}</b> {", ".join(parties)}</span>' for word, parties in stances
        ]
        if shapes:
            said = ngettext("%(n)s proposal to move, split or merge", "%(n)s proposals to move, split or merge", shapes)
            found.append(f"<span>{escape(said % {'n': shapes})}</span>")
        if private:
            said = ngettext("%(n)s proposal not addressed to all", "%(n)s proposals not addressed to all", private)
            found.append(f"<span>{escape(said % {'n': private})}</span>")
        return _safe("".join(found))

    def ways(self, line: Line, url: str, propose: str, proposals: int) -> SafeString:
        """Where one gets from a line: its positions, its proposals, the box."""
        hidden = f'<span class="visually-hidden"> {escape(line.called)}</span></a>'
        found = [f'<a href="{escape(url)}">{self.words["points" if line.brackets else "paragraph"]}{hidden}']
        if proposals:
            said = ngettext("%(n)s proposal", "%(n)s proposals", proposals) % {"n": proposals}
            found.append(f'<a href="{escape(url)}#proposals">{escape(said)}{hidden}')
        if self._open(line):
            found.append(f'<a class="no-print" href="{escape(propose)}">{self.words["propose"]}{hidden}')
        return _safe(f'<span class="text-ways">{"".join(found)}</span>')


def outline_of(entries: Iterable[dict[str, Any]]) -> SafeString:
    """The entries of an outline, each with what is open under it."""
    blocked, found = escape(gettext("blocked")), []
    for each in entries:
        said = ""
        if each["brackets"]:
            words = ngettext("%(n)s bracket", "%(n)s brackets", each["brackets"]) % {"n": each["brackets"]}
            said = f' <span class="quiet">{escape(words)}{f" · {blocked}" if each["blocked"] else ""}</span>'
        heading = ' class="is-heading"' if each["heading"] else ""
        found.append(f'<li{heading}><a href="{escape(each["url"])}">{escape(each["called"])}</a>{said}</li>')
    return _safe("".join(found))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 (every word of it is escaped where it is put in)
