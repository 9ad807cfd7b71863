"""Routes of the room."""

from django.urls import URLPattern, path

from sofra.texts.views import (
    acts,
    adopting,
    burning,
    chair,
    files,
    informal,
    languages,
    ours,
    overview,
    packages,
    reading,
    room,
    screen,
    shaping,
    versions,
)

TEXTS = "meetings/<slug:format>/<slug:meeting>/texts/"
TEXT = f"{TEXTS}<uuid:text>/"
SILENCE = f"{TEXT}silence/"
ONE = f"{SILENCE}<uuid:silence_id>/"
PARAGRAPH = f"{TEXT}paragraphs/<uuid:paragraph>/"

urlpatterns: list[URLPattern] = [
    path(TEXTS, reading.texts, name="texts"),
    path(f"{TEXTS}begin/", chair.begin, name="text_begin"),
    path(TEXT, room.text, name="text"),
    path(f"{TEXT}bring/", acts.bring, name="text_bring"),
    path(f"{TEXT}matrix/", overview.matrix, name="text_matrix"),
    path(f"{TEXT}packages/", packages.packages, name="text_packages"),
    path(f"{TEXT}packages/standing/", packages.standing, name="text_packages_standing"),
    path(f"{TEXT}burn-down/", burning.burn_down, name="text_burn_down"),
    path(f"{TEXT}history/", overview.history, name="text_history"),
    path(f"{TEXT}file.<slug:form>", overview.file, name="text_file"),
    path(f"{TEXT}languages/", languages.languages, name="text_languages"),
    path(f"{TEXT}languages/one/", languages.put, name="text_language"),
    path(f"{PARAGRAPH}languages/<slug:tongue>/", languages.enter, name="text_render"),
    path(f"{TEXT}ours/", ours.ours, name="text_ours"),
    path(f"{TEXT}files/", files.files, name="text_files"),
    path(f"{TEXT}files/<slug:kind>.<slug:form>", files.paper, name="text_paper"),
    path(f"{TEXT}screen/", screen.screen, name="text_screen"),
    path(f"{TEXT}screen/now", screen.screen_live, name="text_screen_live"),
    path(f"{TEXT}pen/", chair.pen, name="text_pen"),
    path(f"{TEXT}circulate/", chair.circulate, name="text_circulate"),
    path(f"{TEXT}versions/<int:number>/", versions.version, name="text_version"),
    path(f"{TEXT}versions/<int:number>/words.json", versions.version_words, name="text_version_words"),
    path(f"{TEXT}proposals/<uuid:proposal>/decide/", shaping.settle, name="text_settle"),
    path(f"{TEXT}informal/<uuid:own>/take-from-view/", informal.take_from_view, name="text_informal_take"),
    path(f"{TEXT}proposals/<uuid:proposal>/withdraw/", acts.withdraw, name="text_withdraw"),
    path(f"{TEXT}positions/<uuid:position>/confirm/", acts.confirm, name="text_confirm"),
    path(SILENCE, adopting.silences, name="text_silences"),
    path(f"{SILENCE}open/", adopting.open_one, name="text_silence_open"),
    path(f"{ONE}break/", adopting.break_one, name="text_silence_break"),
    path(f"{ONE}withdraw/", adopting.withdraw_one, name="text_silence_withdraw"),
    path(f"{ONE}answer/", adopting.answer, name="text_silence_answer"),
    path(f"{TEXT}adopt/", adopting.adopt, name="text_adopt"),
    path(f"{TEXT}reopen/", adopting.reopen, name="text_reopen"),
    path(f"{TEXT}statements/attach/", adopting.attach, name="text_attach"),
    path(f"{TEXT}statements/<uuid:statement>/take-back/", adopting.detach, name="text_detach"),
    path(PARAGRAPH, reading.paragraph, name="text_paragraph"),
    path(f"{PARAGRAPH}propose/", acts.propose, name="text_propose"),
    path(f"{PARAGRAPH}delete/", acts.delete, name="text_delete"),
    path(f"{PARAGRAPH}add/", acts.add, name="text_add"),
    path(f"{PARAGRAPH}positions/<slug:choice>/", acts.position, name="text_position"),
    path(f"{PARAGRAPH}close/<slug:point>/", chair.close, name="text_close"),
    path(f"{PARAGRAPH}compromise/", chair.compromise, name="text_compromise"),
    path(f"{PARAGRAPH}move/", shaping.move, name="text_move"),
    path(f"{PARAGRAPH}split/", shaping.split, name="text_split"),
    path(f"{PARAGRAPH}merge/", shaping.merge, name="text_merge"),
    path(f"{PARAGRAPH}informal/", informal.put_forward, name="text_informal"),
    path(f"{PARAGRAPH}status/", chair.status, name="text_status"),
]
