"""Papers set with typst. What people wrote reaches the typesetter as data and never as markup.

    set_paper("letter", {"lines": [...]}, language="tr", title="…", made=instant, marking="…")  ->  bytes of a PDF

A template is a file of `templates/` beside this one; it finds what it was given through `paper.typ`, which sets the page (A4,
fonts, marking, page numbers) for all of them. Templates evaluate nothing, fetch nothing and read no file but one another and
the PDFs that a paper holds.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
#: How typst names our languages: language and script. Script chooses letter forms, language hyphens and casing.
TONGUES = {"sr": ("sr", "cyrl"), "sr-latn": ("sr", "latn"), "cnr": ("cnr", "latn"), "mk": ("mk", "cyrl")}
_NAME = re.compile(r"[a-z][a-z_]*")
_HELD = re.compile(r"[a-z0-9][a-z0-9-]*")
#: So many pages of a PDF are set at most: a longer one is named, and handed out beside the paper.
MOST_PAGES = 200
#: Control characters other than tab and line feed, and what is no character: none of it can be set.
_UNSET = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class CannotSet(Exception):  # noqa: N818 (a sentence for the operator, as the kernel's other refusals are)
    """A paper could not be set. Its text is one sentence."""


def set_paper(
    template: str,
    content: Mapping[str, Any],
    *,
    language: str,
    title: str,
    made: datetime,
    marking: str = "",
    running: str = "",
    held: Mapping[str, bytes] | None = None,
) -> bytes:
    """Set one paper and answer its PDF.

    `content` is anything JSON can hold, as the template expects it. `title` stands in the PDF's metadata, `made` (aware) is its
    only date. `marking` and `running` stand at the head of each page, right and left; the page's number at its foot.
    `held` are PDFs by name (lower case, digits, hyphens) whose pages the content may ask for, see `pages_of`.
    Raises CannotSet for a template that is not there, content that is no data, a naive instant, or a fault of a template.
    """
    return _set(template, content, language, title, made, marking, running, "pdf", held=held)[0]


def pages_of(data: bytes) -> int:
    """How many pages of a PDF can be set into a paper: 0 where the typesetter cannot read it, or it has over `MOST_PAGES`.

    The typesetter itself is asked, since it is the one that must read them; it has no word for the number of pages, so the
    last page that it can set is searched for.
    """
    _fonts()
    with _place("held", {"held": data}) as place:

        def can(page: int) -> bool:
            try:
                _compile(place, json.dumps(page), 0, "pdf", 90)
            except CannotSet:
                return False
            return True

        if not can(1) or can(MOST_PAGES + 1):
            return 0
        least, beyond = 1, 2
        while can(beyond):
            least, beyond = beyond, beyond * 2
        while beyond - least > 1:
            middle = (least + beyond) // 2
            least, beyond = (middle, beyond) if can(middle) else (least, middle)
    return least


def look_at(
    template: str,
    content: Mapping[str, Any],
    *,
    language: str,
    title: str,
    made: datetime,
    marking: str = "",
    running: str = "",
    dots: int = 90,
) -> list[bytes]:
    """The same paper as pictures (PNG), one per page, at `dots` to the inch. Raises as `set_paper` does."""
    return _set(template, content, language, title, made, marking, running, "png", dots)


def _set(
    template: str,
    content: Mapping[str, Any],
    language: str,
    title: str,
    made: datetime,
    marking: str,
    running: str,
    kind: Literal["pdf", "png"],
    dots: int = 90,
    held: Mapping[str, bytes] | None = None,
) -> list[bytes]:
    if not _NAME.fullmatch(template) or not (TEMPLATES / f"{template}.typ").is_file():
        raise CannotSet(f"There is no template {template} for a paper.")
    if made.tzinfo is None:
        raise CannotSet("A paper's date needs its zone.")
    tongue, script = TONGUES.get(language, (language, "auto"))
    day = made.astimezone(UTC)
    given = {
        "language": tongue, "script": script, "title": title, "marking": marking, "running": running, "content": content,
        "made": [day.year, day.month, day.day, day.hour, day.minute, day.second],
    }  # fmt: skip
    try:
        said = json.dumps(_clean(given), ensure_ascii=False, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise CannotSet("What was to be set is no plain data.") from error
    with _place(template, held or {}) as place:
        return _compile(place, said, int(day.timestamp()), kind, dots)


@contextmanager
def _place(template: str, held: Mapping[str, bytes]) -> Iterator[Path]:
    """The template's file; where a paper holds PDFs, a copy in a folder of its own, beside them."""
    if not held:
        yield TEMPLATES / f"{template}.typ"
        return
    with TemporaryDirectory(prefix="sofra-paper-") as folder:
        for each in TEMPLATES.glob("*.typ"):
            shutil.copyfile(each, Path(folder) / each.name)
        for name, data in held.items():
            if not _HELD.fullmatch(name):
                raise CannotSet(f"A held PDF cannot be called {name}.")
            (Path(folder) / f"{name}.pdf").write_bytes(data)
        yield Path(folder) / f"{template}.typ"


def _compile(place: Path, said: str, at: int, kind: Literal["pdf", "png"], dots: int) -> list[bytes]:
    import typst

    nowhere = HERE / "packages"  # there is none: nothing is taken from it, and no template asks
    try:
        compiler = typst.Compiler(
            place, root=place.parent, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"given": said},
            package_path=nowhere, package_cache_path=nowhere,
        )  # fmt: skip
        way: dict[str, Any] = {"ppi": dots} if kind == "png" else {"timestamp": at}
        found = compiler.compile(format=kind, **way)
    except typst.TypstError as error:
        raise CannotSet(f"The template {place.stem} could not be set: {error.message}.") from error
    if found is None:
        raise CannotSet(f"The template {place.stem} gave nothing.")
    return found if isinstance(found, list) else [found]


@cache
def _fonts() -> typst.Fonts:
    """The house's fonts, read once per process; no other is known to a paper."""
    import typst

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    if {"Inter", "Source Serif 4"} - set(found.families()):
        raise CannotSet("The fonts for papers are missing: they are made by make setup, and stand in every wheel.")
    return found


def _clean(value: Any) -> Any:
    """Data with what cannot be set replaced by the sign for it. Line ends become line feeds."""
    if isinstance(value, str):
        return _UNSET.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {str(key): _clean(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(each) for each in value]
    return value
