"""How often somebody may try: per account and per address, across workers, counted apart from the request.

The address is the one the connection came from (REMOTE_ADDR) and nothing else: a header can be written by anybody. Behind a
proxy all visitors share the proxy's address, and the limit per address becomes one for all; docs say how to pass it on.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from sofra.kernel import throttle
from sofra.kernel.refusals import Refusal


@dataclass(frozen=True)
class Limit:
    """So many tries under one key in so many seconds."""

    name: str
    most: int
    seconds: int


SIGN_IN_ACCOUNT = Limit("sign-in:account", 10, 900)
SIGN_IN_ADDRESS = Limit("sign-in:address", 60, 900)
CODE = Limit("code:account", 10, 900)
INVITATION_ADDRESS = Limit("invitation:address", 30, 900)


class TooMany(Refusal):
    """Tried too often; the sentence names the wait, and `seconds` how long it is."""

    def __init__(self, seconds: int) -> None:
        super().__init__(_sentence(seconds))
        self.seconds = max(1, seconds)


def address_of(request: HttpRequest) -> str:
    """The address the connection came from; "local" for a Unix socket, which has none."""
    return str(request.META.get("REMOTE_ADDR") or "local")


def count(limit: Limit, key: Any) -> None:
    """Count a try. Raises TooMany, with the minutes left, once there were too many."""
    if throttle.hits(_key(limit, key), limit.seconds) > limit.most:
        raise TooMany(throttle.wait(_key(limit, key), limit.seconds))


def forget(limit: Limit, key: Any) -> None:
    """Start anew, after a success."""
    throttle.forget(_key(limit, key))


def _key(limit: Limit, key: Any) -> str:
    return f"{limit.name}:{str(key).strip().casefold()}"


def _sentence(seconds: int) -> str:
    minutes = max(1, ceil(seconds / 60))
    return ngettext(
        "Tried too often. Nothing was changed. Try again in %(n)d minute.",
        "Tried too often. Nothing was changed. Try again in %(n)d minutes.",
        minutes,
    ) % {"n": minutes}
