"""A ZIP package read strictly: one file with nothing in front, behind or between, every part as long as it says.

Python's own reader forgives what other readers take differently (prefixes, overlapping parts, two directories); what reads
differently in two programs is refused here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from sofra.kernel.engine.refused import MOST_PARTS, MOST_UNPACKED, Refused

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_STORED, _DEFLATED = 0, 8
_LOCKED, _DESCRIBED_LATER, _UTF8 = 0x1, 0x8, 0x800
#: Above this a part that packs a thousandfold is no text any more.
_LARGE, _MOST_RATIO = 4 * 1024 * 1024, 250


@dataclass(frozen=True)
class _Entry:
    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    unpacked: int
    start: int


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each part of a package with its name, in the order of the directory. Raises Refused."""
    for entry, begin in _placed(data, _directory(data)):
        yield entry.name, _unpacked(data, entry, begin)


def _directory(data: bytes) -> list[_Entry]:
    end = len(data) - 22
    if end < 0 or data[end : end + 4] != _END:
        raise Refused("two" if data.rfind(_END) >= 0 else "damaged")
    disk, first, here, number, size, offset, comment = struct.unpack("<4xHHHHLLH", data[end:])
    if disk or first or here != number or comment:
        raise Refused("damaged")
    if number > MOST_PARTS:
        raise Refused("parts")
    if offset + size != end:
        raise Refused("two")
    found, place = [], offset
    for _number in range(number):
        entry, place = _central(data, place, end)
        found.append(entry)
    if place != end or not found:
        raise Refused("damaged")
    if len({entry.name.lower() for entry in found}) != len(found):
        raise Refused("two")
    total = sum(entry.unpacked for entry in found)
    if total > MOST_UNPACKED or (total > _LARGE and total > _MOST_RATIO * sum(entry.packed for entry in found)):
        raise Refused("bomb")
    return found


def _central(data: bytes, place: int, end: int) -> tuple[_Entry, int]:
    if place + 46 > end or data[place : place + 4] != _CENTRAL:
        raise Refused("damaged")
    flags, method, checksum, packed, unpacked, name, extra, comment, start = struct.unpack(
        "<8xHH4xLLLHHH8xL", data[place : place + 46]
    )
    if flags & _LOCKED:
        raise Refused("locked")
    if method not in (_STORED, _DEFLATED) or (method == _STORED and packed != unpacked):
        raise Refused("damaged")
    begin = place + 46
    said = data[begin : begin + name].decode("utf-8" if flags & _UTF8 else "cp437")
    steps = said.split("/")
    if not said or "\\" in said or "\x00" in said or ":" in said or "" in steps[:-1] or ".." in steps or "." in steps:
        raise Refused("damaged")
    return _Entry(said, flags, method, checksum, packed, unpacked, start), begin + name + extra + comment


def _placed(data: bytes, entries: list[_Entry]) -> list[tuple[_Entry, int]]:
    """Each entry with where its content begins. The parts follow each other from the first byte on, without a gap."""
    ends = len(data) - 22 - struct.unpack("<L", data[-10:-6])[0]
    found, place, loose = [], 0, False
    for entry in sorted(entries, key=lambda each: each.start):
        if entry.start != place and not (loose and entry.start - place in (12, 16)):
            raise Refused("two")
        if data[entry.start : entry.start + 4] != _LOCAL:
            raise Refused("damaged")
        name, extra = struct.unpack("<HH", data[entry.start + 26 : entry.start + 30])
        begin = entry.start + 30 + name + extra
        said = data[entry.start + 30 : entry.start + 30 + name]
        if said.decode("utf-8" if entry.flags & _UTF8 else "cp437") != entry.name:
            raise Refused("two")
        place, loose = begin + entry.packed, bool(entry.flags & _DESCRIBED_LATER)
        if place > ends:
            raise Refused("damaged")
        found.append((entry, begin))
    if place != ends and not (loose and ends - place in (12, 16)):
        raise Refused("two")
    order = {entry.name: number for number, entry in enumerate(entries)}
    return sorted(found, key=lambda each: order[each[0].name])


def _unpacked(data: bytes, entry: _Entry, begin: int) -> bytes:
    packed = data[begin : begin + entry.packed]
    if entry.method == _STORED:
        found = packed
    else:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            found = unpacker.decompress(packed, entry.unpacked + 1)
        except zlib.error as damage:
            raise Refused("damaged") from damage
        if len(found) > entry.unpacked:
            raise Refused("bomb")
        if not unpacker.eof or unpacker.unused_data or len(found) != entry.unpacked:
            raise Refused("damaged")
    if zlib.crc32(found) != entry.checksum:
        raise Refused("damaged")
    return found
