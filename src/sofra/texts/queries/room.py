"""What the text room shows of a text: every paragraph in a few words, and all of a part of them. Its queries do not grow."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count

from sofra.kernel import wordings
from sofra.texts.engine.amending import Content
from sofra.texts.engine.points import Point
from sofra.texts.engine.tree import Bracket, plain
from sofra.texts.labels import labels_in as _labels_in
from sofra.texts.models import Explanation, Paragraph, Placing, Position, Proposal, Ruling, Stance, Stand, Status, Text
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


def lines_of(text: Text, language: str, **only: Any) -> list[Line]:
    """The paragraphs that are not gone, in order, from the rows the reader may read or `only` some of them; three queries."""
    placings = (
        Placing.objects.filter(paragraph__text=text, **only)
        .order_by("paragraph_id", "-sequence")
        .distinct("paragraph_id")
        .values_list("paragraph_id", "kind", "level", "number", "place", "gone", "paragraph__audience")
    )
    order: list[tuple[float, str, UUID]] = []
    found: dict[UUID, Line] = {}
    for key, kind, level, number, place, gone, audience in placings:
        if not gone:
            order.append((place, str(key), key))
            found[key] = Line(key, kind, level, number, audience == text.audience)
    stands = Stand.objects.filter(paragraph__text=text, language=language, **only).order_by("paragraph_id", "-sequence")
    for key, notation in stands.distinct("paragraph_id").values_list("paragraph_id", "content"):
        if key in found:
            found[key].notation = notation
    rulings = Ruling.objects.filter(paragraph__text=text, **only).order_by("paragraph_id", "-sequence")
    for key, status in rulings.distinct("paragraph_id").values_list("paragraph_id", "status"):
        if key in found:
            found[key].status = status
    return [found[key] for _place, _name, key in sorted(order)]


def shared_lines(text: Text, language: str) -> list[Line]:
    """The paragraphs with a version in a language as all readers of the text read them; nothing that fewer read is in it."""
    only = {"audience": text.audience, "paragraph__audience": text.audience}
    return [line for line in lines_of(text, language, **only) if line.notation is not None]


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


def objected_in(text: Text, language: str) -> dict[UUID, set[str]]:
    """By paragraph, the wordings to which a party objects by the latest the reader may know of it; one query.

    A wording may have gone since: whoever shows it looks for it among what is open.
    """
    latest = (
        Position.objects.filter(paragraph__text=text, language=language)
        .order_by("paragraph_id", "choice", "owner_party_id", "-at")
        .distinct("paragraph_id", "choice", "owner_party_id")
        .values("pk")
    )
    found: dict[UUID, set[str]] = {}
    rows = Position.objects.filter(pk__in=latest, stance=Stance.OBJECTS)
    for paragraph, choice in rows.values_list("paragraph_id", "choice"):
        found.setdefault(paragraph, set()).add(choice)
    return found


def unshared_in(text: Text) -> dict[UUID, int]:
    """How many proposals that are not addressed to all the reader may read, by paragraph; one query."""
    rows = Proposal.objects.filter(text=text).exclude(audience=text.audience).exclude(kind=Proposal.Kind.WITHDRAW)
    found: dict[UUID, int] = {}
    for paragraph in rows.values_list("paragraph_id", flat=True):
        found[paragraph] = found.get(paragraph, 0) + 1
    return found


#: A stance by wording and party.
Stances = dict[tuple[str, UUID | None], str]


def stances_on(keys: Collection[UUID], language: str) -> dict[UUID, Stances]:
    """The latest stance of each party on each wording of some paragraphs, as far as the reader may know; one query."""
    rows = Position.objects.filter(paragraph__in=list(keys), language=language).order_by("at")
    found: dict[UUID, Stances] = {}
    for paragraph, choice, party, stance in rows.values_list("paragraph_id", "choice", "owner_party_id", "stance"):
        found.setdefault(paragraph, {})[choice, party] = stance
    return found


def objected_of(stances: dict[UUID, Stances]) -> dict[UUID, set[str]]:
    """As objected_in(), from stances that are known already."""
    return {
        key: {choice for (choice, _party), stance in said.items() if stance == Stance.OBJECTS}
        for key, said in stances.items()
    }


@dataclass(slots=True)
class Talk:
    """What was said on a paragraph: how many proposals, and the latest comment the reader may read."""

    proposals: int
    comment: Any = None
    by: UUID | None = None


def talk_on(keys: Collection[UUID], language: str) -> dict[UUID, Talk]:
    """What was said on some paragraphs, comments in a language where they are; three queries."""
    rows = Proposal.objects.filter(paragraph__in=list(keys)).exclude(kind=Proposal.Kind.WITHDRAW)
    counted = rows.order_by().values_list("paragraph_id").annotate(Count("pk"))
    found = {paragraph: Talk(number) for paragraph, number in counted}
    comments = list(
        Explanation.objects.filter(proposal__paragraph__in=list(keys))
        .select_related("proposal")
        .order_by("proposal__paragraph_id", "-proposal__at")
        .distinct("proposal__paragraph_id")
    )
    wordings.attach(comments, language)
    for each in comments:
        talk = found.get(each.proposal.paragraph_id)
        if talk is not None:
            worded: Any = each
            talk.comment, talk.by = worded.worded.get("reason"), each.owner_party_id
    return found


def rows_of(lines: Collection[Line]) -> dict[UUID, Paragraph]:
    """The rows of those paragraphs that not all readers of the text read, so that a page can say who does."""
    private = [line.key for line in lines if not line.shared]
    return {row.pk: row for row in Paragraph.objects.filter(pk__in=private)} if private else {}
