"""Documents to test with, made through commands, and what somebody finds of them."""

from __future__ import annotations

from io import BytesIO

from sofra.kernel.models import File, FileChunk, SearchDocument
from sofra.meetings.commands import circulation, releasing
from sofra.meetings.commands.circulation import Content
from sofra.meetings.models import Document, DocumentFile
from sofra.meetings.queries.circulation import documents_of
from tests.support.papers import smallest_pdf
from tests.support.world import CODES, World

EVERYBODY = ("visitor", "facilitator", "observer", *CODES)


def paper(title: str = "Note", data: bytes | None = None) -> dict[str, Content]:
    return {"en": Content(title, file=BytesIO(data or smallest_pdf(title)), name="Note.pdf")}


def drafted(
    world: World, meeting, title: str = "Note", *, text: str = "", kind: str = "background", **more
) -> Document:
    contents = {"en": Content(title, text)} if text else paper(title)
    with world.act("secretariat"):
        return circulation.draft_document(meeting=meeting, kind=kind, contents=contents, **more)


def released(
    world: World, meeting, title: str = "Note", audience: str = "format", codes: tuple = (), **more
) -> Document:
    document = drafted(world, meeting, title, **more)
    with world.act("secretariat"):
        return releasing.release_document(
            document=document, audience=audience, readers=[world.parties[code].pk for code in codes]
        )


def readable(world: World, who: str, meeting) -> list[str]:
    """The titles somebody finds, after making sure that words, files and search agree with the rows."""
    with world.act(who):
        lines = documents_of(meeting, "en")
        open_ones = [row for line in lines for row in line.rows if row.recalled_at is None]
        assert DocumentFile.objects.filter(file__isnull=False).count() == sum(len(row.file_rows) for row in open_ones)
        assert FileChunk.objects.count() == File.objects.count()
        found = [str(row.worded["title"]) for line in lines for row in line.rows]
        assert SearchDocument.objects.filter(kind="document").values("subject_id").distinct().count() == len(found)
        return sorted(found)
