"""Why a file is refused. Codes here; the sentences a person reads are worded where there is a language."""

from __future__ import annotations


def _(sentence: str) -> str:
    """Marks a sentence for the catalogues of languages."""
    return sentence


#: Largest file and what it may unpack to, in bytes; how many parts a package may have.
MOST = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000

SENTENCES: dict[str, str] = {
    "empty": _("The file is empty. Nothing was kept."),
    "large": _("The file is larger than 20 MB. Nothing was kept."),
    "kind": _("The file is neither PDF nor DOCX by its content. Nothing was kept."),
    "old": _(
        "The file is an old Word file or is locked with a password. Nothing was kept. Save it as DOCX without a password."
    ),
    "damaged": _("The file is damaged or incomplete. Nothing was kept. Save it anew from the program that made it."),
    "hidden": _(
        "The file packs its structure in a way that cannot be checked. Nothing was kept. Print it to a new PDF and upload that."
    ),
    "two": _("The file is two kinds of file in one, or has data in front of it or behind it. Nothing was kept."),
    "bomb": _("The file unpacks to far more than a document needs (100 MB at most). Nothing was kept."),
    "parts": _("The file is packed of more than 2,000 parts. Nothing was kept."),
    "locked": _("The file is locked with a password. Nothing was kept. Save it without one."),
    "script": _("The file contains a script. Nothing was kept. Print it to a new PDF and upload that."),
    "action": _(
        "The file would start a program, open another file or send data when it is read. Nothing was kept. "
        "Print it to a new PDF and upload that."
    ),
    "inside": _("The file carries other files inside. Nothing was kept. Upload each document by itself."),
    "macros": _("The file contains macros or controls. Nothing was kept. Save it as a DOCX without them."),
    "external": _(
        "The file loads something from outside when it is opened. Nothing was kept. Take out linked pictures, templates and data."
    ),
    "entities": _("The file defines XML entities, which a document never needs. Nothing was kept."),
    "fields": _(
        "The file contains a field that fetches data or starts a program. Nothing was kept. Turn the field into plain text."
    ),
}


class Refused(Exception):  # noqa: N818 (an answer, worded by the house)
    """A file that is not kept. `code` is one of SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code
