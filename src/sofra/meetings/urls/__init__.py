"""Routes of the room, one file per capability."""

from django.urls import URLPattern

from sofra.meetings.urls.convening import convening_urls

urlpatterns: list[URLPattern] = [*convening_urls]
