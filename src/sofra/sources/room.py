"""What the record brings to the house."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.rooms import Nav, Room
from sofra.sources.commands.facts import load_claims, load_discrepancies
from sofra.sources.commands.ground import load_formats, load_parties, load_sources, load_subjects


def _home(_actor: Actor, language: str) -> tuple[str, dict[str, Any]]:
    from sofra.sources import queries

    counts = queries.counts()
    return "sources/_home_part.html", {"meetings": queries.past_meetings(language), "counts": counts}


def _sample_claim(_world: Any) -> dict[str, Any]:
    from sofra.sources.models import Claim

    found = Claim.objects.filter(current=True, audience="public").values_list("pk", flat=True).first()
    return {"claim_id": found or uuid4()}


def _sample_comment(_world: Any) -> dict[str, Any]:
    from sofra.sources.models import Comment

    return {"comment_id": Comment.objects.values_list("pk", flat=True).first() or uuid4()}


ROOM = Room(
    name="sources",
    title=_("Record"),
    order=20,
    nav=(Nav(_("Record"), "record_home", "house", 20, "r"),),
    home=_home,
    samples={
        "record_meeting": lambda _world: {"slug": "first"},
        "record_section": lambda _world: {"section": "figures"},
        "record_source": lambda _world: {"key": "s000"},
        "record_claim": _sample_claim,
        "record_comment": _sample_claim,
        "record_ask_release": _sample_claim,
        "record_release": _sample_claim,
        "record_comment_correct": _sample_comment,
        "record_comment_release": _sample_comment,
        "record_comment_withdraw": _sample_comment,
    },
    changes={
        "record.source_changed": _("A source of the record was described anew"),
        "record.subject_changed": _("An entry of the record was described anew"),
        "record.claim_superseded": _("A fact of the record was superseded"),
        "record.discrepancy_changed": _("A discrepancy of the record was described anew"),
        "record.comment_written": _("A comment on the record was written"),
        "record.comment_corrected": _("A comment on the record was corrected"),
        "record.comment_released": _("A comment on the record was released"),
        "record.comment_withdrawn": _("A comment on the record was withdrawn"),
        "record.release_asked": _("The members were asked to release a claim of the record"),
        "record.released_by_member": _("A member released a claim of the record"),
        "record.claim_released": _("A claim of the record was released by all members"),
        "record.discrepancy_released": _("A discrepancy of the record was released by all members"),
    },
    record_sections={
        "parties": load_parties,
        "formats": load_formats,
        "sources": load_sources,
        "subjects": load_subjects,
        "claims": load_claims,
        "discrepancies": load_discrepancies,
    },
)
