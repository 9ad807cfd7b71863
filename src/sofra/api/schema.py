"""The description of the interface (OpenAPI 3.1), and the route that serves it."""

from __future__ import annotations

import functools
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from sofra.api import frame
from sofra.kernel.doors import ANYONE, Door

PATH = "api/1/"
_ERROR: dict[str, Any] = {
    "title": "Error",
    "description": "What was not done and why, in one sentence for people.",
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["sentence", "field"],
            "properties": {
                "sentence": {"type": "string"},
                "field": {
                    "type": ["string", "null"],
                    "description": "The part of the request it speaks of, where there is one.",
                },
            },
        }
    },
}


@functools.cache
def document() -> dict[str, Any]:
    """The description, the same in every language: names of things in the interface are English."""
    with translation.override("en"):
        found: dict[str, Any] = json.loads(json.dumps(frame.interface().get_openapi_schema(path_prefix=PATH)))
    found.pop("servers", None)
    parts = found["components"]
    parts.setdefault("schemas", {})["Error"] = _ERROR
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "An access token of a seat."}
    }
    parts["responses"] = {
        "no": {
            "description": "401 without a seat, 403 not for this seat, 404 not there or not yours, 409 no profile to name "
            "parties by, 422 not as described, 429 too often.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        }
    }
    public = {name: door.public for name, door in frame.doors().items()}
    for path in found["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = {"$ref": "#/components/responses/no"}
            operation["security"] = [{"token": []}, *([{}] if public[operation["operationId"]] else [])]
    return found


def text() -> str:
    """The description as a file."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def _schema(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(text(), content_type="application/json")


#: The route of the description.
schema = frame.answering(_schema, Door({"GET": ANYONE}))
