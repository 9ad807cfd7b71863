"""Writing documents, releasing, moving and recalling them. Papers of delegations stand in `papers.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, language, open_to
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.circulation_forms import (
    AtForm,
    DocumentForm,
    ReceiptsForm,
    ReleaseDocumentForm,
    WhyForm,
    document_initial,
)
from sofra.meetings.commands import circulation as writing
from sofra.meetings.commands import receipts, releasing
from sofra.meetings.models import Document, Meeting
from sofra.meetings.queries import circulation as queries
from sofra.meetings.queries.circulation import get_document, line_of, receipt_rule
from sofra.meetings.views.places import address, meeting_or_404
from sofra.parties.entering import Entering

WRITERS = DELEGATES | SECRETARIAT


def place(request: HttpRequest, format: str, meeting: str, document: UUID) -> tuple[Meeting, Any]:
    """The meeting and the version of an address; 404 where the reader knows of none such."""
    row = meeting_or_404(request, format, meeting)
    one = get_document(row, document, language())
    if one is None:
        raise Http404
    return row, one


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form with files is bound to."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def titled(one: Any) -> str:
    """A document's title for a sentence on the page."""
    return str(one.worded.get("title", ""))


def asking(request: HttpRequest, row: Meeting, one: Any, title: Any, what: Any, action: Any, **more: Any) -> Asking:
    """The page of an act on one version."""
    return Asking(
        request, title=title, what=what, action=action, about=one.worded.get("title"), obj=one,
        back=address("document", row, document=one.line), **more,
    )  # fmt: skip


@door(GET=WRITERS, POST=WRITERS)
def add(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Draft a document; the secretariat may enter a delegation's paper."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "documents.propose", row)
    assert row.format is not None
    entering = Entering(request, row.format, zone=row.zone, needed=False)
    form = DocumentForm(*posted(request), languages=languages_of(row))
    own = bool(policy.decide(actor_of(request), "documents.write", row))
    page = Asking(
        request,
        title=_("Add a document") if own else _("Write a paper"),
        what=_("A draft is read by the secretariat alone until it is released to its readers at one instant.")
        if own
        else _("A draft is read by your delegation alone until you ask the secretariat to circulate it."),
        back=address("documents", row),
        about=_("Documents"),
        action=_("Keep as a draft"),
        form=form,
        entering=entering,
    )

    def run() -> str:
        party, entry = entering.owner()
        made = writing.draft_document(
            meeting=row, kind=form.cleaned_data["kind"], contents=form.contents(), party_id=party, entry=entry
        )
        return address("document", row, document=made.line)

    return page.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def next_version(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Draft the next version of a released document. What was released stays as it is."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "documents.write", row)
    line = line_of(row, document, language())
    if (
        line is None
        or not line.versions
        or line.drafts
        or line.scheduled
        or line.versions[0].author_id is not None
        or line.versions[0].kind == Document.Kind.OUTCOME
    ):
        raise Http404
    last: Any = line.versions[0]
    form = DocumentForm(*posted(request), initial=document_initial(last), languages=languages_of(row))
    page = asking(
        request, row, last, _("Write the next version"),
        _("It replaces the present one for those to whom it is released; others keep what they have."),
        _("Keep as a draft"), form=form,
    )  # fmt: skip

    def run() -> str:
        writing.draft_document(meeting=row, kind=form.cleaned_data["kind"], contents=form.contents(), after=last)
        return address("document", row, document=last.line)

    return page.answer(run)


@door(GET=WRITERS, POST=WRITERS)
def edit(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Change a draft."""
    row, one = place(request, format, meeting, document)
    open_to(request, "documents.edit", one)
    initial = document_initial(one)
    form = DocumentForm(*posted(request), initial=initial, languages=languages_of(row), held=one.file_rows)
    page = asking(
        request, row, one, _("Change the draft"), _("A draft is read by its author alone."), _("Keep the change"), form=form
    )  # fmt: skip

    def run() -> str:
        writing.edit_document(
            document=one, seen_version=form.cleaned_data["version"] or 0, kind=form.cleaned_data["kind"],
            contents=form.contents(),
        )  # fmt: skip
        return address("document", row, document=one.line)

    return page.answer(run, stands=lambda theirs: initial_now(row, one) | {"version": theirs.version})


def initial_now(row: Meeting, one: Document) -> dict[str, Any]:
    """The form's initial values as the document stands now."""
    found = get_document(row, one.pk, language())
    return document_initial(found) if found is not None else {}


@door(GET=WRITERS, POST=WRITERS)
def withdraw(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Give a draft up."""
    row, one = place(request, format, meeting, document)
    open_to(request, "documents.withdraw", one)
    page = asking(
        request, row, one, _("Withdraw the draft"), _("It stays with its author and goes to nobody."), _("Withdraw it"),
        grave=True,
    )  # fmt: skip

    def run() -> str:
        writing.withdraw_document(document=one)
        return address("documents", row)

    return page.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def release(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Release a draft to its readers, at one instant for all."""
    row, one = place(request, format, meeting, document)
    if one.state != queries.DRAFT:
        raise Http404
    open_to(request, "documents.release", one)
    form = ReleaseDocumentForm(posted(request)[0], meeting=row)
    page = asking(
        request, row, one, _("Release the document"),
        _("All readers have it at the same instant, by the clock of the house. Until that instant it can be called off."),
        pgettext("document", "Release"), form=form,
    )  # fmt: skip

    def sentence() -> str:
        said = form.cleaned_data
        return sentences.sentence(
            "document.release", title=titled(one), instant=releasing.told(said["instant"], row),
            whom=releasing.whom(said["audience"], form.named),
        )  # fmt: skip

    def run() -> str:
        said = form.cleaned_data
        releasing.release_document(document=one, audience=said["audience"], readers=form.named, at=said["instant"])
        return address("document", row, document=one.line)

    return page.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def move(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Set another instant for a release that has not come."""
    row, one = place(request, format, meeting, document)
    if one.released_at is None:
        raise Http404
    open_to(request, "documents.release", one)
    form = AtForm(posted(request)[0], meeting=row)
    page = asking(
        request, row, one, _("Set another instant"), _("Nobody but the secretariat learns of the change."),
        _("Set the instant"), form=form,
    )  # fmt: skip

    def sentence() -> str:
        return sentences.sentence(
            "document.move", title=titled(one), before=releasing.told(one.released_at, row),
            instant=releasing.told(form.cleaned_data["instant"], row),
        )  # fmt: skip

    def run() -> str:
        releasing.move_release(document=one, at=form.cleaned_data["instant"])
        return address("document", row, document=one.line)

    return page.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def cancel(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Call off a release that has not come."""
    row, one = place(request, format, meeting, document)
    if one.released_at is None:
        raise Http404
    open_to(request, "documents.release", one)
    page = asking(
        request, row, one, _("Call off the release"), _("The document is a draft again; nobody learns that it was to come."),
        _("Call it off"), grave=True,
    )  # fmt: skip

    def run() -> str:
        releasing.cancel_release(document=one)
        return address("document", row, document=one.line)

    return page.answer(
        run,
        lambda: sentences.sentence("document.cancel", title=titled(one), before=releasing.told(one.released_at, row)),
    )


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def recall(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """Recall a released document."""
    row, one = place(request, format, meeting, document)
    if one.released_at is None:
        raise Http404
    open_to(request, "documents.release", one)
    form = WhyForm(
        posted(request)[0], languages=languages_of(row), label=_("Reason"),
        sentence=_("Say why it is recalled, in at least one language; those who had it read that."),
        who=_("Those who had the document read it, with the instant of the recall."),
    )  # fmt: skip
    page = asking(
        request, row, one, _("Recall the document"),
        _("Its text and files can no longer be read. Copies that somebody saved are out of reach."),
        _("Recall it"), form=form, grave=True,
    )  # fmt: skip

    def run() -> str:
        releasing.recall_document(document=one, reason=form.texts("reason"))
        return address("document", row, document=one.line)

    return page.answer(run, lambda: sentences.sentence("document.recall", title=titled(one)))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def receipt_setting(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Record whether the members agreed that the secretariat learns who opened a document."""
    row = meeting_or_404(request, format, meeting)
    assert row.format is not None
    open_to(request, "documents.receipts", row.format)
    rule = receipt_rule(row.format_id, language())
    told = not (rule is not None and rule.openings_told)
    form = ReceiptsForm(posted(request)[0], languages=languages_of(row)) if told else None
    page = Asking(
        request,
        title=_("Receipts of opening"),
        what=_(
            "Off unless the members agreed. It counts for all meetings of the format, and for nothing opened before."
        ),
        back=address("documents", row),
        about=_("Documents"),
        action=_("Record the agreement") if told else _("Record that it ended"),
        form=form,
    )
    agreed: Callable[[], dict[str, str]] = lambda: form.texts("reason") if form is not None else {}  # noqa: E731

    def run() -> str:
        assert row.format is not None
        receipts.agree_receipts(format=row.format, told=told, basis=agreed())
        return address("documents", row)

    return page.answer(run, lambda: sentences.sentence("receipts.on" if told else "receipts.off"))
