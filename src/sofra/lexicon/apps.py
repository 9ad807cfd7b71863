"""The room as a Django application."""

from django.apps import AppConfig


class LexiconConfig(AppConfig):
    """Registered in settings.ROOMS."""

    name = "sofra.lexicon"
    label = "lexicon"
