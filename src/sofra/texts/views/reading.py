"""Texts of a meeting, the text room, a paragraph with all that was said on it, and versions as they were circulated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel import policy
from sofra.kernel.doors import SEATED, door
from sofra.kernel.pages import actor_of, language
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.entering import attach_entries
from sofra.texts.engine.amending import Content
from sofra.texts.engine.projecting import project_content
from sofra.texts.labels import CHAIR, label_of, labels_in
from sofra.texts.models import Position, Proposal, Stance, Status, Version
from sofra.texts.queries.crossing import Crossed, crossed
from sofra.texts.queries.positions import proposals_in, proposals_on, said_on, standing_on
from sofra.texts.queries.silence import adoption_of, procedures_of, statements_on
from sofra.texts.queries.text import Now, content, paragraphs_now, texts_of, versions_of
from sofra.texts.views.places import Place, called, place_of

FILTERS: dict[str, Any] = {
    "all": _lazy("All"),
    "open": _lazy("Open"),
    "agreed": _lazy("Agreed"),
    "ours": _lazy("Ours"),
    "chair": _lazy("The chair's"),
    "objected": _lazy("Objected to"),
}


@door(GET=SEATED)
def texts(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The texts under negotiation at a meeting."""
    row = meeting_or_404(request, format, meeting)
    found = texts_of(row, language())
    may_begin = bool(policy.decide(actor_of(request), "texts.begin", row))
    return render(request, "texts/texts.html", {"meeting": row, "texts": found, "may_begin": may_begin})


@door(GET=SEATED)
def text(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """The text room."""
    place = place_of(request, format, meeting, text)
    found = [each for each in paragraphs_now(place.text) if not each.placing.gone]
    crossings = _crossings(place, [(each.row.pk, each.content(place.tongue)) for each in found])
    lines = _lines(place, found, crossings)
    silences = procedures_of(place.text)
    show = request.GET.get("show", "all")
    show = show if show in FILTERS else "all"
    own = label_of(actor_of(request).party_id) if actor_of(request).party_id else ""
    filters = [(key, word, key == show) for key, word in FILTERS.items() if key != "ours" or own]
    return render(
        request,
        "texts/text.html",
        {
            "meeting": place.meeting,
            "text": place.text,
            "lines": [each for each in lines if _stands_in(each, show, own)],
            "outline": [each for each in lines if each["kind"] == "heading" or each["brackets"]],
            "crossings": crossings,
            "is_delegate": bool(own),
            "open": sum(1 for each in lines if each["brackets"]),
            "paragraphs": len(lines),
            "filters": filters,
            "tongue": place.tongue,
            "pen": place.text.pen,  # type: ignore[attr-defined]
            "versions": versions_of(place.text, language()),
            "may_speak": place.can("texts.speak"),
            "may_chair": place.can("texts.chair"),
            "may_pen": place.can("texts.pen"),
            "forms": [("docx", "DOCX"), ("txt", "TXT"), ("json", "JSON"), ("xml", "AKN")],
            "statements": _statements(place),
            "running": next((each for each in silences if each.state == "running"), None),
            "silence": silences[-1] if silences else None,
            "adopted": adoption_of(place.text),
        },
    )


def _crossings(place: Place, contents: list[tuple[Any, Content]]) -> dict[Any, list[Crossed]]:
    """Where the text crosses the red lines of the reader's own delegation."""
    return crossed(contents, place.tongue, language(), place.text.format_id)


def _statements(place: Place) -> list[Any]:
    rows: list[Any] = list(statements_on(place.text, language()))
    attach_entries(rows)
    for row in rows:
        row.place = place.shown.place(row.owner_party_id)
        row.mine = row.owner_party_id == actor_of(place.request).party_id
    return rows


def _lines(place: Place, found: list[Now], crossings: dict[Any, list[Crossed]]) -> list[dict[str, Any]]:
    """What the room shows of each paragraph."""
    objected: dict[UUID, dict[str, list[Position]]] = {}
    for position in standing_on([each.row.pk for each in found]):
        if position.language == place.tongue:
            objected.setdefault(position.paragraph_id, {}).setdefault(position.choice, []).append(position)
    private: dict[UUID, int] = {}
    for proposal in proposals_in(place.text.pk):
        if proposal.audience != place.text.audience and proposal.kind != Proposal.Kind.WITHDRAW:
            private[proposal.paragraph_id] = private.get(proposal.paragraph_id, 0) + 1
    lines = []
    for each in found:
        url = place.url("text_paragraph", paragraph=each.row.pk)
        said = objected.get(each.row.pk, {})
        standing = [
            row for point in each.points(place.tongue) for one in point.choices for row in said.get(one.key, [])
        ]
        brackets = each.brackets(place.tongue)
        lines.append(
            {
                "key": each.row.pk,
                "url": url,
                "kind": each.placing.kind,
                "level": each.placing.level,
                "number": each.placing.number,
                "called": called(each),
                "html": place.shown.html(each.content(place.tongue), each.points(place.tongue), url),
                "missing": place.tongue not in each.stands,
                "status": each.status,
                "status_label": each.status_label,
                "brackets": brackets,
                "labels": set(labels_in(each.content(place.tongue))) if brackets else set(),
                "objecting": _who(place, (row for row in standing if row.stance == Stance.OBJECTS)),
                "reserving": _who(place, (row for row in standing if row.stance == Stance.RESERVES)),
                "private": private.get(each.row.pk, 0),
                "crossed": crossings.get(each.row.pk, []),
                "row": None if each.shared else each.row,
            }
        )
    return lines


def _who(place: Place, rows: Iterable[Position]) -> list[tuple[UUID, int]]:
    named = dict.fromkeys(row.owner_party_id for row in rows if row.owner_party_id is not None)
    return sorted(((party, place.shown.place(party)) for party in named), key=lambda each: each[1])


def _stands_in(line: dict[str, Any], show: str, own: str) -> bool:
    match show:
        case "open":
            return bool(line["brackets"])
        case "agreed":
            return bool(line["status"] != Status.OPEN)
        case "ours":
            return own in line["labels"] or bool(line["private"])
        case "chair":
            return CHAIR in line["labels"]
        case "objected":
            return bool(line["objecting"])
    return True


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
    for proposal in proposals:
        seen: Any = proposal
        seen.place = place.shown.place(proposal.owner_party_id)
        seen.may_withdraw = (
            not seen.withdrawn
            and proposal.kind != Proposal.Kind.WITHDRAW
            and bool(policy.decide(actor, "texts.withdraw", proposal))
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
    shown_keys = {one["key"] for point in points for one in point["choices"]}
    return render(
        request,
        "texts/paragraph.html",
        {
            "meeting": place.meeting,
            "text": place.text,
            "tongue": place.tongue,
            "now": now,
            "crossed": _crossings(place, [("", now.content(place.tongue))]).get("", []),
            "called": called(now),
            "html": place.shown.html(now.content(place.tongue)),
            "base": project_content(now.content(place.tongue)) if now.points(place.tongue) else "",
            "mine": project_content(now.content(place.tongue), label_of(actor.party_id)) if actor.party_id else None,
            "points": points,
            "earlier": [row for row in standing.values() if row.choice not in shown_keys],
            "proposals": proposals,
            "may_speak": place.can("texts.speak") and now.status == Status.OPEN and not now.placing.gone,
            "may_chair": place.can("texts.chair") and not now.placing.gone,
            "may_pen": place.can("texts.pen") and now.status == Status.OPEN,
            "back": place.url("text"),
        },
    )


def _choice(place: Place, now: Now, one: Any, rows: list[Any]) -> dict[str, Any]:
    by = {stance: [row for row in rows if row.stance == stance] for stance in Stance.values}
    return {
        "key": one.key,
        "html": place.shown.html(one.alternative.content) if one.alternative is not None else "",
        "who": place.shown.who(one.alternative) if one.alternative is not None else "",
        "stances": [
            (Stance(stance).label, sorted(rows, key=lambda row: row.place)) for stance, rows in by.items() if rows
        ],
    }


@door(GET=SEATED)
def version(request: HttpRequest, format: str, meeting: str, text: UUID, number: int) -> HttpResponse:
    """A version as it was circulated, word for word."""
    place = place_of(request, format, meeting, text)
    row = Version.objects.filter(text=place.text, number=number).first()
    if row is None:
        raise Http404
    contents = [content(each["content"].get(place.tongue, "")) for each in row.content["paragraphs"]]
    crossings = _crossings(place, list(enumerate(contents)))
    lines = [
        {
            **each,
            "crossed": crossings.get(number, []),
            "html": place.shown.html(contents[number]),
            "status_label": Status(each["status"]).label,
        }
        for number, each in enumerate(row.content["paragraphs"])
    ]
    digest = row.digests.get(place.tongue, "")
    context = {"meeting": place.meeting, "text": place.text, "tongue": place.tongue, "version": row, "lines": lines}
    context["crossings"] = crossings
    return render(request, "texts/version.html", {**context, "digest": digest, "back": place.url("text")})
