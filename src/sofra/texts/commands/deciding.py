"""What whoever holds the pen and the chair do: close brackets, rule on paragraphs, pass the pen, circulate a version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, policy, recording, wordings
from sofra.kernel.commands import command
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.commands.procedure import member_ids
from sofra.texts.commands.lapsing import refuse_closed
from sofra.texts.commands.rows import (
    as_owner_of,
    content_in,
    hold,
    latest_stand,
    next_of,
    of_all,
    plain_words,
    put_stand,
    reasoned,
    refuse_derived,
    refuse_unless_open,
    saved,
    status_now,
)
from sofra.texts.engine.adopted import digest
from sofra.texts.engine.points import closed, points
from sofra.texts.engine.tree import Bracket, escaped
from sofra.texts.models import Closing, Paragraph, PenHolding, Ruling, Stand, Status, Text, Version
from sofra.texts.queries.positions import objecting, standing_on
from sofra.texts.queries.text import paragraphs_now, pen_of, words_in

How = Closing.How


@command
def close(
    *,
    paragraph: Paragraph,
    language: str,
    how: str,
    reason: dict[str, str],
    point: str = "",
    choice: str = "",
    wording: str = "",
    seen: UUID | None = None,
) -> Closing:
    """Close a bracket with one of its choices or, as the chair's compromise, the whole paragraph with a wording.

    The reason is recorded and read by all. Refused while a delegation objects to the wording, as far as whoever closes may
    know, and where the paragraph changed since `seen`. Raises NotAllowed, Refusal.
    """
    text = paragraph.text
    text.pen = pen_of(text)  # type: ignore[attr-defined]
    policy.require(acting.current(), "texts.pen", text)
    if how not in How.values:
        raise Refusal(_("Say how the bracket is closed."), "how")
    now = hold(text)
    refuse_derived(text, language)
    refuse_unless_open(paragraph, now)
    before = latest_stand(paragraph, language)
    if before is None or (seen is not None and before.pk != seen):
        raise Refusal(_("The paragraph changed while you were writing. Look at it again; nothing was recorded."))
    content = content_in(before)
    if how == How.COMPROMISE:
        words = plain_words(wording)
        if not words:
            raise Refusal(_("Write the wording of the compromise."), "wording")
        policy.require(acting.current(), "texts.chair", text)
        after_content: Any = (escaped(words, inside=False),)
    else:
        _refuse_objected(paragraph, choice)
        found = {one.key: one.words for each in points(content) for one in each.choices}
        try:
            after_content, words = closed(content, point, choice), found[choice]
        except KeyError as error:
            raise Refusal(_("That bracket does not stand in the text any more. Nothing was recorded.")) from error
    by = acting.current().party_id
    with as_owner_of(text):
        after = put_stand(text, paragraph, language, after_content, now)
        row = Closing(paragraph=paragraph, before=before, after=after, how=how, words=words, **of_all(text))
        saved(row, now)
        details = {"paragraph": paragraph.pk, "before": before.pk, "after": after.pk, "how": how, "words": words}
        details |= {"reason": reasoned(row, reason), "by": by}
        recording.record("texts.closed", row, details, meeting_id=text.meeting_id)
    if how == How.COMPROMISE:
        guarding.put_out(row, {"wording": {language: words}})
    return row


def _refuse_objected(paragraph: Paragraph, choice: str) -> None:
    found = objecting(standing_on([paragraph.pk], choice))
    if found:
        who = sentences.names([each.owner_party_id for each in found if each.owner_party_id is not None])
        raise Refusal(
            _("A delegation objects to this wording, so the bracket cannot be closed with it. Objecting: %(who)s.")
            % {"who": who}
        )


@command
def rule_on(
    *, paragraph: Paragraph, status: str, reason: dict[str, str] | None = None, asked_by: UUID | None = None
) -> Ruling:
    """Record how far a paragraph is; opened again, it says who asked and why. Raises NotAllowed, Refusal."""
    text = paragraph.text
    policy.require(acting.current(), "texts.chair", text)
    if status not in Status.values:
        raise Refusal(_("Choose the status of the paragraph."), "status")
    if asked_by is not None and asked_by not in member_ids(text.meeting):
        raise Refusal(_("Only members ask for this."), "asked_by")
    now = hold(text)
    refuse_closed(text, now)
    if status_now(paragraph) == status:
        raise Refusal(_("That is the status of the paragraph already."), "status")
    if status != Status.OPEN:
        open_in = [
            stand.language
            for stand in Stand.objects.filter(paragraph=paragraph)
            .order_by("language", "-sequence")
            .distinct("language")
            if any(isinstance(node, Bracket) for node in content_in(stand))
        ]
        if open_in:
            raise Refusal(_("A bracket is open in this paragraph. It can be agreed when all are closed."), "status")
    row = Ruling(
        paragraph=paragraph, sequence=next_of(Ruling, paragraph=paragraph), status=status, asked_by_id=asked_by,
        **of_all(text),
    )  # fmt: skip
    saved(row, now)
    kept = reasoned(row, reason or {}, needed=status == Status.OPEN)
    recording.record(
        "texts.reopened" if status == Status.OPEN else "texts.ruled",
        row,
        {"paragraph": paragraph.pk, "status": status, "asked_by": asked_by, "reason": kept},
        meeting_id=text.meeting_id,
    )
    return row


@command
def pass_pen(*, text: Text, holder: UUID | None, reason: dict[str, str] | None = None) -> PenHolding:
    """Record who holds the pen from now on: a member's delegation, or the chair. Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "texts.chair", text)
    if holder is not None and holder not in member_ids(text.meeting):
        raise Refusal(_("Only a member's delegation or the chair holds the pen."), "holder")
    now = hold(text)
    if pen_of(text) == holder:
        raise Refusal(_("The pen is there already."), "holder")
    row = PenHolding(text=text, sequence=next_of(PenHolding, text=text), holder_id=holder, **of_all(text))
    saved(row, now)
    reasoned(row, reason or {}, needed=False)
    recording.record("texts.pen_passed", row, {"holder": holder}, meeting_id=text.meeting_id)
    return row


@command
def circulate(*, text: Text, note: dict[str, str] | None = None) -> Version:
    """Freeze the text as it stands under the next number; all members read it from the same instant. Raises NotAllowed."""
    text.pen = pen_of(text)  # type: ignore[attr-defined]
    policy.require(acting.current(), "texts.pen", text)
    now = hold(text)
    by = acting.current().party_id
    with as_owner_of(text):
        row = freeze(text, now)
        if note:
            wordings.put(row, "note", {language: said for language, said in note.items() if said.strip()})
        details = {"number": row.number, "digests": row.digests, "by": by}
        recording.record("texts.circulated", row, details, meeting_id=text.meeting_id, shown={"number": row.number})
    return row


def freeze(text: Text, now: Any) -> Version:
    """The text as it stands for all, word for word, under its next number. The caller holds the text."""
    content = [each.as_frozen() for each in paragraphs_now(text) if each.shared and not each.placing.gone]
    digests = {language: digest(words_in(content, language)) for language in text.languages}
    number = Version.objects.filter(text=text).count() + 1
    row: Version = saved(
        Version(text=text, number=number, content={"paragraphs": content}, digests=digests, **of_all(text)), now
    )
    return row
