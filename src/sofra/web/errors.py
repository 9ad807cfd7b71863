"""Pages that say no: what happened, what was kept, what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sofra.kernel import rest


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    if rest.is_rest(request):
        return rest.error(_("The request could not be read. Nothing was changed."), status=400)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403. A reason is shown only where the refusal brought one."""
    return render(request, "403.html", {"reason": getattr(exception, "sentence", "")}, status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404. The answer for "not yours" and "not there" is this same page."""
    if rest.is_rest(request):
        return rest.not_there()
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Needs no database, no session and no context processor."""
    if rest.is_rest(request):
        return rest.broken()
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or came from elsewhere."""
    return render(request, "403.html", {"stale": True}, status=403)
