"""A sheet is handed in, rehearsed and written: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sofra.cooperation import sheets
from sofra.cooperation.commands.dates import set_date
from sofra.cooperation.commands.making import announce, edit, propose
from sofra.cooperation.commands.reporting import NewSource, report
from sofra.cooperation.engine.sheet import Column, Row, Unreadable, read
from sofra.cooperation.models import Commitment, Report, SheetDraft
from sofra.cooperation.queries.lines import Line, lines_of, now, rows
from sofra.kernel import acting, anyway, policy, recording, wordings
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.models import Audience, Entry, Format, Party
from sofra.kernel.recording import record
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.models import Meeting


@dataclass
class Step:
    """What becomes of one row: "created", "changed", "same" or "refused", with a sentence for each thing done."""

    number: int
    title: str
    outcome: str = "same"
    sentences: list[str] = field(default_factory=list)


@command
def hand_in_sheet(*, meeting: Meeting, data: bytes, name: str, entry: Entry | None = None) -> SheetDraft:
    """Keep the rows of a sheet until they are confirmed. Nothing else is written. Raises Refusal for what is no such sheet."""
    actor, place = acting.current(), meeting.format
    assert place is not None
    policy.require(actor, "cooperation.import", place)
    try:
        found = read(data)
    except Unreadable as why:
        raise Refusal(unreadable(why), "sheet") from why
    if not found:
        raise Refusal(_("The sheet holds no rows. Nothing was kept."), "sheet")
    owner_id = entry.owner_party_id if entry else actor.party_id
    draft = SheetDraft.objects.create(
        meeting=meeting,
        name=name.rpartition("/")[2].rpartition("\\")[2].replace("\x00", "")[:200],
        rows=[{"number": row.number, "values": _clean(row.values), "wrong": _clean(row.wrong)} for row in found],
        made_at=database_now(),
        seat_id=actor.seat_id,
        audience=Audience.DELEGATION if actor.party_id else Audience.SECRETARIAT,
        format=place,
        owner_party_id=owner_id,
        entry=entry,
    )
    record("cooperation.sheet_handed_in", draft, {"name": draft.name, "rows": len(found)}, visible=False)
    return draft


def rehearse(draft: SheetDraft, language: str) -> list[Step]:
    """What writing the sheet would do now, row by row. It is done and undone: the rehearsal cannot differ from the act."""
    # What is written down is held, where words would break a meeting; nothing is by a rehearsal.
    with transaction.atomic(), anyway.said(True):
        steps = _take_all(draft, language)
        transaction.set_rollback(True)
    recording.discard()
    return steps


@command
def write_sheet(draft: SheetDraft, *, language: str) -> list[Step]:
    """Write the sheet. Raises Refusal, with nothing written, if a row is refused now or it was written before."""
    policy.require(acting.current(), "cooperation.import", draft.format)
    check_version(draft, None)
    if SheetDraft.objects.filter(pk=draft.pk, written_at__isnull=False).exists():
        raise Refusal(_("This sheet was written already."))
    steps = _take_all(draft, language)
    if any(step.outcome == "refused" for step in steps):
        raise Refusal(_("A row is refused; nothing was written. Mend the sheet and hand it in again."))
    draft.written_at = database_now()
    save_next(draft, ["written_at"])
    done = {kind: sum(step.outcome == kind for step in steps) for kind in ("created", "changed", "same")}
    record("cooperation.sheet_written", draft, done, visible=False)
    return steps


def unreadable(why: Unreadable) -> str:
    """The sentence for a file that is no sheet of ours."""
    sentences: dict[str, Callable[[], str]] = {
        "empty": lambda: _("The file is empty. Nothing was kept."),
        "large": lambda: _("The file is larger than %(most)d MB. Nothing was kept."),
        "bomb": lambda: _(
            "The file unpacks to more than a sheet can hold, or defines its own entities. Nothing was kept."
        ),
        "other": lambda: _("The file is no XLSX workbook. Nothing was kept."),
        "damaged": lambda: _("The file is damaged and cannot be opened. Save it anew as XLSX and hand it in again."),
        "locked": lambda: _("The file is locked with a password. Save it without one and hand it in again."),
        "macros": lambda: _("The file holds macros. Save it as XLSX without them and hand it in again."),
        "wrong_sheet": lambda: _(
            "The workbook has no sheet “%(sheet)s”. Take the sheet from this page and fill it in."
        ),
        "keys": lambda: _(
            "The hidden row that says what each column is, is missing. Take the sheet anew and fill it in."
        ),
        "many": lambda: _("The sheet holds more than %(most)d rows. Hand it in in parts."),
    }
    return sentences[why.why]() % why.detail


class _Taking:
    """One pass over a sheet's rows, as the actor and for the party it speaks for."""

    def __init__(self, draft: SheetDraft, language: str) -> None:
        self.draft, self.language = draft, language
        place = draft.format
        assert place is not None
        self.place: Format = place
        self.speaker = draft.owner_party_id
        self.heads = {column.key: column for column in sheets.columns(place, language)}
        self.owners = sheets.owners(place)
        self.seen: dict[Any, int] = {}

    def take(self, row: Row) -> Step:
        """Do what a row asks, or say why not."""
        step = Step(row.number, next((row.values[key] for key in row.values if key.startswith("title:")), ""))
        if set(row.values) <= {"id"} and row.values.get("id", "").startswith("new:") and not row.wrong:
            return step
        try:
            with transaction.atomic():
                self._take(row, step)
        except Refusal as refusal:
            step.outcome, step.sentences = "refused", [self._where(row, refusal)]
        return step

    def _take(self, row: Row, step: Step) -> None:
        for wrong, why in row.wrong.items():
            sentence = (
                _("The cell holds a formula. Write its value.") if why == "formula" else _("The cell holds an error.")
            )
            raise Refusal(sentence, wrong)
        known = sheets.read_id(row.values.get("id", ""), self.place)
        if known is None:
            raise Refusal(
                _("The row has no mark of the house. Use one of the empty rows of a sheet taken from this page.")
            )
        key, prepared = known
        if key in self.seen:
            raise Refusal(_("The row repeats the mark of row %(n)d. Use another empty row.") % {"n": self.seen[key]})
        self.seen[key] = row.number
        found = rows().filter(pk=key, format=self.place).first()
        if found is None and not prepared:
            raise Refusal(_("The commitment of this row is none you may read in this format."))
        if found is None:
            found = self._create(row, key)
            step.outcome = "created"
            step.sentences.append(_("A commitment is made."))
        else:
            self._change(row, lines_of([found], now(), self.language)[0], step)
        self._report(row, found, step)

    def _create(self, row: Row, key: Any) -> Commitment:
        given = row.values
        owner = self._owner(row)
        common: dict[str, Any] = {
            "format": self.place, "title": _by_language(given, "title"), "indicator": _by_language(given, "indicator"),
            "ministry": _by_language(given, "ministry"), "due": self._day(row, "due"),
            "zone": given.get("zone", self.draft.meeting.zone), "theme": self._theme(row), "key": key,
            "meeting": self.draft.meeting,
        }  # fmt: skip
        if self.speaker is not None:
            if owner is not None and owner.pk != self.speaker:
                raise Refusal(_("A party announces its own commitments only."), "owner")
            return announce(**common, entry=self.draft.entry)
        if owner is None:
            raise Refusal(_("Say which party is asked."), "owner")
        kind = sheets.choice(Commitment.Origin, given.get("origin", "")) or ""
        return propose(**common, owner=owner, origin_kind=kind)

    def _change(self, row: Row, line: Line, step: Step) -> None:
        given, commitment = row.values, line.row
        owner = self._owner(row)
        if owner is not None and owner.pk != commitment.owner_id:
            raise Refusal(_("The owner of a commitment does not change. Withdraw it and make another."), "owner")
        stands = wordings.of([commitment]).get(commitment.pk, {})
        new = {name: {**stands.get(name, {}), **_by_language(given, name)} for name in sheets.WORDS}
        theme = self._theme(row) if "theme" in given else commitment.theme
        if theme != commitment.theme or any(new[name] != stands.get(name, {}) for name in sheets.WORDS):
            edit(commitment, seen=commitment.version, theme=theme, **new)
            step.outcome = "changed"
            step.sentences.append(_("The words are mended."))
        newest = line.newest
        if "due" in given and newest is not None:
            due, zone = self._day(row, "due"), given.get("zone") or newest.row.zone
            if due not in (line.due, newest.row.due) or zone not in (newest.row.zone, line.state.zone):
                set_date(
                    commitment, due=due, zone=zone, reason=_by_language(given, "reason"), seen_date=newest.row.pk,
                    entry=self.draft.entry,
                )  # fmt: skip
                step.outcome = "changed"
                step.sentences.append(_("Another date is put forward; the date before it stays on the record."))

    def _report(self, row: Row, commitment: Commitment, step: Step) -> None:
        given = row.values
        text = _by_language(given, "report_text")
        parts = ("report_on", "report_claim", "source_title", "source_date", "source_link")
        if not text and not any(given.get(part) for part in parts):
            return
        on = self._day(row, "report_on")
        claim = sheets.choice(Report.Claim, given.get("report_claim", ""))
        if claim is None:
            raise Refusal(_("Say whether it is in progress or done."), "report_claim")
        same = Report.objects.filter(commitment=commitment, on=on, claim=claim)
        if any(texts.get("text") == text for texts in wordings.of(same).values()):
            return
        sources = []
        if any(given.get(part) for part in ("source_title", "source_date", "source_link")):
            day = self._day(row, "source_date") if given.get("source_date") else None
            sources = [NewSource(given.get("source_title", ""), day, given.get("source_link", ""))]
        report(commitment, on=on, claim=claim, text=text, sources=sources, entry=self.draft.entry)
        if step.outcome == "same":
            step.outcome = "changed"
        step.sentences.append(_("A report is made."))

    def _owner(self, row: Row) -> Party | None:
        name = row.values.get("owner", "")
        if not name:
            return None
        owner = self.owners.get(name.casefold())
        if owner is None:
            raise Refusal(_("No member has this name."), "owner")
        return owner

    def _theme(self, row: Row) -> str:
        slug = sheets.theme_of(row.values.get("theme", ""))
        if slug is None:
            raise Refusal(_("This is not one of the themes."), "theme")
        return slug

    def _day(self, row: Row, key: str) -> Any:
        text = row.values.get(key, "")
        if not text:
            raise Refusal(_("Give the day."), key)
        day = sheets.read_day(text)
        if day is None:
            raise Refusal(_("“%(text)s” is no day. Write it like 2026-07-24.") % {"text": text[:40]}, key)
        return day

    def _where(self, row: Row, refusal: Refusal) -> str:
        values = {"row": row.number, "sentence": refusal.sentence}
        column = self._column(refusal.field or "")
        if column is None or not column.head:
            return _("Row %(row)d: %(sentence)s") % values
        return _("Row %(row)d, column “%(column)s”: %(sentence)s") % {**values, "column": column.head}

    def _column(self, key: str) -> Column | None:
        named = {"origin_kind": "origin", "on": "report_on", "claim": "report_claim", "text": "report_text"}.get(
            key, key
        )
        return self.heads.get(named) or next(
            (self.heads[each] for each in self.heads if each.partition(":")[0] == named), None
        )


def _take_all(draft: SheetDraft, language: str) -> list[Step]:
    if draft.format is None:
        raise NotAllowed(_("You may not change this."))
    taking = _Taking(draft, language)
    return [taking.take(Row(each["number"], dict(each["values"]), dict(each["wrong"]))) for each in draft.rows]


def _by_language(given: dict[str, str], name: str) -> dict[str, str]:
    return {key.partition(":")[2]: text for key, text in given.items() if key.startswith(f"{name}:")}


def _clean(values: dict[str, str]) -> dict[str, str]:
    # PostgreSQL keeps no zero byte in JSON.
    return {key.replace("\x00", ""): text.replace("\x00", "") for key, text in values.items()}
