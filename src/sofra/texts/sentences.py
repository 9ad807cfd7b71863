"""The sentences that are shown before something is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel.models import Audience
from sofra.lexicon.naming import party_name
from sofra.texts.engine.amending import Content
from sofra.texts.engine.brackets import render_content
from sofra.texts.labels import read
from sofra.texts.models import Proposal


def author(party: UUID | None) -> str:
    """Who speaks: a party by its name, or the chair."""
    return party_name(party, get_language() or "en").text if party is not None else _("The chair")


def notation(content: Content) -> str:
    """A content in the notation, with the names the reader knows."""
    return render_content(read(content, get_language() or "en"))


def addressed(audience: str) -> str:
    """To whom something goes, as a sentence."""
    return {
        str(Audience.PARTIES): _("Addressed to the delegations chosen; the text does not change for others."),
        str(Audience.SECRETARIAT): _("Addressed to the chair alone; the text does not change for others."),
        str(Audience.DELEGATION): _("Kept to your own delegation; the text does not change for others."),
    }.get(str(audience), _("All members read it, and it stands in the text at once."))


def proposing(party: UUID | None, called: str, content: Content, audience: str) -> str:
    """What a proposal would make of a paragraph."""
    said = _("%(party)s proposes for paragraph %(number)s: %(notation)s") % {
        "party": author(party), "number": called, "notation": notation(content),
    }  # fmt: skip
    return f"{said} · {addressed(audience)}"


def adding(party: UUID | None, called: str, wording: str, audience: str) -> str:
    """A new paragraph."""
    said = _("%(party)s proposes a paragraph after %(number)s: %(wording)s") % {
        "party": author(party), "number": called, "wording": " ".join(wording.split()),
    }  # fmt: skip
    return f"{said} · {addressed(audience)}"


def shaping(party: UUID | None, row: Proposal, names: Mapping[UUID, str]) -> str:
    """That a paragraph moves, is split or takes in another. `names` says what paragraphs are called."""
    told = {"party": author(party), "number": names.get(row.paragraph_id, "—")}
    told["other"] = names.get(row.target_id, "—").rstrip(".") if row.target_id else ""
    if row.kind == Proposal.Kind.MOVE and row.target_id is None:
        return _("%(party)s proposes that paragraph %(number)s moves to the top of the text.") % told
    if row.kind == Proposal.Kind.MOVE:
        return _("%(party)s proposes that paragraph %(number)s moves behind paragraph %(other)s.") % told
    if row.kind == Proposal.Kind.MERGE:
        return _("%(party)s proposes that paragraph %(number)s takes in paragraph %(other)s.") % told
    first, second = row.cuts.get(row.language, ("", ""))
    told |= {"first": first, "second": second}
    return _("%(party)s proposes that paragraph %(number)s is split: %(first)s | %(second)s") % told


def quoted(words: str) -> str:
    """A wording in a sentence; without words, that they are left out."""
    return f"“{words}”" if words else _("leaving the words out")


def unless(wordings: Iterable[str]) -> str:
    """With which wordings an objection falls, as the end of a sentence."""
    said = " + ".join(map(quoted, wordings))
    return _("unless this is taken: %(wordings)s") % {"wordings": said} if said else ""


def standing(party: UUID | None, stance: Any, words: str, audience: str, conditions: Iterable[str] = ()) -> str:
    """Where a delegation stands, and with which wordings its objection falls."""
    wording = quoted(words)
    told = {
        str(Audience.SECRETARIAT): _("Told to the chair alone."),
        str(Audience.DELEGATION): _("Kept to your own delegation."),
    }.get(str(audience), _("Told to all members."))
    said = _("%(party)s %(stance)s: %(wording)s") % {"party": author(party), "stance": stance, "wording": wording}
    end = unless(conditions)
    return f"{said}, {end}. {told}" if end else f"{said}. {told}"


def left_out(wordings: Iterable[str]) -> str:
    """That what stands in a bracket falls away: which words, so that one bracket is told from another."""
    others = " / ".join(words.strip(" ,") for words in wordings if words)
    return _("Leave out “%(words)s”") % {"words": others} if others else _("Leave the words out")


def withdrawing(party: UUID | None, called: str) -> str:
    """A proposal is taken back."""
    return _("%(party)s takes back what it proposed for paragraph %(number)s. Its words stay in the history.") % {
        "party": author(party), "number": called,
    }  # fmt: skip


def closing(called: str, content: Content) -> str:
    """A bracket is closed."""
    return _("The bracket is closed. Paragraph %(number)s then reads: %(notation)s") % {
        "number": called, "notation": notation(content),
    }  # fmt: skip


def passing(holder: UUID | None) -> str:
    """The pen goes to somebody."""
    return _("From now on %(party)s holds the pen.") % {"party": author(holder) if holder else _("the chair")}
