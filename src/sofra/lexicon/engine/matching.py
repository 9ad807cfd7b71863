"""Finds every form of every designation in a text: one search over folded bytes, then care at the places that hit.

A search goes leftmost and longest over all folded forms at once (Aho–Corasick). What it finds is only a candidate: capitals,
diacritics, endings and surroundings decide. What was decided for a surface once is remembered, so that a long text costs
little more than the search.
"""

from __future__ import annotations

import gc
import sys
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from sofra.lexicon.engine import caching, folding, guards
from sofra.lexicon.engine.choices import Choice, Plain, Spoken
from sofra.lexicon.engine.folding import Folded
from sofra.lexicon.engine.forms_table import Table, build
from sofra.lexicon.engine.hashtags import in_hashtags
from sofra.lexicon.engine.homonyms import has_noun
from sofra.lexicon.engine.metonyms import governs
from sofra.lexicon.engine.model import Designation, Lexicon
from sofra.lexicon.engine.passages import Passages
from sofra.lexicon.engine.readings import TAIL, read

#: How many surfaces are remembered, how far a longer form can reach, and how far a word of two scripts is looked around.
_REMEMBERED, _LONGEST, _AROUND = 50_000, 160, 80
#: From so many characters on a text is long; below so many, patterns are few.
_LONG, _FEW = 20_000, 2_000
_PARTED = b"\n\x1d\n"
#: What the tables are made by.
_MAKERS = (
    "sofra.lexicon.engine.forms",
    "sofra.lexicon.engine.forms_table",
    "sofra.lexicon.engine.folding",
    # A kept table points to designations by number, and these two say which there are besides those of the file.
    "sofra.lexicon.engine.loading",
    "sofra.lexicon.engine.serbian_scripts",
)
_UNSEEN: Any = object()
_NOTHING: dict[bytes, Plain] = {}
#: Behind every text.
_NEVER = sys.maxsize >> 8
#: Marks that stand on the letter before them come from here on.
_FIRST_MARK = "̀"
_START = itemgetter(1)
#: The number of a pattern, and where it begins and ends in the padded text.
_Hit = tuple[int, int, int]
#: The longest other pattern that one begins with and how long that is (0: there is none), and whether forms can begin inside.
_Hides = tuple[int, int, bool]
_HIDES_NOTHING: _Hides = (0, 0, False)


class Match(NamedTuple):
    """A form in a text: `text[start:end] == text`, counted in code points.

    `language` is that of the passage where the form exists in it (`bcms` where nobody declared which of the three);
    `label` names the inflection; `guard` and `spoof` are None unless there is something to say: "hashtag", or the letters
    of another script.
    """

    start: int
    end: int
    text: str
    entity: str
    kind: str
    language: str
    script: str
    designation: Designation
    label: str
    guard: str | None
    spoof: str | None


class Matcher:
    """Searches texts for the designations of a lexicon. Making one reads the cache or builds it; searching changes nothing
    but what it remembers, so that one matcher serves many texts (of one thread at a time)."""

    def __init__(self, lexicon: Lexicon, designations: Iterable[Designation] | None = None) -> None:
        self._designations = tuple(in_texts(lexicon.designations()) if designations is None else designations)
        #: Towns have small ids; REPUBLIKA-SRPSKA is no town.
        self._towns = frozenset(
            each.id for each in lexicon.entities.values() if each.kind == "place" and each.id.islower()
        )
        self._persons = frozenset(each.id for each in lexicon.entities.values() if each.kind == "person")
        self._guards = {entity.id: entity.guards for entity in lexicon.entities.values() if entity.guards}
        self._tables = _tables(self._designations, lexicon.digest if designations is None else "")
        self._searches = [_search(table.patterns) for table in self._tables]
        self._patterns = [pattern for table in self._tables for pattern in table.patterns]
        self._second = len(self._tables[0].patterns)
        self._numbers = [{pattern: number for number, pattern in enumerate(table.patterns)} for table in self._tables]
        #: By pattern, what each surface that begins with it can be; how many surfaces there are in all.
        self._memory: list[dict[bytes, Choice | None]] = [{} for _pattern in self._patterns]
        self._remembered = 0
        #: By the declared language (with that of the passage, where it matters) and by pattern: what a form is between two
        #: neighbours that say nothing, if no more than its guards has to be asked.
        self._plain: defaultdict[str | Spoken, list[dict[bytes, Plain]]] = defaultdict(
            lambda: [_NOTHING] * len(self._patterns)
        )
        self._hidden: dict[int, _Hides] = {}

    def find(self, text: str, language: str | None = None) -> list[Match]:
        """Every match in the order of the text, without overlaps. `language` is the declared one, if any."""
        return self.find_in(folding.fold(text), language)

    def find_in(self, folded: Folded, language: str | None = None) -> list[Match]:
        """The same for a text that is folded already; words of two scripts are settled in it."""
        if len(folded.codes) < _LONG or not gc.isenabled():
            return self._find_in(folded, language)
        # Nothing that is made here goes in circles, and looking for circles again and again costs a tenth of the time.
        gc.disable()
        try:
            return self._find_in(folded, language)
        finally:
            gc.enable()

    def _find_in(self, folded: Folded, language: str | None) -> list[Match]:
        mixed = self._settle(folded) if folded.mixed else []
        found = self._matches(folded, self._candidates(folded), language, mixed)
        return in_hashtags(self, folded, language, found) if b"#" in folded.codes else found

    def _matches(
        self, folded: Folded, hits: list[_Hit], language: str | None, mixed: Sequence[tuple[int, int]]
    ) -> list[Match]:
        found: list[Match] = []
        passages = Passages(folded, language)
        addresses = guards.addresses(folded) if hits else []
        # Padded, so that a form at either end has a neighbour; padded places are one more than places in the fold.
        codes = b" " + folded.codes + b"  "
        text, memory, declared = folded.text, self._memory, language or ""
        tailed, hints, endings = guards.TAILED, guards.HINTS, TAIL.match
        word, digit, point, blank, new = folding.WORD, guards.DIGIT, guards.POINT, guards.BLANK, tuple.__new__
        unknown = folding.UNKNOWN
        judge, report, towns, hidden = guards.judge, found.append, self._towns, self._hidden
        anywhere: Spoken = (declared, None)
        spoken, until_known = anywhere, -1
        plain_anywhere = plain_here = self._plain[declared]
        # What is seldom is met in the order of the text: streets, characters taken out before this place, words of two
        # scripts. Up to `quiet` there is none of them.
        streets = [*guards.near_addresses(addresses), _NEVER]
        gone, lookalikes = [*folded.gone, _NEVER], [*mixed, (_NEVER, _NEVER)]
        street = shift = foreign = quiet = 0
        shifted, end_of = bool(folded.gone), folded.end
        tried: set[_Hit] = set()
        capital: tuple[int, bool] | None = None
        last = 0
        # The next hit stands last, so that it can be taken, and put in what a refused one hid.
        hits.reverse()
        take = hits.pop
        while hits:
            number, at, until = take()
            if at < last:
                continue
            surrounded = codes[at : until + 1]
            plain = plain_anywhere[number].get(surrounded)
            if plain is None and at < until_known:
                plain = plain_here[number].get(surrounded)
            if plain is not None and until < quiet:
                watch, told, barred, town = plain
                if not barred[codes[until + 1]] and (watch is None or watch.judge(folded, at, until - 1) is None):
                    last = until - 1
                    if town:
                        capital = last, False
                    first, behind = at + shift, last + shift
                    report(new(Match, (first, behind, text[first:behind]) + told))  # noqa: RUF005 (the faster way)
                    continue
            if until >= quiet:
                while streets[street] < at >> 6:
                    street += 1
                while gone[shift] <= at:
                    shift += 1
                while lookalikes[foreign][1] <= at + shift:
                    foreign += 1
                quiet = min(streets[street] << 6, gone[shift], lookalikes[foreign][0] - shift)
            start = at + 1
            if tailed[codes[until]]:
                tail = endings(codes, until)
                surface = codes[start : tail.end()] if tail else b""
            else:
                surface = codes[start:until]
            choice = memory[number].get(surface, _UNSEEN)
            if choice is _UNSEEN:
                choice = self._choose(number, surface)
            decision, kept = None, plain_anywhere
            if choice is not None:
                decision = choice.only
                if decision is None:
                    if choice.regardless:
                        here = anywhere
                    else:
                        if at >= until_known:
                            spoken = declared, passages.look(at)
                            until_known = passages.until
                            plain_here = self._plain[spoken]
                            plain = plain_here[number].get(surrounded)
                        here, kept = spoken, plain_here
                    decision = choice.where.get(here, _UNSEEN)
                    if decision is _UNSEEN:
                        decision = choice.decide(here, passages)
            if decision is None:
                hides = hidden.get(number)
                if hides is None:
                    hides = hidden[number] = self._hides(number)
                if hides is not _HIDES_NOTHING:
                    self._shorter(folded, (number, at, until), hides, hits, tried)
                continue
            extent, reading, watch, housed, metonym, adjective, told = decision
            end = start + extent
            behind = last = end - 1
            after = codes[end]
            if metonym is not None:
                stands = governs(folded, at, behind, reading, capital)
                capital = behind, stands
                if stands:
                    extent, reading, watch, housed, _, _, told = metonym
            elif adjective is not None and has_noun(folded, at, behind):
                extent, reading, watch, housed, _, _, told = adjective
            else:
                if town := told[0] in towns:
                    capital = behind, False
                if plain is None and adjective is None and end == until and (bars := guards.barred(surrounded)):
                    self._remember(kept, number, surrounded, (watch, (*told, None, None), bars, town))
            guard = None
            if (
                (near_street := end >= quiet and streets[street] == at >> 6)
                or hints[codes[at]]
                or (hints[after] and (after != point or watch is not None or housed or word[codes[end + 1]]))
                or (housed and after == blank and digit[codes[end + 1]])
            ):
                # A name that is longer than a stretch can reach a street that no stretch tells.
                near = addresses if near_street or extent > guards.NEAR else ()
                guard = judge(folded, at, behind, reading, watch, near)
            elif watch is not None:
                guard = watch.judge(folded, at, behind)
            if guard == guards.DROPPED:
                continue
            first, spoof = at + shift, None
            if end < quiet and after != unknown:
                behind += shift
            else:
                if shifted:
                    plainly = gone[shift] >= behind and text[behind + shift : behind + shift + 1] < _FIRST_MARK
                    behind = behind + shift if plainly else end_of(behind)
                # A word of two scripts can begin behind the beginning of a name of several words.
                if lookalikes[foreign][0] < behind:
                    spoof = _spoof(text, first, behind, mixed)
            report(new(Match, (first, behind, text[first:behind], *told, guard, spoof)))
        return found

    def _candidates(self, folded: Folded) -> list[_Hit]:
        """Where folded forms begin and end, by their beginning; padded like the text."""
        plain, short = self._searches
        hits: list[_Hit] = plain.find_matches_as_indexes(b" " + folded.scan + b" ") if plain else []
        if short:
            cased = folding.cased(folded.codes)
            capitals = short.find_matches_as_indexes(b" " + cased + b" ")
            if capitals:
                second = self._second
                hits += [(number + second, start, end) for number, start, end in capitals]
                hits.sort(key=_START)
        return hits

    def _choose(self, number: int, surface: bytes) -> Choice | None:
        """What a surface is that begins with a pattern; remembered."""
        length = len(self._patterns[number]) - 1
        said, tail = folding.letters(surface[:length]), folding.letters(surface[length:])
        readings = []
        if surface:
            part = int(number >= self._second)
            for row in self._tables[part].rows(number - part * self._second):
                designation = self._designations[row.number]
                known = self._guards.get(designation.entity, ())
                if reading := read(row, designation, said, tail, known, designation.entity in self._persons):
                    readings.append(reading)
        choice = Choice(readings) if readings else None
        self._count()
        self._memory[number][surface] = choice
        return choice

    def _remember(self, kept: list[dict[bytes, Plain]], number: int, surrounded: bytes, plain: Plain) -> None:
        self._count()
        if kept[number] is _NOTHING:
            kept[number] = {}
        kept[number][surrounded] = plain

    def _count(self) -> None:
        """One more is remembered; when there are too many, all are forgotten."""
        if self._remembered >= _REMEMBERED:
            for surfaces in self._memory:
                surfaces.clear()
            for forms in chain.from_iterable(self._plain.values()):
                forms.clear()
            self._remembered = 0
        self._remembered += 1

    def _shorter(self, folded: Folded, refused: _Hit, hides: _Hides, hits: list[_Hit], tried: set[_Hit]) -> None:
        """Put in what a refused hit hid: the next shorter form that begins there, and forms that begin inside it. `hits` are
        those still to come, the next one last."""
        number, at, until = refused
        shorter, length, several = hides
        hidden = [(shorter, at, at + length)] if length else []
        if several:
            short, behind = number >= self._second, until + _LONGEST
            search = self._searches[short]
            window = folding.cased(folded.codes[at:behind]) if short else folded.scan[at:behind]
            for found, start, end in search.find_matches_as_indexes(window) if search else ():
                if start + at + 1 >= until:
                    break
                hidden.append((found + self._second * short, at + 1 + start, at + 1 + end))
        for hit in hidden:
            if hit not in tried:
                tried.add(hit)
                place = len(hits)
                while place and hits[place - 1][1] <= hit[1]:
                    place -= 1
                hits.insert(place, hit)

    def _hides(self, number: int) -> _Hides:
        """What a pattern hides where it is refused; forms can begin inside one of several words."""
        short = number >= self._second
        pattern, known = self._patterns[number], self._numbers[short]
        several = b" " in pattern[1:]
        for length in range(len(pattern) - 1, 1, -1):
            if (shorter := known.get(pattern[:length])) is not None:
                return shorter + self._second * short, length, several
        return (0, 0, True) if several else _HIDES_NOTHING

    def _settle(self, folded: Folded) -> list[tuple[int, int]]:
        """Write words of two scripts as the script in which they are a form, if any. Answers where they stand in the text."""
        codes, scan, places = bytearray(folded.codes), bytearray(folded.scan), []
        for start, end, readings in folded.mixed:
            before, behind = max(0, start - _AROUND), min(len(codes), end + _AROUND)
            for reading in readings:
                tried = Folded("", bytes(codes[before:start]) + reading + bytes(codes[end:behind]), b"")
                tried.scan = folding.scanned(tried.codes)
                if any(at < end - before and until > start - before + 1 for _n, at, until in self._candidates(tried)):
                    codes[start:end], scan[start:end] = reading, folding.scanned(reading)
                    places.append((folded.place(start), folded.end(end)))
                    break
        folded.codes, folded.scan, folded.streets = bytes(codes), bytes(scan), None
        return places


def in_texts(designations: Iterable[Designation]) -> Iterable[Designation]:
    """Those looked for in running text: a title of a theme, or "Bar" of the town, stands in lists and on maps alone."""
    return (each for each in designations if not {"list", "map"}.issuperset(each.contexts))


def _search(patterns: Sequence[bytes]) -> BytesAhoCorasick | None:
    # The faster search takes ten times as long to make.
    kind = Implementation.DFA if len(patterns) < _FEW else Implementation.ContiguousNFA
    return BytesAhoCorasick(patterns, MatchKind.LeftmostLongest, kind) if patterns else None


def _tables(designations: Sequence[Designation], digest: str) -> tuple[Table, Table]:
    """The tables of designations; with a digest those that were kept under it, if any."""
    made: list[Table] = []

    def make() -> bytes:
        from sofra.lexicon.engine.forms import generate

        plain, short = build(designations, lambda each: [(form.text, form.label) for form in generate(each)])
        made.extend((plain, short))
        return plain.write() + _PARTED + short.write()

    if not digest:
        make()
        return made[0], made[1]
    data = caching.kept(f"{digest}:{caching.digest_of_sources(*_MAKERS)}", make)
    if made:
        return made[0], made[1]
    plain, _mark, short = data.partition(_PARTED)
    return Table.read(plain), Table.read(short)


def _spoof(text: str, start: int, end: int, mixed: Sequence[tuple[int, int]]) -> str | None:
    """The letters of another script in a match, by their names in Unicode."""
    place = bisect_left(mixed, (end, 0)) - 1
    if place < 0 or mixed[place][1] <= start:
        return None
    scripts: dict[str, list[str]] = {}
    for letter in text[start:end]:
        if letter.isalpha():
            name = unicodedata.name(letter, "UNKNOWN")
            scripts.setdefault(name.split()[0], []).append(f"{letter} {name}")
    if len(scripts) < 2:
        return None
    most = max(scripts, key=lambda script: len(scripts[script]))
    return ", ".join(dict.fromkeys(each for script, names in scripts.items() if script != most for each in names))
