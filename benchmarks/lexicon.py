"""Names in texts: matching and linting against a plain alternation and a raw Aho–Corasick search over the same forms."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind
from evaluation.reading import LANGUAGES, sentences

from benchmarks.measure import ratio, table
from sofra.lexicon.engine.forms import generate
from sofra.lexicon.engine.linting import Linter
from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Matcher
from sofra.lexicon.engine.reading import read_file

#: Bytes of text, and of the part of it that the alternation gets; how often each is measured.
SIZE, SAMPLE, TIMES = 1_000_000, 10_000, 3


def run(_house: object = None) -> None:
    """Print megabytes per second of processor time, and what a start and a Word file of a hundred pages cost."""
    lexicon = load()
    forms = sorted({form.text for each in lexicon.designations() for form in generate(each)}, key=len, reverse=True)
    alternation = re.compile("|".join(map(re.escape, forms)))
    raw = AhoCorasick(forms, MatchKind.LeftmostLongest)
    matcher = Matcher(lexicon)
    linter = Linter(lexicon, matcher=matcher)
    for title, dilution in (("a name in every clause", 0), ("names as in news", 3)):
        text = _text(dilution)
        size, sample = len(text.encode()) / 1e6, text[:SAMPLE]
        speeds = {
            "regular expression": len(sample.encode())
            / 1e6
            / _least(lambda sample=sample: alternation.findall(sample)),
            "raw Aho–Corasick": size / _least(lambda text=text: raw.find_matches_as_indexes(text)),
            "matching": size / _least(lambda text=text: matcher.find(text)),
            "linting": size / _least(lambda text=text: linter.lint(text)),
        }
        found = len(matcher.find(text))
        table(
            f"Lexicon: {title} ({found / size / 1000:.1f} names per kB, {len(forms):,} forms)",
            ("what", "MB/s", "to the expression"),
            [(what, f"{speed:.2f}", ratio(speed, speeds["regular expression"])) for what, speed in speeds.items()],
        )
    with tempfile.TemporaryDirectory() as folder:
        table(
            "Lexicon: one call",
            ("what", "processor", ""),
            [
                ("sofra lint of one line", f"{_start(folder) * 1000:.0f} ms", ""),
                ("the same of a DOCX of 100 pages", f"{_word(folder) * 1000:.0f} ms", ""),
            ],
        )


def _text(dilution: int) -> str:
    """Sentences of every language, each followed by itself without its names so many times."""
    lines = []
    for language in LANGUAGES:
        for sentence in sentences(language):
            bare, before = "", 0
            for span in sorted(sentence.spans, key=lambda each: each.start):
                bare += sentence.text[before : span.start]
                before = span.end
            bare = " ".join((bare + sentence.text[before:]).split())
            lines.append(sentence.text + f" {bare}" * dilution)
    once = "\n".join(lines) + "\n"
    return once * (SIZE // len(once.encode()) + 1)


def _least(work: Callable[[], object]) -> float:
    """Seconds of processor time, the least of several."""
    least = float("inf")
    for _turn in range(TIMES):
        began = time.process_time()
        work()
        least = min(least, time.process_time() - began)
    return least


def _command(arguments: list[str], folder: str) -> float:
    """Seconds of processor time of a call of the command line with all its processes, the least of several."""
    environment = {**os.environ, "SOFRA_CACHE": folder, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    least = float("inf")
    for _turn in range(TIMES + 1):
        before = os.times()
        subprocess.run([sys.executable, "-m", "sofra", *arguments], env=environment, capture_output=True, check=False)
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        least = min(least, spent)
    return least


def _start(folder: str) -> float:
    path = Path(folder) / "line.txt"
    path.write_text("Kosova ile Sırbistan görüştü.\n", "utf-8")
    return _command(["lint", str(path)], folder)


def _word(folder: str) -> float:
    """A Word file of about a hundred pages: 350 words each."""
    from docx import Document

    document, words = Document(), 0
    for line in _text(1).splitlines():
        document.add_paragraph(line)
        words += len(line.split())
        if words > 35_000:
            break
    path, kept = Path(folder) / "long.docx", BytesIO()
    document.save(kept)
    path.write_bytes(kept.getvalue())
    assert len(read_file(path).split()) >= 35_000
    return _command(["lint", str(path)], folder)
