"""The rule of reading and writing says the same in SQL and in Python, over random worlds."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sofra.kernel import acting, policy
from sofra.kernel.acting import Actor
from sofra.kernel.models import Audience, Change

pytestmark = pytest.mark.usefixtures("house")

IDS = [uuid.UUID(int=number) for number in range(1, 5)]
NOW = datetime.now(UTC)
INSTANTS = [NOW + timedelta(days=days) for days in (-30, -10, -1, 1, 30)]

ids = st.sampled_from(IDS)
maybe_id = st.none() | ids
id_lists = st.lists(ids, max_size=3, unique=True)


@st.composite
def terms(draw: st.DrawFn) -> dict[str, str]:
    """Terms as sofra_enter writes them: multiranges by format."""
    found = {}
    for format_id in draw(id_lists):
        edges = sorted(draw(st.lists(st.sampled_from(INSTANTS), min_size=2, max_size=4, unique=True)))
        spans = [f'["{a.isoformat()}","{b.isoformat()}")' for a, b in zip(edges[::2], edges[1::2], strict=False)]
        if draw(st.booleans()):
            spans[-1] = spans[-1].split(",")[0] + ",)"
        found[str(format_id)] = "{" + ",".join(spans) + "}"
    return found


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """Any actor the settings can describe, sensible or not."""
    row = {
        "role": draw(st.sampled_from(["visitor", "guest", "secretariat", "delegate", "facilitator", "observer"])),
        "account": str(draw(ids)),
        "seat": (lambda key: str(key) if key else None)(draw(maybe_id)),
        "party": (lambda key: str(key) if key else None)(draw(maybe_id)),
        "house": draw(st.sampled_from(["on", None])),
        "secretariat_of": [str(key) for key in draw(id_lists)] or None,
        "member_of": [str(key) for key in draw(id_lists)] or None,
        "observer_of": [str(key) for key in draw(id_lists)] or None,
        "member_terms": draw(terms()) or None,
        "observer_terms": draw(terms()) or None,
    }
    return acting._actor(row)


rows = st.builds(
    Change,
    audience=st.sampled_from(Audience.values),
    format_id=maybe_id,
    owner_party_id=maybe_id,
    readers=id_lists,
    readable_from=st.sampled_from(INSTANTS),
    entry_id=maybe_id,
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actor=actors(), row=rows)
def test_sql_and_python_agree_on_who_may_read_and_write(actor: Actor, row: Change) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sofra_become(%s::jsonb)", [json.dumps(actor.settings)])
        cursor.execute(
            """SELECT sofra_may_read(%s, %s, %s, %s::uuid[], %s, %s), sofra_may_write(%s, %s, %s)""",
            [
                row.audience,
                row.format_id,
                row.owner_party_id,
                [str(key) for key in row.readers],
                row.readable_from,
                row.entry_id,
                row.format_id,
                row.owner_party_id,
                row.entry_id,
            ],
        )
        may_read, may_write = cursor.fetchone()
    assert (policy.decide(actor, "read", row).allowed, policy.decide(actor, "write", row).allowed) == (
        may_read,
        may_write,
    )


@given(actor=actors(), row=rows)
def test_whoever_may_write_may_read(actor: Actor, row: Change) -> None:
    if policy.decide(actor, "write", row):
        assert policy.decide(actor, "read", row)


@given(actor=actors(), row=rows)
def test_every_decision_has_a_reason(actor: Actor, row: Change) -> None:
    assert str(policy.decide(actor, "read", row).reason).endswith(".")
    assert str(policy.decide(actor, "write", row).reason).endswith(".")


def test_no_action_has_two_rules() -> None:
    with pytest.raises(ValueError, match="has a rule already"):
        policy.rule("read")(lambda actor, row: policy.allow(""))
