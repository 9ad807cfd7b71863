"""Routes of the agenda and of the themes."""

from django.urls import URLPattern, path

from sofra.meetings.views import agenda, agenda_acts, agenda_chair

AGENDA = "meetings/<slug:format>/<slug:meeting>/agenda/"

agenda_urls: list[URLPattern] = [
    path(AGENDA, agenda.agenda, name="agenda"),
    path(f"{AGENDA}propose/", agenda_acts.propose, name="agenda_propose"),
    path(f"{AGENDA}object/", agenda_acts.object_whole, name="agenda_object"),
    path(f"{AGENDA}withdraw-objection/", agenda_acts.lift_whole, name="agenda_lift"),
    path(f"{AGENDA}adopt/", agenda_chair.adopt, name="agenda_adopt"),
    path(f"{AGENDA}stop/", agenda_chair.stop, name="agenda_stop"),
    path(f"{AGENDA}versions/<int:number>/", agenda.version, name="agenda_version"),
    path(f"{AGENDA}acts/<uuid:act>/strike/", agenda_acts.strike, name="agenda_strike"),
    path(f"{AGENDA}suggestions/<uuid:suggestion>/<slug:how>/", agenda_acts.answer, name="agenda_answer"),
    path(f"{AGENDA}items/<uuid:item>/", agenda.item, name="agenda_item"),
    path(f"{AGENDA}items/<uuid:item>/edit/", agenda_acts.edit, name="agenda_edit"),
    path(f"{AGENDA}items/<uuid:item>/suggest/", agenda_acts.suggest, name="agenda_suggest"),
    path(f"{AGENDA}items/<uuid:item>/move/", agenda_chair.move, name="agenda_move"),
    path(f"{AGENDA}items/<uuid:item>/hand-up/", agenda_chair.hand_up, name="agenda_hand_up"),
    path(f"{AGENDA}items/<uuid:item>/<slug:act>/", agenda_acts.act, name="agenda_act"),
    path("themes/", agenda_chair.theme_list, name="themes"),
    path("themes/add/", agenda_chair.theme_add, name="theme_add"),
    path("themes/<slug:theme>/", agenda_chair.theme_edit, name="theme_edit"),
]
