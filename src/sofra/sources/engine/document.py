"""Reads a record file and the files it includes into one document; says in a sentence what is wrong, and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

#: Sections in the order in which they are loaded, from the lowest floor up, with the key that identifies an entry.
SECTIONS: dict[str, str] = {
    "parties": "code",
    "formats": "slug",
    "sources": "key",
    "subjects": "id",
    "claims": "id",
    "discrepancies": "id",
    "party_names": "id",
    "posts": "id",
    "persons": "id",
    "meetings": "id",
    "themes": "id",
}
_HEAD = {"record", "version", "languages", "default_format", "include"}
_LARGEST = 8 * 1024 * 1024

Entry = dict[str, Any]


class RecordError(Exception):
    """A record file cannot be used. The message is a sentence that names the file and the place in it."""


class Document:
    """A record: its head and its sections, each a list of entries."""

    def __init__(self, head: Entry, sections: dict[str, list[Entry]]) -> None:
        self.head = head
        self.sections = sections

    @property
    def languages(self) -> list[str]:
        """The languages in which every wording must stand."""
        return list(self.head["languages"])

    def __getitem__(self, section: str) -> list[Entry]:
        return self.sections[section]


def read(path: Path) -> Document:
    """Read a record file with all it includes. Raises RecordError; the content is checked by `check`."""
    head = _object(path)
    sections: dict[str, list[Entry]] = {name: [] for name in SECTIONS}
    _gather(head, path, sections)
    include = head.get("include", [])
    if not isinstance(include, list) or not all(isinstance(name, str) for name in include):
        raise RecordError(f"{path.name}: “include” must be a list of file names.")
    for name in include:
        inner = (path.parent / name).resolve()
        if not inner.is_relative_to(path.parent.resolve()):
            raise RecordError(f"{path.name}: the included file “{name}” lies outside the record's folder.")
        part = _object(inner)
        if unknown := sorted(set(part) - set(SECTIONS)):
            raise RecordError(f"{inner.name}: “{unknown[0]}” is no section of a record. Sections: {_listed(SECTIONS)}.")
        _gather(part, inner, sections)
    if unknown := sorted(set(head) - set(SECTIONS) - _HEAD):
        raise RecordError(f"{path.name}: “{unknown[0]}” is no section of a record. Sections: {_listed(SECTIONS)}.")
    return Document(_head(head, path), sections)


def _object(path: Path) -> Entry:
    try:
        if path.stat().st_size > _LARGEST:
            raise RecordError(f"{path.name}: the file is larger than 8 MB, which no record is.")
        text = path.read_text(encoding="utf-8")
        found = json.loads(text, object_pairs_hook=_no_key_twice)
    except FileNotFoundError:
        raise RecordError(f"{path.name}: there is no such file.") from None
    except UnicodeDecodeError as error:
        raise RecordError(f"{path.name}: not UTF-8 text (byte {error.start}).") from None
    except json.JSONDecodeError as error:
        raise RecordError(f"{path.name}, line {error.lineno}, column {error.colno}: not JSON ({error.msg}).") from None
    except RecursionError:
        raise RecordError(f"{path.name}: nested too deeply for a record.") from None
    except _TwiceError as error:
        raise RecordError(f"{path.name}: the key “{error}” stands twice in one object.") from None
    except OSError as error:
        raise RecordError(f"{path.name}: cannot be read ({error.strerror}).") from None
    if not isinstance(found, dict):
        raise RecordError(f"{path.name}: a record is a JSON object, not {_kind(found)}.")
    return found


class _TwiceError(ValueError):
    pass


def _no_key_twice(pairs: list[tuple[str, Any]]) -> Entry:
    found: Entry = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _gather(part: Entry, path: Path, sections: dict[str, list[Entry]]) -> None:
    for name, key in SECTIONS.items():
        rows = part.get(name, [])
        if not isinstance(rows, list):
            raise RecordError(f"{path.name}: the section “{name}” must be a list, not {_kind(rows)}.")
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                raise RecordError(f"{path.name}, {name} number {number}: must be an object, not {_kind(row)}.")
            if not isinstance(row.get(key), str) or not row[key]:
                raise RecordError(f"{path.name}, {name} number {number}: “{key}” is missing or empty.")
        sections[name] += rows


def _head(head: Entry, path: Path) -> Entry:
    if head.get("version") != 1:
        raise RecordError(f"{path.name}: “version” must be 1; this Sofra reads no other.")
    languages = head.get("languages")
    if (
        not isinstance(languages, list)
        or not languages
        or not all(isinstance(each, str) and each for each in languages)
    ):
        raise RecordError(f"{path.name}: “languages” must list at least one language.")
    if not isinstance(head.get("default_format"), str):
        raise RecordError(
            f"{path.name}: “default_format” must name the format whose secretariat keeps what is sensitive."
        )
    return {key: value for key, value in head.items() if key in _HEAD}


def _listed(names: Any) -> str:
    return ", ".join(names)


def _kind(value: Any) -> str:
    names = {
        list: "a list",
        dict: "an object",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "nothing")
