"""Designation profiles: the names, the order and the footnote under which a format meets, and what they rest on."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sofra.kernel.models import Held
from sofra.kernel.wall import Wall


class Profile(Held):
    """One version of a format's designation profile. What is not a draft never changes in what it says.

    `footnote` holds a text per language, for the designations that carry it. Its `basis` is either that no member objected
    between `opened_at` and `deadline` (decided by the database's clock), or host practice as cited in `sources` (keys of the
    record's sources) and `citation`; that one is approved by no member. `state` is what was recorded: a silence that ran out
    is in force from its deadline, and the first later command records it. `exercise` marks a rehearsal's own profile: no
    other meeting is held under it. Symbols stay off. `map_rule` is empty where nothing was agreed on maps, and then no map may
    be shown; `map_source` names the map that was agreed.
    """

    class Kind(models.TextChoices):
        NAMES = "names", _("names of parties")
        PERSONS = "persons", _("persons' names only")

    class Order(models.TextChoices):
        READER = "reader", _("alphabetical in each reader's language")
        LANGUAGE = "language", _("alphabetical in one language")
        LIST = "list", _("in a stated order")
        PERSONS = "persons", _("by persons' names")

    class Maps(models.TextChoices):
        NONE = "none", _("no maps")
        UNBOUNDED = "unbounded", _("maps without boundaries")
        SOURCE = "source", _("only the map of a named source, as it is")

    class Basis(models.TextChoices):
        SILENCE = "silence", _("no objection from members by a deadline")
        PRACTICE = "practice", _("cited host practice, not approved by members")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed, under silence")
        BROKEN = "broken", _("broken by an objection")
        STOPPED = "stopped", _("stopped by the secretariat")
        STANDING = "standing", _("in force")

    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.NAMES)
    order_rule = models.CharField(max_length=8, choices=Order.choices, default=Order.READER)
    order_language = models.CharField(max_length=12, blank=True)
    order_list = ArrayField(models.UUIDField(), default=list, blank=True)
    symbols = models.BooleanField(default=False)
    map_rule = models.CharField(max_length=9, choices=Maps.choices, blank=True)
    map_source = models.CharField(max_length=500, blank=True)
    footnote = models.JSONField(default=dict, blank=True)
    basis = models.CharField(max_length=8, choices=Basis.choices, blank=True)
    sources = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    citation = models.CharField(max_length=500, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    broken_by = models.ForeignKey("ProfileObjection", models.PROTECT, null=True, blank=True, related_name="+")
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    exercise = models.BooleanField(default=False)

    wall: ClassVar[Wall] = Wall(
        read=(
            " OR ".join(
                [
                    Wall().may_read(),
                    "EXISTS (SELECT 1 FROM lexicon_profileshown shown WHERE shown.profile_id = lexicon_profile.id)",
                ]
            )
        )
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["format", "number"], name="one_profile_per_number"),
            models.UniqueConstraint(
                fields=["format", "exercise"],
                condition=models.Q(state="proposed", deadline__isnull=False),
                name="one_profile_under_silence",
            ),
            models.CheckConstraint(condition=models.Q(symbols=False), name="symbols_stay_off"),
            models.CheckConstraint(
                condition=(models.Q(map_rule="source") & ~models.Q(map_source=""))
                | (~models.Q(map_rule="source") & models.Q(map_source="")),
                name="an_agreed_map_is_named",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(basis=""), name="a_profile_states_its_basis"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(basis="practice")
                | models.Q(opened_at__isnull=False, deadline__gt=models.F("opened_at")),
                name="a_profile_under_silence_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(basis="silence")
                | (~models.Q(citation="") | models.Q(sources__len__gt=0)),
                name="practice_is_cited",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="standing") | models.Q(in_force_from__isnull=False),
                name="a_standing_profile_says_since_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(order_rule="language") | ~models.Q(order_language=""),
                name="an_order_by_a_language_names_it",
            ),
        ]


class Designation(models.Model):
    """What a profile calls a party in one language. `source` is a key of the record's sources, `citation` a source in words.

    The wall keeps a profile as it was put forward: only a draft's designations can be written or taken away.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, models.PROTECT, related_name="designations")
    party = models.ForeignKey("kernel.Party", models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=200)
    source = models.CharField(max_length=40, blank=True)
    citation = models.CharField(max_length=300, blank=True)
    footnoted = models.BooleanField(default=False)

    _draft: ClassVar[str] = (
        "EXISTS (SELECT 1 FROM lexicon_profile p WHERE p.id = profile_id AND p.state = 'draft'"
        " AND sofra_may_write(p.format_id, p.owner_party_id, p.entry_id))"
    )
    wall: ClassVar[Wall] = Wall(
        read="EXISTS (SELECT 1 FROM lexicon_profile p WHERE p.id = profile_id)", write=_draft, delete=_draft
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "party", "language"], name="one_designation_per_language"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_designation_says_something"),
        ]


class ProfileObjection(Held):
    """A member's objection to a profile: to a party's designation, the order, the footnote, the map rule, or the whole.

    Wordings: reason, for all members or the secretariat alone. An objection made after the silence ended, or to host
    practice, stands beside the profile and undoes nothing. A struck one was entered in error and counts for nothing.
    """

    class Target(models.TextChoices):
        DESIGNATION = "designation", _("the designation of a party")
        ORDER = "order", _("the order")
        FOOTNOTE = "footnote", _("the footnote")
        MAP = "map", _("the rule on maps")
        WHOLE = "whole", _("the profile as a whole")

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="objections")
    target = models.CharField(max_length=12, choices=Target.choices)
    party = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(owner_party__isnull=False), name="an_objection_to_a_profile_is_a_partys"
            ),
            models.CheckConstraint(
                condition=models.Q(target="designation", party__isnull=False)
                | (~models.Q(target="designation") & models.Q(party__isnull=True, language="")),
                name="an_objection_names_what_it_objects_to",
            ),
        ]


class ProfileWithdrawal(Held):
    """That a party withdrew its objection: a row of its own, for the secretariat may enter it where the objection itself is
    the delegation's own row."""

    objection = models.OneToOneField(ProfileObjection, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()


class ProfileShown(Held):
    """That the names of a profile are shown to more than its format, because something held under it (`subject_id`, say a
    meeting) is published: to whom, and from when, as the row itself says."""

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    subject_id = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "subject_id"], name="a_profile_is_shown_once_for_a_subject")
        ]
