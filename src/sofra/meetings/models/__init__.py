"""The tables of meetings. Each capability has a file of its own."""

from sofra.meetings.models.meeting import Meeting, Session
from sofra.meetings.models.tasks import CycleTask, Task, TaskMark, TaskOwner

__all__ = ["CycleTask", "Meeting", "Session", "Task", "TaskMark", "TaskOwner"]
