"""The agenda, its frozen versions and its items, to be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.acting import Actor
from sofra.kernel.asking import Asking
from sofra.kernel.doors import ANYONE, SEATED, door
from sofra.kernel.pages import actor_of, language
from sofra.lexicon.naming import order_parties
from sofra.meetings.models import Act, AgendaItem, Meeting, Procedure
from sofra.meetings.queries.agenda import (
    ADOPTED,
    DRAFT,
    LATE,
    WITHDRAWN,
    Agenda,
    agenda_of,
    history_of,
    item_of,
    suggestions_on,
    version_lines,
)
from sofra.meetings.queries.publicity import publications_of, published_agenda
from sofra.meetings.views.places import address, meeting_or_404


class Hues:
    """The place of each member in the order of names, for the colour that stands beside a name."""

    def __init__(self, agenda: Agenda) -> None:
        ordered = order_parties(agenda.members, language())
        self.places = {party.pk: place for place, party in enumerate(ordered, 1)}

    def of(self, parties: Iterable[UUID | None]) -> list[tuple[UUID, int | None]]:
        """Parties in the order of their names, each with its place."""
        return [(party, self.places.get(party)) for party in order_parties([p for p in parties if p], language())]


def present(agenda: Agenda) -> Hues:
    """Give items what the page shows beside them."""
    hues = Hues(agenda)
    for item in agenda.every():
        seen: Any = item
        seen.url = address("agenda_item", agenda.meeting, item=item.pk)
        seen.proposer = hues.of([item.owner_party_id])
        seen.cosponsor_who = hues.of(act.owner_party_id for act in seen.cosponsors)
        seen.missing_who = hues.of(party.pk for party in seen.missing)
    return hues


@door(GET=ANYONE)
def agenda(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The agenda in the chair's order, with what each party said beside it; outside the members, what is published of it."""
    row = meeting_or_404(request, format, meeting)
    actor = actor_of(request)
    found = agenda_of(row, language())
    outside = not (actor.serves(row.format_id) or actor.sits_in(row.format_id))
    # A former member still reads what became readable while it sat.
    if outside and not found.every() and not found.versions:
        publication, titles = published_agenda(row, language()) or (None, [])
        context = {"meeting": row, "publication": publication, "titles": titles}
        return render(request, "meetings/agenda/public.html", context)
    hues = present(found)
    may_publish = bool(policy.decide(actor, "agenda.publish", row))
    now = timezone.now()
    return render(
        request,
        "meetings/agenda/agenda.html",
        {
            "meeting": row,
            "agenda": found,
            "difference": found.difference,
            "objecting": hues.of(act.owner_party_id for act in found.objections),
            "may_speak": bool(policy.decide(actor, "agenda.speak", row)),
            "may_chair": bool(policy.decide(actor, "agenda.chair", row)),
            "i_object": any(act.owner_party_id == actor.party_id for act in found.objections),
            "may_object": _may_object_whole(actor, found),
            "outside": outside,
            "late_entries": found.late_entries,
            "may_answer_late": bool(policy.decide(actor, "agenda.chair", row)),
            "may_enter_late": _may_enter_late(actor, found),
            "may_publish": may_publish and found.adopted is not None,
            "may_tell": may_publish,
            "published": [each for each in publications_of(row) if may_publish or each.readable_from <= now],
            "now": now,
        },
    )


def _may_object_whole(actor: Actor, found: Agenda) -> bool:
    moot = found.adopted is not None and found.running is None and not found.difference
    return bool(policy.decide(actor, "agenda.speak", found.meeting)) and not moot and bool(found.items)


def _may_enter_late(actor: Actor, found: Agenda) -> bool:
    """Whether an objection received before a silence ended can be entered still: the secretariat, while what it adopted
    holds."""
    held = found.adopted is not None and found.adopted.procedure.method == Procedure.Method.SILENCE
    return held and found.running is None and bool(policy.decide(actor, "agenda.chair", found.meeting))


@door(GET=SEATED)
def version(request: HttpRequest, format: str, meeting: str, number: int) -> HttpResponse:
    """A frozen version, word for word."""
    row = meeting_or_404(request, format, meeting)
    found = agenda_of(row, language())
    frozen = next((each for each in found.versions if each.number == number), None)
    if frozen is None:
        raise Http404
    hues = Hues(found)
    lines = version_lines(frozen, language())
    for line in lines:
        line["proposer_who"] = hues.of([line["proposer"]])
        line["cosponsor_who"] = hues.of(line["cosponsors"])
    context = {"meeting": row, "version": frozen, "lines": lines, "agenda": found}
    return render(request, "meetings/agenda/version.html", context)


def place(request: HttpRequest, format: str, meeting: str, item: UUID) -> tuple[Meeting, Agenda, AgendaItem]:
    """The meeting, its agenda and the item of an address; 404 where the reader knows of none such."""
    row = meeting_or_404(request, format, meeting)
    found = agenda_of(row, language())
    one = item_of(found, item)
    if one is None:
        raise Http404
    present(found)
    return row, found, one


def asking_of(request: HttpRequest, meeting: Meeting, item: AgendaItem | None = None, **more: Any) -> Asking:
    """A page that asks for one thing about an item, or about the agenda as a whole."""
    if item is None:
        return Asking(request, back=address("agenda", meeting), about=_("Agenda"), **more)
    seen: Any = item
    return Asking(
        request, back=address("agenda_item", meeting, item=item.pk), about=seen.worded["title"], obj=item, **more
    )


def ways(actor: Actor, agenda: Agenda, item: Any) -> list[tuple[str, str, bool]]:
    """What the actor can do with an item now: (act, the button's words, whether it is grave)."""
    meeting = agenda.meeting
    if not policy.decide(actor, "agenda.speak", meeting):
        return []
    enters, mine = actor.party_id is None, item.owner_party_id == actor.party_id
    editable = bool(policy.decide(actor, "agenda.edit", item))
    bound = agenda.under_silence(item.pk)
    if item.state == WITHDRAWN:
        return []
    if item.state == DRAFT:
        return [("submit", _("Submit to all members"), False), ("withdraw", _("Withdraw"), True)] if editable else []
    said = {
        kind: any(act.owner_party_id == actor.party_id for act in getattr(item, kind))
        for kind in ("cosponsors", "objections", "consents")
    }
    found: list[tuple[str, str, bool]] = []
    if item.state == LATE and (enters or not (mine or said["consents"])):
        found.append(("consent", _("Consent to the late item"), False))
    if enters or not (mine or said["cosponsors"] or said["objections"]):
        found.append(("cosponsor", _("Co-sponsor"), False))
    if enters or not mine:
        found.append(("suggest", _("Suggest a wording"), False))
    if item.cosponsors if enters else said["cosponsors"]:
        found.append(("uncosponsor", _("No longer co-sponsor"), False))
    if item.objections if enters else said["objections"]:
        found.append(("lift", _("Withdraw the objection"), False))
    if (enters or not (mine or said["objections"] or said["cosponsors"])) and (item.state != ADOPTED or bound):
        found.append(("object", _("Object"), True))
    if (mine or enters) and not bound:
        found.append(("withdraw", _("Withdraw the item"), True))
    return found


@door(GET=SEATED)
def item(request: HttpRequest, format: str, meeting: str, item: UUID) -> HttpResponse:
    """An item: its words in every language, who stands where, suggested wordings, everything said."""
    row, found, one = place(request, format, meeting, item)
    actor = actor_of(request)
    hues = Hues(found)
    suggestions = suggestions_on([one.pk], language())
    for suggestion in suggestions:
        suggestion.who = hues.of([suggestion.owner_party_id])  # type: ignore[attr-defined]
    history = history_of(found, one, language())
    strikable = {act.pk for act in history if policy.decide(actor, "agenda.strike", act) and act.struck_at is None}
    for act in history:
        act.who = hues.of([act.owner_party_id])  # type: ignore[attr-defined]
        act.strikable = act.pk in strikable  # type: ignore[attr-defined]
    texts = found.texts.get(one.pk, {})
    codes = dict.fromkeys([*row.working_languages, *texts.get("title", {}), *texts.get("note", {})])
    editable = bool(policy.decide(actor, "agenda.edit", one)) and one.state != WITHDRAWN  # type: ignore[attr-defined]
    return render(
        request,
        "meetings/agenda/item.html",
        {
            "meeting": row,
            "agenda": found,
            "item": one,
            "languages": [(code, texts.get("title", {}).get(code), texts.get("note", {}).get(code)) for code in codes],
            "ways": ways(actor, found, one),
            "may_edit": editable and not found.under_silence(one.pk),
            "may_answer": editable,
            "may_hand_up": bool(policy.decide(actor, "agenda.chair", row)) and row.prepares_id is not None
            and one.state == "submitted",  # type: ignore[attr-defined]
            "suggestions": suggestions,
            "history": [act for act in history if act.kind != Act.Kind.ACCEPT],
        },
    )  # fmt: skip
