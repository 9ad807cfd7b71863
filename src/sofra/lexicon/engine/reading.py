"""From a file's bytes to its text: TXT in the encodings of the region, DOCX and PDF.

Size comes first, then what the file is by its content. Word files and PDF are parsed in a process of its own whose time and
memory are bounded; whatever happens in there, the answer is a text or a refusal in a sentence.
"""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
from pathlib import Path

from sofra.kernel.engine.refused import MOST, SENTENCES, Refused
from sofra.lexicon.engine import recognising
from sofra.lexicon.engine.folding import fold

#: How long the worker may take, in seconds by the wall.
PATIENCE = 60
_PAPERS = (b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Encodings of one byte per letter, with the letters that speak for each.
_OLD = {
    "cp1254": "ğışĞİŞçÇöÖüÜâ",
    "cp1250": "čćžšđČĆŽŠĐ",
    "cp1251": "абвгдђежзијклљмнњопрстћуфхцчџшѓќѕ",
    "cp1252": "ëËçÇéè",
}
_PUNCTUATION = frozenset("‘’“”„«»–—…•§°€\u00a0")


def _(sentence: str) -> str:
    """Marks a sentence for the catalogues of languages."""
    return sentence


class CannotRead(Exception):  # noqa: N818 (an answer, told to a person)
    """A file that gives no text; the message is the sentence for the person who gave it, `sentence` and `words` its pattern
    and what stands in it, for whoever says it in another language."""

    def __init__(self, sentence: str, **words: object) -> None:
        super().__init__(sentence % words if words else sentence)
        self.sentence, self.words = sentence, words


def read_file(path: Path) -> str:
    """The text of a file. Raises CannotRead."""
    try:
        with path.open("rb") as stream:
            return read_text(stream.read(MOST + 1))
    except OSError as error:
        raise CannotRead("%(path)s cannot be read: %(why)s.", path=path, why=error.strerror) from error


def read_text(data: bytes) -> str:
    """The text of a file's bytes, without a byte order mark; line ends as they came. Raises CannotRead."""
    if len(data) > MOST:
        raise CannotRead(SENTENCES["large"])
    if data.startswith(_PAPERS):
        return _by_worker(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise CannotRead(
                    _("The file says it is %(encoding)s, but byte %(byte)s is not."),
                    encoding=encoding.upper(), byte=error.start,
                ) from error  # fmt: skip
    if b"\x00" in data:
        raise CannotRead(_("The file is neither a text nor PDF nor DOCX by its content. Save it as a text in UTF-8."))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data)


def _old(data: bytes) -> str:
    """A text in an encoding from before Unicode: the one in which its letters make sense. Raises CannotRead."""
    best, found = 0, ""
    for encoding, letters in _OLD.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        high = [letter for letter in text[:200_000] if ord(letter) > 127]
        good = sum(letter in letters or letter.lower() in letters for letter in high)
        strange = sum(not letter.isalpha() and letter not in _PUNCTUATION for letter in high)
        known = recognising.recognise(fold(text[:5000]).scan)
        points = 2 * good - 3 * strange + (len(high) // 4 if known else 0)
        if points > best:
            best, found = points, text
    if not found:
        raise CannotRead(_("The encoding of the file cannot be told. Save it as a text in UTF-8."))
    return found


def _by_worker(data: bytes) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "sofra.lexicon.engine.reading_worker"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, env=environment, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise CannotRead(
            _("The file could not be read within %(seconds)s seconds. Save it as a text."), seconds=PATIENCE
        ) from error
    status, _line, rest = done.stdout.partition(b"\n")
    if done.returncode == 0 and status == b"text":
        return rest.decode("utf-8")
    code = status.decode("ascii", "replace").removeprefix("refused ")
    if done.returncode == 0 and code == "words":
        raise CannotRead(
            _("The PDF holds no text, only pictures. Recognise its letters first, or give the text itself.")
        )
    raise CannotRead(str(Refused(code if done.returncode == 0 and code in SENTENCES else "damaged")))
