"""What the text room shows of a text: every paragraph in a few words, and all of a part of them. Its queries do not grow."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from sofra.kernel import wordings
from sofra.texts.engine.amending import Content
from sofra.texts.engine.points import Point
from sofra.texts.engine.tree import Bracket, plain
from sofra.texts.labels import labels_in as _labels_in
from sofra.texts.models import Explanation, Paragraph, Placing, Ruling, Stance, Stand, Status, Text
from sofra.texts.queries.falling import taken_of, wordings_in
from sofra.texts.queries.text import content, points_in


@dataclass(slots=True)
class Line:
    """A paragraph as the reader may read it, in one language. `notation` is None where it has no version in it."""

    key: UUID
    kind: str
    level: int
    number: str
    shared: bool
    notation: str | None = None
    status: str = Status.OPEN

    @property
    def content(self) -> Content:
        """What it says."""
        return content(self.notation) if self.notation else ()

    @property
    def points(self) -> tuple[Point, ...]:
        """Its open points."""
        return points_in(self.notation) if self.notation else ()

    @property
    def brackets(self) -> int:
        """How many outermost brackets are open."""
        return sum(isinstance(node, Bracket) for node in self.content)

    @property
    def labels(self) -> frozenset[str]:
        """Who stands in its brackets."""
        return labels_in(self.notation) if self.notation else frozenset()

    @property
    def called(self) -> str:
        """Its number, or its first words, as it is called in a sentence."""
        if self.number:
            return self.number
        words = words_of(self.notation or "").split()
        return f"“{' '.join(words[:6])}…”" if words else "—"


#: Of each paragraph the last row of its place, its words and its status that the reader may read. The last are looked up by
#: index, paragraph by paragraph, so that a long history costs nothing; sorting it all grew with every proposal ever made.
_LINES = """
SELECT g.id, p.kind, p.level, p.number, g.audience, s.content, r.status
FROM texts_paragraph g
CROSS JOIN LATERAL (
  SELECT kind, level, number, place, gone FROM texts_placing WHERE paragraph_id = g.id{only} ORDER BY sequence DESC LIMIT 1
) p
LEFT JOIN LATERAL (
  SELECT content FROM texts_stand WHERE paragraph_id = g.id AND language = %(language)s{only} ORDER BY sequence DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
  SELECT status FROM texts_ruling WHERE paragraph_id = g.id{only} ORDER BY sequence DESC LIMIT 1
) r ON true
WHERE g.text_id = %(text)s{gone}{paragraphs}
ORDER BY p.place, g.id
"""


def _asked(statement: str, values: Mapping[str, Any]) -> list[Any]:
    """The rows of a statement that is written out: the room asks a dozen, and making each by the ORM cost more than asking."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def lines_of(text: Text, language: str, *, shared: bool = False, gone: bool = False) -> list[Line]:
    """The paragraphs that are not gone (with `gone`, those too), in order, from the rows the reader may read, or from those
    that all readers of the text read; one query."""
    only, paragraphs = (" AND audience = %(audience)s", " AND g.audience = %(audience)s") if shared else ("", "")
    rows = _asked(
        _LINES.format(only=only, paragraphs=paragraphs, gone="" if gone else " AND NOT p.gone"),
        {"text": text.pk, "language": language, "audience": text.audience},
    )
    return [
        Line(key, kind, level, number, audience == text.audience, notation, status or Status.OPEN)
        for key, kind, level, number, audience, notation, status in rows
    ]


def shared_lines(text: Text, language: str) -> list[Line]:
    """The paragraphs with a version in a language as all readers of the text read them; nothing that fewer read is in it."""
    return [line for line in lines_of(text, language, shared=True) if line.notation is not None]


def shared_rows(text: Text, language: str) -> tuple[int, ...]:
    """How many rows make up what all readers read. Rows are only ever added: while the numbers stay, so does the text."""
    of = {"paragraph__text": text, "audience": text.audience, "paragraph__audience": text.audience}
    return (
        Stand.objects.filter(language=language, **of).count(),
        Placing.objects.filter(**of).count(),
        Ruling.objects.filter(**of).count(),
    )


@lru_cache(maxsize=8192)
def labels_in(notation: str) -> frozenset[str]:
    """Who stands in the brackets of a notation."""
    return frozenset(_labels_in(content(notation)))


@lru_cache(maxsize=8192)
def words_of(notation: str) -> str:
    """All words of a notation, those of every alternative, without who stands behind them."""
    return " ".join("".join(_words(content(notation))).split()) if notation.strip() else ""


def _words(nodes: Content) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield plain(node)
        elif isinstance(node, Bracket):
            for number, each in enumerate(node.alternatives):
                if number:
                    yield " "
                yield from _words(each.content)


def folded(words: str) -> str:
    """Words as they are searched for: without capitals, in Turkish too."""
    return " ".join(words.replace("İ", "i").replace("ı", "i").casefold().split())


#: Objections that nothing of the same party followed: only they are looked at, and what followed is looked up by index.
_OBJECTED = """
SELECT DISTINCT p.paragraph_id, p.choice, p.unless::text FROM texts_position p
WHERE p.paragraph_id IN (SELECT id FROM texts_paragraph WHERE text_id = %(text)s)
  AND p.language = %(language)s AND p.stance = 'objects'
  AND NOT EXISTS (
    SELECT 1 FROM texts_position l
    WHERE l.paragraph_id = p.paragraph_id AND l.language = p.language AND l.choice = p.choice
      AND l.owner_party_id = p.owner_party_id AND l.at > p.at
  )
"""


def objected_in(text: Text, language: str) -> dict[UUID, set[str]]:
    """By paragraph, the wordings to which a party objects by the latest the reader may know of it, and has not ceased to with
    the wordings it named; one query, two where some were named.

    A wording may have gone since: whoever shows it looks for it among what is open.
    """
    rows = [
        (paragraph, choice, wordings_in(json.loads(unless)))
        for paragraph, choice, unless in _asked(_OBJECTED, {"text": text.pk, "language": language})
    ]
    taken = taken_of(named for _paragraph, _choice, named in rows)
    found: dict[UUID, set[str]] = {}
    for paragraph, choice, named in rows:
        if not named or not taken.issuperset(named):
            found.setdefault(paragraph, set()).add(choice)
    return found


_BESIDE = """
SELECT paragraph_id, count(*), 0 FROM texts_proposal
WHERE text_id = %(text)s AND audience <> %(audience)s AND kind <> 'withdraw' GROUP BY paragraph_id
UNION ALL
SELECT s.paragraph_id, 0, count(*) FROM texts_proposal s
WHERE s.text_id = %(text)s AND s.kind IN ('move', 'split', 'merge')
  AND NOT EXISTS (SELECT 1 FROM texts_proposal w WHERE w.answers_id = s.id AND w.kind = 'withdraw')
  AND NOT EXISTS (SELECT 1 FROM texts_settlement d WHERE d.proposal_id = s.id)
GROUP BY s.paragraph_id
"""


def beside_in(text: Text) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """By paragraph, how many proposals that are not addressed to all the reader may read, and how many to move, split or merge
    wait for a decision; one query."""
    unshared: dict[UUID, int] = {}
    shapes: dict[UUID, int] = {}
    for key, private, waiting in _asked(_BESIDE, {"text": text.pk, "audience": text.audience}):
        if private:
            unshared[key] = private
        if waiting:
            shapes[key] = waiting
    return unshared, shapes


#: A stance by wording and party; of an objection that names what it falls with, one of the two that follow.
Stances = dict[tuple[str, UUID | None], str]
#: It objects unless other wordings are taken; and it did, and they were.
CONDITIONAL, FALLEN = "objects unless", "objected"


def stances_on(keys: Collection[UUID], language: str) -> dict[UUID, Stances]:
    """The latest stance of each party on each wording of some paragraphs, as far as the reader may know; one query, two where
    an objection names what it falls with."""
    rows = _asked(
        "SELECT DISTINCT ON (paragraph_id, choice, owner_party_id) paragraph_id, choice, owner_party_id, stance, unless::text "
        "FROM texts_position WHERE paragraph_id = ANY(%(keys)s) AND language = %(language)s "
        "ORDER BY paragraph_id, choice, owner_party_id, at DESC",
        {"keys": list(keys), "language": language},
    )
    named = {row[:3]: wordings_in(json.loads(row[4])) for row in rows if row[4] != "[]"}
    taken = taken_of(named.values())
    found: dict[UUID, Stances] = {}
    for paragraph, choice, party, stance, _unless in rows:
        if conditions := named.get((paragraph, choice, party)):
            stance = FALLEN if taken.issuperset(conditions) else CONDITIONAL
        found.setdefault(paragraph, {})[choice, party] = stance
    return found


def objected_of(stances: dict[UUID, Stances]) -> dict[UUID, set[str]]:
    """As objected_in(), from stances that are known already."""
    return {
        key: {choice for (choice, _party), stance in said.items() if stance in (Stance.OBJECTS, CONDITIONAL)}
        for key, said in stances.items()
    }


@dataclass(slots=True)
class Talk:
    """What was said on a paragraph: how many proposals, and the latest comment the reader may read."""

    proposals: int
    comment: Any = None
    by: UUID | None = None


_TALK = """
SELECT c.paragraph_id, c.proposals, e.id, e.owner_party_id
FROM (
  SELECT paragraph_id, count(*) AS proposals FROM texts_proposal
  WHERE paragraph_id = ANY(%(keys)s) AND kind <> 'withdraw' GROUP BY paragraph_id
) c
LEFT JOIN LATERAL (
  SELECT x.id, x.owner_party_id FROM texts_explanation x JOIN texts_proposal p ON p.id = x.proposal_id
  WHERE p.paragraph_id = c.paragraph_id ORDER BY p.at DESC LIMIT 1
) e ON true
"""


def talk_on(keys: Collection[UUID], language: str) -> dict[UUID, Talk]:
    """What was said on some paragraphs, comments in a language where they are; two queries."""
    found: dict[UUID, Talk] = {}
    comments: list[tuple[Talk, Explanation]] = []
    for key, proposals, comment, party in _asked(_TALK, {"keys": list(keys)}):
        found[key] = Talk(proposals)
        if comment is not None:
            comments.append((found[key], Explanation(pk=comment, owner_party_id=party)))
    if comments:
        wordings.attach([row for _talk, row in comments], language)
    for talk, row in comments:
        worded: Any = row
        talk.comment, talk.by = worded.worded.get("reason"), row.owner_party_id
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is beside a text's paragraphs, so that a page asks for nothing that is not there."""

    silences: bool
    adoptions: bool
    statements: bool
    versions: bool


_KEPT = """
SELECT EXISTS (SELECT 1 FROM texts_silence WHERE text_id = %(text)s),
       EXISTS (SELECT 1 FROM texts_adoption WHERE text_id = %(text)s),
       EXISTS (SELECT 1 FROM texts_statement WHERE text_id = %(text)s),
       EXISTS (SELECT 1 FROM texts_version WHERE text_id = %(text)s)
"""


def kept_beside(text: Text) -> Kept:
    """What the reader may read beside the paragraphs of a text; one query."""
    return Kept(*_asked(_KEPT, {"text": text.pk})[0])


def rows_of(lines: Collection[Line]) -> dict[UUID, Paragraph]:
    """The rows of those paragraphs that not all readers of the text read, so that a page can say who does."""
    private = [line.key for line in lines if not line.shared]
    return {row.pk: row for row in Paragraph.objects.filter(pk__in=private)} if private else {}
