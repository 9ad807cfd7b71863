"""Which language a passage is written in, among those of the house, and in which script. By its small words and letters.

Bosnian, Montenegrin and Serbian are one answer (BCMS): a text does not tell them apart, its declared language does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import Struct

from sofra.lexicon.engine import folding

BCMS = "bcms"
#: What a passage can be.
GROUPS = ("en", "tr", "sq", "mk", BCMS)
#: Declared languages that are BCMS to the eye. (Croatian is read, not written by the house.)
DECLARED_BCMS = frozenset({"bs", "cnr", "sr", "sr-latn", "hr", "sh", BCMS})

_WORDS = {
    "en": "the of and to in is was were with that for by as at from has have had will between its this are be an not or which "
    "their after said would minister ministers foreign on it he she they but also who been about into his her against more new "
    "two says when where what there could can our we you your first last were how any only other than if out up while during",
    "tr": "ve bir bu ile için da de olarak olan sonra göre arasında daha çok kadar ise ancak kendi yapılan etti dedi oldu edildi "
    "bakanı dışişleri ama gibi en her değil yaptı açıkladı olduğunu üzere ilişkin ikili eden tarafından başkanı nin yeni iki var "
    "e ye yi nun daki deki teki verecek edecek olacak yüzde başladı önce bin yılında gün karşı sonrası",
    "sq": "të e në dhe i se për me nga një që si do u ka është kanë nuk midis ndërmjet tha edhe por së ishte janë ministri "
    "ministrat jashtëm këtë pas mbi kjo ky ku si kishte mes prej deri kundër duke ndaj më takuan",
    "bcms": "je i u na se su da za od sa s koji koja koje o iz do kao ili ali nije bi između te će po ne što sto bio bila "
    "rekao ministar ministri poslova kako protiv nakon prema pri ovo taj jer samo još biti sastali kod "
    "zbog danas kaže godine bez sve svi više biće bit predsjednik predsednik vlada vlade",
    "mk": "и на во од за се со да е го ги дека што ќе не по како но беше беа меѓу министер министри ја ги му им кој која кои ова "
    "рече против кон исто така меѓутоа биде до или сите",
    "bcms-c": "је и у на се су да за од са који која које о из до као или али није би између те ће по не што био била рекао "
    "министар министри послова како против након према ово тај јер само још бити састали код",
}
#: Letters that only some languages have; each is a vote where words do not decide.
_LETTERS = {"tr": "ğşıİĞŞ", "sq": "ëË", "bcms": "čćžšđČĆŽŠĐ", "mk": "ѓќѕЃЌЅ", "bcms-c": "ђћЂЋ"}
#: Votes that decide by themselves, and by how many the first must lead.
_CLEAR, _APART = 4, 2
#: Of a longer passage its first words are enough where one language leads by so many votes.
_LONG, _FIRST, _LEADS = 300, 40, 10


def _vocabularies() -> tuple[dict[str, frozenset[bytes]], dict[str, frozenset[bytes]]]:
    """By language: the small words that only it has, and those it shares."""
    known = {language: {folding.scan(word).strip() for word in words.split()} for language, words in _WORDS.items()}
    own, shared = {}, {}
    for language, words in known.items():
        others = set().union(*(each for other, each in known.items() if other != language))
        own[language], shared[language] = frozenset(words - others), frozenset(words & others)
    return own, shared


_OWN, _SHARED = _vocabularies()
_LANGUAGES = tuple(_WORDS)
_GROUP = tuple(BCMS if language.startswith(BCMS) else language for language in _LANGUAGES)
#: Votes for all languages are one number: sixteen bits for each.
_BITS, _BYTES = 16, 2 * len(_LANGUAGES)
_votes_in = Struct(f"<{len(_LANGUAGES)}H").unpack
#: What each small word votes for: a word that only one language has, three times.
_VOTES = {
    word: sum(
        (3 if word in _OWN[language] else 1) << _BITS * number
        for number, language in enumerate(_LANGUAGES)
        if word in _OWN[language] or word in _SHARED[language]
    )
    for word in frozenset().union(*_OWN.values(), *_SHARED.values())
}
_SMALL = frozenset(_VOTES)
#: One of these is enough where its language is expected.
_MARKS = {
    language: frozenset(folding.scan(word).strip() for word in words.split())
    for language, words in {
        "en": "the of and with that",
        "tr": "ve bir ile için olarak",
        "sq": "dhe është nga një",
        BCMS: "je su koji koja koje od između nije је су са који која које између",
        "mk": "во дека го ги што ќе со",
    }.items()
}
#: Those that most passages have.
_FREQUENT = {
    language: tuple(b" " + folding.scan(word).strip() + b" " for word in words.split())
    for language, words in {"en": "the of", "tr": "ve bir", "sq": "dhe është", BCMS: "je је", "mk": "во го"}.items()
}
#: Which of the votes are those of an expected language, where the evidence is thin.
_OF_EXPECTED = {group: tuple(number for number, each in enumerate(_GROUP) if each == group) for group in GROUPS}


def _votes_of_letters() -> tuple[bytes, bytes, tuple[tuple[int, bytes], ...]]:
    """From codes to one byte for each language whose letter it is; all other codes; those bytes, by the number of votes."""
    table, votes = bytearray(256), []
    for number, letters in enumerate(_LETTERS.get(language, "") for language in _LANGUAGES):
        if letters:
            votes.append((number, bytes([number + 1])))
        for code in folding.encode(letters):
            table[code] = number + 1
    return bytes(table), bytes(code for code in range(256) if not table[code]), tuple(votes)


_SPEAKS, _SILENT, _VOTES_OF_LETTERS = _votes_of_letters()


def goes_on(scan: bytes, start: int, end: int, expected: str) -> bool:
    """Whether a passage of a scanned text has a word that nearly every passage of the expected language has: a quick yes,
    to which `recognise` gives the same answer."""
    since, until = start - 1 if start else 0, end + 1
    for mark in _FREQUENT[expected]:  # noqa: SIM110 (asked for most passages, and this is the faster way)
        if scan.find(mark, since, until) >= 0:
            return True
    return False


def recognise(scan: bytes, expected: str | None = None, written: Callable[[], bytes] | None = None) -> str | None:
    """The language of a passage: en, tr, sq, mk, bcms, or None where nothing tells. From its scan and, where small words do
    not decide, the letters among the codes of what is `written`. `expected` wins where it fits well or the evidence is thin."""
    if expected is not None:
        padded = b" " + scan + b" "
        for mark in _FREQUENT[expected]:
            if mark in padded:
                return expected
    if len(scan) > _LONG:
        tally = _tallied(scan.split(None, _FIRST))
        *_others, second, best = sorted(tally)
        if best - second >= _LEADS:
            return _GROUP[tally.index(best)]
    said = scan.split()
    if expected is not None and not _MARKS[expected].isdisjoint(said):
        return expected
    tally = _tallied(said)
    *_others, second, best = sorted(tally)
    if best < _CLEAR or best - second < _APART:
        letters = written().translate(_SPEAKS, _SILENT) if written is not None else b""
        if letters:
            for number, letter in _VOTES_OF_LETTERS:
                tally[number] += 2 * letters.count(letter)
        if expected is not None:
            for number in _OF_EXPECTED[expected]:
                tally[number] += _APART
        *_others, second, best = sorted(tally)
        if not best or best == second:
            return expected
    return _GROUP[tally.index(best)]


def _tallied(words: Sequence[bytes]) -> list[int]:
    """The votes for each language."""
    votes = sum(map(_VOTES.__getitem__, _SMALL.intersection(words)))
    return list(_votes_in(votes.to_bytes(_BYTES, "little")))
