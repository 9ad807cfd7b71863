"""The secretariat's words are looked at as they are saved; a delegation's for itself alone, and nothing of it is kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sofra.kernel import anyway
from sofra.kernel.models import AuditPayload, Change
from sofra.meetings.commands import agenda, convening, cycle, outcomes
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import AgendaItem, Meeting, Outcome
from tests.meetings.agenda_world import entry_for, make_meeting
from tests.meetings.test_gate import objected, sent_anyway
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def place(world: World, meeting: Meeting, name: str, **more: object) -> str:
    return reverse(name, kwargs={"format": world.format.slug, "meeting": meeting.slug, **more})


def told(world: World) -> tuple[int, int]:
    """All audit entries and change rows there are, as the database's owner of everything in them counts."""
    with world.act("secretariat"):
        secretariats = AuditPayload.objects.count(), Change.objects.count()
    with world.act("AL"):
        own = AuditPayload.objects.count(), Change.objects.count()
    return secretariats[0] + own[0], secretariats[1] + own[1]


def test_a_draft_is_kept_and_its_author_goes_back_to_the_remarks_beside_the_field() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    client = client_of(world, "secretariat")
    sent = {
        "kind": "decision",
        "title_en": "On the frontier",
        "body_en": "It opens.",
        "status_en": "final",
        "status_tr": "final",
    }
    kept = client.post(place(world, meeting, "outcome_draft"), sent)
    with world.act("secretariat"):
        outcome = Outcome.objects.get()
    assert (kept.status_code, kept["Location"]) == (303, place(world, meeting, "outcome_edit", outcome=outcome.pk))
    page = client.get(kept["Location"]).content.decode()
    assert "It is saved. Your text: 1 remark." in page
    assert "We say line" in page
    (take,) = [piece.split('"')[0] for piece in page.split('name="take" value="')[1:]]
    remarked = page.split('name="remarked" value="')[1].split('"')[0]
    version = page.split('name="version" value="')[1].split('"')[0]

    # One press puts the other word in; nothing is saved by it.
    taken = client.post(kept["Location"], {**sent, "version": version, "take": take, "remarked": remarked})
    assert taken.status_code == 200
    assert 'value="On the line"' in taken.content.decode()
    assert "Nothing is saved yet" in taken.content.decode()
    with world.act("secretariat"):
        assert texts(outcome) == "On the frontier"

    # What stood on the form already is not said again.
    again = client.post(
        kept["Location"], {**sent, "title_en": "On a frontier", "version": version, "remarked": remarked}
    )
    assert again["Location"] != kept["Location"]
    with world.act("secretariat"):
        assert texts(outcome) == "On a frontier"
    assert sent_anyway(world) == []


def texts(row: Outcome) -> str:
    from sofra.kernel import wordings

    return wordings.of([row])[row.pk]["title"]["en"]


def test_what_others_read_at_once_is_saved_only_if_it_is_said_that_it_is_to_be() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    client = client_of(world, "secretariat")
    url = place(world, meeting, "task_add")
    sent = {"title_en": "Mark the frontier", "due": "2026-07-01T10:00", "owner": "secretariat"}
    held = client.post(url, sent)
    page = held.content.decode()
    assert held.status_code == 422
    assert 'value="Mark the frontier"' in page
    assert "Save it anyway. What was found is recorded with it." in page
    assert page.count('name="take"') == 1
    assert sent_anyway(world) == []
    done = client.post(
        url, {**sent, "anyway": "yes", "remarked": page.split('name="remarked" value="')[1].split('"')[0]}
    )
    assert done.status_code == 303
    (said,) = sent_anyway(world)
    assert '"text": "frontier"' in said
    assert "We say line" in said


def test_an_entry_of_what_was_sent_anyway_is_the_secretariats_alone() -> None:
    world = make_world()
    objected(world)
    meeting = make_meeting(world)
    with world.act("secretariat"), anyway.said(True):
        cycle.keep_task(meeting, due_at=timezone.now(), owner="secretariat", titles={"en": "The frontier"}, remedies={})
    assert len(sent_anyway(world)) == 1
    for who in ("RS", "AL", "observer", "visitor"):
        with world.act(who):
            assert not AuditPayload.objects.filter(action="lexicon.sent_anyway").exists()


def test_words_that_were_sent_anyway_are_not_asked_about_again_where_they_stay() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    details = convening.Details(titles={"en": "At the frontier"}, level=meeting.level, working_languages=("en",))
    with world.act("secretariat"):
        with pytest.raises(anyway.NeedsAnyway):
            convening.change_meeting(meeting, details, seen_version=meeting.version)
        meeting.refresh_from_db()
        with anyway.said(True):
            changed = convening.change_meeting(meeting, details, seen_version=meeting.version)
        convening.change_meeting(changed, details, seen_version=changed.version)
    assert len(sent_anyway(world)) == 1


def test_a_step_for_all_members_is_held_and_a_delegations_item_never() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    with world.act("secretariat"), pytest.raises(anyway.NeedsAnyway):
        cycle.keep_step(
            world.format,
            kind="ordinary",
            owner="secretariat",
            titles={"en": "Open the frontier"},
            remedies={},
            hours=-3,
        )
    with world.act("AL"):
        item = agenda.propose(meeting=meeting, title={"en": "The frontier"})
        agenda.submit_item(item=item)
    with world.act("secretariat"):
        agenda.propose(meeting=meeting, title={"en": "The frontier again"}, entry=entry_for(world, "ME"))
    assert sent_anyway(world) == []


def test_a_delegation_is_told_of_its_own_words_in_a_line_and_nothing_is_written_down() -> None:
    world = make_world()
    meeting = make_meeting(world)
    client = client_of(world, "AL")

    def propose(title: str) -> tuple[str, tuple[int, int]]:
        before = told(world)
        done = client.post(place(world, meeting, "agenda_propose"), {"title_en": title, "urgency": "this_meeting"})
        assert done.status_code == 303
        page = client.get(done["Location"]).content.decode()
        after = told(world)
        return page, (after[0] - before[0], after[1] - before[1])

    quiet, without = propose("The coast")
    objected(world)
    objected(world, "AL", own=True, term="shore", severity="footnote")
    spoken, with_remarks = propose("The frontier and the shore")
    assert with_remarks == without
    assert "remark" not in quiet
    assert "It is saved. Your text: 2 remarks." in spoken
    with world.act("AL"):
        item = AgendaItem.objects.order_by("made_at").last()
    assert item is not None
    edit = place(world, meeting, "agenda_edit", item=item.pk)
    assert f'<a href="{edit}">' in spoken
    page = client.get(edit).content.decode()
    assert "your own red line" in page
    assert page.count('name="take"') == 2
    # The secretariat sees nothing of it, and counts nothing.
    with world.act("secretariat"):
        assert not AuditPayload.objects.filter(action__startswith="lexicon.sent").exists()
    assert "remark" not in client_of(world, "secretariat").get(place(world, meeting, "agenda")).content.decode()


def test_what_the_secretariat_enters_for_a_delegation_is_neither_held_nor_remarked_on() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)
    client = client_of(world, "secretariat")
    sent = {
        "title_en": "The frontier", "urgency": "this_meeting", "entering-for_party": str(world.parties["ME"].pk),
        "entering-channel": "call", "entering-received_at": f"{date.today().year - 1}-01-05T10:00",
    }  # fmt: skip
    done = client.post(place(world, meeting, "agenda_propose"), sent)
    assert done.status_code == 303
    assert "remark" not in client.get(done["Location"]).content.decode()
    assert sent_anyway(world) == []


def test_recalling_a_document_is_not_held_for_the_words_that_are_taken_back() -> None:
    from sofra.meetings.commands import releasing
    from tests.meetings.test_circulation import drafted

    world = make_world()
    meeting = make_meeting(world)
    document = drafted(world, meeting, "Frontier note", text="The frontier opens.")
    with world.act("secretariat"):
        releasing.release_document(document=document, audience="format")
    objected(world)
    with world.act("secretariat"):
        releasing.recall_document(document=document, reason={"en": "A word in it stands wrong."})
    assert sent_anyway(world) == []


def test_looking_at_words_asks_the_same_for_one_text_and_for_many() -> None:
    world = make_world()
    meeting = make_meeting(world)
    objected(world)

    def asked(**written: str) -> int:
        with world.act("secretariat"):
            row = outcomes.draft_outcome(
                meeting=meeting, kind="decision", texts={code: Text("Decision", body) for code, body in written.items()}
            )
        client = client_of(world, "secretariat")
        url = place(world, meeting, "outcome_edit", outcome=row.pk)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    assert asked(en="The frontier.") == asked(en="The frontier and the frontier.", tr="frontier")
