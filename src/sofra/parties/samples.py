"""What the tests that walk the whole house need of parties: addresses of real rows, and words others must never see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from sofra.kernel.models import Audience, File, Membership
from sofra.parties.models import Holiday, Post, Tenure


def _speaking(world: Any, code: str) -> Any:
    from sofra.parties.commands.posts import Speaking

    return Speaking(world.parties[code], world.format)


def _post(world: Any) -> Post:
    from sofra.parties.commands.posts import add_post, add_tenure

    with world.act("AL"):
        own = Post.objects.filter(owner_party=world.parties["AL"], audience=Audience.PUBLIC, closed=False)
        found = own.filter(tenures__isnull=False).first()
        if found is None:
            speaking = _speaking(world, "AL")
            found = add_post(speaking, rank="director", titles={"en": "Sample post"}, audience=Audience.PUBLIC)
            add_tenure(found, speaking, name="Sample Holder", since=None)
    return found


def _closed(world: Any) -> dict[str, Any]:
    return {"post": world.found["parties.closed"].pk}


def _tenure(world: Any) -> dict[str, Any]:
    _post(world)
    with world.act("AL"):
        return {"tenure": Tenure.objects.filter(post__party=world.parties["AL"]).values_list("pk", flat=True).first()}


def _holiday(world: Any) -> dict[str, Any]:
    from sofra.parties.commands.holidays import keep_holiday

    with world.act("secretariat"):
        found = Holiday.objects.filter(withdrawn=False).first() or keep_holiday(
            party=world.parties["AL"], day=date(2031, 11, 28), names={"en": "Sample holiday"}
        )
    return {"holiday": found.pk}


def _membership(world: Any) -> dict[str, Any]:
    seat = Membership.objects.filter(format=world.format).first()
    assert seat is not None
    return {"format": world.format.slug, "membership": seat.pk}


def _file(world: Any) -> dict[str, Any]:
    from sofra.kernel.engine.samples import smallest_pdf
    from sofra.kernel.files import keep_file

    with world.act("secretariat"):
        found = File.objects.first() or keep_file(
            BytesIO(smallest_pdf("sample")),
            "sample.pdf",
            {"audience": Audience.SECRETARIAT, "format_id": world.format.pk},
        )
    return {"file": found.pk}


def _party(world: Any) -> dict[str, Any]:
    return {"party": world.parties["AL"].pk}


SAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(("format_edit", "membership_add"), lambda world: {"format": world.format.slug}),
    **dict.fromkeys(("membership_edit", "membership_end"), _membership),
    **dict.fromkeys(
        ("party", "party_edit", "post_add", "holidays", "holidays_fill", "weekly_rest_set", "holiday_add"), _party
    ),
    **dict.fromkeys(("holiday_edit", "holiday_withdraw"), _holiday),
    **dict.fromkeys(("post_edit", "post_close", "tenure_add"), lambda world: {"post": _post(world).pk}),
    "post_reopen": _closed,
    "tenure_edit": _tenure,
    "kept_file": _file,
}


def canaries(world: Any) -> None:
    """Posts, an unreleased name, and a document that came with a note; each holds a word for its readers alone."""
    from sofra.kernel.commands import enter_for
    from sofra.kernel.engine.samples import smallest_pdf
    from sofra.kernel.files import keep_file
    from sofra.parties.commands.posts import Speaking, add_post, add_tenure, close_post

    for code in ("AL", "RS"):
        with world.act(code):
            speaking = _speaking(world, code)
            shown = add_post(
                speaking, rank="ambassador", titles={"en": f"Post {world.token('format')}"}, audience=Audience.FORMAT
            )
            add_tenure(shown, speaking, name=f"Name {world.token(code)}", since=None, name_audience=Audience.DELEGATION)
            add_post(speaking, rank="expert", titles={"en": f"Post {world.token(code)}"}, audience=Audience.DELEGATION)
            former = add_post(
                speaking, rank="expert", titles={"en": f"Former {world.token(code)}"}, audience=Audience.DELEGATION
            )
            add_tenure(
                former, speaking, name=f"Name {world.token(code)}", since=None, name_audience=Audience.DELEGATION
            )
            close_post(former, speaking, seen_version=former.version, until=date(2026, 1, 31))
            if code == "AL":
                world.found["parties.closed"] = former
    with world.act("secretariat"):
        party = world.parties["AL"]
        document = keep_file(
            BytesIO(smallest_pdf("note")),
            "note.pdf",
            {"audience": Audience.PARTIES, "format_id": world.format.pk, "readers": [party.pk]},
        )
        entry = enter_for(
            party.pk, world.format.pk, channel="note", received_at=datetime.now(UTC) - timedelta(hours=2),
            reference="NV 7", document=document,
        )  # fmt: skip
        add_post(
            Speaking(party, world.format, entry), rank="director", titles={"en": "Entered post"}, audience=Audience.PUBLIC
        )  # fmt: skip
