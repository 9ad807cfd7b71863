"""Forms of designation profiles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.models import Party
from sofra.lexicon.commands.profiles import LONGEST_MAP_SOURCE, LONGEST_NAME, Cell, Rules
from sofra.lexicon.models import Designation, Profile, ProfileObjection
from sofra.lexicon.naming import record_name
from sofra.meetings.agenda_forms import ReasonForm
from sofra.parties.formfields import LocalTimeField, language_names, to_instant, zone_choices, zone_known

Forms = dict[tuple[UUID, str], list[tuple[str, list[str]]]]


@dataclass(frozen=True)
class Line:
    """A party's row in the table of one language: its name for the eye, its fields, the forms the record cites."""

    party: Party
    text: Any
    citation: Any
    footnoted: Any
    cited: list[tuple[str, list[str]]]
    listed: str


class ProfileForm(forms.Form):
    """All that a draft says: whether parties are named, the order, maps, and per language designations and footnote."""

    quotes_names = True

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_lazy("What is named"),
        choices=Profile.Kind.choices,
        widget=forms.RadioSelect,
        help_text=_lazy("With persons' names only no party is named anywhere; lists go by persons."),
        error_messages={"required": _lazy("Choose whether parties are named, or persons only.")},
    )
    order_rule = forms.ChoiceField(label=_lazy("Order"), choices=Profile.Order.choices, widget=forms.RadioSelect)
    order_language = forms.ChoiceField(
        label=_lazy("Language of the order"),
        required=False,
        help_text=_lazy("Only where the order is alphabetical in one language."),
    )
    map_rule = forms.ChoiceField(
        label=_lazy("What was agreed on maps"),
        required=False,
        choices=[("", _lazy("nothing was agreed")), *Profile.Maps.choices],
        widget=forms.RadioSelect,
        help_text=_lazy("Where nothing was agreed, nothing that shows a map is issued under the profile."),
    )
    map_source = forms.CharField(
        label=_lazy("The map that was agreed"),
        required=False,
        max_length=LONGEST_MAP_SOURCE,
        help_text=_lazy("Its source, and its date or number. Only where the map of a named source was agreed."),
    )

    def __init__(
        self, *args: Any, parties: list[Party], languages: list[str], here: str, cited: Forms, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties, self.languages, self.here, self.cited = parties, languages, here, cited
        names = language_names()
        order = self.fields["order_language"]
        assert isinstance(order, forms.ChoiceField)
        order.choices = [("", "—"), *((code, names.get(code, code)) for code in names)]
        for language in languages:
            for party in parties:
                self._add_line(language, party, names[language])
            self.fields[f"footnote_{language}"] = forms.CharField(
                label=_("Footnote (%(language)s)") % {"language": names[language]},
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
                help_text=_("Stands beneath every list in which a designation carries it."),
            )
        for party in parties:
            words = {"party": record_name(party, here).text}
            self.fields[f"place_{party.pk}"] = forms.IntegerField(
                label=_("Place of %(party)s") % words,
                required=False,
                min_value=1,
                max_value=999,
                widget=forms.NumberInput(attrs={"aria-label": _("Place of %(party)s") % words}),
            )

    def _add_line(self, language: str, party: Party, tongue: str) -> None:
        words = {"party": record_name(party, self.here).text, "language": tongue}
        key = f"{language}_{party.pk}"
        text = {"lang": language, "aria-label": _("Designation of %(party)s in %(language)s") % words}
        if (party.pk, language) in self.cited:
            text["list"] = f"cited_{key}"
        self.fields[f"name_{key}"] = forms.CharField(
            label=text["aria-label"], required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs=text)
        )
        label = _("Source of the designation of %(party)s in %(language)s") % words
        self.fields[f"source_{key}"] = forms.CharField(
            label=label, required=False, max_length=300, widget=forms.TextInput(attrs={"aria-label": label})
        )
        label = _("The designation of %(party)s in %(language)s carries the footnote") % words
        self.fields[f"note_{key}"] = forms.BooleanField(
            label=label, required=False, widget=forms.CheckboxInput(attrs={"aria-label": label})
        )

    def tables(self) -> list[tuple[str, list[Line], Any]]:
        """Per language: its rows, and the field of its footnote."""
        return [(language, [self._line(language, party) for party in self.parties], self[f"footnote_{language}"])
                for language in self.languages]  # fmt: skip

    def _line(self, language: str, party: Party) -> Line:
        key = f"{language}_{party.pk}"
        cited = self.cited.get((party.pk, language), [])
        return Line(party, self[f"name_{key}"], self[f"source_{key}"], self[f"note_{key}"], cited, f"cited_{key}")

    def places(self) -> list[tuple[Party, Any]]:
        """Each party with the field of its place."""
        return [(party, self[f"place_{party.pk}"]) for party in self.parties]

    def rules(self) -> Rules:
        """What was written besides designations."""
        said = self.cleaned_data
        placed = [(said[f"place_{party.pk}"], party.pk) for party in self.parties if said[f"place_{party.pk}"]]
        return Rules(
            kind=said["kind"],
            order_rule=said["order_rule"],
            order_language=said["order_language"],
            order_list=tuple(key for _place, key in sorted(placed, key=lambda each: each[0])),
            footnote={language: said[f"footnote_{language}"] for language in self.languages},
            map_rule=said["map_rule"],
            map_source=said["map_source"],
        )

    def cells(self) -> list[Cell]:
        """The designations; a form that the record cites carries its first source where none was typed."""
        found = []
        for language in self.languages:
            for party in self.parties:
                key = f"{language}_{party.pk}"
                text, typed = self.cleaned_data[f"name_{key}"].strip(), self.cleaned_data[f"source_{key}"].strip()
                sources = dict(self.cited.get((party.pk, language), [])).get(text, [])
                source = sources[0] if sources and typed in ("", *sources) else ""
                found.append(
                    Cell(party.pk, language, text, source, "" if source else typed, self.cleaned_data[f"note_{key}"])
                )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        places = [cleaned.get(f"place_{party.pk}") for party in self.parties]
        taken = [each for each in places if each is not None]
        if len(set(taken)) != len(taken):
            self.add_error("order_rule", _("Two parties have the same place in the stated order."))
        return cleaned


def profile_initial(profile: Profile, rows: Iterable[Designation]) -> dict[str, Any]:
    """What the form starts with."""
    found: dict[str, Any] = {
        "version": profile.version,
        "kind": profile.kind,
        "order_rule": profile.order_rule,
        "order_language": profile.order_language,
        "map_rule": profile.map_rule,
        "map_source": profile.map_source,
        **{f"place_{key}": place for place, key in enumerate(profile.order_list, 1)},
        **{f"footnote_{language}": text for language, text in profile.footnote.items()},
    }
    for row in rows:
        key = f"{row.language}_{row.party_id}"
        found |= {f"name_{key}": row.text, f"source_{key}": row.source or row.citation, f"note_{key}": row.footnoted}
    return found


class SilenceForm(forms.Form):
    """Until when members may object."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    zone = forms.ChoiceField(label=_lazy("Time zone"), choices=zone_choices)
    deadline = LocalTimeField(
        label=_lazy("Silence ends at"),
        help_text=_lazy(
            "To the second, by the clocks of the time zone. An objection at this very instant is too late."
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
        error_messages={"required": _lazy("Say when the silence ends.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["instant"] = to_instant(self, "deadline", cleaned["zone"]) if zone_known(self) else None
        return cleaned


class PracticeForm(forms.Form):
    """Where the host's practice is cited from."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sources = forms.MultipleChoiceField(
        label=_lazy("Sources of the record"), required=False, widget=forms.CheckboxSelectMultiple
    )
    citation = forms.CharField(
        label=_lazy("Another source, in words"),
        required=False,
        max_length=500,
        help_text=_lazy("It is named wherever the names are shown."),
    )

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sources"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = sources

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("sources") and not (cleaned.get("citation") or "").strip() and not self.errors:
            self.add_error("citation", _("Cite the practice: name at least one source."))
        return cleaned


class ObjectionForm(ReasonForm):
    """What a delegation objects to, and why. The choice names target, party and language at once."""

    quotes_names = True

    def __init__(self, *args: Any, languages: list[str], targets: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.fields["target"] = forms.ChoiceField(
            label=_("The delegation objects to"),
            choices=[("", "—"), *targets],
            error_messages={"required": _("Say what your delegation objects to.")},
        )
        self.order_fields(["target"])

    def what(self) -> dict[str, Any]:
        """The arguments of the command that say what is objected to."""
        target, party, language = (*self.cleaned_data["target"].split(":"), "", "")[:3]
        return {"target": target, "party": UUID(party) if party else None, "language": language}


def targets_of(profile: Profile, rows: Iterable[Designation], here: str, ordered: list[UUID]) -> list[tuple[str, Any]]:
    """What can be objected to, as choices."""
    names, languages = {key: record_name(key, here).text for key in ordered}, language_names()
    found: list[tuple[str, Any]] = [(str(ProfileObjection.Target.WHOLE), ProfileObjection.Target.WHOLE.label)]
    found.append((str(ProfileObjection.Target.ORDER), ProfileObjection.Target.ORDER.label))
    if profile.footnote:
        found.append((str(ProfileObjection.Target.FOOTNOTE), ProfileObjection.Target.FOOTNOTE.label))
    if profile.map_rule:
        found.append((str(ProfileObjection.Target.MAP), ProfileObjection.Target.MAP.label))
    by_party: dict[UUID, list[Designation]] = {}
    for row in rows:
        by_party.setdefault(row.party_id, []).append(row)
    for key in ordered:
        tongues = sorted(by_party.get(key, []), key=lambda row: row.language)
        choices = [(f"designation:{key}", _("in every language"))] if tongues else []
        choices += [(f"designation:{key}:{row.language}", f"{languages[row.language]}: {row.text}") for row in tongues]
        if choices:
            found.append((_("The designation of %(party)s") % {"party": names[key]}, choices))
    return found


class ChosenForm(forms.Form):
    """Under which profile a meeting is held."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    profile = forms.ChoiceField(label=_lazy("Designation profile"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["profile"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
