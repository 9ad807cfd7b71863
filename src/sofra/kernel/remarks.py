"""Remarks on what is written in a form: shown beside its fields, taken up with one press, never in the way of saving.

What is remarked is the guard's to say (`kernel.guarding`). Fields that hold words say their language in their widget's `lang`;
a form that asks for names, or why somebody objects to one, says `quotes_names` and is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sofra.kernel import guarding
from sofra.kernel.acting import Actor


@dataclass(frozen=True)
class Remark:
    """A remark on a stretch of a field's text. `found` is what the guard's template shows of it; `instead` are words that
    could stand there, and whether they are in the form the text needs; `key` says whether a remark was seen before."""

    key: str
    start: int
    end: int
    before: str
    text: str
    after: str
    found: Any
    instead: tuple[tuple[str, bool], ...] = ()

    @property
    def place(self) -> str:
        """Names the stretch in what a button sends."""
        return f"{self.key}.{self.start}"


def attach(request: HttpRequest, form: forms.Form | None, *, theirs: bool = False) -> list[Remark]:
    """Give each field of a form its `remarks`, and answer all of them. `theirs`: the words are a delegation's, handed on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    guard = guarding.guard()
    if guard is None or form is None or theirs or getattr(form, "quotes_names", False):
        return []
    if not (actor.is_secretariat or actor.party_id):
        return []
    texts = {}
    for bound in form.visible_fields():
        language = bound.field.widget.attrs.get("lang")
        said = bound.value() if language and isinstance(bound.field, forms.CharField) else None
        if isinstance(said, str) and said.strip():
            texts[bound.name] = (str(language), said)
    if not texts:
        return []
    found = guard.remarks(request, texts)
    for name, remarks in found.items():
        form.fields[name].remarks = remarks  # type: ignore[attr-defined]
    return [each for remarks in found.values() for each in remarks]


def on(request: HttpRequest, texts: Mapping[str, tuple[str, str]]) -> list[Remark]:
    """The remarks on words that a page shows and that stand in none of its fields: language and text by name."""
    guard = guarding.guard()
    if guard is None:
        return []
    return [each for remarks in guard.remarks(request, texts).values() for each in remarks]


def take(request: HttpRequest, form: forms.Form, *, theirs: bool = False) -> bool:
    """Put the words that a button offered into their field. Nothing is saved and nothing is said to be wrong yet.

    Answers whether they were put in: not where the text is another one by now.
    """
    name, _colon, rest = request.POST.get("take", "").partition(":")
    place, _colon, number = rest.partition(":")
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    if name not in form.fields:
        return False
    attach(request, form, theirs=theirs)
    field = form.fields[name]
    for each in getattr(field, "remarks", []):
        if each.place == place and number.isascii() and number.isdigit() and int(number) < len(each.instead):
            text = form[name].value()
            data: Any = form.data.copy()  # type: ignore[attr-defined]
            data[form[name].html_name] = text[: each.start] + each.instead[int(number)][0] + text[each.end :]
            form.data = data
            field.remarks = []  # type: ignore[attr-defined]
            return True
    return False


def after(request: HttpRequest, heard: Sequence[guarding.Said]) -> str:
    """Say to an author what is remarked in what was saved, unless it stood on the form already.

    The secretariat goes back to its words: the address to go to. A delegation is told in a line and goes where it was going;
    the line travels in its browser's own cookie and is kept nowhere in the house.
    """
    guard = guarding.guard()
    if guard is None or not heard:
        return ""
    kept = guard.kept(heard)
    fresh = set(kept.keys) - set(request.POST.get("remarked", "").split())
    if not fresh:
        return ""
    count = len(kept.keys)
    said = ngettext("It is saved. Your text: %(n)d remark.", "It is saved. Your text: %(n)d remarks.", count) % {
        "n": count
    }
    if kept.url and not kept.own:
        messages.info(request, said)
        return kept.url
    if kept.url:
        messages.info(request, format_html('{} <a href="{}">{}</a>', said, kept.url, _("Look at them")))
    else:
        messages.info(request, format_html('{} <a href="{}">{}</a>', said, guard.desk(), _("Read it at the lint desk")))
    return ""
