"""A delegation's file becomes its proposals: a clean copy or one with tracked changes, compared with what stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy
from sofra.kernel.commands import command
from sofra.kernel.engine.refused import SENTENCES, Refused
from sofra.kernel.models import Entry
from sofra.kernel.refusals import Refusal
from sofra.texts.commands.proposing import add_paragraph, author_of, propose
from sofra.texts.commands.rows import hold, plain_words
from sofra.texts.engine.aligning import align
from sofra.texts.engine.projecting import project_content
from sofra.texts.engine.tree import NUMBER, BadText
from sofra.texts.engine.words import blocks
from sofra.texts.labels import label_of
from sofra.texts.models import Proposal, Text
from sofra.texts.queries.text import Now, paragraphs_now


@dataclass(frozen=True)
class Change:
    """What a file would propose: another wording of `now`, that it goes (no wording), or a paragraph after it, with the number
    that the file gives it where no other has that."""

    now: Now | None
    wording: str
    new: bool = False
    number: str = ""


def paragraphs_of(data: bytes, name: str) -> list[str]:
    """The paragraphs of a delegation's file, with all its tracked changes accepted; DOCX, or TXT in UTF-8.

    Raises Refusal, with the sentence of the house's gate for what may not come in.
    """
    if name.lower().endswith(".docx"):
        from sofra.texts.engine.docx import as_blocks, read

        try:
            return as_blocks(read(data).accepted())
        except Refused as refused:
            raise Refusal(_(SENTENCES[refused.code]), "file") from refused
        except BadText as error:
            raise Refusal(str(error), "file") from error
    return blocks(_utf8(data))


def notation_of(data: bytes, name: str) -> str:
    """A file a text begins from, in the notation: TXT as it stands; of a DOCX every author of a change is a delegation.

    Raises Refusal as paragraphs_of() does.
    """
    if not name.lower().endswith(".docx"):
        return _utf8(data)
    from sofra.texts.engine.brackets import render
    from sofra.texts.engine.docx import read_rolling

    try:
        return render(read_rolling(data).tree())
    except Refused as refused:
        raise Refusal(_(SENTENCES[refused.code]), "file") from refused
    except BadText as error:
        raise Refusal(str(error), "file") from error


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(
            _("The file is neither a Word document nor a text in UTF-8. Nothing was recorded."), "file"
        ) from error


def changes_of(text: Text, language: str, author: UUID | None, wordings: Sequence[str]) -> list[Change]:
    """What a wording of the whole text would change of what stands for its author; paragraphs only proposed by others are
    not asked of it. Numbers in front of paragraphs that stand do not count, because the room gives them."""
    label = label_of(author)
    standing = []
    taken = set()
    for each in paragraphs_now(text):
        taken.add(each.placing.number)
        if each.shared and not each.placing.gone and language in each.stands:
            mine = project_content(each.content(language), label)
            if mine is not None:
                standing.append((each, mine))
    parted = [_parted(each) for each in wordings]
    theirs = [words for _number, words in parted]
    found: list[Change] = []
    last: Now | None = None
    for here, there in align([mine for _each, mine in standing], theirs):
        if here is None and there is not None:
            number = parted[there][0]
            found.append(Change(last, theirs[there], new=True, number="" if number in taken else number))
            taken.add(number)
        elif here is not None:
            last, mine = standing[here]
            wording = theirs[there] if there is not None else ""
            if wording != mine:
                found.append(Change(last, wording))
    return found


def _parted(wording: str) -> tuple[str, str]:
    """The number in front of a paragraph, and its words."""
    words = plain_words(wording)
    number = NUMBER.match(words)
    return (number.group().strip(), words[number.end() :].lstrip()) if number else ("", words)


@command
def bring(
    *,
    text: Text,
    language: str,
    wordings: Sequence[str],
    audience: str = "",
    readers: Sequence[UUID] = (),
    explanation: dict[str, str] | None = None,
    chair: bool = False,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> list[Proposal]:
    """Make a delegation's proposals from its wording of the whole text, all or none. Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "texts.speak", text)
    author = author_of(text, chair, party_id, entry)
    hold(text)
    changes = changes_of(text, language, author, wordings)
    if not changes:
        raise Refusal(_("The file says what stands for your delegation already. Nothing was recorded."), "file")
    more: dict[str, Any] = {
        "language": language, "audience": audience, "readers": readers, "explanation": explanation, "chair": chair,
        "party_id": party_id, "entry": entry,
    }  # fmt: skip
    made: list[Proposal] = []
    behind: dict[UUID | None, Any] = {}
    for each in changes:
        if each.new:
            place = each.now.row.pk if each.now else None
            after = behind.get(place, each.now.row if each.now else None)
            row = add_paragraph(text=text, after=after, wording=each.wording, number=each.number, **more)
            behind[place] = row.paragraph
        else:
            assert each.now is not None
            paragraph = each.now.row
            paragraph.text = text
            kind = Proposal.Kind.REWORD if each.wording else Proposal.Kind.DELETE
            row = propose(paragraph=paragraph, wording=each.wording, kind=kind, seen=each.now.stands[language], **more)
        made.append(row)
    return made
