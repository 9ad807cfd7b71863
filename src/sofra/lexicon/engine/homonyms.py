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
from sofra.lexicon.engine.stems import scanned, stems

#: Nouns that news put behind the adjective of a party; stems.
_NOUNS = (
    "vlad premijer ministar predsjedni predsedni delegacij ambasad ambasador vojsk kompanij firm investicij policij stran "
    "javnost opozicij diplomacij diplomatij granic zastav manjin zajednic štamp parlament skupštin ekonomij privred "
    "predstavni pomoć avio- reprezentacij inicijativ politik kultur istorij povijest liga lig lir agencij medij novin "
    "narod službeni obavještajn obaveštajn železnic željeznic bank tržišt rafinerij fabrik tvornic obal valut tvrtk univerzitet "
    "prijestolnic prestonic škol književn muzik glazb scen serij televizij radio kuhinj federacij selekcij posad misij snag "
    "vlasti mornaric avijacij flot desnic ljevic levic koalicij akademij pošt carin crkv dijaspor zvijezd zvezd industrij "
    "spoljn vanjsk glumic teniserk ekip momčad klub gard štab pravosuđ ustavn marin nogomet fudbal košark obitelj porodic "
    "studen turist radni mlad žen djevojk devojk spisatelj pisac vozač navijač državljan"
)
_STEMS = stems(_NOUNS, True)
#: What an adjective ends in, and what a noun ends in that agrees with it.
_AGREES = {"a": "a t", "e": "e i a", "oj": "i", "u": "u t", "om": "om em u"}


def _by_last_letter() -> dict[bytes, list[tuple[bytes, tuple[bytes, ...]]]]:
    found: dict[bytes, list[tuple[bytes, tuple[bytes, ...]]]] = {}
    for ours, theirs in _AGREES.items():
        for written in (str, to_cyrillic):
            (ending,) = scanned(written(ours))
            found.setdefault(ending[-1:], []).append((ending, scanned(written(theirs))))
    return found


_ENDINGS = _by_last_letter()
_BLANK = b" "
#: The languages in which names are adjectives.
_GROUPS = (BCMS, "mk")


#: What no verb ends in: “Bugarska asocijacija”; and an adjective before the noun: “Turska ratna mornarica”.
_ABSTRACTS = scanned("cija zija sija gija tija nija nica", True)
_ADJECTIVES = scanned("ska čka ška na va", True)
#: What can follow a name in the genitive that begins a sentence, and ends like a noun: “Turske nema na listi”.
_NO_NOUNS = frozenset(
    scanned("nema neće neka treba ima prema preko posle poslije osim sada onda kada jeste dobija odbija traži", True)
)
_FIRST, _GENITIVE = frozenset(scanned("a", True)), frozenset(scanned("e", True))
_LONG_ENOUGH = 4
_BEFORE_NOUNS = frozenset(scanned("avio auto video radio", True))
#: What stands before the head of a sentence.
_ENDED = frozenset((b". ", b"! ", b"? ", b".\n"))


def homonyms(readings: Sequence[Reading], extent: int) -> dict[str, Reading]:
    """The adjective that is written like a name, if a surface is both, by the language to the eye."""
    found = {}
    for group in _GROUPS:
        both = {each.kind: each for each in readings if each.extent == extent and each.group == group}
        if "name" in both and "adjective" in both:
            found[group] = both["adjective"]
    return found


def has_noun(folded: Folded, start: int, end: int) -> bool:
    """Whether a noun stands behind a form that agrees with it; the places are those of the fold."""
    codes = folded.codes
    if codes[end : end + 1] != _BLANK or folding.capital(codes, end + 1):
        return False
    words = folded.scan[end + 1 : end + 60].split(None, 2)
    if not words:
        return False
    if words[0] in _BEFORE_NOUNS:
        del words[0]
    form, noun = folded.scan[max(0, end - 3) : end], words[0] if words else b""
    for ours, theirs in _ENDINGS.get(form[-1:], ()):
        if form.endswith(ours) and noun.endswith(theirs):
            if _STEMS.begin(noun) or (noun.endswith(_ABSTRACTS) and ours in _FIRST):
                return True
            # At the head of a sentence there is no genitive but before a noun: “Turske avio-kompanije”.
            if ours in _GENITIVE and len(noun) >= _LONG_ENOUGH and noun not in _NO_NOUNS and _begins(codes, start):
                return True
            if len(words) > 1 and ours in _FIRST and noun.endswith(_ADJECTIVES):
                return _STEMS.begin(words[1]) and words[1].endswith(theirs)
    return False


def _begins(codes: bytes, start: int) -> bool:
    before = codes[max(0, start - 2) : start]
    return not before.strip() or before in _ENDED
