"""Routes of the room."""

from django.urls import URLPattern, path

from sofra.lexicon.views import acts, linting, reading

urlpatterns: list[URLPattern] = [
    path("", reading.lexicon, name="lexicon"),
    path("conventions/", reading.conventions, name="lexicon_conventions"),
    path("terms/", reading.terms, name="lexicon_terms"),
    path("entities/<uuid:entity>/", reading.entity, name="lexicon_entity"),
    path("designations/<uuid:designation>/rule/", acts.rule, name="lexicon_rule"),
    path("designations/<uuid:designation>/withdraw/", acts.withdraw, name="lexicon_withdraw"),
    path("check/", linting.lint_desk, name="lint_desk"),
    path("check/text/", linting.lint_text, name="lint_text"),
    path("sent-anyway/", reading.sent_anyway_page, name="sent_anyway"),
    path("red-lines/", reading.red_lines_page, name="red_lines"),
    path("red-lines/file/", reading.red_lines_file, name="red_lines_file"),
]
