"""Texts of a meeting, a paragraph with all that was said on it, and versions as they were circulated."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel import policy
from sofra.kernel.doors import SEATED, door
from sofra.kernel.pages import actor_of, language
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.entering import attach_entries
from sofra.texts import sentences
from sofra.texts.engine.amending import Content
from sofra.texts.engine.projecting import project_content
from sofra.texts.labels import label_of
from sofra.texts.models import Proposal, Stance, Status
from sofra.texts.queries.crossing import Crossed, crossed
from sofra.texts.queries.informal import informals_on
from sofra.texts.queries.positions import proposals_on, said_on
from sofra.texts.queries.reshaping import choice_of, waiting_on
from sofra.texts.queries.silence import closed_now
from sofra.texts.queries.text import Now, content, paragraphs_now, texts_of
from sofra.texts.views.places import Place, called, place_of


@door(GET=SEATED)
def texts(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The texts under negotiation at a meeting."""
    row = meeting_or_404(request, format, meeting)
    found = texts_of(row, language())
    may_begin = bool(policy.decide(actor_of(request), "texts.begin", row))
    return render(request, "texts/texts.html", {"meeting": row, "texts": found, "may_begin": may_begin})


def crossings_in(place: Place, contents: list[tuple[Any, Content]]) -> dict[Any, list[Crossed]]:
    """Where the text crosses the red lines of the reader's own delegation."""
    return crossed(contents, place.tongue, language(), place.text.format_id)


@door(GET=SEATED)
def paragraph(request: HttpRequest, format: str, meeting: str, text: UUID, paragraph: UUID) -> HttpResponse:
    """A paragraph: its open points with who stands where, what was proposed, and how it came to read as it does."""
    place = place_of(request, format, meeting, text)
    now = place.now(paragraph)
    actor = actor_of(request)
    said = said_on(now.row.pk, language())
    standing = {(row.choice, row.owner_party_id): row for row in said if row.language == place.tongue}
    proposals = proposals_on(now.row.pk, language())
    attach_entries([*proposals, *said])
    shapes = waiting_on(place.text, now.row.pk)
    waiting = {each.pk for each in shapes}
    for proposal in proposals:
        seen: Any = proposal
        seen.place, seen.text = place.shown.place(proposal.owner_party_id), place.text
        seen.may_withdraw = (
            not seen.withdrawn
            and proposal.kind != Proposal.Kind.WITHDRAW
            and (proposal.kind not in Proposal.SHAPES or proposal.pk in waiting)
            and bool(policy.decide(actor, "texts.withdraw", proposal))
        )
        seen.seen = (
            place.shown.html(content(proposal.against.content)) if proposal.outdated and proposal.against else ""
        )
        seen.html = place.shown.html(content(proposal.result.content)) if proposal.result_id and proposal.result else ""
    for row in said:
        row.place = place.shown.place(row.owner_party_id)  # type: ignore[attr-defined]
        row.may_confirm = bool(policy.decide(actor, "texts.confirm", row))  # type: ignore[attr-defined]
    points: list[dict[str, Any]] = [
        {
            "key": point.key,
            "depth": point.depth,
            "choices": [_choice(place, now, one, [r for (key, _p), r in standing.items() if key == one.key])
                        for one in point.choices],
        }
        for point in now.points(place.tongue)
    ]  # fmt: skip
    closed = closed_now(place.text)
    shown_keys = {one["key"] for point in points for one in point["choices"]}
    names = {each.row.pk: called(each) for each in paragraphs_now(place.text)} if shapes else {}
    for shape in shapes:
        told: Any = shape
        told.place = place.shown.place(shape.owner_party_id)
        told.sentence = sentences.shaping(shape.owner_party_id, shape, names)
        told.choice = choice_of(shape.pk)
        rows = [row for (key, _party), row in standing.items() if key == told.choice]
        told.stances = _stances(rows)
        told.shared = shape.audience == place.text.audience
        shown_keys.add(told.choice)
    return render(
        request,
        "texts/paragraph.html",
        {
            "meeting": place.meeting,
            "text": place.text,
            "tongue": place.tongue,
            "now": now,
            "crossed": crossings_in(place, [("", now.content(place.tongue))]).get("", []),
            "called": called(now),
            "html": place.shown.html(now.content(place.tongue)),
            "base": project_content(now.content(place.tongue)) if now.points(place.tongue) else "",
            "mine": project_content(now.content(place.tongue), label_of(actor.party_id)) if actor.party_id else None,
            "points": points,
            "earlier": [row for row in standing.values() if row.choice not in shown_keys],
            "proposals": proposals,
            "closed": closed,
            "may_speak": place.can("texts.speak") and now.status == Status.OPEN and not now.placing.gone and not closed,
            "may_chair": place.can("texts.chair") and not now.placing.gone and not closed,
            "shared": now.shared,
            "may_pen": place.can("texts.pen") and now.status == Status.OPEN and not closed,
            "may_informal": place.can("texts.informal") and not now.placing.gone and not closed,
            "shapes": shapes,
            "informals": informals_on(now.row.pk),
            "back": place.url("text"),
        },
    )


def _choice(place: Place, now: Now, one: Any, rows: list[Any]) -> dict[str, Any]:
    return {
        "key": one.key,
        "html": place.shown.html(one.alternative.content) if one.alternative is not None else "",
        "who": place.shown.who(one.alternative) if one.alternative is not None else "",
        "stances": _stances(rows),
    }


def _stances(rows: list[Any]) -> list[tuple[Any, list[Any]]]:
    by = {stance: [row for row in rows if row.stance == stance] for stance in Stance.values}
    return [(Stance(stance).label, sorted(rows, key=lambda row: row.place)) for stance, rows in by.items() if rows]
