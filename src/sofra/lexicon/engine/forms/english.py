"""English: the possessive with either apostrophe, and plurals."""

from __future__ import annotations

from sofra.lexicon.engine.forms.tables import Paradigm, Table


def _possessive(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "S")):
        return (f"{word}'", f"{word}’", f"{word}'s", f"{word}’s")
    return (f"{word}'s", f"{word}’s")


def _name(form: str) -> Table:
    return {"nom": (form,), "gen": _possessive(form)}


def _plural(form: str) -> Table:
    """A noun that has a plural in -s."""
    plural = (
        form[:-1] + "ies" if form.endswith("y") else form + ("es" if form.endswith(("s", "ch", "sh", "x")) else "s")
    )
    return _name(form) | {"nom.pl": (plural,), "gen.pl": (f"{plural}'", f"{plural}’")}


def _man(form: str) -> Table:
    """Frenchman, Frenchmen; Frenchwoman, Frenchwomen."""
    plural = form[:-2] + "en"
    return _name(form) | {"nom.pl": (plural,), "gen.pl": _possessive(plural)}


def _people(form: str) -> Table:
    """A noun that is its own plural or has only one: the French, the Chinese."""
    return {"nom.pl": (form,), "gen.pl": _possessive(form)}


WHOLE: dict[str, Paradigm] = {"name": _name, "s": _plural, "man": _man, "people": _people}
WORDS: dict[str, Paradigm] = {}
