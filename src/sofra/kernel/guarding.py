"""Words that a command writes, or lets others read, and who looks at them before it is done.

`wordings.put` and `wordings.replace_placement` say here whose words changed or came before other readers; a command that puts
words out in another way (a frozen copy, a letter) says so with `put_out`. The outermost command shows them to the guard as its
last act: so no command can forget it. Who the guard is, is a room's to say (`install`); without one nothing is held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from sofra.kernel import acting

Texts = dict[str, dict[str, str]]

#: The language of words of which nobody says in which they are (BCP 47).
UNSAID = "und"


@dataclass(frozen=True)
class Said:
    """Words of a row. `texts` by field and language, where they are not the row's own wordings. `out`: others read them from
    now on, whatever the row itself says."""

    subject: Any
    texts: Texts | None = None
    out: bool = False


@dataclass(frozen=True)
class Kept:
    """What is remarked in words that were saved: the keys of the remarks, where the words can be changed ("" where nowhere),
    and whether they are a delegation's own."""

    keys: tuple[str, ...] = ()
    url: str = ""
    own: bool = False


class Guard(Protocol):
    """Who looks at words."""

    def hold(self, said: Sequence[Said]) -> None:
        """Raise NeedsAnyway for words that are not to go out unless somebody says so."""

    def remarks(self, request: Any, texts: Mapping[str, tuple[str, str]]) -> dict[str, list[Any]]:
        """The remarks (kernel.remarks.Remark) on the fields of a form, given as language and text by name; only where there
        are any."""

    def kept(self, said: Sequence[Said]) -> Kept:
        """What is to be said to the author of words that were saved."""

    def desk(self) -> str:
        """Where any text can be held against what the guard knows."""


_guard: Guard | None = None
_said: ContextVar[list[Said] | None] = ContextVar("sofra_said", default=None)
_heard: ContextVar[list[Said] | None] = ContextVar("sofra_heard", default=None)


def install(guard: Guard) -> None:
    """Let a guard look at words from now on. The room that has one calls it once."""
    global _guard
    _guard = guard


def guard() -> Guard | None:
    """Who looks at words."""
    return _guard


def say(subject: Any, texts: Texts | None = None, *, out: bool = False) -> None:
    """Words of a row were written, or reach other readers. What the house itself carries in, with nobody seated, is nobody's
    to look at."""
    said = _said.get()
    if said is not None and acting.current().seat_id is not None:
        said.append(Said(subject, texts, out))


def put_out(subject: Any, texts: Texts | None = None) -> None:
    """Words go out otherwise than by the row's own audience: in a frozen copy, on paper."""
    say(subject, texts, out=True)


@contextmanager
def one_command() -> Iterator[None]:
    """The length of a command; at the end of the outermost the guard sees what was said in it."""
    if _said.get() is not None:
        yield
        return
    said: list[Said] = []
    token = _said.set(said)
    try:
        yield
        if said and _guard is not None:
            _guard.hold(said)
    finally:
        _said.reset(token)
    heard = _heard.get()
    if heard is not None:
        heard += said


@contextmanager
def hearing() -> Iterator[list[Said]]:
    """What commands say in a block, for the page that calls them."""
    heard: list[Said] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
