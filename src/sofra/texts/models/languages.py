"""In which languages a text stands, and what each version is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sofra.kernel.models import Held
from sofra.texts.models.text import Text


class LanguageVersion(Held):
    """That a text has a version in a language, from an instant on; the latest row of a language holds.

    `authentic` says that it is equally authentic, and no translation; `translator` who made it, as it is to be named.
    """

    text = models.ForeignKey(Text, models.PROTECT, related_name="language_versions")
    language = models.CharField(max_length=12)
    authentic = models.BooleanField(default=False)
    translator = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
