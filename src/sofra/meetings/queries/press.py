"""What is written for the press, what was issued, what waits; and what a reader of the meeting's page is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.commands import database_now
from sofra.kernel.models import Audience
from sofra.lexicon.engine.ordering import alphabetical
from sofra.meetings.models import (
    Act,
    MediaApplication,
    Meeting,
    PressIssue,
    PressKind,
    PressPiece,
    Procedure,
)
from sofra.meetings.queries.captions import changed_since, may_be_named, places_of
from sofra.meetings.queries.procedure import acts_on, explain, late_entries_of, standing_acts, versions_of

DRAFT, DROPPED, FIXED = "draft", "dropped", "fixed"
#: Where the clearance of a version of agreed lines stands.
UNSENT, RUNNING, CLEARED, BROKEN, STOPPED, REOPENED = "unsent", "running", "cleared", "broken", "stopped", "reopened"
_STANDS = {
    Procedure.State.OPEN: RUNNING, Procedure.State.ADOPTED: CLEARED, Procedure.State.BROKEN: BROKEN,
    Procedure.State.STOPPED: STOPPED, Procedure.State.REOPENED: REOPENED,
}  # fmt: skip


@dataclass
class Strand:
    """All versions of one piece that the reader may know of, the newest first."""

    key: UUID
    versions: list[PressPiece] = field(default_factory=list)

    @property
    def head(self) -> PressPiece:
        """The newest version that was not given up, else the newest."""
        return next((row for row in self.versions if row.dropped_at is None), self.versions[0])

    @property
    def next_allowed(self) -> bool:
        """Whether the next version can be written: none is a draft."""
        head: Any = self.head
        return bool(head.state == FIXED)


def strands_of(meeting: Meeting, language: str, only: UUID | None = None) -> list[Strand]:
    """The pieces of a meeting by kind and age. Queries do not grow with them."""
    found = PressPiece.objects.filter(meeting=meeting).select_related("meeting__format", "session")
    rows = list(found.filter(line=only) if only else found)
    stand(rows, language)
    strands: dict[UUID, Strand] = {}
    for row in rows:
        strands.setdefault(row.line, Strand(row.line)).versions.insert(0, row)
    order = {kind: place for place, kind in enumerate(PressKind.values)}
    return sorted(strands.values(), key=lambda each: (order[each.head.kind], each.versions[-1].made_at))


def strand_of(meeting: Meeting, key: UUID, language: str) -> Strand | None:
    """One piece with its versions; None where the reader knows of none such."""
    return next(iter(strands_of(meeting, language, key)), None)


def get_piece(meeting: Meeting, key: UUID, language: str) -> PressPiece | None:
    """One version, as `stand` leaves it; None where the reader knows of none such."""
    row = PressPiece.objects.select_related("meeting__format", "session").filter(meeting=meeting, pk=key).first()
    if row is not None:
        stand([row], language)
    return row


def get_issue(meeting: Meeting, key: UUID) -> PressIssue | None:
    """One issue that can still be moved, called off or withdrawn."""
    found = PressIssue.objects.select_related("piece", "meeting__format")
    return found.filter(meeting=meeting, pk=key, withdrawn_at__isnull=True).first()


def stand(rows: list[PressPiece], language: str) -> None:
    """Give pieces `texts`, `worded`, `state`, `issued` (their issues, oldest first), `clearance` (agreed lines), `where`."""
    now = database_now()
    photos = [row.session for row in rows if row.session is not None]
    texts = wordings.of([*rows, *photos])
    issues: dict[UUID, list[PressIssue]] = {}
    for each in PressIssue.objects.filter(piece__in=rows):
        each.state = issue_state(each, now)  # type: ignore[attr-defined]
        issues.setdefault(each.piece_id, []).append(each)
    lines = [row for row in rows if row.kind == PressKind.LINES]
    clearances = clearances_of(lines, language) if lines else {}
    for row in rows:
        seen: Any = row
        seen.texts = texts.get(row.pk, {})
        seen.worded = {name: wordings.choose(by, language) for name, by in seen.texts.items()}
        seen.issued = issues.get(row.pk, [])
        seen.clearance = clearances.get(row.pk)
        seen.contents = [(code, *_pair(seen.texts, code)) for code in languages_in(seen.texts, language)]
        seen.where = (
            wordings.choose(texts.get(row.session_id, {}).get("title", {}), language) if row.session_id else None
        )
        seen.state = _state(row)


def _pair(texts: dict[str, dict[str, str]], code: str) -> tuple[str, str]:
    return texts.get("title", {}).get(code, ""), texts.get("body", {}).get(code, "")


def languages_in(texts: dict[str, dict[str, str]], language: str) -> list[str]:
    """The languages in which anything is written, the reader's first."""
    found = {code for by in texts.values() for code, text in by.items() if text}
    return sorted(found, key=lambda code: (code != language, code != "en", code))


def _state(row: Any) -> str:
    if row.dropped_at is not None:
        return DROPPED
    sent = row.clearance is not None and row.clearance.procedure is not None
    return FIXED if sent or any(not each.called_off for each in row.issued) else DRAFT


def issue_state(row: PressIssue, now: datetime) -> str:
    """Where an issue stands: scheduled, issued, withdrawn or called_off."""
    if row.called_off:
        return "called_off"
    if row.withdrawn_at is not None:
        return "withdrawn"
    return "scheduled" if row.readable_from > now else "issued"


@dataclass
class Clearance:
    """Where the clearance of one version stands, as far as the reader may know.

    `procedure` is None before it was sent. `objections`, `consents` are acts with `reason`; `waiting` the parties that said
    nothing yet; `late` objections received in time and entered late.
    """

    state: str
    procedure: Procedure | None = None
    objections: list[Act] = field(default_factory=list)
    consents: list[Act] = field(default_factory=list)
    struck: list[Act] = field(default_factory=list)
    waiting: list[UUID] = field(default_factory=list)
    late: list[Any] = field(default_factory=list)

    @property
    def pending(self) -> bool:
        """Whether an objection entered late waits for the chair."""
        return any(each.waits for each in self.late)


def clearances_of(pieces: Iterable[PressPiece], language: str) -> dict[UUID, Clearance]:
    """Where the clearance of versions of agreed lines stands, by the database's clock. Queries do not grow with them."""
    subjects = [row.pk for row in pieces]
    versions = {row.subject_id: row for row in versions_of(subjects)}
    acts = acts_on(subjects)
    explain(acts, language)
    late = late_entries_of([row.procedure for row in versions.values()], acts, language)
    found = {}
    for key in subjects:
        mine = [act for act in acts if act.subject_id == key]
        procedure = versions[key].procedure if key in versions else None
        row = Clearance(_STANDS[Procedure.State(procedure.state)] if procedure else UNSENT, procedure)
        row.objections = standing_acts(mine, Act.Kind.OBJECT)
        row.consents = standing_acts(mine, Act.Kind.CONSENT)
        row.struck = [act for act in mine if act.struck_at is not None]
        spoken = {act.owner_party_id for act in (*row.objections, *row.consents)}
        row.waiting = [party for party in procedure.readers if party not in spoken] if procedure else []
        row.late = [each for each in late if procedure is not None and each.procedure_id == procedure.pk]
        found[key] = row
    return found


@dataclass
class Told:
    """A piece as a reader of the meeting's page has it: the issue that stands, or the withdrawal that took its place."""

    issue: PressIssue
    contents: list[tuple[str, dict[str, Any]]]
    earlier: list[PressIssue]
    missing: bool

    @property
    def withdrawn(self) -> bool:
        """Whether nothing of it stands."""
        return self.issue.withdrawn_at is not None


def told_of(meeting: Meeting, language: str) -> list[Told]:
    """What was issued of a meeting's press material to the reader, by kind and age: one query, two where any was withdrawn.

    What is set for an instant ahead is left out, also for the secretariat, which reads it on the press desk.
    """
    now = database_now()
    rows = [
        row for row in PressIssue.objects.filter(meeting=meeting) if row.readable_from <= now and not row.called_off
    ]
    gone = [row for row in rows if row.withdrawn_at is not None]
    if gone:
        wordings.attach(gone, language)
    lines: dict[UUID, list[PressIssue]] = {}
    for row in rows:
        lines.setdefault(row.line, []).insert(0, row)
    found = []
    for mine in lines.values():
        standing = [row for row in mine if row.withdrawn_at is None]
        row = standing[0] if standing else mine[0]
        texts: dict[str, dict[str, Any]] = row.content["texts"]
        codes = sorted(texts, key=lambda code: (code != language, code != "en", code))
        earlier = [each for each in standing[1:] if each.piece_id != row.piece_id]
        found.append(Told(row, [(code, texts[code]) for code in codes], earlier, language not in texts))
    order = {kind: place for place, kind in enumerate(PressKind.values)}
    return sorted(found, key=lambda each: (order[each.issue.kind], each.issue.readable_from))


def asked_of(meeting: Meeting, actor: Actor, language: str) -> list[PressPiece]:
    """The agreed lines of a meeting that the actor's party was asked to clear, newest first: two queries where there are any."""
    if actor.party_id is None:
        return []
    rows = list(
        PressPiece.objects.filter(meeting=meeting, kind=PressKind.LINES, audience=Audience.PARTIES).order_by("-made_at")
    )
    newest = {row.line: row for row in reversed(rows)}
    wordings.attach(newest.values(), language) if newest else None
    return list(newest.values())


def public_instants(meeting: Meeting) -> list[datetime]:
    """From when on everyone reads, or read, something of this meeting's press material; what was called off is left out."""
    rows = PressIssue.objects.filter(meeting=meeting, to=PressIssue.To.EVERYONE)
    return [row.readable_from for row in rows if not row.called_off]


def to_look_at(meetings: Iterable[Meeting] | None = None) -> list[PressPiece]:
    """Captions that name somebody who left or is called otherwise: drafts that are written and issues that stand."""
    pieces = PressPiece.objects.filter(kind=PressKind.CAPTION, dropped_at__isnull=True).select_related(
        "meeting__format"
    )
    rows = list(pieces.filter(meeting__in=list(meetings)) if meetings is not None else pieces)
    if not rows:
        return []
    held = places_of(rows)
    standing = PressIssue.objects.filter(piece__in=rows, withdrawn_at__isnull=True)
    issued = set(standing.values_list("piece_id", flat=True))
    stale = changed_since([row for row in rows if row.pk in issued])
    newest = {row.line: row for row in rows}
    return [
        row
        for row in newest.values()
        if row.pk in stale
        or (row.pk not in issued and any(e.delegate is not None and not may_be_named(e.delegate) for e in held[row.pk]))
    ]


def waiting_issues() -> list[PressIssue]:
    """What is set to be issued at an instant ahead. The secretariat asks."""
    found = PressIssue.objects.filter(withdrawn_at__isnull=True, readable_from__gt=database_now())
    return list(found.select_related("meeting__format", "piece").order_by("readable_from"))


def media_of(meeting: Meeting, language: str) -> list[MediaApplication]:
    """The applications for accreditation that were not removed, in the alphabetical order of names."""
    rows = list(MediaApplication.objects.filter(meeting=meeting, removed_at__isnull=True))
    return sorted(rows, key=lambda row: (alphabetical(row.name, language), alphabetical(row.outlet, language)))


def removed_media(meeting: Meeting) -> int:
    """Of how many applications what was said of the person was removed."""
    return MediaApplication.objects.filter(meeting=meeting, removed_at__isnull=False).count()


def meetings_keeping_media() -> list[Meeting]:
    """Meetings that are over and whose accreditation list is still kept."""
    kept = MediaApplication.objects.filter(removed_at__isnull=True).values("meeting_id")
    over = (Meeting.Status.CLOSED, Meeting.Status.CANCELLED)
    return list(Meeting.objects.filter(pk__in=kept, status__in=over).select_related("format"))
