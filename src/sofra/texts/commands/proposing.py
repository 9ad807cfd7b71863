"""What delegations and the chair propose: another wording, that a paragraph goes, a new one; and what they take back."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, policy, recording
from sofra.kernel.commands import command
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.commands.procedure import member_ids, speaker
from sofra.texts.commands.lapsing import refuse_closed
from sofra.texts.commands.rows import (
    as_owner_of,
    content_in,
    hold,
    latest_stand,
    next_of,
    of_all,
    of_party,
    placing_of,
    plain_words,
    put_stand,
    reasoned,
    refuse_derived,
    refuse_unless_open,
    saved,
)
from sofra.texts.engine.amending import Content, amend, rebased, released
from sofra.texts.engine.projecting import project_content
from sofra.texts.labels import label_of
from sofra.texts.models import Explanation, Paragraph, Placing, Proposal, Stand, Text
from sofra.texts.queries.reshaping import waiting_on

Kind = Proposal.Kind


def author_of(text: Text, chair: bool, party_id: UUID | None, entry: Entry | None) -> UUID | None:
    """Whose proposal it is: a delegation's, or, for nobody, the chair's. Raises NotAllowed."""
    if chair:
        policy.require(acting.current(), "texts.chair", text)
        return None
    policy.require(acting.current(), "texts.speak", text)
    return speaker(text.meeting, party_id, entry)


def checked_audience(text: Text, author: UUID | None, audience: str, readers: Iterable[UUID]) -> list[UUID]:
    """The delegations to which something is addressed. Raises Refusal where it cannot be."""
    named = list(readers)
    if audience not in (text.audience, Audience.SECRETARIAT, Audience.DELEGATION, Audience.PARTIES):
        raise Refusal(_("Choose to whom this is addressed."), "audience")
    if audience == Audience.PARTIES and not set(named) - {author}:
        raise Refusal(_("Choose the delegations to which this is addressed."), "readers")
    if set(named) - member_ids(text.meeting):
        raise Refusal(_("Only members can be addressed."), "readers")
    if author is None and audience == Audience.DELEGATION:
        raise Refusal(_("The chair keeps a draft to the secretariat."), "audience")
    return named


@command
def propose(
    *,
    paragraph: Paragraph,
    wording: str,
    language: str,
    seen: Stand | None,
    kind: str = Kind.REWORD,
    audience: str = "",
    readers: Iterable[UUID] = (),
    explanation: dict[str, str] | None = None,
    explanation_audience: str = "",
    answers: Proposal | None = None,
    chair: bool = False,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Proposal:
    """Propose that a paragraph reads `wording` (kind "reword") or goes ("delete"), against the stand that was seen.

    Addressed to all it stands in the text at once, in brackets beside what others propose. Where the text changed meanwhile
    it is moved to what stands there now, if that can be done exactly; otherwise it is kept as its author's draft and says so
    (`outdated`). Raises NotAllowed, Refusal.
    """
    text = paragraph.text
    author = author_of(text, chair, party_id, entry)
    audience = audience or text.audience
    named = checked_audience(text, author, audience, readers)
    words = plain_words(wording) if kind == Kind.REWORD else ""
    if kind not in (Kind.REWORD, Kind.DELETE):
        raise Refusal(_("A paragraph is reworded or deleted."))
    if kind == Kind.REWORD and not words:
        raise Refusal(_("Write the wording you want. To have the paragraph gone, propose to delete it."), "wording")
    now = hold(text)
    refuse_derived(text, language)
    refuse_unless_open(paragraph, now)
    current = latest_stand(paragraph, language)
    if current is None:
        raise Refusal(_("The paragraph has no wording in this language yet."))
    content = content_in(current)
    if seen is not None and seen.paragraph_id != paragraph.pk:
        raise NotAllowed(_("That wording is another paragraph's."))
    moved = _moved(words, content_in(seen), content) if kind == Kind.REWORD and seen is not None else words
    if moved is None:
        place = of_party(text, author, entry, Audience.DELEGATION if author else Audience.SECRETARIAT)
        row = Proposal(
            text=text, paragraph=paragraph, kind=kind, language=language, wording=words, against=seen, answers=answers,
            outdated=True, **place,
        )  # fmt: skip
        saved(row, now)
        recorded("texts.outdated", row, explanation or {})
        explain(row, explanation or {}, "", place, now)
        return row
    label = label_of(author)
    changed = amend(content, label, moved or None)
    if changed == content:
        raise Refusal(_("That is how the paragraph stands for you already. Nothing was recorded."), "wording")
    place = of_party(text, author, entry, audience, named)
    result = _result(text, paragraph, language, changed, now) if audience == text.audience else None
    row = Proposal(
        text=text, paragraph=paragraph, kind=kind, language=language, wording=moved, against=current, result=result,
        answers=answers, **place,
    )  # fmt: skip
    saved(row, now)
    recorded("texts.proposed", row, explanation or {})
    explain(row, explanation or {}, explanation_audience, place, now)
    return row


def would_stand(stand: Stand, author: UUID | None, wording: str, kind: str = Kind.REWORD) -> Content:
    """The content a proposal would make of a stand: what is shown before it is sent."""
    words = plain_words(wording) if kind == Kind.REWORD else ""
    return amend(content_in(stand), label_of(author), words or None)


def _moved(words: str, seen: Content, current: Content) -> str | None:
    before, now = project_content(seen), project_content(current)
    if before == now or before is None or now is None:
        return words
    return rebased(before, words, now)


def _result(text: Text, paragraph: Paragraph, language: str, content: Content, now: datetime) -> Stand:
    with as_owner_of(text):
        return put_stand(text, paragraph, language, content, now)


def explain(row: Proposal, explanation: dict[str, str], audience: str, place: dict[str, Any], now: datetime) -> None:
    """Keep why something is proposed, where anything was said."""
    if not any(text.strip() for text in explanation.values()):
        return
    if audience and audience not in (place["audience"], Audience.SECRETARIAT, Audience.DELEGATION):
        raise Refusal(_("Choose who may read the explanation."), "explanation_audience")
    own = Explanation(proposal=row, **{**place, "audience": audience or place["audience"]})
    saved(own, now)
    reasoned(own, explanation, field="explanation")
    recording.record("texts.explained", own, {"proposal": row.pk}, visible=False)


def recorded(action: str, row: Proposal, explanation: dict[str, str]) -> None:
    """Write down that something is proposed; its words pass the guard."""
    details = {
        "kind": row.kind, "language": row.language, "paragraph": row.paragraph_id, "wording": row.wording,
        "against": row.against_id, "result": row.result_id, "explained": bool(explanation), "target": row.target_id,
        "cuts": row.cuts,
    }  # fmt: skip
    recording.record(action, row, details, meeting_id=row.text.meeting_id)
    if row.wording:
        guarding.say(row, {"wording": {row.language: row.wording}})


@command
def add_paragraph(
    *,
    text: Text,
    after: Paragraph | None,
    wording: str,
    language: str,
    alternative: bool = False,
    number: str = "",
    audience: str = "",
    readers: Iterable[UUID] = (),
    explanation: dict[str, str] | None = None,
    chair: bool = False,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Proposal:
    """Propose a new paragraph behind another (None: at the top), or one `alternative` to it, which takes its number with bis.

    Addressed to fewer than all, the paragraph itself is read by those alone. Raises NotAllowed, Refusal.
    """
    author = author_of(text, chair, party_id, entry)
    audience = audience or text.audience
    named = checked_audience(text, author, audience, readers)
    words = plain_words(wording)
    if not words:
        raise Refusal(_("Write the paragraph you propose."), "wording")
    if alternative and after is None:
        raise Refusal(_("Choose the paragraph to which this is an alternative."))
    now = hold(text)
    if language not in text.languages:
        raise Refusal(_("The text has no version in this language."), "language")
    refuse_derived(text, language)
    refuse_closed(text, now)
    place = of_party(text, author, entry, audience, named)
    shared = audience == text.audience
    rows = of_all(text) if shared else place
    beside = placing_of(after) if after is not None else None
    with as_owner_of(text) if shared else nullcontext():
        paragraph: Paragraph = saved(Paragraph(text=text, **rows), now)
        saved(
            Placing(
                paragraph=paragraph,
                sequence=1,
                kind=beside.kind if beside else Placing.Kind.OPERATIVE,
                level=beside.level if beside else 0,
                number=number.strip()[:30] or (alternative_number(text, beside) if alternative and beside else ""),
                place=between(text, beside),
                alternative_to=after if alternative else None,
                **rows,
            ),
            now,
        )
        stand = put_stand(text, paragraph, language, amend((), label_of(author), words), now, rows)
    row = Proposal(
        text=text, paragraph=paragraph, kind=Kind.ALTERNATIVE if alternative else Kind.NEW, language=language,
        wording=words, result=stand, **place,
    )  # fmt: skip
    saved(row, now)
    recorded("texts.proposed", row, explanation or {})
    explain(row, explanation or {}, "", place, now)
    return row


_ORDINALS = ("bis", "ter", "quater", "quinquies")


def alternative_number(text: Text, beside: Placing) -> str:
    """The number of the next alternative: 2. bis, 2. ter … Nothing where the paragraph itself has none."""
    if not beside.number:
        return ""
    taken = set(Placing.objects.filter(paragraph__text=text).values_list("number", flat=True))
    free = (f"{beside.number}{each}" for each in _ORDINALS)
    return next((each for each in free if each not in taken), "")


def between(text: Text, beside: Placing | None) -> float:
    """A place behind another and before whatever follows it."""
    start = beside.place if beside else 0.0
    later = (
        Placing.objects.filter(paragraph__text=text, place__gt=start).order_by("place").values_list("place", flat=True)
    )
    following = later.first()
    return (start + following) / 2 if following is not None else start + 1


@command
def withdraw(*, proposal: Proposal) -> Proposal:
    """Take back what a proposal's author wants of its paragraph. The words stay in the history.

    A proposal addressed to fewer than all is withdrawn from their view; a paragraph nobody proposes any more is gone.
    Raises NotAllowed, Refusal.
    """
    policy.require(acting.current(), "texts.withdraw", proposal)
    text, paragraph, author = proposal.text, proposal.paragraph, proposal.owner_party_id
    now = hold(text)
    place = proposal.placement()
    place.pop("readable_from")
    if acting.current().party_id == author and author is not None:
        # What was entered for a delegation is its own once it acts on it itself.
        place["entry_id"] = None
    row = Proposal(
        text=text, paragraph=paragraph, kind=Kind.WITHDRAW, language=proposal.language, answers=proposal, **place
    )
    if proposal.kind in Proposal.SHAPES and proposal.audience == text.audience:
        if proposal.pk not in {each.pk for each in waiting_on(text)}:
            raise Refusal(_("This proposal does not wait for a decision any more. Nothing was recorded."))
        saved(row, now)
        recording.record("texts.withdrawn", row, {"proposal": proposal.pk}, meeting_id=text.meeting_id)
        return row
    if proposal.result_id is None or proposal.audience != text.audience:
        proposal.audience = Audience.DELEGATION if author else Audience.SECRETARIAT
        proposal.version += 1
        proposal.entry_id = place["entry_id"]
        proposal.save(update_fields=["audience", "entry", "version"])
        row.audience = proposal.audience
        saved(row, now)
        recording.record("texts.withdrawn", row, {"proposal": proposal.pk}, visible=False)
        return row
    refuse_unless_open(paragraph, now)
    current = latest_stand(paragraph, proposal.language)
    content = content_in(current)
    changed = released(content, label_of(author))
    if changed == content:
        raise Refusal(_("Nothing of this proposal stands in the text any more."))
    with as_owner_of(text):
        row.result = put_stand(text, paragraph, proposal.language, changed, now)
        if not changed:
            last = placing_of(paragraph)
            gone = Placing(
                paragraph=paragraph, sequence=next_of(Placing, paragraph=paragraph), kind=last.kind, level=last.level,
                number=last.number, place=last.place, alternative_to=last.alternative_to, gone=True, **of_all(text),
            )  # fmt: skip
            saved(gone, now)
    row.against = current
    saved(row, now)
    recording.record("texts.withdrawn", row, {"proposal": proposal.pk}, meeting_id=text.meeting_id)
    return row
