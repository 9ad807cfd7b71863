"""For whom a row is visible, as a sentence. Only ever asked for a row the reader may read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sofra.kernel.acting import Actor
from sofra.kernel.models import Audience
from sofra.web import instants
from sofra.web.names import party_names


def joined(names: list[str]) -> str:
    """Names as one writes them in a row: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def whom(obj: Any, actor: Actor) -> str:
    """Who may read the row, in words."""
    owner = getattr(obj, "owner_party_id", None)
    match obj.audience:
        case Audience.PARTIES:
            ids = list(
                dict.fromkeys([*([owner] if owner else []), *(each for each in obj.readers if each != obj.format_id)])
            )
            names = party_names(ids)
            return joined([names[i] for i in ids if names.get(i)]) or _("named parties")
        case Audience.PERSONS:
            count = len(obj.readers)
            if actor.seat_id in obj.readers:
                others = count - 1
                return ngettext("you and %(n)d other named person", "you and %(n)d other named persons", others) % {
                    "n": others
                }
            return ngettext("%(n)d named person", "%(n)d named persons", count) % {"n": count}
        case Audience.DELEGATION:
            if owner is not None and owner == actor.party_id:
                return _("your delegation only")
            name = party_names([owner]).get(owner, "") if owner else ""
            return _("one delegation only: %(name)s") % {"name": name} if name else _("one delegation only")
        case Audience.SECRETARIAT:
            return _("the secretariat only")
        case Audience.FORMAT:
            return _("all members")
        case Audience.OBSERVERS:
            return _("all members and observers")
        case _:
            return _("everyone")


def sentence(obj: Any, actor: Actor, zone: str, now: datetime | None = None) -> str:
    """ "Visible to: all members · since 14:02 (Istanbul)"; "from" instead of "since" before its release."""
    said = _("Visible to: %(whom)s") % {"whom": whom(obj, actor)}
    opens = getattr(obj, "readable_from", None)
    if not isinstance(opens, datetime) or obj.audience == Audience.PUBLIC:
        return said
    now = now or datetime.now(UTC)
    when = instants.brief(opens, zone, now)
    tail = _("since %(when)s") if opens <= now else _("from %(when)s")
    return f"{said} · {tail % {'when': when}}"
