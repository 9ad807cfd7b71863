"""The commitments that are due, for the pack of a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.cooperation.queries.follow_up import follow_up
from sofra.kernel.guarding import Texts
from sofra.lexicon.naming import party_name
from sofra.meetings.models import Meeting
from sofra.meetings.pack import point, points, said


def words(meeting: Meeting, language: str) -> Iterable[tuple[Any, Texts]]:
    """Of those the ones that the secretariat put into words."""
    for line in follow_up(meeting, language).standing:
        if not line.ended and line.due is not None:
            said = {name: line.words_of(name) for name in ("ministry", "indicator")} | {"title": line.title}
            yield line.row, {name: {each.language: each.text} for name, each in said.items() if each}


def commitments(meeting: Meeting, language: str) -> dict[str, Any] | None:
    """Every promise that stands and is not yet kept, by its date. The date and the words, never how anybody did."""
    rows = []
    for line in follow_up(meeting, language).standing:
        if line.ended or line.due is None:
            continue
        ministry, indicator = line.words_of("ministry"), line.words_of("indicator")
        about = [party_name(line.row.owner, language).text, str(ministry) if ministry else "", line.theme]
        if indicator:
            about.append(_("Seen to be done by: %(indicator)s") % {"indicator": indicator.text})
        rows.append(point(date_format(line.due), said(line.title), about))
    return {"title": _("Commitments due"), "said": [], "blocks": [points(rows)]} if rows else None
