"""How the lexicon's rows stand in a list of changes, what is loaded before the doors open, and samples for the house's tests."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from sofra.kernel import acting, recording
from sofra.kernel.models import Audience
from sofra.kernel.rooms import Card
from sofra.lexicon.commands.lexicon import load_lexicon
from sofra.lexicon.models import Entity, EntityDesignation, Objection, ObjectionWithdrawal, Ruling


def designation_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Designations by their form, on the page of their entity."""
    rows = EntityDesignation.objects.filter(pk__in=ids).values_list("pk", "form", "entity_id")
    return {key: Card(form, _page(entity)) for key, form, entity in rows}


def ruling_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Rulings by the form they speak of."""
    rows = Ruling.objects.filter(pk__in=ids).values_list("pk", "designation__form", "designation__entity_id")
    return {key: Card(form, _page(entity)) for key, form, entity in rows}


def objection_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Objections by what they speak of; a red line on the page of red lines."""
    from sofra.lexicon.queries.objections import present_objections

    found = {}
    for row in present_objections(Objection.objects.filter(pk__in=ids), language):
        if row.audience == Audience.DELEGATION:
            url = reverse("red_lines")
        else:
            url = _page(row.entity_id) + "#objections" if row.entity_id else reverse("lexicon_terms")
        found[row.pk] = Card(row.said or row.shown, url)  # type: ignore[attr-defined]
    return found


def withdrawal_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Withdrawals as the objections that they end."""
    of = dict(ObjectionWithdrawal.objects.filter(pk__in=ids).values_list("pk", "objection_id"))
    cards = objection_cards(list(of.values()), language)
    return {key: cards[objection] for key, objection in of.items() if objection in cards}


def _page(entity: UUID) -> str:
    return reverse("lexicon_entity", kwargs={"entity": entity})


def opening(_with_record: bool, _with_demonstration: bool) -> None:
    """Bring the tables to what the lexicon says that came with the package; doing it again changes nothing."""
    from sofra.lexicon.engine.loading import load

    with acting.acting_as_house():
        load_lexicon(load())


def canaries(world: Any) -> None:
    """A designation proposed and one ruled on before the members, an objection of a delegation, and red lines of two."""
    from sofra.lexicon import gate
    from sofra.lexicon.commands.designations import Said, propose_designation, rule_on_designation
    from sofra.lexicon.commands.entities import add_entity
    from sofra.lexicon.commands.red_lines import Against, object_to_name, withdraw_name_objection
    from sofra.lexicon.engine.loading import read
    from sofra.lexicon.queries.sent import SENT

    token = world.token
    with acting.acting_as_house():
        load_lexicon(read(small_lexicon(token("public"))))
    entity = Entity.objects.get(code="X-HALL")
    with world.act("RS"):
        said = Said("en", token("format"), citation=token("format"))
        proposed = propose_designation(entity=entity, format=world.format, said=said, reason={"en": token("format")})
        against = Against(entity=entity, alternatives={"en": (token("format"),)}, citation=token("format"))
        objection = object_to_name(format=world.format, against=against, reason={"en": token("format")})
        against = Against(term=token("format"), language="en")
        ended = object_to_name(format=world.format, against=against, reason={"en": token("format")})
        withdraw_name_objection(objection=ended)
    with world.act("secretariat"):
        rule_on_designation(designation=proposed, status="admitted", reason={"en": token("format")})
        add_entity(format=world.format, kind="mechanism", said=Said("en", token("format"), citation=token("format")))
        voices = [{"who": token("secretariat"), "severity": "breaks", "reason": token("secretariat")}]
        held = {"field": "title", "language": "en", "text": token("secretariat"), "at": [0, 1], "voices": voices}
        details = {"table": gate.table_of(proposed), "found": [held]}
        recording.record(SENT, gate.inward(proposed), details, visible=False)
        said = Said("tr", token("format"), citation=token("format"))
        open_one = propose_designation(entity=entity, format=world.format, said=said, reason={"en": token("format")})
    for code in ("AL", "RS"):
        with world.act(code):
            for term in (token(code), token(code)):
                line = object_to_name(
                    format=None,
                    against=Against(
                        term=term,
                        language="en",
                        left=(token(code),),
                        alternatives={"en": (token(code),)},
                        citation=token(code),
                    ),
                    reason={"en": token(code)},
                )
            withdraw_name_objection(objection=line)
            # What is sampled stands still.
            world.found[f"lexicon.red_line.{code}"] = object_to_name(
                format=None, against=Against(entity=entity, form=token(code), language="en"), reason={}
            )
    world.found |= {"lexicon.entity": entity, "lexicon.proposal": open_one, "lexicon.said_no": objection}


def small_lexicon(word: str = "hall") -> dict[str, Any]:
    """A lexicon of invented names in the shape of a file, for tests and canaries."""
    return {
        "format": "sofra.lexicon/1",
        "sources": {"invented": {"title": f"An invented document {word}", "publisher": "Tests", "date": "2025"}},
        "entities": [
            {
                "id": "X-HALL",
                "kind": "institution",
                "designations": [
                    {"language": "en", "form": "Quillmont Hall", "paradigm": "name", "source": "invented"},
                    {"language": "tr", "form": "Tüydağ Konağı", "source": "invented", "footnote": "x-note"},
                ],
            },
            {
                "id": "X-ANNEX",
                "kind": "place",
                "parent": "X-HALL",
                "designations": [
                    {"language": "en", "form": "Quillmont Annex", "paradigm": "name", "source": "invented"}
                ],
            },
        ],
        "objections": [
            {
                "id": "x-objection",
                "entity": "X-HALL",
                "designation": "Quillmont Hall",
                "severity": "footnote",
                "reason": {"en": f"A document asks for a footnote {word}."},
                "alternatives": {"en": ["Quillmont"]},
                "source": "invented",
            },
            {
                "id": "x-term",
                "term": {"language": "en", "form": "quillfence", "paradigm": "s"},
                "severity": "discouraged",
                "reason": {"en": "A document prefers other words."},
                "alternatives": {"en": ["quill line"]},
                "source": "invented",
            },
        ],
        "conventions": [
            {
                "id": "x-note",
                "kind": "footnote",
                "title": f"An invented footnote {word}",
                "text": {"en": "Invented, for tests."},
                "context": "Tests alone.",
                "source": "invented",
            }
        ],
    }


SAMPLES = {
    **dict.fromkeys(
        ("api_entity", "lexicon_entity", "lexicon_propose", "lexicon_object"),
        lambda world: {"entity": world.found["lexicon.entity"].pk},
    ),
    **dict.fromkeys(
        ("lexicon_rule", "lexicon_withdraw"), lambda world: {"designation": world.found["lexicon.proposal"].pk}
    ),
    "lexicon_take_back": lambda world: {"objection": world.found["lexicon.said_no"].pk},
}
