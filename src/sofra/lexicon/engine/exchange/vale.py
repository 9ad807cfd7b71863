"""A style for Vale, the prose linter: from forms that somebody objects to, or that were superseded, to their alternatives.

A rule per objection and language, in `styles/Sofra-LANGUAGE/`, and one for superseded forms. Vale knows no context, no
quotation and no profile: an objection that holds only in a context is left out and counted in the README of the style.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sofra.lexicon.engine.forms import generate, reinflect
from sofra.lexicon.engine.model import Designation, Lexicon, Objection, When

_LEVELS = {"breaks": "error", "footnote": "warning", "discouraged": "suggestion"}


def export(lexicon: Lexicon, today: date) -> dict[str, str]:
    """The files of a Vale configuration, by their path, with `/` between folders."""
    found: dict[str, str] = {}
    skipped = []
    for objection in lexicon.objections:
        if not _holds(objection.when, today):
            skipped.append(objection.id)
            continue
        for language, swap in _swaps(lexicon, objection):
            reason = objection.reason.get(language) or objection.reason.get("en", "")
            said = ": ".join(part for part in (objection.viewpoint or objection.source or "", reason) if part)
            found[f"styles/Sofra-{language}/{_name(objection.id)}.yml"] = _rule(swap, said, _LEVELS[objection.severity])
    for language, swap in _superseded(lexicon).items():
        found[f"styles/Sofra-{language}/superseded.yml"] = _rule(swap, "the form was superseded", "warning")
    languages = sorted({path.split("/")[1] for path in found})
    found[".vale.ini"] = (
        "StylesPath = styles\n\n# Name one style, that of the language of your texts.\n[*]\nBasedOnStyles = \n"
    )
    found["styles/README-Sofra.txt"] = (
        "Made by Sofra from its lexicon. Styles: " + (", ".join(languages) or "none") + ".\n"
        f"Left out because they hold only in a context, which Vale does not know ({len(skipped)}): "
        + (", ".join(skipped) or "none")
        + ".\nFor contexts, quotations and profiles use: sofra lint\n"
    )
    return found


def _holds(when: When, today: date) -> bool:
    """Whether an objection holds today in every context."""
    words = (when.left, when.right, when.near, when.head, when.head_not)
    dated = (when.after is None or when.after <= today) and (when.before is None or today <= when.before)
    return not any(words) and when.quoted is None and dated


def _swaps(lexicon: Lexicon, objection: Objection) -> Iterator[tuple[str, dict[str, str]]]:
    held = lexicon.entities[objection.entity].designations if objection.entity else ()
    objected: Iterable[Designation] = (objection.term,) if objection.term else held
    by_language: dict[str, dict[str, str]] = {}
    for one in objected:
        alternatives = objection.alternatives.get(one.language, ())
        if (
            not alternatives
            or (objection.language and one.language != objection.language)
            or (objection.kinds and one.kind not in objection.kinds)
            or (objection.entity and not objection.designations)
            or (objection.designations and one.form not in objection.designations)
        ):
            continue
        by_language.setdefault(one.language, {}).update(_inflected(one, alternatives, held))
    yield from by_language.items()


def _superseded(lexicon: Lexicon) -> dict[str, dict[str, str]]:
    """By language, superseded and deprecated forms and what stands for them now: the first name that was not."""
    found: dict[str, dict[str, str]] = {}
    for entity in lexicon.entities.values():
        for one in entity.designations:
            if one.status not in ("superseded", "deprecated"):
                continue
            now = next(
                (
                    each.form
                    for each in entity.designations
                    if (each.language, each.script, each.kind) == (one.language, one.script, one.kind)
                    and each.status in ("agreed", "admitted")
                    and not (each.former or each.abbreviation or each.viewpoint)
                ),
                None,
            )
            if now:
                found.setdefault(one.language, {}).update(_inflected(one, (now,), entity.designations))
    return found


def _inflected(one: Designation, alternatives: Iterable[str], held: Iterable[Designation]) -> dict[str, str]:
    """Every form of a designation with the alternatives in the same form where their paradigms have it, else as cited."""
    wanted = list(alternatives)
    there = [each for each in held if each.language == one.language and each.script == one.script]
    known = {each.form: each for each in there}
    names = {form.text for each in there for form in generate(each)}
    swap: dict[str, str] = {}
    for form in generate(one):
        turned = [(reinflect(known[each], form.label) if each in known else None) or each for each in wanted]
        if form.text not in turned:
            swap.setdefault(_pattern(form.text, names, turned), "|".join(turned))
    return swap


def _pattern(form: str, names: Iterable[str], turned: Iterable[str]) -> str:
    """A form as a regular expression that leaves longer names alone: “Bosnia”, but not in “Bosnia and Herzegovina”; and what
    stands there once it was replaced, which can hold the form too: “Kosovo*”."""
    before, after = set(), set()
    for each in turned:
        left, found, right = each.partition(form)
        if found and right:
            after.add(_escaped(right))
        elif found and left:
            before.add(_escaped(left))
    for name in names:
        left, found, right = name.partition(form)
        if found and left.endswith((" ", "-")):
            before.add(_escaped(left))
        if found and right.startswith((" ", "-")):
            after.add(_escaped(right))
    return (
        "".join(f"(?<!{each})" for each in sorted(before))
        + _escaped(form)
        + (f"(?!{'|'.join(sorted(after))})" if after else "")
    )


def _escaped(text: str) -> str:
    return re.sub(r"[\\^$.|?*+()\[\]{}]", r"\\\g<0>", text)


def _rule(swap: Mapping[str, str], said: str, level: str) -> str:
    message = "Write %s instead of “%s”" + (f" ({said.replace('%', '%%')})" if said else "") + "."
    lines = ["extends: substitution", f"message: {_quoted(message)}", f"level: {level}", "ignorecase: false"]
    # Several alternatives, joined by |, are told one by one and quoted by Vale itself only where it may replace.
    lines += ["action:", "  name: replace", "swap:"]
    # Vale reads the left side as a regular expression; JSON's quotes are YAML's.
    lines += [f"  {_quoted(old)}: {_quoted(new)}" for old, new in swap.items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _name(objection: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", objection).strip("-") or "objection"
