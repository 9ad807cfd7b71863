"""Grows a chain to tamper with."""

from __future__ import annotations

from collections.abc import Callable

from sofra.kernel import acting, recording

Verify = Callable[..., list[str]]


def append(count: int) -> None:
    """Append entries to the house's chain, each in a transaction of its own."""
    for number in range(count):
        with acting.acting_as_house():
            recording.record_house("test.appended", None, {"number": number})
