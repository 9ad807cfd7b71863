"""JSON files that people write by hand: read strictly, and refused with every reason and its place.

    value = read(path, 2_000_000, BadProfile)      a file
    value = parsed(data, "the profile", BadProfile) its text

Two entries of one name are refused, for one of them would silently be lost; so is what JSON does not have, such as NaN.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: How many problems a refusal names before it counts the rest.
NAMED = 12


class BadFile(Exception):  # noqa: N818 (told to a person, not raised to engineers)
    """A file cannot be used. `problems` holds each reason with its place in the file."""

    def __init__(self, name: str, problems: Iterable[str]) -> None:
        self.name = name
        self.problems = tuple(problems)
        said = "\n".join(f"  {each}" for each in self.problems[:NAMED])
        more = len(self.problems) - NAMED
        super().__init__(f"{name} cannot be used:\n{said}" + (f"\n  and {more} more" if more > 0 else ""))


def read(path: str | Path, most: int, wrong: type[BadFile]) -> Any:
    """The value in a JSON file of at most so many bytes. Raises `wrong` where it cannot be read, is longer, or is not JSON."""
    name = str(path)
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise wrong(name, [f"it cannot be read ({error.strerror})."]) from error
    if len(data) > most:
        raise wrong(name, [f"it is longer than {most // 1_000_000} MB, the most that is read."])
    return parsed(data, name, wrong)


def parsed(data: bytes | str, name: str, wrong: type[BadFile]) -> Any:
    """The value of a JSON text; `name` is what a refusal calls it. Raises `wrong`."""
    try:
        return json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant)
    except (UnicodeDecodeError, RecursionError) as error:
        raise wrong(name, ["it is not JSON in UTF-8."]) from error
    except json.JSONDecodeError as error:
        raise wrong(name, [f"line {error.lineno}, column {error.colno}: it is not JSON ({error.msg})."]) from error
    except ValueError as error:
        raise wrong(name, [str(error)]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"“{name}” stands twice in one object; take one out.")
        found[name] = value
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON.")
