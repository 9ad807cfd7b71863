"""Forms of circulation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.engine.refused import MOST
from sofra.kernel.members import members_on
from sofra.kernel.models import Audience, Membership
from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import order_parties, party_name
from sofra.meetings.agenda_forms import TextsForm
from sofra.meetings.commands.circulation import Content
from sofra.meetings.models import Document, Meeting
from sofra.parties.formfields import LocalTimeField, language_names, to_instant


class DocumentForm(TextsForm):
    """A document: per language a title, and a text written here or a file."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: list[str], held: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.held = held or {}
        names = language_names()
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"),
            choices=[each for each in Document.Kind.choices if each[0] != Document.Kind.OUTCOME],
            error_messages={"required": _("Choose what kind of document it is.")},
        )
        for language in languages:
            name = names.get(language, language)
            first = language == languages[0]
            self._add(
                "title", language, name, _("Title"),
                forms.CharField(required=False, widget=forms.TextInput(attrs={"lang": language})),
                _("In at least one language. A missing language is shown as missing.") if first else "",
            )  # fmt: skip
            self._add(
                "file", language, name, _("File"),
                forms.FileField(required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"data-upload": str(MOST)})),
                _("PDF or DOCX, at most 20 MB. It is checked and kept as it is.") if first else "",
            )  # fmt: skip
            if language in self.held:
                label = _("Take out the file %(name)s") % {"name": self.held[language].file.name}
                self._add("drop", language, name, label, forms.BooleanField(required=False))
            self._add(
                "text", language, name, _("Or text written here"),
                forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 10, "lang": language})),
                _("An empty line ends a paragraph. # begins a heading, - or 1. a list; *words* are emphasised.") if first else "",
            )  # fmt: skip

    def _add(self, key: str, language: str, name: str, label: Any, field: forms.Field, help_text: Any = "") -> None:
        field.label, field.help_text = f"{label} ({name})", help_text
        self.fields[f"{key}_{language}"] = field

    def contents(self) -> dict[str, Content]:
        """What was written, by language."""
        found = {}
        for language in self.languages:
            file = self.cleaned_data.get(f"file_{language}")
            found[language] = Content(
                title=self.cleaned_data.get(f"title_{language}", ""),
                text=self.cleaned_data.get(f"text_{language}", ""),
                file=file,
                name=file.name if file is not None else "",
                drop=bool(self.cleaned_data.get(f"drop_{language}")),
            )
        return found


def document_initial(document: Document) -> dict[str, Any]:
    """What a document's form starts with; `document` as queries.circulation.stand leaves it."""
    texts: dict[str, dict[str, str]] = document.texts  # type: ignore[attr-defined]
    found: dict[str, Any] = {
        f"{name}_{language}": text for name in ("title", "text") for language, text in texts.get(name, {}).items()
    }
    return {**found, "kind": document.kind, "version": document.version}


class OfMeetingForm(forms.Form):
    """A form that knows its meeting."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting


class ToWhomForm(OfMeetingForm):
    """To whom a document is released."""

    audience = forms.ChoiceField(
        label=_lazy("To whom"),
        widget=forms.RadioSelect,
        choices=[
            (Audience.FORMAT, _lazy("All members")),
            (Audience.OBSERVERS, _lazy("All members and observers")),
            (Audience.PARTIES, _lazy("The parties named below")),
        ],
        error_messages={"required": _lazy("Choose to whom the document is released.")},
    )
    readers = forms.MultipleChoiceField(
        label=_lazy("Parties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("Only where the parties are named. All of them see to whom it was released."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        assert meeting.format is not None
        here = get_language() or "en"
        members = order_parties(members_on(meeting.format), here)
        observers = order_parties(members_on(meeting.format, capacity=Membership.Capacity.OBSERVER), here)
        choice = self.fields["readers"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(str(party.pk), party_name(party, here).text) for party in [*members, *observers]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("audience") == Audience.PARTIES and not cleaned.get("readers") and not self.errors:
            self.add_error("readers", _("Name at least one party, among the members and observers of the format."))
        return cleaned

    @property
    def named(self) -> list[UUID]:
        """The named parties."""
        return [UUID(key) for key in self.cleaned_data.get("readers", [])]


class AtForm(OfMeetingForm):
    """At which instant."""

    at = LocalTimeField(
        label=pgettext_lazy("document", "Release at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["at"].help_text = _("By the clocks of %(zone)s; at the same instant for all. Empty: now.") % {
            "zone": zone_name(meeting.zone)
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "at", self.meeting.zone)
        return cleaned


class ReleaseDocumentForm(ToWhomForm, AtForm):
    """To whom, and when."""

    field_order = ("audience", "readers", "at")


class WhyForm(TextsForm):
    """A reason, in at least one language."""

    def __init__(self, *args: Any, languages: list[str], sentence: Any, label: Any, who: Any, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.sentence = sentence
        self.add_texts("reason", label, rows=3, help_text=who)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Said before the sentence is shown; the command would say it only afterwards.
        if not any(text.strip() for text in self.texts("reason").values()):
            self.add_error(f"reason_{self.languages[0]}", self.sentence)
        return cleaned


class ReceiptsForm(WhyForm):
    """Whether the members agreed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, sentence=_("Say on what basis: where and when the members agreed to it."), label=_("Basis"),
            who=_("Where and when the members agreed. All members and observers read it."), **kwargs,
        )  # fmt: skip
