"""Notices that something waits, and nothing of what it is: to print, as a file, or through the mail relay."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel.accounts import mail
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import download, language, open_to, sent
from sofra.lexicon.naming import party_name
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.commands.notices import note_notice
from sofra.meetings.letter_forms import NoticeForm
from sofra.meetings.views.invitations import invitation_or_404
from sofra.meetings.views.places import address


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def notice(request: HttpRequest, format: str, meeting: str, invitation: UUID) -> HttpResponse:
    """Give notice to a party that something waits for it."""
    row, found = invitation_or_404(request, format, meeting, invitation)
    open_to(request, "register.keep", row.format_id)
    if found.issued_at is None or found.withdrawn_at is not None:
        raise Http404
    form = NoticeForm(sent(request), relay=bool(mail.relay()), languages=languages_of(row))
    asking = Asking(
        request,
        title=_("Give notice"),
        what=_("A notice says that something waits, and nothing of what it is."),
        back=address("meeting_invitation", row, invitation=found.pk),
        action=_("Make the notice"),
        form=form,
        about=party_name(found.party_id, language()).text,
    )

    def run() -> HttpResponse | None:
        by, to, tongue = (form.cleaned_data[name] for name in ("by", "to", "language"))
        note_notice(invitation=found, by=by)
        link = request.build_absolute_uri(f"/{tongue}/desk/")
        with override(tongue):
            message = mail.notice(to=to, link=link)
            if by == "print":
                words = [each for each in message.get_content().split("\n\n") if each.strip()]
                context = {"words": words, "heading": message["Subject"], "language": tongue}
                return render(request, "meetings/letters/notice.html", context)
        if by == "relay":
            mail.send(message)
            return None
        return download(bytes(message), "message/rfc822", "notice.eml")

    return asking.answer(run)
