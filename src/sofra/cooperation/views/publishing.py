"""The forms by which an owner makes its commitment public, with the reports it releases, and takes it back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.cooperation import commands, sentences
from sofra.cooperation.commands.publishing import public_rows
from sofra.cooperation.forms import PublicForm
from sofra.cooperation.views.common import line_of, page_of
from sofra.cooperation.views.following import entering_of
from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, sent
from sofra.parties.entering import entry_of

BOTH = SECRETARIAT | DELEGATES


@door(GET=BOTH, POST=BOTH)
def make_public_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Let everyone read a commitment and some of its reports."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.make_public", line.row)
    form = PublicForm(sent(request), reports=line.reports) if line.reports else None
    entering = entering_of(request, line)
    asking = Asking(
        request,
        title=_("Make it public"),
        what=_(
            "Everyone then reads its words as they stand now, the dates that count, its state, and the reports you choose. "
            "Later words are public once the owner says so again."
        ),
        form=form,
        back=page_of(line),
        action=_("Make it public"),
        entering=entering,
        obj=line.row,
    )

    def chosen() -> list[UUID]:
        return [UUID(key) for key in form.cleaned_data["reports"]] if form is not None else []

    def sentence() -> str:
        return sentences.publishing(line.row.owner_id, str(line.title), len(chosen()))

    def act() -> str:
        entry = entry_of(entering)
        commands.make_public(line.row, reports=[each for each in line.reports if each.pk in chosen()], entry=entry)
        return page_of(line)

    # A delegate whose commitment has no report is asked nothing but the sentence.
    return asking.answer(act, sentence)


@door(GET=BOTH, POST=BOTH)
def withdraw_public_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """Take a commitment back from everyone but the members."""
    line = line_of(request, format, commitment)
    policy.require(actor_of(request), "cooperation.make_public", line.row)
    if not public_rows(line.row):
        raise Http404
    entering = entering_of(request, line)
    asking = Asking(
        request,
        title=_("No longer public"),
        what=_("The commitment and its released reports are the members' again. What was read was read."),
        form=None,
        back=page_of(line),
        action=_("Take it back"),
        entering=entering,
        grave=True,
        obj=line.row,
    )

    def act() -> str:
        entry = entry_of(entering)
        commands.withdraw_from_public(line.row, entry=entry)
        return page_of(line)

    return asking.answer(act, lambda: sentences.unpublishing(line.row.owner_id, str(line.title)))
