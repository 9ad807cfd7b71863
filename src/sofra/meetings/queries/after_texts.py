"""After a meeting: its texts, issued and circulated; its decisions; who knows of it; what the public record holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.acting import Actor
from sofra.kernel.models import Audience
from sofra.kernel.rooms import AfterLine
from sofra.lexicon.naming import order_parties, party_name
from sofra.meetings import sentences
from sofra.meetings.models import Issue, Meeting, Outcome
from sofra.meetings.queries.after import part_words
from sofra.meetings.queries.circulation import RECALLED, SCHEDULED, WITHDRAWN
from sofra.meetings.queries.delegations import teams_of
from sofra.meetings.queries.issuing import changed_since, issues_of, quoted_by, recorded_from
from sofra.meetings.queries.outcomes import outcomes_of
from sofra.meetings.queries.publicity import announcements_of
from sofra.meetings.queries.waiting import page
from sofra.sources.queries import meeting_record
from sofra.sources.queries.meeting import MeetingRecord
from sofra.sources.queries.shelf import Fact


@dataclass
class Texts:
    """What a meeting ended with and what of it was issued, read once for a page."""

    outcomes: list[Any]
    issues: dict[UUID, list[Issue]]

    @property
    def issuable(self) -> list[Any]:
        """Summaries, statements and adopted texts that were not withdrawn."""
        return [row for row in self.outcomes if row.issuable and row.withdrawn_at is None]

    @property
    def decisions(self) -> list[Any]:
        """Decisions that were not withdrawn."""
        return [row for row in self.outcomes if row.kind == Outcome.Kind.DECISION and row.withdrawn_at is None]

    @property
    def none(self) -> bool:
        """Whether the meeting ended without any."""
        return any(row.kind == Outcome.Kind.NONE for row in self.outcomes)

    @property
    def current(self) -> list[Issue]:
        """The last version of each text that was issued and is neither called off nor recalled."""
        found = (next((each for each in rows if goes_out(each)), None) for rows in self.issues.values())
        return [each for each in found if each is not None]


def texts_after(meeting: Any, language: str) -> Texts:
    """The outcomes of a meeting and their issued versions; read once for each meeting a page holds."""
    kept = getattr(meeting, "texts_after", None)
    if kept is None or kept[0] != language:
        outcomes = outcomes_of(meeting, language)
        kept = language, Texts(outcomes, issues_of(outcomes, language))
        meeting.texts_after = kept
    texts: Texts = kept[1]
    return texts


def goes_out(issue: Any) -> bool:
    """Whether an issued version was or will be released, and was not recalled."""
    document = issue.document
    return document.released_at is not None and document.state not in (RECALLED, WITHDRAWN)


def whom(document: Any, language: str) -> str:
    """To whom a document was released, in words."""
    if document.audience == Audience.PARTIES:
        return ", ".join(party_name(party, language).text for party in order_parties(list(document.readers), language))
    return str(Audience(document.audience).label)


def issue_words(issue: Any, meeting: Meeting, language: str) -> str:
    """An issued version: its number, its instant, to whom, and whether it was recalled or called off."""
    document = issue.document
    words: dict[str, Any] = {"number": issue.number}
    if document.released_at is None:
        return str(_("Version %(number)s: its release was called off.") % words)
    words |= {"at": sentences.exact(document.released_at, meeting.zone), "whom": whom(document, language)}
    if document.state == RECALLED:
        words["recalled"] = sentences.exact(document.recalled_at, meeting.zone)
        return str(_("Version %(number)s: released %(at)s, recalled %(recalled)s.") % words)
    if document.state == SCHEDULED:
        return str(_("Version %(number)s: to be released %(at)s to: %(whom)s.") % words)
    return str(_("Version %(number)s: released %(at)s to: %(whom)s.") % words)


def text_lines(meeting: Meeting, actor: Actor, language: str) -> list[AfterLine]:
    """A line per summary or statement: issued, to whom, at which instant; else what stands in the way."""
    texts = texts_after(meeting, language)
    found = []
    for row in texts.issuable:
        issues = texts.issues.get(row.pk, [])
        out = next((each for each in issues if goes_out(each)), None)
        said = [issue_words(each, meeting, language) for each in issues]
        act: tuple[Any, str] | None = (_("Issue and circulate"), page("outcome_issue", meeting, outcome=row.pk))
        done = out is not None and out.document.state != SCHEDULED  # type: ignore[attr-defined]
        if row.adoptable and row.adopted is None:
            said.append(_("The members have not adopted it yet."))
            act = (_("To the text"), page("outcome", meeting, outcome=row.pk))
        elif out is not None and changed_since(row, out):
            said.append(_("Its words changed since; what was issued stays as it was."))
            done = False
        elif out is not None:
            act = None
        else:
            said.append(_("Not issued."))
        rows = [(named(row), page("outcome", meeting, outcome=row.pk))]
        found.append(AfterLine(row.get_kind_display(), done, tuple(said), tuple(rows), act))
    if found:
        return found
    if texts.none:
        return [AfterLine(_("Summary or statement"), None, (_("The meeting ended without an outcome document."),))]
    act = (_("Write an outcome"), page("outcome_draft", meeting))
    return [AfterLine(_("Summary or statement"), False, (_("None is written down."),), act=act)]


def named(outcome: Any) -> str:
    """An outcome by its title, a decision with its number."""
    title = str(outcome.worded.get("title", ""))
    return f"{outcome.number}. {title}" if outcome.number else title


def text_of(issue: Any, meeting: Meeting) -> tuple[Any, str]:
    """An issued text, with the page on which passages are marked."""
    title = str(issue.document.worded.get("title", ""))
    return (
        _("“%(title)s”, version %(number)s") % {"title": title, "number": issue.number},
        page("issued_text", meeting, outcome=issue.outcome_id, issue=issue.pk),
    )


def decision_lines(meeting: Meeting, actor: Actor, language: str) -> list[AfterLine]:
    """A line per issued text with what was recorded from it, and one per decision with where it stands."""
    texts = texts_after(meeting, language)
    found = []
    recorded = recorded_from(texts.current, language)
    for issue in texts.current:
        own = [each for each in recorded.get(issue.pk, []) if each.subject_type == "meetings.outcome"]
        said = () if own else (_("No decision is recorded from it."),)
        rows = tuple((str(each.card.title), each.card.url) for each in own)
        title, url = text_of(issue, meeting)
        found.append(AfterLine(title, None, said, rows, (_("Mark passages"), url)))
    quoted = quoted_by([row.pk for row in texts.decisions], language)
    for row in texts.decisions:
        said_of = [_("Adopted by the members.") if row.adopted else _("Not adopted yet.")]
        if row.released_at is None:
            said_of.append(_("A draft: the secretariat alone reads it."))
        said_of += sorted(
            {
                _("Recorded from “%(title)s”, version %(number)s.") % {"title": each.title, "number": each.number}
                for each in quoted.get(row.pk, [])
            }
        )
        there = page("outcome", meeting, outcome=row.pk)
        act = (_("To the decision"), there) if row.adopted is None else None
        found.append(
            AfterLine(
                _("Decision %(number)s") % {"number": row.number}, row.adopted is not None, tuple(said_of),
                ((str(row.worded.get("title", "")), there),), act,
            )
        )  # fmt: skip
    if not found:
        found.append(
            AfterLine(_("Decisions"), None, (_("None is recorded. They are marked in a text once it is issued."),))
        )
    return found


def public_lines(meeting: Meeting, actor: Actor, language: str) -> list[AfterLine]:
    """Who outside the members knows of the meeting, and which of its texts everyone reads. Nothing of it is asked."""
    if meeting.audience == Audience.PUBLIC:
        said = [_("Everyone knows of the meeting.")]
    else:
        said = [
            _("Announced to %(whom)s, %(at)s.")
            % {"whom": row.get_to_display(), "at": sentences.exact(row.readable_from, meeting.zone)}
            for row in announcements_of(meeting)
        ] or [_("Announced to nobody outside the members.")]
    act = None
    if meeting.audience != Audience.PUBLIC and policy.decide(actor, "meetings.announce", meeting):
        act = (_("Announce"), page("meeting_announce", meeting))
    found = [AfterLine(_("The meeting"), None, tuple(said), act=act)]
    texts = texts_after(meeting, language)
    for row in [*texts.issuable, *texts.decisions]:
        if row.published_at is not None:
            words = _("Everyone reads it since %(at)s.") % {"at": sentences.exact(row.published_at, meeting.zone)}
        elif row.released_at is not None:
            words = _("The members read it; it is not public.")
        else:
            continue
        link = (named(row), page("outcome", meeting, outcome=row.pk))
        found.append(AfterLine(row.get_kind_display(), None, (words,), (link,)))
    return found


# -- The record page -------------------------------------------------------------------------------------------------------


@dataclass
class Held:
    """A fact of a meeting: what the house holds of it, and what the public record says with its sources.

    Either may be missing, and is then shown as missing. `lacking` names the parties of which it is not said.
    """

    key: str
    title: Any
    said: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    url: str = ""
    lacking: list[str] = field(default_factory=list)

    @property
    def sourced(self) -> bool:
        """Whether a source stands for it."""
        return any(fact.documents for fact in self.facts)

    @property
    def complete(self) -> bool:
        """Whether the house holds it and a source stands for it."""
        return bool(self.said) and self.sourced and not self.lacking


def record_of(meeting: Meeting, language: str) -> MeetingRecord | None:
    """What the public record holds of a meeting; None where it holds nothing of it."""
    return meeting_record(meeting.record_slug, language) if meeting.record_slug else None


def record_facts(meeting: Any, language: str, record: MeetingRecord | None) -> list[Held]:
    """The facts a record page is made of: date, place, level announced and actual, attendance, outcome."""
    basics = record.basics if record is not None else {}
    seen = [each for row in record.attendance for cell in row.cells for each in cell] if record is not None else []
    expected = [each for each in seen if each.fact.claim.modality == "expected"]
    told = [each for each in seen if each.fact.claim.modality != "expected"]
    teams = teams_of(meeting, language)
    texts = texts_after(meeting, language)
    public = [row for row in texts.outcomes if row.published_at is not None and row.withdrawn_at is None]
    place = [str(meeting.worded[name]) for name in ("venue", "city") if meeting.worded.get(name)]
    levels: list[str] = []
    actual: list[str] = []
    parts: list[str] = []
    lacking: dict[str, list[str]] = {"announced": [], "actual": [], "attendance": []}
    for team in teams:
        name, row, announced = party_name(team.party, language).text, team.attendance, team.delegation
        if announced is not None and announced.announced_at is not None:
            levels.append(f"{name}: {announced.get_level_display()}")
        else:
            lacking["announced"].append(name)
        if row is None or row.confirmed_at is None:
            lacking["attendance"].append(name)
            lacking["actual"].append(name)
            continue
        parts.append(f"{name}: {part_words(row)}")
        if row.present and row.level:
            actual.append(f"{name}: {row.get_level_display()}")
        elif row.present:
            lacking["actual"].append(name)
    when, where = page("meeting_edit", meeting), page("attendance", meeting)
    return [
        Held("date", _("Date"), [date_format(meeting.day)], basics.get("date", []), page("meeting", meeting)),
        Held("place", _("City and venue"), [", ".join(place)] if place else [], basics.get("place", []), when),
        Held("announced", _("Level announced"), levels, [each.fact for each in expected if each.level],
             page("delegations", meeting), lacking["announced"]),
        Held("actual", _("Level of those who took part"), actual, [each.fact for each in told if each.level], where,
             lacking["actual"]),
        Held("attendance", _("Attendance, as confirmed for all members"), parts, [each.fact for each in told], where,
             lacking["attendance"]),
        Held("outcome", _("Outcome published"), [named(row) for row in public],
             record.outcomes if record is not None else [], page("outcomes", meeting)),
    ]  # fmt: skip


def record_lines(meeting: Meeting, actor: Actor, language: str) -> list[AfterLine]:
    """The line of the record page: which of its facts have sources, which have none, which the house does not hold."""
    facts = record_facts(meeting, language, record_of(meeting, language))

    def titles(rows: list[Held]) -> str:
        return ", ".join(str(row.title) for row in rows)

    said = []
    if sourced := [row for row in facts if row.sourced]:
        said.append(_("With a source: %(facts)s.") % {"facts": titles(sourced)})
    if bare := [row for row in facts if not row.sourced]:
        said.append(_("Without a source: %(facts)s.") % {"facts": titles(bare)})
    if missing := [row for row in facts if not row.said]:
        said.append(_("Missing in the house: %(facts)s.") % {"facts": titles(missing)})
    act = (_("To the record page"), page("after_record", meeting))
    rows: tuple[tuple[Any, str], ...] = ()
    if meeting.record_slug:
        rows = ((_("What the public record tells"), reverse("record_meeting", kwargs={"slug": meeting.record_slug})),)
    return [AfterLine(_("Record page"), all(row.complete for row in facts), tuple(said), rows, act)]
