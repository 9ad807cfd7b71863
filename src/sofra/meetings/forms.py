"""Forms of convening and of the cycle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.zones import zone_name
from sofra.meetings.commands.convening import Details, When
from sofra.meetings.models import Meeting, TaskOwner
from sofra.parties.formfields import (
    LocalTimeField,
    add_wording_fields,
    require_wording,
    to_instant,
    wording_texts,
    zone_choices,
    zone_known,
)

NOTHING = ("", "—")


class ZoneField(forms.CharField):
    """A time zone, with suggestions."""

    def __init__(self, **kwargs: Any) -> None:
        choices = zone_choices()
        super().__init__(
            label=_("Time zone"),
            widget=forms.Select(choices=choices),
            error_messages={"required": _("Choose the time zone of the meeting.")},
            **kwargs,
        )


class WhenForm(forms.Form):
    """When a meeting is, by the clocks of its zone."""

    begins = LocalTimeField(label=_("Begins"), error_messages={"required": _("Say when the meeting begins.")})
    ends = LocalTimeField(label=_("Ends"), required=False)
    zone = ZoneField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        zone = zone_known(self) if cleaned.get("zone") else None
        if zone is not None:
            begins, ends = to_instant(self, "begins", zone.key), to_instant(self, "ends", zone.key)
            if begins and ends and ends <= begins:
                self.add_error("ends", _now("The meeting would end before it began."))
            cleaned["when"] = When(begins, zone.key, ends) if begins else None
        return cleaned


class DetailsForm(forms.Form):
    """What is said of a meeting."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=Meeting.Level.choices)
    working_languages = forms.MultipleChoiceField(
        label=_("Working languages"), required=False, choices=lambda: settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "title", _("Title"), most=200)
        add_wording_fields(self, "city", _("City"), most=100)
        add_wording_fields(self, "venue", _("Venue"), most=200)
        add_wording_fields(self, "note", _("Note to the members"), long=True, most=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "title", _now("Give the meeting a title in at least one language."))
        return cleaned

    def details(self) -> Details:
        """What was written."""
        return Details(
            titles=wording_texts(self, "title"),
            cities=wording_texts(self, "city"),
            venues=wording_texts(self, "venue"),
            notes=wording_texts(self, "note"),
            level=self.cleaned_data["level"],
            working_languages=tuple(self.cleaned_data["working_languages"]),
        )


class ConveneForm(DetailsForm, WhenForm):
    """Everything asked for when a meeting is convened."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind.choices)
    prepares = forms.ChoiceField(
        label=_("Prepares"), required=False, help_text=_("For a preparatory meeting: the meeting its items are handed up to.")
    )  # fmt: skip
    exercise = forms.BooleanField(
        label=_("This is a rehearsal"),
        required=False,
        help_text=_("Every page of it says that it is an exercise and that positions are invented."),
    )

    field_order = (
        "kind", "prepares", "title_en", "title_tr", "begins", "ends", "zone", "city_en", "city_tr", "venue_en", "venue_tr",
        "level", "working_languages", "note_en", "note_tr", "exercise",
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        choice = self.fields["prepares"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [NOTHING, *((str(row.pk), str(row.worded.get("title", row.slug))) for row in meetings)]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        preparatory = cleaned.get("kind") == Meeting.Kind.PREPARATORY
        if preparatory and not cleaned.get("prepares"):
            self.add_error("prepares", _now("Choose the meeting it prepares; items are handed up to that one."))
        if not preparatory and cleaned.get("prepares"):
            self.add_error("prepares", _now("Only a preparatory meeting hands items up to another one."))
        return cleaned


class PostponeForm(WhenForm):
    """A new date, with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, help_text=_("The members read it."))


class CancelForm(forms.Form):
    """Calling a meeting off."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("The members read it."),
        error_messages={"required": _("Say why; the members read it.")},
    )  # fmt: skip


class DoneForm(forms.Form):
    """Whether a delegation's part of a task is done."""

    done = forms.ChoiceField(
        label=_("Its part is"), choices=[("yes", _("done")), ("no", _("not done after all"))], widget=forms.RadioSelect
    )


class TaskForm(forms.Form):
    """A task of one meeting."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    owner = forms.ChoiceField(label=_("Who has to do it"), choices=TaskOwner.choices)
    due = LocalTimeField(label=_("Due"), error_messages={"required": _("Say until when it has to be done.")})

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["due"].help_text = _now("By the clocks of %(zone)s.") % {"zone": zone_name(zone)}
        add_wording_fields(self, "title", _("What has to be done"), most=200)
        add_wording_fields(self, "remedy", _("What to do where the time has passed"), most=300)
        self.order_fields(("title_en", "title_tr", "owner", "due"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "title", _now("Write what has to be done in at least one language."))
        due: datetime | None = to_instant(self, "due", self.zone)
        cleaned["due_at"] = due
        return cleaned


class StepForm(forms.Form):
    """A step of a format's template."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("For meetings of the kind"), choices=Meeting.Kind.choices)
    owner = forms.ChoiceField(label=_("Who has to do it"), choices=TaskOwner.choices)
    days = forms.IntegerField(
        label=_("Days from the meeting"), required=False, min_value=-730, max_value=730,
        help_text=_("Before the meeting: a minus sign, for example -30."),
    )  # fmt: skip
    at = forms.TimeField(
        label=_("At the clock time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    hours = forms.IntegerField(
        label=_("Or hours from its beginning"), required=False, min_value=-2000, max_value=2000,
        help_text=_("For short notice: exact hours instead of days and a clock time."),
    )  # fmt: skip

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_wording_fields(self, "title", _("What has to be done"), most=200)
        add_wording_fields(self, "remedy", _("What to do where the time has passed"), most=300)
        self.order_fields(("kind", "title_en", "title_tr", "owner"))
        if fixed:
            del self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "title", _now("Write what has to be done in at least one language."))
        days, at, hours = cleaned.get("days"), cleaned.get("at"), cleaned.get("hours")
        in_days = days is not None and at is not None and hours is None
        in_hours = hours is not None and days is None and at is None
        if not self.errors and not in_days and not in_hours:
            self.add_error("days", _now("Give days with a clock time, or hours, not both."))
        return cleaned
