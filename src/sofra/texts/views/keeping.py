"""Forms whose words survive a lost connection and a closed browser: they are kept on the reader's device until they are sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from sofra.kernel.asking import Asking
from sofra.kernel.pages import SEE_OTHER, actor_of

#: The cookie by which a page is told what was sent, so that it forgets it. It holds names that mean nothing elsewhere.
SENT = "sofra_sent"
_MOST, _SECONDS = 10, 30 * 24 * 3600


def kept_as(request: HttpRequest) -> str:
    """The name under which a device keeps the words of a page: another one for every seat, page and language of the text."""
    told = f"{actor_of(request).seat_id}\0{request.path}\0{request.GET.get('in', '')}"
    return salted_hmac("sofra.texts.kept", told, algorithm="sha256").hexdigest()[:32]


class Keeping(Asking):
    """A page that asks for one thing about a text; what is typed is kept on the device until it is recorded."""

    def __init__(self, request: HttpRequest, *, template: str = "texts/asking.html", **more: Any) -> None:
        super().__init__(request, template=template, **more)
        self.context |= {"keep": kept_as(request), "posted": request.method == "POST"}

    def answer(self, act: Callable[[], object], *more: Any, **options: Any) -> HttpResponse:
        """As every form's; once something is recorded, the device is told to forget its words."""
        done = super().answer(act, *more, **options)
        if self.request.method == "POST" and done.status_code == SEE_OTHER:
            names = [each for each in self.request.COOKIES.get(SENT, "").split(".") if each.isalnum()][-_MOST:]
            done.set_cookie(
                SENT, ".".join([*names, self.context["keep"]]), max_age=_SECONDS, samesite="Lax",
                secure=self.request.is_secure(),
            )  # fmt: skip
        return done
