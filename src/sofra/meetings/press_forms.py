"""Forms of the press desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.members import members_on
from sofra.kernel.models import Audience
from sofra.kernel.zones import zone_name
from sofra.lexicon.engine.ordering import alphabetical
from sofra.lexicon.naming import order_parties, party_name
from sofra.meetings.agenda_forms import TextsForm
from sofra.meetings.engine.captions import read_rows
from sofra.meetings.models import (
    CaptionPlace,
    Delegate,
    MediaApplication,
    Meeting,
    PressIssue,
    PressKind,
    PressPiece,
    Session,
)
from sofra.meetings.queries.captions import row_name
from sofra.parties.formfields import LocalTimeField, to_instant, to_local

_SECONDS = {"type": "datetime-local", "step": "1"}
SECONDS = "%Y-%m-%dT%H:%M:%S"


def _version() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class PieceForm(TextsForm):
    """An advisory or lines: per language a title and a text. A photo: a title, where it is taken, how many stand in each row."""

    version = _version()

    def __init__(
        self, *args: Any, languages: list[str], kind: str, sessions: Iterable[Session] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.kind = kind
        self.add_texts(
            "title", _("Title"), help_text=_("In at least one language. A missing language is shown as missing.")
        )
        if kind != PressKind.CAPTION:
            self.add_texts("body", _("Text"), rows=8, help_text=_("An empty line ends a paragraph."))
            return
        choices = [(str(row.pk), str(row.worded.get("title", ""))) for row in sessions]  # type: ignore[attr-defined]
        self.by_pk = {str(row.pk): row for row in sessions}
        self.fields["session"] = forms.ChoiceField(
            label=_("Where it is taken"),
            required=False,
            choices=[("", _("not at a session of the programme")), *choices],
        )
        self.fields["rows"] = forms.CharField(
            label=_("How many stand in each row"),
            help_text=_("From the front row to the last, like “7, 6”. Who stands where is said on the next page."),
            error_messages={"required": _("Say how many stand in each row, from the front, like “7, 6”.")},
        )

    def clean_rows(self) -> list[int]:
        """The numbers that were typed."""
        found = read_rows(self.cleaned_data["rows"])
        if found is None:
            raise forms.ValidationError(_("Write numbers with commas between them, like “7, 6”."))
        return found

    def values(self) -> dict[str, Any]:
        """The arguments of the commands."""
        if self.kind != PressKind.CAPTION:
            return {"title": self.texts("title"), "body": self.texts("body")}
        session = self.by_pk.get(self.cleaned_data["session"])
        return {"title": self.texts("title"), "session": session, "rows": self.cleaned_data["rows"]}


def piece_initial(piece: PressPiece) -> dict[str, Any]:
    """What a piece's form starts with; `piece` as queries.press.stand leaves it."""
    texts: dict[str, dict[str, str]] = piece.texts  # type: ignore[attr-defined]
    found: dict[str, Any] = {
        f"{name}_{language}": text for name in ("title", "body") for language, text in texts.get(name, {}).items()
    }
    rows = ", ".join(str(each) for each in piece.rows)
    return {**found, "session": str(piece.session_id or ""), "rows": rows, "version": piece.version}


class AtInstantForm(forms.Form):
    """At which instant something is issued."""

    at = LocalTimeField(
        label=_lazy("Embargo until"), required=False, widget=forms.DateTimeInput(attrs=_SECONDS, format=SECONDS)
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = meeting.zone
        self.fields["at"].help_text = _(
            "To the second, by the clocks of %(zone)s; the sentence shows it in UTC too. Empty: now."
        ) % {"zone": zone_name(meeting.zone)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "at", self.zone)
        return cleaned


def at_initial(instant: datetime | None, zone: str) -> dict[str, Any]:
    """The instant a form starts with."""
    return {"at": to_local(instant, zone)}


class IssueForm(AtInstantForm):
    """To whom and when. Only agreed lines can be for the members alone."""

    field_order = ("to", "at")

    def __init__(self, *args: Any, meeting: Meeting, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.kind = kind
        if kind == PressKind.LINES:
            self.fields["to"] = forms.ChoiceField(
                label=_("To whom"), choices=PressIssue.To.choices, widget=forms.RadioSelect,
                error_messages={"required": _("Choose to whom it is issued.")},
            )  # fmt: skip
            self.fields["at"].label = _("From which instant")
            self.order_fields(self.field_order)

    @property
    def to(self) -> str:
        """Whom it is issued to."""
        return str(self.cleaned_data.get("to") or PressIssue.To.EVERYONE)


class SendForm(forms.Form):
    """Who is asked to clear lines, and by when."""

    version = _version()
    readers = forms.MultipleChoiceField(
        label=_lazy("Parties that are asked"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _lazy("Name at least one party, among the members of the format.")},
        help_text=_lazy("They read the lines from now on, and each other's answers. Nobody else does."),
    )  # fmt: skip
    deadline = LocalTimeField(
        label=_lazy("Cleared unless somebody objects before"),
        widget=forms.DateTimeInput(attrs=_SECONDS, format=SECONDS),
        error_messages={"required": _lazy("Say when the silence ends.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert meeting.format is not None
        self.zone = meeting.zone
        here = get_language() or "en"
        choice = self.fields["readers"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [
            (str(party.pk), party_name(party, here).text) for party in order_parties(members_on(meeting.format), here)
        ]
        self.fields["deadline"].help_text = _(
            "To the second, by the clocks of %(zone)s. An objection at this very instant is too late."
        ) % {"zone": zone_name(meeting.zone)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "deadline", self.zone)
        return cleaned

    @property
    def named(self) -> list[UUID]:
        """The parties that are asked."""
        return [UUID(key) for key in self.cleaned_data["readers"]]


def _who_reads() -> list[tuple[str, Any]]:
    return [(Audience.PARTIES, _("All parties that were asked")), (Audience.SECRETARIAT, _("The secretariat alone"))]


class ObjectForm(TextsForm):
    """To what a party objects, why, and who may read that."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("what", _("To what"), rows=2, help_text=_("The words objected to. In at least one language."))
        self.add_texts("reason", _("Reason"), rows=4, help_text=_("In at least one language."))
        self.fields["reason_audience"] = forms.ChoiceField(
            label=_("Who may read this"),
            help_text=_("That your delegation objects is known to all parties that were asked in either case."),
            choices=_who_reads(), initial=Audience.PARTIES, widget=forms.RadioSelect,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Said before the sentence is shown; the command would say it only afterwards.
        for name, sentence in (
            ("what", _("Say to what your delegation objects, in at least one language.")),
            ("reason", _("Say why your delegation objects, in at least one language.")),
        ):
            if not any(text.strip() for text in self.texts(name).values()):
                self.add_error(f"{name}_{self.languages[0]}", sentence)
        return cleaned


class ConsentForm(TextsForm):
    """No objection, with a comment if one likes."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("comment", _("Comment"), rows=3, help_text=_("Only if there is one. It breaks nothing."))
        self.fields["comment_audience"] = forms.ChoiceField(
            label=_("Who may read the comment"), choices=_who_reads(), initial=Audience.PARTIES,
            widget=forms.RadioSelect,
        )  # fmt: skip


class WithdrawIssueForm(TextsForm):
    """Why something issued is withdrawn."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.add_texts("reason", _("Reason"), rows=3, help_text=_("Those who could read it read the reason."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(text.strip() for text in self.texts("reason").values()):
            self.add_error(
                f"reason_{self.languages[0]}",
                _("Say why it is withdrawn, in at least one language; those who could read it read that."),
            )
        return cleaned


class PlacesForm(forms.Form):
    """Who stands where: a choice for each place, row by row from the front, from left to right."""

    version = _version()

    def __init__(
        self, *args: Any, piece: PressPiece, people: list[Delegate], places: list[CaptionPlace], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {f"place_{each.row}_{each.place}": str(each.delegate_id) for each in places}
        self.initial["version"] = piece.version
        here = get_language() or "en"
        self.piece = piece
        named = [
            *people,
            *(each.delegate for each in places if each.delegate is not None and each.delegate not in people),
        ]
        ordered = sorted(named, key=lambda row: alphabetical(row.name, here))
        choices = [
            (str(row.pk), f"{row.name} ({party_name(row.owner_party_id, here).text})")
            for row in ordered
            if row.owner_party_id
        ]
        for row, most in enumerate(piece.rows, 1):
            for place in range(1, most + 1):
                self.fields[f"place_{row}_{place}"] = forms.ChoiceField(
                    label=_("%(row)s, place %(place)s from left") % {"row": row_name(row), "place": place},
                    required=False, choices=[("", _("nobody yet")), *choices],
                    error_messages={"invalid_choice": _("Choose a person whose delegation released the name to all members.")},
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for name, value in list(cleaned.items()):
            if name.startswith("place_") and value:
                if value in seen:
                    self.add_error(name, _("This person stands in another place of the photo already."))
                seen.add(value)
        return cleaned

    def places(self) -> dict[tuple[int, int], UUID | None]:
        """Who was chosen for each place."""
        found: dict[tuple[int, int], UUID | None] = {}
        for name in self.fields:
            if name.startswith("place_"):
                _word, row, place = name.split("_")
                value = self.cleaned_data.get(name)
                found[int(row), int(place)] = UUID(value) if value else None
        return found


class MediaForm(forms.Form):
    """An application for accreditation."""

    version = _version()
    name = forms.CharField(
        label=_lazy("Name"), max_length=200, help_text=_lazy("Family name first, as it stands on the document."),
        error_messages={"required": _lazy("Write the person's name.")},
    )  # fmt: skip
    outlet = forms.CharField(
        label=_lazy("Outlet"), max_length=200,
        error_messages={"required": _lazy("Write for which outlet the person works.")},
    )  # fmt: skip
    work = forms.ChoiceField(
        label=_lazy("Kind of work"), choices=MediaApplication.Work.choices,
        error_messages={"required": _lazy("Choose the kind of work.")},
    )  # fmt: skip
    document = forms.CharField(
        label=_lazy("Document shown at the door"), max_length=60, required=False,
        help_text=_lazy("Its kind and number, only if the door asks for it."),
    )  # fmt: skip
    contact = forms.CharField(label=_lazy("Contact"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        """The arguments of the commands."""
        return {name: self.cleaned_data[name] for name in ("name", "outlet", "work", "document", "contact")}


def media_initial(row: MediaApplication) -> dict[str, Any]:
    """What an application's form starts with."""
    return {name: getattr(row, name) for name in ("name", "outlet", "work", "document", "contact", "version")}


class DecideForm(forms.Form):
    """Accredited, or refused with a reason."""

    version = _version()
    state = forms.ChoiceField(
        label=_lazy("Decision"), widget=forms.RadioSelect,
        choices=[
            (MediaApplication.State.ACCREDITED, MediaApplication.State.ACCREDITED.label),
            (MediaApplication.State.REFUSED, MediaApplication.State.REFUSED.label),
        ],
        error_messages={"required": _lazy("Choose whether the person is accredited or refused.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_lazy("Reason of a refusal"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("The secretariat alone reads it; it is removed with the application."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == MediaApplication.State.REFUSED and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why it is refused; the secretariat alone reads it."))
        return cleaned


def decide_initial(row: MediaApplication) -> dict[str, Any]:
    """What the form of a decision starts with."""
    return {"version": row.version, "state": row.state, "reason": row.reason}
