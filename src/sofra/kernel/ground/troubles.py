"""What stops a start: one sentence that says what to do."""

from __future__ import annotations


class Trouble(Exception):  # noqa: N818 (a trouble is told to the operator, not raised to engineers)
    """The house cannot start or go on; the message is one sentence an operator can act on."""
