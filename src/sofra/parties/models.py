"""Posts and who holds them; days on which a party's offices are closed."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held


class Post(Held):
    """An office of a party. Wordings: title.

    A post that came with the public record has a `record_id` and belongs to nobody; where the delegation describes it
    itself, its own row `replaces` that one.
    """

    class Rank(models.TextChoices):
        HEAD_OF_STATE = "head_of_state", _("head of state")
        HEAD_OF_GOVERNMENT = "head_of_government", _("head of government")
        DEPUTY_PRIME_MINISTER = "deputy_prime_minister", _("deputy prime minister")
        FOREIGN_MINISTER = "foreign_minister", _("foreign minister")
        MINISTER = "minister", _("minister")
        DEPUTY_MINISTER = "deputy_minister", _("deputy minister")
        SECRETARY_GENERAL = "secretary_general", _("secretary-general")
        AMBASSADOR = "ambassador", _("ambassador")
        DIRECTOR = "director", _("director")
        EXPERT = "expert", _("expert")

    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="posts")
    rank = models.CharField(max_length=24, choices=Rank.choices)
    record_id = models.CharField(max_length=80, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    closed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_id"], condition=~models.Q(record_id=""), name="one_post_per_record_entry"
            ),
        ]


class Person(Held):
    """Somebody who holds posts. The row has an audience of its own, so that a name can stay unreleased.

    `name` is the person's own spelling in Latin letters; `native` the spelling in another script; `spellings` how sources
    write it: a list of {form, language, sources}.
    """

    party = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="persons")
    name = models.CharField(max_length=200)
    native = models.CharField(max_length=200, blank=True)
    spellings = models.JSONField(default=list, blank=True)
    record_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_id"], condition=~models.Q(record_id=""), name="one_person_per_record_entry"
            ),
        ]


class Tenure(Held):
    """That a person holds or held a post. Wordings: note.

    The record often knows only that a post was held at a date (`as_of`, as precise as its source), not from when to when;
    `sources` are keys of its sources. A delegation gives `since` and `until` and a `source` in its own words.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    modality = models.CharField(max_length=10, blank=True)
    sources = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    source = models.CharField(max_length=300, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="tenure_ends_after_it_began",
            ),
        ]


class Holiday(Held):
    """A public holiday in a party's capital. Wordings: name. `source` says where it comes from. A withdrawn one stays."""

    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="holidays")
    day = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["day"]
        indexes: ClassVar = [models.Index(fields=["day"])]


class WeeklyRest(Held):
    """The weekdays on which a party's offices are closed, Monday 0 to Sunday 6."""

    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["party"], name="one_weekly_rest_per_party")]
