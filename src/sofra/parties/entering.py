"""The reusable part of a form by which the secretariat enters a delegation's act, and the mark such a row carries.

A view makes one `Entering` per request, shows it with `{% include "parties/parts/entering.html" %}`, and asks it for the
owner before it calls its command:

    entering = Entering(request, format)
    if form.is_valid() and entering.is_valid():
        party_id, entry = entering.owner()
        propose(…, party_id=party_id, entry=entry)

For a delegate the part is not shown and the owner is their own party without an entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel import files
from sofra.kernel.acting import Actor
from sofra.kernel.commands import enter_for
from sofra.kernel.models import Audience, Entry, Format, Held, Party
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import order_parties, party_name
from sofra.parties.formfields import LocalTimeField, add_refusal, to_instant
from sofra.parties.queries.formats import members_on


@dataclass(frozen=True)
class Source:
    """A note that came in from a party and stands in a register: an act can be entered from it."""

    key: UUID
    party_id: UUID
    at: datetime
    reference: str
    subject: str


class Register(Protocol):
    """A register an act can be entered from, brought by a room above."""

    def sources(self) -> list[Source]:
        """The notes there are to choose from."""

    def enter(self, key: UUID) -> Entry:
        """Write the entry of an act that came by a note. Raises Refusal where the note cannot be its source."""


class EnteringForm(forms.Form):
    """For whom an act is entered, how and when it was received."""

    for_party = forms.ChoiceField(
        label=_lazy("For the delegation of"),
        error_messages={"required": _lazy("Say for which delegation this is entered.")},
    )
    channel = forms.ChoiceField(
        label=_lazy("Received as"),
        choices=Entry.Channel.choices,
        error_messages={"required": _lazy("Say how it was received: note verbale, e-mail or call.")},
    )
    received_at = LocalTimeField(
        label=_lazy("Received at"),
        error_messages={"required": _lazy("Say when it was received.")},
    )
    reference = forms.CharField(
        label=_lazy("Reference"),
        required=False,
        max_length=200,
        help_text=_lazy("The number of the note, or who called."),
    )
    document = forms.FileField(
        label=_lazy("Document"),
        required=False,
        help_text=_lazy("PDF or DOCX, at most 20 MB. Only the secretariat and this delegation can open it."),
        allow_empty_file=True,
    )

    prefix = "entering"

    def __init__(
        self, *args: Any, zone: str, parties: list[Party], sources: Iterable[Source] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.sources = {str(each.key): each for each in sources}
        language = get_language() or "en"
        self.fields["received_at"].help_text = _("By the clocks of %(zone)s.") % {"zone": zone_name(zone)}
        names = [(str(party.pk), party_name(party, language).text) for party in order_parties(parties, language)]
        choice = self.fields["for_party"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "—"), *names] if len(names) != 1 else names
        if self.sources:
            self.fields["source"] = forms.ChoiceField(
                label=_("From the register"),
                required=False,
                choices=[("", "—"), *((key, self._titled(each, language)) for key, each in self.sources.items())],
                help_text=_("An incoming note says itself from whom, how and when; the rest can be left out."),
            )
            self.order_fields(["source"])

    @staticmethod
    def _titled(source: Source, language: str) -> str:
        return " · ".join([source.reference, party_name(source.party_id, language).text, source.subject])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["received_instant"] = to_instant(self, "received_at", self.zone)
        source = self.sources.get(cleaned.get("source") or "")
        if source is not None:
            cleaned["received_instant"] = source.at
            for field in ("for_party", "channel", "received_at"):
                if not self.data.get(self.add_prefix(field)):
                    self.errors.pop(field, None)
            if cleaned.setdefault("for_party", str(source.party_id)) != str(source.party_id):
                self.add_error("source", _("That note came from another party."))
            if cleaned.get("document") is not None:
                self.add_error("document", _("The note has its documents in the register. Leave this one out."))
        return cleaned


class Entering:
    """The part of one request. `shown` says whether the secretariat is asked; `form` is then its form."""

    def __init__(
        self,
        request: HttpRequest,
        format: Format,
        *,
        zone: str = "",
        party: Party | None = None,
        needed: bool = True,
        register: Register | None = None,
    ) -> None:
        """`party` fixes the delegation; `needed=False` lets the secretariat leave the part out and act for itself. `register`
        offers notes that came in as the source of the act."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        self.actor, self.format, self.party, self.needed, self.register = actor, format, party, needed, register
        self.shown = actor.serves(format.pk)
        self.form: EnteringForm | None = None
        if self.shown:
            parties = [party] if party else members_on(format)
            sources = register.sources() if register is not None else []
            known = {each.pk for each in parties}
            posted = request.method == "POST"
            self.form = EnteringForm(
                request.POST if posted else None,
                request.FILES if posted else None,
                zone=zone or "UTC",
                parties=parties,
                sources=[each for each in sources if each.party_id in known],
                use_required_attribute=needed,
            )
            if not needed:
                self.form.fields["for_party"].required = False
            if posted and self.left_out:
                # Nothing is asked of a part that was left out; what stands in it all the same is shown as it stands.
                for name in self.form.fields:
                    self.form.initial[name] = request.POST.get(f"{self.form.prefix}-{name}", "")
                self.form.is_bound = False

    @property
    def left_out(self) -> bool:
        """The secretariat left the whole part out, where that is allowed."""
        said = ("entering-for_party", "entering-source")
        return self.form is not None and not self.needed and not any(self.form.data.get(each) for each in said)

    @property
    def theirs(self) -> bool:
        """What is written is a delegation's, handed on for it."""
        return self.form is not None and not self.left_out

    def is_valid(self) -> bool:
        """Whether it can be said whose act it is."""
        return self.form is None or self.left_out or self.form.is_valid()

    def owner(self) -> tuple[UUID | None, Entry | None]:
        """The party an act belongs to and, where the secretariat enters it, the entry. Writes the entry and its document.

        Raises Refusal (use `refused`) for a document that cannot be kept or an instant to come, NotAllowed for an actor who
        speaks for no party.
        """
        if self.form is None:
            if self.actor.party_id is None:
                raise NotAllowed(_("You speak for no delegation."))
            return self.actor.party_id, None
        if self.left_out:
            return None, None
        cleaned = self.form.cleaned_data
        if cleaned.get("source") and self.register is not None:
            entry = self.register.enter(UUID(cleaned["source"]))
            return entry.owner_party_id, entry
        party_id, received_at = UUID(cleaned["for_party"]), cleaned["received_instant"]
        assert isinstance(received_at, datetime)
        document = None
        if cleaned.get("document") is not None:
            document = files.keep_file(
                cleaned["document"],
                cleaned["document"].name,
                {"audience": Audience.PARTIES, "format_id": self.format.pk, "readers": [party_id]},
            )
        entry = enter_for(
            party_id,
            self.format.pk,
            channel=cleaned["channel"],
            received_at=received_at,
            reference=cleaned["reference"],
            document=document,
        )
        return party_id, entry

    def refused(self, refusal: Refusal, form: Any) -> None:
        """Put a refusal beside its field, in this part or in the act's own form."""
        if self.form is not None and refusal.field in self.form.fields:
            self.form.add_error(refusal.field, str(refusal.sentence))
        else:
            add_refusal(refusal, form)


def entry_of(entering: object) -> Entry | None:
    """The entry of an act, written where the secretariat enters it; None where nobody does. Raises what `owner` raises."""
    return entering.owner()[1] if isinstance(entering, Entering) else None


def attach_entries(rows: Iterable[Any]) -> None:
    """Give each row `entered`: its Entry, where the reader may know it. One query for all rows, none where none was entered."""
    held: list[Held] = [row for row in rows if row.entry_id]
    if not held:
        return
    found = Entry.objects.in_bulk([row.entry_id for row in held])
    for row in held:
        row.entered = found.get(row.entry_id)  # type: ignore[attr-defined]
