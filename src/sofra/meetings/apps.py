"""The room as a Django application."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registered in settings.ROOMS."""

    name = "sofra.meetings"
    label = "meetings"
