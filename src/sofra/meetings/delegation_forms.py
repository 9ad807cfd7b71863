"""Forms of delegations and attendance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.models import Audience
from sofra.kernel.zones import zone_name
from sofra.meetings.agenda_forms import TextsForm
from sofra.meetings.commands.attendance import Present
from sofra.meetings.models import (
    Attendance,
    Delegate,
    Delegation,
    Journey,
    Liaison,
    Meeting,
    OwnAttendance,
    Particulars,
    Session,
)
from sofra.meetings.queries.delegations import Team
from sofra.parties.formfields import LocalTimeField, to_instant, to_local

WHOLE = "meeting"


def _version() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def _languages(label: Any, help_text: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=list(settings.LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class DelegationForm(forms.Form):
    """At which level a delegation comes, and in which languages it works."""

    version = _version()
    level = forms.ChoiceField(label=_lazy("Level"), choices=Meeting.Level.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"] = _languages(_("Languages"), _("Those the delegation speaks and follows in."))


def delegation_initial(row: Delegation | None, meeting: Meeting) -> dict[str, Any]:
    """What the form starts with: the level of the meeting, until another is said."""
    if row is None:
        return {"level": meeting.level}
    return {"version": row.version, "level": row.level, "languages": row.languages}


class DelegateForm(TextsForm):
    """A person of a delegation."""

    version = _version()
    name = forms.CharField(
        label=_lazy("Name"), max_length=200, help_text=_lazy("As it stands on the plate, in Latin letters.")
    )
    native = forms.CharField(label=_lazy("Name in another script"), max_length=200, required=False)
    place = forms.ChoiceField(label=_lazy("In the delegation"), choices=Delegate.Place.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts(
            "function", _("Function"), help_text=_("The office held, as it stands on the list of participants.")
        )

    def values(self) -> dict[str, Any]:
        """The arguments of the commands."""
        read = self.cleaned_data
        return {
            "name": read["name"],
            "native": read["native"],
            "place": read["place"],
            "function": self.texts("function"),
        }


def delegate_initial(row: Delegate) -> dict[str, Any]:
    """What the form of a person starts with."""
    texts: dict[str, dict[str, str]] = row.texts  # type: ignore[attr-defined]
    return {
        "version": row.version,
        "name": row.name,
        "native": row.native,
        "place": row.place,
        **{f"function_{language}": text for language, text in texts.get("function", {}).items()},
    }


class ReleaseNamesForm(forms.Form):
    """Which names are released, and how far."""

    to = forms.ChoiceField(
        label=_lazy("Released to"),
        choices=[(Audience.SECRETARIAT, _lazy("the secretariat")), (Audience.FORMAT, _lazy("all members"))],
        widget=forms.RadioSelect,
        help_text=_lazy("A name that was released is not called back."),
        error_messages={"required": _lazy("Say to whom the names are released: the secretariat or all members.")},
    )

    def __init__(self, *args: Any, people: Iterable[Delegate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.pk): row for row in people}
        self.fields["delegates"] = forms.MultipleChoiceField(
            label=_("Names"),
            choices=[(key, row.name) for key, row in self.people.items()],
            widget=forms.CheckboxSelectMultiple,
            initial=list(self.people),
            error_messages={"required": _("Choose at least one name that does not reach so far yet.")},
        )

    def chosen(self) -> list[Delegate]:
        """The people whose names are released."""
        return [self.people[key] for key in self.cleaned_data["delegates"]]


class ParticularsForm(forms.Form):
    """How to reach a delegate and what they need."""

    version = _version()
    phone = forms.CharField(label=_lazy("Telephone"), max_length=60, required=False)
    email = forms.EmailField(label=_lazy("E-mail"), required=False)
    access = forms.CharField(
        label=_lazy("Access needs"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    diet = forms.CharField(
        label=_lazy("Dietary needs"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


def particulars_initial(row: Particulars | None) -> dict[str, Any]:
    """What the form starts with."""
    if row is None:
        return {}
    return {"version": row.version, "phone": row.phone, "email": row.email, "access": row.access, "diet": row.diet}


class JourneyForm(forms.Form):
    """An arrival or a departure."""

    version = _version()
    direction = forms.ChoiceField(label=_lazy("Direction"), choices=Journey.Direction.choices)
    at = LocalTimeField(label=_lazy("At"), error_messages={"required": _lazy("Say when.")})
    where = forms.CharField(
        label=_lazy("Where"),
        max_length=200,
        help_text=_lazy("An airport, a border crossing, a station."),
        error_messages={"required": _lazy("Say where: an airport, a border crossing, a station.")},
    )
    by = forms.CharField(
        label=_lazy("By"), max_length=200, required=False, help_text=_lazy("A flight, a train, by road.")
    )

    def __init__(self, *args: Any, zone: str, people: Iterable[Delegate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["at"].help_text = _("By the clocks of %(zone)s.") % {"zone": zone_name(zone)}
        self.fields["delegate"] = forms.ChoiceField(
            label=_("Who"),
            required=False,
            choices=[("", _("the whole delegation")), *((str(row.pk), row.name) for row in people)],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "at", self.zone)
        return cleaned

    @property
    def delegate_id(self) -> UUID | None:
        """The person chosen; None for the whole delegation."""
        return UUID(self.cleaned_data["delegate"]) if self.cleaned_data.get("delegate") else None


def journey_initial(row: Journey, zone: str) -> dict[str, Any]:
    """What the form starts with."""
    return {
        "version": row.version,
        "direction": row.direction,
        "at": to_local(row.at, zone),
        "where": row.where,
        "by": row.by,
        "delegate": str(row.delegate_id or ""),
    }


class LiaisonForm(forms.Form):
    """The liaison officer at a delegation's side."""

    version = _version()
    name = forms.CharField(label=_lazy("Name"), max_length=200)
    phone = forms.CharField(label=_lazy("Telephone"), max_length=60, required=False)
    email = forms.EmailField(label=_lazy("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"] = _languages(_("Languages"), "")


def liaison_initial(row: Liaison | None) -> dict[str, Any]:
    """What the form starts with."""
    if row is None:
        return {}
    kept = ("version", "name", "phone", "email", "languages")
    return {name: getattr(row, name) for name in kept}


def session_title(row: Session) -> str:
    """A session's title in the page's language; its kind where it has none."""
    titles: dict[str, Any] = row.worded  # type: ignore[attr-defined]
    return str(titles.get("title") or row.get_kind_display())


class DeputiseForm(forms.Form):
    """Who acts for whom, and for how long."""

    def __init__(
        self, *args: Any, zone: str, people: Iterable[Delegate], sessions: Iterable[Session], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.people = {str(row.pk): row for row in people}
        self.sessions = {str(row.pk): row for row in sessions}
        named = [("", "—"), *((key, row.name) for key, row in self.people.items())]
        self.fields["principal"] = forms.ChoiceField(
            label=_("Who is represented"),
            choices=named,
            error_messages={"required": _("Choose a person of this delegation.")},
        )
        self.fields["deputy"] = forms.ChoiceField(
            label=_("Who acts"), choices=named, error_messages={"required": _("Choose a person of this delegation.")}
        )
        if self.sessions:
            titles = [(key, session_title(row)) for key, row in self.sessions.items()]
            self.fields["session"] = forms.ChoiceField(
                label=_("At"), required=False, choices=[("", _("the whole meeting")), *titles]
            )
        help_text = _("By the clocks of %(zone)s.") % {"zone": zone_name(zone)}
        self.fields["since"] = LocalTimeField(
            label=_("From"), required=False, help_text=f"{help_text} {_('Empty: from now on.')}"
        )
        self.fields["until"] = LocalTimeField(label=_("Until"), required=False, help_text=help_text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("since", "until"):
            cleaned[f"{name}_instant"] = to_instant(self, name, self.zone)
        if cleaned.get("principal") and cleaned.get("principal") == cleaned.get("deputy"):
            self.add_error("deputy", _("Nobody acts for themselves. Choose another person."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The arguments of the command."""
        read = self.cleaned_data
        return {
            "principal": self.people[read["principal"]],
            "deputy": self.people[read["deputy"]],
            "session": self.sessions.get(read.get("session") or ""),
            "since": read["since_instant"],
            "until": read["until_instant"],
        }


class AttendanceForm(forms.Form):
    """Who took part: per party whether and at which level, and who of the people whose names one may know."""

    def __init__(
        self,
        *args: Any,
        teams: Iterable[Team],
        stand: dict[tuple[UUID, UUID | None], Attendance],
        names: dict[UUID, str],
        own: Mapping[UUID, OwnAttendance],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teams = list(teams)
        for number, team in enumerate(self.teams):
            said = stand.get((team.party.pk, None))
            announced = team.delegation.level if team.delegation else ""
            # What the party says itself is offered where nothing is written down yet; the secretariat writes it down.
            told = said or own.get(team.party.pk)
            self.fields[f"present_{number}"] = forms.ChoiceField(
                label=names[team.party.pk],
                choices=[("", _("not written down")), ("yes", _("took part")), ("no", _("did not take part"))],
                required=False,
                initial="" if told is None else "yes" if told.present else "no",
            )
            self.fields[f"level_{number}"] = forms.ChoiceField(
                label=_("Level of %(party)s") % {"party": names[team.party.pk]},
                choices=[("", "—"), *Meeting.Level.choices],
                required=False,
                initial=told.level if told else announced,
            )
            if team.people:
                self.fields[f"people_{number}"] = forms.MultipleChoiceField(
                    label=_("Persons of %(party)s") % {"party": names[team.party.pk]},
                    required=False,
                    choices=[(str(row.pk), row.name) for row in team.people],
                    widget=forms.CheckboxSelectMultiple,
                    initial=[
                        str(row.pk)
                        for row in team.people
                        if (found := stand.get((team.party.pk, row.pk))) is not None and found.present
                    ],
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"present_{number}") for number in range(len(self.teams))):
            self.add_error(None, _("Nothing is written down yet: say of at least one party whether it took part."))
        return cleaned

    def said(self) -> list[Present]:
        """What is written down, one per party of which something was said."""
        found = []
        for number, team in enumerate(self.teams):
            present = self.cleaned_data[f"present_{number}"]
            if present:
                people = tuple(UUID(key) for key in self.cleaned_data.get(f"people_{number}", []))
                found.append(Present(team.party.pk, present == "yes", self.cleaned_data[f"level_{number}"], people))
        return found
