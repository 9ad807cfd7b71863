"""A wording is emptied by saying so; what it said stays in the audit, and search does not find it any more."""

from __future__ import annotations

import json

import pytest

from sofra.kernel import wordings
from sofra.kernel.models import AuditPayload, SearchDocument, Wording
from sofra.kernel.refusals import Refusal
from sofra.kernel.search import find
from sofra.meetings.commands import agenda, outcomes
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import AgendaItem
from tests.meetings.agenda_world import make_meeting
from tests.support.world import make_world

pytestmark = pytest.mark.usefixtures("house")


def test_an_emptied_language_is_gone_from_view_and_its_words_stay_in_the_audit() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("AL"):
        made = agenda.propose(
            meeting=meeting, title={"en": "Corridors", "tr": "Koridorlar"}, note={"en": "Aaa", "tr": "Bbb"}
        )
        agenda.submit_item(item=made)
        assert [found.title for found in find("koridorlar", "tr")] == ["Koridorlar"]
        agenda.edit_item(
            item=AgendaItem.objects.get(), seen_version=None, title={"en": "Corridors", "tr": ""}, note={"tr": " "},
            themes=[], urgency="urgent",
        )  # fmt: skip
    with world.act("RS"):
        assert wordings.of([made])[made.pk] == {"title": {"en": "Corridors"}, "note": {"en": "Aaa"}}
        assert find("koridorlar", "tr") == []
        assert list(SearchDocument.objects.filter(language="tr").values_list("title", "body")) == [("", "")]
    with world.act("AL"):
        said = [json.loads(row.body) for row in AuditPayload.objects.filter(action="wording.emptied")]
        found = [row.get("details", row) for row in said]
        assert sorted((each["field"], each["language"], each["said"]) for each in found) == [
            ("note", "tr", "Bbb"),
            ("title", "tr", "Koridorlar"),
        ]


def test_what_is_not_named_stays_and_an_emptied_wording_can_be_written_again() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        assert wordings.put(meeting, "title", {"en": "Third", "tr": "Üçüncü"}) is True
        assert wordings.put(meeting, "title", {"en": "Third"}) is False
        assert wordings.put(meeting, "title", {"en": "Third", "tr": "", "sq": ""}) is True
        assert wordings.put(meeting, "title", {"tr": ""}) is False
        assert wordings.of([meeting])[meeting.pk] == {"title": {"en": "Third"}}
        assert wordings.put(meeting, "title", {"tr": "Üçüncü toplantı"}) is True
        assert wordings.of([meeting])[meeting.pk]["title"]["tr"] == "Üçüncü toplantı"
        assert Wording.objects.filter(subject_id=meeting.pk).count() == 2


def test_a_language_of_an_outcome_can_be_emptied_but_not_its_last_title() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        row = outcomes.draft_outcome(
            meeting=meeting, kind="decision", texts={"en": Text("One", "Text"), "tr": Text("Bir", "Metin")}
        )
        outcomes.edit_outcome(outcome=row, seen_version=None, texts={"en": Text("One", "Text"), "tr": Text("", "")})
        assert set(wordings.of([row])[row.pk]["body"]) == {"en"}
        with pytest.raises(Refusal):
            outcomes.edit_outcome(outcome=row, seen_version=None, texts={"en": Text(""), "tr": Text("")})
