"""The one door through which the shell asks for names of parties."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language


def party_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of parties by id in the reader's language, as the lexicon gives them. One question for all."""
    wanted = list(ids)
    if not wanted:
        return {}
    from sofra.lexicon import naming

    return naming.party_names(wanted, get_language() or "en")
