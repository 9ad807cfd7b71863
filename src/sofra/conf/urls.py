"""All routes of the house. Public URLs start with the language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sofra.web.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/1/", include("sofra.api.urls")),
    *i18n_patterns(
        path("", include("sofra.kernel.accounts.urls")),
        path("", include("sofra.kernel.urls")),
        path("", include("sofra.web.urls")),
        path("record/", include("sofra.sources.urls")),
        path("lexicon/", include("sofra.lexicon.urls")),
        path("", include("sofra.parties.urls")),
        path("", include("sofra.meetings.urls")),
        path("", include("sofra.texts.urls")),
        path("", include("sofra.bilaterals.urls")),
        path("", include("sofra.cooperation.urls")),
    ),
]

handler400 = "sofra.web.errors.bad_request"
handler403 = "sofra.web.errors.forbidden"
handler404 = "sofra.web.errors.not_found"
handler500 = "sofra.web.errors.server_error"
