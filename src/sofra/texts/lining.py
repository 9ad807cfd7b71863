"""The lines of the text room as HTML, put together by hand: a template of as many pieces took three times as long."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from sofra.texts.models import Status
from sofra.texts.queries.room import Line


class Lining:
    """The words that every line of a page needs, each asked of the catalogue once. `tongue` is the language of the text,
    `speaks` says that the reader may propose."""

    def __init__(self, tongue: str, *, speaks: bool) -> None:
        self.speaks, self.lang = speaks, _lang(tongue)
        self.words = {
            "points": escape(gettext("Positions")),
            "paragraph": escape(gettext("The paragraph")),
            "propose": escape(gettext("Propose")),
            "missing": escape(gettext("No wording in this language")),
            "left_out": escape(gettext("This paragraph is left out")),
        }

    def begun(self, line: Line, propose: str, html: str | None) -> str:
        """The beginning of a line, with its words (`html` None says that there are none) and how far it is agreed; what stands
        beside it follows."""
        kind = f"claim text-line text-{line.kind} text-level-{line.level}"
        marks = f"{' data-open' if line.brackets else ''}{self._box(line, propose)}"
        lang = f' lang="{self.lang}"' if html is not None else ""
        status = _status(str(Status(line.status).label)) if line.status != Status.OPEN else ""
        return (
            f'<li class="{kind}" id="p-{line.key}"{marks}><div class="said"{lang}>{self._said(line, html)}</div>'
            f'<div class="sidenote">{status}'
        )

    def _said(self, line: Line, html: str | None) -> str:
        number = f'<span class="text-number">{escape(line.number)}</span>' if line.number else ""
        if html is None:
            why = "missing" if line.notation is None else "left_out"
            return f'{number}<span class="quiet">{self.words[why]}</span>'
        tag = "h2" if line.kind == "heading" else "p"
        return f"{number}<{tag}>{conditional_escape(html)}</{tag}>"

    def comment(self, by: str, said: Any) -> str:
        """The latest comment, shortened; `by` is its delegation, as HTML."""
        words = escape(Truncator(said.text).chars(140))
        return f'<span class="text-comment">{by} <q lang="{_lang(said.language)}">{words}</q></span>'

    def _box(self, line: Line, propose: str) -> str:
        return f' data-box="{escape(propose)}"' if self._open(line) else ""

    def _open(self, line: Line) -> bool:
        return self.speaks and line.status == "open" and line.notation is not None

    def margin(self, stances: Iterable[tuple[str, list[SafeString]]], private: int, shapes: int) -> str:
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
        return "".join(found)

    def ended(self, line: Line, url: str, propose: str, proposals: int) -> str:
        """Where one gets from a line (its positions, its proposals, the box), and its end."""
        hidden = f'<span class="visually-hidden"> {escape(line.called)}</span></a>'
        found = [f'<a href="{escape(url)}">{self.words["points" if line.brackets else "paragraph"]}{hidden}']
        if proposals:
            said = ngettext("%(n)s proposal", "%(n)s proposals", proposals) % {"n": proposals}
            found.append(f'<a href="{escape(url)}#proposals">{escape(said)}{hidden}')
        if self._open(line):
            found.append(f'<a class="no-print" href="{escape(propose)}">{self.words["propose"]}{hidden}')
        return f'<span class="text-ways">{"".join(found)}</span></div></li>'


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


@lru_cache(maxsize=64)
def _lang(code: str) -> str:
    return render_to_string("texts/parts/lang.html", {"code": code})


@lru_cache(maxsize=64)
def _status(word: str) -> str:
    return render_to_string("texts/parts/status.html", {"word": word})


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 (every word of it is escaped where it is put in)
