"""The room as a Django application."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Registered in settings.ROOMS."""

    name = "sofra.parties"
    label = "parties"
