"""Where delegations say that they stand."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands.procedure import speaker
from sofra.texts.commands.rows import content_in, hold, latest_stand, of_party, reasoned, saved
from sofra.texts.engine.points import points
from sofra.texts.models import Paragraph, Position, PositionReason, Stance, Text
from sofra.texts.queries.positions import open_elsewhere
from sofra.texts.queries.reshaping import choice_of, waiting_on


@command
def take_position(
    *,
    paragraph: Paragraph,
    language: str,
    choice: str,
    stance: str,
    reason: dict[str, str] | None = None,
    audience: str = "",
    heard: bool = False,
    unless: Iterable[tuple[UUID, str]] = (),
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Position:
    """Say where a delegation stands on an alternative, to all, to the chair alone, or for itself.

    `heard` (with an entry) says that the chair noted it. An objection falls where all wordings of `unless` (paragraph and
    choice, in other brackets) are taken. Raises NotAllowed, Refusal.
    """
    text = paragraph.text
    policy.require(acting.current(), "texts.speak", text)
    party = speaker(text.meeting, party_id, entry)
    if stance not in Stance.values:
        raise Refusal(_("Choose where your delegation stands."), "stance")
    if audience not in ("", text.audience, Audience.SECRETARIAT, Audience.DELEGATION):
        raise Refusal(_("Choose to whom the position is addressed."), "audience")
    now = hold(text)
    current = latest_stand(paragraph, language)
    found = {one.key: one.words for each in points(content_in(current)) for one in each.choices}
    found |= {choice_of(each.pk): "" for each in waiting_on(text, paragraph.pk)}
    if choice not in found:
        raise Refusal(
            _("That wording does not stand in the text any more. The paragraph changed while you were writing.")
        )
    conditions = _conditions(text, paragraph, language, choice, stance, list(dict.fromkeys(unless)))
    place = of_party(text, party, entry, audience)
    row = Position(
        paragraph=paragraph, language=language, choice=choice, words=found[choice], stance=stance,
        heard=heard and entry is not None, unless=conditions, **place,
    )  # fmt: skip
    saved(row, now)
    recording.record(
        "texts.position",
        row,
        {
            "paragraph": paragraph.pk,
            "choice": choice,
            "words": found[choice],
            "stance": stance,
            "heard": row.heard,
            "unless": conditions,
        },
        meeting_id=text.meeting_id,
    )
    if reason and any(said.strip() for said in reason.values()):
        own = PositionReason(position=row, **place)
        saved(own, now)
        reasoned(own, reason)
        recording.record("texts.position_explained", own, {"position": row.pk}, visible=False)
    return row


def _conditions(
    text: Text, paragraph: Paragraph, language: str, choice: str, stance: str, unless: list[tuple[UUID, str]]
) -> list[dict[str, str]]:
    """The wordings with which an objection falls, as they stand now. Raises Refusal for what is none."""
    if not unless:
        return []
    if stance != Stance.OBJECTS:
        raise Refusal(_("Only an objection falls with other wordings."), "unless")
    known = {(each.paragraph, each.choice): each.words for each in open_elsewhere(text, paragraph.pk, language, choice)}
    if any(place not in known for place in unless):
        raise Refusal(
            _("A wording you named does not stand in another bracket of the text any more. Choose again."), "unless"
        )
    return [{"paragraph": str(key), "choice": one, "words": known[key, one]} for key, one in unless]


@command
def confirm_position(*, position: Position) -> Position:
    """Make a position that was entered for one's delegation the delegation's own. To correct it, take another."""
    policy.require(acting.current(), "texts.confirm", position)
    hold(position.paragraph.text)
    position.entry = None
    position.version += 1
    position.save(update_fields=["entry", "version"])
    for reason in PositionReason.objects.filter(position=position):
        reason.entry = None
        reason.save(update_fields=["entry"])
        wordings.replace_placement(reason)
    recording.record("texts.position_confirmed", position, {}, meeting_id=position.paragraph.text.meeting_id)
    return position
