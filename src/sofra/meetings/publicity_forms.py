"""Forms by which something is told outside the members, and by which the chair answers a late entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.meetings.agenda_forms import ReleaseForm, TextsForm
from sofra.meetings.models import LateEntry, Told


class TellForm(ReleaseForm):
    """Whom to tell, and from which instant on."""

    to = forms.ChoiceField(
        label=_lazy("Tell"),
        choices=Told.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Choose whom it is told to.")},
    )
    field_order = ("to", "at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].label = _("To be read from")


class AgendaTellForm(TellForm):
    """The same for a version of the agenda, as it was read."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LateAnswerForm(TextsForm):
    """Whether an adoption is reopened or stands, and why."""

    answer = forms.ChoiceField(
        label=_lazy("The chair's answer"),
        choices=[
            (LateEntry.Answer.REOPENED, _lazy("Reopen the adoption: the version before it holds again")),
            (LateEntry.Answer.STANDS, _lazy("The adoption stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Choose whether the adoption is reopened or stands.")},
    )

    def __init__(self, *args: Any, languages: list[str], lines: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.who = (
            _("Say why, in at least one language; the parties that were asked read it.")
            if lines
            else _("Say why, in at least one language; all members read it.")
        )
        if lines:
            choice = self.fields["answer"]
            assert isinstance(choice, forms.ChoiceField)
            choice.label = _("The answer")
            choice.choices = [
                (
                    LateEntry.Answer.REOPENED,
                    _("The clearance is reopened: what was issued of these lines is withdrawn"),
                ),
                (LateEntry.Answer.STANDS, _("The clearance stands")),
            ]
        self.add_texts("reason", _("Reason"), rows=4, help_text=self.who)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(text.strip() for text in self.texts("reason").values()):
            self.add_error(f"reason_{self.languages[0]}", self.who)
        return cleaned
