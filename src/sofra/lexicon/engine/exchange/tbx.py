"""TBX (ISO 30042:2019, dialect TBX-Basic, style DCT), as terminology tools exchange it.

Each entity is a concept, each language and script a section, each designation a term with its status, kind, whether it is
an abbreviation, who uses it (customerSubset) and its source. What TBX-Basic has no place for stays in the lexicon's own
JSON: paradigms and inflected forms, guards, objections and conventions, and the dates of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from sofra.lexicon.engine.loading import FORMAT
from sofra.lexicon.engine.model import ENTITY_KINDS, Designation, Entity, Lexicon

CORE = "urn:iso:std:iso:30042:ed-2"
MIN = "http://www.tbxinfo.net/ns/min"
BASIC = "http://www.tbxinfo.net/ns/basic"
_XML = "http://www.w3.org/XML/1998/namespace"
#: The longest file that is read, in bytes.
MOST = 20_000_000
_STATUS = {
    "agreed": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts",
}
_SPEECH = {"name": "properNoun", "adjective": "adjective", "demonym": "noun", "metonym": "other"}
_TYPES = ("abbreviation", "fullForm", "acronym", "shortForm", "variant", "phrase")
#: By language and script of the lexicon, what TBX calls them (BCP 47).
_TAGS = {
    ("en", "Latn"): "en",
    ("tr", "Latn"): "tr",
    ("sq", "Latn"): "sq",
    ("mk", "Cyrl"): "mk",
    ("mk", "Latn"): "mk-Latn",
    ("sr", "Cyrl"): "sr-Cyrl",
    ("sr", "Latn"): "sr-Latn",
    ("sr-latn", "Latn"): "sr-Latn",
    ("bs", "Latn"): "bs-Latn",
    ("bs", "Cyrl"): "bs-Cyrl",
    ("cnr", "Latn"): "cnr-Latn",
    ("cnr", "Cyrl"): "cnr-Cyrl",
}
_FROM_TAG = {tag.lower(): found for found, tag in _TAGS.items()} | {
    "sr": ("sr", "Cyrl"),
    "bs": ("bs", "Latn"),
    "cnr": ("cnr", "Latn"),
}
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class BadExchange(Exception):  # noqa: N818 (told to a person, not raised to engineers)
    """A file of another format cannot be taken in. The message names the line and what is wrong with it."""


def export(lexicon: Lexicon) -> str:
    """The lexicon as a TBX file's text."""
    root = etree.Element(f"{{{CORE}}}tbx", nsmap={None: CORE, "min": MIN, "basic": BASIC})
    root.set("type", "TBX-Basic")
    root.set("style", "dct")
    root.set(f"{{{_XML}}}lang", "en")
    header = _core(_core(root, "tbxHeader"), "fileDesc")
    _core(_core(header, "sourceDesc"), "p", "Designations of the lexicon of Sofra, each from its cited source.")
    body = _core(_core(root, "text"), "body")
    for entity in lexicon.entities.values():
        _concept(body, entity, lexicon)
    etree.indent(root, space=" ")
    return str(etree.tostring(root, encoding="utf-8", xml_declaration=True).decode("utf-8")) + "\n"


def check(data: bytes) -> list[str]:
    """What is not TBX-Basic in DCT style, each with its line; empty where nothing is. It knows the structure, the order and
    the closed values that Sofra writes or reads, and ids and languages that must not stand twice."""
    return list(_problems(_parse(data)))


def read(data: bytes) -> dict[str, Any]:
    """The parsed form of a lexicon's file from TBX; `loading.read` makes the lexicon. Terms come without paradigms, so that
    they do not inflect. Raises BadExchange for what is not TBX-Basic or in a language the lexicon does not speak."""
    root = _parse(data)
    if found := list(_problems(root)):
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise BadExchange(found[0] + more)
    sources: dict[str, Any] = {}
    entities = [_entity(concept, sources) for concept in root.iter(f"{{{CORE}}}conceptEntry")]
    return {"format": FORMAT, "sources": sources, "entities": entities}


def _core(parent: Any, name: str, text: str | None = None) -> Any:
    return _put(parent, CORE, name, text)


def _put(parent: Any, space: str, name: str, text: str | None = None) -> Any:
    child = etree.SubElement(parent, f"{{{space}}}{name}")
    child.text = text
    return child


def _concept(body: Any, entity: Entity, lexicon: Lexicon) -> None:
    concept = _core(body, "conceptEntry")
    concept.set("id", entity.id)
    _put(concept, MIN, "subjectField", entity.kind)
    if entity.parent:
        _put(concept, BASIC, "crossReference", entity.parent).set("target", entity.parent)
    sections: dict[str, list[Designation]] = {}
    for one in entity.designations:
        if (one.language, one.script) in _TAGS:
            sections.setdefault(_TAGS[one.language, one.script], []).append(one)
    for tag, terms in sections.items():
        section = _core(concept, "langSec")
        section.set(f"{{{_XML}}}lang", tag)
        for one in terms:
            term = _core(section, "termSec")
            _core(term, "term", one.form)
            _put(term, MIN, "partOfSpeech", _SPEECH[one.kind])
            _put(term, MIN, "administrativeStatus", _STATUS[one.status])
            if one.abbreviation:
                _put(term, BASIC, "termType", "abbreviation")
            if one.viewpoint:
                _put(term, MIN, "customerSubset", one.viewpoint)
            if one.source:
                cited = lexicon.sources[one.source]
                _put(term, BASIC, "source", f"{one.source}: {cited.title}. {cited.publisher}, {cited.date}")


def _parse(data: bytes) -> Any:
    if len(data) > MOST:
        raise BadExchange(f"The file is longer than {MOST // 1_000_000} MB, the most that is read.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadExchange(f"The file is not XML ({str(error).splitlines()[0]}).") from error
    if root.getroottree().docinfo.doctype:
        raise BadExchange("The file brings a document type of its own, which is not read.")
    return root


def _problems(root: Any) -> Iterator[str]:
    if root.tag != f"{{{CORE}}}tbx" or root.get("type") != "TBX-Basic" or root.get("style") != "dct":
        yield f'Line {root.sourceline}: not a <tbx type="TBX-Basic" style="dct"> of {CORE}.'
        return
    if not root.get(f"{{{_XML}}}lang"):
        yield f"Line {root.sourceline}: <tbx> has no xml:lang."
    if [each.tag for each in root.iterchildren(tag=etree.Element)] != [f"{{{CORE}}}tbxHeader", f"{{{CORE}}}text"]:
        yield f"Line {root.sourceline}: <tbx> holds a <tbxHeader> and a <text>, in this order."
    if root.find(f"{{{CORE}}}tbxHeader/{{{CORE}}}fileDesc/{{{CORE}}}sourceDesc/{{{CORE}}}p") is None:
        yield f"Line {root.sourceline}: the header does not say where the file comes from (fileDesc/sourceDesc/p)."
    seen: set[str] = set()
    for concept in root.iter(f"{{{CORE}}}conceptEntry"):
        where = f"Line {concept.sourceline}"
        name = concept.get("id", "")
        if not _ID.fullmatch(name):
            yield f"{where}: a concept has no id that is a name."
        if name in seen:
            yield f"{where}: the id {name} stands twice."
        seen.add(name)
        yield from _concept_problems(concept)


def _concept_problems(concept: Any) -> Iterator[str]:
    languages: set[str] = set()
    sections = concept.findall(f"{{{CORE}}}langSec")
    if not sections:
        yield f"Line {concept.sourceline}: a concept has no <langSec>."
    for section in sections:
        where = f"Line {section.sourceline}"
        tag = (section.get(f"{{{_XML}}}lang") or "").lower()
        if tag in languages:
            yield f"{where}: the language {tag} stands twice in one concept."
        languages.add(tag)
        if tag not in _FROM_TAG:
            yield f"{where}: the lexicon does not speak “{tag}”; it speaks {', '.join(_TAGS.values())}."
        terms = section.findall(f"{{{CORE}}}termSec")
        if not terms:
            yield f"{where}: a <langSec> has no <termSec>."
        for term in terms:
            yield from _term_problems(term)


def _term_problems(term: Any) -> Iterator[str]:
    where = f"Line {term.sourceline}"
    children = list(term.iterchildren(tag=etree.Element))
    if not children or children[0].tag != f"{{{CORE}}}term" or not (children[0].text or "").strip():
        yield f"{where}: a <termSec> does not begin with its <term>."
    closed = (
        (MIN, "administrativeStatus", set(_STATUS.values())),
        (MIN, "partOfSpeech", {*_SPEECH.values(), "verb", "adverb"}),
        (BASIC, "termType", set(_TYPES)),
    )
    for space, name, values in closed:
        for each in term.findall(f"{{{space}}}{name}"):
            if each.text not in values:
                yield f"Line {each.sourceline}: {name} is none of {', '.join(sorted(values))}."


def _entity(concept: Any, sources: dict[str, Any]) -> dict[str, Any]:
    kind = _text(concept, MIN, "subjectField")
    row: dict[str, Any] = {"id": concept.get("id"), "kind": kind if kind in ENTITY_KINDS else "topic"}
    if parent := _text(concept, BASIC, "crossReference"):
        row["parent"] = parent
    row["designations"] = [
        _designation(term, *_FROM_TAG[section.get(f"{{{_XML}}}lang").lower()], sources)
        for section in concept.findall(f"{{{CORE}}}langSec")
        for term in section.findall(f"{{{CORE}}}termSec")
    ]
    return row


def _designation(term: Any, language: str, script: str, sources: dict[str, Any]) -> dict[str, Any]:
    speech = _text(term, MIN, "partOfSpeech")
    status = _text(term, MIN, "administrativeStatus")
    row: dict[str, Any] = {
        "language": language,
        "script": script,
        "form": " ".join(term.findtext(f"{{{CORE}}}term").split()),
        "kind": _back(_SPEECH).get(speech, "name"),
        "status": _back(_STATUS).get(status, "admitted"),
        # Each script has its own section, so that nothing is to be derived.
        "derive": False,
    }
    if _text(term, BASIC, "termType") in ("abbreviation", "acronym"):
        row["abbreviation"] = True
    if viewpoint := _text(term, MIN, "customerSubset"):
        row["viewpoint"] = viewpoint
    if cited := _text(term, BASIC, "source"):
        key, parted, title = cited.partition(": ")
        if not parted or " " in key:
            key, title = cited, cited
        sources.setdefault(key, {"title": title, "publisher": "As cited in the TBX file", "date": "undated"})
        row["source"] = key
    return row


def _back(table: Mapping[str, str]) -> dict[str, str]:
    return {value: key for key, value in table.items()}


def _text(element: Any, space: str, name: str) -> str:
    return " ".join((element.findtext(f"{{{space}}}{name}") or "").split())
