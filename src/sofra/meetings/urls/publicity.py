"""Routes of what is told outside the members, and of late entries."""

from django.urls import URLPattern, path

from sofra.meetings.views import publicity

_MEETING = "meetings/<slug:format>/<slug:meeting>/"

publicity_urls: list[URLPattern] = [
    path(_MEETING + "announce/", publicity.announce, name="meeting_announce"),
    path(
        _MEETING + "announcements/<uuid:announcement>/withdraw/",
        publicity.announcement_withdraw,
        name="announcement_withdraw",
    ),
    path(_MEETING + "agenda/publish/", publicity.agenda_publish, name="agenda_publish"),
    path(_MEETING + "agenda/published/<uuid:publication>/withdraw/", publicity.agenda_withdraw, name="agenda_withdraw"),
    path(_MEETING + "late/<uuid:late>/", publicity.late_answer, name="late_answer"),
]
