"""Routes of the room."""

from django.urls import URLPattern, path

from sofra.bilaterals.grid_urls import GRID
from sofra.bilaterals.views import acts, arranging, board, days, own

PLACE = "meetings/<slug:format>/<slug:meeting>/bilaterals/"
ONE = f"{PLACE}<uuid:request_key>/"
SET = f"{PLACE}setting/"
DAY = f"{PLACE}day/<uuid:party>/<slug:level>/"

urlpatterns: list[URLPattern] = [
    *GRID,
    path(PLACE, board.board, name="bilaterals"),
    path(f"{PLACE}ask/", acts.ask, name="bilateral_ask"),
    path(ONE, board.one, name="bilateral"),
    path(f"{ONE}accept/", acts.accept, name="bilateral_accept"),
    path(f"{ONE}decline/", acts.decline, name="bilateral_decline"),
    path(f"{ONE}propose/", acts.propose, name="bilateral_propose"),
    path(f"{ONE}withdraw/", acts.withdraw, name="bilateral_withdraw"),
    path(f"{ONE}time/", acts.put_time, name="bilateral_time"),
    path(f"{ONE}time/confirm/", acts.confirm_time, name="bilateral_time_confirm"),
    path(f"{ONE}how/", acts.arrange, name="bilateral_how"),
    path(f"{ONE}held/", acts.say_held, name="bilateral_held"),
    path(f"{ONE}note/", acts.note, name="bilateral_note"),
    path(f"{ONE}readout/", acts.put_readout, name="bilateral_readout"),
    path(f"{ONE}readout/agree/", acts.agree_readout, name="bilateral_readout_agree"),
    path(f"{PLACE}free/", own.block, name="bilateral_block"),
    path(f"{PLACE}free/<uuid:block>/end/", own.unblock, name="bilateral_unblock"),
    path(f"{PLACE}book/", own.book, name="bilateral_book"),
    path(f"{PLACE}book/<uuid:booking>/end/", own.unbook, name="bilateral_unbook"),
    path(DAY, days.day, name="bilateral_day"),
    path(f"{DAY}print/", days.day_print, name="bilateral_day_print"),
    path(f"{DAY}day.pdf", days.day_pdf, name="bilateral_day_pdf"),
    path(f"{DAY}day.ics", days.day_ics, name="bilateral_day_ics"),
    path(SET, arranging.setting, name="bilaterals_setting"),
    path(f"{SET}hours/", arranging.frame, name="bilaterals_frame"),
    path(f"{SET}rooms/<uuid:room>/", arranging.room, name="bilaterals_room"),
    path(f"{SET}apart/", arranging.apart, name="bilaterals_apart"),
    path(f"{SET}apart/<uuid:apart>/end/", arranging.apart_end, name="bilaterals_apart_end"),
]
