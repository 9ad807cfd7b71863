"""Forms of silence, adoption and what is attached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sofra.kernel.models import Party
from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import order_parties, party_name
from sofra.meetings.agenda_forms import TextsForm
from sofra.parties.formfields import LocalTimeField, to_instant
from sofra.texts.models import SilenceEvent, Statement


class _Timed(TextsForm):
    """A form that asks for an instant by the meeting's clocks."""

    zone = "UTC"

    def add_deadline(self, zone: str, *, required: bool) -> None:
        """Ask until when."""
        self.zone = zone
        self.fields["deadline"] = LocalTimeField(
            label=_("Silence ends at"),
            required=required,
            help_text=_("By the clocks of %(zone)s. The database's clock decides, to the microsecond.")
            % {"zone": zone_name(zone)},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "deadline", self.zone)
        return cleaned

    @property
    def deadline(self) -> datetime | None:
        """The instant that was given."""
        found: datetime | None = self.cleaned_data.get("instant")
        return found


class SilenceForm(_Timed):
    """A silence procedure."""

    def __init__(self, *args: Any, languages: list[str], zone: str, differing: bool, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_deadline(zone, required=True)
        self.add_texts("question", _("The question that is put"), rows=2, help_text=_("In at least one language."))
        self.fields["names_breaker"] = forms.BooleanField(
            label=_("Whoever breaks the silence is named to all members"),
            required=False,
            initial=True,
            help_text=_("As the rule of the format has it. Not named, the objection is read by the secretariat alone."),
        )
        self.fields["ad_referendum"] = forms.BooleanField(label=_("Adopted ad referendum"), required=False)
        if differing:
            self.add_texts("override", _("Why the differences between the languages do not matter"), rows=3)


class BreakForm(TextsForm):
    """A written objection or amendment."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("words", _("The objection or the amendment"), rows=5, help_text=_("In at least one language."))


class AnswerForm(_Timed):
    """What becomes of a broken silence."""

    def __init__(self, *args: Any, languages: list[str], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        ways = [(kind.value, kind.label) for kind in SilenceEvent.ANSWERS]
        self.fields["how"] = forms.ChoiceField(
            label=_("What becomes of the procedure"), choices=ways, widget=forms.RadioSelect
        )
        self.add_deadline(zone, required=False)
        self.fields["deadline"].help_text = _("Needed where it is extended or opened anew. %(help)s") % {
            "help": self.fields["deadline"].help_text
        }
        self.add_texts("reason", _("Reason"), rows=3, help_text=_("In at least one language."))


class LateForm(TextsForm):
    """The answer to an objection that came in time and was entered late."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.fields["stands"] = forms.ChoiceField(
            label=_("The answer"),
            choices=[("no", _("The text is reopened")), ("yes", _("The adoption stands"))],
            widget=forms.RadioSelect,
        )
        self.add_texts("reason", _("Reason"), rows=3, help_text=_("In at least one language."))


class AdoptForm(TextsForm):
    """Adoption in a session."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("question", _("The question that is put"), rows=2, help_text=_("In at least one language."))
        self.fields["ad_referendum"] = forms.BooleanField(label=_("Adopted ad referendum"), required=False)


class ReasonForm(TextsForm):
    """Why."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("reason", _("Reason"), rows=3, help_text=_("In at least one language."))


class ReopenForm(ReasonForm):
    """Who asks that a text is reopened, and why."""

    def __init__(self, *args: Any, members: list[Party], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(each.pk), party_name(each, language).text) for each in order_parties(members, language)]
        self.fields["asked_by"] = forms.ChoiceField(
            label=_("Asked by"), required=False, choices=[("", _("The chair")), *names]
        )


class StatementForm(TextsForm):
    """What is attached."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What it is"), choices=Statement.Kind.choices, widget=forms.RadioSelect
        )
        self.add_texts("words", _("The statement"), rows=4, help_text=_("In at least one language."))
