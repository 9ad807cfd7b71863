"""Lets the record be found: a search document per claim, entry, source and discrepancy, with the names of parties in place.

It stands on this floor because the record holds places for names, and names come from the lexicon alone. Each document is
held for exactly who may read its row; a name or a subject of narrower audience never enters another row's document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sofra.kernel import acting, policy
from sofra.kernel.commands import command
from sofra.kernel.models import Audience, Held, SearchDocument, Wording
from sofra.lexicon import naming
from sofra.sources.models import Claim, Discrepancy, Source, Subject
from sofra.sources.queries import SECTIONS

#: What the record's documents are; the words for them stand in room.py.
KINDS = ("claim", "record_meeting", "record_entry", "source", "difference")
_FIELDS = ("kind", "title", "body", "url", "audience", "format_id")
_SECTION_OF = {kind: section for section, kinds in SECTIONS.items() for kind in kinds}

_Texts = dict[UUID, dict[str, dict[str, str]]]


@dataclass(frozen=True)
class _Found:
    """What a row is found by: pieces of its title and of its body, each a text with places for names, or empty."""

    row: Held
    kind: str
    url: str
    title: str
    body: tuple[str, ...] = ()


@command
def index_record() -> int:
    """Bring the record's search documents to what it says now; answers how many changed. Doing it again changes nothing.

    Raises NotAllowed unless the actor serves the house.
    """
    policy.require(acting.current(), "record.load")
    naming.forget()
    known = {(each.subject_id, each.language): each for each in SearchDocument.objects.filter(kind__in=KINDS)}
    new: list[SearchDocument] = []
    changed: list[SearchDocument] = []
    for document in _documents():
        found = known.pop((document.subject_id, document.language), None)
        if found is None:
            new.append(document)
        elif any(getattr(found, name) != getattr(document, name) for name in _FIELDS):
            document.pk, document.version = found.pk, found.version + 1
            changed.append(document)
    # Nothing is ever deleted: what no longer has words is found by none.
    for found in known.values():
        if found.title:
            found.title = found.body = ""
            found.version += 1
            changed.append(found)
    SearchDocument.objects.bulk_create(new, batch_size=200)
    SearchDocument.objects.bulk_update(changed, [*_FIELDS, "version"], batch_size=200)
    return len(new) + len(changed)


def _documents() -> Iterator[SearchDocument]:
    claims = list(Claim.objects.filter(current=True).select_related("subject"))
    subjects = list(Subject.objects.all())
    sources = list(Source.objects.all())
    differences = list(Discrepancy.objects.all())
    texts = _texts([*claims, *subjects, *sources, *differences])
    languages = sorted(
        {language for each in texts.values() for by_language in each.values() for language in by_language}
    )
    for language in languages:
        found = [
            *_claims(claims, texts, language),
            *_subjects(subjects, texts, language),
            *_sources(sources, texts, language),
            *_differences(differences, texts, language),
        ]
        for each in found:
            yield _document(each, language)


def _texts(rows: Iterable[Held]) -> _Texts:
    """Per row and field its text by language. One query."""
    found: _Texts = {}
    wanted = Wording.objects.filter(subject_id__in=[row.pk for row in rows]).exclude(text="")
    for subject, name, language, text in wanted.values_list("subject_id", "field", "language", "text"):
        found.setdefault(subject, {}).setdefault(name, {})[language] = text
    return found


def _document(found: _Found, language: str) -> SearchDocument:
    body = " · ".join(naming.with_names(piece, language) for piece in found.body if piece)
    return SearchDocument(
        subject_id=found.row.pk,
        kind=found.kind,
        language=language,
        title=naming.with_names(found.title, language),
        body=body,
        url=found.url,
        **found.row.placement(),
    )


def _claims(rows: list[Claim], texts: _Texts, language: str) -> Iterator[_Found]:
    """Claims by their sentence, or by the form or office they tell of; what merely mentions its subject is found by that."""
    for row in rows:
        own = _in(texts, row, language)
        title = own.get("text") or own.get("title") or str(row.data.get("form", ""))
        if title:
            of = _in(texts, row.subject, language).get("name", "") if _as_wide(row.subject, row) else ""
            if naming.with_names(of, language) == title:
                of = ""
            yield _Found(
                row, "claim", f"record/claims/{row.pk}/", title, (of, own.get("said", ""), own.get("note", ""))
            )


def _subjects(rows: list[Subject], texts: _Texts, language: str) -> Iterator[_Found]:
    for row in rows:
        own = _in(texts, row, language)
        title = own.get("name", "")
        if not title:
            continue
        if row.kind == Subject.Kind.MEETING:
            yield _Found(row, "record_meeting", f"record/meetings/{row.slug}/", title, (own.get("note", ""),))
        elif section := _SECTION_OF.get(row.kind):
            url = f"record/{section}/#s-{row.pk}"
            yield _Found(row, "record_entry", url, title, (own.get("kind", ""), own.get("note", "")))


def _sources(rows: list[Source], texts: _Texts, language: str) -> Iterator[_Found]:
    for row in rows:
        own = _in(texts, row, language)
        if title := own.get("title", ""):
            body = (row.author, row.outlet, own.get("note", ""))
            yield _Found(row, "source", f"record/sources/{row.key}/", title, body)


def _differences(rows: list[Discrepancy], texts: _Texts, language: str) -> Iterator[_Found]:
    for row in rows:
        own = _in(texts, row, language)
        if title := own.get("about", ""):
            body = (own.get("explanation", ""), own.get("resolution", ""))
            yield _Found(row, "difference", f"record/differences/#d-{row.pk}", title, body)


def _in(texts: _Texts, row: Held, language: str) -> dict[str, str]:
    """A row's texts in one language alone, by field: nothing stands in from another."""
    return {name: each[language] for name, each in texts.get(row.pk, {}).items() if language in each}


def _as_wide(row: Held, than: Any) -> bool:
    """Whether whoever reads the one row reads the other too."""
    return row.audience == Audience.PUBLIC or (row.audience, row.format_id) == (than.audience, than.format_id)
