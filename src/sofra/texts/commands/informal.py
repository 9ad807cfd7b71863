"""Wordings put forward with nobody's name on them, and taken from view again by whoever put them forward.

The room keeps whose they are for their delegation alone: the row that others read is nobody's, is readable from the next full
step of the clock on, and leaves no change and no payload of the audit chain that others may read. It promises nothing more:
among seven delegations others may guess.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.texts.commands.lapsing import refuse_closed
from sofra.texts.commands.rows import of_all, plain_words
from sofra.texts.models import Informal, InformalOwn, InformalTaken, Paragraph

#: Informal wordings come into view together, at full steps of the clock.
STEP = timedelta(minutes=10)


def next_step(now: datetime, step: timedelta) -> datetime:
    """The instant at which what is put forward now comes into view: at least half a step ahead."""
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return start + ((now + step / 2 - start) // step + 1) * step if step else now


@command
def put_forward(*, paragraph: Paragraph, language: str, wording: str, step: timedelta = STEP) -> InformalOwn:
    """Put a wording forward without a name, for all members from the next full `step` of the clock on.

    The text does not change, and the secretariat does not enter one for a delegation: it would know whose it is. No lock of
    the text is taken, and nothing that others read is written but the wording. Raises NotAllowed, Refusal.
    """
    text = paragraph.text
    actor = acting.current()
    policy.require(actor, "texts.informal", text)
    words = plain_words(wording)
    if not words:
        raise Refusal(_("Write the wording you want to put forward."), "wording")
    if language not in text.languages:
        raise Refusal(_("The text has no version in this language."), "language")
    now = database_now()
    refuse_closed(text, now)
    at = next_step(now, step)
    shown = Informal(paragraph=paragraph, language=language, wording=words, at=at, readable_from=at, **of_all(text))
    with acting.acting_as_house():
        shown.save(force_insert=True)
    own = InformalOwn(
        informal=shown, paragraph=paragraph, language=language, wording=words, at=now, readable_from=now,
        audience=Audience.DELEGATION, format_id=text.format_id, owner_party_id=actor.party_id,
    )  # fmt: skip
    own.save(force_insert=True)
    recording.record("texts.informal", own, {"paragraph": paragraph.pk, "wording": words, "at": at}, visible=False)
    return own


@command
def take_from_view(*, own: InformalOwn) -> InformalTaken:
    """Take an informal wording from view: from now on its delegation alone reads it. Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "texts.informal_own", own)
    if InformalTaken.objects.filter(own=own).exists():
        raise Refusal(_("It was taken from view already."))
    now = database_now()
    with acting.acting_as_house():
        # Delegation, and nobody's: the wall lets no one read it.
        Informal.objects.filter(pk=own.informal_id).update(audience=Audience.DELEGATION)
    row = InformalTaken(
        own=own, at=now, readable_from=now, audience=Audience.DELEGATION, format_id=own.format_id,
        owner_party_id=own.owner_party_id,
    )  # fmt: skip
    row.save(force_insert=True)
    recording.record("texts.informal_taken", row, {"own": own.pk}, visible=False)
    return row
