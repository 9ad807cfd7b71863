"""Pages on which something is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from sofra.kernel import acting, policy
from sofra.kernel.commands import enter_for
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.models import Entry, Membership
from sofra.kernel.refusals import Conflict, Refusal
from sofra.sources import commands, queries
from sofra.sources.forms import CommentForm, CorrectionForm, EnteredCommentForm, EntryForm
from sofra.sources.models import Claim, Comment


def _claim(claim_id: UUID) -> Claim:
    found = Claim.objects.filter(pk=claim_id, current=True).first()
    if found is None:
        raise Http404
    return found


def _comment(comment_id: UUID, action: str = "record.change_comment") -> Comment:
    found = Comment.objects.select_related("claim", "owner_party").filter(pk=comment_id).first()
    if found is None or not policy.decide(acting.current(), action, found):
        raise Http404
    return found


def _members(claim: Claim) -> list[Any]:
    rows = Membership.objects.filter(format=claim.format, capacity=Membership.Capacity.MEMBER, until=None)
    return [row.party for row in rows.select_related("party")]


def _entry(claim: Claim, form: forms.Form) -> Entry:
    data = form.cleaned_data
    received = data["received_at"]
    return enter_for(
        UUID(data["party"]),
        claim.format_id,
        channel=data["channel"],
        received_at=received if received.tzinfo else received.replace(tzinfo=UTC),
        reference=data["reference"],
    )


def _tried(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Whether the act was done; a refusal stands beside its field, and what was typed is kept."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return False
    return True


@door(GET=DELEGATES | SECRETARIAT, POST=DELEGATES | SECRETARIAT)
def comment(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """A party's comment beside a claim; the secretariat enters one it received."""
    claim = _claim(claim_id)
    actor = acting.current()
    policy.require(actor, "record.comment", claim)
    members = _members(claim) if actor.party_id is None else []
    data = request.POST if request.method == "POST" else None
    initial = {"language": get_language()}
    if actor.party_id is None:
        choices = [(str(party.pk), "") for party in members]
        form: forms.Form = EnteredCommentForm(data, parties=choices, initial=initial)
    else:
        form = CommentForm(data, initial=initial)

    def write() -> None:
        values = form.cleaned_data
        entry = None if actor.party_id else _entry(claim, form)
        commands.write_comment(claim, values["language"], values["text"], released=values["released"], entry=entry)

    if data is not None and form.is_valid() and _tried(form, write):
        return redirect("record_claim", claim_id=claim.pk)
    return _page(request, claim, form, "sources/comment.html", members=members)


@door(GET=DELEGATES | SECRETARIAT, POST=DELEGATES | SECRETARIAT)
def correct(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Another text in a comment's place."""
    row = _comment(comment_id)
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, initial={"text": row.text, "seen": row.version})
    theirs: Comment | None = None
    if data is not None and form.is_valid():
        try:
            commands.correct_comment(row, form.cleaned_data["text"], form.cleaned_data["seen"])
            return redirect("record_claim", claim_id=row.claim_id)
        except Conflict as conflict:
            theirs = conflict.theirs
            # What was typed stays; saving again is made from the version that is shown beside it.
            form.data = request.POST.copy()
            form.data["seen"] = str(conflict.theirs.version)
            form.add_error(None, str(conflict.sentence))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
    return _page(request, row.claim, form, "sources/correct.html", comment=row, theirs=theirs)


@door(POST=DELEGATES | SECRETARIAT)
def release_comment(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Let the public read a comment."""
    row = _comment(comment_id)
    commands.release_comment(row)
    return redirect("record_claim", claim_id=row.claim_id)


@door(POST=DELEGATES | SECRETARIAT)
def withdraw_comment(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Take a comment from view; its words are kept for its party."""
    row = _comment(comment_id)
    commands.withdraw_comment(row)
    return redirect("record_claim", claim_id=row.claim_id)


@door(POST=SECRETARIAT)
def ask_release(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Put a sensitive claim before the members."""
    claim = _claim(claim_id)
    commands.ask_release(claim)
    return redirect("record_claim", claim_id=claim.pk)


@door(GET=DELEGATES | SECRETARIAT, POST=DELEGATES | SECRETARIAT)
def release(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """A member releases a sensitive claim; the secretariat enters a release it received."""
    claim = _claim(claim_id)
    actor = acting.current()
    if not policy.decide(actor, "record.release", claim):
        raise Http404
    members = _members(claim) if actor.party_id is None else []
    data = request.POST if request.method == "POST" else None
    choices = [(str(party.pk), "") for party in members]
    form: forms.Form = forms.Form(data) if actor.party_id else EntryForm(data, parties=choices)

    def agree() -> None:
        commands.release_claim(claim, entry=None if actor.party_id else _entry(claim, form))

    if data is not None and form.is_valid() and _tried(form, agree):
        return redirect("record_claim", claim_id=claim.pk)
    return _page(request, claim, form, "sources/release.html", members=members)


def _page(request: HttpRequest, claim: Claim, form: forms.Form, template: str, **more: Any) -> HttpResponse:
    record = queries.claim_record(claim.pk, get_language() or "en")
    if record is None:
        raise Http404
    context = {"fact": record.fact, "form": form, **more}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
