"""The tables of meetings. Each capability has a file of its own."""

from sofra.meetings.models.after import Issue, OwnAttendance, Passage
from sofra.meetings.models.agenda import AgendaItem, AgendaOrder, HandedUp, Suggestion, Theme
from sofra.meetings.models.circulation import (
    Document,
    DocumentAnswer,
    DocumentFile,
    Opened,
    Opening,
    ReceiptRule,
)
from sofra.meetings.models.delegations import (
    Attendance,
    Delegate,
    Delegation,
    Deputising,
    Journey,
    Liaison,
    Particulars,
)
from sofra.meetings.models.invitations import Invitation, Reply
from sofra.meetings.models.letters import Letter, LetterTemplate
from sofra.meetings.models.meeting import Meeting, Session
from sofra.meetings.models.outcomes import Outcome
from sofra.meetings.models.press import CaptionPlace, MediaApplication, PressIssue, PressKind, PressPiece
from sofra.meetings.models.procedure import Act, FrozenVersion, LateEntry, Procedure, Reason, SubjectKind
from sofra.meetings.models.programme import (
    ProgrammeEntry,
    ProgrammePart,
    ProgrammeVersion,
    PublishedSession,
    Resource,
)
from sofra.meetings.models.publicity import AgendaPublication, Announcement, Told
from sofra.meetings.models.register import Note, NoteAct, NoteDocument, NoteNumber
from sofra.meetings.models.tasks import CycleTask, Task, TaskMark, TaskOwner

__all__ = [
    "Act",
    "AgendaItem",
    "AgendaOrder",
    "AgendaPublication",
    "Announcement",
    "Attendance",
    "CaptionPlace",
    "CycleTask",
    "Delegate",
    "Delegation",
    "Deputising",
    "Document",
    "DocumentAnswer",
    "DocumentFile",
    "FrozenVersion",
    "HandedUp",
    "Invitation",
    "Issue",
    "Journey",
    "LateEntry",
    "Letter",
    "LetterTemplate",
    "Liaison",
    "MediaApplication",
    "Meeting",
    "Note",
    "NoteAct",
    "NoteDocument",
    "NoteNumber",
    "Opened",
    "Opening",
    "Outcome",
    "OwnAttendance",
    "Particulars",
    "Passage",
    "PressIssue",
    "PressKind",
    "PressPiece",
    "Procedure",
    "ProgrammeEntry",
    "ProgrammePart",
    "ProgrammeVersion",
    "PublishedSession",
    "Reason",
    "ReceiptRule",
    "Reply",
    "Resource",
    "Session",
    "SubjectKind",
    "Suggestion",
    "Task",
    "TaskMark",
    "TaskOwner",
    "Theme",
    "Told",
]
