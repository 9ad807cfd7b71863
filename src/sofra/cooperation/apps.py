"""The room as a Django application."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """Registered in settings.ROOMS."""

    name = "sofra.cooperation"
    label = "cooperation"
