"""Sentences that acts are recorded by: shown to the person before the act is sent, kept with it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from sofra.lexicon.naming import party_name, record_name

#: The languages in which a sentence is kept with the record of an act.
KEPT = ("en", "tr")

PROFILE: dict[str, Any] = {
    "propose": _("Designation profile %(number)s comes into force unless a member objects before %(deadline)s."),
    "cite": _(
        "Designation profile %(number)s comes into force now, as the host's practice cited from %(source)s. The members "
        "have not approved it."
    ),
    "stop": _(
        "The secretariat stops the silence procedure on designation profile %(number)s; it does not come into force."
    ),
    "end": _("The secretariat takes designation profile %(number)s out of force."),
    "designation": _("%(party)s objects to the designation of %(other)s in designation profile %(number)s."),
    "designation_in": _(
        "%(party)s objects to the designation of %(other)s in %(language)s in designation profile %(number)s."
    ),
    "order": _("%(party)s objects to the order of designation profile %(number)s."),
    "footnote": _("%(party)s objects to the footnote of designation profile %(number)s."),
    "map": _("%(party)s objects to the map rule of designation profile %(number)s."),
    "whole": _("%(party)s objects to designation profile %(number)s as a whole."),
    "withdraw": _("%(party)s withdraws its objection to designation profile %(number)s."),
    "strike": _("%(party)s strikes its objection to designation profile %(number)s: it was recorded in error."),
}

LEXICON: dict[str, Any] = {
    "propose": _("%(party)s proposes the designation “%(form)s”."),
    "propose_source": _("The secretariat proposes the designation “%(form)s”, as cited from “%(source)s”."),
    "add": _("The secretariat adds “%(form)s” to the lexicon, as cited from “%(source)s”."),
    "withdraw_proposal": _("The proposal of the designation “%(form)s” is withdrawn."),
    "admitted": _("The secretariat admits the designation “%(form)s” with its source. Only a profile agrees on one."),
    "declined": _("The secretariat does not admit the designation “%(form)s”."),
    "deprecated": _("The secretariat marks the designation “%(form)s” as not to be used any more."),
    "superseded": _("The secretariat marks the designation “%(form)s” as superseded by “%(other)s”."),
    "object": _("%(party)s objects to “%(form)s”."),
    "object_any": _("%(party)s objects to every designation of this entity."),
    "red_line": _("%(party)s notes for itself alone a red line at “%(form)s”."),
    "red_line_any": _("%(party)s notes for itself alone a red line at every designation of this entity."),
    "withdraw_objection": _("%(party)s withdraws its objection to “%(form)s”."),
    "withdraw_red_line": _("%(party)s takes away its own red line at “%(form)s”."),
}


def said(pattern: Any, *, party: UUID | None = None, **words: Any) -> str:
    """A sentence in the language that is active; a word that depends on it is given as a function."""
    name = party_name(party, get_language() or "en").text if party is not None else ""
    found = {each: value() if callable(value) else value for each, value in words.items()}
    return str(pattern) % {"party": name, **found}


def found_as(forms: Sequence[str]) -> str:
    """By which forms texts are searched for a designation, in the language that is active."""
    if len(forms) < 2:
        return gettext("Texts are searched for it as it stands.")
    return gettext("Texts are searched for it as: %(forms)s.") % {"forms": ", ".join(forms)}


def kept(pattern: Any, *, party: UUID | None = None, **words: Any) -> dict[str, str]:
    """A sentence in every kept language, for the record."""
    found = {}
    for language in KEPT:
        with override(language):
            found[language] = said(pattern, party=party, **words)
    return found


def with_forms(texts: dict[str, str], forms: Sequence[str]) -> dict[str, str]:
    """Kept sentences with the forms that texts are searched for, as they were shown before the act."""
    found = {}
    for language, text in texts.items():
        with override(language):
            found[language] = f"{text} {found_as(forms)}"
    return found


def other(party_id: UUID) -> Any:
    """A second party's name in a sentence about its designation: as the record cites it, whatever profile is in use."""
    return lambda: record_name(party_id, get_language() or "en").text
