"""A small lexicon of invented names, loaded through the command."""

from __future__ import annotations

from typing import Any

from sofra.kernel import acting
from sofra.lexicon.commands.lexicon import LoadedLexicon, load_lexicon
from sofra.lexicon.engine.loading import read
from sofra.lexicon.models import Entity
from sofra.lexicon.presenting import small_lexicon


def loaded_small(document: dict[str, Any] | None = None) -> LoadedLexicon:
    """Load a lexicon as the house."""
    with acting.acting_as_house():
        return load_lexicon(read(document or small_lexicon()))


def hall() -> Entity:
    """The entity that most tests speak of."""
    return Entity.objects.get(code="X-HALL")
