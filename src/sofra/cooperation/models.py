"""Commitments and what is said of them. A state is never stored: it follows from dates, answers, reports and endings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held


class Commitment(Held):
    """A dated promise of one party, its `owner`. Wordings: title, indicator, ministry, origin.

    `owner_party` is who wrote the row: the owner for its own announcement, nobody (the secretariat) for what a meeting's
    outcome asks of it. Only the owner's accepted date makes it count. The outcome it arose from is `origin_kind` with the id
    of that row where the house holds one; the wording `origin` says it in words. `indicator` is how it will be seen to be
    done; `ministry` the lead ministry.
    """

    class Origin(models.TextChoices):
        DECISION = "decision", _("decision")
        ADOPTED_TEXT = "adopted_text", _("adopted text")
        CHAIR_SUMMARY = "chair_summary", _("chair's summary")
        PRESS_STATEMENT = "press_statement", _("press statement")
        ANNOUNCEMENT = "announcement", _("the party's own announcement")

    owner = models.ForeignKey("kernel.Party", models.PROTECT, related_name="commitments")
    origin_kind = models.CharField(max_length=16, choices=Origin.choices)
    origin_id = models.UUIDField(null=True, blank=True)
    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="commitments")
    theme = models.SlugField(max_length=60, blank=True)
    exercise = models.BooleanField(default=False)
    made_at = models.DateTimeField()


class Arisen(Held):
    """That a commitment came out of a bilateral: read by the sides of it, and by the secretariat where it may know of it.

    The commitment's own row, which all members read, says nothing of it.
    """

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="arisen")
    bilateral = models.ForeignKey("bilaterals.Request", models.PROTECT, related_name="+")
    at = models.DateTimeField()


class DueDate(Held):
    """A date once put forward: the first, a counter-date or an extension. None is ever replaced. Wordings: reason.

    `by_owner` says which side put it forward; `at_once` that it counts without an answer, as an own announcement's does.
    The promise ends with that day on the clocks of `zone`.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="dates")
    due = models.DateField()
    zone = models.CharField(max_length=64)
    by_owner = models.BooleanField(default=False)
    at_once = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class DateAnswer(Held):
    """The other side's answer to a date: the owner's to the secretariat's, the secretariat's to the owner's."""

    date = models.OneToOneField(DueDate, models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    at = models.DateTimeField()


class Contact(Held):
    """Whom the owner named for the work: for the owner alone, or for the owner and the secretariat."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=200, blank=True)


class Report(Held):
    """The owner's account of a commitment on a day. Wordings: text. Completion counts only with a source."""

    class Claim(models.TextChoices):
        IN_PROGRESS = "in_progress", _("in progress")
        DONE = "done", _("done")

    class Modality(models.TextChoices):
        EXPECTED = "expected", _("expected")
        REPORTED = "reported", _("reported")
        CONFIRMED = "confirmed", _("confirmed")
        OPINION = "opinion", _("opinion")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reports")
    on = models.DateField()
    claim = models.CharField(max_length=12, choices=Claim.choices)
    modality = models.CharField(max_length=10, choices=Modality.choices, default=Modality.REPORTED)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]


class ReportSource(Held):
    """A document that carries a report: a title and a day, with a link in words or the document itself."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sources")
    title = models.CharField(max_length=300)
    published_on = models.DateField(null=True, blank=True)
    link = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey("kernel.File", models.PROTECT, null=True, blank=True, related_name="+")


class Ending(Held):
    """A recorded end other than completion: lapsed by a meeting's decision, or withdrawn. Wordings: reason."""

    class Kind(models.TextChoices):
        LAPSED = "lapsed", _("lapsed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="endings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="+")
    decision_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()


class PublicCommitment(Held):
    """A commitment as its owner lets everyone read it, word for word. Wordings: title, indicator, ministry.

    Always the owner's own row, written by it or entered for it: the host alone makes nothing public. Later words are public
    once the owner says so again, in another row; the newest holds. Withdrawn, it is the members' again.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="publications")
    origin_kind = models.CharField(max_length=16, choices=Commitment.Origin.choices)
    theme = models.SlugField(max_length=60, blank=True)
    exercise = models.BooleanField(default=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="the_owner_makes_it_public"),
        ]


class PublicReport(Held):
    """One report as its owner lets everyone read it, beside a public commitment. Wordings: text.

    `sources` holds title, day and link of each; a document stays where it is.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="public_reports")
    report = models.ForeignKey(Report, models.PROTECT, related_name="publications")
    on = models.DateField()
    claim = models.CharField(max_length=12, choices=Report.Claim.choices)
    modality = models.CharField(max_length=10, choices=Report.Modality.choices)
    said_at = models.DateTimeField()
    sources = models.JSONField(default=list)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="the_owner_releases_a_report"),
        ]


class PublicStanding(Held):
    """The dates that count or counted of a public commitment, and how it ended, kept by the house after every act on it.

    `dates`: due, zone, agreed_at; `endings`: at, lapsed. Dates that wait or were declined are not there: they are between the
    parties. It belongs to nobody, because either side's act may change it.
    """

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="public_standing")
    dates = models.JSONField(default=list)
    endings = models.JSONField(default=list)


class SheetDraft(Held):
    """A sheet somebody handed in, read and not yet written: its rows as they were read, until its owner confirms them."""

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    rows = models.JSONField()
    made_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)
    seat = models.ForeignKey("kernel.Seat", models.PROTECT, null=True, related_name="+")
