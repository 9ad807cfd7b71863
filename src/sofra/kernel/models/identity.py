"""Who there is: accounts and seats; the bare identity of parties, formats and memberships."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models.held import Audience, Held
from sofra.kernel.wall import Wall


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the only callers are the commands that accept an invitation."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person's key to the house. It holds seats and acts as one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)
    made_at = models.DateTimeField(db_default=Now())
    sessions = models.UUIDField(default=uuid.uuid4, editable=False)  # a new one ends every session of the account

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must match at every request: it ends with the password and with `sessions`."""
        return salted_hmac(
            "sofra.account.session", f"{self.password}{self.sessions}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Party(models.Model):
    """A state or organisation that takes part. It has no name here: names are the lexicon's."""

    class Kind(models.TextChoices):
        STATE = "state", _("state")
        ORGANISATION = "organisation", _("organisation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.STATE)
    capital_zone = models.CharField(max_length=64, blank=True)

    wall: ClassVar[Wall] = Wall(read="true", write="sofra_serves(NULL)", delete="false")

    def __str__(self) -> str:
        """For engineers only; a page says a party's name through sofra.lexicon.naming."""
        return f"party:{self.code}"


class Format(models.Model):
    """A standing dialogue format: a platform, a trilateral consultation, a working group under another format."""

    class Kind(models.TextChoices):
        PLATFORM = "platform", _("platform")
        CONSULTATION = "consultation", _("consultation")
        WORKING_GROUP = "working_group", _("working group")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="working_groups")
    host = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    cadence_months = models.PositiveSmallIntegerField(null=True, blank=True)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.PUBLIC)
    readers = ArrayField(models.UUIDField(), default=list, blank=True)
    readable_from = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    wall: ClassVar[Wall] = Wall(format_column="id", owner_column=None, entry_column=None)

    def __str__(self) -> str:
        return f"format:{self.slug}"


class Membership(Held):
    """A party's place in a format, from a date, perhaps to a date, as member or observer."""

    class Capacity(models.TextChoices):
        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")

    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    capacity = models.CharField(max_length=10, choices=Capacity.choices, default=Capacity.MEMBER)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gt=models.F("since")),
                name="membership_ends_after_it_began",
            ),
            models.UniqueConstraint(fields=["format", "party", "since"], name="membership_once"),
        ]


class Role(models.TextChoices):
    """What a seat is for. A visitor has none; a guest is signed in and holds no valid seat."""

    SECRETARIAT = "secretariat", _("Secretariat")
    DELEGATE = "delegate", _("Delegate")
    FACILITATOR = "facilitator", _("Facilitator")
    OBSERVER = "observer", _("Observer")


# The house seats anyone; a format's secretariat seats its own colleagues and the observers of its format, never a delegate.
MAY_SEAT = (
    "sofra_serves(NULL) OR (sofra_serves(format_id) AND party_id IS NULL AND role IN ('secretariat', 'observer'))"
)


class Seat(models.Model):
    """A place at the table: a role, for a party or a format. A secretariat seat without a format serves the house."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=Role.choices)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    format = models.ForeignKey(Format, models.PROTECT, null=True, blank=True, related_name="+")
    function = models.CharField(max_length=200, blank=True)
    demonstration = models.BooleanField(default=False)
    granted_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True, blank=True)

    wall: ClassVar[Wall] = Wall(
        read=(
            "sofra_serves(format_id) OR account_id = sofra_id('account') "
            "OR (party_id IS NOT NULL AND party_id = sofra_id('party'))"
        ),
        write=MAY_SEAT,
        delete="false",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(role="delegate") | models.Q(party__isnull=False), name="delegate_sits_for_a_party"
            ),
            models.CheckConstraint(
                condition=~models.Q(role="secretariat") | models.Q(party__isnull=True),
                name="secretariat_sits_for_no_party",
            ),
        ]


class Invitation(models.Model):
    """An invitation to hold a seat, or, with an account, to come back in: used once, expires. Only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=12, choices=Role.choices, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    format = models.ForeignKey(Format, models.PROTECT, null=True, blank=True, related_name="+")
    function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    wall: ClassVar[Wall] = Wall(read="sofra_serves(format_id)", write=MAY_SEAT, delete="false")


class CalendarKey(models.Model):
    """A secret address at which a calendar program, which cannot sign in, reads as a seat. Only a digest is kept.

    Asked before an actor exists, through `sofra_calendar_key` alone; otherwise known to its seat and nobody else. It ends
    with its own revocation, with the seat's and with the account's.
    """

    class Detail(models.TextChoices):
        SESSIONS = "sessions", _("sessions")
        ENTRIES = "entries", _("sessions and their entries")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    label = models.CharField(max_length=80, blank=True)
    detail = models.CharField(max_length=10, choices=Detail.choices, default=Detail.SESSIONS)
    made_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True, blank=True)

    wall: ClassVar[Wall] = Wall(read="seat_id = sofra_id('seat')", write="seat_id = sofra_id('seat')")


class Entry(Held):
    """How an act of a delegation reached the house when the secretariat wrote it down for it."""

    class Channel(models.TextChoices):
        NOTE = "note", _("note verbale")
        EMAIL = "email", _("e-mail")
        CALL = "call", _("call")

    channel = models.CharField(max_length=8, choices=Channel.choices)
    received_at = models.DateTimeField()
    reference = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey("kernel.File", models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())

    wall: ClassVar[Wall] = Wall(entry_column="id")
