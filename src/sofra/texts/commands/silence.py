"""The silence procedure: opened by the chair until an exact instant, broken by a delegation before it, answered by the chair.

The database's clock decides, under the lock of the text; a lapse is recorded by the first later command (`rows.hold`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command, database_now, lock_subject
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands.procedure import speaker
from sofra.texts.commands.deciding import freeze
from sofra.texts.commands.lapsing import refuse_under_silence
from sofra.texts.commands.rows import as_owner_of, hold, of_all, of_party, reasoned, saved
from sofra.texts.models import Reopening, Silence, SilenceBreak, SilenceEvent, Text, Version
from sofra.texts.queries.silence import adoption_of
from sofra.texts.queries.text import Now, paragraphs_now
from sofra.texts.queries.versions import differences_between

Kind = SilenceEvent.Kind


def refuse_open_brackets(text: Text) -> list[Now]:
    """The shared paragraphs of a text. Raises Refusal while a bracket is open in one."""
    found = [each for each in paragraphs_now(text) if each.shared and not each.placing.gone]
    open_in = [each for each in found if any(each.brackets(language) for language in each.stands)]
    if open_in:
        raise Refusal(
            _("Brackets are open in %(count)s of its paragraphs; they are closed first.") % {"count": len(open_in)}
        )
    return found


@command
def open_silence(
    *,
    text: Text,
    deadline: datetime,
    question: dict[str, str],
    names_breaker: bool = True,
    ad_referendum: bool = False,
    override: dict[str, str] | None = None,
) -> Silence:
    """Freeze the text and let it be adopted at `deadline` unless a member objects before it. Raises NotAllowed, Refusal.

    Differences between its languages stop it, unless `override` says why they do not matter; that is recorded.
    """
    policy.require(acting.current(), "texts.chair", text)
    now = hold(text)
    refuse_under_silence(text, now)
    if adoption_of(text) is not None:
        raise Refusal(_("The text is adopted. Reopen it before another procedure."))
    if deadline <= now:
        raise Refusal(_("The silence has to end at an instant to come."), "deadline")
    if not any(said.strip() for said in question.values()):
        raise Refusal(_("Write the question that is put, in at least one language."), "question")
    found = refuse_open_brackets(text)
    differing = differences_between(found, text.languages)
    if differing and not any(said.strip() for said in (override or {}).values()):
        raise Refusal(
            _("The language versions differ in %(count)s places. Mend them, or say why that does not matter.")
            % {"count": len(differing)},
            "override",
        )
    return _opened(text, freeze(text, now), deadline, now, question, names_breaker, ad_referendum, override or {})


def _opened(
    text: Text,
    version: Version,
    deadline: datetime,
    now: datetime,
    question: dict[str, str],
    names_breaker: bool,
    ad_referendum: bool,
    override: dict[str, str],
    follows: Silence | None = None,
) -> Silence:
    row = Silence(
        text=text, version_under=version, deadline=deadline, zone=text.meeting.zone, names_breaker=names_breaker,
        ad_referendum=ad_referendum, follows=follows, **of_all(text),
    )  # fmt: skip
    saved(row, now)
    wordings.put(row, "question", {language: said.strip() for language, said in question.items() if said.strip()})
    if any(said.strip() for said in override.values()):
        wordings.put(row, "override", {language: said.strip() for language, said in override.items() if said.strip()})
    recording.record(
        "texts.silence_opened",
        row,
        {"version": version.number, "deadline": deadline, "question": question, "override": override,
         "digests": version.digests, "follows": follows.pk if follows else None},
        meeting_id=text.meeting_id,
    )  # fmt: skip
    return row


@command
def break_silence(
    *, silence: Silence, words: dict[str, str], party_id: UUID | None = None, entry: Entry | None = None
) -> SilenceBreak:
    """Object to a version under silence, or ask to amend it, in writing, before its instant.

    The first breaks it; whatever else is sent before the instant is kept too. An entry counts by the instant at which it was
    received: entered after the silence ran out, it does not undo the adoption; it marks it until the chair answers. Raises
    NotAllowed, Refusal.
    """
    text = silence.text
    policy.require(acting.current(), "texts.speak", text)
    party = speaker(text.meeting, party_id, entry)
    if entry is None:
        # Shared, so that delegations that write in the last second do not wait for each other before the clock is read.
        lock_subject(text.pk, shared=True)
        now = received = database_now()
    else:
        now, received = hold(text), entry.received_at
    if SilenceEvent.objects.filter(silence=silence, kind=Kind.WITHDRAWN).exists():
        raise Refusal(_("This silence is over already. Nothing was recorded."))
    if received >= silence.deadline:
        raise Refusal(
            _("The silence ended before this was received; the database's clock decides. Nothing was recorded.")
        )
    if received < silence.at:
        raise Refusal(_("This was received before the silence began. Nothing was recorded."), "received_at")
    broken = SilenceEvent.objects.filter(silence=silence, kind=Kind.BROKEN).exists()
    late = now >= silence.deadline and not broken
    if late and (adopted := adoption_of(text)) is not None and adopted.silence_id != silence.pk:
        raise Refusal(_("What this silence adopted does not hold any more. Nothing was recorded."))
    kept = {language: said.strip() for language, said in words.items() if said.strip()}
    if not kept:
        raise Refusal(_("Write the objection or the amendment, in at least one language."), "words")
    row = SilenceBreak(
        silence=silence, received_at=received, late=late,
        **of_party(text, party, entry, "" if silence.names_breaker else Audience.SECRETARIAT),
    )  # fmt: skip
    saved(row, now)
    wordings.put(row, "words", kept)
    recording.record(
        "texts.silence_objection",
        row,
        {"received_at": received, "late": late, "words": kept},
        meeting_id=text.meeting_id,
    )
    with as_owner_of(text):
        event(silence, Kind.LATE if late else Kind.BROKEN, now, party if silence.names_breaker else None)
    return row


def event(silence: Silence, kind: str, now: datetime, party: UUID | None = None) -> SilenceEvent:
    """Write down what became of a silence, for all at once. The caller holds the text and may write its rows.

    Of objections that break it at the same time, the first that is written down is told as what broke it.
    """
    row = SilenceEvent(silence=silence, kind=kind, party_id=party, at=now, readable_from=now, **of_all(silence.text))
    SilenceEvent.objects.bulk_create([row], ignore_conflicts=True)
    if SilenceEvent.objects.filter(pk=row.pk).exists():
        recording.record(f"texts.silence_{kind}", row, {"silence": silence.pk}, meeting_id=silence.text.meeting_id)
    return row


@command
def withdraw_silence(*, silence: Silence, reason: dict[str, str]) -> SilenceEvent:
    """Withdraw a silence while it runs. Raises NotAllowed, Refusal."""
    text = silence.text
    policy.require(acting.current(), "texts.chair", text)
    now = hold(text)
    if now >= silence.deadline or SilenceEvent.objects.filter(silence=silence, kind__in=SilenceEvent.ENDINGS).exists():
        raise Refusal(_("This silence is over already. Nothing was recorded."))
    row = event(silence, Kind.WITHDRAWN, now)
    reasoned(row, reason)
    return row


@command
def answer_silence(
    *, silence: Silence, how: str, reason: dict[str, str], deadline: datetime | None = None
) -> SilenceEvent:
    """What becomes of a broken silence: negotiated further, extended or opened anew until `deadline`, or given up.

    Extended, the same version is under silence again; anew, the text as it stands now. Raises NotAllowed, Refusal.
    """
    text = silence.text
    policy.require(acting.current(), "texts.chair", text)
    now = hold(text)
    kinds = set(SilenceEvent.objects.filter(silence=silence).values_list("kind", flat=True))
    if Kind.BROKEN not in kinds or kinds & set(SilenceEvent.ANSWERS):
        raise Refusal(_("This silence does not wait for the chair. Nothing was recorded."))
    if how not in SilenceEvent.ANSWERS:
        raise Refusal(_("Choose what becomes of the procedure."), "how")
    again = how in (Kind.EXTENDED, Kind.RENEWED)
    if again and (deadline is None or deadline <= now):
        raise Refusal(_("The silence has to end at an instant to come."), "deadline")
    row = event(silence, how, now)
    reasoned(row, reason)
    if again and deadline is not None:
        question = wordings.of([silence]).get(silence.pk, {}).get("question", {})
        if how == Kind.RENEWED and differences_between(refuse_open_brackets(text), text.languages):
            raise Refusal(
                _(
                    "The language versions differ. Mend them, or give this up and open another, saying why that does not matter."
                ),
                "how",
            )
        version = silence.version_under if how == Kind.EXTENDED else freeze(text, now)
        _opened(
            text, version, deadline, now, question, silence.names_breaker, silence.ad_referendum, {}, follows=silence
        )  # fmt: skip
    return row


@command
def answer_late(*, silence: Silence, stands: bool, reason: dict[str, str]) -> SilenceEvent:
    """Answer an objection that was received in time and entered after the silence ran out: the adoption stands, or the text
    is reopened; for a reason that all read. Raises NotAllowed, Refusal."""
    text = silence.text
    policy.require(acting.current(), "texts.chair", text)
    now = hold(text)
    events = list(SilenceEvent.objects.filter(silence=silence).order_by("at"))
    kinds = [each.kind for each in events]
    if Kind.LATE not in kinds or Kind.REOPENED in kinds or kinds[-1] == Kind.STANDS:
        raise Refusal(_("Nothing waits for the chair's answer here."))
    row = event(silence, Kind.STANDS if stands else Kind.REOPENED, now)
    kept = reasoned(row, reason)
    adopted = adoption_of(text)
    if not stands and adopted is not None:
        reopening = Reopening(text=text, adoption=adopted, **of_all(text))
        saved(reopening, now)
        wordings.put(reopening, "reason", kept)
        recording.record("texts.reopened_whole", reopening, {"adoption": adopted.pk}, meeting_id=text.meeting_id)
    return row
