"""The one way a party's name reaches a page; nothing else ever prints a name.

On the pages of a meeting that is held under a profile, and in all that is issued for it, the profile takes over (`under`,
`use`); elsewhere names are the record's own cited usage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.utils.translation import gettext, override

from sofra.kernel import acting
from sofra.kernel.models import Party
from sofra.lexicon.engine.ordering import LAST, Key, alphabetical
from sofra.lexicon.engine.turkish import with_case
from sofra.lexicon.models import PartyWording

#: The language whose form stands in, marked as such, where a language has none yet.
STAND_IN = "en"
_PLACE = re.compile(r"\{([A-Z][A-Z0-9_-]*)(?::([a-z]+))?\}")


@dataclass(frozen=True)
class Name:
    """A party's name: its text, the language the text is in, and the source whose form it is ("" where there is none).

    `text` ends with `mark` where the name carries a footnote, so that nobody prints it without.
    """

    text: str
    language: str
    source: str = ""
    mark: str = ""

    @property
    def bare(self) -> str:
        """The text without its mark: for ordering and suffixes."""
        return self.text.removesuffix(self.mark)

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


class Usage(Protocol):
    """Names agreed for something: what a profile in force is to this module (see profiles.ProfileInForce)."""

    def on_screen(self, party: UUID | None, language: str) -> Name:
        """The name for a page; where there is none, a phrase that says so."""

    def place(self, party: UUID | None, language: str) -> Key | None:
        """Where the party stands; None where the usage does not say."""

    def basis_sentence(self, language: str) -> str:
        """What the names rest on."""

    def screen_footnotes(self, language: str) -> tuple[Any, ...]:
        """Footnotes beneath a page, each with `mark` and `text`."""


Find = Callable[[], Usage | None]
_usage: ContextVar[tuple[acting.Actor | None, Find] | None] = ContextVar("sofra_usage", default=None)


def use(find: Find) -> None:
    """From now on to the end of this request names follow what `find` answers; it is asked at the first name.

    Bound to the actor, who is resolved anew for each transaction, so nothing of it reaches the next request.
    """
    found: list[Usage | None] = []

    def once() -> Usage | None:
        if not found:
            found.append(find())
        return found[0]

    _usage.set((acting.current(), once))


@contextmanager
def under(usage: Usage | None) -> Iterator[None]:
    """Names follow `usage` for the length of a block; with None they are the record's."""
    token = _usage.set((None, lambda: usage))
    try:
        yield
    finally:
        _usage.reset(token)


def in_use() -> Usage | None:
    """What names follow now; None where it is the record's own usage."""
    held = _usage.get()
    if held is None or (held[0] is not None and held[0] is not acting.current()):
        return None
    return held[1]()


def party_id(party: Party | UUID | str) -> UUID | None:
    """The id of a party, given as itself, its id or its code; None for a code the record does not know."""
    return _table().ids.get(party) if isinstance(party, str) else party.pk if isinstance(party, Party) else party


def party_name(party: Party | UUID | str, language: str) -> Name:
    """A party's name in a language: by the profile in use, else the record's. `party` is the party, its id or its code."""
    usage = in_use()
    return record_name(party, language) if usage is None else usage.on_screen(party_id(party), language)


def record_name(party: Party | UUID | str, language: str) -> Name:
    """A party's name as the record cites it, whatever profile is in use.

    Where the language has no form yet, the English one is given, and its `language` says so: a page marks it. A party that
    nobody named yet is called by a neutral phrase, never by its code.
    """
    key = party_id(party)
    forms = _table().names.get(key, {}) if key is not None else {}
    name = forms.get(language) or forms.get(STAND_IN)
    if name is None:
        with override(language):
            return Name(gettext("a party without a name in the record"), language)
    return name


def party_names(parties: Iterable[UUID], language: str) -> dict[UUID, str]:
    """Names by id, for pages that name many."""
    return {party: party_name(party, language).text for party in parties}


PartyLike = TypeVar("PartyLike", Party, UUID, str)


def sort_key(party: Party | UUID | str, language: str) -> Key:
    """Where a party stands: by the profile in use, else by its name in the language's alphabet."""
    usage = in_use()
    if usage is None:
        return 0, alphabetical(record_name(party, language).text, language)
    return usage.place(party_id(party), language) or (LAST, alphabetical(record_name(party, language).text, language))


def order_parties(parties: Iterable[PartyLike], language: str) -> list[PartyLike]:
    """Parties in the order of the profile in use, else in the alphabetical order of their names in a language."""
    return sorted(parties, key=lambda party: sort_key(party, language))


def names_basis(language: str) -> str:
    """The sentence that says what names rest on, for pages that show any."""
    usage = in_use()
    if usage is not None:
        return usage.basis_sentence(language)
    with override(language):
        return gettext(
            "Names of parties follow the host's usage as cited from the public record. The members have not approved them."
        )


def names_footnotes(language: str) -> list[str]:
    """The footnotes that marked names carry, each with its mark; none where names are the record's."""
    usage = in_use()
    return [f"{note.mark} {note.text}" for note in usage.screen_footnotes(language)] if usage is not None else []


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
            name = Name(with_case(name.bare, match[2], name.mark), name.language, name.source)
        found += [text[end : match.start()], name]
        end = match.end()
    return [*found, text[end:]]


def seen_forms() -> list[Any]:
    """Every form of a party's name that the record knows, by party and language; quotations, for the page that cites them."""
    return list(PartyWording.objects.select_related("party").order_by("party__code", "language", "order"))


def named_in(said: str) -> bool:
    """Whether a text holds a form of a party's name that the record knows. A metonym, such as a capital, names none."""
    forms = PartyWording.objects.exclude(use=PartyWording.Use.METONYM).values_list("form", flat=True)
    return any(_stands_in(form, said) for form in forms)


def _stands_in(form: str, said: str) -> bool:
    """A name may be followed by a suffix; an abbreviation stands by itself, in its capitals."""
    if form.isupper():
        return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", said) is not None
    return re.search(rf"(?<!\w){re.escape(form.casefold())}", said.casefold()) is not None
