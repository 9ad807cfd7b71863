"""Collects every string a person reads into the catalogues, and says which are not translated.

    python tools/messages.py                 bring the catalogues that exist up to date (needs xgettext)
    python tools/messages.py sq mk           begin catalogues, or bring these up to date
    python tools/messages.py --missing tr    list what a language lacks; exit 1 when it lacks anything
    python tools/messages.py --stale         exit 1 when a catalogue of a complete language lacks a string of the sources

Templates are turned into something gettext reads by Django's own `templatize`. Where a string stands is not written into the
catalogues: line numbers would change with every edit. What is no longer used is kept as obsolete, never lost.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
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
KEYWORDS = [
    *("gettext", "gettext_lazy", "gettext_noop", "_", "_lazy", "pgettext:1c,2", "pgettext_lazy:1c,2"),
    *("ngettext:1,2", "ngettext_lazy:1,2", "npgettext:1c,2,3", "npgettext_lazy:1c,2,3"),
]


def extract() -> polib.POFile:
    """Every string of Python files and templates, as one template catalogue. Raises FileNotFoundError without xgettext."""
    if shutil.which("xgettext") is None:
        raise FileNotFoundError("xgettext is needed to collect strings: install the package gettext.")
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for path in sorted(SOURCES.rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                text = path.read_text(encoding="utf-8")
            elif path.suffix in (".html", ".txt") and "templates" in path.parts:
                text = _templatized(path)
            else:
                continue
            name = "__".join(path.relative_to(SOURCES).parts) + ".py"
            (Path(folder) / name).write_text(text, encoding="utf-8")
            names.append(name)
        options = ["--language=Python", "--from-code=UTF-8", "--no-location", "--sort-output", "--output=all.pot"]
        keywords = [f"--keyword={word}" for word in KEYWORDS]
        subprocess.run(
            ["xgettext", *options, "--keyword", *keywords, *names], cwd=folder, check=True, capture_output=True
        )
        return polib.pofile((Path(folder) / "all.pot").read_text(encoding="utf-8"), encoding="utf-8")


def _templatized(path: Path) -> str:
    from django.conf import settings
    from django.utils.translation import templatize

    if not settings.configured:
        settings.configure()
    return templatize(path.read_text(encoding="utf-8"), origin=str(path))


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
    """The strings of the sources that a language's catalogue does not know. Needs xgettext."""
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
