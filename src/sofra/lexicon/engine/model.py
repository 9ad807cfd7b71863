"""What the lexicon is made of: entities, their designations, objections, conventions. Values only; see loading.py for files.

Nothing here prefers a name. What is shipped has the status "admitted" with a source; only a profile agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

ENTITY_KINDS = ("party", "institution", "mechanism", "place", "person", "agreement", "topic")
KINDS = ("name", "adjective", "demonym", "metonym")
LANGUAGES = ("en", "tr", "sq", "mk", "bs", "cnr", "sr", "sr-latn")
SCRIPTS = ("Latn", "Cyrl")
STATUSES = ("agreed", "admitted", "deprecated", "superseded")
CONTEXTS = ("nameplate", "list", "body", "map", "code")
CASES = ("exact", "fold", "initial")
SEVERITIES = ("breaks", "footnote", "discouraged")
CONVENTIONS = ("footnote", "order", "symbols", "seating", "naming")
EFFECTS = ("drop", "mark")


@dataclass(frozen=True, slots=True)
class Source:
    """A document something rests on. `date` is as the document gives it: a year, a month or a day."""

    key: str
    title: str
    publisher: str
    date: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Designation:
    """One name, adjective, demonym or metonym of an entity in one language and script.

    `form` is the nominative (citation) form. `paradigm` names how it inflects (engine/forms; "" is invariable), word by
    word for a phrase; `forms` are overrides: pairs of label and text, several of one label allowed, which replace what
    the paradigm says of that label.

    `case` says which capitals the text must have to be this designation:
    - "exact": letter for letter as the form, or all in capitals ("Crna Gora", "CRNA GORA", never "Crna gora");
    - "initial": the first letter is a capital ("Maqedonia e veriut", "KOSOVO", never "kosovo");
    - "fold": any ("srpski", "Srpski").

    `derived` is true where the loader made it from the same designation in the other script.
    """

    entity: str
    language: str
    script: str
    form: str
    kind: str = "name"
    paradigm: str = ""
    forms: tuple[tuple[str, str], ...] = ()
    case: str = "initial"
    viewpoint: str | None = None
    status: str = "admitted"
    contexts: tuple[str, ...] = CONTEXTS
    abbreviation: bool = False
    former: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    footnote: str | None = None
    source: str | None = None
    derived: bool = False

    def valid_on(self, day: date) -> bool:
        """Whether the designation was in use on a day; both ends are included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Guard:
    """When a form of an entity does not mean the entity: the bird, the black forest, the surname, the region.

    All conditions that are given must hold; within a list of words any one does. Words are compared folded (case,
    diacritics, script); one that ends in `*` stands for every word that begins so; one of several words is compared as a
    phrase. `left` and `right` touch the match with only blanks, a comma or a hyphen between; `near` is anywhere in the
    same sentence. `lower` holds where the match begins with a small letter, `capital` where with a capital; `bare` where it
    has no apostrophe with an ending ("Turkey farmers" is about the bird, "Turkey's farmers" is not); `shouted` where its
    whole line is in capitals, which then tell nothing ("TELL US"); `named` where it begins with a
    capital and one word with a capital, not two, stands right behind it ("Kosovare Asllani"; "Srbijanka Ana Anić" is a
    Serbian). `unless` are words on the left with which the guard does not hold.

    `languages` empty: all. `forms` empty: all designations of the entity, else those with one of these citation forms.
    `effect`: "drop" (not the entity, nothing is reported) or "mark" (reported with the guard's name).
    """

    name: str
    languages: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    lower: bool = False
    capital: bool = False
    bare: bool = False
    shouted: bool = False
    named: bool = False
    unless: tuple[str, ...] = ()
    effect: str = "drop"


@dataclass(frozen=True, slots=True)
class Entity:
    """What is named. `id` is stable and public: it stands in exports, profiles and the command line's answers."""

    id: str
    kind: str
    parent: str | None = None
    guards: tuple[Guard, ...] = ()
    designations: tuple[Designation, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The context guard of an objection; conditions as in Guard. `head` holds for the noun the form stands with: words,
    or a kind of entity written as "kind:institution"; `head_not` excludes. `after` and `before` are about the date of
    the text. `quoted`: True only inside a quotation, False only outside, None either."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    head_not: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    quoted: bool | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody's objection to a designation of an entity, or to a term. It has a viewpoint, a cited source, or both.

    With `entity`: `designations` are the citation forms objected to (empty: every one), `language` narrows to one
    language, `kinds` to names, adjectives … With `term`: a designation of no entity (its `entity` is "") that inflects
    like any other. `reason` and `alternatives` are by language.
    """

    id: str
    severity: str
    viewpoint: str | None = None
    entity: str | None = None
    term: Designation | None = None
    designations: tuple[str, ...] = ()
    language: str | None = None
    kinds: tuple[str, ...] = ()
    when: When = When()
    reason: Mapping[str, str] = field(default_factory=dict)
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Convention:
    """A cited practice of naming: a footnote, an order, a rule of symbols. `text` is verbatim, by language."""

    id: str
    kind: str
    title: str
    text: Mapping[str, str]
    context: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything of one file. `digest` is the SHA-256 of the bytes it was read from: what is built from a lexicon can be
    kept under it. `lists` are the word lists that guards and conditions name with an @; they are already filled in."""

    entities: Mapping[str, Entity]
    objections: tuple[Objection, ...] = ()
    conventions: Mapping[str, Convention] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digest: str = ""

    def designations(self) -> Iterator[Designation]:
        """Every designation of every entity, in the order of the file."""
        for entity in self.entities.values():
            yield from entity.designations
