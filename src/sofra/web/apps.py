"""The Django app of the shell."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Base templates, components and the public face. Holds no rows of its own."""

    name = "sofra.web"
    label = "web"
    verbose_name = _("Pages")
