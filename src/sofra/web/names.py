"""The one door through which the shell asks for names of parties."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language

from sofra.lexicon import naming


def party_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of parties by id in the reader's language, as the lexicon gives them; it reads its table once for all."""
    language = get_language() or "en"
    return {party: str(naming.party_name(party, language)) for party in ids}
