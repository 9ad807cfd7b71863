"""Leak canaries in papers: packs and letters, as the words that stand in them, hold nobody else's canary."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sofra.meetings.commands import letters
from sofra.meetings.contributions.agenda import sample_meeting
from sofra.meetings.models import Meeting, NoteDocument
from tests.house.crawling import READERS, WHO, body, foreign_tokens
from tests.lexicon.profile_world import cited
from tests.support.clients import client_of
from tests.support.world import World


@pytest.fixture(scope="module")
def under_a_profile(canaries: World) -> World:
    """The world of canaries with a profile in force, without which there is no pack."""
    cited(canaries)
    return canaries


@pytest.mark.parametrize("who", ["secretariat", "AL", "RS"])
def test_a_pack_holds_nobody_elses_canary(under_a_profile: World, who: str) -> None:
    world = under_a_profile
    client = client_of(world, who)
    page = client.get(reverse("pack", kwargs=sample_meeting(world)))
    assert page.status_code == 200
    assert foreign_tokens(world, who, body(page)) == set()
    heard = {holder for token, holder in world.tokens.items() if token in body(page)}
    assert heard <= {holder for holder, readers in READERS.items() if who in readers}
    assert "format" in heard
    assert "secretariat" not in heard, "what nobody else may read is in no pack"
    paper = client.get(reverse("pack_paper", kwargs=sample_meeting(world)))
    assert (paper.status_code, paper["Content-Type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert foreign_tokens(world, who, body(paper)) == set()
    said = {token for token in world.tokens if token in body(page)}
    assert {token for token in said if token not in body(paper)} == set(), "the paper says what the page says"


@pytest.mark.parametrize("who", ["visitor", "facilitator", "observer"])
def test_who_takes_no_part_or_may_not_read_the_profile_gets_no_pack(under_a_profile: World, who: str) -> None:
    for name in ("pack", "pack_paper"):
        answer = client_of(under_a_profile, who).get(reverse(name, kwargs=sample_meeting(under_a_profile)))
        assert answer.status_code in (302, 404, 422)
        assert foreign_tokens(under_a_profile, who, body(answer)) == set()


@pytest.fixture(scope="module")
def letter(under_a_profile: World) -> dict[str, str]:
    """The addresses of a letter to one party, by the ending of its file's name; its words are for it and the secretariat."""
    world = under_a_profile
    with world.act("secretariat"):
        token = world.token("AL+secretariat")
        template = letters.write_template(
            format=world.format, name="A letter", kind="other", subject={"en": f"About {token}"}, text={"en": f"Of {token}"}
        )  # fmt: skip
        made = letters.issue_letter(
            meeting=Meeting.objects.select_related("format").get(slug=sample_meeting(world)["meeting"]),
            party_id=world.parties["AL"].pk, template=template, language="en", addressee=token,
        )  # fmt: skip
        rows = NoteDocument.objects.filter(note=made.note).select_related("file")
        return {row.file.name.rpartition(".")[2]: reverse("kept_file", kwargs={"file": row.file_id}) for row in rows}


@pytest.mark.parametrize("who", WHO)
def test_the_words_of_a_letter_reach_its_party_and_the_secretariat_alone(
    under_a_profile: World, letter: dict[str, str], who: str
) -> None:
    assert sorted(letter) == ["docx", "pdf"]
    for address in letter.values():
        answer = client_of(under_a_profile, who).get(address)
        assert foreign_tokens(under_a_profile, who, body(answer)) == set()
        heard = {holder for token, holder in under_a_profile.tokens.items() if token in body(answer)}
        assert heard == ({"AL+secretariat"} if who in ("AL", "secretariat") else set())
