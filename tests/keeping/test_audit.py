"""The chains tell of every hand that reached into them, and say where."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from sofra.kernel import recording
from sofra.kernel.keeping import audit, heads
from sofra.kernel.keeping.chains import Entry
from sofra.kernel.models import Audience, Change
from sofra.kernel.refusals import Refusal
from tests.keeping.chain import Verify, append
from tests.support.world import World, make_world

Superuser = psycopg.Connection[Any]

REMOVE = "DELETE FROM kernel_auditentry WHERE chain = 'house' AND seq = 3"
REMOVE_BOTH = REMOVE + "; DELETE FROM kernel_auditpayload WHERE chain = 'house' AND seq = 3"
CLOSE_UP = "".join(
    f"; UPDATE {table} SET seq = -seq WHERE chain = 'house' AND seq > 3;"
    f" UPDATE {table} SET seq = -seq - 1 WHERE chain = 'house' AND seq < 0"
    for table in ("kernel_auditentry", "kernel_auditpayload")
)
LOWER_HEAD = "; UPDATE kernel_auditchain SET seq = 7 WHERE chain = 'house'"
MAKE_ROOM = "".join(
    f"UPDATE {table} SET seq = -seq WHERE chain = 'house' AND seq >= 3;"
    f" UPDATE {table} SET seq = -seq + 1 WHERE chain = 'house' AND seq < 0;"
    for table in ("kernel_auditentry", "kernel_auditpayload")
)
COPY_ENTRY = (
    "INSERT INTO kernel_auditentry SELECT chain, {to}, at, digest, previous, hash FROM kernel_auditentry"
    " WHERE chain = 'house' AND seq = {source};"
    "INSERT INTO kernel_auditpayload (id, chain, seq, at, action, subject, seat_id, salt, body, audience, format_id,"
    " owner_party_id, readers, readable_from, entry_id, version) SELECT gen_random_uuid(), chain, {to}, at, action, subject,"
    " seat_id, salt, body, audience, format_id, owner_party_id, readers, readable_from, entry_id, version"
    " FROM kernel_auditpayload WHERE chain = 'house' AND seq = {source}"
)
FORGE_ENTRY = (
    "INSERT INTO kernel_auditentry VALUES ('house', {to}, now(), sha256('a'), sha256('b'), sha256('c'));"
    "INSERT INTO kernel_auditpayload (id, chain, seq, at, action, salt, body, audience, readers, readable_from, version)"
    " VALUES (gen_random_uuid(), 'house', {to}, now(), 'forged', 'x', '{{}}', 'secretariat', '{{}}', now(), 1)"
)
SWAP = (
    "UPDATE {table} SET seq = -3 WHERE chain = 'house' AND seq = 3; UPDATE {table} SET seq = 3 WHERE chain = 'house'"
    " AND seq = 5; UPDATE {table} SET seq = 5 WHERE chain = 'house' AND seq = -3"
)
SWAPPED = [
    "Entry 3 of chain house was moved: it was made as entry 5.",
    "Entry 5 of chain house was moved: it was made as entry 3.",
]
CHANGED = "Entry 3 of chain house was changed: its hash does not follow from what it holds."

KINDS: dict[str, tuple[str, list[str]]] = {
    "instant of an entry": (
        "UPDATE kernel_auditentry SET at = at + interval '1 microsecond' WHERE chain = 'house' AND seq = 3",
        [CHANGED],
    ),
    "endless instant": ("UPDATE kernel_auditentry SET at = 'infinity' WHERE chain = 'house' AND seq = 3", [CHANGED]),
    "hash of an entry": (
        "UPDATE kernel_auditentry SET hash = sha256('x') WHERE chain = 'house' AND seq = 3",
        [CHANGED],
    ),
    "digest of an entry": (
        "UPDATE kernel_auditentry SET digest = sha256('x') WHERE chain = 'house' AND seq = 3",
        [CHANGED],
    ),
    "hash before an entry": (
        "UPDATE kernel_auditentry SET previous = sha256('x') WHERE chain = 'house' AND seq = 3",
        [CHANGED],
    ),
    "hash of the last entry": (
        "UPDATE kernel_auditentry SET hash = sha256('x') WHERE chain = 'house' AND seq = 8",
        ["Entry 8 of chain house was changed: its hash does not follow from what it holds."],
    ),
    "an entry, its hash made again": (
        "UPDATE kernel_auditpayload SET body = replace(body, '\"number\": 2', '\"number\": 9') WHERE chain = 'house' AND seq = 3;"
        "UPDATE kernel_auditentry e SET digest = sha256(p.salt || convert_to(p.body, 'UTF8')) FROM kernel_auditpayload p"
        " WHERE p.chain = e.chain AND p.seq = e.seq AND e.seq = 3;"
        "UPDATE kernel_auditentry SET hash = sofra_audit_link(previous, seq, chain, at, digest)"
        " WHERE chain = 'house' AND seq = 3",
        ["Entry 3 of chain house was changed and its hash made again: entry 4 follows another."],
    ),
    "body of a payload": (
        "UPDATE kernel_auditpayload SET body = replace(body, '2', '9') WHERE chain = 'house' AND seq = 3",
        ["The payload of entry 3 of chain house was changed: its digest is not the entry's."],
    ),
    "salt of a payload": (
        "UPDATE kernel_auditpayload SET salt = 'x' WHERE chain = 'house' AND seq = 3",
        ["The payload of entry 3 of chain house was changed: its digest is not the entry's."],
    ),
    "action of a payload": (
        "UPDATE kernel_auditpayload SET action = 'other' WHERE chain = 'house' AND seq = 3",
        ["The payload of entry 3 of chain house was changed: its columns say other than its body."],
    ),
    "instant of a payload": (
        "UPDATE kernel_auditpayload SET at = now() WHERE chain = 'house' AND seq = 3",
        ["The payload of entry 3 of chain house was changed: its columns say other than its body."],
    ),
    "audience of a payload": (
        "UPDATE kernel_auditpayload SET audience = 'public' WHERE chain = 'house' AND seq = 3",
        ["The payload of entry 3 of chain house was moved to other readers. Changed: audience."],
    ),
    "owner, readers and release of a payload": (
        "UPDATE kernel_auditpayload SET owner_party_id = gen_random_uuid(), readers = ARRAY[gen_random_uuid()],"
        " readable_from = readable_from - interval '1 microsecond' WHERE chain = 'house' AND seq = 3",
        [
            "The payload of entry 3 of chain house was moved to other readers. "
            "Changed: owner, named readers, instant of release."
        ],
    ),
    "format and entry of a payload": (
        "UPDATE kernel_auditpayload SET format_id = gen_random_uuid(), entry_id = gen_random_uuid(),"
        " readable_from = 'infinity' WHERE chain = 'house' AND seq = 3",
        [
            "The payload of entry 3 of chain house was moved to other readers. "
            "Changed: format, instant of release, how it was entered."
        ],
    ),
    "placement left out of a payload": (
        "UPDATE kernel_auditpayload SET audience = 'public', body = (body::jsonb - 'placement' - 'digest')::text"
        " WHERE chain = 'house' AND seq = 3",
        ["The payload of entry 3 of chain house was changed: its digest is not the entry's."],
    ),
    "payload removed": (
        "DELETE FROM kernel_auditpayload WHERE chain = 'house' AND seq = 3",
        ["The payload of entry 3 of chain house was removed."],
    ),
    "entry removed": (REMOVE, ["Entry 3 of chain house was removed."]),
    "entry and payload removed": (REMOVE_BOTH, ["Entry 3 of chain house was removed."]),
    "entry removed, the rest renumbered": (REMOVE_BOTH + CLOSE_UP, ["Entry 3 of chain house was removed."]),
    "entry removed, the rest and the head renumbered": (
        REMOVE_BOTH + CLOSE_UP + LOWER_HEAD,
        [
            "Entry 3 of chain house was removed.",
            "The head of chain house does not match its last link, entry 7.",
        ],
    ),
    "first entries removed": (
        "DELETE FROM kernel_auditentry WHERE chain = 'house' AND seq < 3",
        ["Entries 1 to 2 of chain house were removed."],
    ),
    "last entries removed": (
        "DELETE FROM kernel_auditentry WHERE chain = 'house' AND seq > 6",
        ["Entries 7 to 8 of chain house were removed."],
    ),
    "all entries removed": (
        "DELETE FROM kernel_auditentry; DELETE FROM kernel_auditpayload",
        ["Entries 1 to 8 of chain house were removed."],
    ),
    "entry inserted at the end": (
        FORGE_ENTRY.format(to=9),
        [
            "Entry 9 of chain house was changed: its hash does not follow from what it holds.",
            "The payload of entry 9 of chain house was changed: its digest is not the entry's.",
            "An entry of chain house was inserted at number 9.",
        ],
    ),
    "entry inserted between": (
        MAKE_ROOM + FORGE_ENTRY.format(to=3),
        [
            "The payload of entry 3 of chain house was changed: its digest is not the entry's.",
            "An entry of chain house was inserted at number 3.",
        ],
    ),
    "entry copied between": (
        MAKE_ROOM + COPY_ENTRY.format(source=2, to=3),
        ["An entry of chain house was inserted at number 3."],
    ),
    "payload inserted": (
        FORGE_ENTRY.format(to=9).partition(";")[2],
        ["A payload of chain house was inserted at number 9."],
    ),
    "entries reordered": (SWAP.format(table="kernel_auditentry"), SWAPPED),
    "entries and payloads reordered": (
        SWAP.format(table="kernel_auditentry") + ";" + SWAP.format(table="kernel_auditpayload"),
        SWAPPED,
    ),
    "payloads reordered": (
        SWAP.format(table="kernel_auditpayload"),
        [
            "The payload of entry 3 of chain house was changed: its digest is not the entry's.",
            "The payload of entry 5 of chain house was changed: its digest is not the entry's.",
        ],
    ),
    "head's hash": (
        "UPDATE kernel_auditchain SET hash = sha256('x') WHERE chain = 'house'",
        ["The head of chain house does not match its last link, entry 8."],
    ),
    "head removed": ("DELETE FROM kernel_auditchain", ["The head of chain house was removed."]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_tampered_with_is_named(kind: str, superuser: Superuser, verify: Verify) -> None:
    tampering, sentences = KINDS[kind]
    append(8)
    assert verify() == []
    superuser.execute(tampering)
    assert verify() == sentences


#: An entry as it was made before bodies said where they are placed.
OF_VERSION_1 = """
WITH made AS (
  SELECT c.seq + 1 AS seq, c.hash AS previous, clock_timestamp() AS at, 'salt'::bytea AS salt,
         '{"action": "old", "subject": null, "seat": null, "account": null, "details": {}}' AS body
    FROM kernel_auditchain c WHERE c.chain = 'house'
), said AS (
  INSERT INTO kernel_auditpayload (id, chain, seq, at, action, salt, body, audience, readers, readable_from, version)
  SELECT gen_random_uuid(), 'house', seq, at, 'old', salt, body, 'secretariat', '{}', at, 1 FROM made
), linked AS (
  INSERT INTO kernel_auditentry (chain, seq, at, digest, previous, hash)
  SELECT 'house', seq, at, sha256(salt || convert_to(body, 'UTF8')), previous,
         sofra_audit_link(previous, seq, 'house', at, sha256(salt || convert_to(body, 'UTF8'))) FROM made
  RETURNING seq, hash
)
UPDATE kernel_auditchain c SET seq = linked.seq, hash = linked.hash FROM linked WHERE c.chain = 'house'
"""


def test_entries_of_the_first_digest_version_verify_beside_those_of_the_second(
    superuser: Superuser, verify: Verify
) -> None:
    append(2)
    superuser.execute(OF_VERSION_1)
    append(2)
    assert verify() == []
    superuser.execute("UPDATE kernel_auditpayload SET body = replace(body, 'old', 'new') WHERE seq = 3")
    assert verify() == ["The payload of entry 3 of chain house was changed: its digest is not the entry's."]


@pytest.mark.usefixtures("own_database")
def test_a_body_says_where_its_payload_stands(superuser: Superuser) -> None:
    world = make_world()
    with world.act("AL"):
        recording.record("test.noted", delegation_change(world), visible=False)
    row = superuser.execute(
        "SELECT body::jsonb ->> 'digest', body::jsonb -> 'placement', audience, owner_party_id::text, format_id::text"
        " FROM kernel_auditpayload WHERE action = 'test.noted'"
    ).fetchone()
    assert row is not None
    version, said, audience, owner, of_format = row
    assert version == "2"
    assert (said["audience"], said["owner"], said["format"]) == (audience, owner, of_format)
    assert (audience, owner) == ("delegation", str(world.parties["AL"].pk))


def delegation_change(world: World) -> Change:
    party = world.parties["AL"].pk
    return Change.objects.create(
        kind="test.noted", subject_type="test", subject_id=party, audience=Audience.DELEGATION,
        format_id=world.format.pk, owner_party_id=party,
    )  # fmt: skip


CUT = (
    "DELETE FROM kernel_auditentry WHERE chain = 'house' AND seq > 6;"
    "DELETE FROM kernel_auditpayload WHERE chain = 'house' AND seq > 6;"
    "UPDATE kernel_auditchain SET seq = 6, hash = (SELECT hash FROM kernel_auditentry WHERE chain = 'house' AND seq = 6)"
)


def test_a_cut_tail_is_seen_against_an_exported_head_alone(superuser: Superuser, verify: Verify) -> None:
    append(8)
    exported = heads.loads(heads.dumps(heads.of_house()))
    append(1)
    assert verify(exported) == []
    superuser.execute(CUT)
    assert verify() == []
    assert verify(exported) == ["The tail of chain house was cut: it ends at 6, its exported head is entry 8."]


def test_a_tail_cut_and_grown_again_is_not_the_exported_one(superuser: Superuser, verify: Verify) -> None:
    append(8)
    exported = heads.of_house()
    superuser.execute(CUT)
    append(4)
    assert verify() == []
    assert verify(exported) == [
        "Entry 8 of chain house is not the one in the exported head: the chain was written anew."
    ]


def test_a_whole_chain_taken_away_is_missing_against_an_exported_head(superuser: Superuser, verify: Verify) -> None:
    append(3)
    exported = heads.of_house()
    superuser.execute("TRUNCATE kernel_auditchain, kernel_auditentry, kernel_auditpayload")
    assert verify() == []
    assert verify(exported) == ["Chain house is missing as a whole: its exported head is entry 3."]


def test_an_edited_export_is_no_export() -> None:
    exported = heads.dumps(heads.of_rows([("house", 3, b"x" * 32)]))
    assert heads.loads(exported).heads == (heads.Head("house", 3, b"x" * 32),)
    for damaged in (exported.replace(b'"number": 3', b'"number": 2'), exported[:-9], b"", b"[]", b"\xff"):
        with pytest.raises(Refusal, match="digest does not fit"):
            heads.loads(damaged)


@pytest.mark.usefixtures("own_database")
def test_the_day_keeps_its_first_export(tmp_path: Any) -> None:
    append(2)
    file = heads.export_daily(tmp_path / "heads")
    first = file.read_bytes()
    assert heads.loads(first).heads[0].number == 2
    assert file.stat().st_mode & 0o777 == 0o600
    append(1)
    assert heads.export_daily(tmp_path / "heads").read_bytes() == first


def test_a_blind_role_verifies_nothing(own_database: str, server: Any) -> None:
    append(1)
    with psycopg.connect(server.url("sofra_app", own_database), autocommit=True) as blind:
        with pytest.raises(Refusal, match="The role sofra_app does not see every row of kernel_auditchain"):
            audit.verify(blind)


def test_an_owner_whose_policy_was_taken_away_verifies_nothing(
    superuser: Superuser, owner: psycopg.Connection[Any]
) -> None:
    append(1)
    superuser.execute("DROP POLICY the_owner_role ON kernel_auditentry")
    with pytest.raises(Refusal, match="does not see every row of kernel_auditentry"):
        audit.verify(owner)


def test_python_and_the_database_make_the_same_link(owner: psycopg.Connection[Any]) -> None:
    for chain, number, micros in (("house", 1, 0), ("söfra", 2**40, 1_790_000_000_123_457), ("x", 7, -1)):
        made = owner.execute(
            "SELECT sofra_audit_link(sha256('p'), %s, %s, timestamptz 'epoch' + %s * interval '1 microsecond', sha256('d'))",
            [number, chain, micros],
        ).fetchone()
        from hashlib import sha256

        entry = Entry(number, micros, sha256(b"d").digest(), sha256(b"p").digest(), b"")
        assert made is not None and entry.link(chain, number) == made[0]
