"""The room as a Django application."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """Registered in settings.ROOMS."""

    name = "sofra.texts"
    label = "texts"
