"""Checks of parsed JSON, each with an error that names the place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sofra.lexicon.engine.model import LANGUAGES


class BadLexicon(ValueError):  # noqa: N818 (named as the house names its refusals)
    """A lexicon that cannot be used. `path` is the place in the file ("entities[3].designations[0].case")."""

    def __init__(self, path: str, sentence: str) -> None:
        self.path, self.sentence = path, sentence
        super().__init__(f"{path}: {sentence}" if path else sentence)

    def under(self, place: str) -> BadLexicon:
        """The same error, seen from one level further out."""
        join = "" if not self.path or self.path.startswith("[") else "."
        return BadLexicon(f"{place}{join}{self.path}", self.sentence)


def at(place: str, key: str | int, build: Any, *arguments: Any) -> Any:
    try:
        return build(*arguments)
    except BadLexicon as error:
        where = f"{place}[{key}]" if isinstance(key, int) else f"{place}.{key}" if key else place
        raise error.under(where) from None


def an_object(value: object, keys: set[str] | None = None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadLexicon("", "An object is expected.")
    if keys is not None and not value.keys() <= keys:
        raise BadLexicon(sorted(value.keys() - keys)[0], f"Unknown key. Known are: {', '.join(sorted(keys))}.")
    return value


def a_list(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key, [])
    if not isinstance(found, list):
        raise BadLexicon(key, "A list is expected.")
    return found


def strings(value: object, key: str = "") -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise BadLexicon(key, "A list of words is expected.")
    return tuple(value)


def some(value: Mapping[str, Any], key: str, known: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    if key not in value:
        return default
    found = strings(value[key], key)
    for item in found:
        if item not in known:
            raise BadLexicon(key, f'"{item}" is none of: {", ".join(known)}.')
    return found


def text(value: Mapping[str, Any], key: str, default: str | None = None) -> str:
    found = value.get(key, default)
    if found is None and default is not None:
        return default
    if not isinstance(found, str) or (not found.strip() and default is None):
        raise BadLexicon(key, "A text is expected.")
    if found != found.strip():
        raise BadLexicon(key, "The text begins or ends with a blank.")
    return found


def one(value: Mapping[str, Any], key: str, known: tuple[str, ...], default: str | None = None) -> str:
    found = value.get(key, default)
    if found not in known:
        raise BadLexicon(key, f"One of these is expected: {', '.join(known)}.")
    return str(found)


def flag(value: Mapping[str, Any], key: str, default: bool = False) -> bool:
    found = value.get(key, default)
    if not isinstance(found, bool):
        raise BadLexicon(key, "true or false is expected.")
    return found


def day(value: Mapping[str, Any], key: str) -> date | None:
    found = value.get(key)
    if found is None:
        return None
    try:
        return date.fromisoformat(found)
    except (TypeError, ValueError):
        raise BadLexicon(key, "A date such as 2022-06-01 is expected.") from None


def by_language(value: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = at(key, "", an_object, value.get(key, {}))
    for language in found:
        if language not in LANGUAGES:
            raise BadLexicon(f"{key}.{language}", f"One of these is expected: {', '.join(LANGUAGES)}.")
    return dict(found)


def unique(place: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for number, name in enumerate(ids):
        if name in seen:
            raise BadLexicon(f"{place}[{number}].id", f'"{name}" is there already.')
        seen.add(name)
