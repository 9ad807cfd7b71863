"""The burn-down: what is open over time, and why it went."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel.doors import SEATED, door
from sofra.texts.models import Closing, Ruling, Status
from sofra.texts.queries.burndown import Step, closings_of, reason_of
from sofra.texts.queries.burndown import burn_down as steps_of
from sofra.texts.views.places import place_of

#: The picture, in its own units.
WIDE, HIGH = 640, 200
#: How many of the latest steps the table shows.
MOST = 200


def _why(step: Step) -> str:
    """What happened in a step, in words."""
    found: list[Any] = []
    for kind, row in step.why:
        if kind == "closing":
            found.append(_("bracket closed: %(how)s") % {"how": row.get_how_display()})
        elif kind == "ruling":
            found.append(_("paragraph reopened") if row.status == Status.OPEN else row.get_status_display())
        elif kind == "settlement":
            found.append(f"{row.proposal.get_kind_display()}: {row.get_how_display()}")
        elif kind == "adoption":
            found.append(row.get_method_display())
        elif kind == "reopening":
            found.append(_("adopted text reopened"))
        else:
            found.append(row.get_kind_display())
    return " · ".join(dict.fromkeys(map(str, found)))


def _picture(steps: list[Step]) -> dict[str, Any]:
    """The two lines of the picture, and its marks: what went by agreement is told from what was withdrawn."""
    most = max((max(step.brackets, step.paragraphs) for step in steps), default=0) or 1
    first, last = steps[0].at, steps[-1].at
    span = (last - first).total_seconds() or 1.0

    def x(at: datetime) -> int:
        return round((at - first).total_seconds() / span * WIDE)

    def y(count: int) -> int:
        return HIGH - round(count / most * HIGH)

    def line(of: list[tuple[datetime, int]]) -> str:
        pieces, height = [f"M0 {y(of[0][1])}"], of[0][1]
        for at, count in of[1:]:
            pieces.append(f"H{x(at)}")
            if count != height:
                pieces.append(f"V{y(count)}")
                height = count
        return " ".join([*pieces, f"H{WIDE}"])

    return {
        "brackets": line([(step.at, step.brackets) for step in steps]),
        "agreed": line([(step.at, step.agreed) for step in steps]),
        "marks": [
            {"x": x(step.at), "y": y(step.brackets), "withdrawn": reason_of(step) == Closing.How.WITHDRAWN}
            for step in steps
            if step.fell
        ],
        "reopened": [x(step.at) for step in steps if _reopens(step)],
        "most": most,
        "box": f"-8 -8 {WIDE + 16} {HIGH + 16}",
    }


def _reopens(step: Step) -> bool:
    return any(
        kind == "reopening" or (kind == "ruling" and isinstance(row, Ruling) and row.status == Status.OPEN)
        for kind, row in step.why
    )


@door(GET=SEATED)
def burn_down(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """What is open over time, with the reasons for which brackets went, and what was opened again."""
    place = place_of(request, format, meeting, text)
    steps = steps_of(place.text, place.tongue)
    went = closings_of(steps)
    context = {
        "meeting": place.meeting,
        "text": place.text,
        "tongue": place.tongue,
        "picture": _picture(steps) if len(steps) > 1 else None,
        "steps": [{"row": step, "why": _why(step)} for step in reversed(steps[-MOST:])],
        "went": [(Closing.How(how).label, count) for how, count in sorted(went.items())],
        "reopened": sum(_reopens(step) for step in steps),
        "back": place.url("text"),
    }
    return render(request, "texts/burn_down.html", context)
