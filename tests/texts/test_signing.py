"""Adopted versions are signed by the house, at their instant and without a worker, and anybody can check that."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import Error, connection, transaction
from django.test import override_settings
from jsonschema import Draft202012Validator

from sofra.kernel import acting, signing
from sofra.kernel.models import AuditPayload
from sofra.texts.cli import text as command
from sofra.texts.commands import adopting, silence
from sofra.texts.engine.adopted import Adopted, verify
from sofra.texts.engine.tree import BadText
from sofra.texts.models import Adoption, Signature, SigningKey, Text
from sofra.texts.queries.adopted import adopting_of, adopting_version
from tests.meetings.agenda_world import soon, wait_until
from tests.meetings.letters_world import meeting_under_profile
from tests.meetings.test_agenda_pages import read
from tests.support.clients import client_of
from tests.support.papers import words_of
from tests.support.world import World
from tests.texts.texts_world import make_text, url

pytestmark = pytest.mark.usefixtures("house")
PUT = {"en": "May it be adopted?"}


@pytest.fixture
def statement(world: World) -> Text:
    return make_text(world, meeting_under_profile(world))


def adopted(world: World, text: Text) -> Adoption:
    with world.act("secretariat"):
        return adopting.adopt(text=text, question=PUT)


def signed_file(world: World, text: Text, who: str = "RS", number: int = 1) -> Any:
    answer = client_of(world, who).get(url("text_version_signed", text=text.pk, number=number))
    assert answer.status_code == 200
    return json.loads(answer.content)


def checked(folder: Path, data: Any, *options: str) -> tuple[int, str]:
    """What `sofra text verify` answers and says of a file."""
    file = folder / "file.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    done = CliRunner().invoke(command, ["verify", str(file), *options])
    return done.exit_code, done.output


def house_key(world: World, folder: Path) -> Path:
    answer = client_of(world, "visitor").get("/en/signing-key.pem")
    (folder / "key.pem").write_bytes(answer.content)
    return folder / "key.pem"


def test_what_a_session_adopts_is_signed_and_checked_with_the_published_key(
    world: World, statement: Text, tmp_path: Path
) -> None:
    row = adopted(world, statement)
    found = signed_file(world, statement)
    schema = json.loads(Path("src/sofra/texts/data/adopted.schema.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(found)) == []
    key = house_key(world, tmp_path)
    code, said = checked(tmp_path, found, "--key", str(key))
    assert (code, "The words are those that were adopted" in said) == (0, True)
    assert found["sha256"] == row.digests["en"]
    page = read(world, "visitor", "/en/signing-key/")
    assert signing.fingerprint(found["key"]) in page
    with world.act("RS"):
        assert Signature.objects.get().signature == found["signature"]
        assert found["signature"] in json.dumps(AuditPayload.objects.get(action="texts.adopted").body)
    assert client_of(world, "visitor").get(url("text_version_signed", text=statement.pk, number=1)).status_code in (
        302,
        403,
        404,
    )


def test_a_silence_that_ran_out_is_signed_before_anybody_records_it_and_the_same_afterwards(
    world: World, statement: Text
) -> None:
    with world.act("secretariat"):
        row = silence.open_silence(text=statement, deadline=soon(0.3), question=PUT)
        wait_until(row.deadline)
    with world.act("RS"):
        assert not Adoption.objects.exists()
    before = signed_file(world, statement)
    assert before["adopted_at"] == row.deadline.isoformat(timespec="microseconds")
    assert verify(before).faults == ()
    assert before["signature"] in read(world, "ME", url("text_silences", text=statement.pk))
    with world.act("ME"):
        adopting.attach(text=statement, kind="reservation", words={"en": "We reserve."})
    with world.act("RS"):
        assert Signature.objects.get().signature == before["signature"]
    assert signed_file(world, statement) == before


@pytest.mark.parametrize("form", ["json", "xml", "txt", "docx", "pdf"])
def test_every_file_of_an_adopted_text_carries_digest_and_signature(
    world: World, statement: Text, form: str, tmp_path: Path
) -> None:
    row = adopted(world, statement)
    client = client_of(world, "RS")
    address = (
        url("text_paper", text=statement.pk, kind="text", form="pdf")
        if form == "pdf"
        else url("text_file", text=statement.pk, form=form)
    )
    data = client.get(address).content
    words = "".join((words_of(data) or data.decode()).split())
    signature = signed_file(world, statement)["signature"]
    assert row.digests["en"] in words
    assert signature in words
    if form == "json":
        assert checked(tmp_path, json.loads(data), "--key", str(house_key(world, tmp_path)))[0] == 0
        changed = data.decode().replace("We build roads and rails.", "We build roads and rivers.", 1)
        assert checked(tmp_path, changed)[0] == 1


def test_a_text_that_was_opened_again_carries_no_signature_and_its_version_keeps_it(
    world: World, statement: Text
) -> None:
    adopted(world, statement)
    with world.act("secretariat"):
        adopting.reopen(text=statement, reason={"en": "One word"})
        assert adopting_of(statement) is None
    data = client_of(world, "RS").get(url("text_file", text=statement.pk, form="json")).content
    assert "adopted" not in json.loads(data)
    assert verify(signed_file(world, statement)).faults == ()


def _other_word(found: Any) -> None:
    found["words"][1][1] += " Really."


def _other_number(found: Any) -> None:
    found["number"] = 2


def _other_instant(found: Any) -> None:
    found["adopted_at"] = "2026-01-01T00:00:00.000000+00:00"


def _own_key(found: Any) -> None:
    said = Adopted(found["text"], found["language"], found["number"], found["sha256"], found["adopted_at"])
    found["key"], found["signature"] = signing.public_of("other"), signing.sign("other", said.statement())


def _no_signature(found: Any) -> None:
    found["signature"] = "not base64"


@pytest.mark.parametrize("change", [_other_word, _other_number, _other_instant, _own_key, _no_signature])
def test_whatever_is_changed_is_found(world: World, statement: Text, change: Any, tmp_path: Path) -> None:
    adopted(world, statement)
    found = signed_file(world, statement)
    key = house_key(world, tmp_path)
    change(found)
    code, said = checked(tmp_path, found, "--key", str(key))
    assert code == 1
    assert "The words are those" not in said
    # Signed again by somebody, it fits itself; only the house's key tells.
    assert checked(tmp_path, found)[0] == (0 if change is _own_key else 1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("{", "is not JSON"),
        ("[]", "is not an adopted version"),
        ('{"format": "sofra.text/1", "paragraphs": []}', "carries no signature"),
        ('{"format": "sofra.adopted/1"}', "missing"),
    ],
)
def test_what_is_no_signed_version_is_told_in_a_sentence(tmp_path: Path, data: str, says: str) -> None:
    code, said = checked(tmp_path, data)
    assert (code, says in said) == (2, True), said


def test_a_key_that_is_missing_or_none_is_told(world: World, statement: Text, tmp_path: Path) -> None:
    adopted(world, statement)
    found = signed_file(world, statement)
    code, said = checked(tmp_path, found, "--key", str(tmp_path / "nowhere.pem"))
    assert (code, "No such file" in said) == (2, True)
    (tmp_path / "poem.pem").write_text("no key")
    code, said = checked(tmp_path, found, "--key", str(tmp_path / "poem.pem"))
    assert (code, "is no public key of Ed25519" in said) == (2, True)
    code, said = checked(tmp_path, {**found, "key": base64.b64encode(b"short").decode()})
    assert (code, "names a key that is none" in said) == (2, True)
    with pytest.raises(BadText):
        verify({**found, "words": [["1", 2]]})


def test_the_key_goes_with_the_secret_key_that_a_backup_carries_and_earlier_ones_stay_known(
    world: World, statement: Text
) -> None:
    adopted(world, statement)
    before = signed_file(world, statement)
    assert signing.public_of("one") == signing.public_of("one") != signing.public_of("two")
    with override_settings(SECRET_KEY="another secret key of the house"):
        assert verify(signed_file(world, statement), before["key"]).faults == ()
        page = read(world, "visitor", "/en/signing-key/")
        assert "Earlier keys" in page
        assert before["key"] in page
        assert signing.public_of("another secret key of the house") in page


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE texts_signature SET signature = 'x'",
        "DELETE FROM texts_signature",
        "UPDATE texts_signingkey SET public = 'x'",
        "DELETE FROM texts_signingkey",
    ],
)
def test_the_database_keeps_signatures_as_they_are(world: World, statement: Text, change: str) -> None:
    adopted(world, statement)
    with acting.acting_as_house(), connection.cursor() as cursor:
        changed = 0
        try:
            with transaction.atomic():
                cursor.execute(change)
                changed = cursor.rowcount
        except Error:
            pass
        assert changed == 0


def test_the_database_takes_no_signature_of_anything_but_its_adoption(world: World, statement: Text) -> None:
    row = adopted(world, statement)
    with acting.acting_as_house():
        kept = Signature.objects.get()
        kept.pk, kept.language = None, "tr"
        with pytest.raises(Error), transaction.atomic():
            kept.save(force_insert=True)
        assert SigningKey.objects.count() == 1
        assert adopting_version(row.version_adopted) is not None
    with world.act("RS"), pytest.raises(Error), transaction.atomic():
        SigningKey.objects.create(public="a key of one's own")
