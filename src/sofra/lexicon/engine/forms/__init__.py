"""Every inflected form of a designation, from small paradigm tables per language and explicit overrides.

Labels: gender (`m`, `f`, `n`) where the word has several, then the case, then what is particular, joined by dots:
`nom gen dat acc voc ins loc`, `.pl` plural, `.def` with the definite article (`.prox`, `.dist`: Macedonian -ов, -он),
`.anim` of living beings; `comb` is the first part of a compound ("serbo-"); Turkish has only stems (`nom`, `nom.pl`, and
`soft` before a suffix that begins with a vowel). The Albanian `gen` is also dative and ablative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from sofra.lexicon.engine import serbian_scripts
from sofra.lexicon.engine.forms import albanian, english, macedonian, serbian, turkish
from sofra.lexicon.engine.forms.tables import Table, combine, words
from sofra.lexicon.engine.model import Designation

__all__ = ["Form", "generate", "knows_paradigm", "label_of", "labels_of", "reinflect"]

_LANGUAGES: Mapping[str, ModuleType] = {
    "en": english,
    "tr": turkish,
    "sq": albanian,
    "mk": macedonian,
    "bs": serbian,
    "cnr": serbian,
    "sr": serbian,
    "sr-latn": serbian,
}


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form. Several forms may have one label (српског, српскога): the first is the usual one."""

    text: str
    label: str


def generate(designation: Designation) -> tuple[Form, ...]:
    """Every form, the nominative first, without repetition of the same text under the same label. A name has no plural,
    but what an override gives."""
    return _generate(
        designation.language,
        designation.script,
        designation.form,
        designation.paradigm,
        designation.forms,
        designation.kind != "name",
    )


def labels_of(designation: Designation, text: str) -> tuple[str, ...]:
    """All labels a form can have (Србији is dative and locative); none where it is not a form of the designation."""
    return tuple(form.label for form in generate(designation) if form.text == text)


def label_of(designation: Designation, text: str) -> str | None:
    """The first label of a form, or None. Letters count exactly as written, but for words all in capitals."""
    found = labels_of(designation, text)
    if not found and text.isupper():
        found = tuple(form.label for form in generate(designation) if _capitals(designation, form.text) == text)
    return found[0] if found else None


def reinflect(designation: Designation, label: str) -> str | None:
    """The designation's form with a label (the usual one of several), or None where its paradigm has none."""
    return next((form.text for form in generate(designation) if form.label == label), None)


def knows_paradigm(language: str, paradigm: str, form: str) -> str:
    """Why a paradigm cannot inflect a form of a language, in a sentence; "" where it can."""
    module = _LANGUAGES[language]
    names = paradigm.split()
    if not names or (len(names) == 1 and names[0] in module.WHOLE):
        return ""
    for name in names:
        if name != "-" and name not in module.WORDS:
            known = ", ".join(sorted({*module.WHOLE, *module.WORDS}))
            return f'There is no paradigm "{name}" for {language}. Known are: {known}.'
    found = len(words(form))
    return "" if found == len(names) else f'"{form}" has {found} words, its paradigm {len(names)}.'


@lru_cache(maxsize=32768)
def _generate(
    language: str, script: str, form: str, paradigm: str, overrides: tuple[tuple[str, str], ...], plural: bool
) -> tuple[Form, ...]:
    turned = _LANGUAGES[language] is serbian and script == "Latn" and bool(paradigm)
    table = _table(_LANGUAGES[language], serbian_scripts.to_cyrillic(form) if turned else form, paradigm)
    if turned:
        table = {label: tuple(map(serbian_scripts.to_latin, texts)) for label, texts in table.items()}
    if not plural:
        table = {label: texts for label, texts in table.items() if ".pl" not in label}
    for label in dict.fromkeys(label for label, _ in overrides):
        table[label] = tuple(text for name, text in overrides if name == label)
    if table.get("nom", (form,))[0] != form and "m.nom" not in table:
        table = {"nom": (form,)} | {label: texts for label, texts in table.items() if label != "nom"}
    return tuple(dict.fromkeys(Form(text, label) for label, texts in table.items() for text in texts))


def _table(module: ModuleType, form: str, paradigm: str) -> Table:
    names = paradigm.split()
    if not names:
        return {"nom": (form,)}
    if len(names) == 1 and names[0] in module.WHOLE:
        whole: Callable[[str], Table] = module.WHOLE[names[0]]
        return whole(form)
    parts = words(form)
    tables = [None if name == "-" else module.WORDS[name](part) for name, part in zip(names, parts, strict=True)]
    joined: Table = combine(form, parts, tables, article_once=getattr(module, "ARTICLE_ONCE", False))
    return joined


def _capitals(designation: Designation, text: str) -> str:
    return text.replace("i", "İ").upper() if designation.language == "tr" else text.upper()
