"""The sentences of the room: what is recorded, and why something stands where it stands, under the reader's own eyes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.bilaterals.models import Level
from sofra.kernel import wordings
from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import party_name
from sofra.meetings.models import Journey, PublishedSession


def name(party: Any) -> str:
    """A party's name in the reader's language."""
    return party_name(party, get_language() or "en").text


def names(parties: Iterable[Any]) -> str:
    """Several parties' names."""
    return ", ".join(name(each) for each in parties)


def clock(at: datetime, zone: str) -> str:
    """A clock time at the meeting."""
    return time_format(localtime(at, ZoneInfo(zone)), "H:i")


def when(at: datetime, zone: str) -> str:
    """An instant at the meeting."""
    local = localtime(at, ZoneInfo(zone))
    return f"{date_format(local, 'DATE_FORMAT')}, {time_format(local, 'H:i')} ({zone_name(zone)})"


def asking(party: Any, others: Iterable[Any], level: str) -> str:
    """What a request records."""
    said = {
        Level.MINISTER: _("%(party)s asks for a meeting of ministers with %(others)s."),
        Level.DEPUTY: _("%(party)s asks for a meeting of deputy ministers with %(others)s."),
        Level.OFFICIALS: _("%(party)s asks for a meeting of officials with %(others)s."),
    }
    return said[Level(level)] % {"party": name(party), "others": names(others)}


def acting(kind: str, party: Any) -> str:
    """What an answer records."""
    said = {
        "accepted": _("%(party)s accepts."),
        "declined": _("%(party)s declines. The sides alone learn of it."),
        "withdrawn": _("%(party)s withdraws. What was held for it is free again."),
        "confirmed": _("%(party)s confirms the time. Its principal is held then."),
        "readout": _("%(party)s agrees to this line, word for word."),
    }
    return said[kind] % {"party": name(party)}


def moved(before: dict[str, Any], begins: datetime, why: list[dict[str, Any]], zone: str) -> str:
    """That something moved, and why, as far as the reader may know."""
    told = reasons(why, zone)
    if not before:
        return told
    old = datetime.fromisoformat(before["begins"])
    if old == begins:
        said = _("Another room.")
    elif old.astimezone(ZoneInfo(zone)).date() == begins.astimezone(ZoneInfo(zone)).date():
        said = _("Moved from %(old)s to %(new)s.") % {"old": clock(old, zone), "new": clock(begins, zone)}
    else:
        said = _("Moved from %(old)s to %(new)s.") % {"old": when(old, zone), "new": when(begins, zone)}
    return f"{said} {told}".strip()


def reasons(why: list[dict[str, Any]], zone: str) -> str:
    """Why something moved. A journey or a session is named where the reader may read it."""
    return " ".join(_reason(each, zone) for each in why)


def _reason(why: dict[str, Any], zone: str) -> str:
    kind = why.get("kind")
    if kind in ("arrival", "departure"):
        row = Journey.objects.filter(pk=UUID(why["journey"])).first()
        if row is not None:
            said = _("%(party)s arrives at %(at)s.") if kind == "arrival" else _("%(party)s leaves at %(at)s.")
            return said % {"party": name(UUID(why["party"])), "at": clock(row.at, zone)}
    if kind == "session":
        row_ = PublishedSession.objects.filter(session_id=UUID(why["session"]), current=True).first()
        if row_ is not None:
            title = wordings.choose(row_.content.get("title", {}), get_language() or "en").text
            return _("%(party)s is in the session “%(title)s” then.") % {
                "party": name(UUID(why["party"])),
                "title": title,
            }
    if kind in ("arrival", "departure", "session", "away"):
        return _("%(party)s is not available then.") % {"party": name(UUID(why["party"]))}
    said_ = {
        "windows": _("It lies outside the windows that were named."),
        "room": _("The room is not free any more."),
        "size": _("The room is too small."),
        "team": _("The interpreters are not free any more."),
        "hand": _("The secretariat moved it."),
        "others": _("Others needed the time or the room."),
    }
    return said_.get(str(kind), "")


def left_out(facts: list[dict[str, Any]], zone: str) -> str:
    """Why a request stands nowhere, for the secretariat."""
    return " ".join(filter(None, (_fact(fact, zone) for fact in facts)))


def _fact(fact: dict[str, Any], zone: str) -> str:
    at = _times(fact.get("slots", []), zone)
    party = name(UUID(fact["party"])) if "party" in fact else ""
    both = names(UUID(each) for each in fact.get("parties", []))
    said = {
        "windows": _("Its windows leave out %(at)s."),
        "locked": _("It is locked at another time."),
        "no_team": _("There is no team of interpreters for its languages."),
        "teams": _("All teams of interpreters for its languages work at %(at)s."),
        "kept_apart": _("%(both)s are kept apart, and both are asked for."),
        "no_room": _("No room of its size is open at %(at)s."),
        "rooms": _("All rooms of its size are taken at %(at)s."),
        "away": _("%(party)s is not available at %(at)s."),
        "busy": _("%(party)s has other meetings at or too near to %(at)s."),
        "apart": _("The only zone left at %(at)s is closed to it by those who are kept apart."),
        "after": _("Something must be held before it."),
        "before": _("It must be held before something else."),
        "cost": _("It could be held at %(at)s, but that would cost more than it is worth."),
        "together": _("Not all that is locked can be held."),
        "no_time": _("No time of its length is free for all its sides, a room and interpreters."),
    }
    text = said.get(str(fact.get("kind")), "")
    if not at and fact.get("kind") == "no_room":
        text = _("No room of its size is free then.")
    if at and fact.get("kind") == "no_team":
        text = _("No team of interpreters for its languages is there at %(at)s.")
    return text % {"at": at, "party": party, "both": both}


def _times(slots: list[list[str]], zone: str) -> str:
    """Slots as stretches: what follows on one another is one."""
    joined: list[tuple[datetime, datetime]] = []
    for begins, ends in slots:
        one, other = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
        if joined and joined[-1][1] == one:
            joined[-1] = (joined[-1][0], other)
        else:
            joined.append((one, other))
    return ", ".join(f"{clock(one, zone)}–{clock(other, zone)}" for one, other in joined)
