"""What could stand instead, in the form of what stands there; in the nominative, and marked so, where no paradigm can say."""

from __future__ import annotations

from dataclasses import dataclass

from sofra.lexicon.engine import turkish
from sofra.lexicon.engine.forms import labels_of, reinflect
from sofra.lexicon.engine.matching import Match
from sofra.lexicon.engine.model import Designation, Lexicon

_MARKS = "*†"
_LONGEST_ABBREVIATION = 5
_TURKISH_CASES = frozenset({"gen", "acc", "dat", "loc", "abl", "ins"})


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another wording. `inflected`: it is in the form that the text needs; else it is in the nominative."""

    text: str
    inflected: bool


def alternatives(
    lexicon: Lexicon, match: Match, forms: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[Alternative, ...]:
    """Each form as it must stand at a match, in its language or one of those that cannot be told apart."""
    return tuple(_fitted(lexicon, match, form, languages) for form in forms)


def _fitted(lexicon: Lexicon, match: Match, offered: str, languages: tuple[str, ...]) -> Alternative:
    label = match.label
    form = offered.rstrip(_MARKS)
    mark = offered[len(form) :]
    if label in ("", "nom"):
        return Alternative(_capitals(match, form) + mark, True)
    if match.language == "tr":
        if label not in _TURKISH_CASES:
            return Alternative(offered, False)
        designation = _designation(lexicon, form, ("tr",), match.kind)
        ends_so = designation is not None and designation.paradigm == "possessive"
        return Alternative(turkish.with_case(form, label, mark, possessive=ends_so), True)
    if match.language == "en" and label == "gen":
        possessive = "’" if form.endswith("s") else ("’" if "’" in match.text else "'") + "s"
        return Alternative(_capitals(match, form) + mark + possessive, True)
    designation = _designation(lexicon, form, languages, match.kind)
    if designation is None:
        return Alternative(offered, False)
    # A form can stand for several cases (Србији: dative and locative); only where all of them agree is it certain.
    said = {reinflect(designation, each) for each in labels_of(match.designation, match.text) or (label,)}
    if len(said) == 1 and (found := said.pop()) is not None:
        return Alternative(_capitals(match, found) + mark, True)
    return Alternative(offered, False)


def _capitals(match: Match, form: str) -> str:
    """All in capitals where the text is so; Turkish has its own and is left alone."""
    wanted = match.language != "tr" and match.text.isupper() and len(match.text) > _LONGEST_ABBREVIATION
    return form.upper() if wanted else form


_BY_FORM: dict[int, tuple[Lexicon, dict[str, list[Designation]]]] = {}


def _designation(lexicon: Lexicon, form: str, languages: tuple[str, ...], kind: str) -> Designation | None:
    """A designation of that form, in the first of the languages that has one, of the same kind."""
    kept = _BY_FORM.get(id(lexicon))
    if kept is None or kept[0] is not lexicon:
        by_form: dict[str, list[Designation]] = {}
        for designation in lexicon.designations():
            by_form.setdefault(designation.form, []).append(designation)
        _BY_FORM.clear()
        kept = _BY_FORM[id(lexicon)] = (lexicon, by_form)
    found = [each for each in kept[1].get(form, ()) if each.kind == kind and each.paradigm]
    for language in languages:
        for each in found:
            if each.language == language:
                return each
    return None
