"""Routes of the room."""

from django.urls import URLPattern, path

from sofra.cooperation.views import following, from_text, making, publishing, reading, sheets

PLACE = "commitments/<slug:format>/"
ONE = PLACE + "<uuid:commitment>/"
ISSUED = "meetings/<slug:format>/<slug:meeting>/decisions/<uuid:outcome>/issued/<uuid:issue>/"
MEETING = "meetings/<slug:format>/<slug:meeting>/follow-up/"

urlpatterns: list[URLPattern] = [
    path(MEETING, reading.follow_up_page, name="follow_up"),
    path(MEETING + "sheet/", sheets.sheet_page, name="follow_up_sheet"),
    path(MEETING + "hand-in/", sheets.hand_in_page, name="follow_up_hand_in"),
    path(MEETING + "hand-in/<uuid:draft>/", sheets.draft_page, name="follow_up_draft"),
    path(ISSUED + "commitment/", from_text.commitment_page, name="issued_commitment"),
    path(PLACE, reading.commitments_page, name="commitments"),
    path(PLACE + "propose/", making.propose_page, name="commitment_propose"),
    path(PLACE + "announce/", making.announce_page, name="commitment_announce"),
    path(ONE, reading.commitment_page, name="commitment"),
    path(ONE + "words/", making.edit_page, name="commitment_edit"),
    path(ONE + "contact/", making.contact_page, name="commitment_contact"),
    path(ONE + "date/", following.date_page, name="commitment_date"),
    path(ONE + "date/<uuid:date>/", following.answer_page, name="commitment_answer"),
    path(ONE + "report/", following.report_page, name="commitment_report"),
    path(ONE + "report/<uuid:report>/", following.correct_page, name="commitment_report_correct"),
    path(ONE + "public/", publishing.make_public_page, name="commitment_public"),
    path(ONE + "public/withdraw/", publishing.withdraw_public_page, name="commitment_public_withdraw"),
    path(ONE + "lapse/", following.lapse_page, name="commitment_lapse"),
    path(ONE + "withdraw/", following.withdraw_page, name="commitment_withdraw"),
]
