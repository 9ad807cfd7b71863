"""Form fields of rooms that meet: texts per language, local times with their zone, and refusals beside their fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.refusals import Refusal
from sofra.kernel.zones import zone_name
from sofra.parties.engine.local_time import NoSuchTime, instant_of, known_zone, local_of

#: The languages a form offers for a text; further ones can be added to a row later.
OFFERED = ("en", "tr")


class LocalTimeField(forms.DateTimeField):
    """A day and clock time without a zone; `clean` answers a naive datetime. The form turns it into an instant."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _lazy("Write a day and a time, for example 2026-07-24 10:00.")}

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        return found.replace(tzinfo=None) if found is not None else None


class DayField(forms.DateField):
    """A day."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _lazy("Write a day, for example 2026-07-24.")}


def zone_choices() -> list[tuple[str, str]]:
    """Zones a form suggests: those of the parties' capitals and of usual hosts of conferences."""
    names = (
        "Europe/Istanbul", "Europe/Belgrade", "Europe/Podgorica", "Europe/Sarajevo", "Europe/Skopje", "Europe/Tirane",
        "Europe/Zagreb", "CET", "Europe/Brussels", "Europe/Vienna", "Europe/Zurich", "Europe/London", "America/New_York", "UTC",
    )  # fmt: skip
    return [(name, zone_name(name)) for name in names if known_zone(name)]


def to_instant(form: forms.Form, field: str, zone: str) -> datetime | None:
    """The instant of a LocalTimeField in a zone; None, with the sentence beside the field, where the clocks skip it."""
    local = form.cleaned_data.get(field)
    if local is None:
        return None
    try:
        return instant_of(local, zone)
    except NoSuchTime:
        form.add_error(field, _("The clocks skip this time on that day. Choose a time after the change."))
        return None


def to_span(form: forms.Form, zone: str) -> dict[str, Any]:
    """What a form was given, with `begins_at` and `ends_at`: the instants of its fields begins and ends, or None.

    Puts the sentence beside the end where it lies before the beginning.
    """
    given = form.cleaned_data
    begins, ends = to_instant(form, "begins", zone), to_instant(form, "ends", zone)
    if begins and ends and ends <= begins:
        form.add_error("ends", _("The end lies before the beginning."))
    return {**given, "begins_at": begins, "ends_at": ends}


def to_local(instant: datetime | None, zone: str) -> datetime | None:
    """The initial value of a LocalTimeField."""
    return local_of(instant, zone) if instant is not None else None


def zone_known(form: forms.Form, field: str = "zone") -> ZoneInfo | None:
    """The zone of a field; None, with the sentence beside the field, where it is not known."""
    name = form.cleaned_data.get(field) or ""
    if known_zone(name):
        return ZoneInfo(name)
    form.add_error(field, _("No such time zone is known. Write it like Europe/Istanbul."))
    return None


def language_names() -> dict[str, str]:
    """Names of languages in themselves."""
    return dict(settings.LANGUAGES)


def add_wording_fields(
    form: forms.Form, name: str, label: Any, *, long: bool = False, most: int = 300, help_text: Any = ""
) -> None:
    """Give a form a field per offered language for one text: `title_en`, `title_tr`."""
    for language in OFFERED:
        widget: forms.Widget = (
            forms.Textarea(attrs={"rows": 3, "lang": language}) if long else forms.TextInput(attrs={"lang": language})
        )
        form.fields[f"{name}_{language}"] = forms.CharField(
            label=f"{label} ({language_names().get(language, language)})",
            required=False,
            max_length=most,
            widget=widget,
            help_text=help_text if language == OFFERED[0] else "",
        )


def wording_texts(form: forms.Form, name: str) -> dict[str, str]:
    """What was written in the fields of `add_wording_fields`: {language: text}, for `wordings.put`."""
    return {language: form.cleaned_data.get(f"{name}_{language}", "") for language in OFFERED}


def wording_initial(texts: dict[str, str], name: str) -> dict[str, str]:
    """Initial values for the fields of `add_wording_fields`."""
    return {f"{name}_{language}": texts.get(language, "") for language in OFFERED}


def require_wording(form: forms.Form, name: str, sentence: Any = "") -> None:
    """Ask for at least one language."""
    if not any(text.strip() for text in wording_texts(form, name).values()):
        form.add_error(f"{name}_{OFFERED[0]}", sentence or _("Write it in at least one language."))


def add_refusal(refusal: Refusal, *forms_: Any) -> None:
    """Put a command's sentence beside the field it speaks of, in the first form that has it; else above the first form."""
    for form in forms_:
        if form is not None and refusal.field in getattr(form, "fields", {}):
            form.add_error(refusal.field, str(refusal.sentence))
            return
    forms_[0].add_error(None, str(refusal.sentence))
