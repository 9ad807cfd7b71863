"""What pages of every room share: the page's language, who asks, and whether the page is there for them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from sofra.kernel import policy
from sofra.kernel.acting import Actor
from sofra.kernel.refusals import NotAllowed, Refusal

#: The status of what was sent and refused: it rolls back all that the request wrote.
UNPROCESSABLE = 422
#: The status of what was done: the page to look at now is another.
SEE_OTHER = 303


def language() -> str:
    """The page's language."""
    return get_language() or "en"


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: what was sent, and nothing where the page is only read."""
    return request.POST if request.method == "POST" else None


def seen_version(text: str | None) -> int:
    """The version that was sent with a form. What was not sent, or is no number, was never seen: no version is 0."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def download(data: bytes | str, media_type: str, name: str) -> HttpResponse:
    """Something to save under a name, never to show within the house's pages. The middleware adds what every attachment
    carries."""
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(data, content_type=media_type, headers={"Content-Disposition": disposition})


def open_to(request: HttpRequest, action: str, obj: Any = None) -> None:
    """Let a reader on who may do what the page asks. To others the page is not there; what they send is refused with the
    reason."""
    decision = policy.decide(actor_of(request), action, obj)
    if decision:
        return
    if request.method == "POST":
        raise NotAllowed(decision.reason)
    raise Http404


def press(request: HttpRequest, act: Callable[[], object], to: str, *, done: str = "") -> HttpResponse:
    """Do what one press of a button asks, and lead on to a page that says how it ended: `done`, or the refusal's sentence."""
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        if done:
            messages.success(request, done)
    return HttpResponseRedirect(to, status=SEE_OTHER)


def unless_known(request: HttpRequest, told: object, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """What `answer` makes, with an ETag; 304, without making it, where the reader's last one told the same.

    Not the answer itself is compared, but what it tells: it may hold a form's token, which differs each time.
    """
    etag = f'"{hashlib.sha256(repr((language(), told)).encode()).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match") == etag
    response = HttpResponseNotModified() if known else answer()
    response["ETag"] = etag
    return response
