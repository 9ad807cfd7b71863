"""Routes of the REST interface, as rooms bring them, and their description."""

from django.urls import path

from sofra.api import frame
from sofra.api.schema import schema

urlpatterns = [path("openapi.json", schema, name="api_schema"), *frame.patterns()]
