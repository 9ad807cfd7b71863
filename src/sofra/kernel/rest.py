"""What a request to the REST interface is, who makes it, and how it is told no. The frame itself stands in `sofra.api`.

No cookie is read there: a request is a visitor's, or that of the seat whose token it carries. So no page elsewhere can make a
browser ask as its user, and no form needs protection against that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from sofra.kernel import acting
from sofra.kernel.accounts import limits, token_commands, token_queries
from sofra.kernel.acting import Actor

PREFIX = "/api/"
#: How often one token, a visitor's address and whoever tries tokens that are none may ask.
READS = limits.Limit("api:token", 1200, 900)
VISITS = limits.Limit("api:visitor", 600, 900)
MISSES = limits.Limit("api:miss", 30, 900)
_SCHEME = 'Bearer realm="Sofra"'


def is_rest(request: HttpRequest) -> bool:
    """Whether a request is to the REST interface."""
    return request.path_info.startswith(PREFIX)


def error(
    sentence: Any, field: str | None = None, *, status: int, headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """The one shape of every no: a sentence for people, and the part of the request it speaks of, where there is one."""
    said = {"error": {"sentence": str(sentence), "field": field}}
    return JsonResponse(said, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})


def not_there() -> JsonResponse:
    """The answer for "not yours" and "not there"."""
    return error(_("There is nothing here that you may read."), status=404)


def broken() -> JsonResponse:
    """Something failed on our side."""
    return error(
        _("Something failed here. Nothing was changed. Try again later; the operator finds it in the log."), status=500
    )


def unknown(sentence: Any, *, token: bool) -> JsonResponse:
    """Nobody was recognised: by the token that was sent, or because none was."""
    how = f'{_SCHEME}, error="invalid_token"' if token else _SCHEME
    return error(sentence, status=401, headers={"WWW-Authenticate": how})


class Refused(Exception):  # noqa: N818 (an answer, not an error)
    """A request is answered before anybody acts."""

    def __init__(self, response: JsonResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def enter(request: HttpRequest) -> Actor:
    """Who makes a request: the seat of its token, or a visitor. Asked inside the request's transaction, every time anew.

    Raises Refused where the token opens nothing, or somebody asks too often.
    """
    said = request.headers.get("Authorization")
    try:
        if said is None:
            limits.count(VISITS, limits.address_of(request))
            return acting.enter(None, None)
        scheme, _space, secret = said.partition(" ")
        bearer = token_queries.bearer_of(secret.strip()) if scheme.casefold() == "bearer" else None
        if bearer is None:
            limits.count(MISSES, limits.address_of(request))
            raise Refused(unknown(_no_token(), token=True))
        limits.count(READS, bearer.token_id)
    except limits.TooMany as no:
        wait = {"Retry-After": str(no.seconds)}
        raise Refused(error(no.sentence, status=429, headers=wait)) from no
    actor = acting.enter(bearer.account_id, bearer.seat_id)
    if not actor.seated:
        raise Refused(unknown(_no_token(), token=True))
    if bearer.new_day is not None:
        token_commands.note_use(bearer.token_id, bearer.new_day)
    return actor


def _no_token() -> str:
    return _("This token opens nothing: it is unknown, revoked or over, or its seat has ended. Make another one.")


class Rest:
    """Takes the cookies from a request to the REST interface and settles its language, before anything looks at either."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_rest(request):
            request.META.pop("HTTP_COOKIE", None)
            request.COOKIES = {}
            asked = request.GET.get("language")
            if asked is not None:
                known = [code for code, _name in settings.LANGUAGES]
                if asked not in known:
                    with translation.override(translation.get_language_from_request(request)):
                        return error(
                            _("There is no language %(asked)s here; there are %(known)s.")
                            % {"asked": asked[:20], "known": ", ".join(known)},
                            "language",
                            status=422,
                        )
                request.META["HTTP_ACCEPT_LANGUAGE"] = asked
        response: HttpResponseBase = self.get_response(request)
        return response
