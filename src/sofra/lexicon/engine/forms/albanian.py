"""Albanian: definite and indefinite, the cases, gender, the linking article of a phrase, and acronyms with a hyphen.

Names are given in the definite nominative (Kosova, Mali i Zi), adjectives and demonyms in the indefinite one (shqiptar).
`gen` serves genitive and dative, and the ablative where it has no form of its own (`abl`).
"""

from __future__ import annotations

from sofra.lexicon.engine.forms.tables import Paradigm, Table, endings

_VOWELS = "aeëiouy"


def _feminine_a(form: str) -> Table:
    """Kosova, Kosovë; Bosnja, Bosnjë."""
    return endings(form[:-1], "nom: a, acc: ën, gen: ës, nom.indef: ë, acc.indef: ë, gen.indef: e")


def _feminine_ia(form: str) -> Table:
    """Serbia, Serbi; Shqipëria, Shqipëri."""
    return endings(form[:-1], "nom: a, acc: në, gen: së, nom.indef: -, acc.indef: -, gen.indef: e")


def _feminine_ja(form: str) -> Table:
    """Lindja, Lindje; Presheva is f.a, Kroacia f.ia."""
    return endings(form[:-2], "nom: ja, acc: en, gen: es, nom.indef: e, acc.indef: e, gen.indef: eje")


def _masculine_i(form: str) -> Table:
    """Mali, Mal; Beogradi, Beograd."""
    stem = form[:-1]
    return endings(stem, "nom: i, acc: in, gen: it, nom.indef: -, acc.indef: -, gen.indef: i")


def _masculine_u(form: str) -> Table:
    """After k, g and h: Iraku, Irak."""
    stem = form[:-1]
    return endings(stem, "nom: u, acc: un, gen: ut, nom.indef: -, acc.indef: -, gen.indef: u")


def _plural(form: str) -> Table:
    """A noun that has only a plural, in its definite form: Shtetet, Kombet."""
    stem = form[:-1]
    return endings(stem, "nom: t, acc: t, gen: ve, abl: sh, nom.indef: -, acc.indef: -, gen.indef: ve")


def _linking(nominative: str, genitive: str, accusative: str = "e") -> Paradigm:
    """The linking article: e, së of a feminine; i, të of a masculine; e, të of a plural; where a word stands between it
    and its noun (Republikën Jugosllave të …) always të but in the nominative."""

    def table(form: str) -> Table:
        return {
            "nom": (form,),
            "acc": (accusative,),
            "gen": (genitive,),
            "abl": ("të",),
            "nom.indef": (nominative,),
            "acc.indef": ("të",),
            "gen.indef": ("të",),
        }

    return table


def _person(stem: str, plural: str, plural_definite: str, plural_genitive: str) -> Table:
    u = "u" if stem[-1] in "kgh" else "i"
    table = endings(stem, f"nom: -, acc: -, gen: {u}, nom.def: {u}, acc.def: {u}n, gen.def: {u}t")
    return table | {
        "nom.pl": (plural,),
        "acc.pl": (plural,),
        "gen.pl": (plural_genitive,),
        "nom.pl.def": (plural_definite,),
        "acc.pl.def": (plural_definite,),
        "gen.pl.def": (plural_genitive,),
        "abl.pl": (plural_genitive[:-2] + "sh",),
    }


def _man(form: str) -> Table:
    """Shqiptar, shqiptarë; grek, grekë."""
    return _person(form, f"{form}ë", f"{form}ët", f"{form}ëve")


def _man_same(form: str) -> Table:
    """Maqedonas, maqedonas: the plural is like the singular."""
    return _person(form, form, f"{form}it", f"{form}ve") | {"abl.pl": (f"{form}ish",)}


def _man_q(form: str) -> Table:
    """Turk, turq."""
    stem = form[:-1] + "q"
    return _person(form, stem, f"{stem}it", f"{stem}ve") | {"abl.pl": (f"{stem}ish",)}


def _woman(form: str) -> Table:
    """Shqiptare, shqiptarja."""
    stem = form[:-1]
    singular = endings(stem, "nom: e, acc: e, gen: eje, nom.def: ja, acc.def: en, gen.def: es")
    return singular | endings(
        stem, "nom.pl: e, acc.pl: e, gen.pl: eve, nom.pl.def: et, acc.pl.def: et, gen.pl.def: eve, abl.pl: esh"
    )


def _adjective(form: str) -> Table:
    """Shqiptar, shqiptare, shqiptarë, shqiptare."""
    return {"m.nom": (form,), "f.nom": (f"{form}e",), "m.nom.pl": (f"{form}ë",), "f.nom.pl": (f"{form}e",)}


def _adjective_same(form: str) -> Table:
    """Maqedonas, maqedonase: the masculine plural is like the singular."""
    return _adjective(form) | {"m.nom.pl": (form,)}


def _adjective_q(form: str) -> Table:
    """Turk, turke, turq, turke."""
    return _adjective(form) | {"m.nom.pl": (f"{form[:-1]}q",)}


def _acronym(form: str) -> Table:
    """BE, BE-ja, BE-në, BE-së; NATO-ja; OKB-ja; behind a consonant also KFOR-i, KFOR-it: both genders are found."""
    if form[-1].lower() in _VOWELS:
        return endings(form, "nom: -/#ja, acc: #në/#n, gen: #së/#s, nom.indef: -, acc.indef: -, gen.indef: #je")
    return endings(
        form,
        "nom: -/#ja/#i/#a/#u, acc: #në/#in/#ën/#un, gen: #së/#it/#ës/#ut, nom.indef: -, acc.indef: -, gen.indef: #je/#i",
    )


def _acronym_plural(form: str) -> Table:
    """SHBA, a plural (Shtetet e Bashkuara): SHBA-të, SHBA-ve; and as people also say, SHBA-ja, SHBA-së."""
    return endings(
        form,
        "nom: -/#ja/#të/#t, acc: #në/#të/#t, gen: #së/#ve/#s, nom.indef: -, acc.indef: -, gen.indef: #ve/#je, abl: #sh",
    )


def _inflected_masculine(form: str) -> Table:
    """A person's name, given as it is signed: Fidan, Fidani, Fidanin; Kurti, Kurtin, Kurtit."""
    u = "u" if form[-1] in "kgh" else "i"
    if form[-1] in _VOWELS:
        return endings(form, "nom: -, nom.def: -/ja, acc: n/në, gen: s/së/t")
    return endings(form, f"nom: -, nom.def: {u}, acc: {u}n, gen: {u}t")


WHOLE: dict[str, Paradigm] = {"acr": _acronym, "acr.pl": _acronym_plural}
WORDS: dict[str, Paradigm] = {
    "f.a": _feminine_a,
    "f.ia": _feminine_ia,
    "f.ja": _feminine_ja,
    "m.i": _masculine_i,
    "m.u": _masculine_u,
    "pl": _plural,
    "l.f": _linking("e", "së"),
    "l.f.far": _linking("e", "të", "të"),
    "l.m": _linking("i", "të"),
    "l.pl": _linking("të", "të"),
    "man": _man,
    "man.same": _man_same,
    "man.q": _man_q,
    "woman": _woman,
    "a": _adjective,
    "a.same": _adjective_same,
    "a.q": _adjective_q,
    "person": _inflected_masculine,
}
