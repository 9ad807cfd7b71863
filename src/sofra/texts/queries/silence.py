"""Where a silence procedure stands, and whether a text is adopted; worked out by the database's clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sofra.kernel import wordings
from sofra.kernel.commands import database_now
from sofra.kernel.engine.silence import silence as standing
from sofra.texts.models import Adoption, Reopening, Silence, SilenceBreak, SilenceEvent, Statement, Text


@dataclass
class Procedure:
    """A silence with what became of it. `state` is running, broken, adopted or withdrawn at the instant it was asked."""

    row: Silence
    events: list[SilenceEvent]
    state: str
    breaks: list[SilenceBreak] = field(default_factory=list)

    @property
    def ended(self) -> SilenceEvent | None:
        """How it ended, where that is recorded already."""
        return next((each for each in self.events if each.kind in SilenceEvent.ENDINGS), None)

    @property
    def answered(self) -> SilenceEvent | None:
        """What the chair decided after it was broken."""
        return next((each for each in self.events if each.kind in SilenceEvent.ANSWERS), None)

    @property
    def waits_for_chair(self) -> bool:
        """Whether the chair has to decide what becomes of it."""
        return self.state == "broken" and self.answered is None

    @property
    def late(self) -> bool:
        """Whether an objection that was received in time and entered afterwards waits for the chair's answer."""
        kinds = [each.kind for each in self.events]
        last = max((place for place, kind in enumerate(kinds) if kind == SilenceEvent.Kind.LATE), default=-1)
        answers = (SilenceEvent.Kind.STANDS, SilenceEvent.Kind.REOPENED)
        return last >= 0 and not any(kind in answers for kind in kinds[last:])


def state_of(row: Silence, events: list[SilenceEvent], now: datetime) -> str:
    """Where a silence stands at an instant. What is not recorded yet is the clock's."""
    for each in events:
        if each.kind == SilenceEvent.Kind.WITHDRAWN:
            return "withdrawn"
        if each.kind == SilenceEvent.Kind.BROKEN:
            return "broken"
    return str(standing(row.at, row.deadline, now, []))


def procedures_of(text: Text, language: str = "") -> list[Procedure]:
    """The silences of a text, the oldest first. With a language, rows are `worded` and breaks are there as far as readable."""
    rows = list(Silence.objects.filter(text=text).select_related("version_under").order_by("at"))
    if not rows:
        return []
    now = database_now()
    events: dict[Any, list[SilenceEvent]] = {}
    for event in SilenceEvent.objects.filter(silence__in=rows).order_by("at"):
        events.setdefault(event.silence_id, []).append(event)
    breaks: dict[Any, list[SilenceBreak]] = {}
    if language:
        found = list(SilenceBreak.objects.filter(silence__in=rows).order_by("at"))
        for each in found:
            breaks.setdefault(each.silence_id, []).append(each)
        wordings.attach([*rows, *found, *(event for some in events.values() for event in some)], language)
    return [
        Procedure(row, events.get(row.pk, []), state_of(row, events.get(row.pk, []), now), breaks.get(row.pk, []))
        for row in rows
    ]


def running_on(text: Text, now: datetime) -> Silence | None:
    """The silence that runs on a text at an instant."""
    row = Silence.objects.filter(text=text).order_by("-at").first()
    if row is None or now >= row.deadline:
        return None
    return None if SilenceEvent.objects.filter(silence=row, kind__in=SilenceEvent.ENDINGS).exists() else row


def adoption_of(text: Text) -> Adoption | None:
    """The adoption that holds; None where there is none or it was reopened. A lapse nobody recorded yet is not among them."""
    row = Adoption.objects.filter(text=text).select_related("version_adopted").order_by("-at").first()
    return None if row is None or Reopening.objects.filter(adoption=row).exists() else row


def closed_now(text: Text) -> bool:
    """Whether a text does not change now: a silence runs on it, ran out unbroken (recorded or not), or it is adopted."""
    last = Silence.objects.filter(text=text).order_by("-at").values_list("pk", flat=True).first()
    if last is not None and not SilenceEvent.objects.filter(silence=last, kind__in=SilenceEvent.ENDINGS).exists():
        return True
    return adoption_of(text) is not None


def statements_on(text: Text, language: str) -> list[Statement]:
    """What parties attached and did not take back, with `worded`."""
    rows = list(Statement.objects.filter(text=text).order_by("at"))
    gone = {each.withdraws_id for each in rows}
    kept = [each for each in rows if each.withdraws_id is None and each.pk not in gone]
    wordings.attach(kept, language)
    return kept


def statements_at(text: Text, language: str, at: datetime | None) -> list[Statement]:
    """What was attached to a text at an instant (None: now), with `worded`."""
    if at is None:
        return statements_on(text, language)
    rows = list(Statement.objects.filter(text=text, at__lte=at).order_by("at"))
    gone = {each.withdraws_id for each in rows}
    kept = [each for each in rows if each.withdraws_id is None and each.pk not in gone]
    wordings.attach(kept, language)
    return kept
