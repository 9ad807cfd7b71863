"""Commitments as everyone may read them: what their owners made public, reckoned from that alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sofra.cooperation.engine.state import COUNTING, Code, DateSet, Ending, History, Said, State, state
from sofra.cooperation.models import Commitment, PublicCommitment, PublicReport, PublicStanding
from sofra.cooperation.queries.lines import in_order
from sofra.cooperation.themes import title_of
from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import Format, Party
from sofra.kernel.wordings import Worded
from sofra.meetings.models import Theme
from sofra.parties.entering import attach_entries


@dataclass
class PublicRow:
    """What of the commitment itself a public line tells: the id its address has, whose it is, what it arose from."""

    pk: UUID
    format: Format
    owner: Party
    theme: str
    origin_kind: str
    exercise: bool
    made_at: datetime

    @property
    def get_origin_kind_display(self) -> str:
        """What it arose from, in words."""
        return str(Commitment.Origin(self.origin_kind).label)


@dataclass
class PublicLine:
    """One public commitment at an instant, with what `Line` has that pages and sheets ask for."""

    row: PublicRow
    told: PublicCommitment
    state: State
    words: dict[str, Worded]
    dates: list[DateSet]
    reports: list[PublicReport]
    theme: str = ""
    said: list[PublicReport] = field(default_factory=list)
    #: A date that waits for an answer is between the parties, so a public line has none.
    waiting: None = None
    newest: None = None

    @property
    def worded_by(self) -> PublicCommitment:
        """The row whose wordings these are."""
        return self.told

    @property
    def title(self) -> Worded:
        """The title as found for the reader."""
        return self.words.get("title", Worded("", "", ""))

    @property
    def due(self) -> date | None:
        """The date that counts."""
        return self.state.due or (self.dates[-1].due if self.dates else None)

    @property
    def counting(self) -> bool:
        """Whether a date counts or counted."""
        return self.state.code in COUNTING

    @property
    def ended(self) -> bool:
        """Whether it is done, lapsed or withdrawn."""
        return self.state.code in (Code.DONE, Code.LAPSED, Code.WITHDRAWN)


def is_outside(actor: Actor, place: Format | None) -> bool:
    """Whether the actor reads of a format's commitments only what is public: no member, no secretariat, and nothing kept
    from when its party sat."""
    key = place.pk if place is not None else None
    if actor.serves(key) or actor.sits_in(key):
        return False
    return actor.party_id is None or not Commitment.objects.filter(format=key).exists()


def public_lines(
    place: Format, at: datetime, language: str, key: UUID | None = None, *, seen_from: datetime | None = None
) -> list[PublicLine]:
    """The commitments of a format (or one of them) that are public at an instant, in order of due date, then title.

    `seen_from` is an earlier instant their states are told of: a meeting's. Queries do not grow with them.
    """
    found = PublicCommitment.objects.filter(format=place, withdrawn_at__isnull=True, at__lte=at)
    if key is not None:
        found = found.filter(commitment_id=key)
    newest = {row.commitment_id: row for row in found.select_related("owner_party", "format").order_by("at", "id")}
    if not newest:
        return []
    standings = {row.commitment_id: row for row in PublicStanding.objects.filter(commitment_id__in=newest)}
    by_report = {
        row.report_id: row
        for row in PublicReport.objects.filter(commitment_id__in=newest, withdrawn_at__isnull=True).order_by("at", "id")
    }
    reports: dict[UUID, list[PublicReport]] = {}
    for report in sorted(by_report.values(), key=lambda each: (each.on, each.said_at)):
        reports.setdefault(report.commitment_id, []).append(report)
    themes = list(Theme.objects.all())
    rows = list(newest.values())
    wordings.attach([*rows, *by_report.values(), *themes], language)
    attach_entries([*rows, *by_report.values()])
    titles = {each.slug: title_of(each) for each in themes}
    lines = [
        _line(
            row,
            standings[row.commitment_id],
            reports.get(row.commitment_id, []),
            seen_from or at,
            titles.get(row.theme, ""),
        )
        for row in rows
        if row.commitment_id in standings
    ]
    return in_order(lines, language)


def _line(row: Any, standing: PublicStanding, reports: Iterable[PublicReport], at: datetime, theme: str) -> PublicLine:
    dates = [_date(each) for each in standing.dates]
    heard = [each for each in reports if each.said_at <= at]
    history = History(
        dates=tuple(dates),
        reports=tuple(Said(each.said_at, each.claim == "done", bool(each.sources)) for each in heard),
        endings=tuple(Ending(datetime.fromisoformat(each["at"]), each["lapsed"]) for each in standing.endings),
    )
    shown = PublicRow(
        row.commitment_id, row.format, row.owner_party, row.theme, row.origin_kind, row.exercise,
        dates[0].at if dates else row.at,
    )  # fmt: skip
    return PublicLine(shown, row, state(history, at), row.worded, dates, heard, theme)


def _date(told: dict[str, str]) -> DateSet:
    agreed = datetime.fromisoformat(told["agreed_at"])
    return DateSet(date.fromisoformat(told["due"]), told["zone"], agreed, by_owner=True, counts_at_once=True)
