"""Forms of the room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.models import Audience, Party
from sofra.lexicon.naming import order_parties, party_name
from sofra.meetings.agenda_forms import TextsForm
from sofra.meetings.models import Meeting
from sofra.parties.formfields import OFFERED, language_names
from sofra.texts.engine.words import blocks
from sofra.texts.models import Closing, Stance, Status


def languages_of(meeting: Meeting) -> list[str]:
    """The languages a form of this meeting asks for: its working languages, the house's own where it names none."""
    return list(meeting.working_languages) or list(OFFERED)


def _named(parties: Iterable[Party], language: str) -> list[tuple[str, str]]:
    return [(str(party.pk), party_name(party, language).text) for party in order_parties(list(parties), language)]


class BeginForm(TextsForm):
    """A text that is put on the table."""

    def __init__(self, *args: Any, languages: list[str], offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("title", _("Title"), help_text=_("In at least one language."))
        names = language_names()
        self.fields["authoritative"] = forms.ChoiceField(
            label=_("Authoritative language"),
            choices=[(code, names.get(code, code)) for code in offered],
            help_text=_("It decides where versions in other languages differ."),
        )
        self.fields["file"] = forms.FileField(
            label=_("File"),
            required=False,
            help_text=_("DOCX or TXT, instead of the text below. Whoever made a tracked change stands in its bracket."),
            allow_empty_file=True,
        )
        self.fields["notation"] = forms.CharField(
            label=_("Text"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 14}),
            help_text=_(
                "One paragraph per block, a blank line between two. Brackets as in rolling texts: "
                "[wording - who proposes it; who retain; who delete / another wording - who proposes it]."
            ),
        )


class AddressedForm(TextsForm):
    """What is addressed to all, to some, to the chair, or kept."""

    def address_fields(self, members: list[Party], language: str, *, own: UUID | None) -> None:
        """Ask to whom it is addressed."""
        self.fields["audience"] = forms.ChoiceField(
            label=_("Addressed to"),
            choices=[
                (Audience.FORMAT, _("All members: it stands in the text at once")),
                (Audience.PARTIES, _("The delegations chosen below")),
                (Audience.SECRETARIAT, _("The chair alone")),
                (Audience.DELEGATION, _("Kept to your own delegation")),
            ],
            initial=Audience.FORMAT,
            widget=forms.RadioSelect,
        )
        self.fields["readers"] = forms.MultipleChoiceField(
            label=_("Delegations"),
            required=False,
            choices=_named([party for party in members if party.pk != own], language),
            widget=forms.CheckboxSelectMultiple,
        )
        self.add_texts(
            "explanation", _("Explanation"), rows=3, help_text=_("Not part of the text; leave it out if you like.")
        )

    def values(self) -> dict[str, Any]:
        """The arguments of the commands."""
        return {
            "audience": self.cleaned_data["audience"],
            "readers": [UUID(each) for each in self.cleaned_data["readers"]],
            "explanation": self.texts("explanation"),
        }


class WordingForm(AddressedForm):
    """The wording a delegation would like a paragraph to have."""

    wording = forms.CharField(
        label=_lazy("The paragraph as you would like it"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "text-box"}),
        help_text=_lazy("Plain words, without brackets. What it changes is shown before it is sent."),
    )
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)


class DeleteForm(AddressedForm):
    """That a paragraph goes."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)


class AddForm(AddressedForm):
    """A new paragraph."""

    wording = forms.CharField(
        label=_lazy("The paragraph you propose"), widget=forms.Textarea(attrs={"rows": 8, "class": "text-box"})
    )
    number = forms.CharField(
        label=_lazy("Number"),
        required=False,
        max_length=30,
        help_text=_lazy("The same in all languages. An alternative takes the number of the other with bis."),
    )
    alternative = forms.BooleanField(label=_lazy("It is an alternative to the paragraph above"), required=False)


class ShapeForm(AddressedForm):
    """That a paragraph moves or takes in another: which one."""

    def __init__(
        self, *args: Any, languages: list[str], others: list[tuple[str, str]], top: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        first = [("", _("At the top of the text"))] if top else []
        self.fields["target"] = forms.ChoiceField(
            label=_("Behind which paragraph") if top else _("The paragraph that is taken in"),
            choices=[*first, *others],
            required=not top,
        )


class SplitForm(AddressedForm):
    """The two parts of a paragraph, in every language in which it stands."""

    def __init__(self, *args: Any, languages: list[str], wordings: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        names = language_names()
        for code, words in wordings.items():
            self.fields[f"cut_{code}"] = forms.CharField(
                label=_("The paragraph in %(language)s") % {"language": names.get(code, code)},
                initial=words,
                widget=forms.Textarea(attrs={"rows": 8, "class": "text-box"}),
                help_text=_("Put an empty line where it is cut, and change nothing else."),
            )

    def cuts(self) -> dict[str, tuple[str, str]]:
        """The two parts by language; empty ones where there are not two."""
        found = {}
        for name, words in self.cleaned_data.items():
            if name.startswith("cut_"):
                parts = blocks(words)
                found[name.removeprefix("cut_")] = (parts[0], parts[1]) if len(parts) == 2 else ("", "")
        return found


class SettleForm(TextsForm):
    """What becomes of a proposal to move, split or merge."""

    def __init__(self, *args: Any, languages: list[str], numbered: bool, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.fields["how"] = forms.ChoiceField(
            label=_("What becomes of the proposal"),
            choices=[("accepted", _("It is accepted, and done in all languages")), ("set_aside", _("It is set aside"))],
            widget=forms.RadioSelect,
        )
        if numbered:
            self.fields["number"] = forms.CharField(
                label=_("Number"),
                required=False,
                max_length=30,
                help_text=_("The same in all languages. Left out, it takes the number before it with bis."),
            )
        self.add_texts("reason", _("Reason"), rows=3, help_text=_("In at least one language."))


class CompromiseForm(TextsForm):
    """The chair's compromise for a paragraph."""

    wording = forms.CharField(
        label=_lazy("The paragraph as the chair puts it"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "text-box"}),
        help_text=_lazy("Plain words, without brackets. All brackets of the paragraph are closed with it."),
    )
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("reason", _("Reason"), rows=3, help_text=_("In at least one language."))


class InformalForm(forms.Form):
    """A wording without a name."""

    wording = forms.CharField(
        label=_lazy("The wording you put forward"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "text-box"}),
        help_text=_lazy("Plain words. The text does not change."),
    )


class BringForm(AddressedForm):
    """A delegation's file."""

    file = forms.FileField(
        label=_lazy("File"),
        help_text=_lazy("DOCX or TXT: the whole text as you would like it, as a clean copy or with tracked changes."),
        allow_empty_file=True,
    )


class PositionForm(TextsForm):
    """Where a delegation stands on a wording. `elsewhere` are the wordings with which an objection may fall."""

    def __init__(
        self, *args: Any, languages: list[str], elsewhere: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.fields["stance"] = forms.ChoiceField(
            label=_("Where your delegation stands"), choices=Stance.choices, widget=forms.RadioSelect
        )
        if elsewhere:
            self.fields["unless"] = forms.MultipleChoiceField(
                label=_("It objects unless these wordings are taken"),
                required=False,
                choices=elsewhere,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("For an objection alone: it falls where all of those chosen are taken."),
            )
        self.fields["audience"] = forms.ChoiceField(
            label=_("Addressed to"),
            choices=[
                (Audience.FORMAT, _("All members")),
                (Audience.SECRETARIAT, _("The chair alone")),
                (Audience.DELEGATION, _("Kept to your own delegation")),
            ],
            initial=Audience.FORMAT,
            widget=forms.RadioSelect,
        )
        self.add_texts("reason", _("Reason"), rows=3)

    def unless(self) -> list[tuple[UUID, str]]:
        """The wordings with which the objection falls."""
        said = (each.partition(":") for each in self.cleaned_data.get("unless", ()))
        return [(UUID(paragraph), choice) for paragraph, _colon, choice in said]


class CloseForm(TextsForm):
    """With what a bracket is closed, and why."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: list[str], choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.fields["choice"] = forms.ChoiceField(
            label=_("The wording that stays"), choices=choices, widget=forms.RadioSelect
        )
        ways = [each for each in Closing.How.choices if each[0] != Closing.How.COMPROMISE]
        self.fields["how"] = forms.ChoiceField(label=_("How it is closed"), choices=ways)
        self.add_texts("reason", _("Reason"), rows=3, help_text=_("In at least one language."))


class StatusForm(TextsForm):
    """How far a paragraph is."""

    def __init__(self, *args: Any, languages: list[str], members: list[Party], language: str, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.fields["status"] = forms.ChoiceField(label=_("Status"), choices=Status.choices, widget=forms.RadioSelect)
        self.fields["asked_by"] = forms.ChoiceField(
            label=_("Asked by"), required=False, choices=[("", _("The chair")), *_named(members, language)]
        )
        self.add_texts("reason", _("Reason"), rows=3, help_text=_("Needed where an agreed paragraph is opened again."))


class PenForm(TextsForm):
    """Who holds the pen."""

    def __init__(self, *args: Any, languages: list[str], members: list[Party], language: str, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.fields["holder"] = forms.ChoiceField(
            label=_("Who holds the pen"), required=False, choices=[("", _("The chair")), *_named(members, language)]
        )
        self.add_texts("reason", _("Reason"), rows=3)


class NoteForm(TextsForm):
    """Why a version is circulated."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("note", _("Note"), rows=3)
