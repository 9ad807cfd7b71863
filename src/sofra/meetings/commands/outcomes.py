"""Write down what a meeting ends with, release and publish it, adopt it, close the meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, search, wordings
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.models import Audience, Entry, Wording
from sofra.kernel.refusals import Conflict, Refusal
from sofra.meetings import sentences
from sofra.meetings.commands import procedure as deciding
from sofra.meetings.commands.convening import open_to_all
from sofra.meetings.commands.procedure import Subject, act_on, hold, speaker
from sofra.meetings.commands.profile import keep_profile
from sofra.meetings.commands.publicity import WAITS_FOR_THE_CHAIR, renew_announcements
from sofra.meetings.models import (
    Act,
    Document,
    FrozenVersion,
    Issue,
    Meeting,
    Outcome,
    Passage,
    Procedure,
    SubjectKind,
)
from sofra.meetings.queries.outcomes import fingerprint, stand, texts_of
from sofra.meetings.queries.procedure import pending_entries

LONGEST_TITLE, LONGEST_BODY = 300, 60000


@dataclass(frozen=True)
class Text:
    """An outcome in one language: who translated it, and whether it is final."""

    title: str
    body: str = ""
    status: str = Wording.Status.FINAL
    translator: str = ""


Texts = dict[str, Text]


def subject_of(outcome: Outcome, **words: object) -> Subject:
    """An outcome as what acts and procedures are about."""
    titles = wordings.of([outcome]).get(outcome.pk, {}).get("title", {})

    def title() -> str:
        return str(wordings.choose(titles, get_language() or "en"))

    return Subject(outcome.meeting, SubjectKind.OUTCOME, outcome.pk, outcome.pk, {"title": title, **words})


def _checked(texts: Texts) -> Texts:
    written = {language: text for language, text in texts.items() if text.title.strip() or text.body.strip()}
    if not any(text.title.strip() for text in written.values()):
        raise Refusal(_("Write a title in at least one language."), "title")
    for language, text in written.items():
        if not text.title.strip():
            raise Refusal(_("A text needs a title in its own language."), f"title_{language}")
        if len(text.title) > LONGEST_TITLE or len(text.body) > LONGEST_BODY:
            raise Refusal(
                _("The text is too long: at most 300 letters of title and 60,000 of text."), f"body_{language}"
            )
        if text.status not in Wording.Status.values:
            raise Refusal(_("A wording is a draft or final."), f"status_{language}")
    # A language that was emptied is given on, so that its wording is taken from view.
    return texts


def _put(outcome: Outcome, texts: Texts) -> None:
    for language, text in texts.items():
        for name, value in (("title", text.title), ("body", text.body)):
            wordings.put(outcome, name, {language: value}, status=text.status, translator=text.translator.strip())


@command
def draft_outcome(*, meeting: Meeting, kind: str, texts: Texts) -> Outcome:
    """Draft an outcome; the secretariat alone reads it. Decisions get the next number of their meeting."""
    policy.require(acting.current(), "outcomes.write", meeting)
    if kind not in Outcome.Kind.values or kind == Outcome.Kind.NONE:
        raise Refusal(_("Choose what kind of outcome it is."), "kind")
    texts = _checked(texts)
    now = hold(meeting.pk)
    number = None
    if kind == Outcome.Kind.DECISION:
        number = (Outcome.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0) + 1
    outcome = Outcome(
        meeting=meeting,
        kind=kind,
        number=number,
        made_at=now,
        audience=Audience.SECRETARIAT,
        format_id=meeting.format_id,
        readable_from=now,
    )
    outcome.save(force_insert=True)
    _put(outcome, texts)
    _record("outcome.drafted", outcome, texts)
    return outcome


def _record(action: str, outcome: Outcome, texts: Texts | None = None, **more: object) -> None:
    said = {language: vars(text) for language, text in (texts or {}).items()}
    recording.record(action, outcome, {"texts": said, **more}, meeting_id=outcome.meeting_id)


@command
def edit_outcome(*, outcome: Outcome, seen_version: int | None, texts: Texts) -> Outcome:
    """Change an outcome's texts. What was released or adopted keeps its frozen version; this is the next one.

    Raises NotAllowed; Refusal (an adopted outcome, one under silence, bad input); Conflict.
    """
    policy.require(acting.current(), "outcomes.write", outcome.meeting)
    texts = _checked(texts)
    hold(outcome.pk)
    _refuse_settled(outcome)
    check_version(outcome, seen_version)
    before = texts_of([outcome]).get(outcome.pk, {})
    save_next(outcome, [])
    _put(outcome, texts)
    _record("outcome.edited", outcome, texts, before=before)
    if outcome.released_at is not None:
        _index(outcome)
    return outcome


def _refuse_settled(outcome: Outcome) -> None:
    stand([outcome], get_language() or "en")
    if outcome.withdrawn_at is not None:
        raise Refusal(_("The outcome was withdrawn."))
    if outcome.running is not None:  # type: ignore[attr-defined]
        raise Refusal(_("The text stands under silence and cannot change until it ends. Stop the procedure first."))
    if outcome.adopted is not None:  # type: ignore[attr-defined]
        raise Refusal(_("The text is adopted, word for word. Write a new outcome for anything else."))


@command
def release_outcome(*, outcome: Outcome, at: datetime | None = None) -> Outcome:
    """Release a draft to all members at one instant for all (now, if none is given). Raises Refusal for an instant past."""
    policy.require(acting.current(), "outcomes.write", outcome.meeting)
    now = hold(outcome.pk)
    check_version(outcome, None)
    outcome.refresh_from_db()
    if outcome.withdrawn_at is not None or outcome.audience != Audience.SECRETARIAT:
        raise Refusal(_("The outcome is released already."))
    if at is not None and at < now:
        raise Refusal(_("The instant of release lies in the past. Leave it empty to release now."), "at")
    at = at or now
    outcome.audience, outcome.readable_from, outcome.released_at = Audience.FORMAT, at, at
    save_next(outcome, ["audience", "readable_from", "released_at"])
    _reach(outcome)
    text = sentences.kept(
        "outcome.release",
        **subject_of(outcome, instant=lambda: sentences.exact(at, outcome.meeting.zone)).words,
    )
    recording.record(
        "outcome.released", outcome, {"at": at, "sentence": text}, meeting_id=outcome.meeting_id, shown=text
    )
    _index(outcome)
    return outcome


@command
def publish_outcome(*, outcome: Outcome) -> Outcome:
    """Let everyone read what the members have, and know of the meeting it is of.

    Raises Refusal before its release, and for a text still to be adopted.
    """
    policy.require(acting.current(), "outcomes.write", outcome.meeting)
    now = hold(outcome.pk)
    check_version(outcome, None)
    outcome.refresh_from_db()
    if outcome.released_at is None or outcome.released_at > now:
        raise Refusal(_("Release it to the members first."))
    if outcome.published_at is not None:
        raise Refusal(_("It is public already."))
    stand([outcome], get_language() or "en")
    if outcome.adoptable and outcome.adopted is None:  # type: ignore[attr-defined]
        raise Refusal(_("A decision or an adopted text is published once it is adopted."))
    if any(late.waits for late in outcome.late_entries):  # type: ignore[attr-defined]
        raise Refusal(WAITS_FOR_THE_CHAIR)
    outcome.audience, outcome.published_at = Audience.PUBLIC, now
    save_next(outcome, ["audience", "published_at"])
    _reach(outcome)
    _open_procedures(outcome)
    open_to_all(outcome.meeting)
    text = sentences.kept("outcome.publish", **subject_of(outcome).words)
    recording.record("outcome.published", outcome, {"sentence": text}, meeting_id=outcome.meeting_id, shown=text)
    _index(outcome)
    return outcome


def _reach(outcome: Outcome) -> None:
    """Let the words of an outcome, and what it quotes from an issued text, reach whom it reaches."""
    wordings.replace_placement(outcome)
    Passage.objects.filter(subject_id=outcome.pk).update(**outcome.placement())


def follow_document(document: Document) -> None:
    """Let an outcome be released with the document it is issued as: at its instant, moved or called off with it.

    Only where all members have the document, and where the outcome was not released by itself before.
    """
    issue = Issue.objects.select_related("outcome__meeting__format").filter(document=document).first()
    if issue is None:
        return
    outcome, at = issue.outcome, document.released_at
    now = hold(outcome.pk)
    if at is None and issue.releases:
        outcome.audience, outcome.readable_from, outcome.released_at = Audience.SECRETARIAT, now, None
    elif at is not None and (
        issue.releases or (outcome.released_at is None and document.audience in (Audience.FORMAT, Audience.OBSERVERS))
    ):
        outcome.audience, outcome.readable_from, outcome.released_at = Audience.FORMAT, at, at
    else:
        return
    issue.releases = at is not None
    save_next(outcome, ["audience", "readable_from", "released_at"])
    save_next(issue, ["releases"])
    _reach(outcome)
    _index(outcome)
    recording.record("outcome.followed", issue, {"at": at}, meeting_id=outcome.meeting_id, visible=False)


def _open_procedures(outcome: Outcome) -> None:
    """Everyone may know that and how a public outcome was adopted; who objected stays with the members."""
    found = Procedure.objects.filter(subject_id=outcome.pk, state=Procedure.State.ADOPTED)
    FrozenVersion.objects.filter(procedure__in=found).update(audience=Audience.PUBLIC)
    found.update(audience=Audience.PUBLIC)


def _index(outcome: Outcome) -> None:
    assert outcome.meeting.format is not None
    url = f"meetings/{outcome.meeting.format.slug}/{outcome.meeting.slug}/decisions/{outcome.pk}/"
    for language, text in texts_of([outcome]).get(outcome.pk, {}).items():
        search.index(outcome, "outcome", language, text["title"], text["body"], url)


@command
def withdraw_outcome(*, outcome: Outcome) -> Outcome:
    """Take back a draft that was never released; it stays with the secretariat. Raises Refusal for a released one."""
    policy.require(acting.current(), "outcomes.write", outcome.meeting)
    now = hold(outcome.pk)
    check_version(outcome, None)
    outcome.refresh_from_db()
    if outcome.released_at is not None or outcome.withdrawn_at is not None:
        raise Refusal(_("What was released stays; write a new outcome that corrects it."))
    if Issue.objects.filter(outcome=outcome, document__released_at__isnull=False).exists():
        raise Refusal(_("What was issued stays; recall the document, or issue a version that corrects it."))
    outcome.withdrawn_at = now
    save_next(outcome, ["withdrawn_at"])
    _record("outcome.withdrawn", outcome)
    return outcome


def _ready(outcome: Outcome, seen: str | None, now: datetime) -> dict[str, dict[str, str]]:
    _refuse_settled(outcome)
    if not outcome.adoptable:
        raise Refusal(_("This kind of outcome is not adopted: it stands on the word of whoever issues it."))
    if outcome.released_at is None or outcome.released_at > now:
        raise Refusal(_("Release the text to the members first; they adopt what they have read."))
    texts = texts_of([outcome]).get(outcome.pk, {})
    if seen is not None and seen != fingerprint(texts):
        raise Conflict(
            _("The text changed while you were reading. It stands below as it is now; read it again."), outcome
        )
    deciding.refuse_while_objected([outcome.pk])
    return texts


@command
def adopt_outcome(*, outcome: Outcome, seen: str | None = None) -> FrozenVersion:
    """Record that the members adopt a released text by consensus, word for word. Raises as `open_outcome_silence`."""
    policy.require(acting.current(), "outcomes.write", outcome.meeting)
    now = hold(outcome.pk)
    texts = _ready(outcome, seen, now)
    return deciding.put_forward(subject_of(outcome), Procedure.Method.CONSENSUS, now, {"texts": texts})


@command
def open_outcome_silence(*, outcome: Outcome, deadline: datetime, seen: str | None = None) -> FrozenVersion:
    """Put a released text under silence. Raises NotAllowed, Conflict, Refusal (an objection stands, a deadline past …)."""
    policy.require(acting.current(), "outcomes.write", outcome.meeting)
    now = hold(outcome.pk)
    texts = _ready(outcome, seen, now)
    subject = subject_of(outcome, deadline=lambda: sentences.exact(deadline, outcome.meeting.zone))
    return deciding.put_forward(subject, Procedure.Method.SILENCE, now, {"texts": texts}, deadline)


@command
def stop_outcome_silence(*, outcome: Outcome) -> Procedure:
    """Stop the silence procedure on an outcome; nothing is adopted by it."""
    policy.require(acting.current(), "outcomes.write", outcome.meeting)
    now = hold(outcome.pk)
    return deciding.stop(subject_of(outcome), now)


@command
def object_to_outcome(
    *,
    outcome: Outcome,
    reason: dict[str, str],
    reason_audience: str = Audience.FORMAT,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Act:
    """Object to the adoption of an outcome; before the instant of a silence it breaks it."""
    policy.require(acting.current(), "outcomes.object", outcome)
    party = speaker(outcome.meeting, party_id, entry)
    now = hold(outcome.pk)
    stand([outcome], get_language() or "en")
    if not outcome.adoptable or outcome.released_at is None:
        raise Refusal(_("Only a released text that is to be adopted can be objected to."))
    if outcome.adopted is not None and not deciding.came_in_time(outcome.pk, entry, now):  # type: ignore[attr-defined]
        raise Refusal(_("The text is adopted. Nothing was recorded."))
    if any(act.owner_party_id == party for act in outcome.objections):  # type: ignore[attr-defined]
        raise Refusal(_("The objection of that delegation stands already."), "for_party")
    return deciding.object_to(subject_of(outcome), now, party, entry, reason, reason_audience)


@command
def lift_objection(*, outcome: Outcome, party_id: UUID | None = None, entry: Entry | None = None) -> Act:
    """Withdraw one's objection to an outcome; a silence it broke stays broken."""
    policy.require(acting.current(), "outcomes.object", outcome)
    party = speaker(outcome.meeting, party_id, entry)
    now = hold(outcome.pk)
    if not any(act.owner_party_id == party for act in deciding.standing_of([outcome.pk], Act.Kind.OBJECT)):
        raise Refusal(_("There is nothing of that delegation to withdraw here."), "for_party")
    return act_on(subject_of(outcome), Act.Kind.LIFT, now, party, entry)


def closing_sentence(meeting: Meeting, kinds: list[str]) -> dict[str, str]:
    """The sentence a meeting is closed by, in the kept languages."""
    if not kinds:
        return sentences.kept("meeting.close_none")
    counted = {kind: kinds.count(kind) for kind in Outcome.Kind.values if kind in kinds}

    def outcomes() -> str:
        return ", ".join(f"{Outcome.Kind(kind).label} ({count})" for kind, count in counted.items())

    return sentences.kept("meeting.close", outcomes=outcomes)


def standing_kinds(meeting: Meeting) -> list[str]:
    """The kinds of the outcomes that stand, one per outcome."""
    rows = Outcome.objects.filter(meeting=meeting, withdrawn_at__isnull=True).exclude(kind=Outcome.Kind.NONE)
    return list(rows.values_list("kind", flat=True))


@command
def close_meeting(*, meeting: Meeting, seen_version: int | None = None, none: bool = False) -> Meeting:
    """Close a meeting with the outcomes written down, or (`none`) with the record that there is no outcome document.

    Raises NotAllowed; Conflict; Refusal where `none` and what is written down contradict each other.
    """
    policy.require(acting.current(), "outcomes.close", meeting)
    hold(meeting.pk)
    check_version(meeting, seen_version)
    if pending_entries(Procedure.objects.filter(meeting=meeting, method=Procedure.Method.SILENCE)):
        raise Refusal(WAITS_FOR_THE_CHAIR)
    kinds = standing_kinds(meeting)
    if none and kinds:
        raise Refusal(_("Outcomes are written down for this meeting, so it does not end without any."), "none")
    if not none and not kinds:
        raise Refusal(_("No outcome is written down. Write one, or record that the meeting ends without any."), "none")
    text = closing_sentence(meeting, kinds)
    now = database_now()
    if none:
        row = Outcome(
            meeting=meeting,
            kind=Outcome.Kind.NONE,
            made_at=now,
            released_at=now,
            audience=Audience.FORMAT,
            format_id=meeting.format_id,
            readable_from=now,
        )
        row.save(force_insert=True)
        recording.record("outcome.none", row, {"sentence": text}, meeting_id=meeting.pk, shown=text)
    keep_profile(meeting)
    meeting.status = Meeting.Status.CLOSED
    save_next(meeting, ["status"])
    recording.record("meeting.closed", meeting, {"sentence": text, "kinds": kinds}, meeting_id=meeting.pk, shown={})
    renew_announcements(meeting, "meeting.closed")
    return meeting
