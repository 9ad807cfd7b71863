"""Routes of designation profiles."""

from django.urls import URLPattern, path

from sofra.meetings.views import profile_acts, profiles

_PROFILES = "formats/<slug:format>/profiles/"
_ONE = f"{_PROFILES}<uuid:profile>/"

profile_urls: list[URLPattern] = [
    path(_PROFILES, profiles.profiles, name="profiles"),
    path(_ONE, profiles.profile, name="profile"),
    path(f"{_ONE}edit/", profiles.profile_edit, name="profile_edit"),
    path(f"{_ONE}propose/", profile_acts.profile_propose, name="profile_propose"),
    path(f"{_ONE}cite/", profile_acts.profile_cite, name="profile_cite"),
    path(f"{_ONE}stop/", profile_acts.profile_stop, name="profile_stop"),
    path(f"{_ONE}end/", profile_acts.profile_end, name="profile_end"),
    path(f"{_ONE}object/", profile_acts.profile_object, name="profile_object"),
    path(f"{_ONE}objections/<uuid:objection>/<slug:how>/", profile_acts.profile_take_back, name="profile_take_back"),
    path("meetings/<slug:format>/<slug:meeting>/names/", profiles.meeting_profile, name="meeting_profile"),
]
