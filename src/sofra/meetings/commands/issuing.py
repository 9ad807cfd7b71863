"""Issue a text of a meeting and circulate it in one act; record what follows from its exact words.

What is circulated is a document whose words are taken from the outcome as it stands: one writer, the commands of
circulation. A later change of the outcome changes nothing of it; it is issued as the next version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import check_version, command, database_now
from sofra.kernel.models import Audience, Held, Wording
from sofra.kernel.refusals import Conflict, Refusal
from sofra.meetings.commands.circulation import Content, make_draft
from sofra.meetings.commands.outcomes import Texts, draft_outcome
from sofra.meetings.commands.procedure import hold
from sofra.meetings.commands.publicity import WAITS_FOR_THE_CHAIR
from sofra.meetings.commands.releasing import release_document
from sofra.meetings.engine.passages import place_of, plain
from sofra.meetings.models import Document, Issue, Outcome, Passage, Session
from sofra.meetings.queries.outcomes import fingerprint, stand, texts_of

LONGEST_QUOTE = 4000


@dataclass(frozen=True)
class Paper:
    """A file that is issued in a language instead of the words written here: the signed text, say."""

    file: IO[bytes]
    name: str


@dataclass(frozen=True)
class Quotation:
    """Words of an issued text in one language, letter by letter, and the session they were adopted in."""

    language: str
    quotes: tuple[str, ...]
    session: Session | None = None


def refuse_unready(outcome: Outcome) -> None:
    """Raise Refusal, with the reason, where an outcome is not to be issued yet. `outcome` as queries.outcomes.stand leaves it."""
    if not outcome.issuable or outcome.withdrawn_at is not None:
        raise Refusal(
            _("A chair's summary, a press statement or an adopted text is issued, and none that was withdrawn.")
        )
    if outcome.adoptable and outcome.adopted is None:  # type: ignore[attr-defined]
        raise Refusal(_("The members have not adopted this text yet. It is issued once it is adopted."))
    if any(late.waits for late in outcome.late_entries):  # type: ignore[attr-defined]
        raise Refusal(WAITS_FOR_THE_CHAIR)


@command
def issue_outcome(
    *,
    outcome: Outcome,
    languages: Iterable[str],
    audience: str,
    readers: list[UUID] | None = None,
    at: datetime | None = None,
    papers: Mapping[str, Paper] | None = None,
    seen: str | None = None,
) -> Issue:
    """Issue an outcome in some languages and circulate it to all members, observers too, or named parties, at one instant.

    Where all members have it and the outcome was not released yet, it is released with it. `seen` is the fingerprint of the
    texts that were read. Raises NotAllowed; Conflict where the text changed meanwhile; Refusal for a text that is not ready,
    a language without a final wording, an instant past, and where it names parties and the meeting has no profile.
    """
    policy.require(acting.current(), "outcomes.issue", outcome.meeting)
    now = hold(outcome.pk)
    check_version(outcome, None)
    outcome.refresh_from_db()
    stand([outcome], get_language() or "en")
    refuse_unready(outcome)
    texts = texts_of([outcome]).get(outcome.pk, {})
    if seen is not None and seen != fingerprint(texts):
        raise Conflict(
            _("The text changed while you were reading. It stands below as it is now; read it again."), outcome
        )
    ahead = Issue.objects.filter(outcome=outcome, document__released_at__gt=now, document__withdrawn_at__isnull=True)
    if ahead.exists():
        raise Refusal(_("A version of this text is set to be released. Move that release or call it off first."))
    contents = _contents(texts, list(dict.fromkeys(languages)), papers or {})
    last = Issue.objects.select_related("document").filter(outcome=outcome).order_by("-number").first()
    document = make_draft(
        outcome.meeting, Document.Kind.OUTCOME, contents, line=last.document.line if last is not None else None
    )
    number = Issue.objects.filter(outcome=outcome).aggregate(last=Max("number"))["last"] or 0
    issue = Issue(
        outcome=outcome, number=number + 1, document=document, at=now, audience=Audience.SECRETARIAT,
        format_id=outcome.format_id, readable_from=now,
    )  # fmt: skip
    issue.save(force_insert=True)
    recording.record(
        "outcome.issued",
        issue,
        {"number": issue.number, "texts": {code: vars_of(each) for code, each in contents.items()}},
        meeting_id=outcome.meeting_id,
        visible=False,
    )
    release_document(document=document, audience=audience, readers=readers, at=at)
    return issue


def vars_of(content: Content) -> dict[str, str]:
    """What is issued in one language, for the audit."""
    return {"title": content.title, "text": content.text, "file": content.name}


def _contents(
    texts: Mapping[str, Mapping[str, str]], languages: list[str], papers: Mapping[str, Paper]
) -> dict[str, Content]:
    if not languages:
        raise Refusal(_("Choose at least one language in which it is issued."), "languages")
    found = {}
    for language in languages:
        text = texts.get(language)
        if text is None:
            raise Refusal(_("In one of these languages the outcome has no text yet."), "languages")
        if text["status"] != Wording.Status.FINAL:
            raise Refusal(_("In one of these languages the wording is a draft. Make it final first."), "languages")
        paper = papers.get(language)
        if paper is not None:
            found[language] = Content(title=text["title"], file=paper.file, name=paper.name)
        elif text["body"].strip():
            found[language] = Content(title=text["title"], text=plain(text["body"]))
        else:
            raise Refusal(
                _("In one of these languages there is a title and no text. Write it, or choose a file."), "languages"
            )
    if unused := set(papers) - set(languages):
        raise Refusal(_("A file is chosen for a language in which nothing is issued."), f"file_{min(unused)}")
    return found


@command
def record_decision(*, issue: Issue, texts: Texts, quotation: Quotation) -> Outcome:
    """Draft the decision that stands in an issued text, with the words it is taken from and the session it was adopted in.

    It is released and adopted like every other. Raises NotAllowed; Refusal for bad input and words that are not in the text.
    """
    meeting = issue.outcome.meeting
    policy.require(acting.current(), "outcomes.issue", meeting)
    decision = draft_outcome(meeting=meeting, kind=Outcome.Kind.DECISION, texts=texts)
    quote(issue=issue, subject=decision, quotation=quotation)
    return decision


@command
def quote(*, issue: Issue, subject: Held, quotation: Quotation) -> list[Passage]:
    """Keep the exact words of an issued text from which `subject` was recorded; they have its audience.

    Raises NotAllowed; Refusal where they do not stand in the text letter by letter, or the text is not there any more.
    """
    meeting = issue.outcome.meeting
    policy.require(acting.current(), "outcomes.issue", meeting)
    document = Document.objects.get(pk=issue.document_id)
    if document.released_at is None or document.recalled_at is not None:
        raise Refusal(_("The text was called off or recalled; nothing is recorded from it."))
    session = quotation.session
    if session is not None and session.meeting_id != meeting.pk:
        raise Refusal(_("Choose a session of this meeting."), "session")
    found = _located(document, quotation)
    now = database_now()
    rows = []
    for start, words in found.items():
        row = Passage(
            issue=issue, language=quotation.language, start=start, quote=words, subject_type=subject._meta.label_lower,
            subject_id=subject.pk, session=session, at=now, **subject.placement(),
        )  # fmt: skip
        row.save(force_insert=True)
        rows.append(row)
    # The words go with the text: what the chain holds of them is the secretariat's, so that a recall reaches them too.
    recording.record(
        "passage.kept",
        issue,
        {"issue": issue.pk, "subject": subject.pk, "quotes": list(found.values()), "session": session and session.pk},
        meeting_id=meeting.pk,
        visible=False,
    )
    return rows


def _located(document: Document, quotation: Quotation) -> dict[int, str]:
    text = (
        Wording.objects.filter(subject_id=document.pk, field="text", language=quotation.language)
        .values_list("text", flat=True)
        .first()
    )
    if not text:
        raise Refusal(
            _("In this language nothing was issued, or a file. Passages are quoted from a text written here."),
            "quote_1",
        )
    found: dict[int, str] = {}
    for number, words in enumerate(quotation.quotes, start=1):
        said = plain(words).strip()
        if not said:
            continue
        if len(said) > LONGEST_QUOTE:
            raise Refusal(
                _("The passage has more than 4,000 letters. Mark the words that carry it."), f"quote_{number}"
            )
        start = place_of(text, said)
        if start is None:
            raise Refusal(
                _("These words do not stand in the text as it was issued. Quote it letter by letter."),
                f"quote_{number}",
            )
        found[start] = said
    if not found:
        raise Refusal(_("Mark the passage it is recorded from, or write it here."), "quote_1")
    return found
