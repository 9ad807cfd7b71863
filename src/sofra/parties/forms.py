"""Forms of formats, parties, posts and holidays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Format, Membership, Party
from sofra.lexicon.naming import order_parties, party_name
from sofra.parties.commands.posts import AUDIENCES
from sofra.parties.formfields import DayField, add_wording_fields, require_wording, zone_choices
from sofra.parties.models import Post

NOTHING = ("", "—")


def party_choices(parties: list[Party]) -> list[tuple[str, str]]:
    """Parties as choices, in the order of their names."""
    language = get_language() or "en"
    return [(str(party.pk), party_name(party, language).text) for party in order_parties(parties, language)]


def format_choices(formats: list[Any]) -> list[tuple[str, str]]:
    """Formats, worded before, as choices."""
    return [(str(row.pk), str(row.worded.get("name", ""))) for row in formats]


class FormatForm(forms.Form):
    """A format: its kind and place, its name and what it is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Format.Kind.choices,
        error_messages={"required": _("Choose what kind of format it is.")},
    )
    parent = forms.ChoiceField(
        label=_("Stands under"), required=False, help_text=_("For a working group: the format it belongs to.")
    )
    host = forms.ChoiceField(label=_("Host"), required=False)
    cadence_months = forms.IntegerField(
        label=_("Meets about every"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("In months. The date of the next meeting is proposed from it."),
        error_messages={"invalid": _("Write a whole number of months, for example 6.")},
    )

    def __init__(
        self, *args: Any, parties: list[Party], formats: list[Any], fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "name", _("Name"), most=200)
        add_wording_fields(self, "purpose", _("What it is"), long=True, most=2000)
        _choose(self, "host", [NOTHING, *party_choices(parties)])
        _choose(self, "parent", [NOTHING, *format_choices(formats)])
        if fixed:
            del self.fields["kind"], self.fields["parent"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "name", _("Give the format a name in at least one language."))
        return cleaned


class MembershipForm(forms.Form):
    """A party joins a format."""

    party = forms.ChoiceField(label=_("Party"), error_messages={"required": _("Choose the party.")})
    capacity = forms.ChoiceField(label=_("As"), choices=Membership.Capacity.choices)
    since = DayField(
        label=_("From"),
        required=False,
        help_text=_("Leave empty where it has sat from the beginning, or nobody knows."),
    )

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "party", [NOTHING, *party_choices(parties)])


class MembershipChangeForm(forms.Form):
    """A membership that was entered wrongly is mended."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    capacity = forms.ChoiceField(label=_("As"), choices=Membership.Capacity.choices)
    since = DayField(
        label=_("From"),
        required=False,
        help_text=_("Leave empty where it has sat from the beginning, or nobody knows."),
    )
    until = DayField(label=_("First day without a seat"), required=False)


class MembershipEndForm(forms.Form):
    """A membership ends; it stays as history."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    until = DayField(
        label=_("First day without a seat"), error_messages={"required": _("Say from which day it no longer sits.")}
    )


class PartyForm(forms.Form):
    """A state or an organisation."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Party.Kind.choices)
    capital_zone = forms.ChoiceField(label=_("Time zone of its capital"), required=False)
    code = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9]{1,11}$",
        label=_("Code"),
        required=False,
        help_text=_("Two letters by which a library of public holidays knows it. It is shown nowhere."),
        error_messages={"invalid": _("Write two to twelve letters or digits, beginning with a letter.")},
    )

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "name", _("Name"), most=200)
        _choose(self, "capital_zone", [NOTHING, *zone_choices()])
        if fixed:
            del self.fields["kind"], self.fields["code"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "name", _("Give the party a name in at least one language."))
        return cleaned


def audience_choices() -> list[tuple[str, Any]]:
    """Who may read a post or a name."""
    return [(str(audience), audience.label) for audience in AUDIENCES]


class PostForm(forms.Form):
    """An office of a party."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    format = forms.ChoiceField(label=_("Within the format"), error_messages={"required": _("Choose the format.")})
    rank = forms.ChoiceField(label=_("Rank"), choices=[NOTHING, *Post.Rank.choices])
    audience = forms.ChoiceField(label=_("Visible to"), choices=audience_choices)

    def __init__(self, *args: Any, formats: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "title", _("Title of the office"), most=200)
        _choose(self, "format", format_choices(formats))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "title", _("Write the title in at least one language."))
        return cleaned


class PostCloseForm(forms.Form):
    """A post is no more."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    until = DayField(
        label=_("Last day"),
        help_text=_("Whoever holds the post is said to have held it until that day."),
        error_messages={"required": _("Give the day.")},
    )


class PostReopenForm(forms.Form):
    """A post was not closed after all: nothing is asked but which state of it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TenureForm(forms.Form):
    """Who holds a post."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As the person writes it, in Latin letters."),
        error_messages={"required": _("Write the person's name.")},
    )  # fmt: skip
    native = forms.CharField(label=_("Name in another script"), required=False, max_length=200)
    name_audience = forms.ChoiceField(
        label=_("Name visible to"),
        choices=audience_choices,
        help_text=_("A name can stay with your delegation until it is released."),
    )
    since = DayField(label=_("In office since"), required=False)
    until = DayField(label=_("Until"), required=False)
    source = forms.CharField(
        label=_("Source"), required=False, max_length=300, help_text=_("Where this is known from.")
    )


class HolidayForm(forms.Form):
    """A public holiday in a capital."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("Day"), error_messages={"required": _("Write the day.")})
    source = forms.CharField(label=_("Source"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "name", _("Name of the holiday"), most=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "name", _("Name the holiday in at least one language."))
        return cleaned


class FillForm(forms.Form):
    """The years to fill from the library."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=2000,
        max_value=2100,
        error_messages={"invalid": _("Write a year, for example 2026.")},
    )


WEEKDAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")),
    (6, _("Sunday")),
]  # fmt: skip


class RestForm(forms.Form):
    """The weekly rest days."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekly rest"), choices=WEEKDAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
