"""Routes of the room."""

from django.urls import URLPattern, path

from sofra.parties.views.files import kept_file

urlpatterns: list[URLPattern] = [path("files/<uuid:file>/", kept_file, name="kept_file")]
