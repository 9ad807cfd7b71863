"""Routes of the room, one file per capability."""

from django.urls import URLPattern

from sofra.meetings.urls.agenda import agenda_urls
from sofra.meetings.urls.convening import convening_urls
from sofra.meetings.urls.outcomes import outcome_urls
from sofra.meetings.urls.publicity import publicity_urls

urlpatterns: list[URLPattern] = [*convening_urls, *publicity_urls, *agenda_urls, *outcome_urls]
