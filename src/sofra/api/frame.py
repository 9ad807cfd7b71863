"""The rooms' routes under one roof: JSON in and out, refusals in one shape, doors, ETags."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from sofra.kernel import rest, rooms
from sofra.kernel.doors import Door
from sofra.kernel.refusals import NotAllowed, Refusal

View = Callable[..., HttpResponseBase]


class Json(BaseRenderer):
    """Writes letters as they are; a text that is no valid Unicode is escaped."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The body of an answer."""
        said = json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False)
        try:
            return said.encode()
        except UnicodeEncodeError:
            return json.dumps(data, cls=NinjaJSONEncoder).encode()


def routers() -> Iterator[tuple[str, Router]]:
    """The routes that rooms bring, by the room's name."""
    for room in rooms.all_rooms():
        if room.api:
            yield room.name, import_string(room.api)


class Interface(NinjaAPI):
    """An operation is called in the description as its route is in the house."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The operation's name."""
        return str(operation.url_name)


@functools.cache
def interface() -> NinjaAPI:
    """The whole interface. It shows no pages of the library's: those load scripts from elsewhere."""
    made = Interface(
        title="Sofra", version="1", docs_url=None, openapi_url=None, urls_namespace="api", renderer=Json(),
        description="What a seat may read, as the pages show it. Names of parties come from designation profiles.",
    )  # fmt: skip
    for name, router in routers():
        made.add_router("", router, tags=[name])
    for kind, answer in ((Refusal, _refusal), (Http404, _absent), (ValidationError, _invalid), (HttpError, _http)):
        made.add_exception_handler(kind, answer)
    return made


def _refusal(_request: HttpRequest, no: Any) -> HttpResponse:
    """422 where a part of the request is at fault; 409 where what it needs, a profile above all, is not there."""
    if isinstance(no, NotAllowed):
        return rest.error(no.sentence, status=403)
    return rest.error(no.sentence, no.field, status=422 if no.field else 409)


def _absent(_request: HttpRequest, _no: Any) -> HttpResponse:
    return rest.not_there()


def _http(_request: HttpRequest, no: Any) -> HttpResponse:
    """A body that is no JSON, or longer than the house reads at all."""
    return rest.error(_("The request could not be read. Nothing was changed."), "body", status=no.status_code)


def _invalid(_request: HttpRequest, no: Any) -> HttpResponse:
    """What was sent and is not as the description says; nothing of it is repeated but the name of the part."""
    first = no.errors[0]
    field = next((str(step) for step in reversed(first["loc"]) if isinstance(step, str)), "body")
    if first["type"] == "missing":
        sentence = _("%(field)s is missing.")
    elif first["type"] == "string_too_long":
        sentence = _("%(field)s is longer than is read at once.")
    else:
        sentence = _("%(field)s is not as the description of the interface has it.")
    return rest.error(sentence % {"field": field}, field, status=422)


def doors() -> dict[str, Door]:
    """The door of each route, by its name, as its functions declare it."""
    found: dict[str, Door] = {}
    for _name, router in routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                declared = getattr(operation.view_func, "door", None)
                if isinstance(declared, Door) and operation.url_name:
                    before = found.get(operation.url_name, Door())
                    found[operation.url_name] = Door({**before.methods, **declared.methods})
    return found


def patterns() -> list[URLPattern]:
    """The routes as Django's, each behind its door."""
    declared = doors()
    found = []
    for pattern in interface().urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name in declared:
            pattern.callback = answering(pattern.callback, declared[pattern.name])
            found.append(pattern)
    return found


def answering(view: View, door: Door) -> View:
    """A view of the interface with its door; HEAD goes with GET, and what has not changed since is not sent again."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.method = method
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        if response.status_code != 200 or method not in ("GET", "HEAD"):
            return response
        assert isinstance(response, HttpResponse)
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    answer.door = door  # type: ignore[attr-defined]
    answer.csrf_exempt = True  # type: ignore[attr-defined] # no cookie is read here (kernel/rest.py)
    return answer
