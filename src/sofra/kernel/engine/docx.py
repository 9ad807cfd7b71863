"""Whether a DOCX can be kept: a Word document that is only a document, and loads nothing from anywhere when it is opened."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from sofra.kernel.engine.package import parts
from sofra.kernel.engine.refused import Refused

_TYPES, _MAIN = (
    "[Content_Types].xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
)
_DEEPEST = 400
_MOST_XML = 60 * 1024 * 1024

#: How content begins that is a file of its own: packages, programs, archives, compound files, PDF.
_FILES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"%PDF-",
)
_CLOSED = ("macroenabled", "vbaproject", "vbadata", "activex", "keymapcustomizations")
_FOREIGN = frozenset(
    {"oleobject", "package", "afchunk", "embeddedobject", "control", "attachedtoolbars", "subdocument"}
)
_HARMLESS_LINK = re.compile(r"(?:https?://[^\s\\]+|mailto:[^\s\\]+|#.*)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
#: Fields that fetch, run, or spell such a field out of numbers; the first word of an instruction says which it is.
_FIELDS = re.compile(
    r"^[\s\"']*(?:DDE|DDEAUTO|LINK|EMBED|IMPORT|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|DATABASE|MACROBUTTON|QUOTE|RD|PRINT)\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass
class _Seen:
    main: bool = False
    remarks: set[str] = field(default_factory=set)


def check(data: bytes) -> tuple[str, ...]:
    """What is worth saying about a DOCX. Raises Refused; "kind" for another package than a Word document."""
    seen, budget, names = _Seen(), _MOST_XML, set()
    for name, content in parts(data):
        lower = name.lower()
        names.add(name)
        if any(word in lower for word in ("vbaproject", "vbadata", "activex")):
            raise Refused("macros")
        if content.startswith(_FILES) or "/embeddings/" in lower:
            raise Refused("inside")
        if _is_xml(lower, content):
            budget -= len(content)
            if budget < 0:
                raise Refused("bomb")
            _read(name, content, seen)
    if not seen.main or _TYPES not in names or "_rels/.rels" not in names:
        raise Refused("kind")
    return tuple(sorted(seen.remarks))


def _is_xml(lower: str, content: bytes) -> bool:
    if lower.endswith((".xml", ".rels", ".vml", ".svg", ".html", ".htm", ".xhtml", ".mht")):
        return True
    return content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _read(name: str, content: bytes, seen: _Seen) -> None:
    if not content and not name.endswith((".xml", ".rels")):
        return
    if name.lower().endswith((".html", ".htm", ".xhtml", ".mht")):
        raise Refused("inside")
    part = _Part(name, seen)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_entities
    parser.StartElementHandler, parser.EndElementHandler = part.start, part.end
    parser.CharacterDataHandler = part.words
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except expat.ExpatError as damage:
        raise Refused("damaged") from damage
    part.close()


def _refuse_entities(*_anything: object) -> None:
    raise Refused("entities")


class _Part:
    """Walks through one part and notices what it must not hold."""

    def __init__(self, name: str, seen: _Seen) -> None:
        self.name, self.seen = name, seen
        self.types, self.relations = name == _TYPES, name.lower().endswith(".rels")
        self.depth = 0
        self.listening = False
        self.instruction: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Refused("bomb")
        space, _gap, local = tag.rpartition(" ")
        if self.types:
            self._type(attributes)
        elif self.relations:
            if local == "Relationship":
                self._relation(attributes)
        elif local in _WATCHED and (
            "wordprocessingml" in space or space.startswith("urn:schemas-microsoft-com:office")
        ):
            self._element(local, attributes)

    def end(self, _tag: str) -> None:
        self.depth -= 1
        self.listening = False

    def words(self, text: str) -> None:
        if self.listening:
            self.instruction.append(text)

    def close(self) -> None:
        """Fields are often cut into pieces; they are read once the part is at its end."""
        if _FIELDS.search("".join(self.instruction)):
            raise Refused("fields")

    def _type(self, attributes: dict[str, str]) -> None:
        said = attributes.get("ContentType", "").lower().strip()
        if any(word in said for word in _CLOSED):
            raise Refused("macros")
        if any(word in said for word in ("oleobject", "application/x-ms", "application/vnd.ms-package")):
            raise Refused("inside")
        self.seen.main = self.seen.main or said == _MAIN

    def _relation(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").lower()
        target = attributes.get("Target", "").strip()
        if any(word in kind for word in _CLOSED):
            raise Refused("macros")
        if kind.rstrip("/").rpartition("/")[2] in _FOREIGN:
            raise Refused("inside")
        outside = attributes.get("TargetMode", "Internal") != "Internal"
        if not outside and not _ELSEWHERE.match(target):
            return
        if not (outside and kind.endswith("/hyperlink") and _HARMLESS_LINK.fullmatch(target)):
            raise Refused("external")
        self.seen.remarks.add("links")

    def _element(self, local: str, attributes: dict[str, str]) -> None:
        match local:
            case "instrText" | "delInstrText":
                self.listening = True
            case "fldSimple":
                self.instruction += ["\n", *(value for key, value in attributes.items() if key.endswith("instr"))]
            case "fldChar":
                # A field begins or ends: what stood before and what comes are two instructions.
                self.instruction.append("\n")
            case "altChunk" | "object" | "OLEObject" | "control":
                raise Refused("inside")
            case "ins" | "del" | "moveFrom" | "moveTo":
                self.seen.remarks.add("changes")
            case "comment":
                self.seen.remarks.add("comments")
            case "vanish" if self.name.lower() == "word/document.xml":
                self.seen.remarks.add("hidden")


_WATCHED = frozenset(
    {"instrText", "delInstrText", "fldSimple", "fldChar", "altChunk", "object", "OLEObject", "control"}
    | {"ins", "del", "moveFrom", "moveTo", "comment", "vanish"}
)
