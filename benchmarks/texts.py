"""The engines of negotiated texts on a generated text of 250 pages: processor time, and ratios against what they replace.

2,500 paragraphs, 1,500 brackets to depth 5, 60 delegations; and a statement of five pages with seven. The right side of each
ratio is timed in the same run: difflib for comparisons and collation, a copy of the characters one by one for parsing.
"""

from __future__ import annotations

import difflib
import random
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from benchmarks.measure import ratio, table

if TYPE_CHECKING:
    from benchmarks.house import House

PARAGRAPHS, BRACKETS, DELEGATIONS, WORDS = 2_500, 1_500, 60, 75
CHANGES, TIMES = 10_000, 3
STATEMENT, SEVEN = 30, 7
_VOCABULARY = 1_200


def run(_house: House | None = None) -> None:
    """Generate the texts, time each engine, and tell the least processor time with its ratio."""
    chance = random.Random(1)
    words = [_word(chance) for _ in range(_VOCABULARY)]
    base = [" ".join(chance.choice(words) for _ in range(WORDS)) + "." for _ in range(PARAGRAPHS)]
    rows = [
        _parsing(chance, words),
        *_comparing(chance, words, base),
        _collating(chance, words),
        *_word_files(chance, words, base),
        _statement(chance, words),
        *_paper(chance, words),
        _packages(chance),
    ]
    table(
        f"Negotiated texts: {PARAGRAPHS:,} paragraphs, {PARAGRAPHS * WORDS:,} words, processor time",
        ["what", "least", "beside it", "least of that", "ratio"],
        [row for row in rows if row],
    )


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("abcdefghijklmnoprstuvzçğışëčž") for _ in range(chance.randint(2, 11)))


def _least(work: Callable[[], object], times: int = TIMES) -> float:
    least = float("inf")
    for _ in range(times):
        began = time.process_time()
        work()
        least = min(least, (time.process_time() - began) * 1000)
    return least


def _row(what: str, ours: float, beside: str = "", other: float = 0.0) -> list[str]:
    return [what, f"{ours:.0f} ms", beside, f"{other:.0f} ms" if other else "", ratio(other, ours) if other else ""]


def _edited(chance: random.Random, words: Sequence[str], base: Sequence[str], changes: int) -> list[str]:
    found = [each.split() for each in base]
    for _ in range(changes):
        paragraph = chance.choice(found)
        paragraph[chance.randrange(len(paragraph))] = f"{chance.choice(words)}ed"
    return [" ".join(each) for each in found]


def _bracketed(chance: random.Random, words: Sequence[str], paragraphs: int, brackets: int) -> str:
    """A text in the notation with about so many brackets, nested to depth five."""
    left = brackets

    def bracket(depth: int) -> str:
        nonlocal left
        left -= 1
        alternatives = []
        for _ in range(chance.randint(1, 3)):
            inner = " ".join(chance.choice(words) for _ in range(chance.randint(1, 6)))
            if depth < 5 and left > 0 and chance.random() < 0.4:
                inner += " " + bracket(depth + 1)
            names = ", ".join(sorted({f"D{chance.randrange(DELEGATIONS)}" for _ in range(chance.randint(1, 4))}))
            alternatives.append(f"{inner} - {names}{chance.choice(['', '', ' retain', ' delete'])}")
        return f"[{' / '.join(alternatives)}]"

    found = []
    for number in range(paragraphs):
        parts = [chance.choice(words) for _ in range(36)]
        while left > 0 and chance.random() < left / max(1, paragraphs - number):
            parts.insert(chance.randrange(len(parts)), bracket(1))
        found.append(f"{number + 1}. {' '.join(parts)}.")
    return "\n\n".join(found) + "\n"


def _parsing(chance: random.Random, words: Sequence[str]) -> list[str]:
    from sofra.texts.engine.brackets import parse, render

    written = _bracketed(chance, words, PARAGRAPHS, BRACKETS)
    if render(parse(written)) != written:
        raise RuntimeError("The text did not come back as it was; the time means nothing.")
    size = f"bracket parse, {len(written) / 1000:.0f} KB"

    def by_letter() -> list[str]:
        return [letter for letter in written if letter != "\0"]

    return _row(size, _least(lambda: parse(written)), "letter by letter, nothing else", _least(by_letter))


def _comparing(chance: random.Random, words: Sequence[str], base: Sequence[str]) -> list[list[str]]:
    from sofra.texts.engine.redline import accepted, compare
    from sofra.texts.engine.redline import words as compare_words

    few, all_of_them = _edited(chance, words, base, CHANGES // 20), _edited(chance, words, base, CHANGES)
    moved = [*few[200:], *few[:200]]
    if accepted(compare(base, moved)) != moved:
        raise RuntimeError("The comparison lost words; the time means nothing.")

    def difflib_aligned(new: Sequence[str]) -> None:
        for one, two in zip(base, new, strict=True):
            difflib.SequenceMatcher(None, one.split(), two.split(), autojunk=False).get_opcodes()

    one, two = base[0], all_of_them[0]
    matcher = difflib.SequenceMatcher
    return [
        _row(f"redline, {CHANGES // 20} changes and 200 moved", _least(lambda: compare(base, moved))),
        _row(
            f"redline, {CHANGES:,} changes", _least(lambda: compare(base, all_of_them)),
            "difflib, paragraphs aligned for it", _least(lambda: difflib_aligned(all_of_them)),
        ),
        _row(
            "one paragraph, 100 times", _least(lambda: [compare_words(one, two) for _ in range(100)]), "difflib",
            _least(lambda: [matcher(None, one.split(), two.split(), autojunk=False).get_opcodes() for _ in range(100)]),
        ),
    ]  # fmt: skip


def _collating(chance: random.Random, words: Sequence[str]) -> list[str]:
    from sofra.texts.engine.collate import collate
    from sofra.texts.engine.projecting import project

    base = [" ".join(chance.choice(words) for _ in range(WORDS)) + "." for _ in range(STATEMENT)]
    drafts = {f"P{number}": _edited(chance, words, base, STATEMENT) for number in range(SEVEN)}
    for number, draft in enumerate(drafts.values()):
        draft.insert(5 + number, " ".join(chance.choice(words) for _ in range(WORDS)))
        del draft[20 + number]
    text = collate(base, drafts)
    if project(text) != base or any(project(text, label) != draft for label, draft in drafts.items()):
        raise RuntimeError("The compiled text lost words; the time means nothing.")

    def difflib_only() -> None:
        whole = [token for each in base for token in each.split()]
        for draft in drafts.values():
            other = [token for each in draft for token in each.split()]
            difflib.SequenceMatcher(None, whole, other, autojunk=False).get_opcodes()

    return _row(
        "collating seven delegations, five pages", _least(lambda: collate(base, drafts)),
        "difflib, opcodes alone", _least(difflib_only),
    )  # fmt: skip


def _word_files(chance: random.Random, words: Sequence[str], base: Sequence[str]) -> list[list[str]]:
    from sofra.texts.engine.docx import proposals, read, redline_docx
    from sofra.texts.engine.redline import compare

    new = _edited(chance, words, base, CHANGES)
    changes = compare(base, new)
    count = sum(piece.what != "same" for change in changes for piece in change.pieces)
    data = redline_docx(changes, "AL")
    if read(data).accepted() != new or read(data).rejected() != base:
        raise RuntimeError("The Word file lost words; the time means nothing.")
    return [
        _row(f"DOCX written, {count:,} changes", _least(lambda: redline_docx(changes, "AL"))),
        _row(f"DOCX read into proposals, {count:,} changes", _least(lambda: proposals(read(data)))),
    ]


def _statement(chance: random.Random, words: Sequence[str]) -> list[str]:
    from sofra.texts.engine.akn import statement
    from sofra.texts.engine.brackets import parse

    text = parse(_bracketed(chance, words, PARAGRAPHS, BRACKETS))
    return _row("Akoma Ntoso, written and validated", _least(lambda: statement(text, "Bench")))


def _paper(chance: random.Random, words: Sequence[str]) -> list[list[str]]:
    """The text on paper, and two versions of it compared by the identity of their paragraphs."""
    import re
    from datetime import UTC, datetime
    from itertools import count

    from sofra.texts.engine.brackets import parse, render_content
    from sofra.texts.engine.versions import compare_versions
    from sofra.texts.exporting import Exported, Line
    from sofra.texts.papers import pdf_of

    text = parse(_bracketed(chance, words, PARAGRAPHS, BRACKETS))
    turns = count()

    def found() -> Exported:
        """Another text each time, so that the typesetter remembers nothing of it."""
        turn = next(turns)
        lines = tuple(
            Line(str(number), "operative", 0, f"{turn}.{number}", each.content)
            for number, each in enumerate(text.paragraphs)
        )
        return Exported(text, "Bench", "en", (), {}, lines, (), "", datetime(2026, 1, 23, tzinfo=UTC))

    one = found()
    made = pdf_of([one])
    if made != pdf_of([one]):
        raise RuntimeError("The same text gave another file; the time means nothing.")
    pages = len(re.findall(rb"/Type ?/Page\b", made))
    first = [(line.key, render_content(line.content)) for line in one.lines]
    new = _edited(chance, words, [said for _key, said in first], CHANGES)
    second = [(key, said) for (key, _old), said in zip(first, new, strict=True)]
    moved = [*second[200:], *second[:200]]
    return [
        _row(f"PDF of {pages} pages", _least(lambda: pdf_of([found()]))),
        _row(f"two versions, {CHANGES:,} changes, 200 moved", _least(lambda: compare_versions(first, moved))),
    ]


def _packages(chance: random.Random) -> list[str]:
    from sofra.texts.engine.consensus import STANCES, Matrix, Position, search

    parties = tuple(f"P{number}" for number in range(SEVEN))
    brackets = {f"b{number}": {"a": "", "b": "", "c": ""} for number in range(STATEMENT)}
    positions = tuple(
        Position(party, (bracket, each), chance.choice(STANCES) if each != "a" else "can live with")
        for bracket in brackets
        for each in ("a", "b", "c")
        for party in parties
    )
    matrix = Matrix(parties, brackets, positions)
    return _row(f"three best packages, {STATEMENT} brackets, {SEVEN} parties", _least(lambda: search(matrix)))
