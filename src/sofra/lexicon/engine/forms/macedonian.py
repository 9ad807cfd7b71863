"""Macedonian: no cases but a vocative; three definite articles (-от, -ов of what is near, -он of what is far).

In a phrase the article stands once, on its first word that inflects: Европската унија.
"""

from __future__ import annotations

from sofra.lexicon.engine.forms.tables import Paradigm, Table, endings

ARTICLE_ONCE = True

_SIBILANT = {"к": "ц", "г": "з", "х": "с"}
_PALATAL = {"к": "ч", "г": "ж", "х": "ш", "ц": "ч"}


def _articles(label: str, form: str, letters: str) -> Table:
    """The definite forms; `letters` is what follows т, в, н: "от" makes -от, -ов, -он; "та" makes -та, -ва, -на."""
    shapes = (("def", "т"), ("prox", "в"), ("dist", "н"))
    return {f"{label}.{name}": (form + letters.replace("т", consonant),) for name, consonant in shapes}


def _masculine(form: str, plural: str, voc: str) -> Table:
    return (
        {"nom": (form,)}
        | _articles("nom", form, "от")
        | {"voc": (voc,), "nom.pl": (plural,)}
        | _articles("nom.pl", plural, "те")
    )


def _noun(form: str) -> Table:
    """Косовар, Косовари; Грк, Грци."""
    last = form[-1]
    return _masculine(form, form[:-1] + _SIBILANT.get(last, last) + "и", form[:-1] + _PALATAL.get(last, last) + "у")


def _in(form: str) -> Table:
    """Србин, Срби."""
    return _masculine(form, form[:-2] + "и", form + "е")


def _ec(form: str) -> Table:
    """Албанец, Албанци; Црногорец, Црногорци."""
    return _masculine(form, form[:-2] + "ци", form[:-2] + "че")


def _feminine(form: str) -> Table:
    stem = form[:-1]
    return (
        {"nom": (form,)}
        | _articles("nom", form, "та")
        | {"voc": (stem + "о",), "nom.pl": (stem + "и",)}
        | _articles("nom.pl", stem + "и", "те")
    )


def _feminine_consonant(form: str) -> Table:
    """Безбедност, безбедноста."""
    table = {f"nom.{name}": (form + letter + "а",) for name, letter in (("def", ""), ("prox", "в"), ("dist", "н"))}
    if not form.endswith("ст"):
        table["nom.def"] = (form + "та",)
    return {"nom": (form,)} | table | {"nom.pl": (form + "и",)} | _articles("nom.pl", form + "и", "те")


def _neuter(form: str) -> Table:
    plural = form[:-1] + "а" if form.endswith("о") else form[:-2] + "ија" if form.endswith("ње") else form + "а"
    return {"nom": (form,)} | _articles("nom", form, "то") | {"nom.pl": (plural,)} | _articles("nom.pl", plural, "та")


def _plural(form: str) -> Table:
    """A noun that has only a plural: Држави, Државите; Нации."""
    return {"nom": (form,)} | _articles("nom", form, "те")


def _by_gender(stem: str, form: str) -> dict[str, Table]:
    return {
        "m": {"nom": (form,)} | _articles("nom", stem + "и", "от"),
        "f": {"nom": (stem + "а",)} | _articles("nom", stem + "а", "та"),
        "n": {"nom": (stem + "о",)} | _articles("nom", stem + "о", "то"),
        "pl": {"nom": (stem + "и",)} | _articles("nom", stem + "и", "те"),
    }


def _stem(form: str) -> str:
    return form[:-1] if form[-1] in "иаое" else form


def _adjective(form: str) -> Table:
    """Српски: српскиот, српска, српското, српските. The plural has one form for all genders."""
    genders = _by_gender(_stem(form), form)
    singular = {f"{gender}.{label}": forms for gender in "mfn" for label, forms in genders[gender].items()}
    return singular | {label.replace("nom", "nom.pl"): forms for label, forms in genders["pl"].items()}


def _agreeing(gender: str) -> Paradigm:
    return lambda form: _by_gender(_stem(form), form)[gender]


def _acronym(form: str) -> Table:
    """НАТО, САД: left alone, or with a hyphen."""
    return endings(form, "nom: -, nom.def: #от/#та/#то/#те")


WHOLE: dict[str, Paradigm] = {"a": _adjective, "acr": _acronym}
WORDS: dict[str, Paradigm] = {
    "m": _noun,
    "m.in": _in,
    "m.ec": _ec,
    "f": _feminine,
    "f.c": _feminine_consonant,
    "n": _neuter,
    "pl": _plural,
    "a.m": _agreeing("m"),
    "a.f": _agreeing("f"),
    "a.n": _agreeing("n"),
    "a.pl": _agreeing("pl"),
}
