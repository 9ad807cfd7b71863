"""What all commands on a text share: the lock, the clock, where rows belong, the next row of a history."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from sofra.kernel import acting, wordings
from sofra.kernel.commands import database_now, lock_subject
from sofra.kernel.models import Audience, Entry, Held
from sofra.kernel.refusals import Refusal
from sofra.texts.commands.lapsing import record_lapse, refuse_closed
from sofra.texts.engine.amending import Content, content_of
from sofra.texts.engine.brackets import render_content
from sofra.texts.engine.consistency import latin_of
from sofra.texts.models import Paragraph, Placing, Ruling, Stand, Status, Text
from sofra.texts.queries.text import languages_of

#: Letters a paragraph may hold, and words of a reason.
LONGEST, LONGEST_REASON = 20_000, 6000


def hold(text: Text) -> datetime:
    """Lock a text until the transaction ends, record a silence that ran out, and answer the instant by the database's clock."""
    lock_subject(text.pk)
    now = database_now()
    record_lapse(text, now)
    text.languages = languages_of(text)
    return now


def of_all(text: Text) -> dict[str, Any]:
    """The columns of a row that belongs to the text itself, for all who read it."""
    return {"audience": text.audience, "format_id": text.format_id, "readers": list(text.readers)}


def of_party(
    text: Text, party: UUID | None, entry: Entry | None, audience: str = "", readers: Iterable[UUID] = ()
) -> dict[str, Any]:
    """The columns of a row that a party (or the chair) makes on a text; without an audience it is for all who read it."""
    place = of_all(text)
    if audience and audience != text.audience:
        named = [*readers]
        if audience == Audience.PARTIES and text.format_id is not None:
            # What one party says to some, the secretariat is not told unless it is named.
            named = [each for each in named if each != party]
        place |= {"audience": audience, "readers": named if audience == Audience.PARTIES else []}
    return {**place, "owner_party_id": party, "entry_id": entry.pk if entry else None}


def as_owner_of(row: Held) -> AbstractContextManager[Any]:
    """Act as the house where a row of the text itself follows from what a delegation did."""
    if acting.current().serves(row.format_id):
        return nullcontext()
    return acting.acting_as_house()


def saved(row: Any, now: datetime) -> Any:
    """A new row, readable from now on."""
    row.at = now if hasattr(row, "at") else None
    row.readable_from = now
    row.save(force_insert=True)
    return row


def reasoned(row: Held, reason: dict[str, str], *, needed: bool = True, field: str = "reason") -> dict[str, str]:
    """Put the wordings of a row's reason. Raises Refusal where one is needed and none was given, or it is too long."""
    kept = {language: text.strip() for language, text in reason.items() if text.strip()}
    if needed and not kept:
        raise Refusal(_("Say why, in at least one language."), field)
    if any(len(text) > LONGEST_REASON for text in kept.values()):
        raise Refusal(_("A reason has at most %(most)s letters.") % {"most": LONGEST_REASON}, field)
    if kept:
        wordings.put(row, "reason", kept)
    return kept


def plain_words(wording: str) -> str:
    """A wording as it is kept: NFC, one paragraph, no white space around it. Raises Refusal where it is too long."""
    found = " ".join(unicodedata.normalize("NFC", wording).split())
    if len(found) > LONGEST:
        raise Refusal(_("A paragraph has at most %(most)s letters.") % {"most": LONGEST}, "wording")
    return found


def next_of(model: Any, **of: Any) -> int:
    """The number of the next row of a history. The caller holds the text."""
    return (model.objects.filter(**of).aggregate(last=Max("sequence"))["last"] or 0) + 1


#: Serbian is written in Cyrillic; its Latin follows, because the other direction goes wrong.
CYRILLIC, LATIN = "sr", "sr-latn"


def derived(text: Text, language: str) -> bool:
    """Whether a language version follows from another by itself. The caller holds the text."""
    return language == LATIN and CYRILLIC in text.languages


def refuse_derived(text: Text, language: str) -> None:
    """Raise Refusal where words of a version that follows from another would be written."""
    if derived(text, language):
        raise Refusal(_("The Latin version follows from the Cyrillic one. Write there; this follows at once."))


def put_stand(
    text: Text,
    paragraph: Paragraph,
    language: str,
    content: Content,
    now: datetime,
    place: dict[str, Any] | None = None,
) -> Stand:
    """The paragraph's next content in a language; Serbian Latin follows the Cyrillic. The caller holds the text and may write
    the row."""
    row = Stand(
        paragraph=paragraph,
        language=language,
        sequence=next_of(Stand, paragraph=paragraph, language=language),
        content=render_content(content),
        **(place if place is not None else of_all(text)),
    )
    saved(row, now)
    if language == CYRILLIC and LATIN in text.languages:
        put_stand(text, paragraph, LATIN, latin_of(content), now, place)
    return row


def latest_stand(paragraph: Paragraph, language: str) -> Stand | None:
    """How a paragraph stands in a language now."""
    return Stand.objects.filter(paragraph=paragraph, language=language).order_by("-sequence").first()


def content_in(stand: Stand | None) -> Content:
    """The content of a stand; nothing where there is none."""
    return content_of(stand.content) if stand is not None and stand.content else ()


def status_now(paragraph: Paragraph) -> str:
    """A paragraph's status now."""
    row = Ruling.objects.filter(paragraph=paragraph).order_by("-sequence").first()
    return row.status if row is not None else Status.OPEN


def refuse_unless_open(paragraph: Paragraph, now: datetime) -> None:
    """Raise Refusal where a paragraph does not change: it was agreed, or its text is under silence or adopted."""
    refuse_closed(paragraph.text, now)
    if status_now(paragraph) != Status.OPEN:
        raise Refusal(_("This paragraph is agreed. The chair can reopen it; until then it does not change."))


def placing_of(paragraph: Paragraph) -> Placing:
    """Where a paragraph stands now."""
    return Placing.objects.filter(paragraph=paragraph).order_by("-sequence")[0]
