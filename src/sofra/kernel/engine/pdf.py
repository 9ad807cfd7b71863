"""Whether a PDF can be kept. It is not parsed as a reader would: whatever could be an action anywhere in it is found.

Readers disagree about what in a damaged PDF counts. So the names that mean danger are looked for in all of its bytes and in
every object stream, decoded, whether or not the cross-references lead there.
"""

from __future__ import annotations

import re
import zlib

from sofra.kernel.engine.refused import Refused

#: What one object stream and all of them together may unpack to.
_MOST_STREAM, _MOST_STREAMS = 32 * 1024 * 1024, 64 * 1024 * 1024
#: How far before the word "stream" its dictionary may begin, and how much may be looked through for all of them.
_REACH, _MOST_LOOKED = 64 * 1024, 32 * 1024 * 1024

_END = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
_DANGERS: dict[str, re.Pattern[bytes]] = {
    code: re.compile(rb"/(?:" + names + rb")" + _END)
    for code, names in {
        "locked": rb"Encrypt",
        "script": rb"JavaScript|Rendition|XFA|OnInstantiate",
        "action": rb"Launch|GoToR|GoToE|SubmitForm|ImportData",
        "inside": rb"EmbeddedFiles?|RichMedia|Movie",
    }.items()
}
_LINK = re.compile(rb"/URI" + _END)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream")
_OBJECT_STREAM = re.compile(rb"/ObjStm" + _END)
_COUNT, _FIRST = re.compile(rb"/N" + _END), re.compile(rb"/First" + _END)
_FILTER = re.compile(rb"/(?:Filter|F)" + _END + rb"\s*(\[[^\]]{0,200}\]|/[A-Za-z0-9]+|[^\s/>]+)")
_ONE_FLATE = re.compile(rb"\[?\s*/(?:FlateDecode|Fl)\s*\]?")
_TWICE = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\s*/(?:FlateDecode|Fl|LZWDecode|LZW)" + _END)
_PARAMETERS = re.compile(rb"/(?:DecodeParms|DP)" + _END)
_HEADER = re.compile(rb"%PDF-[12]\.\d[\r\n\t %]")


def check(data: bytes) -> tuple[str, ...]:
    """What is worth saying about a PDF. Raises Refused."""
    if not _HEADER.match(data) or b"obj" not in data:
        raise Refused("damaged")
    _ends_where_it_ends(data)
    plain = _unescaped(data)
    _refuse_dangers(plain)
    if _TWICE.search(plain):
        raise Refused("bomb")
    links = bool(_LINK.search(plain))
    budget, looked = _MOST_STREAMS, 0
    for match in _STREAM.finditer(data):
        begin = data.rfind(b"obj", max(0, match.start() - _REACH), match.start())
        begin = begin if begin >= 0 else max(0, match.start() - _REACH)
        looked += match.start() - begin
        if looked > _MOST_LOOKED:
            raise Refused("hidden")
        packed = _object_stream(data, begin, match.start(), match.end())
        if packed is not None:
            inner = _unescaped(_inflated(data, packed, budget))
            budget -= len(inner)
            _refuse_dangers(inner)
            links = links or bool(_LINK.search(inner))
    return ("links",) if links else ()


def _ends_where_it_ends(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused("damaged")
    if data[end + 5 :].strip(b"\x00\t\n\x0c\r ") or b"PK\x05\x06" in data[-66_000:]:
        raise Refused("two")


def _unescaped(data: bytes) -> bytes:
    """With #4A in names written out as J; every other byte as it is."""
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), data)


def _refuse_dangers(plain: bytes) -> None:
    for code, names in _DANGERS.items():
        if names.search(plain):
            raise Refused(code)


def _object_stream(data: bytes, begin: int, start: int, end: int) -> int | None:
    """Where the packed content of an object stream begins; None for other streams and for what is not packed."""
    dictionary = _unescaped(data[begin:start])
    if not (_OBJECT_STREAM.search(dictionary) or (_COUNT.search(dictionary) and _FIRST.search(dictionary))):
        return None
    filters = _FILTER.findall(dictionary)
    if not filters:
        return None  # its content stands in the open and was looked through already
    if len(filters) > 1 or not _ONE_FLATE.fullmatch(filters[0].strip()) or _PARAMETERS.search(dictionary):
        raise Refused("hidden")
    while data[end : end + 1] in (b" ", b"\t"):
        end += 1
    return end + (2 if data[end : end + 2] == b"\r\n" else 1)


def _inflated(data: bytes, start: int, budget: int) -> bytes:
    unpacker = zlib.decompressobj()
    most = min(_MOST_STREAM, budget)
    try:
        found = unpacker.decompress(memoryview(data)[start:], most + 1)
    except zlib.error as damage:
        raise Refused("damaged") from damage
    if len(found) > most:
        raise Refused("bomb")
    if not unpacker.eof:
        raise Refused("damaged")
    return found
