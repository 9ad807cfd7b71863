"""What the lexicon knows: entities, their designations side by side, what was ruled about one, sources and conventions.

What comes with the package has a `key` of its file and no owner; what is proposed in the house has a key of the house and is
its proposer's. A shipped designation is admitted with its source and is nobody's default; what is agreed, a profile says.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sofra.kernel.models import Held

#: Identities: of the shipped file, or of the house. Both fit.
KEY = 80


def house_key() -> str:
    """A key for what was made in the house."""
    return f"house-{uuid.uuid4()}"


class LexiconSource(Held):
    """A document that a designation, an objection or a convention is cited from, with its own title, as it is."""

    key = models.CharField(max_length=KEY, unique=True, default=house_key)
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=300, blank=True)
    date = models.CharField(max_length=10, blank=True)
    note = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["key"]


class Entity(Held):
    """Something that has names: `code` is its stable identity outside of addresses, `parent` what it belongs to.

    An entity that left the shipped file stays, and is not `current`.
    """

    class Kind(models.TextChoices):
        PARTY = "party", _("party")
        INSTITUTION = "institution", _("institution")
        MECHANISM = "mechanism", _("mechanism")
        PLACE = "place", _("place")
        PERSON = "person", _("person")
        AGREEMENT = "agreement", _("agreement")
        TOPIC = "topic", _("topic")

    code = models.CharField(max_length=KEY, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["code"]


class EntityDesignation(Held):
    """A designation of an entity in one language, as somebody uses it (`viewpoint`; empty where nobody's in particular).

    `paradigm` and `forms` (pairs of label and form) say how it inflects, `case` how capitals are compared, `contexts` where it
    serves (empty: anywhere). A `derived` one is the same in the language's other script.
    `source` is the key of a source of the lexicon, `citation` a source in words. `status` is how the row began: proposed in
    the house, or as its file has it; the latest `Ruling` stands above it. `footnote` is the key of a convention.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        ADJECTIVE = "adjective", _("adjective")
        DEMONYM = "demonym", _("demonym")
        METONYM = "metonym", _("metonym")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        AGREED = "agreed", _("agreed")
        ADMITTED = "admitted", _("admitted")
        DEPRECATED = "deprecated", _("deprecated")
        SUPERSEDED = "superseded", _("superseded")
        DECLINED = "declined", _("declined")

    class Context(models.TextChoices):
        NAMEPLATE = "nameplate", _("nameplate")
        LIST = "list", _("list")
        BODY = "body", _("body text")
        MAP = "map", _("map")
        CODE = "code", _("code")

    class Case(models.TextChoices):
        EXACT = "exact", pgettext_lazy("letters", "as written")
        FOLD = "fold", pgettext_lazy("letters", "capitals or not")
        INITIAL = "initial", pgettext_lazy("letters", "with a capital at the beginning")

    key = models.CharField(max_length=KEY, unique=True, default=house_key)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="designations")
    language = models.CharField(max_length=12)
    script = models.CharField(max_length=4, blank=True)
    form = models.CharField(max_length=300)
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.NAME)
    paradigm = models.CharField(max_length=60, blank=True)
    forms = models.JSONField(default=list, blank=True)
    case = models.CharField(max_length=7, choices=Case.choices, default=Case.INITIAL)
    viewpoint = models.CharField(max_length=KEY, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    contexts = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    abbreviation = models.BooleanField(default=False)
    former = models.BooleanField(default=False)
    derived = models.BooleanField(default=False)
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    footnote = models.CharField(max_length=KEY, blank=True)
    source = models.CharField(max_length=KEY, blank=True)
    citation = models.CharField(max_length=500, blank=True)
    current = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]
        indexes: ClassVar = [models.Index(fields=["entity", "language"], name="lexicon_by_entity")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(form=""), name="a_designation_of_an_entity_says_something"),
        ]


class Ruling(Held):
    """What the secretariat ruled about a designation: admitted, declined, deprecated, superseded (by `successor`), and why.

    A row of its own, because a designation may be a delegation's. `reason` is by language. The latest one stands.
    """

    designation = models.ForeignKey(EntityDesignation, models.PROTECT, related_name="rulings")
    status = models.CharField(max_length=10, choices=EntityDesignation.Status.choices)
    successor = models.ForeignKey(EntityDesignation, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]


class Convention(Held):
    """A convention as a document has it: a footnote, an order, a rule on symbols, seating or naming, `text` verbatim by
    language, and the `context` in which that document uses it. Nobody's default."""

    class Kind(models.TextChoices):
        FOOTNOTE = "footnote", _("footnote")
        ORDER = "order", _("order")
        SYMBOLS = "symbols", _("symbols")
        SEATING = "seating", _("seating")
        NAMING = "naming", _("naming")

    key = models.CharField(max_length=KEY, unique=True, default=house_key)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=300)
    text = models.JSONField(default=dict)
    context = models.TextField(blank=True)
    source = models.CharField(max_length=KEY, blank=True)
    current = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]
