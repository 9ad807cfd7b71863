"""Other languages of a text: entered paragraph by paragraph, compared, in the way of a silence until the chair says why not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sofra.kernel.commands import database_now
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.texts.commands import beginning, deciding, proposing, silence
from sofra.texts.commands.languages import enter_paragraph, put_language
from sofra.texts.commands.rows import latest_stand
from sofra.texts.models import LanguageVersion, Silence, Text
from sofra.texts.queries.text import paragraphs_now, text_of
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import read
from tests.support.clients import client_of
from tests.support.world import World
from tests.texts.texts_world import make_text, paragraph_of, proposed, url

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def statement(world: World) -> Text:
    return make_text(world, make_meeting(world), "1. We shall meet 4 times.\n\n2. We build roads.")


def put(world: World, text: Text, language: str, who: str = "secretariat", **more: object) -> LanguageVersion:
    with world.act(who):
        found = text_of(text.meeting, text.pk, "en")
        assert found is not None
        found.pen = None  # type: ignore[attr-defined]
        return put_language(text=found, language=language, **more)  # type: ignore[arg-type]


def entered(world: World, text: Text, at: int, language: str, words: str) -> None:
    row = paragraph_of(world, text, at)
    with world.act("secretariat"):
        row.text.pen = None  # type: ignore[attr-defined]
        seen = latest_stand(row, language)
        enter_paragraph(paragraph=row, language=language, notation=words, seen=seen.pk if seen else None)


def test_a_paragraph_is_entered_on_its_page_and_read_by_all(world: World, statement: Text) -> None:
    client = client_of(world, "secretariat")
    form = {"language": "tr", "authentic": "", "translator": "Deniz Kaya"}
    assert client.post(url("text_language", text=statement.pk), form).status_code == 303
    row = paragraph_of(world, statement, 0)
    page = url("text_render", text=statement.pk, paragraph=row.pk, tongue="tr")
    assert "We shall meet 4 times." in client.get(page).content.decode()
    assert client.post(page, {"notation": "4 kez buluşacağız."}).status_code == 303
    told = read(world, "ME", url("text_languages", text=statement.pk))
    for words in ("4 kez buluşacağız.", "translated by Deniz Kaya", "1 paragraph missing", "a translation"):
        assert words in told
    assert "4 kez buluşacağız." in read(world, "ME", f"{url('text', text=statement.pk)}?in=tr")


def test_what_differs_is_listed_with_its_paragraph(world: World, statement: Text) -> None:
    put(world, statement, "tr", authentic=True)
    entered(world, statement, 0, "tr", "5 kez buluşacağız.")
    page = client_of(world, "RS").get(url("text_languages", text=statement.pk))
    kinds = [(one["called"], str(one["kind"])) for one in page.context["differences"]]
    assert ("1.", "numbers") in kinds
    assert ("2.", "no version in this language yet") in kinds
    assert "equally authentic" in page.content.decode()


def test_differences_stop_a_silence_unless_the_chair_says_why_not_and_that_is_recorded(
    world: World, statement: Text
) -> None:
    put(world, statement, "tr")
    entered(world, statement, 0, "tr", "5 kez buluşacağız.")
    entered(world, statement, 1, "tr", "Yollar yapıyoruz.")
    with world.act("secretariat"):
        asked = {"text": statement, "deadline": database_now() + timedelta(days=1), "question": {"en": "Adopt?"}}
        with pytest.raises(Refusal, match="The language versions differ in"):
            silence.open_silence(**asked)
        assert not Silence.objects.exists()
        row = silence.open_silence(**asked, override={"en": "The interpreter mends it tonight"})
    assert "The interpreter mends it tonight" in read(world, "ME", url("text_silences", text=statement.pk))
    with world.act("AL"):
        silence.break_silence(silence=row, words={"en": "No"})
    with world.act("secretariat"), pytest.raises(Refusal, match="The language versions differ"):
        silence.answer_silence(
            silence=row, how="renewed", reason={"en": "Again"}, deadline=database_now() + timedelta(days=2)
        )


def test_serbian_latin_follows_the_cyrillic_and_is_not_written_by_hand(world: World) -> None:
    meeting = make_meeting(world)
    with world.act("secretariat"):
        text = beginning.begin(
            meeting=meeting, title={"en": "Text"}, languages=["sr", "sr-latn"], notation={"sr": "1. ЊЕГОШ и инјекција."}
        )
    row = paragraph_of(world, text, 0)
    with world.act("RS"):
        seen = latest_stand(row, "sr")
        proposing.propose(paragraph=row, wording="ЊЕГОШ, инјекција и људи.", language="sr", seen=seen)
        latin = latest_stand(row, "sr-latn")
        assert latin is not None
        assert latin.content.startswith("NJEGOŠ[, injekcija i ljudi - P") or "injekcija" in latin.content
        assert world.parties["RS"].pk.hex in latin.content
        with pytest.raises(Refusal, match="follows from the Cyrillic"):
            proposing.propose(paragraph=row, wording="Drugo.", language="sr-latn", seen=latin)
    with world.act("secretariat"), pytest.raises(Refusal, match="follows from the Cyrillic"):
        deciding.close(
            paragraph=row, language="sr-latn", how="accepted", reason={"en": "x"}, point="x", choice="y", seen=latin.pk
        )


def test_adding_the_latin_later_derives_all_of_it(world: World, statement: Text) -> None:
    put(world, statement, "sr")
    entered(world, statement, 1, "sr", "Градимо путеве у Нишу.")
    put(world, statement, "sr-latn")
    row = paragraph_of(world, statement, 1)
    with world.act("AL"):
        found = latest_stand(row, "sr-latn")
        assert found is not None
        assert found.content == "Gradimo puteve u Nišu."
    with pytest.raises(Refusal, match="follows from the Cyrillic"):
        entered(world, statement, 1, "sr-latn", "Gradimo.")
    entered(world, statement, 1, "sr", "Градимо пут.")
    with world.act("AL"):
        again = latest_stand(row, "sr-latn")
        assert again is not None
        assert again.content == "Gradimo put."


def test_the_secretariat_and_the_pen_enter_versions_and_nobody_else(world: World, statement: Text) -> None:
    with pytest.raises(NotAllowed):
        put(world, statement, "tr", who="AL")
    assert client_of(world, "AL").get(url("text_language", text=statement.pk)).status_code == 404
    with world.act("secretariat"):
        deciding.pass_pen(text=statement, holder=world.parties["AL"].pk, reason={"en": "Its turn"})
    form = {"language": "sq", "authentic": "yes", "translator": ""}
    assert client_of(world, "AL").post(url("text_language", text=statement.pk), form).status_code == 303
    assert client_of(world, "RS").get(url("text_language", text=statement.pk)).status_code == 404


def test_what_cannot_be_a_version_is_refused_and_kept_in_its_box(world: World, statement: Text) -> None:
    put(world, statement, "tr")
    row = paragraph_of(world, statement, 0)
    client, page = client_of(world, "secretariat"), url("text_render", text=statement.pk, paragraph=row.pk, tongue="tr")
    for words, told in (
        ("[açık", "bracket"), ("7. Buluşuyoruz.", "the same in all languages"), ("[a - Narnia]", "Who is"),
    ):  # fmt: skip
        answer = client.post(page, {"notation": words})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert client.post(page, {"notation": "İlk."}).status_code == 303
    late = client.post(page, {"notation": "İkinci."})
    assert late.status_code == 422
    assert "meanwhile" in late.content.decode()
    assert "İkinci." in late.content.decode()
    assert client.get(url("text_render", text=statement.pk, paragraph=row.pk, tongue="en")).status_code == 404


def test_our_text_is_a_delegations_own_wording_throughout(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads.")
    proposed(world, "RS", row, "We build long roads.")
    proposed(world, "RS", paragraph_of(world, statement, 0), "We shall never meet.", audience="delegation")
    page = url("text_ours", text=statement.pk)
    seen = {who: read(world, who, page) for who in ("AL", "RS", "ME")}
    assert "We build safe roads." in seen["AL"]
    assert "We build long roads." in seen["RS"]
    assert "<p>We build roads.</p>" in seen["ME"]
    assert "We shall never meet." in seen["RS"]
    for who in ("AL", "ME"):
        assert "We shall never meet." not in seen[who]
        assert "long" not in seen[who]
    assert client_of(world, "secretariat").get(page).status_code in (403, 404)
    assert page in read(world, "RS", url("text", text=statement.pk))
    with world.act("RS"):
        assert len(paragraphs_now(statement)) == 2
