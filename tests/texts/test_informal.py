"""Informal wordings: read without a name, taken from view by their author, and nothing else tells whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from sofra.kernel.models import Held
from sofra.kernel.refusals import NotAllowed
from sofra.texts.commands.informal import next_step, put_forward, take_from_view
from sofra.texts.models import Informal, InformalOwn, Text
from sofra.texts.queries.informal import informals_on
from tests.meetings.agenda_world import make_meeting
from tests.support.world import World
from tests.texts.texts_world import make_text, paragraph_of

pytestmark = pytest.mark.usefixtures("house")
NOW = timedelta(0)


@pytest.fixture
def text(world: World) -> Text:
    return make_text(world, make_meeting(world))


def forward(world: World, who: str, text: Text, wording: str, step: timedelta = NOW) -> InformalOwn:
    paragraph = paragraph_of(world, text, 1, who)
    with world.act(who):
        return put_forward(paragraph=paragraph, language="en", wording=wording, step=step)


def read_by(world: World, who: str, text: Text) -> list[str]:
    paragraph = paragraph_of(world, text, 1, who)
    with world.act(who):
        return [each.wording for each in informals_on(paragraph.pk)]


def test_an_informal_wording_is_read_by_all_members_with_nobodys_name(world: World, text: Text) -> None:
    forward(world, "AL", text, "We build slowly.")
    for who in ("RS", "secretariat"):
        assert read_by(world, who, text) == ["We build slowly."]
        with world.act(who):
            assert not InformalOwn.objects.exists()
            row = Informal.objects.get()
            assert (row.owner_party_id, row.entry_id, row.readers) == (None, None, [])
    assert read_by(world, "AL", text) == ["We build slowly."]


def test_it_comes_into_view_at_a_full_step_and_for_nobody_before(world: World, text: Text) -> None:
    forward(world, "AL", text, "We build slowly.", timedelta(days=3000))
    for who in ("RS", "secretariat", "observer"):
        with world.act(who):
            assert not Informal.objects.exists()
    assert read_by(world, "AL", text) == ["We build slowly."]


@pytest.mark.parametrize(("minute", "shown"), [(0, 10), (4, 10), (5, 20), (9, 20)])
def test_the_step_is_at_least_half_a_step_ahead(minute: int, shown: int) -> None:
    found = next_step(datetime(2027, 1, 1, 9, minute, 30 if minute else 0, tzinfo=UTC), timedelta(minutes=10))
    assert found == datetime(2027, 1, 1, 9, shown, tzinfo=UTC)


def test_taken_from_view_nobody_but_its_author_reads_it_and_it_is_not_lost(world: World, text: Text) -> None:
    own = forward(world, "AL", text, "We build slowly.")
    for who in ("RS", "secretariat"):
        with world.act(who), pytest.raises(NotAllowed):
            take_from_view(own=own)
    with world.act("AL"):
        take_from_view(own=own)
    for who in ("RS", "secretariat"):
        assert read_by(world, who, text) == []
        with world.act(who):
            assert not Informal.objects.exists()
    assert read_by(world, "AL", text) == ["We build slowly."]


def test_the_secretariat_enters_none_for_a_delegation(world: World, text: Text) -> None:
    with pytest.raises(NotAllowed):
        forward(world, "secretariat", text, "We build slowly.")


def everything(world: World, who: str) -> dict[str, list[Any]]:
    """All that somebody reads of every table behind the walls, but for random identities."""
    found = {}
    with world.act(who):
        for model in apps.get_models():
            if not issubclass(model, Held):
                continue
            skipped = {"id", "salt", "subject", "subject_id", "chain", "seq"}
            names = [each.attname for each in model._meta.concrete_fields if each.attname not in skipped]
            rows = list(model.objects.order_by("readable_from", "pk").values_list(*names))
            instants = {names.index(name) for name in names if name in ("at", "readable_from")}
            found[model._meta.label] = [
                tuple(str(value) for place, value in enumerate(row) if place not in instants) for row in rows
            ]
    return found


def test_what_others_read_is_the_same_whoever_put_it_forward(world: World, text: Text) -> None:
    """In rows, counts, the audit, changes and their order: exchanged delegations leave exchanged words, and nothing else."""
    seen: dict[str, list[dict[str, list[Any]]]] = {"TR": [], "secretariat": [], "observer": []}
    for authors in (("AL", "RS"), ("RS", "AL")):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            first = forward(world, authors[0], text, "We build slowly.")
            forward(world, authors[1], text, "We build soon.")
            with world.act(authors[0]):
                take_from_view(own=first)
            for who, found in seen.items():
                found.append(everything(world, who))
            raise ZeroDivisionError
    for who, (one, other) in seen.items():
        assert one == other, who
    assert any("We build soon." in str(row) for row in seen["TR"][0]["texts.Informal"])
