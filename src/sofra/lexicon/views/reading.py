"""Reading the lexicon: browsing and searching it, an entity, conventions, terms, and one's own delegation's red lines."""

from __future__ import annotations

import json
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel import policy
from sofra.kernel.acting import Actor
from sofra.kernel.doors import DELEGATES, SEATED, SECRETARIAT, door
from sofra.kernel.pages import actor_of, download, language
from sofra.lexicon.commands.designations import RULINGS
from sofra.lexicon.house_names import entities_in
from sofra.lexicon.models import Entity, EntityDesignation
from sofra.lexicon.queries import entities as reads
from sofra.lexicon.queries import objections as said
from sofra.lexicon.queries.sent import sent_anyway, told


@door(GET=SEATED)
def lexicon(request: HttpRequest) -> HttpResponse:
    """The lexicon: by kind, or what a search in any language finds."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:200]
    kind = request.GET.get("kind", "")
    if kind not in Entity.Kind.values:
        kind = str(Entity.Kind.PARTY)
    found = reads.search_entities(query, entities_in(query), language()) if query else reads.of_kind(kind, language())
    context = {
        "asked": query,
        "kind": "" if query else kind,
        "kinds": reads.kinds(),
        "found": found,
        "most": reads.MOST,
        "sends": actor_of(request).is_secretariat,
        "draws": bool(policy.decide(actor_of(request), "lexicon.object")),
    }
    return render(request, "lexicon/lexicon.html", context)


@door(GET=SEATED)
def entity(request: HttpRequest, entity: UUID) -> HttpResponse:
    """An entity: its designations side by side, who objects to what, what profiles in force call it."""
    row = reads.get_entity(entity, language())
    if row is None:
        raise Http404
    sheet = reads.sheet_of(row, language())
    objections = said.objections_against(row, language())
    actor = actor_of(request)
    codes = {*sheet.viewpoints, *(each.viewpoint for each in sheet.proposals)}
    listed = [each for line in sheet.lines for cell in line.cells for each in cell.names + cell.others]
    kept = {each.pk for each in [*listed, *sheet.proposals] if _rules_on(actor, each)}
    context = {
        "entity": row,
        "sheet": sheet,
        "who": reads.viewpoint_names(codes, language()),
        "objections": objections,
        "agreed": reads.agreed(row, language()),
        "kept": kept,
        "rulable": [each for each in listed if each.pk in kept],
        "mine": {each.pk for each in objections if policy.decide(actor, "lexicon.take_back", each)},
        "actor": actor,
        "may_act": bool(actor.member_of or actor.is_secretariat),
    }
    return render(request, "lexicon/entity.html", context)


def _rules_on(actor: Actor, designation: EntityDesignation) -> bool:
    stands = designation.standing  # type: ignore[attr-defined]
    return stands in RULINGS and bool(policy.decide(actor, "lexicon.rule", designation))


@door(GET=SEATED)
def conventions(request: HttpRequest) -> HttpResponse:
    """Conventions as documents have them, verbatim, with their sources."""
    return render(request, "lexicon/conventions.html", {"conventions": reads.conventions()})


@door(GET=SEATED)
def terms(request: HttpRequest) -> HttpResponse:
    """Objections to words that name no entity."""
    found = said.objections_to_terms(language())
    actor = actor_of(request)
    context = {
        "objections": found,
        "mine": {each.pk for each in found if policy.decide(actor, "lexicon.take_back", each)},
        "may_act": bool(actor.member_of or actor.is_secretariat),
    }
    return render(request, "lexicon/terms.html", context)


@door(GET=SECRETARIAT)
def sent_anyway_page(request: HttpRequest) -> HttpResponse:
    """What the secretariat sent although somebody said that it breaks a meeting, as the audit keeps it."""
    page = Paginator(sent_anyway(), 30).get_page(request.GET.get("page"))
    context = {"page_obj": page, "rows": told(page, language())}
    return render(request, "lexicon/sent_anyway.html", context)


@door(GET=DELEGATES)
def red_lines_page(request: HttpRequest) -> HttpResponse:
    """The red lines of one's own delegation, which nobody else reads."""
    found = said.red_lines(language())
    context = {
        "standing": [each for each in found if each.withdrawn_at is None],
        "withdrawn": [each for each in found if each.withdrawn_at is not None],
        "mine": {each.pk for each in found if each.withdrawn_at is None},
    }
    response = render(request, "lexicon/red_lines.html", context)
    response["Cache-Control"] = "no-store"
    return response


@door(GET=DELEGATES)
def red_lines_file(request: HttpRequest) -> HttpResponse:
    """The red lines as a profile file, to check texts on one's own machine with `sofra lint --profile`."""
    found = [each for each in said.red_lines(language()) if each.withdrawn_at is None]
    codes = {each.viewpoint for each in found}
    held = {
        "format": "sofra.profile/1",
        **({"viewpoint": next(iter(codes))} if len(codes) == 1 else {}),
        "objections": said.as_file(found),
    }
    written = json.dumps(held, ensure_ascii=False, indent=2) + "\n"
    response = download(written, "application/json; charset=utf-8", "red-lines.json")
    response["Cache-Control"] = "no-store"
    return response
