"""Routes of the room."""

from django.urls import URLPattern, path

from sofra.parties.views import formats, holidays, names, parties
from sofra.parties.views.files import kept_file

urlpatterns: list[URLPattern] = [
    path("formats/", formats.formats, name="formats"),
    path("formats/open/", formats.format_open, name="format_open"),
    path("formats/<slug:format>/describe/", formats.format_edit, name="format_edit"),
    path("formats/<slug:format>/members/add/", formats.membership_add, name="membership_add"),
    path("formats/<slug:format>/members/<uuid:membership>/end/", formats.membership_end, name="membership_end"),
    path("formats/<slug:format>/members/<uuid:membership>/", formats.membership_edit, name="membership_edit"),
    path("parties/", parties.parties, name="parties"),
    path("parties/add/", parties.party_add, name="party_add"),
    path("parties/<uuid:party>/", parties.party, name="party"),
    path("parties/<uuid:party>/name/", parties.party_edit, name="party_edit"),
    path("parties/<uuid:party>/posts/add/", parties.post_add, name="post_add"),
    path("parties/<uuid:party>/holidays/", holidays.holidays, name="holidays"),
    path("parties/<uuid:party>/holidays/fill/", holidays.holidays_fill, name="holidays_fill"),
    path("parties/<uuid:party>/holidays/rest/", holidays.weekly_rest_set, name="weekly_rest_set"),
    path("parties/<uuid:party>/holidays/add/", holidays.holiday_add, name="holiday_add"),
    path("holidays/<uuid:holiday>/", holidays.holiday_edit, name="holiday_edit"),
    path("holidays/<uuid:holiday>/withdraw/", holidays.holiday_withdraw, name="holiday_withdraw"),
    path("posts/<uuid:post>/", parties.post_edit, name="post_edit"),
    path("posts/<uuid:post>/close/", parties.post_close, name="post_close"),
    path("posts/<uuid:post>/open/", parties.post_reopen, name="post_reopen"),
    path("posts/<uuid:post>/holder/", parties.tenure_add, name="tenure_add"),
    path("tenures/<uuid:tenure>/", parties.tenure_edit, name="tenure_edit"),
    path("lexicon/entities/add/", names.add, name="lexicon_add"),
    path("lexicon/entities/<uuid:entity>/propose/", names.propose, name="lexicon_propose"),
    path("lexicon/entities/<uuid:entity>/object/", names.object_to, name="lexicon_object"),
    path("lexicon/objections/<uuid:objection>/withdraw/", names.take_back, name="lexicon_take_back"),
    path("lexicon/terms/object/", names.object_to_term, name="lexicon_object_term"),
    path("files/<uuid:file>/", kept_file, name="kept_file"),
]
