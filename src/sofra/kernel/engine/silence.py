"""Silence until an exact instant. The clock is the caller's: the database's, under a lock of what the silence closes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

Silence = Literal["running", "broken", "adopted"]


def silence(opened_at: datetime, deadline: datetime, now: datetime, objections: Iterable[datetime]) -> Silence:
    """Where a silence procedure stands at `now`.

    It is broken by the first objection at or after its opening and before its deadline; the deadline itself is too late.
    A broken silence stays broken, whether or not the objection is withdrawn afterwards. `objections` are the instants of
    all objections ever made, in any order; those later than `now` are not known yet and do not count.
    """
    if any(opened_at <= at < deadline and at <= now for at in objections):
        return "broken"
    return "running" if now < deadline else "adopted"
