"""How a command says no: a clear sentence, for a field where there is one; nothing was written."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818 (a refusal is an answer, not an error)
    """A command refused. `sentence` is in the reader's language; `field` names the form field it stands next to."""

    def __init__(self, sentence: Any, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


class NotAllowed(Refusal):
    """The actor may not do this; the sentence gives the reason of the policy that said so."""


class Conflict(Refusal):
    """Somebody else changed the row since it was read. `theirs` is the row as it stands; what was typed is kept."""

    def __init__(self, sentence: Any, theirs: Any) -> None:
        super().__init__(sentence)
        self.theirs = theirs
