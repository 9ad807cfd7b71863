"""Routes of what a meeting ends with."""

from django.urls import URLPattern, path

from sofra.meetings.views import outcomes

DECISIONS = "meetings/<slug:format>/<slug:meeting>/decisions/"

outcome_urls: list[URLPattern] = [
    path(DECISIONS, outcomes.outcomes, name="outcomes"),
    path(f"{DECISIONS}write/", outcomes.draft, name="outcome_draft"),
    path(f"{DECISIONS}close/", outcomes.close, name="meeting_close"),
    path(f"{DECISIONS}<uuid:outcome>/", outcomes.outcome, name="outcome"),
    path(f"{DECISIONS}<uuid:outcome>/edit/", outcomes.edit, name="outcome_edit"),
    path(f"{DECISIONS}<uuid:outcome>/release/", outcomes.release, name="outcome_release"),
    path(f"{DECISIONS}<uuid:outcome>/adopt/", outcomes.adopt, name="outcome_adopt"),
    path(f"{DECISIONS}<uuid:outcome>/object/", outcomes.object_, name="outcome_object"),
    path(f"{DECISIONS}<uuid:outcome>/lift/", outcomes.lift, name="outcome_lift"),
    path(f"{DECISIONS}<uuid:outcome>/<slug:act>/", outcomes.act, name="outcome_act"),
]
