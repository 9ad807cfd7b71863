"""Write documents of a meeting: drafts, their texts and files, versions. Releasing stands in releasing.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, search, wordings
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next
from sofra.kernel.files import keep_file
from sofra.kernel.models import Audience, Entry, File, Wording
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands.procedure import speaker
from sofra.meetings.models import Document, DocumentFile, Meeting

LONGEST_TITLE, LONGEST_TEXT = 300, 60_000


@dataclass(frozen=True)
class Content:
    """A document in one language: a title, and a text written in place or a file, not both.

    In an edit `file` replaces the one there is, and `drop` takes it out.
    """

    title: str = ""
    text: str = ""
    file: IO[bytes] | None = None
    name: str = ""
    drop: bool = False


Contents = Mapping[str, Content]


@command
def draft_document(
    *,
    meeting: Meeting,
    kind: str,
    contents: Contents,
    after: Document | None = None,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Document:
    """Draft a document, or with `after` its next version. The secretariat's own, unless a party or an entry is given.

    A draft is read by its author alone. Raises NotAllowed; Refusal for bad input and for files that are not kept.
    """
    actor = acting.current()
    own = party_id is None and entry is None and actor.serves(meeting.format_id)
    policy.require(actor, "documents.write" if own else "documents.propose", meeting)
    party = None if own else speaker(meeting, party_id, entry)
    _check_kind(kind)
    if after is not None and (
        after.kind == Document.Kind.OUTCOME
        or after.meeting_id != meeting.pk
        or after.owner_party_id != party
        or after.author_id
    ):
        raise Refusal(_("The next version of a document is written by who wrote the last one."))
    return make_draft(meeting, kind, contents, line=after.line if after else None, party=party, entry=entry)


def make_draft(
    meeting: Meeting,
    kind: str,
    contents: Contents,
    *,
    line: UUID | None = None,
    party: UUID | None = None,
    entry: Entry | None = None,
) -> Document:
    """The row of a draft, with its words and files, of the line given or a new one. The caller asked who may write it."""
    now = database_now()
    document = Document(
        meeting=meeting,
        line=line or uuid4(),
        kind=kind,
        made_at=now,
        audience=Audience.SECRETARIAT if party is None else Audience.DELEGATION,
        format_id=meeting.format_id,
        owner_party_id=party,
        entry_id=entry.pk if entry else None,
        readable_from=now,
    )
    document.save(force_insert=True)
    _put(document, contents)
    _record("document.drafted", document, contents)
    return document


@command
def edit_document(
    *, document: Document, seen_version: int | None, kind: str, contents: Contents, entry: Entry | None = None
) -> Document:
    """Change a draft. Raises NotAllowed, Conflict, Refusal."""
    lock_subject(document.pk)
    check_version(document, seen_version)
    document.refresh_from_db()
    policy.require(acting.current(), "documents.edit", document)
    _check_kind(kind)
    take_over(document, entry)
    document.kind = kind
    save_next(document, ["kind"])
    _put(document, contents)
    _record("document.edited", document, contents)
    return document


@command
def withdraw_document(*, document: Document, entry: Entry | None = None) -> Document:
    """Give a draft up; it stays with its author. Raises NotAllowed for what is no draft."""
    lock_subject(document.pk)
    document.refresh_from_db()
    policy.require(acting.current(), "documents.withdraw", document)
    take_over(document, entry)
    document.withdrawn_at = database_now()
    save_next(document, ["withdrawn_at"])
    _record("document.withdrawn", document)
    return document


def _check_kind(kind: str) -> None:
    # A text of the meeting comes from an outcome alone (commands/issuing.py).
    if kind not in Document.Kind.values or kind == Document.Kind.OUTCOME:
        raise Refusal(_("Choose what kind of document it is."), "kind")


def _put(document: Document, contents: Contents) -> None:
    held = {row.language: row for row in DocumentFile.objects.filter(document=document)}
    texts = {
        row.language: row
        for row in Wording.objects.filter(subject_id=document.pk, field="text")
    }  # fmt: skip
    written = {
        language: said
        for language, said in contents.items()
        if said.title.strip() or said.text.strip() or said.file is not None or language in held or language in texts
    }
    if not any(said.title.strip() for said in written.values()):
        raise Refusal(_("Write a title in at least one language."), "title")
    full = False
    for language, said in written.items():
        row = held.get(language)
        stays = row is not None and row.file_id is not None and not said.drop
        filled = bool(said.text.strip()) or said.file is not None or stays
        if filled and not said.title.strip():
            raise Refusal(_("A document needs a title in its own language."), f"title_{language}")
        if said.text.strip() and (said.file is not None or stays):
            raise Refusal(
                _("In one language a document is a file or a text written here, not both."), f"text_{language}"
            )
        if len(said.title) > LONGEST_TITLE or len(said.text) > LONGEST_TEXT:
            raise Refusal(
                _("The text is too long: at most 300 letters of title and 60,000 of text."), f"text_{language}"
            )
        full = full or filled
    if not full:
        raise Refusal(_("Write the text, or choose a file, in at least one language."), "text")
    for language, said in written.items():
        wordings.put(document, "title", {language: said.title})
        if said.text.strip():
            wordings.put(document, "text", {language: said.text})
        elif language in texts:
            Wording.objects.filter(subject_id=document.pk, field="text", language=language).update(text="")
        _put_file(document, language, said, held.get(language))
    index(document)


def _put_file(document: Document, language: str, said: Content, row: DocumentFile | None) -> None:
    if said.file is None:
        if row is not None and said.drop:
            row.file, row.remarks = None, []
            save_next(row, ["file", "remarks"])
        return
    kept = keep_file(said.file, said.name, document.placement(), f"file_{language}")
    row = row or DocumentFile(document=document, language=language, version=0, **document.placement())
    row.file, row.remarks = kept, list(kept.remarks)
    row.version += 1
    row.save()


def place(document: Document, **placement: Any) -> None:
    """Give a document and all it holds another audience, other readers, another instant. The caller saves the document."""
    for name, value in placement.items():
        setattr(document, name, value)
    wordings.replace_placement(document)
    _place_files(document, document.placement())
    index(document)


def _place_files(document: Document, placement: dict[str, Any]) -> None:
    rows = DocumentFile.objects.filter(document=document)
    File.objects.filter(pk__in=list(rows.exclude(file=None).values_list("file_id", flat=True))).update(**placement)
    rows.update(**placement)


def take_out(document: Document) -> None:
    """Take the words and files of a recalled document back to the secretariat; its title stays with those who had it."""
    away = {**document.placement(), "audience": Audience.SECRETARIAT, "readers": []}
    Wording.objects.filter(subject_id=document.pk, field="text").update(**away)
    _place_files(document, away)
    index(document)


def take_over(document: Document, entry: Entry | None) -> None:
    """A delegation that acts on what was entered for it makes it its own; the secretariat gives its act an entry."""
    if document.owner_party_id is None or (document.entry_id is None and entry is None):
        return
    actor = acting.current()
    if actor.party_id is None and entry is None:
        return
    document.entry = None if actor.party_id is not None else entry
    document.save(update_fields=["entry"])
    place(document)


def index(document: Document) -> None:
    """Let search find a document by its title and, while it can be read, by what was written in place."""
    assert document.meeting.format is not None
    url = f"meetings/{document.meeting.format.slug}/{document.meeting.slug}/documents/{document.line}/"
    texts = wordings.of([document]).get(document.pk, {})
    shut = document.recalled_at is not None
    for language, title in texts.get("title", {}).items():
        body = "" if shut else texts.get("text", {}).get(language, "")
        search.index(document, "document", language, title, body, url)


def _record(action: str, document: Document, contents: Contents | None = None) -> None:
    said = {
        language: {"title": each.title, "text": each.text, "file": each.name}
        for language, each in (contents or {}).items()
    }
    recording.record(action, document, {"kind": document.kind, "contents": said}, meeting_id=document.meeting_id)
