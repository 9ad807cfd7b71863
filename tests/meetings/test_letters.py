"""Letters: filled from a template in one language under the profile, issued as a file that never changes."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from sofra.kernel import wordings
from sofra.kernel.engine.papers import inspect
from sofra.kernel.files import read_file
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import letters
from sofra.meetings.models import Letter, LetterTemplate, Note, NoteDocument, NoteNumber
from sofra.meetings.queries.letters import fill_letter, templates_of
from tests.lexicon.profile_world import cells, cited
from tests.meetings.letters_world import TEXT, invited, meeting_under_profile, template
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def issued(world: World, language: str = "en", code: str = "AL") -> Letter:
    meeting = meeting_under_profile(world)
    (invitation,) = invited(world, meeting, code)
    written = template(world)
    with world.act("secretariat"):
        return letters.issue_letter(
            meeting=meeting, party_id=world.parties[code].pk, template=written, language=language,
            addressee="The Minister\nThe Ministry", invitation=invitation,
        )  # fmt: skip


def test_a_template_with_an_unknown_place_is_refused_with_the_places_there_are() -> None:
    world = make_world()
    for text, field in (("Dear {minister}", "text_en"), ("{party:gen}", "text_en"), ("", "text_en")):
        with world.act("secretariat"), pytest.raises(Refusal) as refused:
            letters.write_template(
                format=world.format, name="A", kind="other", subject={"en": "Subject"}, text={"en": text}
            )
        assert refused.value.field == field
    for who in ("AL", "observer", "facilitator", "visitor"):
        with world.act(who), pytest.raises(NotAllowed):
            letters.write_template(format=world.format, name="A", kind="other", subject={"en": "S"}, text={"en": "T"})
    with world.act("secretariat"):
        assert LetterTemplate.objects.count() == 0


def test_a_template_is_the_secretariats_and_changes_only_for_letters_to_come() -> None:
    world = make_world()
    letter = issued(world)
    with world.act("secretariat"):
        (row,) = templates_of(world.format.pk)
        said = {"name": "Other", "kind": "other", "subject": {"en": "New"}, "text": {"en": "New words"}}
        letters.edit_template(template=row, seen_version=1, **said)
        with pytest.raises(Conflict):
            letters.edit_template(template=row, seen_version=1, **said)
        letters.retire_template(template=row)
        assert templates_of(world.format.pk) == []
        assert "Alfa is invited" in wordings.of([letter])[letter.pk]["text"]["en"]
    for who in ("AL", "RS", "observer"):
        with world.act(who):
            assert LetterTemplate.objects.count() == 0


def test_a_letter_is_kept_as_a_word_document_with_a_drawn_reference_and_a_number_its_party_does_not_read() -> None:
    world = make_world()
    letter = issued(world)
    with world.act("AL"):
        note = Note.objects.get()
        assert (note.subject, note.direction, note.pk) == ("Invitation to Third meeting", "out", letter.note_id)
        assert NoteNumber.objects.count() == 0
        kept = NoteDocument.objects.select_related("file").get(file__name__endswith=".docx")
        assert (kept.language, kept.file.name) == ("en", f"{note.mark}.docx")
        found = read_file(kept.file_id)
        paper = read_file(NoteDocument.objects.get(file__name__endswith=".pdf").file_id)
    assert found is not None and paper is not None
    assert (paper[0].name, inspect(paper[1]).media_type) == (f"{note.mark}.pdf", "application/pdf")
    said = [each.text for each in Document(BytesIO(found[1])).paragraphs]
    assert f"Our reference: {note.mark}" in said
    assert said[-2:] == [
        "The Minister,",
        "Alfa is invited to Third meeting on 23 January 2027, at the level of ministers.",
    ]
    for who in ("RS", "observer", "visitor", "facilitator"):
        with world.act(who):
            assert Letter.objects.count() == NoteDocument.objects.count() == 0
            assert read_file(kept.file_id) is None
    with world.act("secretariat"):
        assert NoteNumber.objects.get().number == 1


def test_in_turkish_the_name_takes_the_case_its_place_asks_for() -> None:
    world = make_world()
    letter = issued(world, "tr")
    with world.act("AL"):
        assert (
            wordings.of([letter])[letter.pk]["text"]["tr"]
            == "The Minister,\n\nAlfa-tr'ın heyeti 23 Ocak 2027 günü beklenmektedir."
        )


def test_what_cannot_be_filled_is_refused_and_nothing_is_registered() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    al = world.parties["AL"].pk
    venue, plain = template(world, "At {venue}"), template(world)
    said = {"meeting": meeting, "party_id": al, "template": plain, "language": "en", "addressee": "A"}
    bad = (
        ({"template": venue}, "template"), ({"language": "sq"}, "language"), ({"addressee": " \n "}, "addressee"),
        ({"party_id": meeting.pk}, "party"),
    )  # fmt: skip
    with world.act("secretariat"):
        for wrong, field in bad:
            with pytest.raises(Refusal) as refused:
                letters.issue_letter(**{**said, **wrong})
            assert refused.value.field == field
        assert Note.objects.count() == NoteNumber.objects.count() == 0
    for who in ("AL", "observer", "facilitator"):
        with world.act(who), pytest.raises(NotAllowed):
            letters.issue_letter(**said)


def test_without_a_profile_no_letter_is_issued_and_with_a_footnote_it_stands_beneath() -> None:
    world = make_world()
    meeting = meeting_under_profile(world, profile=False)
    written = template(world)
    said = {"meeting": meeting, "party_id": world.parties["AL"].pk, "template": written, "language": "en"}
    with world.act("secretariat"), pytest.raises(Refusal, match="No designation profile is in force"):
        letters.issue_letter(addressee="A", **said)
    from sofra.lexicon.commands.profiles import Rules

    cited(world, Rules(footnote={"en": "As agreed."}), cells(world, "en", footnoted=("AL",)))
    with world.act("secretariat"):
        filled = fill_letter(addressee="A", mark="M", **said)
        assert (filled.foot, "Alfa* is invited" in filled.paragraphs[1]) == (("* As agreed.",), True)


def test_what_stands_in_a_place_is_never_markup_and_never_read_again() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    written = template(world, TEXT)
    with world.act("secretariat"):
        filled = fill_letter(
            meeting=meeting, party_id=world.parties["AL"].pk, template=written, language="en", mark="M",
            addressee="{day} <w:p/> #eval",
        )  # fmt: skip
        assert filled.paragraphs[0] == "{day} <w:p/> #eval,"
