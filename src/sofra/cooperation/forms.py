"""The room's forms. They read what was typed; commands decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sofra.cooperation.models import Commitment, Report
from sofra.cooperation.themes import theme_choices
from sofra.kernel.models import Format
from sofra.lexicon.naming import order_parties, party_name
from sofra.meetings.after_forms import add_quotes
from sofra.meetings.models import Meeting, Session
from sofra.parties.formfields import DayField, add_wording_fields, require_wording, zone_choices
from sofra.parties.queries.formats import members_on


class WordsForm(forms.Form):
    """The words of a commitment."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "title", _("What will be done"), most=200)
        add_wording_fields(
            self, "indicator", _("How it will be seen to be done"), long=True, most=2000,
            help_text=_("What anybody can look at and say: this is done."),
        )  # fmt: skip
        add_wording_fields(self, "ministry", _("Lead ministry"), most=200)
        self.fields["theme"] = forms.ChoiceField(
            label=_("Theme"),
            required=False,
            choices=theme_choices(get_language() or "en", str(self.initial.get("theme") or "")),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("title", "indicator"):
            require_wording(self, name)
        return cleaned


class DueFields(forms.Form):
    """A day and the zone in which it ends."""

    due = DayField(label=_("By when"), error_messages={"required": _("Give the day.")})
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        help_text=_("The promise ends with that day on the clocks of this zone."),
    )


class AnnounceForm(WordsForm, DueFields):
    """A party's own announcement."""

    field_order = [
        "title_en", "title_tr", "due", "zone", "indicator_en", "indicator_tr", "ministry_en", "ministry_tr", "theme",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class FromBilateralForm(AnnounceForm):
    """A party's own announcement, and the bilateral it came out of, where it was begun from its page."""

    bilateral = forms.UUIDField(widget=forms.HiddenInput, required=False)


class FromTextForm(AnnounceForm):
    """What passages of an issued text ask of a party."""

    owner = forms.ChoiceField(label=_("Owner"), error_messages={"required": _("Say which party is asked.")})

    def __init__(
        self, *args: Any, place: Format, language: str, quotes: list[str], sessions: list[Session], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        add_quotes(self, language, quotes, sessions)
        self.fields["owner"].choices = owner_choices(place)  # type: ignore[attr-defined]
        passages = [name for name in self.fields if name.startswith("quote_")]
        self.order_fields([*passages, "session", "owner", *(self.field_order or ())])


def owner_choices(place: Format) -> list[tuple[str, str]]:
    """The members of a format, in the order of their names."""
    language = get_language() or "en"
    owners = order_parties(members_on(place), language)
    return [("", "—"), *((str(each.pk), party_name(each, language).text) for each in owners)]


class ProposeForm(AnnounceForm):
    """What an outcome asks of a party."""

    owner = forms.ChoiceField(label=_("Owner"), error_messages={"required": _("Say which party is asked.")})
    outcome = forms.ChoiceField(
        label=_("Outcome it arises from"), required=False,
        help_text=_("A decision, an adopted text, a chair's summary or a press statement that the members can read."),
    )  # fmt: skip
    origin_kind = forms.ChoiceField(
        label=_("Arises from"), required=False,
        choices=[("", "—"), *(each for each in Commitment.Origin.choices if each[0] != Commitment.Origin.ANNOUNCEMENT)],
        help_text=_("Where the outcome is not written down here."),
    )  # fmt: skip
    meeting = forms.ChoiceField(label=_("Meeting"), required=False)

    def __init__(
        self, *args: Any, place: Format, meetings: list[Meeting], outcomes: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose("outcome", [("", _("none written down here")), *outcomes])
        add_wording_fields(self, "origin", _("The outcome in words"), most=300)
        self.choose("owner", owner_choices(place))
        self.choose("meeting", [("", "—"), *((str(each.pk), meeting_words(each)) for each in meetings)])
        self.order_fields(["owner", "outcome", "origin_kind", "meeting", "origin_en", "origin_tr", *self.field_order])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("outcome") and not cleaned.get("origin_kind") and "outcome" not in self.errors:
            self.add_error("outcome", _("Choose the outcome it arises from, or say below what kind of outcome it was."))
        return cleaned

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Give a field its choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class AnswerForm(forms.Form):
    """A date is accepted or declined: nothing is asked, but which answer was seen where one is corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DateForm(DueFields):
    """Another date, with its reason."""

    seen_date = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "reason", _("Reason"), long=True, most=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "reason")
        return cleaned


class ReasonForm(forms.Form):
    """Why it ends."""

    def __init__(self, *args: Any, label: Any = "", meetings: list[Meeting] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if meetings is not None:
            self.fields["meeting"] = forms.ChoiceField(
                label=_("Decided by"), choices=[(str(each.pk), meeting_words(each)) for each in meetings],
                error_messages={"required": _("Name the meeting that decided it.")},
            )  # fmt: skip
        add_wording_fields(self, "reason", label or _("Reason"), long=True, most=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "reason")
        return cleaned


class ReportForm(forms.Form):
    """The owner's account, with one source; further ones by correcting the report."""

    on = DayField(label=_("As of"), error_messages={"required": _("Give the day.")})
    claim = forms.ChoiceField(label=_("It is"), choices=Report.Claim.choices, widget=forms.RadioSelect)
    modality = forms.ChoiceField(
        label=_("How this is known"), choices=Report.Modality.choices, initial=Report.Modality.REPORTED
    )
    source_title = forms.CharField(
        label=_("Title of the source"), required=False, max_length=300, help_text=_("Completion needs a source.")
    )
    source_date = DayField(label=_("Date of the source"), required=False)
    source_link = forms.CharField(label=_("Link"), required=False, max_length=500)
    source_document = forms.FileField(
        label=_("Document"), required=False, allow_empty_file=True, help_text=_("PDF or DOCX, at most 20 MB.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "text", _("What was done"), long=True, most=4000)
        self.order_fields(["claim", "on", "text_en", "text_tr", "modality"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "text")
        return cleaned


class PublicForm(forms.Form):
    """Which reports go with a commitment that is made public."""

    reports = forms.MultipleChoiceField(
        label=_("Reports to release with it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Without the report of completion everyone else reads the commitment as open or late."),
    )  # fmt: skip

    def __init__(self, *args: Any, reports: Iterable[Report], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reports"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(each.pk), report_words(each)) for each in reports]


class ContactForm(forms.Form):
    """Whom to ask."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Write the person's name.")})
    office = forms.CharField(label=_("Office"), required=False, max_length=200)
    reach = forms.CharField(label=_("E-mail or telephone"), required=False, max_length=200)
    for_secretariat = forms.BooleanField(
        label=_("The secretariat may read it too"), required=False,
        help_text=_("Otherwise your delegation alone reads it. Other delegations never do."),
    )  # fmt: skip


class SheetForm(forms.Form):
    """A sheet to hand in."""

    sheet = forms.FileField(
        label=_("Sheet (XLSX)"), allow_empty_file=True, error_messages={"required": _("Choose the file.")},
        help_text=_("A follow-up sheet taken from this page and filled in. At most 2 MB and 500 rows."),
    )  # fmt: skip


def meeting_words(meeting: Meeting) -> str:
    """A meeting in a list of choices: its title where it has one, else its day."""
    from django.utils.formats import date_format

    worded = getattr(meeting, "worded", {}).get("title")
    day = date_format(meeting.day)
    return f"{worded} · {day}" if worded else day


def report_words(report: Report) -> str:
    """A report in a list of choices: its day, what it claims, its first words."""
    from django.utils.formats import date_format
    from django.utils.text import Truncator

    said = Truncator(str(getattr(report, "worded", {}).get("text") or "")).words(12)
    return " · ".join(each for each in (date_format(report.on), str(report.get_claim_display()), said) if each)
