"""The lexicon's tables: loaded whole and again without effect; proposed, ruled on, objected to; red lines for one alone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sofra.kernel.commands import database_now, enter_for
from sofra.kernel.models import Audience, AuditPayload, Change
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.lexicon.commands.designations import Said, propose_designation, rule_on_designation, withdraw_proposal
from sofra.lexicon.commands.red_lines import Against, object_to_name, withdraw_name_objection
from sofra.lexicon.engine.loading import read
from sofra.lexicon.models import Convention, Entity, EntityDesignation, Objection, ObjectionWithdrawal
from sofra.lexicon.presenting import small_lexicon
from sofra.lexicon.queries.entities import designations_of, names_of, search_entities
from sofra.lexicon.queries.objections import objections_against, objections_to_terms, red_lines
from tests.lexicon.entity_world import hall, loaded_small
from tests.support.world import World, make_world

OTHERS = ("TR", "secretariat", "observer", "facilitator", "visitor")


@pytest.fixture
def world(house) -> World:
    found = make_world()
    loaded_small()
    return found


def proposed(world: World, who: str = "RS", **more: object) -> EntityDesignation:
    with world.act(who):
        said = Said("en", str(more.pop("form", "Quillmont House")), citation=str(more.pop("citation", "A note")))
        return propose_designation(entity=hall(), format=world.format, said=said, reason={"en": "We say so"}, **more)  # type: ignore[arg-type]


def line(world: World, who: str = "RS", **more: object) -> Objection:
    with world.act(who):
        return object_to_name(format=None, against=Against(term="frontier", language="en"), reason={}, **more)  # type: ignore[arg-type]


def test_a_lexicon_loads_whole_and_again_without_effect(world):
    again = loaded_small()
    assert (again.total, again.uncited) == (0, [])
    assert Entity.objects.get(code="X-ANNEX").parent_id == hall().pk
    assert set(EntityDesignation.objects.values_list("status", flat=True)) == {"admitted"}
    assert Convention.objects.get().text == {"en": "Invented, for tests."}
    assert set(EntityDesignation.objects.values_list("audience", "owner_party", "format")) == {("public", None, None)}


def test_what_changed_in_the_file_is_audited_with_what_was_before(world):
    file = small_lexicon()
    file["entities"][0]["designations"][0] |= {"valid_to": "2025-05-01", "status": "superseded"}
    del file["entities"][1]
    done = loaded_small(file)
    assert done.changed == {"entitydesignation": 1}
    assert done.left == {"entity": 1, "entitydesignation": 1}
    assert not Entity.objects.get(code="X-ANNEX").current
    with world.act("secretariat"):
        told = AuditPayload.objects.filter(action="lexicon.loaded").latest("seq").body
    assert '"valid_to": ""' in told
    assert loaded_small().changed["entity"] == 1, "what comes back is current again"


def test_an_objection_that_cites_no_source_is_left_out(world):
    file = small_lexicon()
    file["objections"].append({"id": "x-bare", "viewpoint": "RS", "entity": "X-HALL", "severity": "breaks"})
    assert loaded_small(file).uncited == ["x-bare"]
    assert not Objection.objects.filter(key="x-bare").exists()


@pytest.mark.parametrize("who", ["RS", "observer", "facilitator", "visitor"])
def test_only_the_house_loads(world, who):
    from sofra.lexicon.commands.lexicon import load_lexicon

    with world.act(who), pytest.raises(NotAllowed):
        load_lexicon(read(small_lexicon()))


def test_a_delegation_proposes_its_own_usage_and_the_secretariat_admits_it_with_reason(world):
    row = proposed(world)
    assert (row.viewpoint, row.status, row.owner_party_id) == ("RS", "proposed", world.parties["RS"].pk)
    with world.act("AL"):
        assert EntityDesignation.objects.filter(pk=row.pk).exists()
        with pytest.raises(NotAllowed):
            rule_on_designation(designation=row, status="admitted", reason={"en": "Because"})
    with world.act("observer"):
        assert not EntityDesignation.objects.filter(pk=row.pk).exists()
    with world.act("secretariat"):
        with pytest.raises(Refusal):
            rule_on_designation(designation=row, status="admitted", reason={"en": " "})
        with pytest.raises(Refusal):
            rule_on_designation(designation=row, status="superseded", reason={"en": "Because"})
        rule_on_designation(designation=row, status="admitted", reason={"en": "The note has it"})
        row = next(each for each in designations_of(hall()) if each.pk == row.pk)
    assert (row.standing, row.status) == ("admitted", "proposed")
    assert Change.objects.filter(kind="lexicon.designation_admitted").count() == 1


def test_a_designation_is_superseded_by_another_of_its_language_alone(world):
    with world.act("secretariat"):
        english, turkish = (EntityDesignation.objects.get(entity=hall(), language=code) for code in ("en", "tr"))
        other = propose_designation(
            entity=hall(),
            format=world.format,
            said=Said("en", "Quillmont Court", citation="A note"),
            reason={"en": "Seen"},
        )
        with pytest.raises(Refusal):
            rule_on_designation(designation=english, status="superseded", reason={"en": "Newer"}, successor=turkish)
        rule_on_designation(designation=other, status="admitted", reason={"en": "Seen"})
        rule_on_designation(designation=english, status="superseded", reason={"en": "Newer"}, successor=other)
        assert loaded_small().total == 0, "the file does not undo a ruling"
        standing = {each.form: each.standing for each in designations_of(hall())}
    assert standing["Quillmont Hall"] == "superseded"


def test_the_secretariat_has_no_usage_of_its_own(world):
    with world.act("secretariat"), pytest.raises(Refusal):
        propose_designation(entity=hall(), format=world.format, said=Said("en", "The Hall"), reason={"en": "So"})


@pytest.mark.parametrize("who", ["observer", "facilitator", "visitor"])
def test_who_is_no_member_neither_proposes_nor_objects(world, who):
    with world.act(who), pytest.raises(NotAllowed):
        propose_designation(entity=hall(), format=world.format, said=Said("en", "Hall"), reason={"en": "So"})
    for format in (world.format, None):
        with world.act(who), pytest.raises(NotAllowed):
            object_to_name(format=format, against=Against(term="a", language="en"), reason={"en": "So"})


def test_a_proposal_is_withdrawn_by_who_made_it_and_by_nobody_else(world):
    row = proposed(world)
    for who in ("AL", "secretariat"):
        with world.act(who), pytest.raises(NotAllowed):
            withdraw_proposal(designation=row)
    with world.act("RS"):
        withdraw_proposal(designation=row)
        assert row.pk not in {each.pk for each in designations_of(hall())}


def test_an_objection_names_its_delegation_and_the_members_read_it(world):
    with world.act("RS"):
        made = object_to_name(
            format=world.format, against=Against(entity=hall(), form="Quillmont Hall", language="en", severity="breaks"),
            reason={"en": "We use another"},
        )  # fmt: skip
    with world.act("AL"):
        found = objections_against(hall(), "en")
        assert [(each.who_code, each.severity) for each in _coded(found)] == [("RS", "breaks"), ("", "footnote")]
        with pytest.raises(NotAllowed):
            withdraw_name_objection(objection=made)
    with world.act("secretariat"), pytest.raises(NotAllowed):
        withdraw_name_objection(objection=made)
    with world.act("RS"):
        withdraw_name_objection(objection=made)
        with pytest.raises(Refusal):
            withdraw_name_objection(objection=made)
        assert [each.source for each in objections_against(hall(), "en")] == ["invented"]


def _coded(rows):
    for row in rows:
        row.who_code = row.viewpoint
    return rows


def test_the_secretariat_has_no_objections_but_enters_those_it_received(world):
    against = Against(term="frontier", language="en")
    with world.act("secretariat"):
        with pytest.raises(NotAllowed):
            object_to_name(format=world.format, against=against, reason={"en": "So"})
        entry = enter_for(
            world.parties["BA"].pk, world.format.pk, channel="note", received_at=database_now(), reference="7"
        )
        made = object_to_name(format=world.format, against=against, reason={"en": "So"}, entry=entry)
        assert made.viewpoint == "BA"
        with pytest.raises(Refusal):
            object_to_name(format=None, against=against, reason={}, entry=entry)
    with world.act("BA"):
        withdraw_name_objection(objection=made)
        assert [each.term for each in objections_to_terms("en")] == ["quillfence"]


def test_the_secretariat_enters_that_a_delegation_withdrew_its_own_objection(world):
    with world.act("RS"):
        made = object_to_name(format=world.format, against=Against(term="frontier", language="en"), reason={"en": "So"})
    with world.act("secretariat"):
        entries = {
            code: enter_for(
                world.parties[code].pk, world.format.pk, channel="note", received_at=database_now(), reference="8"
            )
            for code in ("AL", "RS")
        }
        with pytest.raises(NotAllowed):
            withdraw_name_objection(objection=made, entry=entries["AL"])
        withdraw_name_objection(objection=made, entry=entries["RS"])
        with pytest.raises(Refusal):
            withdraw_name_objection(objection=made, entry=entries["RS"])
        (row,) = ObjectionWithdrawal.objects.all()
        assert (row.owner_party_id, row.entry_id) == (world.parties["RS"].pk, entries["RS"].pk)
    with world.act("AL"):
        assert [each.term for each in objections_to_terms("en")] == ["quillfence"]
        assert Change.objects.filter(kind="lexicon.objection_withdrawn").count() == 1
    with world.act("RS"):
        object_to_name(format=world.format, against=Against(term="frontier", language="en"), reason={"en": "Again"})


def test_a_red_line_is_seen_by_its_delegation_alone(world):
    made = line(world)
    for who in OTHERS:
        with world.act(who):
            assert not Objection.objects.filter(pk=made.pk).exists()
            assert not Change.objects.filter(subject_id=made.pk).exists()
            assert not AuditPayload.objects.filter(subject=made.pk).exists()
            assert red_lines("en") == []
    with world.act("RS"):
        assert [each.pk for each in red_lines("en")] == [made.pk]
        assert AuditPayload.objects.filter(subject=made.pk).exists()


def test_the_database_refuses_anothers_hand_on_a_red_line(world):
    made = line(world)
    for who in OTHERS:
        with world.act(who):
            assert Objection.objects.filter(pk=made.pk).update(severity="breaks") == 0
    with world.act("secretariat"), pytest.raises(DatabaseError), transaction.atomic():
        Objection.objects.create(
            viewpoint="RS", term="a", language="en", severity="breaks", audience=Audience.DELEGATION,
            owner_party=world.parties["RS"],
        )  # fmt: skip


def test_an_objection_of_nobody_cannot_be_written(world):
    with world.act("secretariat"), pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(viewpoint="", term="a", language="en", severity="breaks", audience=Audience.PUBLIC)


def test_an_entity_is_shown_by_all_its_names_side_by_side(world):
    file = small_lexicon()
    file["entities"][0]["designations"].append({"language": "en", "form": "Amber House", "source": "invented"})
    loaded_small(file)
    with world.act("visitor"):
        assert names_of([hall()], "en")[hall().pk].text == "Amber House / Quillmont Hall"
        shown = names_of([hall()], "sq")[hall().pk]
        assert (shown.language, shown.text) == ("en", "Amber House / Quillmont Hall")


def test_search_finds_what_one_may_read(world):
    proposed(world, form="Zephyr House")
    with world.act("AL"):
        assert [row.code for row in search_entities("zephyr", [], "en")] == ["X-HALL"]
    with world.act("observer"):
        assert search_entities("zephyr", [], "en") == []
        assert [row.code for row in search_entities("annex", ["X-HALL"], "en")] == ["X-ANNEX", "X-HALL"]
