"""Invitations to a meeting: drafted, issued at one instant, answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, OBSERVERS, SECRETARIAT, door
from sofra.kernel.pages import UNPROCESSABLE, actor_of, language, open_to, sent
from sofra.kernel.refusals import Refusal
from sofra.lexicon.naming import party_name
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.commands import invitations as commands
from sofra.meetings.letter_forms import (
    DraftForm,
    InvitationForm,
    IssueForm,
    ReplyForm,
    invitation_initial,
    reply_initial,
)
from sofra.meetings.models import Invitation, Meeting, Reply
from sofra.meetings.queries.invitations import invitation_at, invited_to, registered
from sofra.meetings.queries.profile import require_profile
from sofra.meetings.queries.register import Asked, notes_of
from sofra.meetings.views.places import address, entering_at, meeting_or_404
from sofra.parties.entering import entry_of

READERS = DELEGATES | OBSERVERS | SECRETARIAT


def invitation_or_404(request: HttpRequest, format: str, meeting: str, invitation: UUID) -> tuple[Meeting, Invitation]:
    """The meeting and one invitation to it, as far as the reader may know of it."""
    row = meeting_or_404(request, format, meeting)
    found = invitation_at(row, invitation, language())
    if found is None:
        raise Http404
    return row, found


@door(GET=READERS)
def invitations(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """For the secretariat every party with its answer; for a party its own invitation and nobody else's."""
    row = meeting_or_404(request, format, meeting)
    actor = actor_of(request)
    serves = actor.serves(row.format_id)
    lines = invited_to(row, language())
    if not serves:
        lines = [line for line in lines if line.party.pk == actor.party_id]
    sent_out = [line for line in lines if line.invitation is not None and line.invitation.issued_at is not None]
    own = lines[0].invitation if lines and not serves else None
    context = {
        "meeting": row,
        "lines": lines,
        "serves": serves,
        "own": own,
        "may_answer": own is not None and bool(policy.decide(actor, "invitations.answer", own)),
        "may_issue": bool(policy.decide(actor, "invitations.issue", row)),
        "missing": any(line.invitation is None for line in lines),
        "drafts": any(line.invitation is not None and line.invitation.issued_at is None for line in lines),
        "invited": len(sent_out),
        "answered": sum(1 for line in sent_out if line.replies),
    }
    return render(request, "meetings/letters/invitations.html", context)


@door(GET=READERS)
def invitation(request: HttpRequest, format: str, meeting: str, invitation: UUID) -> HttpResponse:
    """One invitation: what was answered and when, the notes that belong to it."""
    row, found = invitation_or_404(request, format, meeting, invitation)
    actor = actor_of(request)
    assert row.format is not None
    notes = notes_of(row.format, Asked(party=found.party_id, meeting=row.pk), row.zone, language())
    history: list[Reply] = found.history  # type: ignore[attr-defined]
    accepted = bool(history) and history[0].answer == Reply.Answer.ACCEPTED
    context = {
        "meeting": row,
        "invitation": found,
        "reply": history[0] if history else None,
        "earlier": history[1:],
        "notes": [note for note in notes if note.invitation_id in (None, found.pk)],
        "serves": actor.serves(row.format_id),
        "may_answer": bool(policy.decide(actor, "invitations.answer", found)),
        "may_issue": bool(policy.decide(actor, "invitations.issue", row)) and found.withdrawn_at is None,
        "may_register": accepted
        and bool(policy.decide(actor, "delegations.keep", (row, found.party_id)))
        and not registered(row, found.party_id),
    }
    return render(request, "meetings/letters/invitation.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def draft(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Draft invitations for the parties that have none."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "invitations.issue", row)
    parties = [line.party for line in invited_to(row, language()) if line.invitation is None]
    if not parties:
        raise Http404
    form = DraftForm(sent(request), initial={"level": row.level}, zone=row.zone, parties=parties, language=language())
    asking = Asking(
        request,
        title=_("Draft invitations"),
        what=_("Drafts are read by the secretariat alone."),
        back=address("invitations", row),
        action=_("Draft"),
        form=form,
        about=row.worded.get("title"),  # type: ignore[attr-defined]
    )

    def run() -> None:
        chosen = [UUID(key) for key in form.cleaned_data["parties"]]
        commands.draft_invitations(meeting=row, parties=chosen, **form.values())

    return asking.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def issue(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Issue drafts, all at one instant, once the sentence was read."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "invitations.issue", row)
    drafts = [line.invitation for line in invited_to(row, language()) if line.invitation is not None]
    drafts = [each for each in drafts if each.issued_at is None]
    if not drafts:
        raise Http404
    for each in drafts:
        each.meeting = row
    form = IssueForm(sent(request), drafts=drafts, language=language())
    asking = Asking(
        request,
        title=_("Issue invitations"),
        what=_("Nothing is recorded before you have read the sentence. Each party then reads its own invitation."),
        back=address("invitations", row),
        action=_("Issue"),
        form=form,
        about=row.worded.get("title"),  # type: ignore[attr-defined]
    )
    try:
        require_profile(row)
    except Refusal as refusal:
        context = {"title": _("Issue invitations"), "refused": refusal.sentence, "back": address("invitations", row)}
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "meetings/refused.html", context, status=status)

    def run() -> None:
        commands.issue_invitations(meeting=row, invitations=[each.pk for each in form.chosen()])

    def sentence() -> str:
        return sentences.sentence("invitation.issue", whom=sentences.names([each.party_id for each in form.chosen()]))

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def change(request: HttpRequest, format: str, meeting: str, invitation: UUID) -> HttpResponse:
    """Change a draft, or by when an answer is asked for."""
    row, found = invitation_or_404(request, format, meeting, invitation)
    open_to(request, "invitations.issue", row)
    if found.withdrawn_at is not None:
        raise Http404
    form = InvitationForm(sent(request), initial=invitation_initial(found, row.zone), zone=row.zone)
    asking = Asking(
        request,
        title=_("Change an invitation"),
        what=_("Whoever reads the invitation reads the change at once."),
        back=address("meeting_invitation", row, invitation=found.pk),
        action=_("Save"),
        form=form,
        obj=found,
        about=party_name(found.party_id, language()).text,
    )

    def run() -> None:
        seen = form.cleaned_data["version"] or 0
        commands.change_invitation(invitation=found, seen_version=seen, **form.values())

    return asking.answer(run, stands=lambda theirs: invitation_initial(theirs, row.zone))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def withdraw(request: HttpRequest, format: str, meeting: str, invitation: UUID) -> HttpResponse:
    """Call an invitation off."""
    row, found = invitation_or_404(request, format, meeting, invitation)
    open_to(request, "invitations.issue", row)
    if found.withdrawn_at is not None:
        raise Http404
    asking = Asking(
        request,
        title=_("Call an invitation off"),
        what=_("It stays known to whoever reads it, marked as called off. The party can be invited anew."),
        back=address("meeting_invitation", row, invitation=found.pk),
        action=_("Call it off"),
        grave=True,
        obj=found,
        about=party_name(found.party_id, language()).text,
    )

    def run() -> None:
        commands.withdraw_invitation(invitation=found)

    return asking.answer(run, lambda: sentences.sentence("invitation.withdraw", party=found.party_id))


@door(GET=READERS, POST=READERS)
def answer(request: HttpRequest, format: str, meeting: str, invitation: UUID) -> HttpResponse:
    """Accept at a level or send regrets; the secretariat enters what a delegation answered."""
    row, found = invitation_or_404(request, format, meeting, invitation)
    open_to(request, "invitations.answer", found)
    party: Any = next((line.party for line in invited_to(row, language()) if line.party.pk == found.party_id), None)
    if party is None:
        raise Http404
    entering = entering_at(request, row, party)
    form = ReplyForm(sent(request), initial=reply_initial(found), languages=languages_of(row))
    asking = Asking(
        request,
        title=_("Answer the invitation"),
        what=_(
            "The secretariat and your delegation read the answer; other parties learn who comes once the delegation is "
            "announced. An answer can be changed until the meeting; each one is kept."
        ),
        back=address("meeting_invitation", row, invitation=found.pk),
        action=_("Answer"),
        form=form,
        entering=entering,
        about=party_name(found.party_id, language()).text,
    )

    def run() -> None:
        entry = entry_of(entering)
        commands.answer_invitation(invitation=found, entry=entry, **form.values())

    def sentence() -> Any:
        said = form.cleaned_data
        return commands.answer_sentence(found.party_id, said["answer"], said["level"], sentences.sentence)

    return asking.answer(run, sentence)
