"""Release documents at one instant for all, move or call off a release, recall; circulate what a delegation asks to.

An instant is decided by the database's clock under a lock of the document. A release that comes within a second counts as
come: the commit of whoever moves it could be seen later than the release itself.
"""

from __future__ import annotations

from copy import copy
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command, database_now, lock_subject, save_next
from sofra.kernel.files import keep_file, read_file
from sofra.kernel.members import members_on
from sofra.kernel.models import Audience, Entry, Membership
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.commands.circulation import index, place, take_out, take_over
from sofra.meetings.commands.outcomes import follow_document
from sofra.meetings.models import Document, DocumentAnswer, DocumentFile, Meeting
from sofra.meetings.queries.circulation import names_a_party
from sofra.meetings.queries.profile import require_profile

#: How close an instant may be and still be changed.
CLOSE = timedelta(seconds=1)
CIRCLES = (Audience.FORMAT, Audience.OBSERVERS, Audience.PARTIES)


def whom(audience: str, readers: list[UUID]) -> str:
    """The readers of a release, for a sentence."""
    if audience == Audience.PARTIES:
        return sentences.names(readers)
    return str(Audience(audience).label)


def words_of(document: Document, **more: Any) -> dict[str, Any]:
    """What a sentence about a document needs."""
    titles = wordings.of([document]).get(document.pk, {}).get("title", {})
    return {"title": lambda: str(wordings.choose(titles, get_language() or "en")), **more}


def told(instant: datetime | None, meeting: Meeting) -> Any:
    """An instant for a sentence; the present one where it is recorded now."""
    return lambda: sentences.exact(instant, meeting.zone) if instant else _("the instant this is recorded")


def _held(document: Document) -> datetime:
    lock_subject(document.pk)
    document.refresh_from_db()
    return database_now()


def _readers(meeting: Meeting, audience: str, readers: list[UUID]) -> list[UUID]:
    if audience not in CIRCLES:
        raise Refusal(_("Choose to whom the document is released."), "audience")
    if audience != Audience.PARTIES:
        return []
    assert meeting.format is not None
    sitting = [*members_on(meeting.format), *members_on(meeting.format, capacity=Membership.Capacity.OBSERVER)]
    known = {party.pk for party in sitting}
    if not readers or not set(readers) <= known:
        raise Refusal(_("Name at least one party, among the members and observers of the format."), "readers")
    return list(dict.fromkeys(readers))


def _instant(at: datetime | None, now: datetime) -> datetime:
    if at is not None and at < now:
        raise Refusal(_("The instant of release lies in the past. Leave it empty to release now."), "at")
    return at or now


@command
def release_document(
    *, document: Document, audience: str, readers: list[UUID] | None = None, at: datetime | None = None
) -> Document:
    """Release a draft to its readers at one instant for all: now, or at an instant ahead.

    Raises NotAllowed; Refusal for bad input, for what is no draft, and where it names parties and the meeting has no profile.
    """
    now = _held(document)
    policy.require(acting.current(), "documents.release", document)
    if document.released_at is not None or document.withdrawn_at is not None:
        raise Refusal(_("The document is no draft any more."))
    chosen = _readers(document.meeting, audience, list(readers or []))
    asked = document.meeting.open or document.kind == Document.Kind.OUTCOME
    if document.author_id is None and asked and names_a_party(document):
        # What the secretariat puts out names parties as the members agreed; a delegation's paper is its own word.
        require_profile(document.meeting)
    instant = _instant(at, now)
    _release(document, audience, chosen, instant, now)
    return document


def _release(document: Document, audience: str, readers: list[UUID], at: datetime, now: datetime) -> None:
    meeting = document.meeting
    text = sentences.kept(
        "document.release",
        **words_of(document, instant=told(at, meeting), whom=lambda: whom(audience, readers)),
    )
    details = {"at": at, "audience": audience, "readers": readers, "sentence": text, "content": _digests(document)}
    ahead = at > now
    if ahead:
        # Nobody but the secretariat may ever learn of a release that may yet be called off.
        recording.record("document.scheduled", document, details, meeting_id=meeting.pk, shown=text)
    document.released_at = at
    place(document, audience=audience, readers=readers, readable_from=at)
    save_next(document, ["released_at", "audience", "readers", "readable_from"])
    if ahead:
        recording.announce("document.released", document, at=at, meeting_id=meeting.pk, shown=text)
    else:
        recording.record("document.released", document, details, meeting_id=meeting.pk, shown=text)
    _tell_outcome(document)


def _tell_outcome(document: Document) -> None:
    if document.kind == Document.Kind.OUTCOME:
        follow_document(document)


def _digests(document: Document) -> dict[str, str]:
    rows = DocumentFile.objects.filter(document=document, file__isnull=False).select_related("file")
    return {row.language: bytes(row.file.sha256).hex() for row in rows if row.file is not None}


def _still_ahead(document: Document, now: datetime) -> datetime:
    if document.released_at is None:
        raise Refusal(_("No release is set for this document."))
    if document.released_at - now <= CLOSE:
        raise Refusal(_("The document is released. What was released can be recalled, and that stays visible."))
    return document.released_at


def _inward(document: Document) -> Document:
    """The document as the secretariat alone knows it, to record what concerns nobody else."""
    seen = copy(document)
    seen.audience, seen.readers, seen.readable_from = Audience.SECRETARIAT, [], document.made_at
    return seen


@command
def move_release(*, document: Document, at: datetime | None) -> Document:
    """Set another instant for a release that has not come; None releases now. Raises Refusal once it has come."""
    now = _held(document)
    policy.require(acting.current(), "documents.release", document)
    before = _still_ahead(document, now)
    instant = _instant(at, now)
    meeting = document.meeting
    text = sentences.kept(
        "document.move",
        **words_of(document, before=told(before, meeting), instant=told(instant, meeting)),
    )
    inward = _inward(document)
    recording.retract("document.released", inward, instead="document.moved")
    recording.record(
        "document.moved",
        inward,
        {"before": before, "at": instant, "sentence": text},
        meeting_id=meeting.pk,
        visible=False,
    )
    shown = sentences.kept(
        "document.release",
        **words_of(
            document, instant=told(instant, meeting), whom=lambda: whom(document.audience, list(document.readers))
        ),
    )
    document.released_at = instant
    place(document, readable_from=instant)
    save_next(document, ["released_at", "readable_from"])
    recording.announce("document.released", document, at=instant, meeting_id=meeting.pk, shown=shown)
    _tell_outcome(document)
    return document


@command
def cancel_release(*, document: Document) -> Document:
    """Call off a release that has not come; the document is a draft again. Raises Refusal once it has come."""
    now = _held(document)
    policy.require(acting.current(), "documents.release", document)
    before = _still_ahead(document, now)
    text = sentences.kept("document.cancel", **words_of(document, before=told(before, document.meeting)))
    document.released_at = None
    place(document, audience=Audience.SECRETARIAT, readers=[], readable_from=now)
    save_next(document, ["released_at", "audience", "readers", "readable_from"])
    recording.retract("document.released", document, instead="document.cancelled")
    recording.record(
        "document.cancelled",
        document,
        {"before": before, "sentence": text},
        meeting_id=document.meeting_id,
        visible=False,
    )
    _tell_outcome(document)
    return document


@command
def recall_document(*, document: Document, reason: dict[str, str]) -> Document:
    """Recall a released document: it is read no longer, and that it was recalled, when and why stays with who had it."""
    now = _held(document)
    policy.require(acting.current(), "documents.release", document)
    if document.released_at is None or document.released_at > now:
        raise Refusal(_("The document is not released yet; change or call off its release instead."))
    if document.recalled_at is not None:
        raise Refusal(_("The document was recalled already."))
    said = {language: text.strip() for language, text in reason.items() if text.strip()}
    if not said:
        raise Refusal(_("Say why it is recalled, in at least one language; those who had it read that."), "reason")
    document.recalled_at = now
    save_next(document, ["recalled_at"])
    wordings.put(document, "reason", said)
    take_out(document)
    text = sentences.kept("document.recall", **words_of(document))
    recording.record(
        "document.recalled", document, {"reason": said, "sentence": text}, meeting_id=document.meeting_id, shown=text
    )
    return document


@command
def ask_circulation(
    *, document: Document, audience: str, readers: list[UUID] | None = None, entry: Entry | None = None
) -> Document:
    """Hand a paper of a delegation to the secretariat with the request to circulate it without change."""
    now = _held(document)
    policy.require(acting.current(), "documents.edit", document)
    if document.owner_party_id is None:
        raise Refusal(_("The secretariat releases its own documents itself."))
    chosen = _readers(document.meeting, audience, list(readers or []))
    take_over(document, entry)
    document.asked_at, document.wanted_audience, document.wanted_readers = now, audience, chosen
    place(document, audience=Audience.SECRETARIAT, readable_from=now)
    save_next(document, ["asked_at", "wanted_audience", "wanted_readers", "audience", "readable_from"])
    text = sentences.kept(
        "document.ask",
        party=document.owner_party_id,
        **words_of(document, whom=lambda: whom(audience, chosen)),
    )
    recording.record("document.asked", document, {"sentence": text}, meeting_id=document.meeting_id, shown=text)
    return document


@command
def take_back(*, document: Document, entry: Entry | None = None) -> Document:
    """Take back the request to circulate a paper, while it is unanswered; the paper is its delegation's alone again."""
    now = _held(document)
    policy.require(acting.current(), "documents.own", document)
    if document.asked_at is None or DocumentAnswer.objects.filter(document=document).exists():
        raise Refusal(_("There is no request to take back: none was made, or it is answered."))
    text = sentences.kept("document.take_back", party=document.owner_party_id, **words_of(document))
    recording.record("document.taken_back", document, {"sentence": text}, meeting_id=document.meeting_id, shown=text)
    take_over(document, entry)
    document.asked_at, document.wanted_audience, document.wanted_readers = None, "", []
    place(document, audience=Audience.DELEGATION, readable_from=now)
    save_next(document, ["asked_at", "wanted_audience", "wanted_readers", "audience", "readable_from"])
    return document


@command
def circulate(*, document: Document, at: datetime | None = None) -> Document:
    """Circulate a delegation's paper as it asked, without change: a copy with the same words and files goes out."""
    now = _held(document)
    _refuse_answered(document)
    party, meeting = document.owner_party_id, document.meeting
    assert party is not None
    instant = _instant(at, now)
    readers = list(document.wanted_readers)
    if document.wanted_audience == Audience.PARTIES and party not in readers:
        readers.append(party)
    paper = Document(
        meeting=meeting, line=document.line, kind=document.kind, made_at=now, author_id=party, original=document.pk,
        audience=Audience.SECRETARIAT, format_id=meeting.format_id, readable_from=now,
    )  # fmt: skip
    paper.save(force_insert=True)
    for field, texts in wordings.of([document]).get(document.pk, {}).items():
        wordings.put(paper, field, texts)
    for row in DocumentFile.objects.filter(document=document, file__isnull=False):
        assert row.file_id is not None
        found = read_file(row.file_id)
        assert found is not None
        kept = keep_file(BytesIO(found[1]), found[0].name, paper.placement())
        DocumentFile.objects.create(
            document=paper, language=row.language, file=kept, remarks=row.remarks, **paper.placement()
        )
    index(paper)
    _release(paper, document.wanted_audience, readers, instant, now)
    text = sentences.kept("document.circulate", party=party, **words_of(document, instant=told(instant, meeting)))
    _answer(document, now, text, circulated=True)
    return paper


@command
def decline(*, document: Document, reason: dict[str, str]) -> DocumentAnswer:
    """Decline to circulate a delegation's paper, with a reason that it reads."""
    now = _held(document)
    _refuse_answered(document)
    said = {language: text.strip() for language, text in reason.items() if text.strip()}
    if not said:
        raise Refusal(_("Say why it is not circulated, in at least one language; the delegation reads that."), "reason")
    text = sentences.kept("document.decline", party=document.owner_party_id, **words_of(document))
    return _answer(document, now, text, circulated=False, reason=said)


def _refuse_answered(document: Document) -> None:
    policy.require(acting.current(), "documents.answer", document)
    if DocumentAnswer.objects.filter(document=document).exists():
        raise Refusal(_("The request is answered already."))


def _answer(
    document: Document, now: datetime, text: dict[str, str], *, circulated: bool, reason: dict[str, str] | None = None
) -> DocumentAnswer:
    answer = DocumentAnswer(
        document=document, circulated=circulated, at=now, audience=Audience.PARTIES, format_id=document.format_id,
        readers=[document.owner_party_id], readable_from=now,
    )  # fmt: skip
    answer.save(force_insert=True)
    wordings.put(answer, "reason", reason or {})
    recording.record(
        "document.circulated" if circulated else "document.declined",
        answer,
        {"sentence": text, "reason": reason or {}},
        meeting_id=document.meeting_id,
        shown=text,
    )
    return answer
