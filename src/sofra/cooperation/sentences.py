"""The sentences that are shown before something serious is recorded, and that the record then holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sofra.kernel.zones import zone_name
from sofra.lexicon.naming import party_name


def name(party: Any) -> str:
    """A party's name in the reader's language."""
    return party_name(party, get_language() or "en").text


def until(due: date, zone: str) -> str:
    """A day with the zone its end is reckoned in."""
    return _("%(day)s, end of the day (%(zone)s)") % {"day": date_format(due), "zone": zone_name(zone)}


def proposing(owner: Any, title: str, due: date, zone: str) -> str:
    """What is put forward to a party."""
    return _("%(party)s is asked: %(title)s. By %(until)s. It counts once that date is accepted by the party.") % {
        "party": name(owner), "title": title, "until": until(due, zone),
    }  # fmt: skip


def announcing(owner: Any, title: str, due: date, zone: str) -> str:
    """What a party promises on its own."""
    return _("%(party)s announces: %(title)s. By %(until)s.") % {
        "party": name(owner), "title": title, "until": until(due, zone),
    }  # fmt: skip


def answering(owner: Any, title: str, due: date, zone: str, *, by_owner: bool, accepted: bool) -> str:
    """The answer to a date."""
    values = {"party": name(owner), "title": title, "until": until(due, zone)}
    if not by_owner:
        if accepted:
            return _("%(party)s accepts, for “%(title)s”: %(until)s.") % values
        return _("%(party)s declines, for “%(title)s”: %(until)s.") % values
    if accepted:
        return (
            _("For “%(title)s” (%(party)s), the new date is accepted: %(until)s. The old date stays on the record.")
            % values
        )
    return (
        _("For “%(title)s” (%(party)s), the new date is not accepted: %(until)s. The date before it stands.") % values
    )


def dating(owner: Any, title: str, due: date, zone: str, *, by_owner: bool) -> str:
    """Another date is put forward."""
    values = {"party": name(owner), "title": title, "until": until(due, zone)}
    if by_owner:
        return (
            _("%(party)s puts another date forward for “%(title)s”: %(until)s. It counts once it is accepted.") % values
        )
    return _("%(party)s is asked for another date for “%(title)s”: %(until)s. It counts once it is accepted.") % values


def lapsing(owner: Any, title: str, meeting: str) -> str:
    """A meeting lets it lapse."""
    return _("“%(title)s” (%(party)s) lapses, as decided by: %(meeting)s.") % {
        "party": name(owner), "title": title, "meeting": meeting,
    }  # fmt: skip


def withdrawing(owner: Any, title: str, *, by_owner: bool) -> str:
    """It is withdrawn."""
    if by_owner:
        return _("%(party)s withdraws “%(title)s”. That it stood and was withdrawn stays on the record.") % {
            "party": name(owner), "title": title,
        }  # fmt: skip
    return _("The secretariat withdraws “%(title)s”, put forward to: %(party)s. That it did stays on the record.") % {
        "party": name(owner), "title": title,
    }  # fmt: skip


def publishing(owner: Any, title: str, reports: int) -> str:
    """The owner makes it public."""
    values = {"party": name(owner), "title": title, "n": reports}
    if not reports:
        return (
            _("%(party)s makes “%(title)s” public: its words, dates and state. No report is released with it.") % values
        )
    return (
        ngettext(
            "%(party)s makes “%(title)s” public: its words, dates and state, and releases %(n)d report with it.",
            "%(party)s makes “%(title)s” public: its words, dates and state, and releases %(n)d reports with it.",
            reports,
        )
        % values
    )


def unpublishing(owner: Any, title: str) -> str:
    """The owner takes it back."""
    return _("%(party)s takes “%(title)s” back: it is no longer public. What was read was read.") % {
        "party": name(owner), "title": title,
    }  # fmt: skip
