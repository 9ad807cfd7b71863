"""What the room brings to the page "After the meeting": the commitments recorded from the meeting's texts."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.cooperation.models import Commitment
from sofra.cooperation.queries.lines import Line, lines_of, now, rows
from sofra.kernel.acting import Actor
from sofra.kernel.rooms import AfterLine
from sofra.lexicon.naming import party_name
from sofra.meetings.models import Meeting
from sofra.meetings.queries.after_texts import text_of, texts_after
from sofra.meetings.queries.issuing import quoted_by


def commitment_lines(meeting: Meeting, actor: Actor, language: str) -> list[AfterLine]:
    """A line per issued text without any commitment, and one per commitment of the meeting with where it stands."""
    from sofra.cooperation.presenting import address

    texts = texts_after(meeting, language)
    held = rows().filter(Q(meeting=meeting) | Q(origin_id__in=[row.pk for row in texts.outcomes]))
    lines = lines_of(held.exclude(origin_kind=Commitment.Origin.ANNOUNCEMENT), now(), language)
    quoted = quoted_by([line.row.pk for line in lines], language)
    found: list[AfterLine] = []
    asked = {line.row.origin_id for line in lines if line.row.pk in quoted}
    for issue in texts.current:
        title, url = text_of(issue, meeting)
        said = () if issue.outcome_id in asked else (_("No commitment is recorded from it."),)
        found.append(AfterLine(title, None, said, act=(_("Mark passages"), url)))
    for line in lines:
        owner = party_name(line.row.owner, language).text
        found.append(
            AfterLine(
                owner, line.counting, _said(line, quoted.get(line.row.pk, [])), ((str(line.title), address(line.row)),)
            )
        )
    if not found:
        said = (_("None is recorded. They are marked in a text once it is issued."),)
        found.append(AfterLine(_("Commitments"), None, said))
    return found


def _said(line: Line, quoted: list[Any]) -> tuple[Any, ...]:
    found = []
    if line.counting and line.due is not None:
        found.append(_("Its date counts: %(day)s.") % {"day": date_format(line.due)})
    elif line.waiting is not None:
        found.append(_("Its date waits for an answer: %(day)s.") % {"day": date_format(line.waiting.row.due)})
    elif line.ended:
        found.append(_("Ended."))
    found += sorted(
        {
            _("Recorded from “%(title)s”, version %(number)s.") % {"title": each.title, "number": each.number}
            for each in quoted
        }
    )
    return tuple(found)
