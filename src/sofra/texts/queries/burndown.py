"""How what is open in a text grew and went over time, and why; of what all its readers read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sofra.texts.engine.brackets import outermost
from sofra.texts.models import Adoption, Closing, Placing, Proposal, Reopening, Ruling, Settlement, Stand, Status, Text


@dataclass(frozen=True)
class Step:
    """How a text stood from an instant on. `why` are what happened then, as (kind, what of it); `fell` and `rose` the brackets
    that went and came."""

    at: datetime
    brackets: int
    paragraphs: int
    agreed: int
    why: tuple[tuple[str, Any], ...]
    fell: int
    rose: int


def burn_down(text: Text, language: str) -> list[Step]:
    """The steps of a text in one of its languages, oldest first; its queries do not grow with it.

    Brackets are the outermost ones. What is addressed to fewer than all is not among them, whoever asks.
    """
    of = {"paragraph__text": text, "audience": text.audience}
    happened: dict[datetime, list[tuple[str, Any]]] = {}
    for stand in (
        Stand.objects.filter(**of, paragraph__audience=text.audience, language=language)
        .order_by("at")
        .only("at", "paragraph", "content")
    ):
        happened.setdefault(stand.at, []).append(("stand", stand))
    placings = Placing.objects.filter(**of, paragraph__audience=text.audience).order_by("at", "sequence")
    for placing in placings:
        happened.setdefault(placing.at, []).append(("placing", placing))
    for ruling in Ruling.objects.filter(**of).order_by("at", "sequence"):
        happened.setdefault(ruling.at, []).append(("ruling", ruling))
    rows: list[tuple[str, Any]] = [
        *(("closing", row) for row in Closing.objects.filter(**of)),
        *(
            ("proposal", row)
            for row in Proposal.objects.filter(text=text, audience=text.audience, language=language).only(
                "at", "kind", "text"
            )
        ),
        *(("settlement", row) for row in Settlement.objects.filter(**of).select_related("proposal")),
        *(("adoption", row) for row in Adoption.objects.filter(text=text)),
        *(("reopening", row) for row in Reopening.objects.filter(text=text)),
    ]
    for kind, row in rows:
        happened.setdefault(row.at, []).append((kind, row))
    return _walked(happened)


@dataclass
class _Count:
    """What is open and agreed among the paragraphs that stand, counted as it changes: 15,000 steps do not count 2,500 each."""

    brackets: int = 0
    agreed: int = 0
    standing: set[UUID] = field(default_factory=set)
    open_in: dict[UUID, int] = field(default_factory=dict)
    status: dict[UUID, str] = field(default_factory=dict)

    def take(self, kind: str, row: Any) -> None:
        """A paragraph stands otherwise from now on."""
        key = row.paragraph_id
        self._add(key, -1)
        if kind == "stand":
            self.open_in[key] = outermost(row.content)
        elif kind == "placing":
            (self.standing.discard if row.gone else self.standing.add)(key)
        else:
            self.status[key] = row.status
        self._add(key, 1)

    def _add(self, key: UUID, sign: int) -> None:
        if key in self.standing:
            self.brackets += sign * self.open_in.get(key, 0)
            self.agreed += sign * (self.status.get(key, Status.OPEN) != Status.OPEN)


def _walked(happened: dict[datetime, list[tuple[str, Any]]]) -> list[Step]:
    count, steps, before = _Count(), list[Step](), 0
    for at in sorted(happened):
        why = []
        for kind, row in happened[at]:
            if kind in ("stand", "placing", "ruling"):
                count.take(kind, row)
            if kind not in ("stand", "placing"):
                why.append((kind, row))
        now = count.brackets
        step = Step(at, now, len(count.standing), count.agreed, tuple(why), max(0, before - now), max(0, now - before))
        last = steps[-1] if steps else None
        told = any(kind != "proposal" for kind, _row in why)
        counts = (step.brackets, step.paragraphs, step.agreed)
        if last is None or told or counts != (last.brackets, last.paragraphs, last.agreed):
            steps.append(step)
        before = now
    return steps


def reason_of(step: Step) -> str:
    """Why brackets went in a step: how they were closed, or that they were withdrawn or merged."""
    for kind, row in step.why:
        if kind == "closing":
            return str(row.how)
        if kind == "settlement":
            return str(Closing.How.MOVED if row.proposal.kind == Proposal.Kind.MOVE else Closing.How.MERGED)
    return str(Closing.How.WITHDRAWN)


def closings_of(steps: list[Step]) -> Counter[str]:
    """How many brackets went for each reason."""
    found: Counter[str] = Counter()
    for step in steps:
        if step.fell:
            found[reason_of(step)] += step.fell
    return found
