"""The walls stand: by every path Django offers, a row is found and written only by those who may."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from sofra.kernel import acting, walls
from sofra.kernel.models import (
    Account,
    AuditChain,
    AuditEntry,
    AuditPayload,
    Change,
    Entry,
    File,
    FileChunk,
    Format,
    Invitation,
    Membership,
    Occupancy,
    Seat,
    Wording,
)
from sofra.kernel.recording import record
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")

OTHERS = ("visitor", "secretariat", "facilitator", "observer", "RS", "TR")
SECRET = "token-of-albania-alone"


@contextmanager
def refused_by_the_wall() -> Iterator[None]:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        yield


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def secret(world: World) -> Wording:
    """A wording that Albania's delegation keeps to itself."""
    with world.act("AL"):
        return Wording.objects.create(
            subject_id=uuid.uuid4(), field="title", language="en", text=SECRET, audience="delegation",
            format=world.format, owner_party=world.parties["AL"],
        )  # fmt: skip


def test_every_table_has_a_wall_or_stands_listed_with_a_reason() -> None:
    assert walls.unwalled_models() == []
    assert walls.findings() == []
    assert all(reason for _, reason in walls.OPEN_TABLES.values())


def test_the_owner_finds_its_row(world: World, secret: Wording) -> None:
    with world.act("AL"):
        assert Wording.objects.get(pk=secret.pk).text == SECRET


@pytest.mark.parametrize("who", OTHERS)
def test_no_manager_finds_anothers_row(world: World, secret: Wording, who: str) -> None:
    with world.act(who):
        for manager in (Wording.objects, Wording._base_manager, Wording._default_manager):
            assert list(manager.filter(pk=secret.pk)) == []
            assert manager.filter(Q(text=SECRET) | Q(pk=secret.pk)).exists() is False


@pytest.mark.parametrize("who", OTHERS)
def test_like_is_no_oracle(world: World, secret: Wording, who: str) -> None:
    with world.act(who):
        assert Wording.objects.filter(text__startswith="token").count() == 0
        assert Wording.objects.filter(text__iregex="albania").aggregate(n=Count("*"))["n"] == 0


@pytest.mark.parametrize("who", OTHERS)
def test_counts_and_aggregates_leave_out_what_one_may_not_read(world: World, secret: Wording, who: str) -> None:
    with world.act(who):
        assert Wording.objects.count() == 0
        assert Wording.objects.aggregate(n=Count("pk"), longest=models.Max("text")) == {"n": 0, "longest": None}
        parties = Format.objects.filter(pk=world.format.pk).annotate(n=Count("pk")).values_list("n", flat=True)
        assert list(parties) == [1]


@pytest.fixture
def chunk(world: World) -> FileChunk:
    """A piece of a file that Albania's delegation keeps to itself: reached by a foreign key."""
    with world.act("AL"):
        file = File.objects.create(
            name=SECRET, media_type="application/pdf", size=1, sha256=b"\0" * 32, audience="delegation",
            format=world.format, owner_party=world.parties["AL"],
        )  # fmt: skip
        return FileChunk.objects.create(file=file, number=0, data=SECRET.encode())


@pytest.fixture
def entry(world: World, chunk: FileChunk) -> Entry:
    """A row the secretariat may read, pointing at a row it may not."""
    with world.act("secretariat"):
        key = uuid.uuid4()
        entry = Entry(
            pk=key, channel="note", received_at=timezone.now(), document_id=chunk.file_id, audience="secretariat",
            format=world.format, owner_party=world.parties["AL"],
        )  # fmt: skip
        entry.save(force_insert=True)
        return entry


def test_a_forward_foreign_key_leads_no_further_than_the_wall(world: World, entry: Entry) -> None:
    with world.act("secretariat"):
        found = Entry.objects.get(pk=entry.pk)
        with pytest.raises(File.DoesNotExist):
            found.document  # noqa: B018 (reading it is the test)
    with world.act("AL"):
        assert Entry.objects.get(pk=entry.pk).document.name == SECRET


def test_select_related_leads_no_further_than_the_wall(world: World, entry: Entry) -> None:
    with world.act("secretariat"):
        found = Entry.objects.select_related("document").get(pk=entry.pk)
        assert found.document is None


def test_values_over_a_join_lead_no_further_than_the_wall(world: World, entry: Entry) -> None:
    with world.act("secretariat"):
        assert list(Entry.objects.values_list("document__name", flat=True)) == [None]
        assert Entry.objects.filter(document__name__startswith="token").count() == 0
        assert list(Entry.objects.annotate(name=F("document__name")).values_list("name", flat=True)) == [None]


@pytest.mark.parametrize("who", OTHERS)
def test_pieces_of_a_file_stand_behind_its_wall(world: World, chunk: FileChunk, who: str) -> None:
    with world.act(who):
        assert FileChunk.objects.count() == 0
    with world.act("AL"):
        assert FileChunk.objects.count() == 1


@pytest.mark.parametrize("who", OTHERS)
def test_raw_sql_meets_the_same_wall(world: World, secret: Wording, who: str) -> None:
    with world.act(who), connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM kernel_wording UNION ALL SELECT text FROM kernel_wording WHERE text LIKE %s", ["t%"]
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT count(*) FROM kernel_wording")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_changes_anothers_row(world: World, secret: Wording, who: str) -> None:
    with world.act(who):
        assert Wording.objects.filter(pk=secret.pk).update(text="changed") == 0
    with world.act("AL"):
        assert Wording.objects.get(pk=secret.pk).text == SECRET


def test_a_row_one_may_read_is_not_therefore_ones_to_change(world: World) -> None:
    with world.act("AL"):
        shown = Wording.objects.create(
            subject_id=uuid.uuid4(), field="title", language="en", text="for all", audience="format",
            format=world.format, owner_party=world.parties["AL"],
        )  # fmt: skip
    for who in ("RS", "secretariat"):
        with world.act(who):
            assert Wording.objects.get(pk=shown.pk).text == "for all"
            assert Wording.objects.filter(pk=shown.pk).update(text="changed") == 0


def test_no_row_is_ever_deleted_by_the_application(world: World, secret: Wording) -> None:
    with world.act("AL"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Wording.objects.filter(pk=secret.pk).delete()


@pytest.mark.parametrize("who", ["visitor", "facilitator", "observer", "RS", "secretariat"])
def test_nobody_forges_a_row_of_another_party(world: World, who: str) -> None:
    with world.act(who), refused_by_the_wall():
        Change.objects.create(
            kind="forged", subject_type="x", subject_id=uuid.uuid4(), audience="format", format=world.format,
            owner_party=world.parties["AL"],
        )  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "facilitator", "observer", "AL"])
def test_nobody_but_the_secretariat_forges_a_row_of_the_secretariat(world: World, who: str) -> None:
    with world.act(who), refused_by_the_wall():
        Change.objects.create(
            kind="forged", subject_type="x", subject_id=uuid.uuid4(), audience="format", format=world.format
        )


def test_a_party_writes_nothing_in_a_format_where_it_does_not_sit(world: World) -> None:
    with world.act("AL"), refused_by_the_wall():
        Change.objects.create(
            kind="x", subject_type="x", subject_id=uuid.uuid4(), audience="format", format=world.other_format,
            owner_party=world.parties["AL"],
        )  # fmt: skip


def test_a_row_is_not_given_away(world: World, secret: Wording) -> None:
    with world.act("AL"), refused_by_the_wall():
        Wording.objects.filter(pk=secret.pk).update(owner_party=world.parties["RS"])


def test_what_was_entered_for_a_delegation_becomes_its_own_when_it_corrects_it(world: World) -> None:
    with world.act("secretariat"):
        entry = Entry(
            pk=uuid.uuid4(), channel="call", received_at=timezone.now(), audience="secretariat", format=world.format,
            owner_party=world.parties["AL"],
        )  # fmt: skip
        entry.save(force_insert=True)
        entered = Wording.objects.create(
            subject_id=uuid.uuid4(), field="note", language="en", text="by telephone", audience="delegation",
            format=world.format, owner_party=world.parties["AL"], entry=entry,
        )  # fmt: skip
        assert Wording.objects.filter(pk=entered.pk).exists()
    with world.act("AL"):
        with refused_by_the_wall():
            Wording.objects.filter(pk=entered.pk).update(text="our own words")
        assert Wording.objects.filter(pk=entered.pk).update(text="our own words", entry=None) == 1
    with world.act("secretariat"):
        assert not Wording.objects.filter(pk=entered.pk).exists()


def test_nothing_is_readable_before_its_instant_but_by_its_owner(world: World) -> None:
    with world.act("secretariat"):
        held = Change.objects.create(
            kind="x", subject_type="x", subject_id=uuid.uuid4(), audience="public", format=world.format,
            readable_from=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
    for who in ("visitor", "observer", "RS"):
        with world.act(who):
            assert not Change.objects.filter(pk=held.pk).exists()
    with world.act("secretariat"):
        assert Change.objects.filter(pk=held.pk).exists()


def test_a_release_needs_no_worker_only_the_clock(world: World) -> None:
    with world.act("secretariat"):
        held = Change.objects.create(
            kind="x", subject_type="x", subject_id=uuid.uuid4(), audience="format", format=world.format,
            readable_from=timezone.now() + timedelta(seconds=2),
        )  # fmt: skip
    with world.act("RS"), connection.cursor() as cursor:
        assert not Change.objects.filter(pk=held.pk).exists()
        cursor.execute("SELECT pg_sleep(2.1)")
        assert Change.objects.filter(pk=held.pk).exists()


def test_named_parties_and_named_persons_alone_read_what_names_them(world: World) -> None:
    with world.act("secretariat"):
        common = {"kind": "x", "subject_type": "x", "subject_id": uuid.uuid4(), "format": world.format}
        for_parties = Change.objects.create(audience="parties", readers=[world.parties["ME"].pk], **common)
        for_person = Change.objects.create(audience="persons", readers=[world.seats["facilitator"].pk], **common)
    readers = {who: set() for who in ("ME", "facilitator", "RS", "observer", "visitor")}
    for who in readers:
        with world.act(who):
            readers[who] = set(Change.objects.values_list("pk", flat=True))
    assert readers == {
        "ME": {for_parties.pk},
        "facilitator": {for_person.pk},
        "RS": set(),
        "observer": set(),
        "visitor": set(),
    }


def test_a_former_member_reads_what_became_readable_while_it_sat(world: World) -> None:
    now = timezone.now()
    with world.act("secretariat"):
        Membership.objects.filter(format=world.format, party=world.parties["ME"]).update(
            until=now.date() - timedelta(days=10)
        )
        common = {
            "kind": "x",
            "subject_type": "x",
            "subject_id": uuid.uuid4(),
            "format": world.format,
            "audience": "format",
        }
        then = Change.objects.create(readable_from=now - timedelta(days=20), **common)
        Change.objects.create(readable_from=now - timedelta(days=5), **common)
    with world.act("ME"):
        assert list(Change.objects.values_list("pk", flat=True)) == [then.pk]
        with refused_by_the_wall():
            Change.objects.create(owner_party=world.parties["ME"], **common)


def test_without_an_actor_nothing_but_the_public_is_found(world: World, secret: Wording) -> None:
    acting.become(acting.Actor())
    assert Wording.objects.count() == 0
    assert Seat.objects.count() == 0
    assert Invitation.objects.count() == 0
    assert Membership.objects.count() == 10


def test_a_nested_actor_gives_way_to_the_one_before(world: World, secret: Wording) -> None:
    with world.act("AL"):
        with world.act("RS"):
            assert Wording.objects.count() == 0
        assert Wording.objects.count() == 1
        with pytest.raises(ZeroDivisionError), world.act("RS"):
            1 / 0  # noqa: B018
        assert Wording.objects.count() == 1


def test_the_chain_is_appended_to_and_never_read_or_changed_by_the_application(world: World) -> None:
    with world.act("AL"):
        own = Change.objects.create(
            kind="x", subject_type="x", subject_id=uuid.uuid4(), audience="delegation", format=world.format,
            owner_party=world.parties["AL"],
        )  # fmt: skip
        record("test.done", own, {"token": SECRET}, visible=False)
    # The outermost block of this test is rolled back; nested blocks gather for themselves and append on leaving.
    with world.act("AL"):
        assert AuditPayload.objects.filter(subject=own.pk, body__contains=SECRET).count() == 1
    for who in OTHERS:
        with world.act(who):
            assert AuditPayload.objects.filter(subject=own.pk).count() == 0
            assert (AuditChain.objects.count(), AuditEntry.objects.count()) == (0, 0)
    with world.act("secretariat"):
        with refused_by_the_wall():
            AuditPayload.objects.create(
                chain="x",
                seq=1,
                at=timezone.now(),
                action="forged",
                salt=b"",
                body="",
                audience="public",
                format=world.format,
            )


def test_taken_is_all_one_learns_of_anothers_hold(world: World) -> None:
    from sofra.kernel import occupancy
    from sofra.kernel.refusals import Refusal

    room, now = uuid.uuid4(), timezone.now()
    places = {
        who: {"audience": "delegation", "format": world.format, "owner_party": world.parties[who]}
        for who in ("AL", "RS")
    }
    with world.act("AL"):
        occupancy.hold(room, now, now + timedelta(hours=1), uuid.uuid4(), "published", places["AL"])
    with world.act("RS"):
        occupancy.hold(room, now, now + timedelta(hours=1), uuid.uuid4(), "pencilled", places["RS"])
        with pytest.raises(Refusal) as refusal:
            occupancy.hold(room, now, now + timedelta(hours=1), uuid.uuid4(), "published", places["RS"])
        assert str(refusal.value) == "This is taken at that time. Choose another time, or pencil it."
        assert Occupancy.objects.count() == 1


def test_the_account_table_holds_no_party_material() -> None:
    assert {field.name for field in Account._meta.get_fields() if field.concrete} == {
        "id", "email", "name", "language", "is_active", "demonstration", "made_at", "password", "last_login", "sessions",
    }  # fmt: skip


def test_search_finds_only_what_the_seeker_may_read(world: World) -> None:
    from sofra.kernel import search

    with world.act("AL"):
        row = Change.objects.create(
            kind="x", subject_type="x", subject_id=uuid.uuid4(), audience="delegation", format=world.format,
            owner_party=world.parties["AL"],
        )  # fmt: skip
        search.index(row, "test", "en", "Corridor note", f"the corridor {SECRET}", "/x/")
    found = {}
    for who in ("AL", *OTHERS):
        with world.act(who):
            found[who] = [hit.title for hit in search.find("corridor", "en")]
    assert found == {"AL": ["Corridor note"], **{who: [] for who in OTHERS}}
