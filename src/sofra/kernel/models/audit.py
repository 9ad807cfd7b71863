"""The audit chain's tables. Rows come from sofra_audit_append alone; nothing changes or removes them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sofra.kernel.models.held import Held
from sofra.kernel.wall import Wall


class AuditChain(models.Model):
    """A chain's head: one chain per format and one, "house", for accounts and the lexicon."""

    chain = models.CharField(primary_key=True, max_length=40)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    wall: ClassVar[Wall] = Wall(read="false", write="false")


class AuditEntry(models.Model):
    """A link: hash = sha256(previous hash, number, chain, instant in microseconds, digest of the salted payload).

    The application role cannot read links: their number and instants would tell of acts it may not know of.
    """

    pk = models.CompositePrimaryKey("chain", "seq")
    chain = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    wall: ClassVar[Wall] = Wall(read="false", write="false")


class AuditPayload(Held):
    """What a link says, readable by those who may read what it speaks of.

    Its body repeats action, subject, seat and (digest version 2) its placement, so that the link's digest covers them.
    """

    chain = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    subject = models.UUIDField(null=True)
    seat = models.ForeignKey("kernel.Seat", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    salt = models.BinaryField(max_length=32)
    body = models.TextField()

    wall: ClassVar[Wall] = Wall(write="false")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "at"])]
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "seq"], name="one_payload_per_link")]
