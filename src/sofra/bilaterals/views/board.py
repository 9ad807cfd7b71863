"""The board of requests: one's own delegation's, or, for the secretariat, all it may know of; and one request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.bilaterals.engine.workflow import Code
from sofra.bilaterals.models import Placement
from sofra.bilaterals.queries.grid import bookings_of, frame_of, own_blocks, own_share, schedules_of
from sofra.bilaterals.queries.lines import Line, lines_of, private_of, readouts_of
from sofra.bilaterals.sentences import moved
from sofra.bilaterals.views.common import BOTH, language, line_of, place
from sofra.kernel import policy, wordings
from sofra.kernel.doors import door
from sofra.kernel.pages import actor_of
from sofra.parties.entering import attach_entries

#: The word and the sign of a state.
STATUS = {
    Code.ASKED: "waiting", Code.PROPOSED: "proposed", Code.ACCEPTED: "accepted", Code.DECLINED: "refused",
    Code.LAPSED: "lapsed", Code.WITHDRAWN: "withdrawn",
}  # fmt: skip


def status_words() -> dict[Code, Any]:
    """What stands beside the sign."""
    return {
        Code.ASKED: _("asked"), Code.PROPOSED: _("other terms proposed"), Code.ACCEPTED: _("accepted"),
        Code.DECLINED: _("declined"), Code.LAPSED: _("lapsed unanswered"), Code.WITHDRAWN: _("withdrawn"),
    }  # fmt: skip


def shown(lines: list[Line], party: UUID | None) -> list[dict[str, Any]]:
    """Lines for a table: who else, how it stands, when and where."""
    words = status_words()
    return [
        {
            "line": line, "row": line.row, "status": STATUS[line.code], "word": words[line.code],
            "others": [each for each in line.parties if each != party] if party in line.parties else line.parties,
            "awaits_me": party in line.standing.waiting or (party in line.standing.unconfirmed),
            "span": line.span,
            "room": wordings.choose(line.placement.room_words, language()) if line.placement else None,
        }
        for line in lines
    ]  # fmt: skip


@door(GET=BOTH)
def board(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The requests of a meeting, as far as one's seat may read them."""
    row = place(request, format, meeting)
    actor = actor_of(request)
    lines = lines_of(row)
    party = actor.party_id
    lines.sort(key=lambda line: (line.span is None, line.span[0] if line.span else line.row.asked_at))
    waiting = [line for line in lines if party in line.standing.waiting or party in line.standing.unconfirmed]
    closed = [line for line in lines if line.code in (Code.DECLINED, Code.LAPSED, Code.WITHDRAWN)]
    open_ = [line for line in lines if line not in waiting and line not in closed]
    # A delegation does not read the schedule itself; what was never published and is its to read is a draft that was shared.
    drafts = Placement.objects.filter(meeting=row, current=False, cancelled=False, published_at=None)
    attach_entries([line.row for line in lines])
    context = {
        "meeting": row, "frame": frame_of(row), "party": party, "serves": actor.serves(row.format_id),
        "waiting": shown(waiting, party), "open": shown(open_, party), "closed": shown(closed, party), "count": len(lines),
        "may_ask": bool(policy.decide(actor, "bilaterals.ask", row)),
        "may_arrange": bool(policy.decide(actor, "bilaterals.arrange", row)),
        "blocks": own_blocks(row), "bookings": bookings_of(row), "readouts": readouts_of(row),
        "schedules": schedules_of(row)[:5], "share": own_share(row, party, current=True),
        "drafts": list(drafts.order_by("begins_at")) if party else [],
    }  # fmt: skip
    return render(request, "bilaterals/board.html", context)


@door(GET=BOTH)
def one(request: HttpRequest, format: str, meeting: str, request_key: UUID) -> HttpResponse:
    """One request: how it stands, what was said, what can be done."""
    row, line = line_of(request, format, meeting, request_key)
    actor = actor_of(request)
    party, serves = actor.party_id, actor.serves(row.format_id)
    acts = bool(policy.decide(actor, "bilaterals.take_part", line.row)) and row.open
    standing = line.standing
    attach_entries([line.row, *line.acts])
    accepted = line.code == Code.ACCEPTED
    private = private_of(line)
    agreed = {each.owner_party_id for each in private.agreed}
    if private.readout is not None:
        agreed.add(private.readout.owner_party_id)
    context = {
        "meeting": row, "line": line, "row": line.row, "party": party, "serves": serves, "private": private,
        "state": shown([line], party)[0],
        "may_answer": acts and standing.open and (party in standing.waiting or serves),
        "may_propose": acts and standing.open,
        "may_withdraw": acts and (accepted or (standing.open and (party == line.row.owner_party_id or serves))),
        "may_correct": acts and line.code == Code.DECLINED and _entered_decline(line, party),
        "may_time": acts and accepted and line.placement is None,
        "may_confirm": acts and accepted and line.timed is not None and (party in standing.unconfirmed or serves)
        and bool(standing.unconfirmed),
        "may_arrange_it": acts and (standing.open or accepted),
        "may_say": accepted and row.open and bool(policy.decide(actor, "bilaterals.day", line.row)),
        "may_note": bool(policy.decide(actor, "bilaterals.note", line.row)),
        "may_agree": accepted and private.readout is not None and party is not None and party not in agreed,
        "readout_agreed": private.readout is not None and agreed >= set(line.parties),
        "accepted": accepted,
        "commit": reverse("commitment_announce", kwargs={"format": format}) if accepted and line.outcome else "",
        "changed": moved(line.placement.before, line.placement.begins_at, line.placement.why, row.zone)
        if line.placement is not None and line.placement.before else "",
    }  # fmt: skip
    return render(request, "bilaterals/request.html", context)


def _entered_decline(line: Line, party: UUID | None) -> bool:
    own = [act for act in line.acts if act.owner_party_id == party]
    return bool(own) and own[-1].kind == "declined" and own[-1].entry_id is not None
