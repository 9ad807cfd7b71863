"""One transaction per request, with its actor; doors; headers. The order of settings.MIDDLEWARE is part of the walls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import acting, recording, rest
from sofra.kernel.acting import GUEST, VISITOR, Actor
from sofra.kernel.doors import door_of
from sofra.kernel.refusals import NotAllowed

GetResponse = Callable[[HttpRequest], HttpResponseBase]

#: Session key under which the seat an account acts on is kept.
SEAT = "seat"


class OneTransaction:
    """Opens the request's transaction, sets its actor, rolls back on status 400 and above, appends the audit links last.

    Rendering happens inside. A streamed body is sent after the commit, when no actor is set any more; a wrapper makes sure it
    asks the database for nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in settings.SOFRA_PATHS_WITHOUT_TRANSACTION:
            request.actor = Actor()  # type: ignore[attr-defined]
            return self.get_response(request)
        with transaction.atomic():
            try:
                actor = self._enter(request)
            except rest.Refused as no:
                return no.response
            request.actor = actor  # type: ignore[attr-defined]
            with recording.gathering(), acting.set_current(actor):
                response = self.get_response(request)
                if response.status_code >= 400:
                    recording.discard()
                    transaction.set_rollback(True)
        if response.streaming:
            response.streaming_content = _without_database(response.streaming_content)  # type: ignore[attr-defined]
        return response

    @staticmethod
    def _enter(request: HttpRequest) -> Actor:
        if rest.is_rest(request):
            return rest.enter(request)
        account = getattr(request, "user", None)
        account_id = account.pk if account is not None and account.is_authenticated else None
        return acting.enter(account_id, request.session.get(SEAT) if account_id else None)


def _without_database(content: Iterable[bytes]) -> Iterator[bytes]:
    with connection.execute_wrapper(_refuse_query):
        yield from content


def _refuse_query(*_args: Any) -> Any:
    raise RuntimeError("A streamed body asks the database for nothing: no actor is set when it is sent.")


class Doors:
    """Lets a request through the door of its route, or says why not."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        door = door_of(view, match.view_name if match else None)
        if door is None:
            raise ImproperlyConfigured(f"The route {match and match.view_name} declares no door.")
        roles = door.roles(request.method or "")
        if roles is None:
            allowed = sorted({*door.methods, "HEAD"} if "GET" in door.methods else door.methods)
            if rest.is_rest(request):
                said = _("This address takes %(methods)s.") % {"methods": ", ".join(allowed)}
                return rest.error(said, status=405, headers={"Allow": ", ".join(allowed)})
            return HttpResponseNotAllowed(allowed)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.role in roles:
            return None
        if actor.role == VISITOR:
            if rest.is_rest(request):
                return rest.unknown(_("This is read with an access token of your seat."), token=False)
            if request.method in ("GET", "HEAD"):
                return HttpResponseRedirect(
                    f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
                )
            return refused(request, _("You are not signed in. Nothing was changed. Sign in and try again."))
        if actor.role == GUEST:
            return refused(
                request, _("You hold no seat. Ask the secretariat for an invitation, or choose another seat.")
            )
        return refused(request, _("This page is not for the seat you act as."))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, NotAllowed):
            return refused(request, exception.sentence)
        return None


def refused(request: HttpRequest, sentence: Any) -> HttpResponse:
    """The page that says no, with the reason; to a program the same in JSON."""
    if rest.is_rest(request):
        return rest.error(sentence, status=403)
    return render(request, "403.html", {"reason": sentence}, status=403)


class Headers:
    """What every answer carries, so that no page can be framed, sniffed, cached on a shared machine or made to run scripts."""

    POLICY = "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        headers = response.headers
        # What is handed out to save may run nothing even where a browser shows it all the same.
        saved = headers.get("Content-Disposition", "").startswith("attachment")
        headers["Content-Security-Policy"] = f"{self.POLICY}; sandbox" if saved else self.POLICY
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if self._private(request, response):
            headers["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _private(request: HttpRequest, response: HttpResponseBase) -> bool:
        actor = getattr(request, "actor", None)
        match = getattr(request, "resolver_match", None)
        door = door_of(match.func, match.view_name) if match else None
        public = actor is not None and not actor.signed_in and door is not None and door.public
        return not (public and request.method in ("GET", "HEAD") and response.status_code < 400)
