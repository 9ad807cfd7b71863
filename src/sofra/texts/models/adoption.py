"""How a text is adopted: silence until an instant, or consensus in a session; what is attached to it; that it is reopened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held, Party
from sofra.kernel.wall import Wall
from sofra.texts.models.text import Paragraph, Text
from sofra.texts.models.versions import Version


class Silence(Held):
    """A silence procedure on a frozen version. Wordings: question (the chair's, as it was put), override.

    Whether it runs, was broken or has adopted the version is worked out from its breaks by the database's clock
    (queries/silence.py); the first later command records it. `names_breaker` is the format's rule, fixed when it opens.
    `follows` is the silence that it extends or replaces. `override` says why differences between languages did not stop it.
    """

    text = models.ForeignKey(Text, models.PROTECT, related_name="silences")
    version_under = models.ForeignKey(Version, models.PROTECT, related_name="silences")
    deadline = models.DateTimeField()
    zone = models.CharField(max_length=60)
    names_breaker = models.BooleanField(default=True)
    ad_referendum = models.BooleanField(default=False)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(deadline__gt=models.F("at")), name="a_texts_silence_ends_after_it_began"
            ),
        ]


class SilenceBreak(Held):
    """A written objection or amendment that a delegation sent in. Wordings: words.

    `received_at` is when it reached Sofra or, by another channel, the secretariat; `late` says that it was received in time
    and entered after the silence had run out, so that the chair has to answer it.
    """

    silence = models.ForeignKey(Silence, models.PROTECT, related_name="breaks")
    received_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="a_break_is_a_partys"),
        ]


class SilenceEvent(Held):
    """What became of a silence, for all to read. Wordings: reason (of what the chair decided).

    It ends once: broken, withdrawn by the chair while it ran, or adopted at its deadline. A broken one is answered once:
    reopened for negotiation, extended, replaced by a new silence, or given up. A late entry is answered by "reopened" or
    "stands". `party` names the breaker where the format's rule says so.
    """

    class Kind(models.TextChoices):
        BROKEN = "broken", _("the silence was broken")
        WITHDRAWN = "withdrawn", _("withdrawn by the chair")
        ADOPTED = "adopted", _("adopted at the instant")
        REOPENED = "reopened", _("the text is negotiated further")
        EXTENDED = "extended", _("the silence is extended")
        RENEWED = "renewed", _("a new silence is opened")
        GIVEN_UP = "given_up", _("the procedure is given up")
        LATE = "late", _("an objection received in time was entered afterwards")
        STANDS = "stands", _("the adoption stands")

    ENDINGS: ClassVar = (Kind.BROKEN, Kind.WITHDRAWN, Kind.ADOPTED)
    ANSWERS: ClassVar = (Kind.REOPENED, Kind.EXTENDED, Kind.RENEWED, Kind.GIVEN_UP)

    silence = models.ForeignKey(Silence, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["silence"],
                condition=models.Q(kind__in=["broken", "withdrawn", "adopted"]),
                name="a_silence_ends_once",
            ),
        ]


class Adoption(Held):
    """That a version was adopted, at an instant. Wordings: question (the chair's, in a session).

    `digests` holds the SHA-256 of every language version; the audit chain keeps them.
    """

    class Method(models.TextChoices):
        CONSENSUS = "consensus", _("by consensus in a session")
        SILENCE = "silence", _("by silence procedure")

    text = models.ForeignKey(Text, models.PROTECT, related_name="adoptions")
    version_adopted = models.ForeignKey(Version, models.PROTECT, related_name="adoptions")
    method = models.CharField(max_length=10, choices=Method.choices)
    silence = models.ForeignKey(Silence, models.PROTECT, null=True, blank=True, related_name="adoptions")
    ad_referendum = models.BooleanField(default=False)
    digests = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]


class SigningKey(models.Model):
    """A public key with which the house signed, so that what it signed can be checked after the key changed."""

    public = models.CharField(max_length=44, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    wall: ClassVar[Wall] = Wall(read="true", write="coalesce(sofra_setting('house') = 'on', false)")

    class Meta:
        ordering: ClassVar = ["at"]


class Signature(Held):
    """The house's signature of one language version that was adopted.

    `statement` is what was signed, byte for byte (engine/adopted.py); the database refuses one that says otherwise than the
    adoption does, and a row that changes.
    """

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="signatures")
    language = models.CharField(max_length=12)
    statement = models.TextField()
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+")
    signature = models.CharField(max_length=88)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adoption", "language"], name="one_signature_per_language_version"),
        ]


class Reopening(Held):
    """That an adopted text is negotiated again: who asked (nobody: the chair), and why. Wordings: reason."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="reopenings")
    adoption = models.OneToOneField(Adoption, models.PROTECT, related_name="reopening")
    asked_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()


class Statement(Held):
    """What a party attaches to a text or one of its paragraphs, kept with it wherever it goes. Wordings: words."""

    class Kind(models.TextChoices):
        RESERVATION = "reservation", _("reservation")
        INTERPRETATIVE = "interpretative", _("interpretative statement")
        FOOTNOTE = "footnote", _("footnote")

    text = models.ForeignKey(Text, models.PROTECT, related_name="statements")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="statements")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    withdraws = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(owner_party__isnull=False), name="a_statement_is_a_partys"),
        ]
