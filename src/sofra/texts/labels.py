"""Who stands in a bracket. What is kept names parties by identity; what is read names them as the lexicon does.

No name of a party is ever part of what is stored, so that a profile decides how every bracket of every version is labelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext

from sofra.kernel.refusals import Refusal
from sofra.lexicon.naming import party_name
from sofra.texts.engine.amending import Content, relabelled
from sofra.texts.engine.brackets import is_label
from sofra.texts.engine.tree import Paragraph, Text, labels_of

#: Who stands behind a wording of the chair.
CHAIR = "Chair"
_BEGIN = "P"


def label_of(party: UUID | None) -> str:
    """The label under which a party is kept; that of the chair for nobody."""
    return f"{_BEGIN}{party.hex}" if party is not None else CHAIR


def party_of(label: str) -> UUID | None:
    """The party behind a kept label; None for the chair."""
    return UUID(hex=label[len(_BEGIN) :]) if label != CHAIR else None


def shown(label: str, language: str) -> str:
    """How a label is read in a language."""
    party = party_of(label)
    return party_name(party, language).text if party is not None else gettext("Chair")


def for_reader(content: Content, language: str) -> Content:
    """A kept content with the names of parties, for the notation to be written with.

    Raises Refusal where a name cannot stand in the notation.
    """
    known: dict[str, str] = {}

    def name(label: str) -> str:
        if label not in known:
            known[label] = shown(label, language)
            if not is_label(known[label]):
                raise Refusal(
                    gettext("“%(name)s” cannot stand in a bracket; the designation profile has to give a shorter name.")
                    % {"name": known[label]}
                )
        return known[label]

    return relabelled(content, name)


def read(content: Content, language: str) -> Content:
    """A kept content with the names of parties, for a page: whatever they are."""
    return relabelled(content, lambda label: shown(label, language))


def known_labels(parties: Iterable[UUID], languages: Iterable[str]) -> dict[str, str]:
    """What a file may call the parties, in some languages, and what is kept for it; also what is kept itself."""
    codes, ids = list(languages), list(parties)
    found = {party_name(party, language).text: label_of(party) for party in ids for language in codes}
    found |= {name.rstrip("*"): label for name, label in found.items()}
    own = {label_of(party): label_of(party) for party in ids}
    return {**found, **own, CHAIR: CHAIR, gettext("Chair"): CHAIR}


def kept(content: Content, known: Mapping[str, str]) -> Content:
    """A content of a file as it is kept. Raises Refusal that asks who it is, for a label nobody is known by."""
    unknown = sorted({label for label in labels_in(content) if label not in known})
    if unknown:
        raise Refusal(
            gettext("Who is “%(label)s”? The members are written: %(known)s.")
            % {"label": unknown[0], "known": ", ".join(sorted(name for name, label in known.items() if name != label))},
            "notation",
        )
    return relabelled(content, known.__getitem__)


def labels_in(content: Content) -> list[str]:
    """Every label a content names."""
    return labels_of(Text((Paragraph(content),)))
