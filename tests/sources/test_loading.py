"""Loading a record: twice is once, a changed fact supersedes, the audit says so."""

from __future__ import annotations

import copy

import pytest

from sofra.kernel import acting
from sofra.kernel.models import AuditPayload, Change, Format, Membership, Party, Wording
from sofra.kernel.refusals import NotAllowed
from sofra.lexicon.models import PartyWording
from sofra.sources import commands, models
from sofra.sources.engine.document import Document

ROWS = {
    "party": Party,
    "format": Format,
    "membership": Membership,
    "source": models.Source,
    "subject": models.Subject,
    "claim": models.Claim,
    "evidence": models.Evidence,
    "discrepancy": models.Discrepancy,
    "side": models.Side,
    "wording": Wording,
    "name": PartyWording,
    "audit": AuditPayload,
    "change": Change,
}


def counts() -> dict[str, int]:
    return {name: model.objects.count() for name, model in ROWS.items()}


def changed_fact(document: Document, id_: str, **changes: object) -> Document:
    other = copy.deepcopy(document)
    for row in other["claims"]:
        if row["id"] == id_:
            row.update(changes)
    return other


def test_loading_a_second_time_changes_nothing(world, document):
    with acting.acting_as_house():
        before = counts()
        loaded = commands.load_record(document)
        assert loaded.total == 0
    with acting.acting_as_house():
        assert counts() == before


def test_the_record_holds_what_the_file_holds(world, document):
    with acting.acting_as_house():
        assert models.Source.objects.count() == 30
        assert models.Subject.objects.count() == 95
        assert models.Claim.objects.count() == 285
        assert models.Discrepancy.objects.count() == 15
        assert PartyWording.objects.count() == 37
        assert Membership.objects.filter(format=world.format).count() == 7


def test_croatia_sits_in_one_consultation_only(world):
    with acting.acting_as_house():
        found = Membership.objects.filter(party=world.parties["HR"]).values_list("format__slug", flat=True)
        assert list(found) == ["trilateral-consultation-1"]


def test_a_changed_fact_supersedes_the_old_one_and_the_audit_keeps_both(world, document):
    text = {"en": "The chair was another.", "tr": "Başkan bir başkasıydı."}
    with acting.acting_as_house():
        before = counts()
        loaded = commands.load_record(changed_fact(document, "BPP-1.chair", text=text))
        assert {name: number for name, number in loaded.changed.items() if number} == {"claims": 1}
    with acting.acting_as_house():
        after = counts()
        assert after["claim"] == before["claim"] + 1
        assert after["audit"] == before["audit"] + 1
        assert after["change"] == before["change"] + 1
        new = models.Claim.objects.get(record_id="BPP-1.chair", current=True)
        old = models.Claim.objects.get(record_id="BPP-1.chair", current=False)
        assert old.superseded_by == new
        assert Wording.objects.get(subject_id=new.pk, field="text", language="tr").text == "Başkan bir başkasıydı."
        assert (
            Wording.objects.get(subject_id=old.pk, field="text", language="en").text
            == "Hakan Fidan chaired the meeting."
        )
        payload = AuditPayload.objects.get(action="record.claim_superseded")
        assert "Hakan Fidan chaired the meeting." in payload.body


def test_only_the_house_loads_a_record(world, document):
    for who in ("visitor", "secretariat", "RS", "observer"):
        with world.act(who), pytest.raises(NotAllowed):
            commands.load_record(document)


def test_a_fact_that_becomes_sensitive_leaves_the_public_at_once(world, document):
    with acting.acting_as_house():
        commands.load_record(changed_fact(document, "C5", sensitivity="status"))
    with world.act("visitor"):
        assert not models.Claim.objects.filter(record_id="C5", current=True).exists()
