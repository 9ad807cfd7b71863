"""The room as a Django application."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Registered in settings.ROOMS."""

    name = "sofra.sources"
    label = "sources"
