"""Carries the meetings of a record file into the house. Loading again changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from sofra.kernel import recording, search, wordings
from sofra.kernel.commands import save_next
from sofra.kernel.models import Audience, Format, Party
from sofra.meetings.models import Meeting

_STATUS = {"held": Meeting.Status.CLOSED, "cancelled": Meeting.Status.CANCELLED}


def load_meetings(rows: list[dict[str, Any]]) -> int:
    """Past meetings by format and number. The record knows days; an hour nobody tells is not invented."""
    formats = {row.slug: row for row in Format.objects.all()}
    parties = dict(Party.objects.values_list("code", "pk"))
    return sum(_load(row, formats[row["format"]], parties) for row in rows)


def _load(row: dict[str, Any], format: Format, parties: dict[str, Any]) -> int:
    slug = str(row["number"]) if row.get("number") else row["slug"]
    wanted: dict[str, Any] = {
        "kind": row["kind"],
        "ordinal": row.get("number"),
        "level": row["level"],
        "status": _STATUS.get(row["status"], Meeting.Status.PROPOSED),
        "day": date.fromisoformat(row["date"]),
        "zone": row["zone"],
        "host_id": parties.get(row.get("host") or ""),
        "working_languages": row.get("working_languages", []),
        "record_slug": row["slug"],
    }
    meeting = Meeting.objects.filter(format=format, slug=slug).first()
    changed = meeting is None
    if meeting is None:
        meeting = Meeting.objects.create(audience=Audience.PUBLIC, format=format, slug=slug, **wanted)
        meeting.refresh_from_db()
    elif any(getattr(meeting, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(meeting, name, value)
        save_next(meeting, list(wanted))
        changed = True
    texts = {"title": row["name"], "city": row.get("place") or {}, "venue": (row.get("venue") or {}).get("text", {})}
    for name, by_language in texts.items():
        changed = wordings.put(meeting, name, by_language) or changed
    if not changed:
        return 0
    recording.record("meeting.recorded", meeting, row, visible=False)
    for language, title in row["name"].items():
        body = " ".join(texts[name].get(language, "") for name in ("city", "venue")).strip()
        search.index(meeting, "meeting", language, title, body, f"meetings/{format.slug}/{slug}/")
    return 1
