"""A text as JSON and back: nothing is lost, so that what `parse` writes `render` gives back to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sofra.texts.engine.counting import Stats, count, status_of
from sofra.texts.engine.tree import (
    DEEPEST,
    Alternative,
    BadText,
    Bracket,
    Mark,
    Node,
    Paragraph,
    Text,
    labels_of,
    number_of,
)

#: The name of the form; another version would have another number.
FORM, STATS_FORM = "sofra.text/1", "sofra.text.stats/1"
_WHO = ("supporters", "retainers", "deleters")


def to_json(text: Text, proposed: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The text as plain data, by the schema text.schema.json. Text nodes are strings in the notation, escapes included.

    `proposed` says what waits for a decision of paragraphs' places and bounds, as the schema has it.
    """
    found: dict[str, Any] = {
        "format": FORM,
        "labels": labels_of(text),
        "before": text.before,
        "paragraphs": [
            {
                "number": number_of(each),
                "status": status_of(each),
                "content": [_node(node) for node in each.content],
                "after": each.after,
            }
            for each in text.paragraphs
        ],
    }
    if proposed:
        found["proposed"] = [dict(each) for each in proposed]
    return found


def _node(node: Node) -> Any:
    if isinstance(node, str):
        return node
    if isinstance(node, Mark):
        return {"mark": node.words}
    return {"alternatives": [_alternative(each) for each in node.alternatives]}


def _alternative(each: Alternative) -> dict[str, Any]:
    found: dict[str, Any] = {
        "content": [_node(node) for node in each.content],
        "supporters": list(each.supporters),
        "retainers": list(each.retainers),
        "deleters": list(each.deleters),
    }
    if each.written is not None:
        found["written"] = each.written
    if each.separator != " / ":
        found["separator"] = each.separator
    return found


def from_json(data: Any) -> Text:
    """The text that to_json() wrote. Raises BadText with the place in the data where it is something else."""
    top = _mapping(data, "the file")
    if top.get("format") != FORM:
        raise BadText(f"This JSON is not a text of the form {FORM}; sofra text parse writes one.")
    paragraphs = []
    for number, each in enumerate(_sequence(top.get("paragraphs"), "paragraphs")):
        place = f"paragraphs[{number}]"
        entry = _mapping(each, place)
        content = _content(entry.get("content"), f"{place}.content", 0)
        paragraphs.append(Paragraph(content, _words(entry.get("after", "\n\n"), f"{place}.after")))
    return Text(tuple(paragraphs), _words(top.get("before", ""), "before"))


def _content(data: Any, place: str, depth: int) -> tuple[Node, ...]:
    if depth > DEEPEST:
        raise BadText(f"Brackets are nested deeper than {DEEPEST} in this JSON.")
    found: list[Node] = []
    for number, each in enumerate(_sequence(data, place)):
        where = f"{place}[{number}]"
        if isinstance(each, str):
            found.append(each)
            continue
        node = _mapping(each, where)
        if "mark" in node:
            found.append(Mark(_words(node["mark"], f"{where}.mark")))
            continue
        alternatives = _sequence(node.get("alternatives"), f"{where}.alternatives")
        if not alternatives:
            raise BadText(f"In this JSON, {where}.alternatives is empty.")
        found.append(
            Bracket(
                tuple(
                    _read_alternative(inner, f"{where}.alternatives[{place_in}]", depth)
                    for place_in, inner in enumerate(alternatives)
                )
            )
        )
    return tuple(found)


def _read_alternative(data: Any, place: str, depth: int) -> Alternative:
    entry = _mapping(data, place)
    who = [
        tuple(_words(label, f"{place}.{key}") for label in _sequence(entry.get(key, []), f"{place}.{key}"))
        for key in _WHO
    ]
    written = entry.get("written")
    return Alternative(
        _content(entry.get("content"), f"{place}.content", depth + 1),
        who[0],
        who[1],
        who[2],
        written=None if written is None else _words(written, f"{place}.written"),
        separator=_words(entry.get("separator", " / "), f"{place}.separator"),
    )


def _mapping(data: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise BadText(f"In this JSON, {place} is not an object.")
    return data


def _sequence(data: Any, place: str) -> Sequence[Any]:
    if not isinstance(data, list):
        raise BadText(f"In this JSON, {place} is not a list.")
    return data


def _words(data: Any, place: str) -> str:
    if not isinstance(data, str):
        raise BadText(f"In this JSON, {place} is not a text.")
    return data


def stats_to_json(text: Text) -> dict[str, Any]:
    """The counts of a text, by the schema stats.schema.json."""
    counted: Stats = count(text)
    return {
        "format": STATS_FORM,
        "paragraphs": {
            "total": len(text.paragraphs),
            "open": counted.paragraphs["open"],
            "agreed": counted.agreed,
            "agreed in working group": counted.paragraphs["agreed in working group"],
            "agreed ad referendum": counted.paragraphs["agreed ad referendum"],
            "clean": counted.paragraphs["clean"],
        },
        "brackets": {
            "total": counted.outermost + counted.nested,
            "outermost": counted.outermost,
            "nested": counted.nested,
            "deepest": counted.deepest,
            "alternatives": counted.alternatives,
        },
        "words": counted.words,
        "labels": {label: counted.named[label] for label in sorted(counted.named)},
    }
