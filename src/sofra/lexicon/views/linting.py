"""The lint desk: a text is pasted, checked, and given back. It is sent in the body of a request, and kept nowhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from sofra.kernel.doors import SEATED, door
from sofra.kernel.pages import UNPROCESSABLE, language
from sofra.lexicon import checking
from sofra.lexicon.forms import LintForm


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


@door(GET=SEATED, POST=SEATED)
@sensitive_post_parameters()
def lint_desk(request: HttpRequest) -> HttpResponse:
    """Paste a text, read what somebody objects to in it, accept alternatives one by one."""
    profiles = checking.worded_profiles(language())
    form = LintForm(
        request.POST if request.method == "POST" else None,
        profiles=[(str(row.pk), name) for row, name in profiles],
        viewpoints=checking.viewpoints(language()),
    )
    context: dict[str, Any] = {"form": form, "checked": False}
    if request.method != "POST":
        return _never_kept(render(request, "lexicon/lint_desk.html", context))
    if not form.is_valid():
        return _never_kept(render(request, "lexicon/lint_desk.html", context, status=UNPROCESSABLE))
    said = form.cleaned_data
    text = said["text"].replace("\r\n", "\n").replace("\r", "\n")
    found = checking.check(
        text,
        language(),
        declared=said["language"] or None,
        profile=next((row for row, _name in profiles if str(row.pk) == said["profile"]), None),
        of=said.get("viewpoints") or None,
    )
    state = checking.digest(found)
    context |= {"checked": True, "found": found, "text": text, "state": state, "pieces": list(_pieces(text, found))}
    if "accept" in request.POST:
        # The numbers on the page speak of what was found then; if that changed, nothing is put in.
        context["changed"] = request.POST.get("state") != state
        if not context["changed"]:
            chosen = _chosen(request, len(found))
            context |= {"result": checking.with_alternatives(text, found, chosen), "accepted": len(chosen)}
            context["left"] = len(found) - len(chosen)
    return _never_kept(render(request, "lexicon/lint_desk.html", context))


@door(POST=SEATED)
@sensitive_post_parameters()
def lint_text(request: HttpRequest) -> HttpResponse:
    """The text that was sent, as a file."""
    text = request.POST.get("result", "").replace("\r\n", "\n")
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="text.txt"'
    return _never_kept(response)


def _pieces(text: str, found: list[checking.Shown]) -> Any:
    """The text cut at its findings: (words, number of the finding or None, the finding)."""
    at = 0
    for number, each in enumerate(found):
        yield text[at : each.start], None, None
        yield text[each.start : each.end], number, each
        at = each.end
    yield text[at:], None, None


def _chosen(request: HttpRequest, number: int) -> dict[int, int]:
    found = {}
    for each in range(number):
        choice = request.POST.get(f"accept-{each}", "")
        if choice.isascii() and choice.isdigit():
            found[each] = int(choice)
    return found
