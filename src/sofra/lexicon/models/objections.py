"""Objections to designations and to terms: a delegation's, or a cited source's. Never the house's own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.lexicon.models.entities import KEY, Entity, house_key


class Objection(Held):
    """That somebody does not accept designations of an entity (`designations`: their forms, `language`, `kinds`; any, where
    these are empty), or a term (`term` in `language`, inflected by `paradigm` and `forms`, where no entity is named).

    `viewpoint` is who objects: a party's code for a delegation's own, else as the cited `source` has it. `severity` says what
    happens if it is used, `when` where alone it applies (words beside it, head nouns, dates, quotations); `reason` and
    `alternatives` are by language. A delegation's red line has the audience of one delegation: nobody else reads it, the
    secretariat included, and so nobody can have entered it for that delegation. `withdrawn_at` is when one was taken away; an
    objection before members is withdrawn by a row of its own.
    """

    class Severity(models.TextChoices):
        BREAKS = "breaks", _("breaks the meeting")
        FOOTNOTE = "footnote", _("needs a footnote")
        DISCOURAGED = "discouraged", _("discouraged")

    key = models.CharField(max_length=KEY, unique=True, default=house_key)
    viewpoint = models.CharField(max_length=KEY)
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="objections")
    designations = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    language = models.CharField(max_length=12, blank=True)
    term = models.CharField(max_length=300, blank=True)
    paradigm = models.CharField(max_length=60, blank=True)
    forms = models.JSONField(default=list, blank=True)
    severity = models.CharField(max_length=11, choices=Severity.choices)
    when = models.JSONField(default=dict, blank=True)
    reason = models.JSONField(default=dict, blank=True)
    alternatives = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=KEY, blank=True)
    citation = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    current = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(owner_party__isnull=False) | ~models.Q(source=""),
                name="an_objection_is_a_delegations_or_a_sources",
            ),
            models.CheckConstraint(
                condition=models.Q(entity__isnull=False, term="")
                | (models.Q(entity__isnull=True) & ~models.Q(term="")),
                name="an_objection_is_to_a_designation_or_a_term",
            ),
            models.CheckConstraint(
                condition=~models.Q(audience="delegation") | models.Q(owner_party__isnull=False, entry__isnull=True),
                name="a_red_line_is_its_delegations_own",
            ),
        ]


class ObjectionWithdrawal(Held):
    """That a party withdrew an objection made before members: a row of its own, for the secretariat may enter it where the
    objection itself is the delegation's own row."""

    objection = models.OneToOneField(Objection, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
