"""An adopted language version as it is signed, handed out, and checked without a server.

What is signed is one line of JSON: which text, in which language, under which number, with which SHA-256, adopted when. The
SHA-256 is of its words: the numbers and contents of its paragraphs, in order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sofra.texts.engine.amending import content_of
from sofra.texts.engine.brackets import render_content
from sofra.texts.engine.exchange import FORM as TEXT_FORM
from sofra.texts.engine.exchange import from_json
from sofra.texts.engine.tree import BadText, Mark

FORM = "sofra.adopted/1"

#: Number and content (in the notation) of each paragraph.
Words = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Adopted:
    """What is said of a language version. `at` is ISO 8601 in UTC, to the microsecond."""

    text: str
    language: str
    number: int
    digest: str
    at: str

    def statement(self) -> bytes:
        """What is signed, byte for byte."""
        said = {
            "form": FORM, "text": self.text, "language": self.language, "number": self.number, "sha256": self.digest,
            "adopted_at": self.at,
        }  # fmt: skip
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

    def to_json(self, words: Words, key: str, signature: str) -> dict[str, Any]:
        """The whole of it, by the schema adopted.schema.json."""
        return {
            "format": FORM,
            "text": self.text,
            "language": self.language,
            "number": self.number,
            "adopted_at": self.at,
            "sha256": self.digest,
            "key": key,
            "signature": signature,
            "words": [list(each) for each in words],
        }


@dataclass(frozen=True)
class Verdict:
    """What a check found: `faults` say what is wrong; without any, the version is as it was signed by `key`."""

    adopted: Adopted
    key: str
    faults: tuple[str, ...]
    beside: int = 0


def told(words: Iterable[Sequence[str]]) -> bytes:
    """One language version, word for word, as its digest is taken of it: JSON in UTF-8."""
    return json.dumps([list(each) for each in words], ensure_ascii=False).encode()


def digest(words: Iterable[Sequence[str]]) -> str:
    """The SHA-256 of one language version."""
    return hashlib.sha256(told(words)).hexdigest()


def verify(data: Any, key: str | None = None) -> Verdict:
    """Check an adopted version: its words against the digest, the digest against the signature, the signature against `key`
    (None: the key that stands in the file, which proves nothing of whose it is).

    Takes what to_json() wrote, or a text of sofra.text/1 that carries it; its paragraphs are compared then too. Raises BadText
    where it is neither, kernel.signing.BadKey where a key is none.
    """
    from sofra.kernel.signing import holds

    whole = data
    if isinstance(data, Mapping) and data.get("format") == TEXT_FORM:
        data = data.get("adopted")
        if data is None:
            raise BadText("This text is not an adopted version: it carries no signature.")
    found, words, named, signature = _read(data)
    faults = []
    if digest(words) != found.digest:
        faults.append("The words are not those that were adopted: their SHA-256 is another.")
    if key is not None and key != named:
        faults.append("It names another key than the one given.")
    if not holds(key or named, found.statement(), signature):
        faults.append("The signature is not of this statement by this key.")
    beside = 0
    if whole is not data:
        beside, missing = _compared(whole, words)
        if missing:
            faults.append(f"Paragraph {missing} of the adopted version does not stand in this text as it was adopted.")
    return Verdict(found, key or named, tuple(faults), beside)


def _read(data: Any) -> tuple[Adopted, list[list[str]], str, str]:
    if not isinstance(data, Mapping) or data.get("format") != FORM:
        raise BadText(f"This JSON is not an adopted version of the form {FORM}, nor a text that carries one.")
    said = [data.get(name) for name in ("text", "language", "sha256", "adopted_at", "key", "signature")]
    number, words = data.get("number"), data.get("words")
    if not all(isinstance(each, str) for each in said) or isinstance(number, bool) or not isinstance(number, int):
        raise BadText("A part of this adopted version is missing, or is of another kind than it should be.")
    if not isinstance(words, list) or not all(
        isinstance(each, list) and len(each) == 2 and all(isinstance(one, str) for one in each) for each in words
    ):
        raise BadText("The words of this adopted version are not pairs of a number and a content.")
    text, language, sha256, at, key, signature = map(str, said)
    return Adopted(text, language, number, sha256, at), words, key, signature


def _compared(whole: Mapping[str, Any], words: Words) -> tuple[int, int]:
    """How many paragraphs of a text are not of the adopted version, and the first of that version that is not there (or 0)."""
    standing = [
        render_content(tuple(node for node in each.content if not isinstance(node, Mark))).strip()
        for each in from_json(whole).paragraphs
    ]
    wanted = [render_content((f"{number} " if number else "", *content_of(said))).strip() for number, said in words]
    for begins in range(max(1, len(standing) - len(wanted) + 1)):
        if standing[begins : begins + len(wanted)] == wanted:
            return len(standing) - len(wanted), 0
    place = next((at for at, each in enumerate(wanted, 1) if each not in standing), 1)
    return len(standing) - len(wanted), place
