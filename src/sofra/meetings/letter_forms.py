"""Forms of invitations, the register and letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.clock import exact
from sofra.kernel.guarding import UNSAID
from sofra.kernel.models import Party
from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import order_parties, party_name
from sofra.lexicon.profiles import language_name
from sofra.meetings.agenda_forms import TextsForm
from sofra.meetings.engine.letters import PLACES
from sofra.meetings.models import Invitation, LetterTemplate, Meeting, Note, Reply
from sofra.meetings.queries.register import Asked
from sofra.parties.formfields import DayField, LocalTimeField, to_instant, to_local


def _named(parties: Iterable[Party], language: str) -> list[tuple[str, str]]:
    return [(str(party.pk), party_name(party, language).text) for party in order_parties(list(parties), language)]


def _version() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class InvitationForm(forms.Form):
    """At which level a party is invited, and by when it is asked to answer."""

    version = _version()
    level = forms.ChoiceField(label=_lazy("Level"), choices=Meeting.Level.choices)
    reply_by = LocalTimeField(label=_lazy("Answer asked for by"), required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["reply_by"].help_text = _("By the clocks of %(zone)s.") % {"zone": zone_name(zone)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["reply_instant"] = to_instant(self, "reply_by", self.zone)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The arguments of the commands."""
        return {"level": self.cleaned_data["level"], "reply_by": self.cleaned_data["reply_instant"]}


def invitation_initial(row: Invitation, zone: str) -> dict[str, Any]:
    """What the form starts with."""
    return {"version": row.version, "level": row.level, "reply_by": to_local(row.reply_by, zone)}


class DraftForm(InvitationForm):
    """Which parties are invited."""

    def __init__(self, *args: Any, parties: Iterable[Party], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _named(parties, language)
        self.fields["parties"] = forms.MultipleChoiceField(
            label=_("Parties"),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            initial=[key for key, _name in choices],
            error_messages={"required": _("Choose at least one party.")},
        )
        self.order_fields(["parties"])


class IssueForm(forms.Form):
    """Which drafts are issued."""

    def __init__(self, *args: Any, drafts: Iterable[Invitation], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafts = {row.party_id: row for row in drafts}
        self.fields["invitations"] = forms.MultipleChoiceField(
            label=_("Invitations"),
            choices=[
                (str(self.drafts[key].pk), self._said(self.drafts[key], language))
                for key in order_parties(list(self.drafts), language)
            ],
            widget=forms.CheckboxSelectMultiple,
            initial=[str(row.pk) for row in self.drafts.values()],
            error_messages={"required": _("Choose at least one draft that is not issued yet.")},
        )

    @staticmethod
    def _said(row: Invitation, language: str) -> str:
        said = [party_name(row.party_id, language).text, str(Meeting.Level(row.level).label)]
        if row.reply_by is not None:
            said.append(exact(row.reply_by, row.meeting.zone))
        return " · ".join(said)

    def chosen(self) -> list[Invitation]:
        """The drafts that are issued."""
        return [row for row in self.drafts.values() if str(row.pk) in self.cleaned_data["invitations"]]


class ReplyForm(TextsForm):
    """What a party answers."""

    answer = forms.ChoiceField(
        label=_lazy("Answer"),
        choices=[(Reply.Answer.ACCEPTED, _lazy("accepts")), (Reply.Answer.REGRETS, _lazy("sends regrets"))],
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Say whether the party accepts or sends regrets.")},
    )
    level = forms.ChoiceField(
        label=_lazy("Level"), choices=[("", "—"), *Meeting.Level.choices], required=False,
        help_text=_lazy("At which the delegation comes, where the invitation is accepted."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("remark", _("Remark"), rows=3, help_text=_("The secretariat and your delegation read it."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Reply.Answer.ACCEPTED and not cleaned.get("level"):
            self.add_error("level", _("Choose at which level the party comes."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The arguments of the command."""
        said = self.cleaned_data
        return {"answer": said["answer"], "level": said["level"], "remark": self.texts("remark")}


def reply_initial(invitation: Invitation) -> dict[str, Any]:
    """What the form starts with: the answer that stands, else the level one is invited at."""
    history: list[Reply] = invitation.history  # type: ignore[attr-defined]
    if history:
        return {"answer": history[0].answer, "level": history[0].level}
    return {"level": invitation.level}


class NoteForm(forms.Form):
    """A note for the register."""

    direction = forms.ChoiceField(
        label=_lazy("Direction"), choices=Note.Direction.choices, widget=forms.RadioSelect,
        error_messages={"required": _lazy("Say whether the note came in or went out.")},
    )  # fmt: skip
    office = forms.CharField(
        label=_lazy("Office"), max_length=200, required=False,
        help_text=_lazy("Which office of it, or who it is, where it is no party of the format."),
    )  # fmt: skip
    at = LocalTimeField(
        label=_lazy("Came in or went out at"), error_messages={"required": _lazy("Say when it came in or went out.")}
    )
    reference = forms.CharField(
        label=_lazy("Reference of the other side"), max_length=200, required=False,
        help_text=_lazy("The number the note bears there."),
    )  # fmt: skip
    subject = forms.CharField(
        label=_lazy("Subject"), max_length=300, error_messages={"required": _lazy("Write what the note is about.")},
        widget=forms.TextInput(attrs={"lang": UNSAID}),
    )  # fmt: skip
    document = forms.FileField(
        label=_lazy("Document"), required=False, allow_empty_file=True,
        help_text=_lazy("PDF or DOCX, at most 20 MB. The party that sent or received the note can open it too."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, zone: str, parties: Iterable[Party], meetings: Iterable[Meeting], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.meetings = {str(row.pk): row for row in meetings}
        self.fields["at"].help_text = _("By the clocks of %(zone)s.") % {"zone": zone_name(zone)}
        self.fields["party"] = forms.ChoiceField(
            label=_("Party"), required=False, choices=[("", "—"), *_named(parties, language)],
            help_text=_("It reads the note, without the number of the register."),
        )  # fmt: skip
        titles = [(key, str(row.worded.get("title", row.day))) for key, row in self.meetings.items()]  # type: ignore[attr-defined]
        self.fields["meeting"] = forms.ChoiceField(
            label=_("Belongs to the meeting"), required=False, choices=[("", "—"), *titles]
        )
        self.order_fields(["direction", "party", "office", "at", "reference", "subject", "meeting", "document"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "at", self.zone)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The arguments of the command."""
        said, file = self.cleaned_data, self.cleaned_data.get("document")
        return {
            "direction": said["direction"],
            "party_id": UUID(said["party"]) if said["party"] else None,
            "office": said["office"],
            "at": said["instant"],
            "reference": said["reference"],
            "subject": said["subject"],
            "meeting": self.meetings.get(said["meeting"]),
            "files": [(file, file.name)] if file is not None else [],
        }


class NoteFileForm(forms.Form):
    """A further document of a note."""

    document = forms.FileField(
        label=_lazy("Document"), allow_empty_file=True,
        help_text=_lazy("PDF or DOCX, at most 20 MB. The party that sent or received the note can open it too."),
        error_messages={"required": _lazy("Choose a file.")},
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a note is withdrawn."""

    reason = forms.CharField(
        label=_lazy("Reason"), max_length=300, widget=forms.TextInput(attrs={"lang": UNSAID}),
        error_messages={"required": _lazy("Say why the note is withdrawn; it stays in the register.")},
    )  # fmt: skip


class FilterForm(forms.Form):
    """Which notes of the register are shown."""

    direction = forms.ChoiceField(
        label=_lazy("Direction"), choices=[("", _lazy("both")), *Note.Direction.choices], required=False
    )
    since = DayField(label=_lazy("From"), required=False)
    until = DayField(label=_lazy("To"), required=False)

    def __init__(self, *args: Any, parties: Iterable[Party], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _named(parties, language)
        if choices:
            self.fields["party"] = forms.ChoiceField(
                label=_("Party"), required=False, choices=[("", _("all")), *choices]
            )
            self.order_fields(["party"])

    def asked(self, meeting: Meeting | None) -> Asked:
        """What is asked for; what is no answer is left out and said beside its field."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        party = said.get("party")
        return Asked(
            party=UUID(party) if party else None,
            direction=said.get("direction") or "",
            since=said.get("since"),
            until=_last(said.get("until")),
            meeting=meeting.pk if meeting is not None else None,
        )


def _last(day: date | None) -> date | None:
    return day if day is None or day < date.max - timedelta(days=2) else None


class TemplateForm(TextsForm):
    """A template of a letter."""

    version = _version()
    name = forms.CharField(
        label=_lazy("Name"), max_length=120, help_text=_lazy("By which the secretariat finds it."),
        error_messages={"required": _lazy("Give the template a name of at most 120 letters.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_lazy("Kind"), choices=LetterTemplate.Kind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("subject", _("Subject"))
        self.add_texts(
            "text", _("Text"), rows=12,
            help_text=_("Paragraphs are parted by an empty line. Places that are filled: %(places)s.")
            % {"places": ", ".join(f"{{{each}}}" for each in PLACES)},
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """The arguments of the commands."""
        said = self.cleaned_data
        return {
            "name": said["name"],
            "kind": said["kind"],
            "subject": self.texts("subject"),
            "text": self.texts("text"),
        }


def template_initial(row: LetterTemplate) -> dict[str, Any]:
    """What the form starts with."""
    texts: dict[str, dict[str, str]] = row.texts  # type: ignore[attr-defined]
    said = {f"{name}_{code}": text for name in ("subject", "text") for code, text in texts.get(name, {}).items()}
    return {"version": row.version, "name": row.name, "kind": row.kind, **said}


class LetterForm(forms.Form):
    """A letter: to whom, from which template, in which language."""

    addressee = forms.CharField(
        label=_lazy("Addressee"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("As it stands on the letter, a line each."),
        error_messages={"required": _lazy("Write to whom the letter is addressed.")},
    )  # fmt: skip

    def __init__(
        self, *args: Any, templates: Iterable[LetterTemplate], parties: Iterable[Party], languages: list[str],
        language: str, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.templates = {str(row.pk): row for row in templates}
        people = _named(parties, language)
        if people:
            self.fields["party"] = forms.ChoiceField(
                label=_("Party"), choices=[("", "—"), *people], error_messages={"required": _("Choose a party.")}
            )
        self.fields["template"] = forms.ChoiceField(
            label=_("Template"), choices=[(key, row.name) for key, row in self.templates.items()],
            error_messages={"required": _("Choose a template.")},
        )  # fmt: skip
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the letter"), choices=[(code, language_name(code)) for code in languages]
        )
        self.order_fields(["party", "template", "language", "addressee"])

    def values(self) -> dict[str, Any]:
        """The arguments of the command."""
        said = self.cleaned_data
        return {
            "template": self.templates[said["template"]],
            "language": said["language"],
            "addressee": said["addressee"],
        }


class NoticeForm(forms.Form):
    """A notice that something waits."""

    by = forms.ChoiceField(label=_lazy("How"), widget=forms.RadioSelect)
    to = forms.EmailField(
        label=_lazy("Addressee's e-mail"), required=False, help_text=_lazy("Not needed for a letter to print.")
    )

    def __init__(self, *args: Any, relay: bool, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [("print", _("a letter to print")), ("file", _("a file for a mail program (.eml)"))]
        by = self.fields["by"]
        assert isinstance(by, forms.ChoiceField)
        by.choices = [*ways, *([("relay", _("through the mail relay"))] if relay else [])]
        by.initial = "print"
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the notice"), choices=[(code, language_name(code)) for code in languages]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("by") == "relay" and not cleaned.get("to") and "to" not in self.errors:
            self.add_error("to", _("Write the address the notice goes to."))
        return cleaned
