"""Forms of the room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.bilaterals.commands.requesting import Terms
from sofra.bilaterals.engine.slots import Cut, Span, spans
from sofra.bilaterals.models import Frame, Level, Outcome, RoomTerms
from sofra.bilaterals.models.requests import Size
from sofra.bilaterals.sentences import clock, when
from sofra.kernel.models import Party
from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import order_parties, party_name
from sofra.parties.formfields import LocalTimeField, to_instant, to_local, to_span

NOTHING = ("", "—")
PRIORITIES = ((1, _("1: must be held")), (2, _("2: should be held")), (3, _("3: if there is room")))
#: How many windows, or hours, a form asks for.
WINDOWS, HOURS = 3, 4


def party_choices(parties: list[Party], language: str) -> list[tuple[str, str]]:
    """Parties by the profile's order."""
    return [(str(row.pk), party_name(row, language).text) for row in order_parties(parties, language)]


def choose(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    """Give a field its choices."""
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = choices


def language_choices() -> list[tuple[str, str]]:
    """The languages of the house."""
    return [(code, str(label)) for code, label in settings.LANGUAGES]


class TimesForm(forms.Form):
    """Pairs of times, as many as `pairs`; what is left empty is none. By the clocks of the meeting."""

    pairs, label_begins, label_ends = WINDOWS, _("From"), _("Until")
    stem = "window"

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        for number in range(1, self.pairs + 1):
            for side, label in (("begins", self.label_begins), ("ends", self.label_ends)):
                self.fields[f"{self.stem}{number}_{side}"] = LocalTimeField(
                    label=f"{number}. {label}", required=False,
                    help_text=_now("By the clocks of %(zone)s.") % {"zone": zone_name(zone)} if number == 1 else "",
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found: list[Span] = []
        for number in range(1, self.pairs + 1):
            begins_name, ends_name = f"{self.stem}{number}_begins", f"{self.stem}{number}_ends"
            begins, ends = to_instant(self, begins_name, self.zone), to_instant(self, ends_name, self.zone)
            if begins is not None and ends is not None and ends > begins:
                found.append((begins, ends))
            elif begins is not None and ends is not None:
                self.add_error(ends_name, _now("The end lies before the beginning."))
            elif begins is not None or ends is not None:
                self.add_error(ends_name if ends is None else begins_name, _now("Say both times, or neither."))
        cleaned["times"] = found
        return cleaned

    @classmethod
    def initial_times(cls, times: list[Span], zone: str) -> dict[str, Any]:
        """Initial values for pairs that stand."""
        found: dict[str, Any] = {}
        for number, (begins, ends) in enumerate(times[: cls.pairs], start=1):
            found[f"{cls.stem}{number}_begins"] = to_local(begins, zone)
            found[f"{cls.stem}{number}_ends"] = to_local(ends, zone)
        return found


class AskForm(TimesForm):
    """A request."""

    others = forms.MultipleChoiceField(
        label=_("With whom"), widget=forms.CheckboxSelectMultiple, help_text=_("One delegation, or two for a trilateral."),
        error_messages={"required": _("Name one other delegation, or two.")},
    )  # fmt: skip
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.MINISTER)
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=PRIORITIES, coerce=int, initial=2, help_text=_("The other side does not read it.")
    )
    slots = forms.IntegerField(label=_("Length in slots"), min_value=1, max_value=12, initial=1)
    size = forms.ChoiceField(label=_("Room"), choices=Size.choices)
    languages = forms.MultipleChoiceField(
        label=_("Interpretation between"), required=False, choices=language_choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Two languages, or none."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("Purpose"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your delegation alone reads it until the other side accepts; then both. Never the secretariat."),
    )  # fmt: skip
    purpose_to_both = forms.BooleanField(label=_("The other side may read the purpose at once"), required=False)
    room = forms.CharField(label=_("Wishes for the room"), required=False, max_length=300)
    answer_by = LocalTimeField(label=_("Answer by"), required=False)
    pull_aside = forms.BooleanField(label=_("A pull-aside, standing"), required=False)
    discreet = forms.BooleanField(
        label=_("Keep it from the secretariat too"), required=False,
        help_text=_("The two of you agree on the time; a room can be booked without naming the counterpart."),
    )  # fmt: skip

    field_order = (
        "others", "level", "priority", "purpose", "purpose_to_both", "slots", "size", "languages",
        *(f"window{n}_{side}" for n in range(1, WINDOWS + 1) for side in ("begins", "ends")),
        "room", "answer_by", "pull_aside", "discreet",
    )  # fmt: skip

    def __init__(self, *args: Any, parties: list[Party], language: str, frame: Frame | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "others", party_choices(parties, language))
        self.language = language
        if frame is not None:
            self.fields["slots"].help_text = _now("A slot takes %(n)d minutes.") % {"n": frame.slot_minutes}
            if frame.answer_by is not None:
                self.fields["answer_by"].help_text = _now("Left out: %(when)s.") % {
                    "when": when(frame.answer_by, self.zone)
                }
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["answer_by_instant"] = to_instant(self, "answer_by", self.zone)
        return cleaned

    def terms(self) -> Terms:
        """What was written."""
        found = self.cleaned_data
        return Terms(
            level=found["level"], slots=found["slots"], size=found["size"], languages=tuple(found["languages"]),
            windows=tuple(found["times"]), answer_by=found["answer_by_instant"], discreet=found["discreet"],
            pull_aside=found["pull_aside"], purpose=found["purpose"], purpose_language=self.language,
            purpose_to_both=found["purpose_to_both"], priority=found["priority"], room=found["room"],
            others=tuple(UUID(each) for each in found["others"]),
        )  # fmt: skip


class SeenForm(forms.Form):
    """What was read when the form was made: the proposal in force, a time, a version."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)


class AcceptForm(SeenForm):
    """An acceptance."""

    priority = forms.TypedChoiceField(
        label=_("Priority for your delegation"), choices=PRIORITIES, coerce=int, initial=2,
        help_text=_("The other side does not read it."),
    )  # fmt: skip


class DeclineForm(SeenForm):
    """A decline or a withdrawal."""

    note = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("None is needed. The sides alone read it."),
    )  # fmt: skip


class ProposeForm(TimesForm):
    """Other terms."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000)
    field_order = (
        "level",
        *(f"window{n}_{side}" for n in range(1, WINDOWS + 1) for side in ("begins", "ends")),
        "note",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class SpanForm(forms.Form):
    """From when until when."""

    begins = LocalTimeField(label=_("Begins"), error_messages={"required": _("Say when it begins.")})
    ends = LocalTimeField(label=_("Ends"), error_messages={"required": _("Say when it ends.")})

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["begins"].help_text = _now("By the clocks of %(zone)s.") % {"zone": zone_name(zone)}

    def clean(self) -> dict[str, Any]:
        super().clean()
        return to_span(self, self.zone)


class TimeForm(SpanForm):
    """A time agreed elsewhere."""

    place = forms.CharField(label=_("Where"), required=False, max_length=200)


class BlockForm(SpanForm):
    """A time kept free."""

    level = forms.ChoiceField(label=_("Whose time"), choices=Level.choices)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("Your delegation alone reads it.")
    )
    field_order = ("level", "begins", "ends", "note")


class BookingForm(SpanForm):
    """A room without naming the counterpart."""

    size = forms.ChoiceField(label=_("Room"), choices=Size.choices)
    languages = forms.MultipleChoiceField(
        label=_("Interpretation between"), required=False, choices=language_choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Two languages, or none."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note for the secretariat"), required=False, max_length=300)


class ArrangeForm(forms.Form):
    """How it is to be held."""

    receives = forms.ChoiceField(label=_("Who receives"), required=False)
    suite = forms.BooleanField(label=_("In the suite of the side that receives"), required=False)
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    company = forms.IntegerField(
        label=_("1 + n: how many come besides each principal"), required=False, min_value=0, max_value=50
    )
    own_interpreter = forms.BooleanField(label=_("The sides bring their own interpreter"), required=False)
    press = forms.BooleanField(label=_("The press is there at the start"), required=False)

    def __init__(self, *args: Any, parties: list[UUID], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "receives", [NOTHING, *((str(each), party_name(each, language).text) for each in parties)])


class HeldForm(forms.Form):
    """What became of it on the day."""

    state = forms.ChoiceField(label=_("It was"), choices=Outcome.State.choices, widget=forms.RadioSelect)
    begins = LocalTimeField(label=_("Held instead at"), required=False, help_text=_("Only where it was moved."))
    came = forms.CharField(label=_("Who came"), required=False, max_length=500)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["begins_at"] = to_instant(self, "begins", self.zone)
        return cleaned


class NoteForm(forms.Form):
    """A note for one's own delegation."""

    text = forms.CharField(
        label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the note.")},
    )  # fmt: skip


class ReadoutForm(forms.Form):
    """One line on what was spoken of."""

    text = forms.CharField(label=_("One line"), max_length=500, error_messages={"required": _("Write the line.")})
    for_all = forms.BooleanField(
        label=_("All members may read it once every side agrees"), required=False,
        help_text=_("Otherwise the sides and the secretariat."),
    )  # fmt: skip


class FrameForm(TimesForm):
    """Hours and rules."""

    pairs, stem = HOURS, "hours"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    slot_minutes = forms.IntegerField(label=_("Minutes in a slot"), min_value=5, max_value=240, initial=20)
    buffer_slots = forms.IntegerField(
        label=_("Slots kept free between two meetings of one principal"), min_value=0, max_value=6, initial=0
    )
    walking_slots = forms.IntegerField(
        label=_("Slots more where the zones differ"), min_value=0, max_value=6, initial=0
    )
    answer_by = LocalTimeField(
        label=_("Requests lapse unanswered"), required=False, help_text=_("Where a request says nothing else.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["answer_by_instant"] = to_instant(self, "answer_by", self.zone)
        return cleaned


def frame_initial(frame: Frame | None, zone: str) -> dict[str, Any]:
    """A frame's form as it stands."""
    if frame is None:
        return {}
    return {
        "version": frame.version, "slot_minutes": frame.slot_minutes, "buffer_slots": frame.buffer_slots,
        "walking_slots": frame.walking_slots, "answer_by": to_local(frame.answer_by, zone),
        **FrameForm.initial_times(spans(frame.hours), zone),
    }  # fmt: skip


class RoomForm(TimesForm):
    """A room's terms at a meeting."""

    pairs, stem = 2, "closed"
    label_begins, label_ends = _("Closed from"), _("Closed until")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    used = forms.BooleanField(label=_("It takes bilaterals at this meeting"), required=False, initial=True)
    zone_name = forms.CharField(
        label=_("Zone"), required=False, max_length=40, help_text=_("A floor, a wing: rooms one need not walk between.")
    )
    size = forms.ChoiceField(label=_("Size"), choices=Size.choices)
    field_order = ("used", "zone_name", "size")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


def room_initial(terms: RoomTerms | None, zone: str) -> dict[str, Any]:
    """A room's form as it stands."""
    if terms is None:
        return {}
    return {
        "version": terms.version, "used": terms.used, "zone_name": terms.zone, "size": terms.size,
        **RoomForm.initial_times(spans(terms.closed), zone),
    }  # fmt: skip


class ApartForm(forms.Form):
    """Two parties."""

    one = forms.ChoiceField(label=_("One"))
    other = forms.ChoiceField(label=_("The other"))

    def __init__(self, *args: Any, parties: list[Party], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("one", "other"):
            choose(self, field, [NOTHING, *party_choices(parties, language)])


class SolveForm(forms.Form):
    """How long to search."""

    seconds = forms.IntegerField(
        label=_("Seconds to search"), min_value=1, max_value=300, initial=10,
        help_text=_("Seven delegations' day is decided in a second or two; a week of 193 takes longer."),
    )  # fmt: skip


class SwapForm(forms.Form):
    """What should change in one's own day."""

    note = forms.CharField(
        label=_("What should change"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what should change.")},
    )  # fmt: skip


def slot_choices(slots: list[Cut], zone: str) -> list[tuple[str, str]]:
    """Slots in a list of choices."""
    return [(slot.id, f"{slot.day} {clock(slot.begins, zone)}–{clock(slot.ends, zone)}") for slot in slots]
