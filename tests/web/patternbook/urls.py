"""The house's own routes, with the pattern book beside them."""

from django.conf.urls.i18n import i18n_patterns

from sofra.conf.urls import urlpatterns as house
from tests.web.patternbook import pages

urlpatterns = [*i18n_patterns(*pages.urlpatterns), *house]

handler404 = "sofra.web.errors.not_found"
