"""The table a matcher searches with: every folded form, and whose form it is. Built once per lexicon and kept by caching.py.

One line per folded form, the readings behind it: which designation, under which label, written how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sofra.lexicon.engine import folding
from sofra.lexicon.engine.model import Designation

_TAB, _NEXT, _FIELD = b"\t", b"\x1e", b"\x1f"
#: Endings that the matcher reads by itself behind the form.
_POSSESSIVE = ("'s", "’s", "'", "’")
#: An abbreviation up to this length is looked for with its capitals.
_SHORT = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One form: the number of its designation, its label, and how it is written."""

    number: int
    label: str
    form: str


class Table:
    """Folded forms in the order of their patterns; `rows(n)` are the readings of pattern n."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = lines
        self.patterns = [line[: line.index(_TAB)] for line in lines]

    def rows(self, number: int) -> list[Row]:
        """The readings of a pattern."""
        _pattern, _tab, rest = self._lines[number].partition(_TAB)
        found = []
        for reading in rest.split(_NEXT):
            of, label, form = reading.decode("utf-8").split("\x1f")
            found.append(Row(int(of), label, form))
        return found

    def write(self) -> bytes:
        """The table as bytes; `Table.read` takes them back."""
        return b"\n".join(self._lines)

    @classmethod
    def read(cls, data: bytes) -> Table:
        """A table from its bytes. Raises ValueError for what is none."""
        return cls(data.split(b"\n") if data else [])


def is_short(designation: Designation) -> bool:
    """Whether a designation is looked for with its capitals: AB, BM, EU, BE. Without them they are words of other languages."""
    return designation.case == "exact" and len(designation.form) <= _SHORT and designation.form.isupper()


def build(
    designations: Iterable[Designation], forms_of: Callable[[Designation], Iterable[tuple[str, str]]]
) -> tuple[Table, Table]:
    """Two tables: of everything in small letters, and of short abbreviations with their capitals."""
    plain: dict[bytes, dict[Row, None]] = {}
    short: dict[bytes, dict[Row, None]] = {}
    for number, designation in enumerate(designations):
        capitals = is_short(designation)
        for text, label in forms_of(designation):
            if designation.language == "en" and label.startswith("gen") and text.endswith(_POSSESSIVE):
                continue
            said = folding.bare(text)
            codes = folding.encode(said)
            # What a point at the end became stays: U.S. is four characters long.
            pattern = b" " + (folding.cased(codes) if capitals else folding.scanned(codes)).lstrip()
            if len(pattern) > 1:
                (short if capitals else plain).setdefault(pattern, {})[Row(number, label, said)] = None
    return _table(plain), _table(short)


def _table(found: dict[bytes, dict[Row, None]]) -> Table:
    lines = []
    for pattern, rows in sorted(found.items()):
        readings = [f"{row.number}\x1f{row.label}\x1f{row.form}".encode() for row in rows]
        lines.append(pattern + _TAB + _NEXT.join(readings))
    return Table(lines)
