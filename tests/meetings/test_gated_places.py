"""Each place where the secretariat puts words out: held with nothing written, sent anyway with an entry; drafts are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from sofra.kernel import anyway
from sofra.kernel.models import Format
from sofra.meetings.commands import agenda, letters, publicity, publishing, register
from sofra.meetings.commands.convening import Details, When, convene
from sofra.meetings.models import AgendaItem, Announcement, Letter, LetterTemplate, Meeting, Note, ProgrammeVersion
from tests.lexicon.profile_world import cited
from tests.meetings.letters_world import invited, meeting_under_profile, note, template
from tests.meetings.programme_world import add, meeting_of
from tests.meetings.test_gate import objected, sent_anyway
from tests.meetings.test_saving import told
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def page(world: World, name: str, **more: Any) -> str:
    return reverse(name, kwargs={"format": world.format.slug, **more})


def count(world: World, model: Any) -> int:
    with world.act("secretariat"):
        return int(model.objects.count())


def convened_of(world: World, title: str) -> Meeting:
    when = When(datetime.now(UTC) + timedelta(days=40), "Europe/Istanbul")
    return convene(world.format, when, Details(titles={"en": title}, notes={"en": "Bring the drafts"}))


def test_a_programme_is_published_only_once_it_is_said_that_it_goes_out_with_what_was_found() -> None:
    world = make_world()
    cited(world)
    meeting = meeting_of(world)
    objected(world)
    # A draft of a session is the secretariat's alone, and is kept.
    add(world, meeting, title="Talk at the frontier")
    assert sent_anyway(world) == []
    client, url = client_of(world, "secretariat"), page(world, "programme_publish", meeting=meeting.slug)
    shown = client.get(url).context
    data = {"sentence": shown["sentence"], "seen": shown["seen"]}
    held = client.post(url, data)
    assert (held.status_code, "We say line" in held.content.decode()) == (422, True)
    assert 'name="anyway"' in held.content.decode()
    assert (count(world, ProgrammeVersion), sent_anyway(world)) == (0, [])
    assert client.post(url, {**data, "anyway": "yes"}).status_code == 303
    assert count(world, ProgrammeVersion) == 1
    (entry,) = sent_anyway(world)
    assert '"text": "frontier"' in entry
    with world.act("secretariat"), pytest.raises(anyway.NeedsAnyway):
        publishing.publish_programme(_with_another(world, meeting), seen=None)


def _with_another(world: World, meeting: Meeting) -> Meeting:
    add(world, meeting, hour=3, title="The frontier again")
    return meeting


def test_a_meeting_is_convened_under_a_title_that_breaks_it_only_if_that_is_said() -> None:
    world = make_world()
    objected(world)
    with world.act("secretariat"), pytest.raises(anyway.NeedsAnyway):
        convened_of(world, "At the frontier")
    assert (count(world, Meeting), sent_anyway(world)) == (0, [])
    with world.act("secretariat"), anyway.said(True):
        made = convened_of(world, "At the frontier")
    assert (count(world, Meeting), len(sent_anyway(world))) == (1, 1)
    with world.act("RS"):
        assert Meeting.objects.filter(pk=made.pk).exists()


def test_a_meeting_whose_title_somebody_objects_to_since_is_announced_only_if_that_is_said() -> None:
    world = make_world()
    with world.act("secretariat"):
        meeting = convened_of(world, "At the frontier")
    objected(world)
    with world.act("secretariat"), pytest.raises(anyway.NeedsAnyway) as held:
        publicity.announce_meeting(meeting=meeting, to="public")
    assert [each.text for each in held.value.found] == ["frontier"]
    assert (count(world, Announcement), sent_anyway(world)) == (0, [])
    with world.act("visitor"):
        assert not Meeting.objects.exists()
    with world.act("secretariat"), anyway.said(True):
        publicity.announce_meeting(meeting=meeting, to="public")
    assert (count(world, Announcement), len(sent_anyway(world))) == (1, 1)


def test_a_template_of_a_letter_is_a_draft_it_is_kept_and_remarked_on() -> None:
    world = make_world()
    objected(world)
    client, url = client_of(world, "secretariat"), page(world, "letter_template_add")
    sent = {"name": "Reply", "kind": "other", "subject_en": "On {meeting}", "text_en": "The frontier opens."}
    kept = client.post(url, sent)
    with world.act("secretariat"):
        row = LetterTemplate.objects.get()
    assert (kept.status_code, kept["Location"]) == (303, page(world, "letter_template_edit", template=row.pk))
    said = client.get(kept["Location"]).content.decode()
    assert "It is saved. Your text: 1 remark." in said
    assert "We say line" in said
    assert said.count('name="take"') == 1
    assert sent_anyway(world) == []


def test_a_letter_is_shown_with_its_remarks_and_issued_only_if_it_is_said() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (invitation,) = invited(world, meeting, "AL")
    written = template(world, "{addressee},\n\nThe frontier opens on {day}.")
    objected(world)
    objected(world, "TR", severity="footnote", term="opens")
    client = client_of(world, "secretariat")
    url = page(world, "invitation_letter", meeting=meeting.slug, invitation=invitation.pk)
    data = {"template": str(written.pk), "language": "en", "addressee": "The Minister"}
    read = client.post(url, data)
    shown = read.content.decode()
    assert read.status_code == 200
    beside = shown.split('id="on-letter"')[1]
    assert '<mark class="at-breaks">frontier</mark>' in beside
    assert '<mark class="at-footnote">opens</mark>' in beside
    assert "We say line" in beside
    assert "“line”" in beside
    assert page(world, "letter_template_edit", template=written.pk) in beside
    assert 'name="anyway"' not in shown
    held = client.post(url, {**data, "sentence": read.context["sentence"]})
    assert held.status_code == 422
    assert 'name="anyway"' in held.content.decode()
    assert 'id="on-letter"' in held.content.decode()
    assert (count(world, Letter), count(world, Note), sent_anyway(world)) == (0, 0, [])
    done = client.post(url, {**data, "sentence": read.context["sentence"], "anyway": "yes"})
    assert done.status_code == 303
    assert count(world, Letter) == 1
    (entry,) = sent_anyway(world)
    assert '"text": "frontier"' in entry
    # What stood beside the letter is not said once more after it.
    assert "remark" not in client.get(done["Location"]).content.decode()
    with world.act("AL"):
        assert Letter.objects.count() == 1


def test_a_letter_is_held_for_its_addressee_and_for_its_subject_as_for_its_text() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    objected(world)
    with world.act("secretariat"):
        subject = letters.write_template(
            format=Format.objects.get(pk=world.format.pk), name="B", kind="other", subject={"en": "The frontier"},
            text={"en": "It opens."},
        )  # fmt: skip
    plain = template(world, "It opens on {day}.")
    for written, addressee in ((subject, "The Minister"), (plain, "The Frontier Office")):
        with world.act("secretariat"), pytest.raises(anyway.NeedsAnyway):
            letters.issue_letter(
                meeting=meeting, party_id=world.parties["AL"].pk, template=written, language="en", addressee=addressee
            )
    assert (count(world, Note), sent_anyway(world)) == (0, [])


def test_the_subject_of_a_note_is_held_where_a_party_reads_it_and_remarked_on_where_none_does() -> None:
    world = make_world()
    cited(world)
    objected(world)
    client, url = client_of(world, "secretariat"), page(world, "note_add")
    sent = {
        "direction": "in",
        "party": str(world.parties["AL"].pk),
        "at": "2026-01-05T09:00",
        "subject": "On the frontier",
    }
    held = client.post(url, sent)
    shown = held.content.decode()
    assert (held.status_code, shown.count('name="take"')) == (422, 1)
    assert "We say line" in shown
    assert (count(world, Note), sent_anyway(world)) == (0, [])
    # One press takes the other word.
    (take,) = [piece.split('"')[0] for piece in shown.split('name="take" value="')[1:]]
    assert 'value="On the line"' in client.post(url, {**sent, "take": take}).content.decode()
    done = client.post(url, {**sent, "anyway": "yes", "remarked": shown.split('name="remarked" value="')[1][:12]})
    assert (done.status_code, count(world, Note), len(sent_anyway(world))) == (303, 1, 1)

    # An office's note is the secretariat's alone: it is kept, and remarked on.
    kept = client.post(url, {**sent, "party": "", "office": "A bureau"})
    assert (kept.status_code, count(world, Note), len(sent_anyway(world))) == (303, 2, 1)
    assert "It is saved. Your text: 1 remark." in client.get(kept["Location"]).content.decode()


def test_why_a_note_is_withdrawn_is_held_where_a_party_reads_it() -> None:
    world = make_world()
    objected(world)
    theirs, ours = note(world), note(world, None)
    with world.act("secretariat"):
        with pytest.raises(anyway.NeedsAnyway):
            register.withdraw_note(note=theirs, reason="The frontier is misspelt")
        register.withdraw_note(note=ours, reason="The frontier is misspelt")
    with world.act("AL"):
        assert Note.objects.get(pk=theirs.pk).withdrawn_at is None


def test_a_delegations_item_with_the_same_words_is_neither_held_nor_logged_whoever_reads_it() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    objected(world)

    def propose(title: str) -> tuple[int, int]:
        before = told(world)
        with world.act("AL"):
            item = agenda.propose(meeting=meeting, title={"en": title}, note={"en": f"{title} opens"})
            agenda.submit_item(item=item)
        after = told(world)
        return after[0] - before[0], after[1] - before[1]

    assert propose("The frontier") == propose("The coast")
    assert sent_anyway(world) == []
    with world.act("RS"):
        assert AgendaItem.objects.count() == 2
