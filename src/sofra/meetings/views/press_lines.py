"""Clearing agreed lines: sending them, no objection, objecting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import open_to, sent
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.commands import press_lines as commands
from sofra.meetings.models import Meeting, PressKind
from sofra.meetings.press_forms import ConsentForm, ObjectForm, SendForm
from sofra.meetings.views.places import entering_at, objecting
from sofra.meetings.views.press import place
from sofra.meetings.views.press_acts import asking_of, titled

ASKED = DELEGATES | SECRETARIAT


def _lines(request: HttpRequest, format: str, meeting: str, piece: UUID, action: str) -> tuple[Meeting, Any]:
    row, one = place(request, format, meeting, piece)
    open_to(request, action, row if action == "press.write" else one)
    if one.kind != PressKind.LINES:
        raise Http404
    return row, one


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def send(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Send lines for clearance."""
    row, one = _lines(request, format, meeting, piece, "press.write")
    form = SendForm(sent(request), meeting=row, initial={"version": one.version})
    page = asking_of(
        request, row, one, _("Send for clearance"),
        _("What is sent does not change any more. A next version begins a clearance of its own, and this one keeps its answers."),
        _("Send for clearance"), form=form,
    )  # fmt: skip

    def sentence() -> str:
        return sentences.sentence(
            "lines.silence", title=titled(one), whom=sentences.names(form.named),
            deadline=sentences.exact(form.cleaned_data["instant"], row.zone),
        )  # fmt: skip

    def run() -> None:
        commands.send_lines(
            piece=one, readers=form.named, deadline=form.cleaned_data["instant"],
            seen_version=form.cleaned_data["version"] or 0,
        )  # fmt: skip

    return page.answer(run, sentence, stands=lambda theirs: {"version": theirs.version})


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def stop(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Stop a clearance."""
    row, one = _lines(request, format, meeting, piece, "press.write")
    page = asking_of(
        request, row, one, _("Stop the clearance"),
        _("The version stays readable to the parties that were asked, as not cleared."),
        _("Stop it"), grave=True,
    )  # fmt: skip
    return page.answer(
        lambda: commands.stop_lines(piece=one), lambda: sentences.sentence("lines.stop", title=titled(one))
    )


@door(GET=ASKED, POST=ASKED)
def consent(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Say that there is no objection."""
    row, one = _lines(request, format, meeting, piece, "press.clear")
    form = ConsentForm(sent(request), languages=languages_of(row))
    entering = entering_at(request, row)
    page = asking_of(
        request, row, one, _("No objection"), _("Once all that were asked have no objection, the lines are cleared."),
        _("No objection"), form=form, entering=entering,
    )  # fmt: skip

    def run() -> None:
        party, entry = entering.owner()
        commands.no_objection(
            piece=one, comment=form.texts("comment"), comment_audience=form.cleaned_data["comment_audience"],
            party_id=party, entry=entry,
        )  # fmt: skip

    return page.answer(run, lambda: sentences.sentence("lines.consent", party=page.party, title=titled(one)))


@door(GET=ASKED, POST=ASKED)
def object_(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Object to lines."""
    row, one = _lines(request, format, meeting, piece, "press.clear")
    form = ObjectForm(sent(request), languages=languages_of(row))
    entering = entering_at(request, row)
    page = asking_of(
        request, row, one, _("Object to the lines"), _("An objection before the instant breaks the clearance of this version."),
        _("Object"), form=form, entering=entering, grave=True,
    )  # fmt: skip

    def run() -> None:
        party, entry = entering.owner()
        commands.object_to_lines(
            piece=one, what=form.texts("what"), reason=form.texts("reason"),
            reason_audience=form.cleaned_data["reason_audience"], party_id=party, entry=entry,
        )  # fmt: skip

    return page.answer(run, lambda: objecting(page, "lines", one.pk, row, title=titled(one)))


@door(GET=ASKED, POST=ASKED)
def lift(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Withdraw the objection to lines."""
    row, one = _lines(request, format, meeting, piece, "press.clear")
    entering = entering_at(request, row)
    page = asking_of(
        request, row, one, _("Withdraw the objection"), _("A clearance that the objection broke stays broken."),
        _("Withdraw the objection"), entering=entering,
    )  # fmt: skip

    def run() -> None:
        party, entry = entering.owner()
        commands.lift_lines(piece=one, party_id=party, entry=entry)

    return page.answer(run, lambda: sentences.sentence("lines.lift", party=page.party, title=titled(one)))
