"""A text in other languages: the versions, what they have otherwise than the authoritative one, and their paragraphs."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.doors import DELEGATES, SEATED, SECRETARIAT, door
from sofra.kernel.pages import language, open_to, sent
from sofra.parties.formfields import language_names
from sofra.texts.commands.languages import enter_paragraph, put_language
from sofra.texts.commands.rows import derived
from sofra.texts.engine.brackets import render_content
from sofra.texts.engine.consistency import Difference
from sofra.texts.labels import read
from sofra.texts.models import LanguageVersion, Text
from sofra.texts.queries.text import Now, paragraphs_now
from sofra.texts.queries.versions import differences_between
from sofra.texts.views.places import Place, called, place_of

RENDERERS = DELEGATES | SECRETARIAT
#: A party as it is kept in a bracket.
LABEL = re.compile(r"\bP[0-9a-f]{32}\b")
#: What differs, in words.
KINDS = {
    "paragraphs": _lazy("the number of paragraphs"),
    "missing": _lazy("no version in this language yet"),
    "number": _lazy("the paragraph's number"),
    "brackets": _lazy("brackets and who stands in them"),
    "dates": _lazy("dates"),
    "amounts": _lazy("amounts of money"),
    "numbers": _lazy("numbers"),
    "footnotes": _lazy("footnotes"),
    "modal": _lazy("how binding it is"),
    "script": _lazy("what the Cyrillic says in Latin"),
}


class LanguageForm(forms.Form):
    """A language version, and what it is."""

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = language_names()
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[(code, names[code]) for code, _name in settings.LANGUAGES if code != text.authoritative],
        )
        self.fields["authentic"] = forms.ChoiceField(
            label=_("What it is"),
            choices=[("", _("A translation")), ("yes", _("Equally authentic"))],
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["translator"] = forms.CharField(
            label=_("Translator"), required=False, max_length=200, help_text=_("As the translator is to be named.")
        )


class ParagraphForm(forms.Form):
    """A paragraph of a language version."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tongue: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notation"] = forms.CharField(
            label=_("The paragraph in this language"),
            widget=forms.Textarea(attrs={"rows": 8, "class": "text-box", "lang": tongue}),
            help_text=_("With the same brackets as the authoritative version, and the same delegations in them."),
        )


@door(GET=SEATED)
def languages(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """The languages of a text, what differs, and one of them beside the authoritative one."""
    place = place_of(request, format, meeting, text)
    found = [each for each in paragraphs_now(place.text) if each.shared and not each.placing.gone]
    first, others = place.text.languages[0], place.text.languages[1:]
    tongue = place.tongue if place.tongue != first else next(iter(others), "")
    kinds = {row.language: row for row in LanguageVersion.objects.filter(text=place.text).order_by("at")}
    differing = differences_between(found, place.text.languages)
    may_render = place.can("texts.render")
    context = {
        "meeting": place.meeting,
        "text": place.text,
        "tongue": tongue,
        "first": first,
        "versions": [_version(place, code, kinds.get(code), found, differing) for code in others],
        "differences": [_difference(place, each, found) for each in differing if each.language == tongue],
        "lines": [_line(place, each, first, tongue, may_render) for each in found] if tongue else [],
        "may_render": may_render,
        "derived": derived(place.text, tongue),
        "back": place.url("text"),
    }
    return render(request, "texts/languages.html", context)


def _version(
    place: Place, code: str, row: LanguageVersion | None, found: list[Now], differing: list[Difference]
) -> dict[str, Any]:
    authentic = row.authentic if row is not None else place.text.equally_authentic
    return {
        "code": code,
        "authentic": authentic,
        "translator": row.translator if row is not None else "",
        "missing": sum(code not in each.stands for each in found),
        "differing": sum(each.language == code for each in differing),
        "derived": derived(place.text, code),
    }


def _difference(place: Place, each: Difference, found: list[Now]) -> dict[str, Any]:
    now = found[each.paragraph] if each.paragraph is not None else None
    return {
        "called": called(now) if now is not None else "",
        "anchor": now.row.pk if now is not None else "",
        "kind": KINDS[each.kind],
        "expected": _named(place, each.expected),
        "found": _named(place, each.found),
    }


def _named(place: Place, told: str) -> str:
    """What the engine tells, with the names of those who stand in brackets."""
    return LABEL.sub(lambda found: place.shown.name(found.group()), told)


def _line(place: Place, now: Now, first: str, tongue: str, may_render: bool) -> dict[str, Any]:
    one, other = now.stands.get(first), now.stands.get(tongue)
    editable = may_render and not derived(place.text, tongue)
    return {
        "key": now.row.pk,
        "number": now.placing.number,
        "kind": now.placing.kind,
        "called": called(now),
        "first": place.shown.html(now.content(first)),
        "other": place.shown.html(now.content(tongue)) if other is not None else "",
        "older": one is not None and other is not None and other.at < one.at,
        "edit": place.url("text_render", paragraph=now.row.pk, tongue=tongue).partition("?")[0] if editable else "",
    }


@door(GET=RENDERERS, POST=RENDERERS)
def put(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Say that the text has a version in a language, and what it is."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.render", place.text)
    tongue = place.tongue if place.tongue != place.text.authoritative else ""
    row = LanguageVersion.objects.filter(text=place.text, language=tongue).order_by("-at").first()
    authentic = row.authentic if row is not None else bool(tongue) and place.text.equally_authentic
    initial = {"language": tongue, "authentic": "yes" if authentic else "", "translator": row.translator if row else ""}
    form = LanguageForm(sent(request), text=place.text, initial=initial)
    asking = place.asking(
        title=_("A version in another language"),
        what=_(
            "All members read it. Where the languages differ, the authoritative one decides unless all are equally so."
        ),
        action=_("Record it"),
        form=form,
    )

    def act() -> str:
        cleaned = form.cleaned_data
        put_language(
            text=place.text, language=cleaned["language"], authentic=cleaned["authentic"] == "yes",
            translator=cleaned["translator"],
        )  # fmt: skip
        return f"{place.url('text_languages').partition('?')[0]}?in={cleaned['language']}"

    return asking.answer(act)


@door(GET=RENDERERS, POST=RENDERERS)
def enter(
    request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID, tongue: str
) -> HttpResponse:  # fmt: skip
    """Enter or change a paragraph in a language."""
    place = place_of(request, format, meeting, text)
    open_to(request, "texts.render", place.text)
    now = place.now(paragraph)
    if tongue not in place.text.languages[1:]:
        raise Http404
    current = now.stands.get(tongue)
    content = now.content(tongue) if current is not None else now.content(place.text.authoritative)
    form = ParagraphForm(
        sent(request),
        tongue=tongue,
        initial={
            "seen": current.pk if current is not None else None,
            "notation": render_content(read(content, language())) if content else "",
        },
    )
    asking = place.asking(
        now,
        title=_("Paragraph %(number)s in %(language)s")
        % {"number": called(now), "language": language_names().get(tongue, tongue)},
        what=_("It stands in this language at once; the authoritative wording does not change by it."),
        action=_("Enter it"),
        form=form,
        template="texts/render.html",
        more={
            "first": place.shown.html(now.content(place.text.authoritative)),
            "first_tongue": place.text.authoritative,
        },
    )

    def act() -> str:
        cleaned = form.cleaned_data
        enter_paragraph(paragraph=now.row, language=tongue, notation=cleaned["notation"], seen=cleaned["seen"])
        return f"{place.url('text_languages').partition('?')[0]}?in={tongue}#p-{now.row.pk}"

    return asking.answer(act)
