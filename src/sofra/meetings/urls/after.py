"""Routes of what is done after a meeting."""

from django.urls import URLPattern, path

from sofra.meetings.views import after, issuing

MEETING = "meetings/<slug:format>/<slug:meeting>/"
OUTCOME = f"{MEETING}decisions/<uuid:outcome>/"
ISSUED = f"{OUTCOME}issued/<uuid:issue>/"

after_urls: list[URLPattern] = [
    path(f"{MEETING}after/", after.after, name="after_meeting"),
    path(f"{MEETING}after/record/", after.record, name="after_record"),
    path(f"{MEETING}attendance/own/<uuid:party>/", after.own, name="attendance_own"),
    path(f"{OUTCOME}issue/", issuing.issue, name="outcome_issue"),
    path(ISSUED, issuing.text, name="issued_text"),
    path(f"{ISSUED}decision/", issuing.decision, name="issued_decision"),
]
