"""The room of the REST interface's frame."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Stands on top, beside web."""

    name = "sofra.api"
    label = "api"
