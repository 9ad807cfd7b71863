"""Commitments recorded from the exact words of a text that was issued at a meeting."""

from __future__ import annotations

from datetime import date

from sofra.cooperation.commands.making import Texts, propose
from sofra.cooperation.models import Commitment
from sofra.kernel.commands import command
from sofra.kernel.models import Party
from sofra.meetings.commands.issuing import Quotation, quote
from sofra.meetings.models import Issue


@command
def propose_from_text(
    *,
    issue: Issue,
    quotation: Quotation,
    owner: Party,
    title: Texts,
    indicator: Texts,
    due: date | None,
    zone: str,
    ministry: Texts | None = None,
    theme: str = "",
) -> Commitment:
    """Put forward what an issued text asks of a party, and keep the words it is taken from with the session.

    It counts once that party accepts the date. Raises NotAllowed; Refusal for bad input, for words that are not in the text,
    and where the members cannot read the text: what is asked of one of them they all read.
    """
    outcome = issue.outcome
    assert outcome.meeting.format is not None
    commitment = propose(
        format=outcome.meeting.format, owner=owner, title=title, indicator=indicator, ministry=ministry, due=due, zone=zone,
        origin_kind=outcome.kind, origin_id=outcome.pk, meeting=outcome.meeting, theme=theme,
    )  # fmt: skip
    quote(issue=issue, subject=commitment, quotation=quotation)
    return commitment
