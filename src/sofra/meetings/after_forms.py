"""Forms of what is done after a meeting: issuing a text, recording from it, confirming one's own part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.engine.refused import MOST
from sofra.kernel.models import Wording
from sofra.meetings.agenda_forms import TextsForm
from sofra.meetings.circulation_forms import ReleaseDocumentForm
from sofra.meetings.commands.issuing import Paper, Quotation
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.delegation_forms import session_title
from sofra.meetings.models import Meeting, OwnAttendance, Session
from sofra.parties.formfields import language_names


class IssueForm(ReleaseDocumentForm):
    """In which languages a text is issued, to whom, when; per language a file instead of the words written here."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, meeting: Meeting, texts: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        names = language_names()
        self.codes = list(texts)
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages"),
            choices=[(code, self._named(names.get(code, code), text)) for code, text in texts.items()],
            initial=[code for code, text in texts.items() if text["status"] == Wording.Status.FINAL],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("A draft wording is not issued."),
            error_messages={"required": _("Choose at least one language in which it is issued.")},
        )
        for number, code in enumerate(texts):
            self.fields[f"file_{code}"] = forms.FileField(
                label=_("File instead of the text (%(language)s)") % {"language": names.get(code, code)},
                required=False,
                allow_empty_file=True,
                widget=forms.FileInput(attrs={"data-upload": str(MOST)}),
                help_text=""
                if number
                else _("PDF or DOCX, at most 20 MB: the signed text, say. Empty: the text as it stands here."),
            )
        self.order_fields(["languages", *(f"file_{code}" for code in texts), "audience", "readers", "at"])

    @staticmethod
    def _named(name: str, text: Mapping[str, str]) -> str:
        return (
            _("%(language)s (draft wording)") % {"language": name} if text["status"] != Wording.Status.FINAL else name
        )

    def papers(self) -> dict[str, Paper]:
        """The files chosen, by language."""
        chosen = {code: self.cleaned_data.get(f"file_{code}") for code in self.codes}
        return {code: Paper(file, file.name) for code, file in chosen.items() if file is not None}

    def languages_said(self) -> str:
        """The languages for the sentence, each with its file where there is one."""
        names, papers = language_names(), self.papers()
        return ", ".join(
            f"{names.get(code, code)} ({papers[code].name})" if code in papers else str(names.get(code, code))
            for code in self.cleaned_data["languages"]
        )


def add_quotes(form: forms.Form, language: str, quotes: list[str], sessions: Iterable[Session]) -> None:
    """Give a form the passages it records from, as they stand in the text, and the session they were adopted in."""
    words = quotes or [""]
    for number, quote in enumerate(words, start=1):
        label = _("Passage") if len(words) == 1 else _("Passage %(number)s") % {"number": number}
        form.fields[f"quote_{number}"] = forms.CharField(
            label=label,
            required=False,
            initial=quote,
            widget=forms.Textarea(attrs={"rows": min(8, 2 + len(quote) // 90), "lang": language}),
            help_text=_("As it stands in the text, letter by letter. It can be shortened.") if number == 1 else "",
        )
    form.fields["session"] = forms.ChoiceField(
        label=_("Adopted in the session"),
        required=False,
        choices=[("", _("no session named")), *((str(row.pk), session_title(row)) for row in sessions)],
    )


def quotation_of(form: Any, language: str, sessions: Iterable[Session]) -> Quotation:
    """What the fields of `add_quotes` say."""
    quotes = [form.cleaned_data[name] for name in form.fields if name.startswith("quote_")]
    chosen = form.cleaned_data.get("session")
    return Quotation(language, tuple(quotes), next((row for row in sessions if str(row.pk) == chosen), None))


class DecisionForm(TextsForm):
    """A decision recorded from an issued text."""

    def __init__(
        self, *args: Any, languages: list[str], language: str, quotes: list[str], sessions: list[Session], **kwargs: Any
    ) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        add_quotes(self, language, quotes, sessions)
        self.add_texts(
            "title", _("Title"), help_text=_("In at least one language. A missing language is shown as missing.")
        )
        self.add_texts("body", _("Text"), rows=6)
        if f"body_{language}" in self.fields:
            self.fields[f"body_{language}"].initial = "\n\n".join(quotes)

    def decision_texts(self) -> dict[str, Text]:
        """The texts by language, for the command."""
        read = self.cleaned_data
        return {code: Text(read.get(f"title_{code}", ""), read.get(f"body_{code}", "")) for code in self.languages}


class OwnAttendanceForm(forms.Form):
    """Whether a party took part, and at which level."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    present = forms.ChoiceField(
        label=_lazy("The delegation"),
        choices=[("yes", _lazy("took part")), ("no", _lazy("did not take part"))],
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Say whether the delegation took part.")},
    )
    level = forms.ChoiceField(label=_lazy("Level"), required=False, choices=[("", "—"), *Meeting.Level.choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Said before the sentence is shown; the command would say it only afterwards.
        if cleaned.get("present") == "yes" and not cleaned.get("level") and not self.errors:
            self.add_error("level", _("Choose at which level the delegation took part."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """The arguments of the command."""
        there = self.cleaned_data["present"] == "yes"
        return {"present": there, "level": self.cleaned_data["level"] if there else ""}


def own_initial(row: OwnAttendance | None, level: str) -> dict[str, Any]:
    """What the form starts with: what the party said, else the level it announced."""
    if row is None:
        return {"present": "yes", "level": level}
    return {"version": row.version, "present": "yes" if row.present else "no", "level": row.level}
