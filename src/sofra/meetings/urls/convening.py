"""Routes of formats' meetings, convening and the cycle."""

from django.urls import URLPattern, path

from sofra.meetings.views import convening, formats, overview, tasks

_FORMAT = "formats/<slug:format>/"
_MEETING = "meetings/<slug:format>/<slug:meeting>/"

convening_urls: list[URLPattern] = [
    path(_FORMAT, formats.format, name="format"),
    path(_FORMAT + "convene/", convening.convene, name="convene"),
    path(_FORMAT + "cycle/", tasks.cycle, name="cycle"),
    path(_FORMAT + "cycle/take/", tasks.cycle_take, name="cycle_take"),
    path(_FORMAT + "cycle/add/", tasks.step_add, name="step_add"),
    path(_FORMAT + "cycle/<uuid:step>/", tasks.step_edit, name="step_edit"),
    path(_FORMAT + "cycle/<uuid:step>/retire/", tasks.step_retire, name="step_retire"),
    path("meetings/", formats.meetings, name="meetings"),
    path("meetings/<slug:format>/", formats.format_meetings, name="format_meetings"),
    path(_MEETING, overview.meeting, name="meeting"),
    path(_MEETING + "change/", convening.meeting_edit, name="meeting_edit"),
    path(_MEETING + "date/", convening.meeting_postpone, name="meeting_postpone"),
    path(_MEETING + "cancel/", convening.meeting_cancel, name="meeting_cancel"),
    path(_MEETING + "status/", convening.meeting_advance, name="meeting_advance"),
    path(_MEETING + "tasks/add/", tasks.task_add, name="task_add"),
    path(_MEETING + "tasks/<uuid:task>/", tasks.task_edit, name="task_edit"),
    path(_MEETING + "tasks/<uuid:task>/done/", tasks.task_mark, name="task_mark"),
    path(_MEETING + "tasks/<uuid:task>/drop/", tasks.task_drop, name="task_drop"),
]
