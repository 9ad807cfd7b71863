"""What a compiled tree's text nodes need so that the notation says exactly what is meant."""

from __future__ import annotations

import re
from dataclasses import replace

from sofra.texts.engine.tree import Bracket, Node

_AT_START, _AT_END = re.compile(r"^\s+"), re.compile(r"\s+$")
_DASH = re.compile(r"(^|\s)-(?=\s|$)")


def hardened(content: tuple[Node, ...]) -> tuple[Node, ...]:
    """Every white space at the edge of a bracket behind a backslash, so that none falls away."""
    if not any(isinstance(node, Bracket) for node in content):
        return content
    return tuple(_hard(node) for node in content)


def _hard(node: Node) -> Node:
    if isinstance(node, str):
        if not node.strip():
            return _behind_backslashes(node)
        start, end = _AT_START.match(node), _AT_END.search(node)
        first = start.end() if start else 0
        last = end.start() if end else len(node)
        return _behind_backslashes(node[:first]) + node[first:last] + _behind_backslashes(node[last:])
    if isinstance(node, Bracket):
        return Bracket(
            tuple(replace(each, content=tuple(_hard(inner) for inner in each.content)) for each in node.alternatives)
        )
    return node


def _behind_backslashes(space: str) -> str:
    return "".join(f"\\{each}" for each in space)


def sealed(content: tuple[Node, ...]) -> tuple[Node, ...]:
    """A dash that would be read as the beginning of an attribution, where none follows, behind a backslash."""
    return tuple(_seal(node) for node in content)


def _seal(node: Node) -> Node:
    if not isinstance(node, Bracket):
        return node
    found = []
    for each in node.alternatives:
        content = sealed(each.content)
        if content and isinstance(content[-1], str) and not (each.supporters or each.retainers or each.deleters):
            content = (*content[:-1], _DASH.sub(r"\1\\-", content[-1]))
        found.append(replace(each, content=content))
    return Bracket(tuple(found))


def unretained(content: tuple[Node, ...]) -> tuple[Node, ...]:
    """Without the names of those who retain."""
    return tuple(_unretained(node) for node in content)


def _unretained(node: Node) -> Node:
    if not isinstance(node, Bracket):
        return node
    return Bracket(tuple(replace(each, content=unretained(each.content), retainers=()) for each in node.alternatives))
