"""Serbian, Bosnian and Montenegrin. The tables are Cyrillic; Latin is derived from what they give.

Ekavian and ijekavian differ in the word, not in its endings, so they are two designations of one paradigm. A phrase's
paradigm has one name per word ("a.f f" of Црна Гора, "f - f" of Босна и Херцеговина); "-" stays as it is.
"""

from __future__ import annotations

from sofra.lexicon.engine.forms.tables import Paradigm, Table, endings

_SOFT = "чћшжђџљњјцщ"
_SIBILANT = {"к": "ц", "г": "з", "х": "с"}
_PALATAL = {"к": "ч", "г": "ж", "х": "ш", "ц": "ч", "з": "ж"}

_MASCULINE = "nom: -, gen: а, dat: у, acc: {acc}, voc: {voc}, ins: {ins}, loc: у"
_MASCULINE_PLURAL = (
    "nom.pl: и, gen.pl: а, dat.pl: има, acc.pl: е, voc.pl: и, ins.pl: има, loc.pl: има"  # of the plural's stem
)
_FEMININE = "nom: а, gen: е, dat: и, acc: у, voc: {voc}, ins: ом, loc: и"
_FEMININE_PLURAL = "nom.pl: е, gen.pl: {gen}, dat.pl: ама, acc.pl: е, voc.pl: е, ins.pl: ама, loc.pl: ама"
_NEUTER = "nom: {e}, gen: а, dat: у, acc: {e}, voc: {e}, ins: {e}м, loc: у"
_NEUTER_PLURAL = "nom.pl: а, gen.pl: а, dat.pl: има, acc.pl: а, voc.pl: а, ins.pl: има, loc.pl: има"


def _soft(stem: str) -> bool:
    return stem[-1:].lower() in _SOFT


def _swap(stem: str, letters: dict[str, str]) -> str:
    return stem[:-1] + letters.get(stem[-1:], stem[-1:])


def _masculine(stem: str, living: bool, form: str | None = None, plural: str | None = None) -> Table:
    """A masculine noun from the stem of its oblique cases; `form` is the nominative, `plural` the stem of the plural."""
    soft = _soft(stem)
    table = endings(
        stem, _MASCULINE.format(acc="а" if living else "-", voc="у" if soft else "е", ins="ем/ом" if soft else "ом")
    )
    if soft and stem.endswith("ц"):
        table["voc"] = (_swap(stem, _PALATAL) + "е",)
    elif stem[-1:] in _SIBILANT:
        table["voc"] = (_swap(stem, _PALATAL) + "е", stem + "у")
    if form is not None:
        table["nom"] = (form,)
        table["acc"] = table["acc"] if living else (form,)
    many = stem if plural is None else plural
    table |= endings(many, _MASCULINE_PLURAL)
    before_i = _swap(many, _SIBILANT)
    for label in ("nom.pl", "voc.pl"):
        table[label] = (before_i + "и",)
    for label in ("dat.pl", "ins.pl", "loc.pl"):
        table[label] = (before_i + "има",)
    return table


def _inanimate(form: str) -> Table:
    return _masculine(form, living=False)


def _living(form: str) -> Table:
    return _masculine(form, living=True)


def _fleeting(form: str, living: bool) -> Table:
    """The a before the last consonant goes, and returns in the genitive plural: Албанац, Албанца, Албанаца."""
    return _masculine(form[:-2] + form[-1], living, form) | {"gen.pl": (form + "а",)}


def _in(form: str) -> Table:
    """Србин, Срби: -ин is only in the singular."""
    return _masculine(form, living=True, plural=form[:-2])


def _vowel(form: str) -> Table:
    """A man's name in -о or -е (Марко, Ђорђе) or a foreign name in -и (Курти, Куртија)."""
    if form.endswith(("и", "И")):
        return endings(form, "nom: -, gen: ја, dat: ју, acc: ја, voc: -, ins: јем, loc: ју")
    front = form.endswith(("е", "Е"))
    table = endings(form[:-1], f"gen: а, dat: у, acc: а, ins: {'ем' if front else 'ом'}, loc: у")
    return {"nom": (form,), "voc": (form,)} | table


def _feminine(form: str) -> Table:
    stem = form[:-1]
    return endings(stem, _FEMININE.format(voc="о/а")) | endings(stem, _FEMININE_PLURAL.format(gen="а"))


def _feminine_sibilant(form: str) -> Table:
    """Америка, Америци."""
    stem = form[:-1]
    before_i = (_swap(stem, _SIBILANT) + "и",)
    return _feminine(form) | {"dat": before_i, "loc": before_i}


def _feminine_ka(form: str) -> Table:
    """Албанка, Албанки: nothing changes before и, and so is the genitive plural."""
    return _feminine(form) | {"gen.pl": (form[:-1] + "и",)}


def _feminine_consonant(form: str) -> Table:
    """Безбедност, безбедности, безбедношћу."""
    table = endings(
        form,
        "nom: -, gen: и, dat: и, acc: -, voc: и, ins: и, loc: и, nom.pl: и, gen.pl: и, dat.pl: има, acc.pl: и, "
        "voc.pl: и, ins.pl: има, loc.pl: има",
    )
    if form.endswith("ст"):
        table["ins"] = (form[:-2] + "шћу", form + "и")
    return table


def _neuter(form: str) -> Table:
    stem, vowel = form[:-1], form[-1]
    return endings(stem, _NEUTER.format(e=vowel)) | endings(stem, _NEUTER_PLURAL)


def _loose(inflects: Paradigm) -> Paradigm:
    """A word that is also left as it is: у Републици Косову, у Републици Косово."""

    def table(form: str) -> Table:
        return {label: tuple(dict.fromkeys((*forms, form))) for label, forms in inflects(form).items()}

    return table


def _acronym(form: str) -> Table:
    """НАТО, НАТО-а: mostly left alone, else with a hyphen."""
    return endings(form, "nom: -, gen: #а, dat: #у, acc: -, ins: #ом/#ем, loc: #у")


_OBLIQUE = "gen: {o}г/{o}га, dat: {o}м/{o}ме, ins: им, loc: {o}м/{o}ме"
_PLURAL_OBLIQUE = "gen.pl: их, dat.pl: им/има, ins.pl: им/има, loc.pl: им/има"


def _by_gender(stem: str, first: str) -> dict[str, Table]:
    """The definite declension by gender; `first` is the masculine nominative."""
    o = "е" if _soft(stem) else "о"
    oblique = endings(stem, _OBLIQUE.format(o=o))
    if o == "о":
        for label in ("dat", "loc"):
            oblique[label] += (f"{stem}ому",)
    else:
        for label in ("dat", "loc"):
            oblique[label] = (f"{stem}ем", f"{stem}ему")
    plural = endings(stem, _PLURAL_OBLIQUE)
    masculine = {"nom": (first,)} | oblique | {"acc": (first,), "acc.anim": oblique["gen"], "voc": (stem + "и",)}
    neuter = endings(stem, f"nom: {o}, acc: {o}, voc: {o}") | oblique
    return {
        "m": masculine | endings(stem, "nom.pl: и, acc.pl: е, voc.pl: и") | plural,
        "f": endings(stem, "nom: а, gen: е, dat: ој, acc: у, voc: а, ins: ом, loc: ој, nom.pl: е, acc.pl: е, voc.pl: е")
        | plural,
        "n": neuter | endings(stem, "nom.pl: а, acc.pl: а, voc.pl: а") | plural,
    }


def _adjective(form: str) -> Table:
    """A definite adjective (српски) in every gender, number and case."""
    return _labelled(_by_gender(form[:-1], form))


def _short(form: str) -> Table:
    """An adjective that has a short form too (Дејтонов, нов): the short declension beside the definite one."""
    table = _labelled(_by_gender(form, form))
    short = endings(form, "gen: а, dat: у, loc: у")
    for gender in ("m", "n"):
        for label, forms in short.items():
            table[f"{gender}.{label}"] = forms + table[f"{gender}.{label}"]
    table["m.acc.anim"] = table["m.gen"]
    table["m.nom.def"] = (form + "и",)
    return table


def _labelled(genders: dict[str, Table]) -> Table:
    return {f"{gender}.{label}": forms for gender, table in genders.items() for label, forms in table.items()}


def _agreeing(gender: str, plural: bool = False, living: bool = False) -> Paradigm:
    """The adjective as a word of a phrase: one gender and number, labelled by case alone."""

    def table(form: str) -> Table:
        short = gender == "m" and not form.endswith("и")
        stem = form if short else form[:-1]
        whole = _by_gender(stem, form)[gender]
        if plural:
            return {label.removesuffix(".pl"): forms for label, forms in whole.items() if label.endswith(".pl")}
        if living:
            whole["acc"] = whole["acc.anim"]
        return {label: forms for label, forms in whole.items() if not label.endswith(".anim")}

    return table


def _plural_only(singular: Paradigm, ending: str) -> Paradigm:
    """A noun that has only a plural (Државе, Нације), from its nominative plural."""

    def table(form: str) -> Table:
        stem = form[:-1]
        whole = singular(stem + ending)
        return {label.removesuffix(".pl"): forms for label, forms in whole.items() if label.endswith(".pl")}

    return table


WHOLE: dict[str, Paradigm] = {"acr": _acronym, "a": _adjective, "a.short": _short}
WORDS: dict[str, Paradigm] = {
    "m": _inanimate,
    "m.anim": _living,
    "m.fleet": lambda form: _fleeting(form, living=False),
    "m.fleet.anim": lambda form: _fleeting(form, living=True),
    "m.in": _in,
    "m.v": _vowel,
    "m.pl": _plural_only(_inanimate, ""),
    "f": _feminine,
    "f.sib": _feminine_sibilant,
    "f.ka": _feminine_ka,
    "f.c": _feminine_consonant,
    "f.pl": _plural_only(_feminine, "а"),
    "n": _neuter,
    "n.loose": _loose(_neuter),
    "a.m": _agreeing("m"),
    "a.m.anim": _agreeing("m", living=True),
    "a.f": _agreeing("f"),
    "a.n": _agreeing("n"),
    "a.m.pl": _agreeing("m", plural=True),
    "a.f.pl": _agreeing("f", plural=True),
    "a.n.pl": _agreeing("n", plural=True),
}
