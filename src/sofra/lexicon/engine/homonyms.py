"""Names of parties that are adjectives too: Turska means Türkiye, “turska vojska” and “Turska vojska” do not.

At the head of a sentence the capital letter tells nothing; a noun behind it that agrees with it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from sofra.lexicon.engine import folding
from sofra.lexicon.engine.folding import Folded
from sofra.lexicon.engine.readings import Reading
from sofra.lexicon.engine.recognising import BCMS
from sofra.lexicon.engine.serbian_scripts import to_cyrillic

#: Nouns that news put behind the adjective of a party; stems.
_NOUNS = (
    "vlad premijer ministar predsjedni predsedni delegacij ambasad ambasador vojsk kompanij firm investicij policij stran "
    "javnost opozicij diplomacij diplomatij granic zastav manjin zajednic štamp parlament skupštin ekonomij privred "
    "predstavni pomoć avio- reprezentacij inicijativ politik kultur istorij povijest liga lig lir agencij medij novin "
    "narod službeni obavještajn obaveštajn"
)
_STEMS = tuple(
    dict.fromkeys(folding.scan(stem).strip() for word in _NOUNS.split() for stem in (word, to_cyrillic(word)))
)
#: What an adjective ends in, and what a noun ends in that agrees with it.
_AGREES = {"a": "a t", "e": "e i a", "oj": "i", "u": "u t", "om": "om em u"}
_ENDINGS = [
    (folding.scan(written(ours)).strip(), tuple(folding.scan(written(each)).strip() for each in theirs.split()))
    for ours, theirs in _AGREES.items()
    for written in (str, to_cyrillic)
]
_BLANK = b" "


def homonym(readings: Sequence[Reading], extent: int) -> Reading | None:
    """The adjective that is written like a name, if a surface is both."""
    both = {each.kind: each for each in readings if each.extent == extent and each.group == BCMS}
    return both.get("adjective") if "name" in both else None


def has_noun(folded: Folded, end: int) -> bool:
    """Whether a noun stands behind a form that agrees with it; the place is that of the fold."""
    codes = folded.codes
    if codes[end : end + 1] != _BLANK or folding.letters(codes[end + 1 : end + 2]).isupper():
        return False
    noun = folded.scan[end + 1 : end + 30].split(None, 1)
    if not noun or not noun[0].startswith(_STEMS):
        return False
    form = folded.scan[max(0, end - 3) : end]
    return any(form.endswith(ours) and noun[0].endswith(theirs) for ours, theirs in _ENDINGS)
