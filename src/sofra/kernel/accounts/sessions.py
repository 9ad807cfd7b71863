"""How long a session lasts: an idle limit and an absolute one, both kept as instants in the session."""

from __future__ import annotations

import time
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sofra.kernel.accounts import queries
from sofra.kernel.middleware import SEAT
from sofra.kernel.models import Account

BEGAN, SEEN = "began", "seen"


def begin(session: SessionBase) -> None:
    """Start both clocks."""
    session[BEGAN] = session[SEEN] = _now()


def touch(session: SessionBase) -> None:
    """Start the idle clock anew."""
    session[SEEN] = _now()


def over(session: SessionBase) -> str:
    """The sentence that says why a session is over; empty while it lasts."""
    now = _now()
    if now - int(session.get(BEGAN, now)) >= settings.SOFRA.session_hours * 3600:
        hours = int(settings.SOFRA.session_hours)
        return ngettext(
            "Your session lasted %(n)d hour, the longest one may last, and ended. Sign in again.",
            "Your session lasted %(n)d hours, the longest one may last, and ended. Sign in again.",
            hours,
        ) % {"n": hours}
    if now - int(session.get(SEEN, now)) >= settings.SOFRA.idle_minutes * 60:
        minutes = int(settings.SOFRA.idle_minutes)
        return ngettext(
            "Your session ended after %(n)d minute without a request. Sign in again.",
            "Your session ended after %(n)d minutes without a request. Sign in again.",
            minutes,
        ) % {"n": minutes}
    return ""


def sit(request: HttpRequest, seat_id: UUID) -> None:
    """Act as a seat from the next request on, under a new session key."""
    request.session.cycle_key()
    request.session[SEAT] = str(seat_id)


def take_only_seat(request: HttpRequest, account: Account) -> bool:
    """Sit on the account's seat if it holds exactly one and may act at all. Answers whether it sits."""
    if not account.demonstration and not queries.has_factor(account.pk):
        return False
    seats = queries.seats_of(account.pk)
    if len(seats) == 1:
        request.session[SEAT] = str(seats[0].id)
    return len(seats) == 1


def may_sit(account_id: UUID, seat_id: str) -> bool:
    """Whether the seat is one of the account's own."""
    return seat_id in {str(place.id) for place in queries.seats_of(account_id)}


def no_factor_sentence() -> str:
    """What an account without a second factor is told."""
    return _("A password alone does not open the house. Add an authenticator app or a passkey first.")


def _now() -> int:
    return int(time.time())
