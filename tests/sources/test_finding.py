"""The record can be found by searching: every fact with words, in each language, by those who may read it and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from sofra.kernel import acting, rooms, search
from sofra.kernel.models import SearchDocument
from sofra.kernel.refusals import NotAllowed
from sofra.lexicon.indexing import KINDS, index_record
from sofra.sources import commands, models
from tests.sources.test_loading import changed_fact


def found(words: str, language: str = "en") -> list[str]:
    return [f"{each.kind}: {each.title}" for each in search.find(words, language)]


def test_a_public_claim_is_found_in_both_languages_with_the_names_of_parties(world):
    with world.act("visitor"):
        assert (
            "claim: Trade of Türkiye with the platform's participants comes to approximately 7 billion US dollars."
            in (found("trade approximately billion"))
        )
        assert any("Türkiye" in each and each.startswith("claim") for each in found("ticaret milyar", "tr"))
        assert not any("{" in each for each in found("Kosovo") + found("Kosova", "tr"))


def test_entries_meetings_sources_and_differences_are_found_too(world):
    with world.act("visitor"):
        kinds = {
            each.kind
            for words in ("meeting platform", "KFOR", "topics", "photograph")
            for each in search.find(words, "en")
        }
    assert kinds == set(KINDS)


def test_what_is_found_leads_to_pages_that_hold_it(world):
    with acting.acting_as_house():
        addresses = set(SearchDocument.objects.filter(kind__in=KINDS, audience="public").values_list("url", flat=True))
    pages: dict[str, str] = {}
    lost = []
    for address in addresses:
        path, _, anchor = f"/en/{address}".partition("#")
        if "/claims/" in path:
            continue
        if path not in pages:
            response = Client().get(path)
            pages[path] = response.content.decode() if response.status_code == 200 else ""
        if not pages[path] or (anchor and f'id="{anchor}"' not in pages[path]):
            lost.append(address)
    assert lost == []


def test_every_public_claim_that_has_a_sentence_has_a_document_in_both_languages(world):
    with acting.acting_as_house():
        public = models.Claim.objects.filter(current=True, audience="public")
        silent = {row.record_id for row in public if row.data.get("mentioned") or not _words(row)}
        indexed = set(SearchDocument.objects.filter(kind="claim", language="tr").values_list("subject_id", flat=True))
        assert {row.record_id for row in public if row.pk not in indexed} == silent


def _words(row: models.Claim) -> bool:
    from sofra.kernel.models import Wording

    return Wording.objects.filter(subject_id=row.pk, field__in=("text", "title")).exists() or "form" in row.data


def test_a_claim_kept_back_is_found_by_the_secretariat_alone_until_the_members_are_asked(world):
    words = "more than 100 recognised"
    with world.act("secretariat"):
        assert len(found(words)) == 1
        claim = models.Claim.objects.get(record_id="F9")
    for who in ("visitor", "RS", "observer", "facilitator"):
        with world.act(who):
            assert found(words) == []
    with world.act("secretariat"):
        commands.ask_release(claim)
    with world.act("RS"):
        assert len(found(words)) == 1
    for who in ("visitor", "observer", "facilitator"):
        with world.act(who):
            assert found(words) == []


def test_loading_again_writes_no_document_and_a_changed_fact_is_found_by_its_new_words_only(world, document):
    with acting.acting_as_house():
        before = SearchDocument.objects.count()
        commands.load_record(document)
        assert (index_record(), SearchDocument.objects.count()) == (0, before)
        text = {"en": "The xylophone played.", "tr": "Ksilofon çaldı."}
        commands.load_record(changed_fact(document, "BPP-1.chair", text=text))
        assert SearchDocument.objects.count() == before
    with world.act("visitor"):
        assert found("xylophone") == ["claim: The xylophone played."]
        assert "claim: Hakan Fidan chaired the meeting." not in found("Fidan chaired")


def test_a_fact_that_becomes_sensitive_is_found_by_no_visitor_from_then_on(world, document):
    with world.act("visitor"):
        sentence = search.find("Fidan chaired", "en")[0]
        assert sentence.kind == "claim"
    with acting.acting_as_house():
        commands.load_record(changed_fact(document, "BPP-1.chair", sensitivity="status"))
    with world.act("visitor"):
        assert [each for each in search.find("Fidan chaired", "en") if each.title == sentence.title] == []


def test_only_the_house_writes_the_records_documents(world):
    for who in ("visitor", "secretariat", "RS"):
        with world.act(who), pytest.raises(NotAllowed):
            index_record()


def test_every_kind_that_search_finds_has_a_word(world):
    with acting.acting_as_house():
        kinds = set(SearchDocument.objects.values_list("kind", flat=True))
    assert [kind for kind in kinds if rooms.found_word(kind) == kind] == []
