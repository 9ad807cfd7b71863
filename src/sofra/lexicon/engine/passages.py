"""The passages of a text, each with its language; looked at only where a match needs to know."""

from __future__ import annotations

from sofra.lexicon.engine.folding import Folded, encode
from sofra.lexicon.engine.readings import Reading, group_of
from sofra.lexicon.engine.recognising import BCMS, GROUPS, goes_on, recognise

_LONG_LINE = 600
_AROUND = 250
_BEGINNING = 3_000


class Passages:
    """Answers, for rising places in a text, in which language it is there. `declared` is the declared language or None."""

    def __init__(self, folded: Folded, declared: str | None) -> None:
        self.declared = declared
        self._folded = folded
        group = group_of(declared) if declared else None
        self._usual = group if group in GROUPS else None
        self._asked = self._usual is not None
        #: Where the passage last looked at ends.
        self.until = -1
        self._group: str | None = None

    def spoken(self, reading: Reading) -> str:
        """The language to report of a reading: of the three that text cannot tell apart the declared one, else `bcms`."""
        designation = reading.designation
        if group_of(designation.language) != BCMS:
            return designation.language
        if self.declared in ("sr", "sr-latn"):
            return "sr" if designation.script == "Cyrl" else "sr-latn"
        return self.declared if self.declared is not None and group_of(self.declared) == BCMS else BCMS

    def look(self, at: int) -> str | None:
        """The language of the passage at a place behind the last one: en, tr, sq, mk, bcms; None where nothing tells."""
        codes = self._folded.codes
        before = codes.rfind(b"\n", at - _LONG_LINE if at > _LONG_LINE else 0, at)
        start = before + 1 or max(0, at - _AROUND)
        behind = codes.find(b"\n", at, at + _LONG_LINE)
        end = self.until = behind if behind >= 0 else min(len(codes), at + _AROUND)
        expected = self._group or self._of_the_whole()
        if expected is None or not goes_on(self._folded.scan, start, end, expected):
            expected = self._recognise(start, end, expected) or self._of_the_whole()
        self._group = expected
        return expected

    def _of_the_whole(self) -> str | None:
        if not self._asked:
            self._asked = True
            self._usual = self._recognise(0, _BEGINNING, None)
        return self._usual

    def _recognise(self, start: int, end: int, expected: str | None) -> str | None:
        folded = self._folded

        def written() -> bytes:
            # A word of two scripts may stand in the fold as of one.
            if folded.mixed:
                return encode(folded.text[folded.place(start) : folded.place(end)])
            return folded.codes[start:end]

        return recognise(folded.scan[start:end], expected, written)
