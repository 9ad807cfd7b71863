"""A profile as what is printed, issued or shown under it asks: names, order, footnotes, what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext as _

from sofra.kernel.clock import exact
from sofra.kernel.models import Party
from sofra.kernel.refusals import Refusal
from sofra.lexicon.engine.ordering import Key, alphabetical, arrange, arrange_by_list
from sofra.lexicon.engine.profiles import MARK, complete_languages, lacking
from sofra.lexicon.models import Designation, Profile
from sofra.lexicon.naming import Name, PartyLike, in_use, party_id, record_name, under, use
from sofra.lexicon.queries import profile_in_force

__all__ = ["Footnote", "ProfileInForce", "in_use", "profile_in_force", "read", "under", "use"]

Row = TypeVar("Row")


@dataclass(frozen=True)
class Footnote:
    """A footnote under names: its mark, its text, and the parties of those named whose designations carry it."""

    mark: str
    text: str
    parties: tuple[UUID, ...]


def language_name(code: str) -> str:
    """A language's name in itself."""
    return str(dict(settings.LANGUAGES).get(code, code))


@dataclass(frozen=True)
class ProfileInForce:
    """A profile with its designations.

    What is issued, printed or exported asks `name`, `order` and `footnotes_for`: they refuse where the profile is silent.
    Pages are rendered with `naming.under(profile)`. `persons` says by party whose name stands for it, where parties are not
    named or are ordered by persons.
    """

    profile: Profile
    designations: Mapping[tuple[UUID, str], Designation]
    persons: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def persons_only(self) -> bool:
        """Whether no party is named at all, only persons."""
        return self.profile.kind == Profile.Kind.PERSONS

    @property
    def approved(self) -> bool:
        """Whether members let it pass in silence; cited host practice is approved by none."""
        return self.profile.basis == Profile.Basis.SILENCE

    # What is issued

    def name(self, party: Party | UUID | str, language: str) -> Name:
        """A party's designation. Raises Refusal where no party is named, or the language has none for this one."""
        if self.persons_only:
            raise Refusal(
                _("The profile names persons only: no party is named in what is issued, printed or exported under it.")
            )
        self.require([party], [language])
        found = self._found(party, language)
        assert found is not None
        return found

    def require(self, parties: Iterable[Party | UUID | str], languages: Iterable[str]) -> None:
        """Raise Refusal that says which designations are missing, if any is. Persons' names only lack none."""
        if self.persons_only:
            return
        asked = {party_id(party): party for party in parties}
        missing: dict[str, list[str]] = {}
        for party, language in lacking(self.designations.keys(), asked, languages):
            missing.setdefault(language, []).append(record_name(asked[party], language).text)
        for language, names in missing.items():
            raise Refusal(
                _(
                    "The profile has no designation in %(language)s for: %(parties)s. Nothing that names them in that "
                    "language can be issued, printed or exported. Another language does not stand in."
                )
                % {"language": language_name(language), "parties": ", ".join(names)}
            )

    def languages(self, parties: Iterable[Party | UUID | str]) -> list[str]:
        """The languages in which all these parties can be named; every one of the house where only persons are."""
        if self.persons_only:
            return [code for code, _name in settings.LANGUAGES]
        return complete_languages(self.designations.keys(), [party_id(party) for party in parties])

    def order(
        self, parties: Iterable[PartyLike], language: str, persons: Mapping[UUID, str] | None = None
    ) -> list[PartyLike]:
        """Parties in the profile's order. `persons` gives by party the name to go by where the order is by persons' names
        (family name first). Raises Refusal where the rule finds no place for one."""
        rows = {party_id(party): party for party in parties}
        rule = self.profile.order_rule
        if self.persons_only or rule == Profile.Order.PERSONS:
            by: dict[UUID | None, str] = {}
            by.update((self.persons if persons is None else persons).items())
            if set(rows) - set(by):
                raise Refusal(
                    _("The profile orders delegations by persons' names, and not every one of them has a person yet.")
                )
            ordered = arrange(rows, by, language)
        elif rule == Profile.Order.LIST:
            if set(rows) - set(self.profile.order_list):
                raise Refusal(_("The profile's order has no place for one of the parties to be named."))
            ordered = arrange_by_list(rows, self.profile.order_list)
        else:
            by_language = self.profile.order_language if rule == Profile.Order.LANGUAGE else language
            self.require(rows.values(), [by_language])
            texts: dict[UUID | None, str] = {
                key: self.designations[key, by_language].text for key in rows if key is not None
            }
            ordered = arrange(rows, texts, by_language)
        return [rows[key] for key in ordered]

    def order_persons(self, rows: Iterable[Row], names: Mapping[Any, str], language: str) -> list[Row]:
        """Rows of persons (anything with a `pk`) in the alphabetical order of `names` by pk, family name first."""
        found = {getattr(row, "pk", row): row for row in rows}
        return [found[key] for key in arrange(found, names, language)]

    def footnote(self, language: str) -> str:
        """The footnote's text; "" where the profile has none. Raises Refusal where it has one, but not in this language."""
        if self.persons_only or not self.profile.footnote:
            return ""
        text = str(self.profile.footnote.get(language, ""))
        if not text:
            raise Refusal(
                _("The profile's footnote has no text in %(language)s. Nothing that needs it can be issued.")
                % {"language": language_name(language)}
            )
        return text

    def footnotes_for(self, parties: Iterable[Party | UUID | str], language: str) -> tuple[Footnote, ...]:
        """What stands beneath the names of these parties: nothing, or the footnote with those that carry it."""
        if self.persons_only:
            return ()
        ids = [party_id(party) for party in parties]
        carrying = tuple(key for key in ids if key is not None and self._footnoted(key, language))
        return (Footnote(MARK, self.footnote(language), carrying),) if carrying else ()

    def require_maps(self) -> tuple[str, str]:
        """How maps are shown: the rule, and the source whose map was agreed ("" for none). Raises Refusal where nothing or
        no maps were agreed. Whatever is to hold a map asks this first."""
        row = self.profile
        if not row.map_rule:
            raise Refusal(
                _("The profile says nothing of maps. Nothing that shows one can be issued, printed or exported.")
            )
        if row.map_rule == Profile.Maps.NONE:
            raise Refusal(
                _("The profile agrees on no maps. Nothing that shows one can be issued, printed or exported.")
            )
        return row.map_rule, row.map_source

    # What pages show

    def on_screen(self, party: UUID | None, language: str) -> Name:
        """The designation for a page, or a phrase that says that there is none. Never another language's."""
        with override(language):
            if self.persons_only:
                person = self.persons.get(party, "") if party is not None else ""
                return Name(
                    gettext("the delegation of %(person)s") % {"person": person} if person else gettext("a delegation"),
                    language,
                )
            return self._found(party, language) or Name(
                gettext("(no designation in %(language)s)") % {"language": language_name(language)}, language
            )

    def place(self, party: UUID | None, language: str) -> Key | None:
        """Where a party stands on a page; None where the rule has no place for it."""
        rule = self.profile.order_rule
        if rule == Profile.Order.LIST and party in self.profile.order_list:
            return self.profile.order_list.index(party), b""
        if rule == Profile.Order.LIST or party is None:
            return None
        if self.persons_only or rule == Profile.Order.PERSONS:
            return (0, alphabetical(self.persons[party], language)) if party in self.persons else None
        by_language = self.profile.order_language if rule == Profile.Order.LANGUAGE else language
        found = self.designations.get((party, by_language))
        return (0, alphabetical(found.text, by_language)) if found else None

    def screen_footnotes(self, language: str) -> tuple[Footnote, ...]:
        """The footnote beneath a page; nothing where this language has no text for it."""
        carrying = tuple(
            key for key, tongue in self.designations if tongue == language and self._footnoted(key, language)
        )
        text = str(self.profile.footnote.get(language, ""))
        return (Footnote(MARK, text, carrying),) if carrying and text and not self.persons_only else ()

    def basis_sentence(self, language: str) -> str:
        """What the names rest on, for wherever they are shown."""
        with override(language):
            parts = [self._what(), self._basis()]
            if self.profile.exercise:
                parts.append(gettext("Exercise: this profile serves a rehearsal alone."))
            return " ".join(parts)

    def _what(self) -> str:
        number = {"number": self.profile.number}
        if self.persons_only:
            return gettext("Designation profile %(number)s: only persons are named, no party.") % number
        return gettext("Names of parties follow designation profile %(number)s.") % number

    def _basis(self) -> str:
        row = self.profile
        if self.approved and row.deadline is not None:
            return gettext("No member objected to it by %(deadline)s.") % {"deadline": exact(row.deadline, row.zone)}
        if row.citation:
            return gettext(
                "It is the host's practice as cited from “%(source)s”; the members have not approved it."
            ) % {"source": row.citation}
        return ngettext(
            "It is the host's practice as cited from %(count)s document of the public record; the members have not "
            "approved it.",
            "It is the host's practice as cited from %(count)s documents of the public record; the members have not "
            "approved it.",
            len(row.sources),
        ) % {"count": len(row.sources)}

    def _found(self, party: Party | UUID | str | None, language: str) -> Name | None:
        key = party_id(party) if party is not None else None
        row = self.designations.get((key, language)) if key is not None else None
        if row is None:
            return None
        mark = MARK if row.footnoted else ""
        return Name(row.text + mark, language, row.source or row.citation, mark)

    def _footnoted(self, party: UUID, language: str) -> bool:
        row = self.designations.get((party, language))
        return row is not None and row.footnoted


def read(profile: Profile, persons: Mapping[UUID, str] | None = None) -> ProfileInForce:
    """A profile with its designations; one query, none where only persons are named."""
    if profile.kind == Profile.Kind.PERSONS:
        return ProfileInForce(profile, {}, persons or {})
    rows = Designation.objects.filter(profile=profile)
    return ProfileInForce(profile, {(row.party_id, row.language): row for row in rows}, persons or {})
