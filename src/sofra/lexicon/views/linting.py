"""The lint desk: a text is pasted or sent as a file, checked, and given back. It is kept nowhere, so a file comes twice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from sofra.kernel.doors import SEATED, door
from sofra.kernel.engine.papers import DOCX_TYPE
from sofra.kernel.engine.refused import MOST
from sofra.kernel.pages import UNPROCESSABLE, download, language
from sofra.lexicon import checking
from sofra.lexicon.engine.reading import CannotRead, read_text
from sofra.lexicon.engine.word_files import Replacement, read_word, with_tracked_changes
from sofra.lexicon.forms import LintForm, with_plain_ends, worded


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


@door(GET=SEATED, POST=SEATED)
@sensitive_post_parameters()
def lint_desk(request: HttpRequest) -> HttpResponse:
    """Give a text, read what somebody objects to in it, accept alternatives one by one."""
    profiles = checking.worded_profiles(language())
    form = LintForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        profiles=[(str(row.pk), name) for row, name in profiles],
        viewpoints=checking.viewpoints(language()),
    )
    context: dict[str, Any] = {"form": form, "checked": False}
    if request.method != "POST":
        return _never_kept(render(request, "lexicon/lint_desk.html", context))
    if not form.is_valid():
        return _never_kept(render(request, "lexicon/lint_desk.html", context, status=UNPROCESSABLE))
    said = form.cleaned_data
    text = said["text"]
    chosen_profile = next((row for row, _name in profiles if str(row.pk) == said["profile"]), None)
    checker = checking.Checker(language(), profile=chosen_profile)
    if viewpoints := said.get("viewpoints"):
        checker = checker.of(viewpoints)
    found = checker.check(text, said["language"] or None)
    state = checking.digest(found)
    chosen: dict[int, int] = {}
    is_word = form.is_word or "word" in request.POST
    context |= {
        "checked": True,
        "is_word": is_word,
        "found": found,
        "text": text,
        "state": state,
        "pieces": list(_pieces(text, found)),
    }
    if "accept" in request.POST or "tracked" in request.POST:
        # The numbers on the page speak of what was found then; if that changed, nothing is put in.
        context["changed"] = request.POST.get("state") != state
        if not context["changed"]:
            chosen = _chosen(request, len(found))
            if "tracked" in request.POST:
                answer = _tracked(request, text, checking.replacements(found, chosen))
                if isinstance(answer, HttpResponse):
                    return _never_kept(answer)
                context |= {"refused": answer, "rows": [(each, chosen.get(at)) for at, each in enumerate(found)]}
                return _never_kept(render(request, "lexicon/lint_desk.html", context, status=UNPROCESSABLE))
            context |= {"result": checking.with_alternatives(text, found, chosen), "accepted": len(chosen)}
            context["left"] = len(found) - len(chosen)
    context["rows"] = [(each, chosen.get(number)) for number, each in enumerate(found)]
    return _never_kept(render(request, "lexicon/lint_desk.html", context))


@door(POST=SEATED)
@sensitive_post_parameters()
def lint_text(request: HttpRequest) -> HttpResponse:
    """The text that was sent, as a file."""
    text = request.POST.get("result", "").replace("\r\n", "\n")
    return _never_kept(download(text, "text/plain; charset=utf-8", "text.txt"))


def _tracked(request: HttpRequest, text: str, changes: list[Replacement]) -> HttpResponse | str:
    """The Word file, sent once more because it was not kept, with what was accepted as tracked changes; else why not."""
    file = request.FILES.get("again")
    if file is None:
        return _("Choose the file once more: it was not kept.")
    data = file.read(MOST + 1)
    try:
        same = with_plain_ends(read_text(data)) == text
    except CannotRead as refused:
        return worded(refused)
    if not same or not data.startswith(b"PK"):
        return _("This is not the Word file that was checked: its text is another one. Nothing was changed.")
    written = with_tracked_changes(read_word(data), changes, author=_("Lint desk"), at=timezone.now())
    return download(written, DOCX_TYPE, file.name or "text.docx")


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
