"""What the record brings to the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.rooms import Nav, Room
from sofra.sources.commands.facts import load_claims, load_discrepancies
from sofra.sources.commands.ground import load_formats, load_parties, load_sources, load_subjects


def _home(_actor: Actor, language: str) -> tuple[str, dict[str, Any]]:
    from sofra.sources import queries

    counts = queries.counts()
    return "sources/_home_part.html", {"meetings": queries.past_meetings(language), "counts": counts}


def _canaries(world: Any) -> None:
    from sofra.sources import samples

    samples.canaries(world)


def _sampled(name: str) -> Callable[[Any], dict[str, Any]]:
    def sample(world: Any) -> dict[str, Any]:
        from sofra.sources.samples import SAMPLES

        return SAMPLES[name](world)

    return sample


_ROUTES_WITH_ARGUMENTS = (
    "record_meeting",
    "record_section",
    "record_source",
    "record_claim",
    "record_comment",
    "record_ask_release",
    "record_release",
    "record_comment_correct",
    "record_comment_release",
    "record_comment_withdraw",
)

ROOM = Room(
    name="sources",
    title=_("Record"),
    order=20,
    nav=(Nav(_("Record"), "record_home", "house", 20, "r"),),
    home=_home,
    home_order=90,  # what is ahead stands before what is past
    samples={name: _sampled(name) for name in _ROUTES_WITH_ARGUMENTS},
    canaries=_canaries,
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
