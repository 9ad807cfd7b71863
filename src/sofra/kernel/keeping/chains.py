"""Walks one audit chain and says what is wrong with it. Pure Python: the database's own function is not asked.

A link's hash is sha256(previous hash, number, sha256(chain), instant in microseconds, digest); numbers and instants are eight
bytes, big-endian. A digest is sha256(salt, body). The hash before the first link is sha256(chain). Since version 2 of the
digest a body says which version it is of and where its payload is placed (audience, format, owner, readers, release, entry),
so that a payload moved to other readers is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from sofra.kernel.keeping.heads import Head

#: How far from its place an entry is looked for, in numbers, and how many fruitless searches a chain is given.
REACH, SEARCHES = 10_000, 40
#: How many findings of one chain are told one by one; the rest is counted.
MOST = 1000


_PARTS = {
    "audience": pgettext_lazy("part of a payload", "audience"),
    "format": pgettext_lazy("part of a payload", "format"),
    "owner": pgettext_lazy("part of a payload", "owner"),
    "readers": pgettext_lazy("part of a payload", "named readers"),
    "readable_from": pgettext_lazy("part of a payload", "instant of release"),
    "entry": pgettext_lazy("part of a payload", "how it was entered"),
}


@dataclass(frozen=True)
class Entry:
    """A link as it is stored. `instant` is in microseconds since 1970; None where it is no finite instant."""

    number: int
    instant: int | None
    digest: bytes
    previous: bytes
    hash: bytes

    def link(self, chain: str, number: int, *, instant: int | None = None, digest: bytes | None = None) -> bytes | None:
        """The hash that follows from the stored fields, if it had been made as this number (or of other contents)."""
        at = self.instant if instant is None else instant
        if at is None or not -(2**63) <= at < 2**63:
            return None
        return sha256(
            self.previous
            + number.to_bytes(8, "big", signed=True)
            + sha256(chain.encode()).digest()
            + at.to_bytes(8, "big", signed=True)
            + (self.digest if digest is None else digest)
        ).digest()


@dataclass(frozen=True)
class Payload:
    """What a link says, reduced to what is compared: its digest, and whether its columns say what its body says.

    `moved` names the parts of its placement (audience, owner and so on) that differ from what the body says.
    """

    number: int
    instant: int | None
    digest: bytes
    agrees: bool
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something wrong. `kind` is one of changed, payload, placement, removed, inserted, reordered, head, cut, missing, more."""

    kind: str
    chain: str
    number: int
    sentence: str


class Shelf(Protocol):
    """Looks at one place of a chain, out of turn."""

    def hash(self, number: int) -> bytes | None:
        """The stored hash of the entry at a number, or None."""

    def digest(self, number: int) -> bytes | None:
        """The digest that follows from the payload at a number, or None."""


@dataclass
class _Run:
    """Neighbouring entries that stand equally far from the number they were made as."""

    first: int
    last: int
    shift: int


@dataclass
class Walk:
    """One walk along one chain."""

    chain: str
    head: Head | None
    exported: Head | None
    shelf: Shelf
    entries: int = 0
    _found: list[Finding] = field(default_factory=list)
    _more: int = 0
    _runs: list[_Run] = field(default_factory=list)
    _gaps: list[range] = field(default_factory=list)
    _orphans: list[int] = field(default_factory=list)
    _known: dict[int, set[bytes]] = field(default_factory=dict)
    _top: int = 0
    _place: int = 0
    _misses: int = 0

    def along(self, entries: Iterable[Entry], payloads: Iterable[Payload]) -> Iterator[int]:
        """Walk entries and payloads, both ordered by number; yields the count of entries so far, for progress."""
        expected, last, suspect = 1, None, False
        for number, here, payload in _together(entries, payloads):
            if not here:
                self._orphans.append(number)
                continue
            self.entries += len(here)
            if number < 1 or len(here) > 1:
                self._say("inserted", number, _("An entry of chain {chain} was inserted at number {number}."))
            if number > expected and len(self._gaps) < MOST:
                self._gaps.append(range(expected, number))
            entry = here[0]
            made_as, fits = self._made_as(entry)
            if made_as is None:
                self._say(
                    "changed", number,
                    _("Entry {number} of chain {chain} was changed: its hash does not follow from what it holds."),
                )  # fmt: skip
            elif made_as != number:
                self._moved(number, made_as - number)
            clean = made_as == number
            if clean and not suspect and number == expected:
                self._check_previous(entry, last)
            self._check_payload(entry, payload, made_as, fits)
            self._top, self._place = max(self._top, made_as or number), number
            self._remember(entry, made_as or number)
            expected, last, suspect = max(number + 1, expected), entry, not clean
            yield self.entries
        self._close()

    def findings(self) -> list[Finding]:
        """What is wrong, in the order of numbers, after the walk."""
        found = sorted(self._found, key=lambda finding: finding.number)
        if self._more:
            sentence = _("Chain {chain} has {count} more findings.").format(chain=self.chain, count=self._more)
            found.append(Finding("more", self.chain, self._top, sentence))
        return found

    def _say(self, kind: str, number: int, sentence: str, **more: object) -> None:
        if len(self._found) >= MOST:
            self._more += 1
            return
        self._found.append(Finding(kind, self.chain, number, sentence.format(number=number, chain=self.chain, **more)))

    def _made_as(self, entry: Entry) -> tuple[int | None, bool]:
        """The number an entry was made as (None where no number fits), and whether it stands there."""
        if entry.link(self.chain, entry.number) == entry.hash:
            return entry.number, True
        if self._runs and entry.link(self.chain, entry.number + self._runs[-1].shift) == entry.hash:
            return entry.number + self._runs[-1].shift, False
        if self._misses < SEARCHES:
            for distance in range(1, REACH):
                for number in (entry.number + distance, entry.number - distance):
                    if number > 0 and entry.link(self.chain, number) == entry.hash:
                        return number, False
            self._misses += 1
        return None, False

    def _moved(self, number: int, shift: int) -> None:
        run = self._runs[-1] if self._runs else None
        if run and run.shift == shift and run.last == number - 1:
            run.last = number
        elif len(self._runs) < MOST:
            self._runs.append(_Run(number, number, shift))
        else:
            self._more += 1

    def _check_previous(self, entry: Entry, last: Entry | None) -> None:
        if last is None:
            if entry.previous != sha256(self.chain.encode()).digest():
                self._say(
                    "changed", entry.number,
                    _("Entry {number} of chain {chain} was changed: it does not begin the chain."),
                )  # fmt: skip
        elif entry.previous != last.hash:
            self._say(
                "changed", last.number,
                _("Entry {number} of chain {chain} was changed and its hash made again: entry {next} follows another."),
                next=entry.number,
            )  # fmt: skip

    def _check_payload(self, entry: Entry, found: list[Payload], made_as: int | None, fits: bool) -> None:
        if not found:
            self._say("removed", entry.number, _("The payload of entry {number} of chain {chain} was removed."))
            return
        payload = found[0]
        if len(found) > 1:
            self._say("inserted", entry.number, _("A payload of chain {chain} was inserted at number {number}."))
        if made_as is not None and not fits:
            if payload.digest != entry.digest and self.shelf.digest(made_as) != entry.digest:
                self._payload_changed(entry)
            return
        if payload.digest != entry.digest:
            if entry.link(self.chain, entry.number, digest=payload.digest) != entry.hash:
                self._payload_changed(entry)
            return
        instant_fits = payload.instant == entry.instant or (
            entry.link(self.chain, entry.number, instant=payload.instant) == entry.hash
        )
        if not payload.agrees or not instant_fits:
            self._say(
                "payload", entry.number,
                _("The payload of entry {number} of chain {chain} was changed: its columns say other than its body."),
            )  # fmt: skip
        if payload.moved:
            self._say(
                "placement", entry.number,
                _("The payload of entry {number} of chain {chain} was moved to other readers. Changed: {parts}."),
                parts=", ".join(str(_PARTS[part]) for part in payload.moved),
            )  # fmt: skip

    def _payload_changed(self, entry: Entry) -> None:
        self._say(
            "payload", entry.number,
            _("The payload of entry {number} of chain {chain} was changed: its digest is not the entry's."),
        )  # fmt: skip

    def _remember(self, entry: Entry, number: int) -> None:
        """Keep the hashes of the links that heads name: the stored one and the one that follows from the fields."""
        for head in (self.head, self.exported):
            if head is not None and head.number == number:
                hashes = self._known.setdefault(number, {entry.hash})
                computed = entry.link(self.chain, number)
                if computed is not None:
                    hashes.add(computed)

    def _close(self) -> None:
        stand = [range(run.first, run.last + 1) for run in self._runs]
        made = [range(run.first + run.shift, run.last + run.shift + 1) for run in self._runs]
        for run in self._runs:
            self._explain(run, stand, made)
        if self.head is not None and self.head.number > self._place:
            self._gaps.append(range(self._place + 1, self.head.number + 1))
        for gap in self._gaps:
            for lost in _without(gap, made):
                self._removed(lost)
        self._check_head(stand, made)
        self._check_exported()

    def _explain(self, run: _Run, stand: list[range], made: list[range]) -> None:
        """Entries were removed where nobody was made as the numbers others took; inserted where two claim one number."""
        if run.shift > 0:
            end = max([self._place, self.head.number if self.head else 0])
            taken = [*_within(range(run.first, run.first + run.shift), [*stand, range(end + 1, self._top + 1)])]
            lost = [span for part in taken for span in _without(part, made)]
            for span in lost:
                self._removed(span)
            if lost:
                return
        else:
            claimed = _within(range(run.first + run.shift, run.first), made)
            strangers = [number for part in claimed for span in _without(part, stand) for number in span]
            for number in strangers:
                copied = self.shelf.hash(number) == self.shelf.hash(number - run.shift)
                place = number - run.shift if copied else number
                self._found = [f for f in self._found if not (f.kind == "changed" and f.number == place)]
                self._say("inserted", place, _("An entry of chain {chain} was inserted at number {number}."))
            if strangers:
                return
        for number in range(run.first, run.last + 1):
            self._say(
                "reordered", number,
                _("Entry {number} of chain {chain} was moved: it was made as entry {made}."), made=number + run.shift,
            )  # fmt: skip

    def _removed(self, span: range) -> None:
        if len(span) == 1:
            self._say("removed", span[0], _("Entry {number} of chain {chain} was removed."))
        elif len(span):
            self._say("removed", span[0], _("Entries {number} to {last} of chain {chain} were removed."), last=span[-1])

    def _check_head(self, stand: list[range], made: list[range]) -> None:
        if self.head is None:
            if self.entries or self._orphans:
                self._say("head", self._top, _("The head of chain {chain} was removed."))
            return
        head = self.head.number
        for number in range(head + 1, min(self._top, head + MOST) + 1):
            if not any(number in span for span in (*stand, *made)):
                self._say("inserted", number, _("An entry of chain {chain} was inserted at number {number}."))
        for number in self._orphans:
            if number > max(head, self._top) or number < 1:
                self._say("inserted", number, _("A payload of chain {chain} was inserted at number {number}."))
        hashes = self._known.get(head) if head else {sha256(self.chain.encode()).digest()}
        if hashes is not None and self.head.hash not in hashes:
            self._say("head", head, _("The head of chain {chain} does not match its last link, entry {number}."))

    def _check_exported(self) -> None:
        if self.exported is None:
            return
        number = self.exported.number
        hashes = self._known.get(number)
        if hashes is not None and self.exported.hash not in hashes:
            self._say(
                "cut", number,
                _("Entry {number} of chain {chain} is not the one in the exported head: the chain was written anew."),
            )  # fmt: skip
        elif hashes is None and number > self._top and (self.head is None or self.head.number < number):
            self._say(
                "cut", self._top + 1,
                _("The tail of chain {chain} was cut: it ends at {top}, its exported head is entry {head}."),
                top=self._top, head=number,
            )  # fmt: skip


def _together(
    entries: Iterable[Entry], payloads: Iterable[Payload]
) -> Iterator[tuple[int, list[Entry], list[Payload]]]:
    """Both by number: each number once, with what stands there."""
    left, right = iter(entries), iter(payloads)
    entry, payload = next(left, None), next(right, None)
    while entry is not None or payload is not None:
        number = min(found.number for found in (entry, payload) if found is not None)
        here: list[Entry] = []
        said: list[Payload] = []
        while entry is not None and entry.number == number:
            here.append(entry)
            entry = next(left, None)
        while payload is not None and payload.number == number:
            said.append(payload)
            payload = next(right, None)
        yield number, here, said


def _without(span: range, others: list[range]) -> Iterator[range]:
    """The parts of a span of numbers that lie in none of the others."""
    start = span.start
    for other in sorted(others, key=lambda each: each.start):
        if other.stop <= start or other.start >= span.stop:
            continue
        if other.start > start:
            yield range(start, other.start)
        start = max(start, other.stop)
    if start < span.stop:
        yield range(start, span.stop)


def _within(span: range, others: list[range]) -> Iterator[range]:
    """The parts of a span of numbers that lie in one of the others."""
    rest = list(_without(span, others))
    yield from _without(span, rest)
