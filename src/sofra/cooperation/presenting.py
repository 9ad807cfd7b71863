"""How the room shows itself elsewhere: the desk, cards of changes, and what the tests of the whole house walk through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.cooperation.engine.state import Code
from sofra.cooperation.models import (
    Commitment,
    Contact,
    DateAnswer,
    DueDate,
    Ending,
    PublicCommitment,
    PublicReport,
    PublicStanding,
    Report,
    SheetDraft,
)
from sofra.cooperation.queries import Line, waiting_for
from sofra.cooperation.queries.follow_up import SOON
from sofra.cooperation.queries.lines import now
from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import Visit
from sofra.kernel.rooms import Card, DeskItem
from sofra.meetings.contributions.after import sample_issue

#: Reports count as new on the secretariat's desk since it was last there, and never for longer than this.
NEW = timedelta(days=30)


def address(row: Commitment) -> str:
    """A commitment's page."""
    assert row.format is not None
    return reverse("commitment", kwargs={"format": row.format.slug, "commitment": row.pk})


def desk(actor: Actor) -> Iterable[DeskItem]:
    """Dates that wait for the actor's answer; for an owner what is due soon or late; for the secretariat new reports."""
    at = now()
    if actor.party_id is None and not actor.is_secretariat:
        return
    lines = waiting_for(actor, get_language() or "en", at)
    since = _last_here(actor, at) if lines else at
    for line in lines:
        own = actor.party_id == line.row.owner_id
        waiting = line.waiting
        if waiting is not None and waiting.row.by_owner != own:
            if own:
                yield _item(
                    line, _("Accept the date, decline it or put another forward: %s"), _("Commitment"), waiting.row.at
                )
            elif actor.serves(line.row.format_id):
                yield _item(line, _("A party asks for another date: %s"), _("Commitment"), waiting.row.at)
        if own:
            yield from _due(line, at)
        elif actor.serves(line.row.format_id):
            for report in line.reports:
                if report.at > since and report.owner_party_id is not None and report.entry_id is None:
                    yield _item(line, _("New report: %s"), _("Report"), report.at)


def _last_here(actor: Actor, at: datetime) -> datetime:
    visits = Visit.objects.filter(seat_id=actor.seat_id) if actor.seat_id else Visit.objects.none()
    return max(visits.values_list("at", flat=True).first() or at - NEW, at - NEW)


def _due(line: Line, at: Any) -> Iterable[DeskItem]:
    state = line.state
    if state.ends_at is None or state.code not in (Code.ON_TIME, Code.LATE) or state.ends_at - at > SOON:
        return
    late = state.code is Code.LATE
    yield DeskItem(
        title=(_("Late: %s") if late else _("Due soon: %s")) % line.title,
        url=address(line.row),
        due=state.ends_at,
        zone=state.zone,
        kind=_("Commitment"),
        note=_("Report, or put another date forward."),
    )


def _item(line: Line, sentence: str, kind: str, since: Any) -> DeskItem:
    return DeskItem(title=sentence % line.title, url=address(line.row), kind=kind, since=since)


def cards() -> dict[str, Callable[[list[UUID], str], dict[UUID, Card]]]:
    """A card for each kind of row: the commitment it belongs to."""
    paths: dict[type[Model], str] = {
        Commitment: "", DueDate: "commitment", DateAnswer: "date__commitment", Report: "commitment", Ending: "commitment",
        Contact: "commitment", PublicStanding: "commitment",
    }  # fmt: skip
    found = {model._meta.label_lower: _card_of(model, path) for model, path in paths.items()}
    return {**found, PublicCommitment._meta.label_lower: public_cards, PublicReport._meta.label_lower: report_cards}


def public_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Public commitments by the words they tell: their readers may not know the commitment itself."""
    rows = list(PublicCommitment.objects.filter(pk__in=ids).select_related("format"))
    texts = wordings.of(rows)
    return {
        row.pk: Card(
            str(wordings.choose(texts.get(row.pk, {}).get("title", {}), language)) or _("Commitment"),
            reverse("commitment", kwargs={"format": row.format.slug, "commitment": row.commitment_id}),
        )
        for row in rows
        if row.format is not None
    }


def report_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Public reports by their commitment's public words."""
    commitments = dict(PublicReport.objects.filter(pk__in=ids).values_list("pk", "commitment_id"))
    told = dict(
        PublicCommitment.objects.filter(commitment_id__in=commitments.values())
        .order_by("at")
        .values_list("commitment_id", "pk")
    )
    cards = public_cards(list(told.values()), language)
    return {key: cards[told[each]] for key, each in commitments.items() if told.get(each) in cards}


def _card_of(model: type[Model], path: str) -> Callable[[list[UUID], str], dict[UUID, Card]]:
    def found(ids: list[UUID], language: str) -> dict[UUID, Card]:
        rows = list(model._default_manager.filter(pk__in=ids).select_related(f"{path}__format" if path else "format"))
        owners: dict[UUID, Commitment] = {}
        for row in rows:
            owner: Any = row
            for step in path.split("__") if path else ():
                owner = getattr(owner, step)
            owners[row.pk] = owner
        unique = {each.pk: each for each in owners.values()}
        texts = wordings.of(unique.values())
        return {
            key: Card(
                str(wordings.choose(texts.get(each.pk, {}).get("title", {}), language)) or _("Commitment"),
                address(each),
            )
            for key, each in owners.items()
        }

    return found


def samples() -> dict[str, Callable[[Any], dict[str, Any]]]:
    """Arguments for every route, for the tests that walk through the house."""
    one = ("", "_edit", "_contact", "_date", "_report", "_lapse", "_withdraw", "_public", "_public_withdraw")
    found: dict[str, Callable[[Any], dict[str, Any]]] = {f"commitment{name}": _one for name in one}
    found |= dict.fromkeys(("commitments", "commitment_propose", "commitment_announce"), _place)
    found |= dict.fromkeys(("follow_up", "follow_up_sheet", "follow_up_hand_in"), _meeting)
    found |= dict.fromkeys(("commitment", "commitment_public", "commitment_public_withdraw"), _public)
    found["issued_commitment"] = sample_issue
    found |= {"follow_up_draft": _draft, "commitment_answer": _answer, "commitment_report_correct": _report}
    return found


def canaries(world: Any) -> None:
    """Seed a commitment of one party, with a contact that party alone may read."""
    from sofra.cooperation import commands
    from sofra.cooperation.queries.lines import rows

    with world.act("RS"):
        made = commands.announce(
            format=world.format, title={"en": world.token("format")}, indicator={"en": world.token("format")},
            due=(now() + timedelta(days=30)).date(), zone="Europe/Istanbul",
        )  # fmt: skip
        row = rows().get(pk=made.pk)
        commands.name_contact(row, name=world.token("RS"))
        commands.report(row, on=now().date(), claim="in_progress", text={"en": world.token("format")})
        told = commands.announce(
            format=world.format, title={"en": world.token("public")}, indicator={"en": world.token("public")},
            due=(now() + timedelta(days=40)).date(), zone="Europe/Istanbul",
        )  # fmt: skip
        row = rows().get(pk=told.pk)
        said = [
            commands.report(row, on=now().date(), claim="in_progress", text={"en": world.token(holder)})
            for holder in ("public", "format")
        ]
        commands.name_contact(row, name=world.token("RS"))
        commands.make_public(row, reports=said[:1])
        commands.set_date(
            row, due=(now() + timedelta(days=90)).date(), zone="Europe/Istanbul",
            reason={"en": world.token("format")}, seen_date=row.dates.get().pk,
        )  # fmt: skip
        world.found["cooperation.public"] = told.pk
    _from_text(world)
    _from_bilateral(world)


def _from_bilateral(world: Any) -> None:
    """A commitment that came out of a bilateral of AL and ME, which the members read, and not where it came from."""
    from sofra.cooperation import commands
    from sofra.cooperation.queries.origins import bilateral_of

    with world.act("AL"):
        bilateral = bilateral_of(world.format.pk, world.found.get("bilaterals.request"))
        if bilateral is None:
            return
        commands.announce(
            format=world.format, title={"en": world.token("format")}, indicator={"en": world.token("format")},
            due=(now() + timedelta(days=50)).date(), zone="Europe/Istanbul", bilateral=bilateral,
        )  # fmt: skip


def _from_text(world: Any) -> None:
    """A commitment from a text all members have, with the words it is taken from."""
    from sofra.cooperation import commands
    from sofra.meetings.commands import issuing, outcomes
    from sofra.meetings.models import Meeting

    words, title = world.token("format"), world.token("format")
    with world.act("secretariat"):
        meeting = Meeting.objects.filter(format=world.format).order_by("day", "slug").first()
        if meeting is None:
            return
        summary = outcomes.draft_outcome(
            meeting=meeting, kind="chair_summary", texts={"en": outcomes.Text(words, f"The chair: {words}")}
        )
        issue = issuing.issue_outcome(outcome=summary, languages=["en"], audience="format")
        commands.propose_from_text(
            issue=issue, quotation=issuing.Quotation("en", (words,)), owner=world.parties["BA"], title={"en": title},
            indicator={"en": title}, due=(now() + timedelta(days=60)).date(), zone="Europe/Istanbul",
        )  # fmt: skip


def _first(world: Any) -> UUID:
    with world.act("secretariat"):
        row = Commitment.objects.filter(format=world.format).order_by("made_at").first()
    return row.pk if row is not None else uuid4()


def _place(world: Any) -> dict[str, Any]:
    return {"format": world.format.slug}


def _one(world: Any) -> dict[str, Any]:
    return {"format": world.format.slug, "commitment": _first(world)}


def _public(world: Any) -> dict[str, Any]:
    return {"format": world.format.slug, "commitment": world.found.get("cooperation.public") or _first(world)}


def _answer(world: Any) -> dict[str, Any]:
    key = _first(world)
    with world.act("secretariat"):
        row = DueDate.objects.filter(commitment=key).first()
    return {"format": world.format.slug, "commitment": key, "date": row.pk if row is not None else uuid4()}


def _report(world: Any) -> dict[str, Any]:
    with world.act("secretariat"):
        row = Report.objects.filter(commitment__format=world.format).order_by("at").first()
    if row is None:
        return {"format": world.format.slug, "commitment": _first(world), "report": uuid4()}
    return {"format": world.format.slug, "commitment": row.commitment_id, "report": row.pk}


def _draft(world: Any) -> dict[str, Any]:
    with world.act("RS"):
        row = SheetDraft.objects.filter(format=world.format).first()
    return {**_meeting(world), "draft": row.pk if row is not None else uuid4()}


def _meeting(world: Any) -> dict[str, Any]:
    from sofra.meetings.models import Meeting

    with world.act("secretariat"):
        row = Meeting.objects.filter(format=world.format).first()
    return {"format": world.format.slug, "meeting": row.slug if row is not None else "1"}
