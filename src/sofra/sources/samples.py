"""What the tests that walk every page find in this room: a small record with rows that hold tokens others must never see."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sofra.kernel import acting
from sofra.sources import commands
from sofra.sources.commands.facts import load_claims, load_discrepancies
from sofra.sources.commands.ground import load_sources, load_subjects
from sofra.sources.models import Claim, Comment

SAMPLE = "canaries"


def canaries(world: Any) -> None:
    """A past meeting with a public claim, one kept to the secretariat, one before the members; a party's own comment."""
    kept, asked = world.token("secretariat"), world.token("format")
    here = {"format": world.format.slug}
    said = {"predicate": "message", "modality": "reported", "subject": SAMPLE, "evidence": [{"source": SAMPLE}], **here}

    def secret(id_: str, token: str) -> dict[str, Any]:
        noted = [{"source": SAMPLE, "note": {"en": token}}]
        data = {"speaker": {"en": token}}
        return {
            **said,
            "id": id_,
            "text": {"en": token},
            "note": {"en": token},
            "data": data,
            "evidence": noted,
            "sensitivity": "status",
        }

    with acting.acting_as_house():
        load_sources([{"key": SAMPLE, "kind": "document", "title": {"en": "A document of the tests"}, **here}])
        load_subjects(
            [{"id": SAMPLE, "kind": "meeting", "slug": SAMPLE, "name": {"en": "A meeting of the tests"}, **here}]
        )
        load_claims(
            [
                {**said, "id": f"{SAMPLE}.open", "text": {"en": "Open."}},
                secret(f"{SAMPLE}.kept", kept),
                secret(f"{SAMPLE}.asked", asked),
            ]
        )
        sides = [{"label": label, "sources": [SAMPLE], "text": {"en": kept}, "claims": []} for label in "ab"]
        row = {"id": SAMPLE, "kind": "conflict", "about": {"en": kept}, "sides": sides, "sensitivity": "status", **here}
        load_discrepancies([row | {"subject": SAMPLE}])
    with world.act("secretariat"):
        commands.ask_release(Claim.objects.get(record_id=f"{SAMPLE}.asked"))
    with world.act("AL"):
        commands.write_comment(Claim.objects.get(record_id=f"{SAMPLE}.open"), "en", world.token("AL"))


def sample_claim(_world: Any) -> dict[str, Any]:
    """A public claim; an id of nothing where there is none."""
    rows = Claim.objects.filter(current=True, audience="public").order_by("-recorded_at")
    return {"claim_id": rows.values_list("pk", flat=True).first() or uuid4()}


def sample_comment(_world: Any) -> dict[str, Any]:
    """A comment the actor may read; an id of nothing where there is none."""
    return {"comment_id": Comment.objects.values_list("pk", flat=True).first() or uuid4()}


SAMPLES = {
    "record_meeting": lambda _world: {"slug": SAMPLE},
    "record_section": lambda _world: {"section": "figures"},
    "record_source": lambda _world: {"key": SAMPLE},
    "record_claim": sample_claim,
    "record_comment": sample_claim,
    "record_ask_release": sample_claim,
    "record_release": sample_claim,
    "record_comment_correct": sample_comment,
    "record_comment_release": sample_comment,
    "record_comment_withdraw": sample_comment,
}
