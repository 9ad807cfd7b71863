"""Components of the house, for `{% load sofra %}`. docs/look.md shows each in use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel import policy
from sofra.kernel.acting import Actor
from sofra.kernel.models import Audience
from sofra.kernel.zones import zone_name
from sofra.web import icons, instants, languages, visibility
from sofra.web.context import House, url_in

register = template.Library()

# Status: its sign, its style, its word. Colour never says anything alone.
STATUS: dict[str, tuple[str, str, Any]] = {
    "open": ("ring", "", _lazy("Open")),
    "draft": ("dashed", "", _lazy("Draft")),
    "waiting": ("dashed", "", _lazy("Waiting")),
    "proposed": ("ring", "", _lazy("Proposed")),
    "accepted": ("full", "done", _lazy("Accepted")),
    "adopted": ("check", "done", _lazy("Adopted")),
    "on_time": ("ring", "on-time", _lazy("On time")),
    "due": ("half", "due", _lazy("Due")),
    "late": ("triangle", "late", _lazy("Late")),
    "done": ("check", "done", _lazy("Done")),
    "lapsed": ("cross", "", _lazy("Lapsed")),
    "withdrawn": ("dash", "", _lazy("Withdrawn")),
    "refused": ("cross", "refused", _lazy("Refused")),
    "objected": ("triangle", "refused", _lazy("Objected")),
    "broken": ("triangle", "broken", _lazy("Broken")),
    "held": ("check", "done", _lazy("Held")),
    "cancelled": ("dash", "", _lazy("Cancelled")),
}
MODALITY = {
    "expected": _lazy("expected"),
    "reported": _lazy("reported"),
    "confirmed": _lazy("confirmed"),
    "opinion": _lazy("opinion"),
}


def _house(context: Context) -> House | None:
    found = context.get("house")
    return found if isinstance(found, House) else None


def _actor(context: Context) -> Actor:
    house = _house(context)
    return house.actor if house else Actor()


def _zone(context: Context, zone: str = "") -> str:
    house = _house(context)
    return zone or (house.zone if house else "")


# -- Instants ------------------------------------------------------------


@register.filter
def instant(value: datetime | None, zone: str = "") -> str:
    """`{{ x|instant:meeting.zone }}`: "Friday 23 January 2026, 14:00 (Istanbul)"."""
    return instants.full(value, zone) if value else ""


@register.filter
def instant_exact(value: datetime | None, zones: str = "") -> str:
    """`{{ x|instant_exact:"Europe/Istanbul" }}`: to the second, there and in UTC (or a second zone after a comma)."""
    if not value:
        return ""
    first, _comma, second = zones.partition(",")
    return instants.exact(value, first.strip(), second.strip() or "UTC")


@register.filter
def day(value: date | datetime | None, zone: str = "") -> str:
    """`{{ x|day }}`: "23 January 2026"."""
    return instants.day(value, zone) if value else ""


@register.filter
def zone_city(zone: str) -> str:
    """`{{ zone|zone_city }}`: "Istanbul"."""
    return zone_name(zone)


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None, zone: str = "", exact: bool = False) -> str:
    """`{% moment x zone %}`: a <time> element in full, machine-readable too; the page's zone by default."""
    if not value:
        return ""
    there = _zone(context, zone)
    words = instants.exact(value, there) if exact else instants.full(value, there)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.inclusion_tag("web/parts/deadline.html", takes_context=True)
def deadline(context: Context, value: datetime, zone: str = "", label: Any = "") -> dict[str, Any]:
    """`{% deadline x zone label=_("Silence ends") %}`: the clock of a deadline, in its zone and yours."""
    there = _zone(context, zone)
    words, utc = instants.exact(value, there, there or "UTC"), instants.plain(value, "UTC")
    return {"iso": value.isoformat(), "words": words, "utc": utc if there not in ("", "UTC") else "", "label": label}


# -- What a page is, and for whom ------------------------------------------------------------


@register.inclusion_tag("web/parts/first_line.html", takes_context=True)
def first_line(context: Context, what: Any, obj: Any = None, next: Any = "", url: str = "") -> dict[str, Any]:
    """`{% first_line _("…") obj next=_("…") url=… %}`: what this is, who may read it, what can be done next."""
    return {"what": what, "obj": obj, "next": next, "url": url, "house": _house(context)}


@register.simple_tag(takes_context=True)
def visible_to(context: Context, obj: Any, zone: str = "") -> SafeString | str:
    """`{% visible_to obj %}`: "Visible to: all members · since 14:02". Nothing for what has no audience."""
    if not getattr(obj, "audience", ""):
        return ""
    words = visibility.sentence(obj, _actor(context), _zone(context, zone))
    shown = icons.sign("open" if obj.audience == Audience.PUBLIC else "lock")
    return format_html('<span class="visible-to">{}<span>{}</span></span>', shown, words)


@register.inclusion_tag("web/parts/lock.html", takes_context=True)
def why_visible(context: Context, obj: Any) -> dict[str, Any]:
    """`{% why_visible obj %}`: why may I read this, and who else can. Nothing where the answer is "everyone"."""
    actor = _actor(context)
    asked = getattr(obj, "audience", "") and obj.audience != Audience.PUBLIC
    return {
        "reason": policy.may_read(actor, obj).reason if asked else "",
        "whom": visibility.whom(obj, actor) if asked else "",
    }


@register.inclusion_tag("web/parts/empty.html")
def empty_place(what: Any, action: Any = "", url: str = "") -> dict[str, Any]:
    """`{% empty_place _("The agenda will stand here once …") _("Propose an item") url %}`."""
    return {"what": what, "action": action, "url": url}


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "lock" %}`: a sign; a word must stand beside it."""
    return icons.sign(name)


@register.simple_tag
def status(code: str, word: Any = "") -> SafeString:
    """`{% status "late" %}` or `{% status "due" _("due in 3 days") %}`: a sign and a word."""
    shown, style, default = STATUS.get(str(code), ("ring", "", str(code)))
    name = f"status status-{style}" if style else "status"
    return format_html('<span class="{}">{}<span>{}</span></span>', name, icons.sign(shown), word or default)


@register.simple_tag
def modality(code: str) -> SafeString:
    """`{% modality "expected" %}`: how a fact is known, always in words."""
    return format_html('<span class="modality modality-{}">{}</span>', code, MODALITY.get(str(code), code))


@register.simple_tag
def hue(number: int | None) -> str:
    """`class="party {% hue n %}"`: the class of a delegation's colour by its place in the profile's order (from 1)."""
    return f"hue-{(int(number) - 1) % 12 + 1}" if number else ""


# -- Claims, versions, blocks ------------------------------------------------------------


@register.simple_block_tag
def claim(
    content: str, modality: str = "", as_of: Any = None, sources: Iterable[Any] = (), lang: str = "", note: Any = ""
) -> str:
    """`{% claim modality="reported" as_of=date sources=list lang="tr" %}said{% endclaim %}`.

    A fact with its modality, its as-of date and its sources in the margin. A source has `title`, `url`, `publisher`.
    """
    return render_to_string(
        "web/parts/claim.html",
        {
            "content": content,
            "modality": modality,
            "as_of": as_of,
            "sources": list(sources),
            "lang": lang,
            "note": note,
        },
    )


@register.simple_block_tag
def note(content: str, title: Any = "") -> SafeString:
    """`{% note _("Positions") %}…{% endnote %}` in `{% block margin %}`: one note of the margin."""
    head = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<section class="note">{}{}</section>', head, content)


@register.simple_block_tag
def table(content: str, caption: Any = "", sortable: bool = False) -> str:
    """`{% table caption=_("…") sortable=True %}<thead>…</thead><tbody>…</tbody>{% endtable %}`: a table to read."""
    return render_to_string("web/parts/table.html", {"content": content, "caption": caption, "sortable": sortable})


@register.inclusion_tag("web/parts/both_versions.html")
def both_versions(
    theirs: Any, yours: Any, by: Any = "", at: datetime | None = None, zone: str = "", lang: str = ""
) -> dict[str, Any]:
    """`{% both_versions theirs yours by=… at=… %}`: two writers met; both wordings stand side by side.

    Each side is a text, or a list of (label, text) pairs for a form of several fields.
    """
    return {"theirs": _pairs(theirs), "yours": _pairs(yours), "by": by, "at": at, "zone": zone, "lang": lang}


def _pairs(side: Any) -> list[tuple[Any, Any]]:
    return [("", side)] if isinstance(side, str) or not isinstance(side, Iterable) else list(side)


# -- Forms ------------------------------------------------------------


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, style: str = "") -> dict[str, Any]:
    """`{% field form.title %}`: label, help, control, error. `style`: "short" or "text" (serif)."""
    kind = getattr(bound.field.widget, "input_type", "")
    return {"field": bound, "style": style, "check": kind == "checkbox" and not bound.use_fieldset}


@register.inclusion_tag("web/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """`{% error_summary form %}`: what is wrong, what was kept, with links to the fields. Nothing where all is well."""
    wrong = [bound for bound in form if bound.errors] if form.is_bound else []
    return {"form": form, "wrong": wrong, "general": form.non_field_errors() if form.is_bound else []}


@register.inclusion_tag("web/parts/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """`{% form_fields form %}`: the summary of errors, hidden fields and all fields in order."""
    return {"form": form}


@register.inclusion_tag("web/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Any) -> dict[str, Any]:
    """`{% pagination page_obj %}`: earlier and later pages; keeps the rest of the query."""
    query = context["request"].GET.copy() if "request" in context else None
    if query is not None:
        query.pop("page", None)
    return {"page": page, "query": query.urlencode() if query else ""}


# -- Pages ------------------------------------------------------------


@cache
def _styles(signed_in: bool) -> SafeString:
    return render_to_string("web/parts/styles.html", {"signed_in": signed_in})


@register.simple_tag(takes_context=True)
def shell_styles(context: Context) -> SafeString:
    """The styles and modules of every page. They never change while the house is open, so they are written once."""
    return _styles(_actor(context).signed_in)


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString | str:
    """A block's content a second time: base.html sets the title as the heading too."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return block.nodelist.render(context) if block else ""


@register.simple_tag(takes_context=True)
def other_language_url(context: Context, code: str) -> str:
    """`{% other_language_url "tr" %}`: this page in another language."""
    return url_in(context["request"], code)


@register.filter
def html_lang(code: str) -> str:
    """`lang="{{ code|html_lang }}"`: the tag of a language of ours, with its script where that matters."""
    return languages.html_lang(code)


@register.filter
def language_name(code: str) -> str:
    """`{{ code|language_name }}`: a language's name in itself."""
    return languages.name_of(code)


@register.simple_tag
def worded(text: Any) -> SafeString | str:
    """`{% worded row.worded.title %}`: a wording with its lang=, marked where it is not in the reader's."""
    if text is None or getattr(text, "missing", not text):
        return format_html('<span class="quiet">{}</span>', _("No wording in any language yet"))
    code = getattr(text, "language", "")
    shown = format_html('<span lang="{}">{}</span>', languages.html_lang(code), str(text)) if code else str(text)
    if not getattr(text, "foreign", False):
        return shown
    return format_html('{} <span class="small quiet">({})</span>', shown, languages.name_of(code))


@register.filter
def capital(words: Any) -> str:
    """`{{ kind|capital }}`: with a capital at the beginning; in Turkish the capital of i is İ."""
    text = str(words)
    first = "İ" if text[:1] == "i" and get_language() == "tr" else text[:1].upper()
    return first + text[1:]


@register.filter
def cut_slash(path: str) -> str:
    """A path without its leading slash, to stand behind the language's prefix."""
    return path.lstrip("/")


@register.filter
def safe_lines(value: str) -> SafeString:
    """Paragraphs of a plain text, escaped: an empty line starts a new one."""
    parts = [part.strip() for part in str(value).split("\n\n") if part.strip()]
    return mark_safe("".join(format_html("<p>{}</p>", part) for part in parts))  # noqa: S308 - each part is escaped
