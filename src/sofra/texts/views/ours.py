"""A text as one delegation would have it, throughout."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel.doors import DELEGATES, door
from sofra.kernel.pages import actor_of
from sofra.texts.engine.projecting import project_content
from sofra.texts.labels import label_of
from sofra.texts.models import Proposal
from sofra.texts.queries.positions import proposals_by
from sofra.texts.queries.room import lines_of
from sofra.texts.views.places import place_of

#: Paragraphs on a page.
PART = 60


@door(GET=DELEGATES)
def ours(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """The reader's delegation's own wording of the whole text, with what it proposes to fewer than all beside it."""
    place = place_of(request, format, meeting, text)
    party = actor_of(request).party_id
    proposals = proposals_by(place.text.pk, party)
    taken_back = {each.answers_id for each in proposals if each.kind == Proposal.Kind.WITHDRAW}
    apart: dict[UUID, list[Proposal]] = {}
    for each in proposals:
        held = each.audience != place.text.audience and each.wording and each.language == place.tongue
        if held and each.pk not in taken_back and each.kind != Proposal.Kind.WITHDRAW:
            apart.setdefault(each.paragraph_id, []).append(each)
    lines = []
    standing = [line for line in lines_of(place.text, place.tongue) if line.notation is not None]
    page = Paginator(standing, PART).get_page(request.GET.get("page"))
    for line in page:
        content = line.content
        mine, base = project_content(content, label_of(party)), project_content(content)
        lines.append(
            {
                "key": line.key,
                "url": place.url("text_paragraph", paragraph=line.key),
                "kind": line.kind,
                "level": line.level,
                "number": line.number,
                "called": line.called,
                "words": mine,
                "base": base,
                "own": mine != base,
                "open": bool(line.points),
                "apart": apart.get(line.key, []),
            }
        )
    context = {"meeting": place.meeting, "text": place.text, "tongue": place.tongue, "lines": lines, "page_obj": page}
    return render(request, "texts/ours.html", {**context, "back": place.url("text")})
