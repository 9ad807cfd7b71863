"""Proposals that move, split or merge paragraphs, and what whoever holds the pen decides of them.

They change nothing until they are decided. Places and numbers are of the paragraph, not of a language, so they stay the same
in all; a part that comes to stand somewhere takes the number before it with bis, unless another is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command
from sofra.kernel.models import Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings import sentences
from sofra.texts.commands.lapsing import refuse_closed
from sofra.texts.commands.proposing import alternative_number, author_of, between, checked_audience, explain, recorded
from sofra.texts.commands.rows import (
    as_owner_of,
    content_in,
    derived,
    hold,
    latest_stand,
    next_of,
    of_all,
    of_party,
    placing_of,
    plain_words,
    put_stand,
    reasoned,
    refuse_unless_open,
    saved,
)
from sofra.texts.engine.projecting import project_content
from sofra.texts.engine.reshaping import cut, cut_moved, halves, put_together
from sofra.texts.engine.tree import BadText
from sofra.texts.engine.words import spaced_words
from sofra.texts.labels import label_of
from sofra.texts.models import Paragraph, Placing, Proposal, Settlement, Stance, Text
from sofra.texts.queries.positions import standing_on
from sofra.texts.queries.reshaping import choice_of, waiting_on
from sofra.texts.queries.text import Now, paragraphs_now, pen_of

Kind = Proposal.Kind
#: The two parts of a paragraph, by language.
Cuts = Mapping[str, tuple[str, str]]


@command
def reshape(
    *,
    paragraph: Paragraph,
    kind: str,
    target: Paragraph | None = None,
    cuts: Cuts | None = None,
    audience: str = "",
    readers: Iterable[UUID] = (),
    explanation: dict[str, str] | None = None,
    chair: bool = False,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Proposal:
    """Propose that a paragraph moves behind `target` (None: to the top), is split into `cuts`, or takes in `target`.

    Nothing changes until it is decided. A split has two parts in every language in which the paragraph stands, together its
    wording as its author has it, word for word. Raises NotAllowed, Refusal.
    """
    text = paragraph.text
    author = author_of(text, chair, party_id, entry)
    audience = audience or text.audience
    named = checked_audience(text, author, audience, readers)
    now = hold(text)
    refuse_unless_open(paragraph, now)
    if kind not in Proposal.SHAPES:
        raise Refusal(_("Choose whether the paragraph moves, is split or takes in another."), "kind")
    standing = {each.row.pk: each for each in paragraphs_now(text)}
    _refuse_odd(standing, paragraph, kind, target)
    standing[paragraph.pk].row.text = text
    kept = _cuts(standing[paragraph.pk], author, cuts or {}) if kind == Kind.SPLIT else {}
    language = text.authoritative
    place = of_party(text, author, entry, audience, named)
    row = Proposal(
        text=text, paragraph=paragraph, kind=kind, language=language, target=target, cuts=kept,
        against=latest_stand(paragraph, language), **place,
    )  # fmt: skip
    saved(row, now)
    recorded("texts.proposed", row, explanation or {})
    explain(row, explanation or {}, "", place, now)
    return row


def _refuse_odd(standing: dict[UUID, Now], paragraph: Paragraph, kind: str, target: Paragraph | None) -> None:
    if target is not None and target.text_id != paragraph.text_id:
        raise NotAllowed(_("That paragraph is another text's."))
    here = standing.get(paragraph.pk)
    there = standing.get(target.pk) if target is not None else None
    if here is None or here.placing.gone or not here.shared:
        raise Refusal(_("Only a paragraph that stands in the text for all is moved, split or merged."))
    if target is not None and (there is None or there.placing.gone or not there.shared):
        raise Refusal(_("Choose another paragraph of the text."), "target")
    if target is not None and target.pk in {each.row.pk for each in _block(list(standing.values()), here)}:
        raise Refusal(_("Choose another paragraph of the text."), "target")
    if kind == Kind.MERGE and target is None:
        raise Refusal(_("Choose the paragraph that is taken in."), "target")


def _cuts(now: Now, author: UUID | None, cuts: Cuts) -> dict[str, list[str]]:
    kept = {}
    for language in written_in(now):
        first, second = (plain_words(part) for part in cuts.get(language, ("", "")))
        whole = project_content(now.content(language), label_of(author)) or ""
        at = halves(whole, first, second)
        if at is None:
            raise Refusal(
                _("The two parts have to be the paragraph as it stands for you, word for word, in every language."),
                f"cut_{language}",
            )
        _cut(now, language, author, at)
        kept[language] = [first, second]
    return kept


def written_in(now: Now) -> list[str]:
    """The languages in which a paragraph stands and is written: Serbian Latin follows the Cyrillic."""
    return sorted(language for language in now.stands if not derived(now.row.text, language))


def _cut(now: Now, language: str, author: UUID | None, at: int) -> Any:
    try:
        return cut(now.content(language), label_of(author), at)
    except BadText as error:
        raise Refusal(
            _("The paragraph is cut inside a bracket. Cut it between words outside brackets."), f"cut_{language}"
        ) from error


@command
def settle(*, proposal: Proposal, accepted: bool, reason: dict[str, str], number: str = "") -> Settlement:
    """Accept a proposal to move, split or merge, or set it aside, for a reason that all read.

    Accepted it is done in all languages at once; `number` is the part's that comes to stand somewhere. Refused while a
    delegation objects to it, and where the words around a cut changed meanwhile. Raises NotAllowed, Refusal.
    """
    text, paragraph = proposal.text, proposal.paragraph
    paragraph.text = text
    text.pen = pen_of(text)  # type: ignore[attr-defined]
    policy.require(acting.current(), "texts.pen", text)
    now = hold(text)
    if proposal.pk not in {each.pk for each in waiting_on(text)}:
        raise Refusal(_("This proposal does not wait for a decision any more. Nothing was recorded."))
    if proposal.audience != text.audience:
        raise Refusal(_("This proposal is not addressed to all, so it cannot be decided."))
    by = acting.current().party_id
    if accepted:
        refuse_unless_open(paragraph, now)
        _refuse_objected(proposal)
    else:
        refuse_closed(text, now)
    with as_owner_of(text):
        if accepted:
            _done(proposal, number.strip()[:30], now)
        how = Settlement.How.ACCEPTED if accepted else Settlement.How.SET_ASIDE
        row = Settlement(proposal=proposal, paragraph=paragraph, how=how, **of_all(text))
        saved(row, now)
        details = {"proposal": proposal.pk, "kind": proposal.kind, "how": how, "by": by, "number": number}
        recording.record("texts.settled", row, {**details, "reason": reasoned(row, reason)}, meeting_id=text.meeting_id)
    return row


def _refuse_objected(proposal: Proposal) -> None:
    found = standing_on([proposal.paragraph_id], choice_of(proposal.pk))
    objecting = [each.owner_party_id for each in found if each.stance == Stance.OBJECTS and each.owner_party_id]
    if objecting:
        raise Refusal(
            _("A delegation objects, so this cannot be accepted. Objecting: %(who)s.")
            % {"who": sentences.names(objecting)}
        )


def _done(proposal: Proposal, number: str, now: datetime) -> None:
    text = proposal.text
    standing = paragraphs_now(text)
    by = {each.row.pk: each for each in standing}
    _refuse_odd(by, proposal.paragraph, proposal.kind, proposal.target)
    here = by[proposal.paragraph_id]
    if proposal.kind == Kind.MOVE:
        _moved(text, standing, here, proposal.target, number, now)
    elif proposal.kind == Kind.SPLIT:
        _split(proposal, here, number, now)
    else:
        assert proposal.target_id is not None
        _merged(text, here, by[proposal.target_id], now)


def _placed(text: Text, last: Placing, now: datetime, **changes: Any) -> None:
    paragraph = last.paragraph
    values = {
        "kind": last.kind, "level": last.level, "number": last.number, "place": last.place, "gone": last.gone,
        "alternative_to_id": last.alternative_to_id,
    }  # fmt: skip
    row = Placing(
        paragraph=paragraph, sequence=next_of(Placing, paragraph=paragraph), **{**values, **changes}, **of_all(text)
    )
    saved(row, now)


def _block(standing: list[Now], here: Now) -> list[Now]:
    """A paragraph with the sub-paragraphs under it."""
    ordered = [each for each in standing if each.shared and not each.placing.gone]
    start = next(place for place, each in enumerate(ordered) if each.row.pk == here.row.pk)
    found = [here]
    for each in ordered[start + 1 :]:
        if each.placing.level <= here.placing.level or each.placing.kind == Placing.Kind.HEADING:
            break
        found.append(each)
    return found if here.placing.kind != Placing.Kind.HEADING else [here]


def _moved(text: Text, standing: list[Now], here: Now, target: Paragraph | None, number: str, now: datetime) -> None:
    block = _block(standing, here)
    keys = {each.row.pk for each in block}
    behind = None
    if target is not None:
        under = _block(standing, next(each for each in standing if each.row.pk == target.pk))
        behind = [each for each in under if each.row.pk not in keys][-1]
    start = behind.placing.place if behind is not None else standing[0].placing.place - 1
    after = [each.placing.place for each in standing if each.placing.place > start and each.row.pk not in keys]
    step = ((after[0] if after else start + 1) - start) / (len(block) + 1)
    beside = placing_of(target) if target is not None else None
    new = number or (alternative_number(text, beside) if beside is not None and here.placing.number else "")
    for offset, each in enumerate(block, 1):
        called = new or each.placing.number if each is here else each.placing.number
        _placed(text, each.placing, now, place=start + step * offset, number=called)


def _split(proposal: Proposal, here: Now, number: str, now: datetime) -> None:
    text, author = proposal.text, proposal.owner_party_id
    here.row.text = text
    if set(proposal.cuts) != set(written_in(here)):
        raise Refusal(
            _("The paragraph changed since this was proposed; it can be proposed anew. Nothing was recorded.")
        )
    parts = {}
    for language, (first, second) in proposal.cuts.items():
        current = project_content(here.content(language), label_of(author)) or ""
        at = cut_moved(f"{first} {second}", current, len(spaced_words(first)))
        if at is None:
            raise Refusal(
                _("The paragraph changed since this was proposed; it can be proposed anew. Nothing was recorded.")
            )
        parts[language] = _cut(here, language, author, at)
    paragraph: Paragraph = saved(Paragraph(text=text, **of_all(text)), now)
    saved(
        Placing(
            paragraph=paragraph, sequence=1, kind=here.placing.kind, level=here.placing.level,
            number=number or alternative_number(text, here.placing), place=between(text, here.placing), **of_all(text),
        ),
        now,
    )  # fmt: skip
    for language, (one, other) in parts.items():
        put_stand(text, here.row, language, one, now)
        put_stand(text, paragraph, language, other, now)


def _merged(text: Text, here: Now, there: Now, now: datetime) -> None:
    there.row.text = text
    refuse_unless_open(there.row, now)
    if set(here.stands) != set(there.stands):
        raise Refusal(_("The two paragraphs do not stand in the same languages, so they cannot be made one."))
    here.row.text = text
    for language in written_in(here):
        whole = put_together(content_in(here.stands[language]), there.content(language))
        put_stand(text, here.row, language, whole, now)
    _placed(text, there.placing, now, gone=True)
