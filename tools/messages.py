"""Collects every string a person reads into the catalogues, and says which are not translated.

    python tools/messages.py                 bring the catalogues that exist up to date
    python tools/messages.py sq mk           begin catalogues, or bring these up to date
    python tools/messages.py --missing tr    list what a language lacks; exit 1 when it lacks anything
    python tools/messages.py --stale         exit 1 when a catalogue of a complete language lacks a string of the sources

Strings are collected in Python alone: nothing else has to be installed. Templates are turned into calls by Django's own
`templatize`. Where a string stands is not written into the catalogues: line numbers would change with every edit. What is
no longer used is kept as obsolete, never lost.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "sofra"
LOCALES = SOURCES / "locale"
# Locale folder by language code: gettext's spelling. English is the source and needs no catalogue.
FOLDERS = {"tr": "tr", "sq": "sq", "bs": "bs", "sr": "sr", "sr-latn": "sr_Latn", "mk": "mk", "cnr": "cnr"}
_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
PLURALS = {
    "tr": "nplurals=2; plural=(n > 1);",
    "sq": "nplurals=2; plural=(n != 1);",
    "mk": "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);",
    **dict.fromkeys(("bs", "sr", "sr-latn", "cnr"), _SLAVIC),
}
# Where a call says its string, its context and its plural form.
KEYWORDS: dict[str, tuple[int, int | None, int | None]] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_", "_lazy", "_now"), (0, None, None)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (1, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (0, None, 1)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (1, 0, 2)),
}
FORMATS = {
    "python-format": re.compile(r"%(?:\(\w+\))?[sd]"),
    "python-brace-format": re.compile(r"\{\w+\}"),
}
_CALL = re.compile(r"\b(" + "|".join(sorted(KEYWORDS, key=len, reverse=True)) + r")(?=\s*\()")
Call = tuple[str, list[str | None]]


def extract() -> polib.POFile:
    """Every string of Python files and templates, as one template catalogue in the order of its strings."""
    found: dict[tuple[str | None, str], polib.POEntry] = {}
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            calls = _python_calls(path.read_text(encoding="utf-8"))
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            calls = _template_calls(_templatized(path))
        else:
            continue
        for keyword, given in calls:
            for entry in _entries(KEYWORDS[keyword], given):
                known = found.setdefault((entry.msgctxt, entry.msgid), entry)
                known.msgid_plural = known.msgid_plural or entry.msgid_plural
    strings = polib.POFile()
    strings.extend(found[key] for key in sorted(found, key=lambda key: (key[1], key[0] or "")))
    return strings


def _python_calls(text: str) -> Iterator[Call]:
    """The calls of our keywords in Python source."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in KEYWORDS:
                yield name, [_literal(argument) for argument in node.args]


def _template_calls(text: str) -> Iterator[Call]:
    """The calls of our keywords in what `templatize` makes of a template: calls between words that are blanked out."""
    for match in _CALL.finditer(text):
        depth, source = 0, ""
        for token in tokenize.generate_tokens(io.StringIO(text[match.end(1) :].lstrip()).readline):
            depth += {"(": 1, ")": -1}.get(token.string, 0)
            source += token.string + " "
            if depth == 0:
                break
        call = ast.parse(match[1] + source, mode="eval").body
        if isinstance(call, ast.Call):
            yield match[1], [_literal(argument) for argument in call.args]


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _entries(places: tuple[int, int | None, int | None], given: list[str | None]) -> Iterator[polib.POEntry]:
    """The entry of one call; none where the string or its context is not written out at the call."""
    values = [given[place] if place is not None and place < len(given) else None for place in places]
    text, context, plural = values
    if not text or (places[1] is not None and context is None):
        return
    flags = [flag for flag, pattern in FORMATS.items() if pattern.search(text) or pattern.search(plural or "")]
    yield polib.POEntry(msgid=text, msgctxt=context, msgid_plural=plural or "", flags=flags)


def _templatized(path: Path) -> str:
    from django.conf import settings
    from django.utils.translation import templatize

    if not settings.configured:
        settings.configure()
    return str(templatize(path.read_text(encoding="utf-8"), origin=str(path)))


def catalogue(code: str) -> Path:
    """The catalogue of a language."""
    return LOCALES / FOLDERS[code] / "LC_MESSAGES" / "django.po"


def update(code: str, strings: polib.POFile) -> None:
    """Bring one catalogue up to date: new strings come in empty, unused ones become obsolete."""
    path = catalogue(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    po = polib.pofile(str(path)) if path.is_file() else polib.POFile()
    po.wrapwidth = 110
    for entry in po:
        entry.occurrences = []
    wanted = {(entry.msgctxt, entry.msgid): entry for entry in strings}
    stands = {(entry.msgctxt, entry.msgid): entry for entry in po}
    for key, entry in stands.items():
        entry.obsolete = key not in wanted and "keep" not in entry.comment
    for key, entry in wanted.items():
        if key in stands:
            stands[key].flags = [flag for flag in entry.flags if flag != "fuzzy"]
            continue
        plural = {"msgid_plural": entry.msgid_plural, "msgstr_plural": {0: "", 1: ""}} if entry.msgid_plural else {}
        po.append(polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, flags=entry.flags, **plural))
    po.sort(key=lambda entry: (bool(entry.obsolete), entry.msgid.lower(), entry.msgctxt or ""))
    po.metadata = {
        "Project-Id-Version": "sofra",
        "Language": FOLDERS[code],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[code],
    }
    po.save(str(path), newline="\n")


def missing(code: str) -> list[str]:
    """The strings a language's catalogue does not translate, in the order of the catalogue."""
    path = catalogue(code)
    if not path.is_file():
        return [entry.msgid for entry in extract()]
    return [entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete and not entry.translated()]


def stale(code: str) -> list[str]:
    """The strings of the sources that a language's catalogue does not know."""
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(catalogue(code))) if not entry.obsolete}
    return [entry.msgid for entry in extract() if (entry.msgctxt, entry.msgid) not in known]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="of: " + " ".join(FOLDERS))
    parser.add_argument("--missing", metavar="LANGUAGE", choices=sorted(FOLDERS))
    parser.add_argument("--stale", action="store_true")
    asked = parser.parse_args()
    if unknown := set(asked.languages) - set(FOLDERS):
        parser.error(f"not a language of the house: {' '.join(sorted(unknown))}")
    if asked.missing or asked.stale:
        found = missing(asked.missing) if asked.missing else stale("tr")
        for text in found:
            print(text.replace("\n", "\\n"))
        return 1 if found else 0
    strings = extract()
    for code in asked.languages or [code for code in FOLDERS if catalogue(code).is_file()]:
        update(code, strings)
        print(f"{catalogue(code).relative_to(ROOT)}: {len(missing(code))} of {len(strings)} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
