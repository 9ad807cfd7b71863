"""Routes of the programme, of rooms, and of calendar subscriptions."""

from django.urls import URLPattern, path

from sofra.meetings.views import calendar, programme, programme_acts, programme_entries, resources

PROGRAMME = "meetings/<slug:format>/<slug:meeting>/programme/"
_SESSION = f"{PROGRAMME}<uuid:session>/"
_ROOMS = "formats/<slug:format>/rooms/"

programme_urls: list[URLPattern] = [
    path(PROGRAMME, programme.programme, name="programme"),
    path(f"{PROGRAMME}print/", programme.programme_print, name="programme_print"),
    path(f"{PROGRAMME}pencilled-twice/", programme.programme_clashes, name="programme_clashes"),
    path(f"{PROGRAMME}publish/", programme_acts.publish, name="programme_publish"),
    path(f"{PROGRAMME}add/", programme_acts.session_add, name="programme_add"),
    path(_SESSION, programme_acts.session, name="programme_session"),
    path(f"{_SESSION}edit/", programme_acts.session_edit, name="programme_edit"),
    path(f"{_SESSION}move/", programme_acts.session_move, name="programme_move"),
    path(f"{_SESSION}cancel/", programme_acts.session_cancel, name="programme_cancel"),
    path(f"{_SESSION}entries/add/", programme_entries.entry_add, name="programme_entry_add"),
    path(f"{_SESSION}entries/<uuid:entry>/", programme_entries.entry_edit, name="programme_entry"),
    path(f"{_SESSION}entries/<uuid:entry>/act/", programme_entries.entry_act, name="programme_entry_act"),
    path(f"{_SESSION}people/add/", programme_entries.part_add, name="programme_part_add"),
    path(f"{_SESSION}people/<uuid:part>/drop/", programme_entries.part_drop, name="programme_part_drop"),
    path(_ROOMS, resources.rooms, name="rooms"),
    path(f"{_ROOMS}add/", resources.room_add, name="room_add"),
    path(f"{_ROOMS}<uuid:room>/", resources.room_edit, name="room_edit"),
    path(f"{_ROOMS}<uuid:room>/retire/", resources.room_retire, name="room_retire"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<uuid:key>/revoke/", calendar.calendar_revoke, name="calendar_revoke"),
    path("calendar/<str:secret>/programme.ics", calendar.calendar_feed, name="calendar_feed"),
]
