"""The plain notation of rolling texts, read and written.

    [extreme - US; G77 delete]
    [changing unsustainable - EU, G77 retain / promoting sustainable - US]
    [, in accordance with … - G77; US, Canada, Japan, EU delete]

A bracket holds alternatives between ` / `; after the last ` - ` of an alternative stands who proposes, retains or deletes
it. Brackets may stand within brackets. A backslash takes its meaning from `[`, `]`, `/`, `-`, a backslash and white space.
Paragraphs are separated by blank lines. Whatever parses renders to the very same text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from sofra.texts.engine.tree import DEEPEST, Alternative, BadText, Bracket, Mark, Node, Paragraph, Text

_FRONT = re.compile(r"\ufeff?(?:[ \t\r]*\n)*")
_BLANK = re.compile(r"\n(?:[ \t\r]*\n)+")
_SIGNS = re.compile(r"\\[\\\[\]/\-\s]|\[|\]|\s/\s")
_DASH = re.compile(r"\s-(?=\s)")
_MARK = re.compile(
    r"\s*agreed(?:\s+(?:ad\s+ref(?:erendum|\.)?|in\s+(?:the\s+)?working\s+group|wg|in\s+plenary))?\s*", re.IGNORECASE
)
_GROUP = re.compile(r"(.*?)(?:\s+(retains?|deletes?))?\s*", re.DOTALL)
#: What may stand small inside the name of a party.
_SMALL = frozenset({"and", "of", "the", "for", "on", "de", "i", "ve", "dhe", "и"})
_LONGEST, _MOST_WORDS = 60, 9

Who = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def parse(text: str, labels: Collection[str] | None = None) -> Text:
    """The tree of a text in the notation. With `labels`, any other label is refused.

    Raises BadText with line and column: brackets that do not balance, nesting beyond 100, unknown labels.
    """
    limit = len(text.rstrip(" \t\r\n\ufeff"))
    front = _FRONT.match(text)
    start = front.end() if limit and front else len(text)
    known = None if labels is None else frozenset(labels)
    paragraphs, place = [], start
    while place < limit:
        blank = _BLANK.search(text, place)
        begin, stop = (blank.start(), blank.end()) if blank and blank.end() <= limit else (len(text), len(text))
        end = _trimmed(text, place, begin)
        paragraphs.append(Paragraph(_content(text, place, end, known), text[end:stop]))
        place = stop
    return Text(tuple(paragraphs), text[:start])


def outermost(notation: str) -> int:
    """How many brackets of one paragraph stand in no other, without reading what is in them; statuses are none."""
    depth = count = began = 0
    for sign in _SIGNS.finditer(notation):
        if sign.group() == "[":
            began = sign.end() if depth == 0 else began
            depth += 1
        elif sign.group() == "]":
            depth -= 1
            if depth == 0:
                count += _MARK.fullmatch(notation, began, sign.start()) is None
    return count


def _trimmed(text: str, start: int, end: int) -> int:
    """Where the words of a paragraph end: without the white space behind them, unless a backslash holds it."""
    kept = text[start:end]
    bare = kept.rstrip(" \t\r\n")
    if len(bare) < len(kept) and (len(bare) - len(bare.rstrip("\\"))) % 2:
        return start + len(bare) + 1
    return start + len(bare)


class _Open:
    """A bracket that is being read: its finished alternatives, and the pieces of the one that has begun."""

    __slots__ = ("alternatives", "at", "pieces", "separator")

    def __init__(self, at: int) -> None:
        self.at = at
        self.alternatives: list[Alternative] = []
        self.pieces: list[Node] = []
        self.separator = " / "


def _content(text: str, start: int, end: int, known: frozenset[str] | None) -> tuple[Node, ...]:
    outer: list[Node] = []
    pieces, stack, place = outer, list[_Open](), start
    for sign in _SIGNS.finditer(text, start, end):
        at = sign.start()
        first = text[at]
        if first == "\\":
            continue
        if first == "[":
            if at > place:
                pieces.append(text[place:at])
            if len(stack) == DEEPEST:
                raise _bad(text, at, f"Brackets are nested deeper than {DEEPEST}.")
            stack.append(_Open(at))
            pieces, place = stack[-1].pieces, at + 1
        elif first == "]":
            if not stack:
                raise _bad(text, at, "A bracket is closed here that was never opened.")
            if at > place:
                pieces.append(text[place:at])
            done = stack.pop()
            node = _closed(text, done, at, known)
            pieces, place = (stack[-1].pieces if stack else outer), at + 1
            pieces.append(node)
        elif stack:
            if at > place:
                pieces.append(text[place:at])
            top = stack[-1]
            top.alternatives.append(_alternative(text, top, at, known))
            top.pieces, top.separator = [], sign.group()
            pieces, place = top.pieces, sign.end()
    if stack:
        raise _bad(text, stack[-1].at, "The bracket opened here is not closed before its paragraph ends.")
    if end > place:
        pieces.append(text[place:end])
    return tuple(outer)


def _closed(text: str, done: _Open, at: int, known: frozenset[str] | None) -> Bracket | Mark:
    if not done.alternatives and len(done.pieces) == 1:
        only = done.pieces[0]
        if isinstance(only, str) and _MARK.fullmatch(only):
            return Mark(only)
    done.alternatives.append(_alternative(text, done, at, known))
    return Bracket(tuple(done.alternatives))


def _alternative(text: str, top: _Open, at: int, known: frozenset[str] | None) -> Alternative:
    pieces = top.pieces
    last = pieces[-1] if pieces else None
    if isinstance(last, str) and "-" in last:
        dash = _last_dash(last)
        if dash >= 0:
            who, written = _tail(last[dash:], known)
            if who is not None:
                if known is not None and not known.issuperset(label for group in who for label in group):
                    unknown = next(label for group in who for label in group if label not in known)
                    raise _bad(text, at - len(last) + dash + 3, f"“{unknown}” is not a label of this text. Who is it?")
                pieces[-1:] = [last[:dash]] if dash else []
                return Alternative(tuple(pieces), *who, written, top.separator)
    return Alternative(tuple(pieces), (), (), (), None, top.separator)


def _last_dash(words: str) -> int:
    at = words.rfind(" - ")
    if "\n" in words or "\t" in words or "\r" in words:
        at = max((found.start() for found in _DASH.finditer(words)), default=at)
    return at


@lru_cache(maxsize=4096)
def _tail(tail: str, known: frozenset[str] | None) -> tuple[Who | None, str | None]:
    """Who an end of an alternative names, dash included, and the end itself where it is not in its plainest form."""
    who = _attribution(tail[3:], known)
    if who is None:
        return None, None
    return who, None if tail == attribution(Alternative((), *who)) else tail


def _attribution(tail: str, known: frozenset[str] | None) -> Who | None:
    """Who supports, retains, deletes, by the end of an alternative; None where that is no attribution but wording."""
    supporters: list[str] = []
    retainers: list[str] = []
    deleters: list[str] = []
    for group in tail.split(";"):
        found = _GROUP.fullmatch(group)
        if found is None:
            return None
        said, verb = found.group(1), found.group(2) or ""
        holders = retainers if verb.startswith("retain") else deleters if verb else supporters
        for name in said.split(","):
            label = " ".join(name.split())
            if not ((known and label in known) or is_label(label)):
                return None
            holders.append(label)
    return tuple(dict.fromkeys(supporters)), tuple(dict.fromkeys(retainers)), tuple(dict.fromkeys(deleters))


def is_label(label: str) -> bool:
    """Whether words can be read as a party's label: short, nothing the notation uses, and, if several, with capitals."""
    words = label.split()
    if not words or len(label) > _LONGEST or len(words) > _MOST_WORDS or " ".join(words) != label:
        return False
    if any(sign in label for sign in ";,[]\\") or words[-1] in ("retain", "retains", "delete", "deletes"):
        return False
    if "/" in words or "-" in words or not any(letter.isalpha() for letter in label):
        return False
    if len(words) == 1:
        return words[0][0].isalnum()
    return _large(words[0]) and all(_large(word) or word in _SMALL or word[0] in "(&+" for word in words)


def _large(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def attribution(alternative: Alternative) -> str:
    """Who stands by an alternative, in its plainest form, with the dash in front; empty for nobody."""
    groups = []
    if alternative.supporters:
        groups.append(", ".join(alternative.supporters))
    if alternative.retainers:
        groups.append(f"{', '.join(alternative.retainers)} retain")
    if alternative.deleters:
        groups.append(f"{', '.join(alternative.deleters)} delete")
    return f" - {'; '.join(groups)}" if groups else ""


def _bad(text: str, at: int, sentence: str) -> BadText:
    begin = text.rfind("\n", 0, at) + 1
    return BadText(sentence, text.count("\n", 0, at) + 1, at - begin + 1)


def render(text: Text) -> str:
    """The text in the notation."""
    pieces = [text.before]
    for paragraph in text.paragraphs:
        pieces.extend(_written(paragraph.content))
        pieces.append(paragraph.after)
    return "".join(pieces)


def render_content(content: tuple[Node, ...]) -> str:
    """One paragraph's content in the notation."""
    return "".join(_written(content))


def _written(content: tuple[Node, ...]) -> Iterator[str]:
    for node in content:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Mark):
            yield f"[{node.words}]"
        else:
            for number, alternative in enumerate(node.alternatives):
                yield alternative.separator if number else "["
                yield from _written(alternative.content)
                yield attribution(alternative) if alternative.written is None else alternative.written
            yield "]"
