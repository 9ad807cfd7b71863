"""Sending something although it was warned of: refused until whoever sends it says so explicitly.

A command that finds a reason to hold back raises `NeedsAnyway`; a page that asks for it (kernel.asking) then shows what was
found and a box to tick, and calls the command again inside `said`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

from sofra.kernel.refusals import Refusal

_anyway: ContextVar[bool] = ContextVar("sofra_anyway", default=False)


class NeedsAnyway(Refusal):
    """A command held back. `found` are the findings, for a page, in the words of whoever raised it."""

    def __init__(self, sentence: Any, found: tuple[Any, ...]) -> None:
        super().__init__(sentence)
        self.found = found


@contextmanager
def said(anyway: bool) -> Iterator[None]:
    """For the length of a block it was said, or not, that something is to be sent anyway."""
    token = _anyway.set(anyway)
    try:
        yield
    finally:
        _anyway.reset(token)


def asked(request: Any) -> AbstractContextManager[None]:
    """For the length of a block: what the box on a page says."""
    return said(bool(request.POST.get("anyway")))


def shown(refusal: Refusal) -> dict[str, Any]:
    """What a page shows of a command held back (web/parts/held_back.html, web/parts/anyway.html); of others nothing."""
    return {"held_back": refusal.found} if isinstance(refusal, NeedsAnyway) else {}


def was_said() -> bool:
    """Whether it was."""
    return _anyway.get()
