"""What is left of a meeting: its texts as they were issued, what was recorded from them, who confirmed its own part."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sofra.kernel.models import Held
from sofra.kernel.wall import Wall
from sofra.meetings.models.circulation import Document
from sofra.meetings.models.meeting import Meeting, Session
from sofra.meetings.models.outcomes import Outcome

#: Who has the document an outcome was issued as knows that it was (the inner table has a wall of its own).
HAS_IT = "EXISTS (SELECT 1 FROM meetings_document issued WHERE issued.id = meetings_issue.document_id)"
#: A quotation is read by who may read the words it is taken from, and by nobody once they are recalled.
READS_IT = (
    "EXISTS (SELECT 1 FROM meetings_issue source JOIN kernel_wording said ON said.subject_id = source.document_id "
    "WHERE source.id = meetings_passage.issue_id AND said.field = 'text' AND said.language = meetings_passage.language)"
)


class Issue(Held):
    """That an outcome was issued as a document, as its version of this number, in these languages.

    The document holds the words as they were issued; a later change of the outcome leaves them as they are, and is issued as
    the next version. `releases` says that the outcome itself is released with the document, at its instant.
    """

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField()
    document = models.OneToOneField(Document, models.PROTECT, related_name="issue")
    releases = models.BooleanField(default=False)
    at = models.DateTimeField()

    wall: ClassVar[Wall] = Wall(read=f"{Wall().may_read()} OR {HAS_IT}")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outcome", "number"], name="one_issue_per_number"),
        ]


class Passage(Held):
    """The exact words of an issued text from which something was recorded, and the session in which it was adopted.

    `subject_type` and `subject_id` name the row that was recorded: a decision, or what a room above records. It has the
    audience of that row, and is read only by who may read the text too. `start` is the place of the first letter.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="passages")
    language = models.CharField(max_length=12)
    start = models.PositiveIntegerField()
    quote = models.TextField()
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    wall: ClassVar[Wall] = Wall(read=f"({Wall().may_read()}) AND {READS_IT}")

    class Meta:
        ordering: ClassVar = ["language", "start"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_id", "issue", "language", "start"], name="a_passage_is_quoted_once"
            ),
        ]


class OwnAttendance(Held):
    """What a party says itself of its part in a meeting: whether it took part, and at which level.

    Read by that party and the secretariat. What the secretariat wrote down (Attendance) stands beside it and is another
    fact; where they differ, both stand.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="own_attendances")
    present = models.BooleanField()
    level = models.CharField(max_length=20, choices=Meeting.Level.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "owner_party"], name="own_attendance_is_said_once"),
            models.CheckConstraint(condition=Q(owner_party__isnull=False), name="own_attendance_is_a_partys"),
            models.CheckConstraint(condition=Q(present=True) | Q(level=""), name="who_was_not_there_has_no_level"),
        ]
