"""What a meeting ends with, to be read, written, released, adopted, published; and the end of the meeting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.commands import database_now
from sofra.kernel.doors import ANYONE, DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, language, open_to, sent
from sofra.lexicon.naming import order_parties
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import (
    AdoptForm,
    CloseForm,
    OutcomeForm,
    ReasonForm,
    ReleaseForm,
    languages_of,
    outcome_initial,
)
from sofra.meetings.commands import outcomes as commands
from sofra.meetings.models import Meeting, Outcome, Procedure
from sofra.meetings.queries.after_texts import issue_words
from sofra.meetings.queries.issuing import issues_of, quoted_by
from sofra.meetings.queries.outcomes import fingerprint, get_outcome, outcomes_of
from sofra.meetings.views.places import address, entering_at, meeting_or_404, objecting


@door(GET=ANYONE)
def outcomes(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """What a meeting ended with, as far as the reader may read it."""
    row = meeting_or_404(request, format, meeting)
    actor = actor_of(request)
    rows = outcomes_of(row, language())
    context = {
        "meeting": row,
        "none": [each for each in rows if each.kind == Outcome.Kind.NONE],
        "outcomes": [each for each in rows if each.kind != Outcome.Kind.NONE and each.withdrawn_at is None],
        "withdrawn": [each for each in rows if each.withdrawn_at is not None],
        "may_write": bool(policy.decide(actor, "outcomes.write", row)),
        "may_close": bool(policy.decide(actor, "outcomes.close", row)),
        "now": database_now(),
    }
    return render(request, "meetings/outcomes/outcomes.html", context)


def place(request: HttpRequest, format: str, meeting: str, outcome: UUID) -> tuple[Meeting, Outcome]:
    """The meeting and the outcome of an address; 404 where the reader knows of none such."""
    row = meeting_or_404(request, format, meeting)
    one = get_outcome(row, outcome, language())
    if one is None or one.kind == Outcome.Kind.NONE:
        raise Http404
    return row, one


def ways(actor: Any, one: Any) -> list[tuple[str, str, bool]]:
    """What the actor can do with an outcome now: (act, the button's words, whether it is grave)."""
    found: list[tuple[str, str, bool]] = []
    released = one.released_at is not None and one.released_at <= database_now()
    writes, settled = bool(policy.decide(actor, "outcomes.write", one.meeting)), one.adopted is not None
    if one.withdrawn_at is not None:
        return []
    if writes:
        if one.released_at is None:
            found.append(("release", _("Release to all members"), False))
        if released and one.adoptable and not settled and one.running is None:
            found.append(("adopt", _("Adopt"), False))
        if one.running is not None:
            found.append(("stop", _("Stop the silence procedure"), True))
        if released and one.published_at is None and (settled or not one.adoptable):
            found.append(("publish", _("Publish"), False))
        if one.issuable and (settled or not one.adoptable):
            found.append(("issue", _("Issue and circulate"), False))
        if not settled and one.running is None:
            found.append(("edit", _("Change"), False))
        if one.released_at is None:
            found.append(("withdraw", _("Withdraw the draft"), True))
    in_silence = settled and one.adopted.procedure.method == Procedure.Method.SILENCE
    if released and in_silence and actor.serves(one.format_id):
        found.append(("object", _("Enter an objection received in time"), False))
    if released and one.adoptable and not settled and policy.decide(actor, "outcomes.object", one):
        mine = any(act.owner_party_id == actor.party_id for act in one.objections)
        if mine or (actor.party_id is None and one.objections):
            found.append(("lift", _("Withdraw the objection"), False))
        if not mine:
            found.append(("object", _("Object"), True))
    return found


@door(GET=ANYONE)
def outcome(request: HttpRequest, format: str, meeting: str, outcome: UUID) -> HttpResponse:
    """One outcome, in every language it has."""
    row, one = place(request, format, meeting, outcome)
    seen: Any = one
    codes = dict.fromkeys([*row.working_languages, *seen.texts])
    here = language()
    ordered = sorted(codes, key=lambda code: code != here)
    writes = bool(policy.decide(actor_of(request), "outcomes.write", row))
    issues = issues_of([one], here).get(one.pk, []) if writes and one.issuable else []
    context = {
        "meeting": row,
        "outcome": one,
        "issues": [
            (issue_words(each, row, here), address("issued_text", row, outcome=one.pk, issue=each.pk))
            for each in issues
        ],
        "quoted": quoted_by([one.pk], here).get(one.pk, []) if one.kind == Outcome.Kind.DECISION else [],
        "texts": [
            (code, seen.texts.get(code)) for code in ordered if seen.texts.get(code) or code in row.working_languages
        ],
        "ways": ways(actor_of(request), one),
        "objecting": order_parties([act.owner_party_id for act in seen.objections], here),
        "late_entries": seen.late_entries,
        "may_answer_late": writes,
        "writes": writes,
    }
    return render(request, "meetings/outcomes/outcome.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def draft(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Draft an outcome."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "outcomes.write", row)
    form = OutcomeForm(sent(request), languages=languages_of(row), new=True)
    asking = Asking(
        request,
        title=_("Write an outcome"),
        what=_("A draft is read by the secretariat alone until it is released to all members at one instant."),
        back=address("outcomes", row),
        about=_("Decisions"),
        action=_("Keep as a draft"),
        form=form,
    )

    def run() -> str:
        made = commands.draft_outcome(meeting=row, kind=form.cleaned_data["kind"], texts=form.outcome_texts())
        return address("outcome", row, outcome=made.pk)

    return asking.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def edit(request: HttpRequest, format: str, meeting: str, outcome: UUID) -> HttpResponse:
    """Change an outcome that is not adopted yet."""
    row, one = place(request, format, meeting, outcome)
    open_to(request, "outcomes.write", row)
    initial = outcome_initial(one)
    form = OutcomeForm(sent(request), initial=initial, languages=languages_of(row), new=False)
    asking = _asking(request, row, one, _("Change the outcome"), _("Keep the change"), form=form)
    return asking.answer(
        lambda: commands.edit_outcome(
            outcome=one, seen_version=form.cleaned_data["version"] or 0, texts=form.outcome_texts()
        ),
        stands=lambda theirs: initial | {"version": theirs.version},
    )


def _asking(request: HttpRequest, row: Meeting, one: Outcome, title: str, action: str, **more: Any) -> Asking:
    return Asking(
        request,
        title=title,
        what=_("Nothing is recorded before you have read the sentence.")
        if more.pop("said", False)
        else _("An outcome."),
        back=address("outcome", row, outcome=one.pk),
        about=one.worded.get("title"),  # type: ignore[attr-defined]
        action=action,
        obj=one,
        **more,
    )


def _titled(one: Outcome) -> str:
    return str(one.worded.get("title", ""))  # type: ignore[attr-defined]


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def release(request: HttpRequest, format: str, meeting: str, outcome: UUID) -> HttpResponse:
    """Release a draft to all members, at one instant for all."""
    row, one = place(request, format, meeting, outcome)
    open_to(request, "outcomes.write", row)
    form = ReleaseForm(sent(request), zone=row.zone)
    asking = _asking(request, row, one, _("Release to all members"), _("Release"), form=form, said=True)

    def sentence() -> str:
        at = form.cleaned_data["instant"]
        said = sentences.exact(at, row.zone) if at else _("the instant this is recorded")
        return sentences.sentence("outcome.release", title=_titled(one), instant=said)

    return asking.answer(lambda: commands.release_outcome(outcome=one, at=form.cleaned_data["instant"]), sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def adopt(request: HttpRequest, format: str, meeting: str, outcome: UUID) -> HttpResponse:
    """Adopt a released text by consensus, or put it under silence."""
    row, one = place(request, format, meeting, outcome)
    open_to(request, "outcomes.write", row)
    seen = fingerprint(one.texts)  # type: ignore[attr-defined]
    form = AdoptForm(sent(request), initial={"seen": seen}, zone=row.zone)
    asking = _asking(request, row, one, _("Adopt the text"), _("Record this"), form=form, said=True)

    def sentence() -> str:
        if form.cleaned_data["method"] == Procedure.Method.SILENCE:
            until = sentences.exact(form.instant, row.zone)
            return sentences.sentence("outcome.silence", title=_titled(one), deadline=until)
        return sentences.sentence("outcome.consensus", title=_titled(one))

    def run() -> None:
        read = form.cleaned_data["seen"] or None
        if form.cleaned_data["method"] == Procedure.Method.SILENCE:
            commands.open_outcome_silence(outcome=one, deadline=form.instant, seen=read)
        else:
            commands.adopt_outcome(outcome=one, seen=read)

    return asking.answer(run, sentence)


#: Acts of the secretariat that ask nothing but the sentence: title, button, the sentence's key, the command.
PLAIN: dict[str, tuple[Any, Any, str, Any]] = {
    "publish": (lambda: _("Publish"), lambda: _("Publish"), "outcome.publish", commands.publish_outcome),
    "stop": (
        lambda: _("Stop the silence procedure"), lambda: _("Stop it"), "outcome.stop", commands.stop_outcome_silence,
    ),
    "withdraw": (lambda: _("Withdraw the draft"), lambda: _("Withdraw it"), "", commands.withdraw_outcome),
}  # fmt: skip


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def act(request: HttpRequest, format: str, meeting: str, outcome: UUID, act: str) -> HttpResponse:
    """Publish, stop a silence, withdraw a draft."""
    if act not in PLAIN:
        raise Http404
    row, one = place(request, format, meeting, outcome)
    open_to(request, "outcomes.write", row)
    title, action, key, command = PLAIN[act]
    asking = _asking(request, row, one, title(), action(), said=bool(key), grave=act != "publish")
    return asking.answer(
        lambda: command(outcome=one), (lambda: sentences.sentence(key, title=_titled(one))) if key else None
    )


@door(GET=DELEGATES | SECRETARIAT, POST=DELEGATES | SECRETARIAT)
def object_(request: HttpRequest, format: str, meeting: str, outcome: UUID) -> HttpResponse:
    """Object to the adoption of a text."""
    return _objecting(request, format, meeting, outcome, lift=False)


@door(GET=DELEGATES | SECRETARIAT, POST=DELEGATES | SECRETARIAT)
def lift(request: HttpRequest, format: str, meeting: str, outcome: UUID) -> HttpResponse:
    """Withdraw the objection to a text."""
    return _objecting(request, format, meeting, outcome, lift=True)


def _objecting(request: HttpRequest, format: str, meeting: str, outcome: UUID, *, lift: bool) -> HttpResponse:
    row, one = place(request, format, meeting, outcome)
    open_to(request, "outcomes.object", one)
    form = None if lift else ReasonForm(sent(request), languages=languages_of(row))
    entering = entering_at(request, row)
    title = _("Withdraw the objection") if lift else _("Object to the text")
    asking = _asking(
        request, row, one, title, _("Withdraw the objection") if lift else _("Object"),
        form=form, entering=entering, grave=not lift, said=True,
    )  # fmt: skip

    def run() -> None:
        party, entry = entering.owner()
        if form is None:
            commands.lift_objection(outcome=one, party_id=party, entry=entry)
        else:
            commands.object_to_outcome(
                outcome=one, reason=form.texts("reason"), reason_audience=form.cleaned_data["reason_audience"],
                party_id=party, entry=entry,
            )  # fmt: skip

    def sentence() -> str:
        if lift:
            return sentences.sentence("outcome.lift", party=asking.party, title=_titled(one))
        return objecting(asking, "outcome", one.pk, row, title=_titled(one))

    return asking.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def close(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Close the meeting with what is written down, or with the record that there is no outcome document."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "outcomes.close", row)
    kinds = commands.standing_kinds(row)
    # Where nothing is written down, that it is none of these has to be said.
    form = None if kinds else CloseForm(sent(request))
    asking = Asking(
        request,
        title=_("Close the meeting"),
        what=_("A closed meeting's agenda does not change any more. Outcomes can still be released and published."),
        back=address("outcomes", row),
        about=_("Decisions"),
        action=_("Close the meeting"),
        form=form,
        grave=True,
        obj=row,
    )

    def sentence() -> str:
        here = get_language() or "en"
        said = commands.closing_sentence(row, kinds)
        if here in said:
            return said[here]
        with override("en"):
            return said["en"]

    return asking.answer(
        lambda: commands.close_meeting(meeting=row, seen_version=row.version, none=form is not None), sentence
    )
