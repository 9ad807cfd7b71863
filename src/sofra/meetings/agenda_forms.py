"""Forms of the agenda and of outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.models import Audience, Wording
from sofra.kernel.zones import zone_name
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import AgendaItem, Meeting, Outcome, Procedure, Suggestion, Theme
from sofra.parties.formfields import OFFERED, LocalTimeField, language_names, to_instant


def languages_of(meeting: Meeting) -> list[str]:
    """The languages a form of this meeting asks for: its working languages, the house's own where it names none."""
    return list(meeting.working_languages) or list(OFFERED)


class TextsForm(forms.Form):
    """A form with texts in several languages: fields `title_en`, `title_tr` …"""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages

    def add_texts(self, name: str, label: Any, *, rows: int = 0, help_text: Any = "") -> None:
        """One field per language."""
        for language in self.languages:
            widget: forms.Widget = (
                forms.Textarea(attrs={"rows": rows, "lang": language})
                if rows
                else forms.TextInput(attrs={"lang": language})
            )
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=f"{label} ({language_names().get(language, language)})",
                required=False,
                widget=widget,
                help_text=help_text if language == self.languages[0] else "",
            )

    def texts(self, name: str) -> dict[str, str]:
        """What was written: {language: text}."""
        return {language: self.cleaned_data.get(f"{name}_{language}", "") for language in self.languages}

    def field_of(self, name: str | None) -> str | None:
        """The field a refusal stands next to: `title` stands next to the title in the first language."""
        if name is None or name in self.fields:
            return name
        first = f"{name}_{self.languages[0]}"
        return first if first in self.fields else None


class ItemForm(TextsForm):
    """An agenda item."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: list[str], themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts(
            "title", _("Title"), help_text=_("In at least one language. A missing language is shown as missing.")
        )
        self.add_texts("note", _("Note"), rows=4, help_text=_("What it is about and what the meeting is asked to do."))
        self.fields["themes"] = forms.MultipleChoiceField(
            label=_("Themes"),
            required=False,
            choices=[(str(theme.pk), str(theme.worded.get("title", theme.slug))) for theme in themes],  # type: ignore[attr-defined]
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["urgency"] = forms.ChoiceField(
            label=_("Urgency"), choices=AgendaItem.Urgency.choices, initial=AgendaItem.Urgency.THIS_MEETING
        )

    def values(self) -> dict[str, Any]:
        """The arguments of the commands."""
        return {
            "title": self.texts("title"),
            "note": self.texts("note"),
            "themes": [UUID(key) for key in self.cleaned_data["themes"]],
            "urgency": self.cleaned_data["urgency"],
        }


def item_initial(item: AgendaItem, texts: dict[str, dict[str, str]]) -> dict[str, Any]:
    """What an item's form starts with."""
    found: dict[str, Any] = {
        f"{name}_{language}": text for name in ("title", "note") for language, text in texts.get(name, {}).items()
    }
    return {**found, "themes": [str(key) for key in item.themes], "urgency": item.urgency, "version": item.version}


class ReasonForm(TextsForm):
    """Why a delegation objects, and who may read that."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("reason", _("Reason"), rows=4, help_text=_("In at least one language."))
        self.fields["reason_audience"] = forms.ChoiceField(
            label=_("Who may read the reason"),
            help_text=_("That your delegation objects is known to all members in either case."),
            choices=[(Audience.FORMAT, _("All members")), (Audience.SECRETARIAT, _("The secretariat alone"))],
            initial=Audience.FORMAT,
            widget=forms.RadioSelect,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Said before the sentence is shown; the command would say it only afterwards.
        if not any(text.strip() for text in self.texts("reason").values()):
            self.add_error(
                f"reason_{self.languages[0]}", _("Say why your delegation objects, in at least one language.")
            )
        return cleaned


class WithdrawForm(forms.Form):
    """Whether a withdrawn item stays in view."""

    from_view = forms.BooleanField(
        label=_lazy("Withdraw its words from view too"),
        required=False,
        help_text=_lazy("Your delegation still reads them. Versions that were adopted keep theirs."),
    )


class SuggestionForm(TextsForm):
    """Another wording."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        names = language_names()
        self.fields["field"] = forms.ChoiceField(
            label=_("For"), choices=Suggestion.Field.choices, widget=forms.RadioSelect, initial="title"
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=[(code, names.get(code, code)) for code in languages]
        )
        self.fields["text"] = forms.CharField(
            label=_("Suggested wording"),
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": _("Write the wording you suggest.")},
        )


class AdoptForm(forms.Form):
    """Consensus now, or silence until an instant."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    method = forms.ChoiceField(
        label=_lazy("How"),
        choices=[
            (Procedure.Method.CONSENSUS, _lazy("By consensus: the chair records it now")),
            (Procedure.Method.SILENCE, _lazy("By silence procedure, until an instant")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Choose consensus or a silence procedure.")},
    )
    deadline = LocalTimeField(
        label=_lazy("Silence ends at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["deadline"].help_text = _(
            "To the second, by the clocks of %(zone)s. An objection at this very instant is too late."
        ) % {"zone": zone_name(zone)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "deadline", self.zone)
        if cleaned.get("method") == Procedure.Method.SILENCE and not cleaned.get("deadline") and not self.errors:
            self.add_error("deadline", _("Say when the silence ends."))
        return cleaned

    @property
    def instant(self) -> datetime:
        """The end of the silence."""
        found = self.cleaned_data["instant"]
        assert isinstance(found, datetime)
        return found


class OutcomeForm(TextsForm):
    """An outcome in the meeting's languages, with status and translator of each."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: list[str], new: bool, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        if new:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Kind"),
                choices=[choice for choice in Outcome.Kind.choices if choice[0] != Outcome.Kind.NONE],
                widget=forms.RadioSelect,
                help_text=_("A chair's summary stands on the chair's responsibility; the members do not adopt it."),
                error_messages={"required": _("Choose what kind of outcome it is.")},
            )
        names = language_names()
        for language in languages:
            name = names.get(language, language)
            for key, label, field in (
                (
                    "title",
                    _("Title"),
                    forms.CharField(required=False, widget=forms.TextInput(attrs={"lang": language})),
                ),
                (
                    "body",
                    _("Text"),
                    forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 10, "lang": language})),
                ),
                (
                    "status",
                    _("Status"),
                    forms.ChoiceField(choices=Wording.Status.choices, initial=Wording.Status.FINAL),
                ),
                ("translator", _("Translator"), forms.CharField(required=False, max_length=200)),
            ):
                field.label = f"{label} ({name})"
                self.fields[f"{key}_{language}"] = field

    def outcome_texts(self) -> dict[str, Text]:
        """The texts by language, for the commands."""
        return {
            language: Text(
                *(self.cleaned_data.get(f"{key}_{language}", "") for key in ("title", "body", "status", "translator"))
            )
            for language in self.languages
        }


def outcome_initial(outcome: Outcome) -> dict[str, Any]:
    """What an outcome's form starts with; `outcome` as queries.outcomes.stand leaves it."""
    texts: dict[str, dict[str, str]] = outcome.texts  # type: ignore[attr-defined]
    found: dict[str, Any] = {
        f"{key}_{language}": value for language, text in texts.items() for key, value in text.items()
    }
    return {**found, "version": outcome.version}


class ReleaseForm(forms.Form):
    """When all members may read."""

    at = LocalTimeField(label=_lazy("Release at"), required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["at"].help_text = _("By the clocks of %(zone)s; at the same instant for all. Empty: now.") % {
            "zone": zone_name(zone)
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "at", self.zone)
        return cleaned


class CloseForm(forms.Form):
    """That a meeting ends with none of the outcomes: said, never assumed."""

    none = forms.BooleanField(
        label=_lazy("None of these: the meeting ends without an outcome document"),
        error_messages={
            "required": _lazy("Write down what the meeting ends with first, or say that it is none of these.")
        },
    )


class ThemeForm(TextsForm):
    """A theme."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, languages=list(OFFERED), **kwargs)
        self.add_texts("title", _("Theme"))
        self.fields["order"] = forms.IntegerField(
            label=_("Place in the list"), min_value=0, max_value=9999, initial=100,
            error_messages={"invalid": _("Write a whole number."), "required": _("Write a whole number.")},
        )  # fmt: skip
        self.fields["retired"] = forms.BooleanField(label=_("Retired: offered no longer"), required=False)
