"""Routes of delegations and attendance."""

from django.urls import URLPattern, path

from sofra.meetings.views import attendance, delegations, hospitality

MEETING = "meetings/<slug:format>/<slug:meeting>/"
TEAM = f"{MEETING}delegations/<uuid:party>/"
PERSON = f"{TEAM}persons/<uuid:delegate>/"

delegation_urls: list[URLPattern] = [
    path(f"{MEETING}delegations/", delegations.delegations, name="delegations"),
    path(TEAM, delegations.delegation, name="delegation"),
    path(f"{TEAM}register/", delegations.register, name="delegation_register"),
    path(f"{TEAM}announce/", delegations.announce, name="delegation_announce"),
    path(f"{TEAM}release/", delegations.release, name="delegation_release"),
    path(f"{TEAM}persons/add/", delegations.delegate_add, name="delegate_add"),
    path(f"{PERSON}edit/", delegations.delegate_edit, name="delegate_edit"),
    path(f"{PERSON}take-out/", delegations.delegate_withdraw, name="delegate_withdraw"),
    path(f"{PERSON}contact/", hospitality.particulars, name="delegate_particulars"),
    path(f"{TEAM}deputise/", delegations.deputise, name="deputise"),
    path(f"{TEAM}deputise/<uuid:deputising>/end/", delegations.deputise_end, name="deputise_end"),
    path(f"{TEAM}journeys/add/", hospitality.journey_add, name="journey_add"),
    path(f"{TEAM}journeys/<uuid:journey>/edit/", hospitality.journey_edit, name="journey_edit"),
    path(f"{TEAM}journeys/<uuid:journey>/call-off/", hospitality.journey_withdraw, name="journey_withdraw"),
    path(f"{TEAM}liaison/", hospitality.liaison, name="liaison"),
    path(f"{MEETING}attendance/", attendance.attendance, name="attendance"),
    path(f"{MEETING}attendance/write-down/", attendance.attendance_note, name="attendance_note"),
    path(f"{MEETING}attendance/confirm/", attendance.attendance_confirm, name="attendance_confirm"),
    path(f"{MEETING}attendance/<uuid:session>/", attendance.attendance_session, name="attendance_session"),
]
