"""The owner reports, with sources; the owner corrects what was entered for it or what it wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO

from django.utils.translation import gettext as _

from sofra.cooperation.commands.common import day, one_at_a_time, owners_place, texts, titles
from sofra.cooperation.commands.dates import ENDED
from sofra.cooperation.models import Commitment, Report, ReportSource
from sofra.cooperation.standing import state_of
from sofra.kernel import acting, policy, wordings
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.files import keep_file
from sofra.kernel.models import Entry
from sofra.kernel.recording import record
from sofra.kernel.refusals import NotAllowed, Refusal


@dataclass(frozen=True)
class NewSource:
    """A source as it is handed in: a title, the day it is of, where it stands, or the document itself."""

    title: str
    published_on: date | None = None
    link: str = ""
    document: IO[bytes] | None = None
    document_name: str = ""


@command
def report(
    commitment: Commitment,
    *,
    on: date | None,
    claim: str,
    text: Mapping[str, str],
    modality: str = Report.Modality.REPORTED,
    sources: Sequence[NewSource] = (),
    entry: Entry | None = None,
) -> Report:
    """Say how a commitment stands. A claim of completion needs a source, and with it closes the commitment.

    Raises NotAllowed for anyone but the owner (or the secretariat with an entry), Refusal on an ended commitment, a day to
    come, a text or source that does not do.
    """
    actor = acting.current()
    policy.require(actor, "cooperation.report", commitment)
    one_at_a_time(commitment.pk)
    now = database_now()
    place = owners_place(actor, commitment, entry)
    if state_of(commitment, now).code in ENDED:
        raise Refusal(_("This commitment has ended. Correct the report that ended it, if it is yours."))
    told_on = _check(on, claim, modality, bool(sources), now.date())
    written = Report.objects.create(commitment=commitment, on=told_on, claim=claim, modality=modality, at=now, **place)
    said = texts("text", text)
    wordings.put(written, "text", said)
    for source in sources:
        _keep_source(written, source)
    record(
        "cooperation.completed" if claim == Report.Claim.DONE else "cooperation.reported",
        written, {"on": on, "claim": claim, "text": said, "sources": [source.title for source in sources]},
        meeting_id=commitment.meeting_id, shown=titles(commitment),
    )  # fmt: skip
    return written


@command
def correct_report(
    written: Report,
    *,
    seen: int,
    on: date | None,
    claim: str,
    text: Mapping[str, str],
    modality: str,
    sources: Sequence[NewSource] = (),
) -> Report:
    """Correct a report; what it said before stays in the audit. A delegation so makes its own what was entered for it.

    Raises Conflict where somebody else changed it since version `seen`.
    """
    actor = acting.current()
    policy.require(actor, "cooperation.report", written.commitment)
    own = written.owner_party_id == actor.party_id
    if not own and written.entry_id is None:
        raise NotAllowed(_("The owner wrote this report itself; only the owner corrects it."))
    one_at_a_time(written.commitment_id)
    check_version(written, seen)
    told_on = _check(on, claim, modality, bool(sources) or written.sources.exists(), database_now().date())
    said = texts("text", text)
    written.on, written.claim, written.modality = told_on, claim, modality
    if own:
        written.entry = None
        for kept in written.sources.all():
            kept.entry = None
            save_next(kept, ["entry"])
            wordings.replace_placement(kept)
    save_next(written, ["on", "claim", "modality", "entry"])
    wordings.replace_placement(written)
    wordings.put(written, "text", {**dict.fromkeys(text, ""), **said})
    for source in sources:
        _keep_source(written, source)
    record(
        "cooperation.report_corrected", written, {"on": on, "claim": claim, "text": said},
        meeting_id=written.commitment.meeting_id, shown=titles(written.commitment),
    )  # fmt: skip
    return written


def _check(on: date | None, claim: str, modality: str, sourced: bool, today: date) -> date:
    told_on = day(on, "on")
    # A day later than today is allowed where it has begun already east of the database's clock.
    if told_on > today + timedelta(days=1):
        raise Refusal(_("The day of the report lies in the future. Give the day it speaks of."), "on")
    if claim not in Report.Claim.values:
        raise Refusal(_("Say whether it is in progress or done."), "claim")
    if modality not in Report.Modality.values:
        raise Refusal(_("Say how this is known."), "modality")
    if claim == Report.Claim.DONE and not sourced:
        raise Refusal(_("Completion needs a source: a title, and a link or the document."), "source_title")
    return told_on


def _keep_source(written: Report, source: NewSource) -> None:
    title, link = " ".join(source.title.replace("\x00", "").split()), source.link.strip()
    if not title:
        raise Refusal(_("Give the source a title."), "source_title")
    if len(title) > 300:
        raise Refusal(_("The title of the source is longer than 300 characters. Shorten it."), "source_title")
    if len(link) > 500 or "\x00" in link:
        raise Refusal(_("The link is longer than 500 characters. Give a shorter one."), "source_link")
    if link and not link.lower().startswith(("https://", "http://")):
        raise Refusal(_("A link starts with https:// or http://."), "source_link")
    document = None
    if source.document is not None:
        document = keep_file(source.document, source.document_name, written.placement())
    if not link and document is None:
        raise Refusal(_("Give the source's link, or attach the document."), "source_link")
    published_on = day(source.published_on, "source_date") if source.published_on else None
    ReportSource.objects.create(
        report=written, title=title, published_on=published_on, link=link, document=document, **written.placement()
    )
