"""What "After the meeting" brings: its page, its parts, what is recorded from an issued text, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.doors import SECRETARIAT
from sofra.kernel.models import Audience
from sofra.kernel.rooms import AfterPart, Card, DeskItem, FromText, Nav
from sofra.lexicon.naming import party_name
from sofra.meetings.contributions.agenda import SAMPLE, sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.contributions.outcomes import outcome_cards
from sofra.meetings.models import Issue, Meeting, Outcome, OwnAttendance
from sofra.meetings.queries import after, after_texts


def desk(actor: Actor) -> Iterable[DeskItem]:
    """Meetings held in which one's own delegation has not confirmed its part."""
    from sofra.meetings.queries.waiting import page

    return [
        DeskItem(
            title=meeting.worded.get("title", ""),  # type: ignore[attr-defined]
            url=page("attendance_own", meeting, party=actor.party_id),
            kind=_now("Your delegation's part is to be confirmed"),
            since=meeting.begins_at,
        )
        for meeting in after.to_confirm(actor, get_language() or "en")
    ]


def own_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """What a party says of its own part, by the party."""
    from sofra.meetings.queries.waiting import page

    rows = OwnAttendance.objects.select_related("meeting__format").filter(pk__in=ids)
    return {
        row.pk: Card(party_name(row.owner_party_id, language).text, page("attendance", row.meeting))
        for row in rows
        if row.owner_party_id is not None
    }


def issue_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """An issued text by its outcome."""
    outcomes = dict(Issue.objects.filter(pk__in=ids).values_list("pk", "outcome_id"))
    cards = outcome_cards(list(set(outcomes.values())), language)
    return {pk: cards[key] for pk, key in outcomes.items() if key in cards}


def canaries(world: Any) -> None:
    """Texts issued to all members and to one party, a decision drafted and one released from them, an own attendance."""
    from sofra.meetings.commands import attendance, issuing, outcomes

    with world.act("secretariat"):
        meeting = Meeting.objects.filter(format=world.format, slug=SAMPLE).first()
        if meeting is None:
            return
        al = world.parties["AL"].pk
        for holder, audience, readers in (
            ("format", Audience.FORMAT, []), ("AL+secretariat", Audience.PARTIES, [al]),
        ):  # fmt: skip
            title, words = world.token(holder), world.token(holder)
            summary = outcomes.draft_outcome(
                meeting=meeting,
                kind=Outcome.Kind.CHAIR_SUMMARY,
                texts={"en": outcomes.Text(title, f"The chair. {words}")},
            )
            issue = issuing.issue_outcome(outcome=summary, languages=["en"], audience=audience, readers=readers)
            for release in (False, True):
                token = world.token("format" if release else "secretariat")
                decision = issuing.record_decision(
                    issue=issue, texts={"en": outcomes.Text(token, token)}, quotation=issuing.Quotation("en", (words,))
                )
                if release:
                    outcomes.release_outcome(outcome=decision)
        world.found["meetings.issue"] = (summary.pk, issue.pk)
        status, meeting.status = meeting.status, Meeting.Status.UNDER_WAY
        Meeting.objects.filter(pk=meeting.pk).update(status=meeting.status)
    with world.act("AL"):
        attendance.confirm_own(meeting=meeting, present=True, level=Meeting.Level.EXPERTS)
    with world.act("secretariat"):
        Meeting.objects.filter(pk=meeting.pk).update(status=status)


def sample_issue(world: Any) -> dict[str, Any]:
    """The address of an issued text in the world that walks every route."""
    outcome, issue = world.found.get("meetings.issue", (UUID(int=0), UUID(int=0)))
    return {**sample_meeting(world), "outcome": outcome, "issue": issue}


def _outcome(world: Any) -> dict[str, Any]:
    return {**sample_meeting(world), "outcome": sample_issue(world)["outcome"]}


def _own(world: Any) -> dict[str, Any]:
    with world.act("secretariat"):
        return {**sample_meeting(world), "party": world.parties["AL"].pk}


PART = Contribution(
    nav=(Nav(_("After the meeting"), "after_meeting", place="meeting", order=78, roles=SECRETARIAT, when=after.held),),
    desk=desk,
    cards={"meetings.ownattendance": own_cards, "meetings.issue": issue_cards},
    changes={"attendance.own": _("A delegation confirmed its part in a meeting")},
    samples={
        **dict.fromkeys(("after_meeting", "after_record"), sample_meeting),
        **dict.fromkeys(("issued_text", "issued_decision"), sample_issue),
        "outcome_issue": _outcome,
        "attendance_own": _own,
    },
    canaries=canaries,
    after=(
        AfterPart("attendance", _("Attendance confirmed"), 10, after.attendance_lines),
        AfterPart("texts", _("Summary or statement issued and circulated"), 20, after_texts.text_lines),
        AfterPart("decisions", _("Decisions recorded from it"), 30, after_texts.decision_lines),
        AfterPart("public", _("Announced and public"), 50, after_texts.public_lines),
        AfterPart("record", _("Record page"), 60, after_texts.record_lines),
        AfterPart("closing", _("Closing"), 70, after.closing_lines),
        AfterPart("next", _("Next meeting"), 80, after.next_lines),
    ),
    from_text=(FromText(_("Record a decision"), "issued_decision", 10),),
)
