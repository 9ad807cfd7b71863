"""What setting a pack of sixty pages costs, beside the same texts as they are read and written as plain JSON."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from typing import Any

from benchmarks.house import House
from benchmarks.measure import ratio, table
from sofra.kernel.typesetting import set_paper

PAGES = 60
MADE = datetime(2026, 1, 23, tzinfo=UTC)
_SENTENCE = "The parties would exchange what they know of works along the corridor, and say by when each section opens."


def run(_house: House | None = None) -> None:
    """Set packs of the same length that differ, so that nothing is remembered from one to the next; the least of three."""
    rows = []
    for title, language in (("English", "en"), ("Turkish", "tr")):
        cpu, wall, pages = [], [], 0
        for turn in range(4):
            content = _content(turn)
            began, worked = time.perf_counter(), time.process_time()
            made = set_paper(
                "pack", content, language=language, title="Pack", made=MADE, marking="Exercise", running="Pack"
            )
            cpu.append(time.process_time() - worked)
            wall.append(time.perf_counter() - began)
            pages = len(re.findall(rb"/Type ?/Page\b", made))
        began = time.process_time()
        for _turn in range(10):
            json.loads(json.dumps(_content(0)))
        plain = (time.process_time() - began) / 10
        least = min(cpu[1:])
        rows.append(
            [title, str(pages), f"{least * 1000:.0f} ms", f"{min(wall[1:]) * 1000:.0f} ms", ratio(least, plain)]
        )
    table("Setting a pack", ["language", "pages", "processor", "clock", "to JSON and back"], rows)


def _content(turn: int) -> dict[str, Any]:
    def paragraph(number: int) -> dict[str, Any]:
        text = f"{number}.{turn} " + _SENTENCE * 6
        return {"kind": "paragraph", "language": "", "lines": [[{"text": text, "emphasis": False}]]}

    def point(number: int) -> dict[str, Any]:
        return {
            "label": f"{9 + number % 9:02}:00–{10 + number % 9:02}:00", "title": {"text": f"Point {number}", "language": ""},
            "about": ["Plenary", "Great hall", "all members"], "body": [paragraph(number)],
        }  # fmt: skip

    sections = [
        {"key": f"part-{each}", "title": f"Part {each}", "said": [], "blocks": [{"kind": "points", "points": points}]}
        for each in range(7)
        if (points := [point(each * 26 + number) for number in range(26)])
    ]
    return {
        "heading": "Meeting pack", "format": {"text": "Platform", "language": ""}, "when": "23 January 2026", "where": "",
        "title": {"text": "Meeting", "language": ""}, "contents": "Contents", "nothing": "", "footnotes": [], "basis": "",
        "marking": "", "sections": sections,
    }  # fmt: skip
