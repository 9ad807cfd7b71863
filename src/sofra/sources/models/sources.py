"""Sources, and the subjects that claims are about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sofra.kernel.models import Held


class Source(Held):
    """A document, a later report, or the editors of the record themselves.

    Its title, notes, defects and remarks on its style are wordings of the fields `title`, `date`, `note`, `defect-1` …,
    `style-1` … A date is a text of year, month or day; where the source has none, the two bounds say what is known.
    """

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        LATER_REPORT = "later_report", _("later report, not among the five documents")
        EDITORS_NOTE = "editors_note", _("note of the record's editors")
        EDITORS_SEARCH = "editors_search", _("search by the record's editors")

    class Genre(models.TextChoices):
        NEWS_PREVIEW = "news_preview", _("news preview")
        NEWS_PREVIEW_BACKGROUND = "news_preview_background", _("news preview with background")
        PHOTO_CAPTION_BACKGROUND = "photo_caption_background", _("news photo caption with background")
        THINK_TANK_COMMENTARY = "think_tank_commentary", _("think-tank commentary")
        OPINION_ESSAY = "opinion_essay", _("opinion essay")

    key = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    genre = models.CharField(max_length=32, choices=Genre.choices, blank=True)
    language = models.CharField(max_length=12, blank=True)
    author = models.CharField(max_length=200, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    item = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    date = models.CharField(max_length=10, blank=True)
    not_before = models.CharField(max_length=10, blank=True)
    not_after = models.CharField(max_length=10, blank=True)
    accessed = models.CharField(max_length=10, blank=True)
    order = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["order", "key"]

    def __str__(self) -> str:
        return self.key

    @property
    def is_later(self) -> bool:
        """Whether this is a later report, to be shown apart from the five documents."""
        return self.kind == self.Kind.LATER_REPORT


class Subject(Held):
    """What claims are about. Its name is a wording (`name`), with places for parties' names; so is its `note`."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        FORMAT = "format", pgettext_lazy("of dialogue", "format")
        MECHANISM = "mechanism", _("mechanism")
        INSTITUTION = "institution", _("institution")
        EVENT = "event", _("event")
        AGREEMENT = "agreement", _("agreement")
        PROJECT = "project", _("project")
        FIGURE = "figure", _("figure")
        PLACE = "place", _("place")
        GROUP = "group", _("group")
        RELATION = "relation", _("relation")
        PARTY = "party", _("party")
        PERSON = "person", _("person")

    record_id = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    slug = models.SlugField(max_length=80)
    party = models.ForeignKey("kernel.Party", models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict, blank=True)
    order = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["order", "record_id"]
        indexes: ClassVar = [models.Index(fields=["kind", "slug"])]

    def __str__(self) -> str:
        return self.record_id
