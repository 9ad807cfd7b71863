"""Routes of the room."""

from django.urls import URLPattern, path

from sofra.texts.views import acts, chair, reading

TEXTS = "meetings/<slug:format>/<slug:meeting>/texts/"
TEXT = f"{TEXTS}<uuid:text>/"
PARAGRAPH = f"{TEXT}paragraphs/<uuid:paragraph>/"

urlpatterns: list[URLPattern] = [
    path(TEXTS, reading.texts, name="texts"),
    path(f"{TEXTS}begin/", chair.begin, name="text_begin"),
    path(TEXT, reading.text, name="text"),
    path(f"{TEXT}pen/", chair.pen, name="text_pen"),
    path(f"{TEXT}circulate/", chair.circulate, name="text_circulate"),
    path(f"{TEXT}versions/<int:number>/", reading.version, name="text_version"),
    path(f"{TEXT}proposals/<uuid:proposal>/withdraw/", acts.withdraw, name="text_withdraw"),
    path(f"{TEXT}positions/<uuid:position>/confirm/", acts.confirm, name="text_confirm"),
    path(PARAGRAPH, reading.paragraph, name="text_paragraph"),
    path(f"{PARAGRAPH}propose/", acts.propose, name="text_propose"),
    path(f"{PARAGRAPH}delete/", acts.delete, name="text_delete"),
    path(f"{PARAGRAPH}add/", acts.add, name="text_add"),
    path(f"{PARAGRAPH}positions/<slug:choice>/", acts.position, name="text_position"),
    path(f"{PARAGRAPH}close/<slug:point>/", chair.close, name="text_close"),
    path(f"{PARAGRAPH}status/", chair.status, name="text_status"),
]
