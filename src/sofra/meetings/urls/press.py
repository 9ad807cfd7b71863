"""Routes of the press desk."""

from django.urls import URLPattern, path

from sofra.meetings.views import media, press, press_acts, press_lines

PRESS = "meetings/<slug:format>/<slug:meeting>/press/"
_PIECE = f"{PRESS}pieces/<uuid:piece>/"
_ISSUE = f"{PRESS}issues/<uuid:issue>/"
_MEDIA = f"{PRESS}media/"

press_urls: list[URLPattern] = [
    path(PRESS, press.desk, name="press"),
    path(f"{PRESS}add/<slug:kind>/", press_acts.add, name="press_add"),
    path(_PIECE, press.piece, name="press_piece"),
    path(f"{_PIECE}edit/", press_acts.edit, name="press_edit"),
    path(f"{_PIECE}next/", press_acts.next_version, name="press_next"),
    path(f"{_PIECE}drop/", press_acts.drop, name="press_drop"),
    path(f"{_PIECE}places/", press_acts.places, name="press_places"),
    path(f"{_PIECE}issue/", press_acts.issue, name="press_issue"),
    path(f"{_PIECE}send/", press_lines.send, name="press_send"),
    path(f"{_PIECE}stop/", press_lines.stop, name="press_stop"),
    path(f"{_PIECE}no-objection/", press_lines.consent, name="press_consent"),
    path(f"{_PIECE}object/", press_lines.object_, name="press_object"),
    path(f"{_PIECE}withdraw-objection/", press_lines.lift, name="press_lift"),
    path(f"{_PIECE}letter/<slug:language>/<slug:kind>/", press.letter, name="press_letter"),
    path(f"{_ISSUE}instant/", press_acts.move, name="press_move"),
    path(f"{_ISSUE}call-off/", press_acts.call_off, name="press_call_off"),
    path(f"{_ISSUE}withdraw/", press_acts.withdraw, name="press_withdraw"),
    path(_MEDIA, media.applications, name="media"),
    path(f"{_MEDIA}add/", media.add, name="media_add"),
    path(f"{_MEDIA}print/", media.printed, name="media_print"),
    path(f"{_MEDIA}sheet/", media.sheet, name="media_sheet"),
    path(f"{_MEDIA}remove/", media.clear, name="media_clear"),
    path(f"{_MEDIA}<uuid:application>/edit/", media.edit, name="media_edit"),
    path(f"{_MEDIA}<uuid:application>/decide/", media.decide, name="media_decide"),
    path(f"{_MEDIA}<uuid:application>/remove/", media.remove, name="media_remove"),
]
