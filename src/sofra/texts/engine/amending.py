"""One delegation's word in a paragraph: its wording put in beside all others, nobody else's lost.

    amend(content, "AL", "The wording AL would like") -> content

The law: projected on the delegation, the new content is its wording; projected on anybody else, or on nobody, it is what it
was before; and every attribution of others stands as it stood. Where the compiled tree would lose one, the wording stands
beside the whole paragraph as it was instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from sofra.texts.engine.brackets import is_label, parse, render_content
from sofra.texts.engine.collate import paragraph
from sofra.texts.engine.counting import Status, status_of
from sofra.texts.engine.hardening import sealed
from sofra.texts.engine.projecting import CLOSING, OPENING, piece, project_content
from sofra.texts.engine.tree import (
    NUMBER,
    Alternative,
    BadText,
    Bracket,
    Mark,
    Node,
    Paragraph,
    base_of,
    escaped,
)
from sofra.texts.engine.words import Numbering, edits, spaced_words

Content = tuple[Node, ...]
Said = tuple[str, str, str, str]


def content_of(notation: str) -> Content:
    """One paragraph in the notation, as a content. Raises BadText where it is none, or more than one."""
    found = parse(notation).paragraphs
    if len(found) != 1:
        raise BadText("One paragraph is asked for: no blank line, and not nothing.")
    return found[0].content


def amend(content: Content, label: str, wording: str | None) -> Content:
    """A content in which `label` has another wording of the paragraph; None wants the paragraph gone.

    A wording that is the base's takes back whatever the label proposed. Raises BadText for a label the notation cannot hold.
    """
    if not is_label(label):
        raise BadText(f"“{label}” cannot be a label.")
    base = _base(content)
    rest = released(content, label)
    if wording == base or (not wording and base is None):
        return rest
    wordings: dict[tuple[str, ...], str | None] = {(each,): project_content(rest, each) for each in _holders(rest)}
    wordings[(label,)] = wording or None
    new = _carried(rest, paragraph(base, wordings, brief=True))
    if new is not None and _keeps(rest, new, label, wording or None):
        return new
    return _beside(rest, label, wording or None)


def _base(content: Content) -> str | None:
    return project_content(content) if content else None


def released(content: Content, label: str) -> Content:
    """The content without what `label` supports, retains or deletes. A wording that nobody else stands by goes with it."""
    found = _without(content, label)
    if not found:
        return found
    # Where a bracket stood at an end of the paragraph, the white space at its edge was none that anybody read.
    if isinstance(content[0], Bracket) and isinstance(found[0], str):
        found = (found[0].lstrip(), *found[1:])
    if isinstance(content[-1], Bracket) and isinstance(found[-1], str):
        found = (*found[:-1], _ended(found[-1]))
    return tuple(node for node in found if node != "")


def _without(content: Content, label: str) -> Content:
    found: list[Node] = []
    for node in content:
        found += [node] if not isinstance(node, Bracket) else _released(node, label)
    return joined(tuple(found))


def _ended(words: str) -> str:
    """A text without the white space at its end, but for one behind a backslash."""
    last = piece(words, seam=False)
    return words[: len(words) - len(last.tail)] if last.body else ""


def _released(bracket: Bracket, label: str) -> list[Node]:
    kept: list[Alternative] = []
    for each in bracket.alternatives:
        was = bool(each.supporters)
        who = [
            tuple(other for other in group if other != label)
            for group in (each.supporters, each.retainers, each.deleters)
        ]
        if was and not who[0] and not who[1]:
            # Its only supporter takes it back; what others wrote inside it has nothing to stand in any more.
            if not _others(each.content, label):
                continue
            who[0] = (label,)
        kept.append(Alternative(_without(each.content, label), who[0], who[1], who[2], None, each.separator))
    if not kept:
        return []
    if len(kept) == 1 and not (kept[0].supporters or kept[0].retainers or kept[0].deleters):
        return list(kept[0].content)
    return [Bracket(tuple(kept))]


def _others(content: Content, label: str) -> bool:
    return any(who - {label} for _each, who in _attributions(content))


def _attributions(content: Content) -> Iterator[tuple[Alternative, set[str]]]:
    for node in content:
        if isinstance(node, Bracket):
            for each in node.alternatives:
                yield each, {*each.supporters, *each.retainers, *each.deleters}
                yield from _attributions(each.content)


def _holders(content: Content) -> list[str]:
    """Who has a wording of its own: everybody named but those who only want away what somebody else proposed."""
    found: set[str] = set()
    waiting: list[Node] = list(content)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Bracket):
            base = base_of(node)
            for number, each in enumerate(node.alternatives):
                found.update(each.supporters, each.retainers, each.deleters if number == base else ())
                waiting.extend(each.content)
    return sorted(found)


def _carried(old: Content, new: Content) -> Content | None:
    """The new tree with who retained, and who wants away what others proposed; None where one has no place in it."""
    lost = Counter(_said(old)) - Counter(_said(new))
    stands = [entry for entry in lost if entry[0] in ("retain", "delete")]
    if not stands:
        return new
    for verb, label, words, _where in stands:
        changed = _with(new, verb, label, words)
        if changed is None:
            return None
        new = changed
    return new


def _with(content: Content, verb: str, label: str, words: str) -> Content | None:
    found: list[Node] = []
    done = False
    for node in content:
        if isinstance(node, Bracket) and not done:
            alternatives = list(node.alternatives)
            for number, each in enumerate(alternatives):
                if (project_content(each.content) or "").strip() == words:
                    if verb == "retain":
                        alternatives[number] = replace(each, retainers=(*each.retainers, label), written=None)
                    else:
                        alternatives[number] = replace(each, deleters=(*each.deleters, label), written=None)
                    done = True
                    break
                inner = _with(each.content, verb, label, words)
                if inner is not None:
                    alternatives[number], done = replace(each, content=inner), True
                    break
            node = Bracket(tuple(alternatives))
        found.append(node)
    return tuple(found) if done else None


def _said(content: Content) -> list[Said]:
    """Who says what of which words."""
    found: list[Said] = []
    for each, _who in _attributions(content):
        words = (project_content(each.content) or "").strip()
        for verb, group in (("", each.supporters), ("retain", each.retainers), ("delete", each.deleters)):
            found += [(verb, label, words, "") for label in group]
    return found


def _keeps(old: Content, new: Content, label: str, wording: str | None) -> bool:
    """Whether the tree says the same of all others, the wanted of the label, and reads back as it is written."""
    named = {each for _alternative, who in _attributions(old) for each in who} - {label}
    if project_content(new) != _base(old) or project_content(new, label) != wording:
        return False
    if any(project_content(new, each) != project_content(old, each) for each in named):
        return False
    after = {each for _alternative, who in _attributions(new) for each in who}
    if not named <= after or Counter(_nested(old)) - Counter(_nested(new)):
        return False
    return reads_back(new)


def _nested(content: Content) -> list[Said]:
    """What parties say inside alternatives that they do not stand by: no projection shows it."""
    found: list[Said] = []

    def walk(nodes: Content, chosen: set[str] | None) -> None:
        for node in nodes:
            if not isinstance(node, Bracket):
                continue
            base = base_of(node)
            for number, each in enumerate(node.alternatives):
                words = (project_content(each.content) or "").strip()
                for verb, group in (("", each.supporters), ("delete", each.deleters)):
                    found.extend(
                        (verb, label, words, "inside") for label in group if chosen is not None and label not in chosen
                    )
                here = {*each.supporters, *each.retainers}
                inner = chosen if number == base else (here if chosen is None else here & chosen)
                walk(each.content, inner)

    walk(content, None)
    return found


def reads_back(content: Content) -> bool:
    """Whether the notation gives the content back as it is."""
    try:
        return render_content(content_of(render_content(content))) == render_content(content) and all(
            project_content(content_of(render_content(content)), label) == project_content(content, label)
            for label in [None, *_holders(content)]
        )
    except BadText:
        return False


def _beside(content: Content, label: str, wording: str | None) -> Content:
    """The wording beside the whole paragraph as it was."""
    only = content[0] if len(content) == 1 else None
    if wording is None:
        if isinstance(only, Bracket) and base_of(only) == 0:
            first, *rest = only.alternatives
            return (Bracket((replace(first, deleters=(*first.deleters, label), written=None), *rest)),)
        return sealed((Bracket((Alternative(content, deleters=(label,)),)),))
    mine = Alternative((escaped(wording, inside=True),), supporters=(label,))
    if isinstance(only, Bracket):
        return (Bracket((*only.alternatives, mine)),)
    return sealed((Bracket((Alternative(content), mine)),))


def joined(content: Content) -> Content:
    """The content with texts that came to stand beside each other made one, and no space twice between them."""
    found: list[Node] = []
    for node in content:
        if isinstance(node, str) and found and isinstance(found[-1], str):
            before = found[-1]
            if before[-1:].isspace() and (node[:1].isspace() or node[:1] in CLOSING):
                before = _ended(before)
            elif before[-1:] in OPENING:
                node = node.lstrip()
            found[-1] = before + node
        elif node != "":
            found.append(node)
    return tuple(found)


def relabelled(content: Content, name: Callable[[str], str]) -> Content:
    """The content with other words for its labels."""
    found: list[Node] = []
    for node in content:
        if isinstance(node, Bracket):
            node = Bracket(
                tuple(
                    Alternative(
                        relabelled(each.content, name),
                        tuple(map(name, each.supporters)),
                        tuple(map(name, each.retainers)),
                        tuple(map(name, each.deleters)),
                        None,
                        each.separator,
                    )
                    for each in node.alternatives
                )
            )
        found.append(node)
    return tuple(found)


def taken_apart(each: Paragraph) -> tuple[str, Status, Content]:
    """A paragraph of a file as the room keeps it: its number, its status, and its content without either."""
    status = status_of(Paragraph(tuple(node for node in each.content if not isinstance(node, Bracket))))
    content = tuple(node for node in each.content if not isinstance(node, Mark))
    first = content[0] if content else None
    number = ""
    if isinstance(first, str) and (found := NUMBER.match(first.lstrip())):
        number = found.group()
        content = (first.lstrip()[found.end() :].lstrip(), *content[1:])
    last = content[-1] if content else None
    if isinstance(last, str) and len(content) < len(each.content):
        content = (*content[:-1], last.rstrip())
    return number, status, joined(content)


def rebased(seen: str, wanted: str, current: str) -> str | None:
    """What was changed from `seen` to `wanted`, done to `current`; None where it touches what changed there meanwhile."""
    old, mine, theirs = spaced_words(seen), spaced_words(wanted), spaced_words(current)
    numbering = Numbering()
    base = numbering.of(old)
    ours, others = edits(base, numbering.of(mine)), edits(base, numbering.of(theirs))
    if any(a1 <= b2 and b1 <= a2 for a1, a2, _, _ in ours for b1, b2, _, _ in others):
        return None
    pieces, at = [], 0
    changes = [(a1, a2, mine[c1:c2]) for a1, a2, c1, c2 in ours] + [
        (b1, b2, theirs[d1:d2]) for b1, b2, d1, d2 in others
    ]
    for start, stop, words in sorted(changes):
        pieces += [*old[at:start], *words]
        at = stop
    return "".join([*pieces, *old[at:]])
