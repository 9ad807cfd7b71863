"""Issuing a text of a meeting, and recording decisions from its passages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel import rooms
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import language, open_to
from sofra.kernel.refusals import Conflict, Refusal
from sofra.meetings import sentences
from sofra.meetings.after_forms import DecisionForm, IssueForm, quotation_of
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.commands import issuing as commands
from sofra.meetings.commands import releasing
from sofra.meetings.engine.passages import marked, paragraphs
from sofra.meetings.models import Issue, Meeting, Outcome
from sofra.meetings.queries.after_texts import goes_out, issue_words
from sofra.meetings.queries.delegations import sessions_of
from sofra.meetings.queries.issuing import changed_since, get_issue, issues_of, recorded_from, said_now
from sofra.meetings.queries.outcomes import fingerprint, get_outcome
from sofra.meetings.views.circulating import posted
from sofra.meetings.views.outcomes import place
from sofra.meetings.views.places import address, meeting_or_404


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def issue(request: HttpRequest, format: str, meeting: str, outcome: UUID) -> HttpResponse:
    """Issue an outcome and circulate it, in one act."""
    row, one = place(request, format, meeting, outcome)
    open_to(request, "outcomes.issue", row)
    if not one.issuable or one.withdrawn_at is not None:
        raise Http404
    seen: Any = one
    issues = issues_of([one], language()).get(one.pk, [])
    form = IssueForm(*posted(request), meeting=row, texts=seen.texts, initial={"seen": fingerprint(seen.texts)})
    asking = Asking(
        request,
        title=_("Issue and circulate"),
        what=_("All who receive it have it at the same instant. What is issued stays word for word as it is now."),
        back=address("outcome", row, outcome=one.pk),
        about=seen.worded.get("title"),
        action=_("Issue and circulate"),
        form=form,
        obj=one,
        template="meetings/after/issue.html",
        more={"texts": list(seen.texts.items()), "issued": [issue_words(each, row, language()) for each in issues]},
    )
    try:
        commands.refuse_unready(one)
    except Refusal as refusal:
        asking.context["unready"] = refusal.sentence

    def sentence() -> str:
        said = form.cleaned_data
        return sentences.sentence(
            "outcome.issue", title=str(seen.worded.get("title", "")), number=issues[0].number + 1 if issues else 1,
            instant=releasing.told(said["instant"], row), languages=form.languages_said(),
            whom=releasing.whom(said["audience"], form.named),
        )  # fmt: skip

    def run() -> str:
        said = form.cleaned_data
        try:
            made = commands.issue_outcome(
                outcome=one, languages=said["languages"], audience=said["audience"], readers=form.named,
                at=said["instant"], papers=form.papers(), seen=said["seen"] or None,
            )  # fmt: skip
        except Conflict:
            # The text as it stands now is on the page that says so; sending again takes it as read.
            sent: Any = request.POST.copy()
            sent["seen"] = fingerprint(seen.texts)
            form.data = sent
            raise
        return address("issued_text", row, outcome=one.pk, issue=made.pk)

    return asking.answer(run, sentence)


def issued_place(
    request: HttpRequest, format: str, meeting: str, outcome: UUID, issue: UUID
) -> tuple[Meeting, Outcome, Issue]:
    """The meeting, the outcome and the issued version of an address; 404 where the reader knows of none such."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "outcomes.issue", row)
    one = get_outcome(row, outcome, language())
    found = get_issue(one, issue, language()) if one is not None else None
    if one is None or found is None:
        raise Http404
    return row, one, found


def marked_in(request: HttpRequest, issue: Issue) -> tuple[str, list[str]]:
    """The language and the passages that were marked on the page of the text."""
    texts = said_now(issue)
    asked = request.GET.get("language", "")
    code = asked if asked in texts else next(iter(texts), "")
    numbers = [int(each) for each in request.GET.getlist("paragraph") if each.isascii() and each.isdigit()]
    return code, marked(texts.get(code, ""), numbers)


@door(GET=SECRETARIAT)
def text(request: HttpRequest, format: str, meeting: str, outcome: UUID, issue: UUID) -> HttpResponse:
    """A text as it was issued, with its passages to mark and what was recorded from them."""
    row, one, found = issued_place(request, format, meeting, outcome, issue)
    recorded = recorded_from([found], language()).get(found.pk, [])
    spans = {
        (passage.language, passage.start, passage.start + len(passage.quote)): each
        for each in recorded
        for passage in each.passages
    }
    here, titles = language(), found.document.texts.get("title", {})  # type: ignore[attr-defined]
    texts = []
    for code in sorted(titles, key=lambda code: (code != here, code)):
        lines: list[Any] = paragraphs(said_now(found).get(code, ""))
        shown = [
            (
                line,
                [
                    each
                    for (of, start, end), each in spans.items()
                    if of == code and start < line.end and line.start < end
                ],
            )
            for line in lines
        ]
        texts.append({"code": code, "title": titles[code], "lines": shown})
    context = {
        "meeting": row,
        "outcome": one,
        "issue": found,
        "document": found.document,
        "said": issue_words(found, row, here),
        "texts": texts,
        "recorded": recorded,
        "ways": [
            (way.label, address(way.url_name, row, outcome=one.pk, issue=found.pk))
            for way in rooms.recorded_from_texts()
        ],
        "open": goes_out(found),
        "changed": changed_since(one, found),
    }
    return render(request, "meetings/after/issued.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def decision(request: HttpRequest, format: str, meeting: str, outcome: UUID, issue: UUID) -> HttpResponse:
    """Write down a decision that stands in an issued text."""
    row, one, found = issued_place(request, format, meeting, outcome, issue)
    code, quotes = marked_in(request, found)
    sessions = sessions_of(row, language())
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        languages=languages_of(row), language=code, quotes=quotes, sessions=sessions,
    )  # fmt: skip
    titles = found.document.worded  # type: ignore[attr-defined]
    asking = Asking(
        request,
        title=_("Record a decision"),
        what=_("A draft with the words it is taken from. It is released and adopted like every decision."),
        back=address("issued_text", row, outcome=one.pk, issue=found.pk),
        about=titles.get("title"),
        action=_("Write it down"),
        form=form,
    )

    def sentence() -> str:
        said = form.texts("title")
        title = said.get(language()) or next(filter(None, said.values()), "")
        return sentences.sentence(
            "decision.record", title=str(titles.get("title", "")), number=found.number, decision=title.strip()
        )

    def run() -> str:
        made = commands.record_decision(
            issue=found, texts=form.decision_texts(), quotation=quotation_of(form, code, sessions)
        )
        return address("outcome", row, outcome=made.pk)

    return asking.answer(run, sentence)
