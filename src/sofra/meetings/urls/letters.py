"""Routes of invitations, the register of notes, letters and notices."""

from django.urls import URLPattern, path

from sofra.meetings.views import invitations, letters, notices, register

FORMAT = "formats/<slug:format>/"
MEETING = "meetings/<slug:format>/<slug:meeting>/"
INVITATION = f"{MEETING}invitations/<uuid:invitation>/"
REGISTER = f"{FORMAT}register/"
TEMPLATES = f"{FORMAT}letter-templates/"

letter_urls: list[URLPattern] = [
    path(f"{MEETING}invitations/", invitations.invitations, name="invitations"),
    path(f"{MEETING}invitations/draft/", invitations.draft, name="invitations_draft"),
    path(f"{MEETING}invitations/issue/", invitations.issue, name="invitations_issue"),
    path(INVITATION, invitations.invitation, name="meeting_invitation"),
    path(f"{INVITATION}change/", invitations.change, name="invitation_change"),
    path(f"{INVITATION}call-off/", invitations.withdraw, name="invitation_withdraw"),
    path(f"{INVITATION}answer/", invitations.answer, name="invitation_answer"),
    path(f"{INVITATION}letter/", letters.write_for_invitation, name="invitation_letter"),
    path(f"{INVITATION}notice/", notices.notice, name="notice"),
    path(f"{MEETING}letters/write/", letters.write, name="letter_write"),
    path(f"{MEETING}correspondence/", register.correspondence, name="correspondence"),
    path(REGISTER, register.register, name="register"),
    path(f"{REGISTER}add/", register.add, name="note_add"),
    path(f"{REGISTER}sheet/", register.sheet, name="register_sheet"),
    path(f"{REGISTER}<uuid:note>/", register.note, name="note"),
    path(f"{REGISTER}<uuid:note>/document/", register.document, name="note_document"),
    path(f"{REGISTER}<uuid:note>/withdraw/", register.withdraw, name="note_withdraw"),
    path(TEMPLATES, letters.templates, name="letter_templates"),
    path(f"{TEMPLATES}write/", letters.template_add, name="letter_template_add"),
    path(f"{TEMPLATES}<uuid:template>/", letters.template_edit, name="letter_template_edit"),
    path(f"{TEMPLATES}<uuid:template>/retire/", letters.template_retire, name="letter_template_retire"),
]
