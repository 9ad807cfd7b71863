"""Re-planning: the exact model on the neighbourhood of what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sofra.bilaterals.engine.solve import Outcome, Search


def replan(search: Search) -> Outcome:
    """"""
    raise NotImplementedError
