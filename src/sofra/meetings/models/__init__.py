"""The tables of meetings. Each capability has a file of its own."""

from sofra.meetings.models.agenda import AgendaItem, AgendaOrder, HandedUp, Suggestion, Theme
from sofra.meetings.models.meeting import Meeting, Session
from sofra.meetings.models.outcomes import Outcome
from sofra.meetings.models.procedure import Act, FrozenVersion, LateEntry, Procedure, Reason, SubjectKind
from sofra.meetings.models.publicity import AgendaPublication, Announcement, Told
from sofra.meetings.models.tasks import CycleTask, Task, TaskMark, TaskOwner

__all__ = [
    "Act",
    "AgendaItem",
    "AgendaOrder",
    "AgendaPublication",
    "Announcement",
    "CycleTask",
    "FrozenVersion",
    "HandedUp",
    "LateEntry",
    "Meeting",
    "Outcome",
    "Procedure",
    "Reason",
    "Session",
    "SubjectKind",
    "Suggestion",
    "Task",
    "TaskMark",
    "TaskOwner",
    "Theme",
    "Told",
]
