"""How something is adopted: what parties said, the procedures, and the versions they froze."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.meetings.models.meeting import Meeting


class SubjectKind(models.TextChoices):
    """What an act or a procedure is about."""

    AGENDA = "agenda", _("the agenda")
    ITEM = "item", _("an agenda item")
    SUGGESTION = "suggestion", _("a suggested wording")
    OUTCOME = "outcome", _("an outcome")
    LINES = "lines", _("agreed lines")


class Act(Held):
    """What a party said about an item, the agenda, a suggestion or an outcome, at an instant. Acts are never edited.

    What stands is computed from them (engine/procedure.py): taking something back is another act. `subject_id` is the item,
    the suggestion, the outcome, or the meeting for its agenda as a whole. A struck act was entered for a delegation in error;
    the delegation struck it and it counts for nothing.
    """

    class Kind(models.TextChoices):
        COSPONSOR = "cosponsor", _("co-sponsors")
        UNCOSPONSOR = "uncosponsor", _("no longer co-sponsors")
        OBJECT = "object", _("objects")
        LIFT = "lift", _("withdraws its objection")
        CONSENT = "consent", _("consents")
        WITHDRAW = "withdraw", _("withdraws the item")
        ACCEPT = "accept", _("accepts the wording")
        DECLINE = "decline", _("declines the wording")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="acts")
    subject_kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at"]
        indexes: ClassVar = [models.Index(fields=["subject_id"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="an_act_is_a_partys"),
        ]


class Reason(Held):
    """The reason of an objection, a row of its own because its audience is the objecting party's choice. Wordings: reason; of an
    objection to agreed lines also what it objects to (what); of a "no objection", a comment (reason)."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+")


class Procedure(Held):
    """One attempt to adopt something: by consensus, by silence until `deadline`, or by consent of all members (late items).

    The row says what was recorded; whether silence has run out is computed by the database's clock and recorded by the first
    later command. Of a silence that ran out, `settled_at` is the deadline itself. At most one is open per subject.
    """

    class Method(models.TextChoices):
        CONSENSUS = "consensus", _("by consensus")
        SILENCE = "silence", _("by silence procedure")
        CONSENT = "consent", _("by consent of all members")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ADOPTED = "adopted", _("adopted")
        BROKEN = "broken", _("broken")
        STOPPED = "stopped", _("stopped by the chair")
        REOPENED = "reopened", _("reopened: an objection was received in time")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="procedures")
    subject_kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    subject_id = models.UUIDField()
    method = models.CharField(max_length=10, choices=Method.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    broken_by = models.ForeignKey(Act, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_id"], condition=models.Q(state="open"), name="one_open_procedure_per_subject"
            ),
            models.CheckConstraint(
                condition=~models.Q(method="silence") | models.Q(deadline__gt=models.F("opened_at")),
                name="silence_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at__isnull=True)
                | (~models.Q(state="open") & models.Q(settled_at__isnull=False)),
                name="a_settled_procedure_says_when",
            ),
        ]


class LateEntry(Held):
    """An objection that was received before a silence ended and entered after it. Wordings: reason (of the answer).

    It marks the adoption until the chair answers openly: the adoption is reopened, or it stands, for a reason all members
    read. `received_at` is repeated from the entry because the members may know it, and the entry itself is not theirs.
    """

    class Answer(models.TextChoices):
        REOPENED = "reopened", _("the adoption is reopened")
        STANDS = "stands", _("the adoption stands")

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="late_entries")
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="an_answered_late_entry_says_when",
            )
        ]


class FrozenVersion(Held):
    """What was put to adoption, word for word, under a number of its own; nothing changes it afterwards.

    For the agenda `subject_id` is the meeting and `content` holds `lines`: item, title, note (texts by language), urgency,
    proposer, cosponsors, themes (identities). For an outcome it holds `texts`: by language title, body, status, translator.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="frozen_versions")
    procedure = models.OneToOneField(Procedure, models.PROTECT, related_name="frozen")
    subject_kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    subject_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_id", "number"], name="one_frozen_version_per_number")
        ]
