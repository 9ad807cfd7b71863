"""The kernel's tables."""

from sofra.kernel.models.audit import AuditChain, AuditEntry, AuditPayload
from sofra.kernel.models.changes import Change, SearchDocument, Throttle, Visit, Wording
from sofra.kernel.models.files import File, FileChunk
from sofra.kernel.models.held import Audience, Held
from sofra.kernel.models.identity import (
    Account,
    CalendarKey,
    Entry,
    Format,
    Invitation,
    Membership,
    Party,
    Role,
    Seat,
)
from sofra.kernel.models.jobs import JobProgress
from sofra.kernel.models.occupancy import Occupancy
from sofra.kernel.models.tokens import AccessToken

__all__ = [
    "AccessToken",
    "Account",
    "Audience",
    "AuditChain",
    "AuditEntry",
    "AuditPayload",
    "CalendarKey",
    "Change",
    "Entry",
    "File",
    "FileChunk",
    "Format",
    "Held",
    "Invitation",
    "JobProgress",
    "Membership",
    "Occupancy",
    "Party",
    "Role",
    "SearchDocument",
    "Seat",
    "Throttle",
    "Visit",
    "Wording",
]
