"""A paragraph cut in two, and two paragraphs made one, with every bracket where it stood.

cut(content, "AL", 5) -> (content, content)      put_together(content, content) -> content
"""

from __future__ import annotations

from sofra.texts.engine.amending import Content, joined
from sofra.texts.engine.projecting import project_content
from sofra.texts.engine.tree import BadText, Node, escaped, plain
from sofra.texts.engine.words import Numbering, edits, spaced_words


def halves(whole: str, first: str, second: str) -> int | None:
    """After how many words of a wording it is cut; None where the two halves are not that wording, word for word."""
    words = [each.strip() for each in spaced_words(whole)]
    before, after = ([each.strip() for each in spaced_words(part)] for part in (first, second))
    return len(before) if before and after and before + after == words else None


def cut(content: Content, label: str | None, at: int) -> tuple[Content, Content]:
    """A content in two, after `at` words of how it reads for a label. Raises BadText where that is inside a bracket."""
    done = 0
    for place, node in enumerate(content):
        words = spaced_words(plain(node) if isinstance(node, str) else project_content((node,), label) or "")
        if at <= done + len(words):
            here = at - done
            if here == 0:
                return _trimmed(content[:place]), _trimmed(content[place:])
            if here == len(words):
                return _trimmed(content[: place + 1]), _trimmed(content[place + 1 :])
            if not isinstance(node, str):
                break
            first, second = "".join(words[:here]), "".join(words[here:])
            lead = plain(node)[: len(plain(node)) - len(plain(node).lstrip())] if not words[0][:1].isspace() else ""
            tail = plain(node)[len(plain(node).rstrip()) :]
            return (
                _trimmed((*content[:place], escaped(lead + first, inside=False))),
                _trimmed((escaped(second + tail, inside=False), *content[place + 1 :])),
            )
        done += len(words)
    raise BadText("A paragraph is cut between words that stand outside brackets.")


def _trimmed(content: Content) -> Content:
    found: list[Node] = list(content)
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip()
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip()
    return tuple(each for each in found if each != "")


def put_together(first: Content, second: Content) -> Content:
    """Two contents one behind the other, a space between them."""
    if not first or not second:
        return first or second
    return joined((*first, " ", *second))


def cut_moved(seen: str, current: str, at: int) -> int | None:
    """Where a cut after `at` words of `seen` falls in what stands now; None where the words around it changed."""
    numbering = Numbering()
    old, new = (numbering.of([each.strip() for each in spaced_words(words)]) for words in (seen, current))
    moved = at
    for a1, a2, b1, b2 in edits(old, new):
        if a1 <= at <= a2:
            return None
        if a2 < at:
            moved += (b2 - b1) - (a2 - a1)
    return moved
