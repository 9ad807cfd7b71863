"""Forms of the lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.engine.refused import MOST
from sofra.kernel.models import Format
from sofra.kernel.refusals import Refusal
from sofra.lexicon.commands.designations import Said
from sofra.lexicon.commands.red_lines import Against
from sofra.lexicon.engine.reading import CannotRead, read_text
from sofra.lexicon.models import Entity, EntityDesignation, Objection
from sofra.lexicon.pattern_fields import Inflecting

#: The languages in which reasons are asked for.
OFFERED = ("en", "tr")


def language_choices(empty: Any = None) -> list[tuple[str, Any]]:
    """Languages by their own names; `empty` is what no language means."""
    return [*([("", empty)] if empty is not None else []), *settings.LANGUAGES]


class Reasoned(forms.Form):
    """A form that asks why, in the offered languages."""

    quotes_names = True

    needed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        for code in OFFERED:
            self.fields[f"reason_{code}"] = forms.CharField(
                label=_("Reason (%(language)s)") % {"language": names[code]},
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                help_text=_("In at least one language.") if code == OFFERED[0] and self.needed else "",
            )

    def reason(self) -> dict[str, str]:
        """The reason by language."""
        return {code: self.cleaned_data.get(f"reason_{code}", "") for code in OFFERED}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.needs_reason(cleaned) and not any((cleaned.get(f"reason_{code}") or "").strip() for code in OFFERED):
            self.add_error(f"reason_{OFFERED[0]}", _("Say why, in at least one language."))
        return cleaned

    def needs_reason(self, cleaned: dict[str, Any]) -> bool:
        """Whether what was chosen asks for a reason."""
        return self.needed


class RulingForm(Reasoned):
    """How a designation stands from now on, and why."""

    def __init__(self, *args: Any, allowed: Iterable[str], successors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(EntityDesignation.Status.choices)
        self.fields["status"] = forms.ChoiceField(
            label=_("From now on it is"),
            choices=[(status, labels[status]) for status in allowed],
            widget=forms.RadioSelect,
            error_messages={"required": _("Say how it stands from now on.")},
        )
        self.fields["successor"] = forms.ChoiceField(
            label=_("Superseded by"), required=False, choices=[("", "—"), *successors],
            help_text=_("Only where another designation takes its place."),
        )  # fmt: skip
        self.order_fields(["status", "successor"])


class ProposalForm(Inflecting, Reasoned):
    """A designation of an entity."""

    def __init__(self, *args: Any, cited: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"] = forms.CharField(
            label=_("Designation"), max_length=300,
            help_text=_("In the nominative, exactly as it is to stand. How it inflects is asked next."),
            error_messages={"required": _("Write the designation.")},
        )  # fmt: skip
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=language_choices())
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=EntityDesignation.Kind.choices)
        self.fields["contexts"] = forms.MultipleChoiceField(
            label=_("Where it serves"), required=False, choices=EntityDesignation.Context.choices,
            widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: anywhere."),
        )  # fmt: skip
        for name, label in (("valid_from", _("In use from")), ("valid_to", _("In use until"))):
            self.fields[name] = forms.DateField(
                label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": _("Write a day, for example 2026-07-24.")},
            )  # fmt: skip
        self.fields["citation"] = forms.CharField(
            label=_("Source"), required=cited, max_length=500,
            help_text=_("The document in which this form stands."),
            error_messages={"required": _("Say where this form was seen: the secretariat has no usage of its own.")},
        )  # fmt: skip
        self.add_patterns(code for code, _name in settings.LANGUAGES)
        self.order_fields(self.placed("form", "language", "kind", "contexts", "valid_from", "valid_to", "citation"))

    def day(self, name: str) -> str:
        """A day as the lexicon writes it; "" for none."""
        found = self.cleaned_data.get(name)
        return found.isoformat() if found else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.words_said().forms()
            except Refusal as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else "form", str(refusal.sentence))
        return cleaned

    def words_said(self) -> Said:
        """The designation that the form says."""
        found = self.cleaned_data
        return Said(
            language=found["language"],
            form=found["form"],
            kind=found["kind"],
            contexts=tuple(found["contexts"]),
            valid_from=self.day("valid_from"),
            valid_to=self.day("valid_to"),
            citation=found["citation"],
            paradigm=self.paradigm(),
        )


class EntityForm(ProposalForm):
    """An entity that the lexicon does not have, with its first designation and where that was seen."""

    needed = False

    def __init__(self, *args: Any, parents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, cited=True, **kwargs)
        for code in OFFERED:
            del self.fields[f"reason_{code}"]
        kinds = [each for each in Entity.Kind.choices if each[0] != Entity.Kind.PARTY]
        self.fields["entity_kind"] = forms.ChoiceField(
            label=_("What it is"), choices=[("", "—"), *kinds],
            error_messages={"required": _("Say what kind of entity it is.")},
        )  # fmt: skip
        self.fields["parent"] = forms.ChoiceField(
            label=_("It belongs to"), required=False, choices=[("", "—"), *parents],
            help_text=_("A town or an agency to its party."),
        )  # fmt: skip
        del self.fields["kind"]
        names = ("form", "language", "contexts", "valid_from", "valid_to", "citation")
        self.order_fields(["entity_kind", "parent", *self.placed(*names)])

    def words_said(self) -> Said:
        self.cleaned_data.setdefault("kind", EntityDesignation.Kind.NAME)
        return super().words_said()


class ObjectionForm(Reasoned):
    """What a delegation objects to, how gravely, what to say instead, and who reads that."""

    OWN = "own"

    def __init__(
        self,
        *args: Any,
        entity: Entity | None,
        designations: Iterable[EntityDesignation] = (),
        formats: list[tuple[str, Any]],
        own: bool,
        here: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entity, self.here = entity, here
        names = dict(settings.LANGUAGES)
        if entity is not None:
            found = {(each.language, each.form) for each in designations}
            choices = [(f"{code}:{form}", f"{form} ({names.get(code, code)})") for code, form in sorted(found)]
            self.fields["what"] = forms.ChoiceField(
                label=_("The delegation objects to"), required=False,
                choices=[("", _("every designation of this entity")), *choices],
            )  # fmt: skip
        else:
            self.fields["term"] = forms.CharField(
                label=_("Term"), max_length=300, help_text=_("A word or words that name no party or body."),
                error_messages={"required": _("Write the term.")},
            )  # fmt: skip
            self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=language_choices())
        self.fields["severity"] = forms.ChoiceField(
            label=_("If it is used"), choices=Objection.Severity.choices, widget=forms.RadioSelect,
            error_messages={"required": _("Say how grave it is.")},
        )  # fmt: skip
        for side, label in (("left", _("Only after these words")), ("right", _("Only before these words"))):
            self.fields[side] = forms.CharField(
                label=label, required=False, max_length=300, help_text=_("Separated by commas; empty: anywhere.")
            )
        self.fields["instead"] = forms.CharField(
            label=_("Say instead"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("One alternative per line, in the language of what is objected to."),
        )  # fmt: skip
        readers = [*([(self.OWN, _("your delegation alone"))] if own else []), *formats]
        self.fields["readers"] = forms.ChoiceField(
            label=_("Who reads it"), choices=readers, widget=forms.RadioSelect, initial=self.OWN if own else None,
            error_messages={"required": _("Choose who reads it.")},
            help_text=_("Nobody else can read what is your delegation's alone; the secretariat cannot.") if own else "",
        )  # fmt: skip
        self.fields["citation"] = forms.CharField(label=_("Source"), required=False, max_length=500)
        self.order_fields(["what", "term", "language", "severity", "readers", "instead", "left", "right", "citation"])

    def needs_reason(self, cleaned: dict[str, Any]) -> bool:
        return cleaned.get("readers") != self.OWN

    def format(self) -> Format | None:
        """The format before whose members it is; None for one's own delegation alone."""
        chosen = self.cleaned_data["readers"]
        return None if chosen == self.OWN else Format.objects.get(slug=chosen)

    def against(self) -> Against:
        """What the form says."""
        said = self.cleaned_data
        code, _colon, form = said.get("what", "").partition(":")
        language = said.get("language") or code
        lines = tuple(line.strip() for line in said["instead"].splitlines() if line.strip())
        # An alternative to every designation of an entity is in the language of the page it is written on.
        of_lines = language or self.here
        return Against(
            entity=self.entity,
            form=form,
            language=language,
            term=said.get("term", ""),
            severity=said["severity"],
            left=_words(said["left"]),
            right=_words(said["right"]),
            alternatives={of_lines: lines} if lines else {},
            citation=said["citation"],
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


#: How many letters of a text are checked at once on a page.
MOST_LETTERS = 400_000


class LintForm(forms.Form):
    """A text to check, or a file, what it is in, and for whom and under which profile it is checked.

    `cleaned_data["text"]` is the text of either, its line ends as "\\n"; `is_word` says whether it came as a Word file.
    """

    text = forms.CharField(
        label=_lazy("Text"),
        required=False,
        max_length=MOST_LETTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "max_length": _lazy("The text is longer than is read at once."),
        },
    )
    file = forms.FileField(
        label=_lazy("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_lazy(
            "A text, PDF or DOCX, at most 20 MB. It is read and let go; a DOCX can be had back with tracked changes."
        ),
    )
    language = forms.ChoiceField(label=_lazy("Language of the text"), required=False)
    profile = forms.ChoiceField(label=_lazy("Under"), required=False)
    viewpoints = forms.MultipleChoiceField(
        label=_lazy("For whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_lazy(
            "None chosen: for everyone whose objections you may read. Your own red lines are always among them."
        ),
    )

    def __init__(
        self, *args: Any, profiles: list[tuple[str, str]], viewpoints: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {
            "language": language_choices(_("recognised per passage")),
            "profile": [("", _("no profile")), *profiles],
            "viewpoints": list(viewpoints),
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = found
        if not viewpoints:
            del self.fields["viewpoints"]
        self.is_word = False

    def clean(self) -> dict[str, Any]:
        """The text of what was given. A file and a text together are one too many."""
        said = super().clean() or {}
        file, text = said.get("file"), str(said.get("text") or "")
        if file is not None and text.strip():
            self.add_error(
                "file", _("A text and a file were given. Choose one of them; the text stands above as it was.")
            )
        elif file is not None:
            try:
                text = text_of(file)
            except CannotRead as refused:
                self.add_error("file", worded(refused))
            self.is_word = file.name.lower().endswith(".docx")
            if len(text) > MOST_LETTERS:
                self.add_error("file", _("The text is longer than is read at once."))
        elif not text.strip() and "text" not in self.errors:
            self.add_error("text", _("Write or paste a text, or choose a file."))
        said["text"] = with_plain_ends(text)
        return said


def text_of(file: UploadedFile) -> str:
    """The text of a file that was sent. Raises CannotRead."""
    return with_plain_ends(read_text(file.read(MOST + 1)))


def worded(refused: CannotRead) -> str:
    """Why a file gives no text, in the reader's language."""
    sentence = _(refused.sentence)
    return sentence % refused.words if refused.words else sentence


def with_plain_ends(text: str) -> str:
    """A text whose lines end with a line feed, as browsers and files end them otherwise."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
