"""What the secretariat puts out is held if it would break a meeting, until it says that it is sent anyway."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sofra.kernel import anyway
from sofra.kernel.models import AuditPayload
from sofra.lexicon import gate
from sofra.lexicon.commands.red_lines import Against, object_to_name
from sofra.meetings.commands import outcomes, releasing
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import Outcome
from tests.meetings.agenda_world import make_meeting
from tests.meetings.circulation_world import drafted as draft_of_document
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def objected(
    world: World, who: str = "RS", *, severity: str = "breaks", own: bool = False, term: str = "frontier"
) -> None:
    with world.act(who):
        object_to_name(
            format=None if own else world.format,
            against=Against(term=term, language="en", severity=severity, alternatives={"en": ("line",)}),
            reason={"en": "We say line"},
        )


def drafted(world: World, meeting, body: str = "The frontier opens.") -> Outcome:
    with world.act("secretariat"):
        return outcomes.draft_outcome(meeting=meeting, kind="decision", texts={"en": Text("Decision", body)})


def sent_anyway(world: World) -> list[str]:
    with world.act("secretariat"):
        return list(AuditPayload.objects.filter(action="lexicon.sent_anyway").values_list("body", flat=True))


def test_a_severe_finding_holds_a_decision_until_it_is_sent_anyway() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    outcome = drafted(world, meeting)
    with world.act("secretariat"):
        with pytest.raises(anyway.NeedsAnyway) as held:
            outcomes.release_outcome(outcome=outcome)
        assert [(each.text, each.voices[0].reason) for each in held.value.found] == [("frontier", "We say line")]
    assert sent_anyway(world) == []
    with world.act("secretariat"), anyway.said(True):
        outcomes.release_outcome(outcome=outcome)
    (told,) = sent_anyway(world)
    assert "frontier" in told
    assert "We say line" in told


def test_less_grave_objections_and_others_red_lines_hold_nothing() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world, severity="footnote", term="opens")
    objected(world, own=True)
    outcome = drafted(world, meeting)
    with world.act("secretariat"):
        outcomes.release_outcome(outcome=outcome)
    assert sent_anyway(world) == []


def test_an_objection_before_the_members_of_another_format_holds_nothing() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("RS"):
        object_to_name(
            format=world.other_format,
            against=Against(term="frontier", language="en", severity="breaks"),
            reason={"en": "So"},
        )
    outcome = drafted(world, meeting)
    with world.act("secretariat"):
        outcomes.release_outcome(outcome=outcome)


def test_a_document_of_the_secretariat_is_held_and_a_delegations_paper_never_is() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    own = draft_of_document(world, meeting, "Frontier note", text="The frontier opens.")
    with world.act("secretariat"), pytest.raises(anyway.NeedsAnyway):
        releasing.release_document(document=own, audience="format")
    from sofra.meetings.commands import circulation
    from sofra.meetings.commands.circulation import Content

    with world.act("AL"):
        paper = circulation.draft_document(
            meeting=meeting, kind="background", contents={"en": Content("Paper", "The frontier opens.")},
            party_id=world.parties["AL"].pk,
        )  # fmt: skip
        releasing.ask_circulation(document=paper, audience="format")
    with world.act("secretariat"):
        releasing.circulate(document=paper)
    assert sent_anyway(world) == []


def test_the_page_shows_what_was_found_and_asks_to_tick_a_box() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    outcome = drafted(world, meeting)
    client = client_of(world, "secretariat")
    url = reverse(
        "outcome_release", kwargs={"format": world.format.slug, "meeting": meeting.slug, "outcome": outcome.pk}
    )
    sentence = client.post(url, {}).context["sentence"]
    held = client.post(url, {"sentence": sentence})
    assert held.status_code == 422
    page = held.content.decode()
    assert "We say line" in page
    assert 'name="anyway"' in page
    again = client.post(url, {"anyway": "yes"})
    assert "checked" in again.content.decode().split('name="anyway"')[1][:40]
    done = client.post(url, {"sentence": again.context["sentence"], "anyway": "yes"})
    assert done.status_code == 303
    assert len(sent_anyway(world)) == 1


def test_the_gate_asks_the_same_for_one_wording_and_for_three() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    one = drafted(world, meeting)
    with world.act("secretariat"):
        texts = {code: Text("Decision", "The frontier opens.") for code in ("en", "tr", "sq")}
        three = outcomes.draft_outcome(meeting=meeting, kind="decision", texts=texts)

    def asked(row: Outcome) -> tuple[int, list[str]]:
        with world.act("secretariat"):
            gate.severe_in(row, None)
            with CaptureQueriesContext(connection) as queries:
                found = gate.severe_in(row, None)
        return len(queries), [f"{each.field} {each.language}" for each in found]

    assert asked(one) == (5, ["body en"])
    assert asked(three) == (5, ["body en", "body sq", "body tr"])
