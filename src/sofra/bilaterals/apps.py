"""The room as a Django application."""

from django.apps import AppConfig


class BilateralsConfig(AppConfig):
    """Registered in settings.ROOMS."""

    name = "sofra.bilaterals"
    label = "bilaterals"
