"""Forms of the programme, of rooms and of calendar addresses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sofra.kernel.models import CalendarKey, Party
from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import order_parties, party_name
from sofra.meetings.commands.programme import SHOWN_TO, Plan, Slot
from sofra.meetings.commands.programme_entries import Part, Point
from sofra.meetings.commands.resources import KEPT, About
from sofra.meetings.models import ProgrammePart, Resource, Session
from sofra.parties.formfields import (
    LocalTimeField,
    add_wording_fields,
    require_wording,
    to_span,
    wording_initial,
    wording_texts,
)
from sofra.parties.models import Person

NOTHING = ("", "—")


class SlotForm(forms.Form):
    """When and where a session is, by the clocks of the meeting's zone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    begins = LocalTimeField(label=_("Begins"), error_messages={"required": _("Say when it begins.")})
    ends = LocalTimeField(label=_("Ends"), error_messages={"required": _("Say when it ends.")})
    room = forms.ChoiceField(label=_("Room"), required=False)

    def __init__(self, *args: Any, zone: str, rooms: list[Resource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.rooms = zone, {str(row.pk): row for row in rooms}
        self.fields["begins"].help_text = _now("By the clocks of %(zone)s.") % {"zone": zone_name(zone)}
        choice = self.fields["room"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [NOTHING, *((key, resource_label(row)) for key, row in self.rooms.items())]

    def clean(self) -> dict[str, Any]:
        super().clean()
        return to_span(self, self.zone)

    def slot(self) -> Slot:
        """What was written."""
        found = self.cleaned_data
        return Slot(found["begins_at"], found["ends_at"], self.rooms.get(found["room"]))


def resource_label(row: Resource) -> str:
    """A room or a team in a list of choices, with what it offers."""
    name = str(row.worded.get("name", ""))  # type: ignore[attr-defined]
    if row.capacity:
        return _now("%(name)s (%(n)d seats)") % {"name": name, "n": row.capacity}
    if row.languages:
        known = dict(settings.LANGUAGES)
        return f"{name} ({', '.join(str(known.get(code, code)) for code in row.languages)})"
    return name


class PlanForm(forms.Form):
    """What a session is, and who takes part."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices)
    side_event = forms.BooleanField(label=_("A side event"), required=False)
    takes_part = forms.ChoiceField(label=_("Who takes part"), choices=Session.TakesPart.choices)
    parties = forms.MultipleChoiceField(
        label=_("Named parties"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For named parties only."),
    )  # fmt: skip
    principals = forms.BooleanField(
        label=_("The heads of these delegations are there in person"),
        required=False,
        help_text=_("They are then held for this time, so that nothing else is published for them."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Interpretation"), required=False, choices=lambda: settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    teams = forms.MultipleChoiceField(label=_("Interpreter teams"), required=False, widget=forms.CheckboxSelectMultiple)
    shown_to = forms.ChoiceField(
        label=_("Shown to, once published"), choices=[(each.value, each.label) for each in SHOWN_TO]
    )

    def __init__(self, *args: Any, parties: list[Party], teams: list[Resource], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = order_parties(parties, language)
        _choose(self, "parties", [(str(row.pk), party_name(row, language).text) for row in named])
        _choose(self, "teams", [(str(row.pk), resource_label(row)) for row in teams])
        if not teams:
            del self.fields["teams"]
        add_wording_fields(self, "title", _("Title"), most=200)
        add_wording_fields(self, "note", _("Note"), long=True, most=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "title", _now("Give the session a title in at least one language."))
        named = Session.TakesPart.PARTIES in (cleaned.get("takes_part"), cleaned.get("shown_to"))
        if named and not cleaned.get("parties") and "parties" not in self.errors:
            self.add_error("parties", _now("Name the parties."))
        return cleaned

    def plan(self) -> Plan:
        """What was written."""
        found = self.cleaned_data
        return Plan(
            titles=wording_texts(self, "title"),
            notes=wording_texts(self, "note"),
            kind=found["kind"],
            languages=tuple(found["languages"]),
            teams=tuple(UUID(key) for key in found.get("teams", ())),
            takes_part=found["takes_part"],
            parties=tuple(UUID(key) for key in found["parties"]),
            principals=found["principals"],
            shown_to=found["shown_to"],
            side_event=found["side_event"],
        )


class SessionForm(PlanForm, SlotForm):
    """Everything asked for when a session is added."""

    field_order = (
        "kind", "title_en", "title_tr", "begins", "ends", "room", "takes_part", "parties", "principals", "languages",
        "teams", "shown_to", "side_event", "note_en", "note_tr",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.order_fields(self.field_order)


def plan_initial(session: Session) -> dict[str, Any]:
    """The form's values as a session stands; it knows its `texts`."""
    texts = session.texts  # type: ignore[attr-defined]
    return {
        "version": session.version, "kind": session.kind, "side_event": session.side_event,
        "takes_part": session.takes_part, "parties": [str(key) for key in session.parties],
        "principals": session.principals, "languages": session.languages, "teams": [str(key) for key in session.teams],
        "shown_to": session.shown_to, **wording_initial(texts.get("title", {}), "title"),
        **wording_initial(texts.get("note", {}), "note"),
    }  # fmt: skip


class PointForm(forms.Form):
    """An entry of a session."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    begins = LocalTimeField(label=_("Begins"), required=False)
    ends = LocalTimeField(label=_("Ends"), required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["begins"].help_text = _now(
            "Leave both empty where the order alone counts. By the clocks of %(zone)s."
        ) % {"zone": zone_name(zone)}
        add_wording_fields(self, "title", _("Title"), most=200)
        add_wording_fields(self, "note", _("Note"), long=True, most=2000)
        self.order_fields(("title_en", "title_tr", "begins", "ends", "note_en", "note_tr"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        require_wording(self, "title", _now("Give the entry a title in at least one language."))
        return to_span(self, self.zone)

    def point(self) -> Point:
        """What was written."""
        found = self.cleaned_data
        return Point(wording_texts(self, "title"), wording_texts(self, "note"), found["begins_at"], found["ends_at"])


class PartForm(forms.Form):
    """Who has a part: a party, a post, a person, or a slot in words."""

    role = forms.ChoiceField(label=_("Part"), choices=ProgrammePart.Role.choices, initial=ProgrammePart.Role.SPEAKER)
    party = forms.ChoiceField(label=_("Party"), required=False)
    post = forms.ChoiceField(label=_("Post"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(
        self, *args: Any, parties: list[Party], posts: list[tuple[UUID, UUID, str]], persons: list[Person],
        language: str, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.known = {str(row.pk): row for row in parties}
        self.people = {str(row.pk): row for row in persons}
        names = {row.pk: party_name(row, language).text for row in parties}
        ordered = order_parties(parties, language)
        place = {row.pk: number for number, row in enumerate(ordered)}
        posts = sorted(posts, key=lambda row: (place.get(row[1], 99), row[2]))
        _choose(self, "party", [NOTHING, *((str(row.pk), names[row.pk]) for row in ordered)])
        _choose(self, "post", [NOTHING, *((str(key), f"{title}, {names[party]}") for key, party, title in posts)])
        _choose(self, "person", [NOTHING, *((key, row.name) for key, row in self.people.items())])
        add_wording_fields(
            self,
            "label",
            _("Or the slot, in words"),
            most=200,
            help_text=_("For example: the chair of the next meeting."),
        )

    def part(self) -> Part:
        """What was written."""
        from sofra.parties.models import Post

        found = self.cleaned_data
        return Part(
            role=found["role"],
            party=self.known.get(found["party"]),
            post=Post.objects.filter(pk=found["post"]).first() if found["post"] else None,
            person=self.people.get(found["person"]),
            label=wording_texts(self, "label"),
        )


class ResourceForm(forms.Form):
    """A room or a team of interpreters."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(each.value, each.label) for each in KEPT])
    capacity = forms.IntegerField(
        label=pgettext_lazy("of a room", "Seats"), required=False, min_value=1, max_value=100_000,
        error_messages={"min_value": _("A room has at least one seat.")},
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, choices=lambda: settings.LANGUAGES, widget=forms.CheckboxSelectMultiple,
        help_text=_("Of a team: between which it interprets."),
    )  # fmt: skip

    def __init__(self, *args: Any, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["kind"]
        add_wording_fields(self, "name", _("Name"), most=120)
        self.order_fields(("kind", "name_en", "name_tr", "capacity", "languages"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_wording(self, "name", _now("Give it a name in at least one language."))
        return cleaned

    def about(self) -> About:
        """What was written."""
        found = self.cleaned_data
        return About(wording_texts(self, "name"), found["capacity"], tuple(found["languages"]))


class VersionForm(forms.Form):
    """Nothing but which version was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SeenForm(forms.Form):
    """Nothing but the fingerprint of what was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class KeyForm(forms.Form):
    """A new address for a calendar."""

    label = forms.CharField(
        label=_("For"), required=False, max_length=80, help_text=_("For example: telephone. You alone see it.")
    )
    detail = forms.ChoiceField(
        label=_("What it shows"), choices=CalendarKey.Detail.choices, widget=forms.RadioSelect,
        initial=CalendarKey.Detail.SESSIONS,
    )  # fmt: skip


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField))
    field.choices = choices
