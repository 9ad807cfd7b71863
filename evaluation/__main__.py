"""`python -m evaluation [LANGUAGE …] [--show] [--declared]`: recall and precision of the matcher per language.

--show prints every mention that was missed and every false find. --declared tells the matcher the language; without it
the language is recognised. Exit 0, or 1 where a language stays below the floors, 2 for a language there is no set of.

Recall and precision count a find only where its span and its entity are those annotated. The baseline looks for the
citation forms of the same lexicon as whole words and is judged more kindly: to begin at the right place is enough.
`inflected` is the share of mentions that stand in another form than a citation form, and what the baseline finds of them.
Entities of the kind topic are not names and are left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from evaluation.reading import LANGUAGES, Sentence, sentences
from evaluation.scoring import Find, Found, Score, nominatives, score

#: What the lexicon must reach, of 1.
RECALL, PRECISION = 0.98, 0.99


def finders() -> tuple[Callable[[str | None], Find], Find, set[str]]:
    """The shipped lexicon's matcher (for a declared language or None), the baseline, and all citation forms."""
    from sofra.lexicon.engine import loading, matching

    lexicon = loading.load()
    matcher = matching.Matcher(lexicon)
    topics = {entity.id for entity in lexicon.entities.values() if entity.kind == "topic"}
    forms = [(each.form, each.entity) for each in lexicon.designations() if each.entity not in topics]

    def declared(language: str | None) -> Find:
        def find(text: str) -> list[Found]:
            matches = matcher.find(text, language)
            return [(each.start, each.end, each.entity) for each in matches if each.entity not in topics]

        return find

    return declared, nominatives(forms), {form for form, _entity in forms}


def inflected(held: list[Sentence], citation: set[str]) -> list[Sentence]:
    """The sentences with those mentions alone that are not citation forms."""
    return [
        Sentence(each.text, tuple(span for span in each.spans if each.text[span.start : span.end] not in citation))
        for each in held
    ]


def show(language: str, result: Score) -> None:
    """Print what was missed and what was found falsely."""
    for word, places in (("missed", result.missed), ("false", result.false)):
        for text, (start, end, entity) in places:
            print(f"  {language} {word} {entity} “{text[start:end]}”: {text}")


def main(arguments: list[str]) -> int:
    """Print a line per language and for all; see the module."""
    parser = argparse.ArgumentParser(prog="python -m evaluation")
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--declared", action="store_true")
    wanted = parser.parse_args(arguments)
    if unknown := [each for each in wanted.languages if each not in LANGUAGES]:
        print(f"There is no set for {unknown[0]}; there are {', '.join(LANGUAGES)}.", file=sys.stderr)
        return 2
    declared, baseline, citation = finders()
    low = False
    print("language  sentences  mentions  recall  precision  baseline recall  inflected  baseline on inflected")
    for language in wanted.languages or LANGUAGES:
        held = sentences(language)
        result = score(held, declared(language if wanted.declared else None))
        plain = score(held, baseline, exact=False)
        turned = score(inflected(held, citation), baseline, exact=False)
        print(
            f"{language:<8}  {len(held):>9}  {result.expected:>8}  {result.recall:>6.1%}  {result.precision:>9.1%}  "
            f"{plain.recall:>15.1%}  {turned.expected / result.expected:>9.1%}  {turned.recall:>21.1%}"
        )
        if wanted.show:
            show(language, result)
        low = low or result.recall < RECALL or result.precision < PRECISION
    print(f"Floors: recall {RECALL:.0%}, precision {PRECISION:.0%}: {'not reached' if low else 'reached'}.")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
