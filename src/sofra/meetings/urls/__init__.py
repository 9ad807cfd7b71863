"""Routes of the room, one file per capability."""

from django.urls import URLPattern

from sofra.meetings.urls.after import after_urls
from sofra.meetings.urls.agenda import agenda_urls
from sofra.meetings.urls.circulation import circulation_urls
from sofra.meetings.urls.convening import convening_urls
from sofra.meetings.urls.delegations import delegation_urls
from sofra.meetings.urls.letters import letter_urls
from sofra.meetings.urls.outcomes import outcome_urls
from sofra.meetings.urls.pack import pack_urls
from sofra.meetings.urls.press import press_urls
from sofra.meetings.urls.profiles import profile_urls
from sofra.meetings.urls.programme import programme_urls
from sofra.meetings.urls.publicity import publicity_urls

urlpatterns: list[URLPattern] = [
    *convening_urls,
    *publicity_urls,
    *agenda_urls,
    *circulation_urls,
    *after_urls,
    *outcome_urls,
    *profile_urls,
    *programme_urls,
    *delegation_urls,
    *letter_urls,
    *pack_urls,
    *press_urls,
]
