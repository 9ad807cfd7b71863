"""What outcomes bring: their place in a meeting, their changes, their cards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel import wordings
from sofra.kernel.doors import ANYONE
from sofra.kernel.rooms import Card, Nav
from sofra.meetings.contributions.agenda import SAMPLE, sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import Meeting, Outcome


def outcome_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Outcomes by their title."""
    from sofra.meetings.queries.waiting import page

    rows = list(Outcome.objects.select_related("meeting__format").filter(pk__in=ids))
    wordings.attach(rows, language)
    found = {}
    for row in rows:
        if row.kind == Outcome.Kind.NONE:
            found[row.pk] = Card(_now("No outcome document"), page("outcomes", row.meeting))
        else:
            found[row.pk] = Card(row.worded.get("title", ""), page("outcome", row.meeting, outcome=row.pk))  # type: ignore[attr-defined]
    return found


def _sample(world: Any) -> dict[str, Any]:
    with world.act("secretariat"):
        row = Outcome.objects.filter(meeting__slug=SAMPLE).first()
    return {**sample_meeting(world), "outcome": row.pk if row else UUID(int=0)}


def canaries(world: Any) -> None:
    """A draft of the secretariat, a text released to the members, a public statement."""
    from sofra.meetings.commands import outcomes

    with world.act("secretariat"):
        meeting = Meeting.objects.filter(format=world.format, slug=SAMPLE).first()
        if meeting is None:
            return
        for holder, kind in (("secretariat", "decision"), ("format", "adopted_text"), ("public", "press_statement")):
            token = world.token(holder)
            row = outcomes.draft_outcome(meeting=meeting, kind=kind, texts={"en": outcomes.Text(token, token)})
            if holder != "secretariat":
                outcomes.release_outcome(outcome=row)
            if holder == "public":
                outcomes.publish_outcome(outcome=row)


PART = Contribution(
    nav=(Nav(_("Decisions"), "outcomes", place="meeting", order=70, key="c", roles=ANYONE),),
    cards={"meetings.outcome": outcome_cards},
    found={"outcome": _("Outcome")},
    changes={
        "outcome.drafted": _("An outcome was drafted"),
        "outcome.edited": _("An outcome was changed"),
        "outcome.released": _("An outcome was released to all members"),
        "outcome.published": _("An outcome was published"),
        "outcome.withdrawn": _("A draft of an outcome was withdrawn"),
        "outcome.none": _("The meeting ended without an outcome document"),
        "outcome.object": _("A party objects"),
        "outcome.lift": _("A party withdraws its objection"),
        "meeting.closed": _("A meeting was closed"),
    },
    samples={
        **dict.fromkeys(("outcomes", "outcome_draft", "meeting_close"), sample_meeting),
        **dict.fromkeys(
            ("outcome", "outcome_edit", "outcome_release", "outcome_adopt", "outcome_object", "outcome_lift"), _sample
        ),
        "outcome_act": lambda world: {**_sample(world), "act": "publish"},
    },
    canaries=canaries,
)
