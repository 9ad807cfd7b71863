"""The one way a party's name reaches a page. Profiles and the lexicon take it over; nothing else ever prints a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import icu
from django.utils.translation import gettext, override

from sofra.kernel import acting
from sofra.kernel.models import Party
from sofra.lexicon.engine.turkish import with_case
from sofra.lexicon.models import PartyWording

#: The language whose form stands in, marked as such, where a language has none yet.
STAND_IN = "en"
#: ICU knows no Montenegrin.
_COLLATION = {"cnr": "sr_Latn_ME", "sr": "sr_Cyrl", "sr-latn": "sr_Latn"}
_PLACE = re.compile(r"\{([A-Z][A-Z0-9_-]*)(?::([a-z]+))?\}")


@dataclass(frozen=True)
class Name:
    """A party's name: its text, the language the text is in, and the source whose form it is ("" where there is none)."""

    text: str
    language: str
    source: str = ""

    def __str__(self) -> str:
        return self.text


class _Table:
    """All names in use, read once per transaction."""

    def __init__(self) -> None:
        rows = PartyWording.objects.filter(use=PartyWording.Use.RECORD).values_list(
            "party_id", "party__code", "language", "form", "sources"
        )
        self.names: dict[UUID, dict[str, Name]] = {}
        self.ids: dict[str, UUID] = {}
        for party, code, language, form, sources in rows:
            self.ids[code] = party
            self.names.setdefault(party, {})[language] = Name(form, language, sources[0] if sources else "")


_read: ContextVar[tuple[acting.Actor, _Table] | None] = ContextVar("sofra_names", default=None)


def _table() -> _Table:
    # An actor is resolved anew for every transaction, so what was read under this very one is still true.
    actor, held = acting.current(), _read.get()
    if held is None or held[0] is not actor:
        held = (actor, _Table())
        _read.set(held)
    return held[1]


def forget() -> None:
    """Read the names anew: they changed in this transaction."""
    _read.set(None)


def party_name(party: Party | UUID | str, language: str) -> Name:
    """A party's name in a language. `party` is the party, its id or its code.

    Where the language has no form yet, the English one is given, and its `language` says so: a page marks it. A party that
    nobody named yet is called by a neutral phrase, never by its code.
    """
    table = _table()
    key = table.ids.get(party) if isinstance(party, str) else party.pk if isinstance(party, Party) else party
    forms = table.names.get(key, {}) if key is not None else {}
    name = forms.get(language) or forms.get(STAND_IN)
    if name is None:
        with override(language):
            return Name(gettext("a party without a name in the record"), language)
    return name


def party_names(parties: Iterable[UUID], language: str) -> dict[UUID, str]:
    """Names by id, for pages that name many."""
    return {party: party_name(party, language).text for party in parties}


PartyLike = TypeVar("PartyLike", Party, UUID, str)


def sort_key(party: Party | UUID | str, language: str) -> bytes:
    """Where a party's name stands in a language's alphabetical order."""
    collator = icu.Collator.createInstance(icu.Locale(_COLLATION.get(language, language)))
    key: bytes = collator.getSortKey(party_name(party, language).text)
    return key


def order_parties(parties: Iterable[PartyLike], language: str) -> list[PartyLike]:
    """Parties in the alphabetical order of their names in a language."""
    return sorted(parties, key=lambda party: sort_key(party, language))


def names_basis(language: str) -> str:
    """The sentence that says where names come from, for pages that show any."""
    with override(language):
        return gettext(
            "Names of parties follow the host's usage as cited from the public record. The members have not approved them."
        )


def with_names(text: str, language: str) -> str:
    """A wording of the record with the names of parties in their places; in Turkish with the case each place asks for."""
    return "".join(str(piece) for piece in pieces(text, language))


def pieces(text: str, language: str) -> list[str | Name]:
    """A wording cut at its places: texts, and names with the language they are in."""
    found: list[str | Name] = []
    end = 0
    for match in _PLACE.finditer(text):
        name = party_name(match[1], language)
        if match[2] and name.language == "tr":
            name = Name(with_case(name.text, match[2]), name.language, name.source)
        found += [text[end : match.start()], name]
        end = match.end()
    return [*found, text[end:]]


def seen_forms() -> list[Any]:
    """Every form of a party's name that the record knows, by party and language; quotations, for the page that cites them."""
    return list(PartyWording.objects.select_related("party").order_by("party__code", "language", "order"))
