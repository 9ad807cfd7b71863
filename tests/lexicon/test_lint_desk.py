"""The lint desk: what was pasted is checked for those who may know, given back with what was accepted, and kept nowhere."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.lexicon import checking
from sofra.lexicon.commands.red_lines import Against, object_to_name
from sofra.lexicon.engine.word_files import read_word
from sofra.lexicon.models import Entity
from tests.lexicon.entity_world import loaded_small
from tests.lexicon.profile_world import cells, cited
from tests.support.clients import client_of
from tests.support.papers import docx
from tests.support.world import World, make_world

URL = "/en/lexicon/check/"


@pytest.fixture
def world(house) -> World:
    found = make_world()
    loaded_small()
    with found.act("RS"):
        object_to_name(
            format=None,
            against=Against(term="lynchpin", language="en", severity="breaks", alternatives={"en": ("hinge",)}),
            reason={"en": "Ours alone"},
        )
        object_to_name(
            format=found.format,
            against=Against(
                term="corridor", language="en", severity="footnote", alternatives={"en": ("route", "line")}
            ),
            reason={"en": "We say route"},
        )
    return found


def sent(world: World, who: str, text: str, **more: str):
    return client_of(world, who).post(URL, {"text": text, **more})


def test_findings_name_who_objects_how_gravely_and_why(world):
    page = sent(world, "AL", "The corridor and the quillfence.").content.decode()
    for word in (
        "We say route",
        "needs a footnote",
        "discouraged",
        "A document prefers other words.",
        "quill line",
        "route",
    ):
        assert word in page
    assert page.count('<mark class="at-') == 2


def test_a_red_line_is_found_for_its_own_delegation_alone(world):
    assert "Ours alone" in sent(world, "RS", "The lynchpin holds.").content.decode()
    for who in ("AL", "secretariat", "observer", "facilitator"):
        page = sent(world, who, "The lynchpin holds.").content.decode()
        assert "Ours alone" not in page
        assert "<mark" not in page


def test_what_is_accepted_is_put_in_and_the_rest_is_left(world):
    text = "A corridor, a quillfence.\r\nA corridor."
    first = sent(world, "AL", text)
    state = first.context["state"]
    found = first.context["found"]
    assert [first.context["text"][each.start : each.end] for each in found] == ["corridor", "quillfence", "corridor"]
    done = sent(world, "AL", text, state=state, accept="yes", **{"accept-0": "1", "accept-1": "", "accept-2": "0"})
    assert done.context["result"] == "A line, a quillfence.\nA route."
    late = sent(world, "AL", text, state="other", accept="yes", **{"accept-0": "1"})
    assert "Nothing was put in" in late.content.decode()


def test_the_result_is_handed_back_as_a_file(world):
    answer = client_of(world, "AL").post(f"{URL}text/", {"result": "A line.\r\nAnother."})
    assert answer.content.decode() == "A line.\nAnother."
    assert "attachment" in answer["Content-Disposition"]
    assert client_of(world, "AL").get(f"{URL}text/").status_code == 405


def test_nothing_that_was_pasted_is_kept_or_logged(world, caplog):
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        answer = sent(world, "RS", "A corridor by the zanzibarword.")
    assert answer["Cache-Control"] == "no-store"
    assert not any("zanzibarword" in each["sql"] for each in queries)
    written = [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if "lexicon_" in sql or "kernel_audit" in sql] == []
    assert "zanzibarword" not in " ".join(record.getMessage() for record in caplog.records if "sofra" in record.name)


def test_viewpoints_narrow_what_is_checked(world):
    page = sent(world, "AL", "The corridor and the quillfence.", viewpoints="RS").content.decode()
    assert page.count('<mark class="at-') == 2, "what a source says for nobody in particular stays"
    with world.act("AL"):
        assert [code for code, _name in checking.viewpoints("en")] == ["RS"]
        assert [each.text for each in checking.Checker("en").of(["AL"]).check("A corridor.")] == []


def test_a_text_is_checked_under_a_profile_in_force(world):
    with world.act("secretariat"):
        Entity.objects.create(code="RS", kind="party", audience="public")
    profile = cited(world, rows=cells(world))
    with world.act("AL"):
        assert [row.pk for row in checking.profiles_to_check()] == [profile.pk]
        found = checking.Checker("en", profile=profile).check("Serbia was present.")
        assert [(each.text, [voice.who for voice in each.voices]) for each in found][:1] == [
            ("Serbia", [f"Designation profile {profile.number}"])
        ]
    with world.act("observer"):
        assert checking.profiles_to_check() == []


def test_the_words_of_a_condition_are_words_and_nothing_else(world):
    with world.act("RS"):
        object_to_name(
            format=None,
            against=Against(term="axle", language="en", left=("@nouns", "the")),
            reason={"en": "Ours alone"},
        )
        found = checking.Checker("en").check("An axle, the axle.")
    assert [(each.start, each.text) for each in found] == [(13, "axle")]


def test_an_empty_text_is_refused_beside_its_field(world):
    answer = sent(world, "AL", "")
    assert answer.status_code == 422
    assert "Write or paste a text, or choose a file." in answer.content.decode()


def test_the_desk_asks_the_same_however_many_objections_there_are(world):
    def asked() -> int:
        client = client_of(world, "AL")
        client.post(URL, {"text": "A corridor."})
        with CaptureQueriesContext(connection) as queries:
            client.post(URL, {"text": "A corridor."})
        return len(queries)

    first = asked()
    with world.act("RS"):
        for number in range(3):
            object_to_name(
                format=world.format, against=Against(term=f"word {number}", language="en"), reason={"en": "So"}
            )
    assert asked() == first


@pytest.mark.parametrize("text", ["\x00", "\ud7ff\U0010ffff", "İ" * 50, "Kosovо " * 20, "‮corridor", "\n\n\n"])
def test_any_text_gives_findings_or_a_refusal(world, text):
    assert sent(world, "RS", text).status_code in (200, 422)


def given(world: World, who: str, data: bytes, name: str, **more: Any):
    return client_of(world, who).post(URL, {"file": SimpleUploadedFile(name, data), "text": "", **more})


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", b"The corridor."), ("a.docx", docx("The corridor.")), ("old.txt", "Die corridor ğ".encode("cp1254"))],
)
def test_a_file_is_checked_like_a_text(world, name, data):
    page = given(world, "AL", data, name)
    assert page.status_code == 200
    assert page.content.decode().count('<mark class="at-') == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK\x03\x04" + b"corridor" * 9, "damaged"),
        ("a.bin", b"\x00\x01\x02", "neither a text nor PDF nor DOCX"),
        ("a.pdf", b"%PDF-1.7\nnothing", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(world, name, data, said):
    page = given(world, "AL", data, name)
    assert page.status_code == 422
    assert said in page.content.decode()


def test_a_text_and_a_file_together_are_one_too_many_and_the_text_stays(world):
    page = given(world, "AL", b"The corridor.", "a.txt", text="My corridor")
    assert page.status_code == 422
    assert "Choose one of them" in page.content.decode()
    assert "My corridor" in page.content.decode()


def test_neither_text_nor_file_is_asked_for(world):
    page = sent(world, "AL", "  ")
    assert page.status_code == 422
    assert "Write or paste a text, or choose a file." in page.content.decode()


def accepted(world: World, data: bytes | None, text: str):
    form = given(world, "AL", docx("The corridor, said one."), "Statement.docx").content.decode()
    state = re.search(r'name="state" value="(\w+)"', form)
    assert state is not None
    more: dict[str, Any] = {"again": SimpleUploadedFile("Statement.docx", data)} if data is not None else {}
    asked = {"text": text, "state": state[1], "word": "yes", "accept-0": "0", "tracked": "yes", **more}
    return client_of(world, "AL").post(URL, asked)


def test_a_word_file_comes_back_with_what_was_accepted_as_tracked_changes(world):
    data = docx("The corridor, said one.")
    answer = accepted(world, data, "The corridor, said one.\r\n")
    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'attachment; filename="Statement.docx"')
    assert answer["Cache-Control"] == "no-store"
    assert read_word(answer.content).text == "The route, said one.\n"
    with ZipFile(BytesIO(answer.content)) as package:
        marked = package.read("word/document.xml").decode()
    assert re.findall(r'<w:(ins|del) [^>]*w:author="([^"]+)"', marked) == [("del", "Lint desk"), ("ins", "Lint desk")]


@pytest.mark.parametrize(
    ("data", "said"),
    [(None, "Choose the file once more"), (docx("Another text."), "This is not the Word file that was checked")],
)
def test_without_the_same_file_nothing_is_written_and_the_choice_stays(world, data, said):
    answer = accepted(world, data, "The corridor, said one.\n")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert re.search(r'value="0" checked data-words="route"', page)
