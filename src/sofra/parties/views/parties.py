"""Parties, their posts and who holds them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import policy, wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import ANYONE, DELEGATES, SECRETARIAT, door
from sofra.kernel.models import Audience, Format, Party
from sofra.kernel.pages import actor_of, language, sent
from sofra.lexicon.naming import party_name
from sofra.parties.commands.parties import add_party, change_party
from sofra.parties.commands.posts import (
    add_post,
    add_tenure,
    change_post,
    change_tenure,
    close_post,
    reopen_post,
    speaking_for,
)
from sofra.parties.entering import Entering, attach_entries
from sofra.parties.formfields import wording_initial, wording_texts
from sofra.parties.forms import PartyForm, PostCloseForm, PostForm, PostReopenForm, TenureForm
from sofra.parties.models import Person, Post, Tenure
from sofra.parties.queries.formats import formats_of, word_formats
from sofra.parties.queries.parties import (
    all_parties,
    formats_to_speak_in,
    get_party,
    get_post,
    get_tenure,
    names_in_use,
    posts_of,
)

WRITERS = SECRETARIAT | DELEGATES


def party_or_404(party_id: UUID) -> Party:
    """The party of a page, or "not there"."""
    found = get_party(party_id)
    if found is None:
        raise Http404
    return found


@door(GET=ANYONE)
def parties(request: HttpRequest) -> HttpResponse:
    """All parties, in the order of names."""
    rows = all_parties(language())
    may_add = actor_of(request).house
    return render(request, "parties/parties.html", {"parties": rows, "may_add": may_add})


def _speaks_in(request: HttpRequest, row: Party) -> list[Format]:
    """The formats in which the actor may keep this party's posts, worded."""
    actor = actor_of(request)
    if not actor.is_secretariat and actor.party_id != row.pk:
        return []
    found = [each for each in formats_to_speak_in(row) if policy.decide(actor, "posts.keep", (row.pk, each.pk))]
    word_formats(found, language())
    return found


@door(GET=ANYONE)
def party(request: HttpRequest, party: UUID) -> HttpResponse:
    """A party: where it sits, its posts and who holds them."""
    row = party_or_404(party)
    posts = posts_of(row, language())
    attach_entries([*posts, *(tenure for post in posts for tenure in post.holders)])  # type: ignore[attr-defined]
    context = {
        "party": row,
        "posts": [post for post in posts if not post.closed],
        "former": [post for post in posts if post.closed],
        "memberships": formats_of(row, language()),
        "may_keep": bool(_speaks_in(request, row)),
        "may_change": actor_of(request).house,
    }
    return render(request, "parties/party.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def party_add(request: HttpRequest) -> HttpResponse:
    """Add a state or an organisation."""
    form = PartyForm(sent(request))
    asking = Asking(
        request,
        title=_("Add a party"),
        what=_("A state or an organisation that takes part. Everyone can read its name."),
        form=form,
        action=_("Add the party"),
        back=reverse("parties"),
    )

    def act() -> str:
        cleaned = form.cleaned_data
        made = add_party(
            kind=cleaned["kind"],
            names=wording_texts(form, "name"),
            capital_zone=cleaned["capital_zone"],
            code=cleaned["code"],
        )
        return reverse("party", kwargs={"party": made.pk})

    return asking.answer(act)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def party_edit(request: HttpRequest, party: UUID) -> HttpResponse:
    """Change a party's name in use and the zone of its capital."""
    row = party_or_404(party)
    stand = {"capital_zone": row.capital_zone, **wording_initial(names_in_use(row), "name")}
    form = PartyForm(sent(request), fixed=True, initial=stand)
    asking = Asking(
        request,
        title=_("Name and capital"),
        what=_("The form of the name in use, and the time zone of the capital. Everyone can read them."),
        form=form,
        action=_("Save"),
        back=reverse("party", kwargs={"party": row.pk}),
        about=party_name(row, language()).text,
    )

    return asking.answer(
        lambda: change_party(row, capital_zone=form.cleaned_data["capital_zone"], names=wording_texts(form, "name"))
    )


def _writable(request: HttpRequest, row: Party) -> list[Format]:
    found = _speaks_in(request, row)
    if not found:
        raise Http404
    return found


def _chosen(formats: list[Format], text: str) -> Format:
    return next((each for each in formats if str(each.pk) == text), formats[0])


def _post_page(request: HttpRequest, row: Party, post: Post | None) -> HttpResponse:
    formats = _writable(request, row)
    initial: dict[str, Any] = {"format": str(formats[0].pk), "audience": Audience.PUBLIC}
    if post is not None:
        initial = _post_initial(post, initial)
    form = PostForm(sent(request), formats=formats, initial=initial)
    format = _chosen(formats, form.data.get("format", "") if form.is_bound else str(initial["format"]))
    entering = Entering(request, format, party=row, zone=row.capital_zone)
    asking = Asking(
        request,
        title=_("Change a post") if post else _("Add a post"),
        what=_("An office of this party, with its rank and title."),
        form=form,
        action=_("Save the post"),
        back=reverse("party", kwargs={"party": row.pk}),
        obj=post,
        about=party_name(row, language()).text,
        entering=entering,
    )

    def act() -> None:
        cleaned = form.cleaned_data
        values = {"rank": cleaned["rank"], "titles": wording_texts(form, "title"), "audience": cleaned["audience"]}
        owner, entry = entering.owner()
        speaking = speaking_for(row, format, entry, owner)
        if post is None:
            add_post(speaking, **values)
        else:
            change_post(post, speaking, seen_version=cleaned["version"] or 0, **values)

    return asking.answer(act, stands=lambda theirs: _post_initial(theirs, initial))


def _post_initial(post: Post, otherwise: dict[str, Any]) -> dict[str, Any]:
    texts = wordings.of([post]).get(post.pk, {})
    return {
        "version": post.version,
        "format": str(post.format_id or otherwise["format"]),
        "rank": post.rank,
        "audience": post.audience,
        **wording_initial(texts.get("title", {}), "title"),
    }


@door(GET=WRITERS, POST=WRITERS)
def post_add(request: HttpRequest, party: UUID) -> HttpResponse:
    """Describe a post of a party."""
    return _post_page(request, party_or_404(party), None)


@door(GET=WRITERS, POST=WRITERS)
def post_edit(request: HttpRequest, post: UUID) -> HttpResponse:
    """Change a post, or describe anew one that the record brought."""
    found = get_post(post, language())
    if found is None:
        raise Http404
    return _post_page(request, found.party, found)


def _ending_page(request: HttpRequest, post: UUID, *, closes: bool) -> HttpResponse:
    found = get_post(post, language())
    if found is None or found.closed is closes or found.owner_party_id is None:
        raise Http404
    party, format = found.party, _chosen(_writable(request, found.party), str(found.format_id))
    form = (PostCloseForm if closes else PostReopenForm)(sent(request), initial={"version": found.version})
    entering = Entering(request, format, party=party, zone=party.capital_zone)
    asking = Asking(
        request,
        title=_("Close a post") if closes else _("Open a post again"),
        what=_("It stays on the page as a former one, with those who held it.")
        if closes
        else _("It was not closed after all. Those who held it stay as they are."),
        form=form,
        action=_("Close the post") if closes else _("Open it again"),
        back=reverse("party", kwargs={"party": party.pk}),
        obj=found,
        about=found.worded.get("title", ""),  # type: ignore[attr-defined]
        entering=entering,
        grave=closes,
    )

    def act() -> None:
        owner, entry = entering.owner()
        speaking, seen = speaking_for(party, format, entry, owner), form.cleaned_data["version"] or 0
        if closes:
            close_post(found, speaking, seen_version=seen, until=form.cleaned_data["until"])
        else:
            reopen_post(found, speaking, seen_version=seen)

    return asking.answer(act, stands=lambda theirs: {"version": theirs.version})


@door(GET=WRITERS, POST=WRITERS)
def post_close(request: HttpRequest, post: UUID) -> HttpResponse:
    """Say that a post is no more."""
    return _ending_page(request, post, closes=True)


@door(GET=WRITERS, POST=WRITERS)
def post_reopen(request: HttpRequest, post: UUID) -> HttpResponse:
    """Take back that a post is no more."""
    return _ending_page(request, post, closes=False)


def _tenure_initial(tenure: Tenure) -> dict[str, Any]:
    who = Person.objects.filter(pk=tenure.person_id).first()
    return {
        "version": tenure.version,
        "name": who.name if who else "",
        "native": who.native if who else "",
        "name_audience": who.audience if who else Audience.DELEGATION,
        "since": tenure.since,
        "until": tenure.until,
        "source": tenure.source,
    }


def _tenure_page(request: HttpRequest, post: Post, tenure: Tenure | None) -> HttpResponse:
    formats = _writable(request, post.party)
    format = _chosen(formats, str((tenure or post).format_id))
    initial = _tenure_initial(tenure) if tenure else {"name_audience": Audience.PUBLIC}
    form = TenureForm(sent(request), initial=initial)
    entering = Entering(request, format, party=post.party, zone=post.party.capital_zone)
    asking = Asking(
        request,
        title=_("Change who holds the post") if tenure else _("Name the holder"),
        what=_("Who holds this office, from when to when."),
        form=form,
        action=_("Save"),
        back=reverse("party", kwargs={"party": post.party_id}),
        obj=tenure,
        about=post.worded.get("title", ""),  # type: ignore[attr-defined]
        entering=entering,
    )

    def act() -> None:
        cleaned = dict(form.cleaned_data)
        seen = cleaned.pop("version") or 0
        owner, entry = entering.owner()
        speaking = speaking_for(post.party, format, entry, owner)
        if tenure is None:
            add_tenure(post, speaking, **cleaned)
        else:
            change_tenure(tenure, speaking, seen_version=seen, **cleaned)

    return asking.answer(act, stands=_tenure_initial)


@door(GET=WRITERS, POST=WRITERS)
def tenure_add(request: HttpRequest, post: UUID) -> HttpResponse:
    """Name who holds a post."""
    found = get_post(post, language())
    if found is None:
        raise Http404
    return _tenure_page(request, found, None)


@door(GET=WRITERS, POST=WRITERS)
def tenure_edit(request: HttpRequest, tenure: UUID) -> HttpResponse:
    """Change who holds a post, from when to when; release a name."""
    found = get_tenure(tenure, language())
    if found is None:
        raise Http404
    return _tenure_page(request, found.post, found)
