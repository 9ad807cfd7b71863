"""{% load lexicon %}: names of parties, and wordings of the record with names in their places."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from sofra.lexicon import naming
from sofra.lexicon.engine.ordering import Key

register = template.Library()


def _language() -> str:
    return get_language() or naming.STAND_IN


def _marked(text: str, language: str, around: str) -> Any:
    if language == around:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def party_name(party: Any) -> Any:
    """A party's name in the page's language; marked with its language where it has none in that."""
    language = _language()
    name = naming.party_name(party, language)
    return _marked(name.text, name.language, language)


@register.filter
def named(text: str, language: str = "") -> SafeString:
    """A wording with names of parties in their places. `language` is the wording's own, the page's where it is left out."""
    language = language or _language()
    return format_html_join(
        "",
        "{}",
        (
            (_marked(piece.text, piece.language, language) if isinstance(piece, naming.Name) else piece,)
            for piece in naming.pieces(text or "", language)
        ),
    )


@register.simple_tag
def names_basis() -> str:
    """Where names of parties come from."""
    return naming.names_basis(_language())


@register.inclusion_tag("lexicon/parts/names_foot.html")
def names_foot() -> dict[str, Any]:
    """Beneath a page whose names follow a profile: its footnote, and what the names rest on. Nothing elsewhere."""
    usage, language = naming.in_use(), _language()
    if usage is None:
        return {}
    return {"basis": usage.basis_sentence(language), "notes": usage.screen_footnotes(language)}


@register.inclusion_tag("lexicon/parts/names_note.html")
def names_note() -> dict[str, Any]:
    """In the margin: where names come from, on pages under no profile. Under one the page's foot says it."""
    return {"basis": naming.names_basis(_language()) if naming.in_use() is None else ""}


@register.filter
def in_order(parties: Any) -> list[Any]:
    """Parties in the alphabetical order of their names in the page's language."""
    return naming.order_parties(parties, _language())


@register.filter
def by_party(rows: Any) -> list[Any]:
    """Rows with a `party`, in the alphabetical order of its names in the page's language."""
    return sorted(rows, key=lambda row: naming.sort_key(row.party, _language()))


@register.filter
def told_plain(told: Any) -> str:
    """A text of the record that knows its language, without markup: for attributes."""
    return naming.with_names(told.text, told.language) if told else ""


@register.filter
def plain_name(party: Any) -> str:
    """A party's name without markup: for attributes and options."""
    return naming.party_name(party, _language()).text


@register.filter
def by_owner(rows: Any) -> list[Any]:
    """Rows with an `owner_party`, in the alphabetical order of its names in the page's language."""
    return sorted(rows, key=lambda row: naming.sort_key(row.owner_party, _language()))


@register.filter
def by_seat(holders: Any) -> list[Any]:
    """Accounts with their `seats`: by the account's name, and of one name by the party that the first seat is for."""

    def place(holder: Any) -> tuple[str, Key]:
        party = holder.seats[0].party_id if holder.seats else None
        return holder.account.name, naming.sort_key(party, _language()) if party else (0, b"")

    return sorted(holders, key=place)


@register.filter
def by_subject_party(rows: Any) -> list[Any]:
    """Rows whose `subject` is a party, in the alphabetical order of its names in the page's language."""
    return sorted(rows, key=lambda row: naming.sort_key(row.subject.party_id, _language()))


#: The shape and the word of a severity: told apart without colour.
SEVERITIES: dict[str, tuple[str, Any]] = {
    "breaks": ("triangle", gettext_lazy("breaks the meeting")),
    "footnote": ("half", gettext_lazy("needs a footnote")),
    "discouraged": ("ring", gettext_lazy("discouraged")),
}


@register.inclusion_tag("lexicon/parts/severity.html")
def severity(code: str) -> dict[str, Any]:
    """How grave an objection is: a shape and a word."""
    shape, word = SEVERITIES.get(code, ("ring", code))
    return {"code": code, "shape": shape, "word": word}


@register.simple_tag
def viewpoint(names: dict[str, str], code: str) -> str:
    """Who stands behind a viewpoint."""
    return names.get(code, code)


@register.filter
def about_designation(designation: Any) -> str:
    """What a designation is and how it stands, in words."""
    found = [str(designation.standing_label)]
    if designation.kind != "name":
        found.insert(0, str(designation.get_kind_display()))
    if designation.abbreviation:
        found.append(gettext("abbreviation"))
    if designation.former:
        found.append(gettext("former name"))
    if designation.derived:
        found.append(gettext("the same in the other script"))
    labels = dict(designation.Context.choices)
    if designation.contexts:
        found.append(", ".join(str(labels.get(each, each)) for each in designation.contexts))
    if designation.valid_from or designation.valid_to:
        span = {"since": designation.valid_from or "…", "until": designation.valid_to or "…"}
        found.append(gettext("in use %(since)s – %(until)s") % span)
    return " · ".join(found)


@register.simple_tag
def source_said(source: Any) -> SafeString:
    """A source of the lexicon: its title, publisher and date, with its address where it has one."""
    title = (
        format_html('<a href="{}" rel="noreferrer">{}</a>', source.url, source.title)
        if _address(source.url)
        else source.title
    )
    rest = ", ".join(each for each in (source.publisher, source.date) if each)
    return format_html("{}{}", title, f", {rest}" if rest else "")


def _address(url: str) -> bool:
    return url.startswith(("https://", "http://"))


@register.simple_tag
def lexicon_source(sources: dict[str, Any], key: str) -> Any:
    """The number of a designation's source in the list beneath; the key where the lexicon has no more of it."""
    if key not in sources:
        return key
    number = sources[key].number
    words = gettext("source %(number)s") % {"number": number}
    return format_html('<a class="small" href="#source-{}" aria-label="{}">[{}]</a>', number, words, number)


@register.simple_tag
def said_in(texts: dict[str, str]) -> Any:
    """A text by language, in the reader's language, marked where it is in another."""
    from sofra.lexicon.queries.objections import in_language

    text, language = in_language(texts, _language())
    return _marked(text, language, _language()) if text else ""


@register.simple_tag
def guard(when: dict[str, Any]) -> str:
    """Where an objection alone applies, in words."""
    words = {
        "left": gettext("after"), "right": gettext("before"), "near": gettext("in a sentence with"),
        "head": gettext("with the noun"), "head_not": gettext("not with the noun"),
    }  # fmt: skip
    found = [f"{words[name]} {', '.join(f'“{word}”' for word in when[name])}" for name in words if when.get(name)]
    if when.get("after"):
        found.append(gettext("from %(day)s on") % {"day": when["after"]})
    if when.get("before"):
        found.append(gettext("until %(day)s") % {"day": when["before"]})
    if when.get("quoted") is not None:
        found.append(gettext("inside quotations") if when["quoted"] else gettext("outside quotations"))
    return gettext("Only: %(conditions)s") % {"conditions": "; ".join(found)} if found else ""


@register.filter
def chosen(form: Any, name: str) -> list[str]:
    """What was sent for a field, as texts: to send it again beside something else."""
    found = form.cleaned_data.get(name) if form.is_bound else None
    return [str(each) for each in found] if isinstance(found, list) else [str(found)] if found else []
