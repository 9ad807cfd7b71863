"""A text as one delegation would have it, throughout."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel.doors import DELEGATES, door
from sofra.kernel.pages import actor_of
from sofra.texts.engine.projecting import project_content
from sofra.texts.labels import label_of
from sofra.texts.models import Proposal
from sofra.texts.queries.positions import proposals_in
from sofra.texts.queries.text import paragraphs_now
from sofra.texts.views.places import called, place_of


@door(GET=DELEGATES)
def ours(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """The reader's delegation's own wording of the whole text, with what it proposes to fewer than all beside it."""
    place = place_of(request, format, meeting, text)
    party = actor_of(request).party_id
    proposals = [each for each in proposals_in(place.text.pk) if each.owner_party_id == party]
    taken_back = {each.answers_id for each in proposals if each.kind == Proposal.Kind.WITHDRAW}
    apart: dict[UUID, list[Proposal]] = {}
    for each in proposals:
        held = each.audience != place.text.audience and each.wording and each.language == place.tongue
        if held and each.pk not in taken_back and each.kind != Proposal.Kind.WITHDRAW:
            apart.setdefault(each.paragraph_id, []).append(each)
    lines = []
    for now in paragraphs_now(place.text):
        if now.placing.gone or place.tongue not in now.stands:
            continue
        content = now.content(place.tongue)
        mine, base = project_content(content, label_of(party)), project_content(content)
        lines.append(
            {
                "key": now.row.pk,
                "url": place.url("text_paragraph", paragraph=now.row.pk),
                "kind": now.placing.kind,
                "level": now.placing.level,
                "number": now.placing.number,
                "called": called(now),
                "words": mine,
                "base": base,
                "own": mine != base,
                "open": bool(now.points(place.tongue)),
                "apart": apart.get(now.row.pk, []),
            }
        )
    context = {"meeting": place.meeting, "text": place.text, "tongue": place.tongue, "lines": lines}
    return render(request, "texts/ours.html", {**context, "back": place.url("text")})
