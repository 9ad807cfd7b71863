"""Numbers, dates and amounts of a text in its language, as values that compare across languages."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

#: How the months begin; whatever ending follows belongs to the month.
MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "tr": (
        "ocak",
        "şubat",
        "mart",
        "nisan",
        "mayıs",
        "haziran",
        "temmuz",
        "ağustos",
        "eylül",
        "ekim",
        "kasım",
        "aralık",
    ),
    "sq": (
        "janar",
        "shkurt",
        "mars",
        "prill",
        "maj",
        "qershor",
        "korrik",
        "gusht",
        "shtator",
        "tetor",
        "nëntor",
        "dhjetor",
    ),
    "bs": (
        "januar",
        "februar",
        "mart",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "septemb",
        "oktob",
        "novemb",
        "decemb",
    ),
    "cnr": (
        "januar",
        "februar",
        "mart",
        "april",
        "maj",
        "jun",
        "jul",
        "avgust",
        "septemb",
        "oktob",
        "novemb",
        "decemb",
    ),
    "sr": ("јануар", "фебруар", "март", "април", "мај", "јун", "јул", "август", "септемб", "октоб", "новемб", "децемб"),
    "mk": (
        "јануари",
        "февруари",
        "март",
        "април",
        "мај",
        "јуни",
        "јули",
        "август",
        "септемв",
        "октомв",
        "ноемв",
        "декемв",
    ),
}
MONTHS["sr-latn"] = MONTHS["cnr"]
_POINT_IN = frozenset({"en"})
_SCALES = {
    "thousand": 3, "bin": 3, "mijë": 3, "hiljad": 3, "хиљад": 3, "илјад": 3,
    "million": 6, "milyon": 6, "milion": 6, "milijun": 6, "милион": 6,
    "billion": 9, "milyar": 9, "miliard": 9, "milijard": 9, "милијард": 9,
}  # fmt: skip
_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "avro": "EUR", "evra": "EUR", "evro": "EUR", "eura": "EUR", "eva": "EUR",
    "евра": "EUR", "евро": "EUR", "еура": "EUR", "$": "USD", "usd": "USD", "dollar": "USD", "dolar": "USD", "dollarë": "USD",
    "долар": "USD", "₺": "TRY", "try": "TRY", "tl": "TRY", "lira": "TRY", "%": "%", "per cent": "%", "percent": "%",
    "yüzde": "%", "për qind": "%", "përqind": "%", "posto": "%", "посто": "%", "процент": "%", "odsto": "%", "одсто": "%",
}  # fmt: skip
_NUMBER = r"\d+(?:[.,\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_CURRENCY = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?P<before>{_CURRENCY})?\s?(?P<number>{_NUMBER})"
    rf"(?:[\s\u00a0](?P<scale>{_SCALE})\w*)?(?:[\s\u00a0]?(?P<after>{_CURRENCY}))?",
    re.IGNORECASE,
)


def figures(text: str, language: str) -> tuple[Counter[date], Counter[tuple[Decimal, str]]]:
    """The dates of a text, and its other numbers with what they count: a currency, %, or nothing.

    Dates are days with a year, in words or figures (day first). Numbers in words are not read.
    """
    days: Counter[date] = Counter()
    rest = text
    for pattern, order in _day_patterns(language):
        for found in pattern.finditer(rest):
            if (day := _day(found, order, language)) is not None:
                days[day] += 1
                # What was a date is no number any more; the length stays, so that places do.
                rest = rest[: found.start()] + " " * len(found.group()) + rest[found.end() :]
    amounts: Counter[tuple[Decimal, str]] = Counter()
    for found in _AMOUNT.finditer(rest):
        at = found.start("number")
        if at and not found["before"] and rest[at - 1].isalpha():
            continue  # G77 is a name
        try:
            number = Decimal(_plain(found["number"], language))
        except InvalidOperation:
            continue
        if scale := found["scale"]:
            number *= 10 ** _SCALES[scale.lower()]
        sign = found["before"] or found["after"] or ""
        amounts[number.normalize(), _CURRENCIES.get(sign.lower(), "")] += 1
    return days, amounts


@lru_cache(maxsize=16)
def _day_patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    months = "|".join(MONTHS.get(language, MONTHS["en"]))
    day, year = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})\b"
    month = rf"(?P<month>{months})\w*\.?"
    nth = "(?:st|nd|rd|th)?"
    return (
        (re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"), "figures"),
        (re.compile(rf"\b{day}[./]\s?(?P<month>\d{{1,2}})[./]\s?{year}"), "figures"),
        (re.compile(rf"\b{day}(?:\.|{nth})\s+{month},?\s+{year}", re.IGNORECASE), "words"),
        (re.compile(rf"\b{month}\s+{day}{nth},?\s+{year}", re.IGNORECASE), "words"),
    )


def _day(found: re.Match[str], order: str, language: str) -> date | None:
    month = found["month"]
    if order == "words":
        lower = month.replace("I", "ı").replace("İ", "i").lower() if language == "tr" else month.lower()
        names = MONTHS.get(language, MONTHS["en"])
        number = next((place for place, name in enumerate(names, 1) if lower == name), 0)
    else:
        number = int(month)
    try:
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _plain(number: str, language: str) -> str:
    """A number as Decimal reads it: what groups thousands goes, what parts the fraction is a point."""
    number = re.sub(r"[\u00a0\u202f]", "", number)
    group, point = (",", ".") if language in _POINT_IN else (".", ",")
    if group in number and not re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", number):
        return number.replace(",", ".")  # not grouped by three: written the other way round, or a section number
    return number.replace(group, "").replace(point, ".")
