"""Routes of the record. No address holds the code of a party."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from sofra.sources import views
from sofra.sources.queries import SECTIONS


class SectionConverter(StringConverter):
    """A section of the record."""

    regex = "|".join(SECTIONS)


register_converter(SectionConverter, "section")

urlpatterns: list[URLPattern] = [
    path("", views.home, name="record_home"),
    path("meetings/<slug:slug>/", views.meeting, name="record_meeting"),
    path("differences/", views.differences, name="record_differences"),
    path("later-reports/", views.later, name="record_later"),
    path("kept-back/", views.kept, name="record_kept"),
    path("sources/", views.sources, name="record_sources"),
    path("sources/<slug:key>/", views.source, name="record_source"),
    path("claims/<uuid:claim_id>/", views.claim, name="record_claim"),
    path("claims/<uuid:claim_id>/comment/", views.comment, name="record_comment"),
    path("claims/<uuid:claim_id>/ask-release/", views.ask_release, name="record_ask_release"),
    path("claims/<uuid:claim_id>/release/", views.release, name="record_release"),
    path("comments/<uuid:comment_id>/", views.correct, name="record_comment_correct"),
    path("comments/<uuid:comment_id>/release/", views.release_comment, name="record_comment_release"),
    path("comments/<uuid:comment_id>/withdraw/", views.withdraw_comment, name="record_comment_withdraw"),
    path("<section:section>/", views.section, name="record_section"),
]
