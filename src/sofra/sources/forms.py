"""Forms of the room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Entry
from sofra.sources.commands.comments import LONGEST


class CommentForm(forms.Form):
    """What a party says beside a claim."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It stands beside the claim under your party's name. The claim itself stays as it is."),
    )
    language = forms.ChoiceField(label=_("Language of the comment"), choices=settings.LANGUAGES)
    released = forms.BooleanField(
        label=_("Release it to the public now"),
        required=False,
        help_text=_("Until it is released, only your delegation can read it."),
    )


class CorrectionForm(forms.Form):
    """Another text in a comment's place."""

    text = forms.CharField(label=_("Comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class EntryForm(forms.Form):
    """How the act of a delegation reached the secretariat."""

    party = forms.ChoiceField(label=_("Party"))
    channel = forms.ChoiceField(label=_("Received by"), choices=Entry.Channel.choices)
    received_at = forms.DateTimeField(
        label=_("Received at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("The instant of receipt, in UTC."),
    )
    reference = forms.CharField(label=_("Reference"), max_length=200, required=False)

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties  # type: ignore[attr-defined]


class EnteredCommentForm(EntryForm, CommentForm):
    """A comment that came by note verbale, e-mail or call."""

    field_order = ("party", "channel", "received_at", "reference", "text", "language", "released")
