"""Names of parties in the answers of the REST interface: every room above says them with these, and with nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from sofra.kernel.models import Party
from sofra.lexicon import naming


class Footnote(Schema):
    """What stands once beneath a document for all names in it that end with its mark."""

    mark: str
    text: str


class Names(Schema):
    """What the names of parties in one answer rest on. `footnotes` belong to the whole answer: set each of them once."""

    language: str
    basis: str
    footnotes: list[Footnote]


class PartyName(Schema):
    """A party as this answer names it. A name that carries a footnote ends with its mark."""

    key: UUID = Field(description="The party's key in addresses.")
    name: str
    language: str = Field(description="The name's own language. It differs from the one asked for where that has none.")


def names(language: str, footnotes: Iterable[Any] = ()) -> Names:
    """What the names of an answer rest on; `footnotes` as a profile gives them."""
    notes = [Footnote(mark=each.mark, text=each.text) for each in footnotes]
    return Names(language=language, basis=naming.names_basis(language), footnotes=notes)


def party_named(party: Party | UUID, language: str) -> PartyName:
    """A party by the profile in use, else as the record cites it."""
    name = naming.party_name(party, language)
    key = party.pk if isinstance(party, Party) else party
    return PartyName(key=key, name=name.text, language=name.language)


def parties_named(parties: Iterable[Party], language: str) -> list[PartyName]:
    """Parties in the order of the profile in use, else of their names."""
    return [party_named(party, language) for party in naming.order_parties(parties, language)]
