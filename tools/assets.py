"""Makes the files that are built and never committed: fonts as woff2 and for print, translations as .mo.

Called by `make setup` (``python tools/assets.py``) and by the wheel's build hook; both do the same work. A file that is
newer than everything it is made of is left alone, so a second run costs milliseconds.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = Path("src/sofra/web/static/web/fonts")
PRINT_FONTS = Path("src/sofra/kernel/typesetting/fonts")
LOCALES = Path("src/sofra/locale")

# Latin with all its European extensions, combining marks, Cyrillic, punctuation, currency, letterlike signs and
# fractions, arrows, the few mathematical signs and shapes a diplomatic text meets.
LETTERS: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x0259, 0x0259),
    (0x02B9, 0x02DD),
    (0x0300, 0x0331),
    (0x0400, 0x045F),
    (0x0490, 0x0491),
    (0x1E9E, 0x1E9E),
    (0x2000, 0x206F),
    (0x2070, 0x2089),
    (0x20A0, 0x20BF),
    (0x2116, 0x2122),
    (0x2150, 0x215F),
    (0x2190, 0x2199),
    (0x2212, 0x2215),
    (0x2248, 0x2248),
    (0x2260, 0x2265),
    (0x25A0, 0x25FF),
    (0x2713, 0x2717),
)
# Only what the style sheets ask for: the rest of Inter's many alternates doubles the download.
FEATURES = [
    *("calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk", "rlig", "case", "frac", "ordn", "sups", "subs", "sinf"),
    *("pnum", "tnum", "lnum", "onum", "numr", "dnom", "smcp", "c2sc", "zero"),
]


@dataclass(frozen=True)
class Font:
    """One web font: the package and file it is made from, and the weights kept."""

    package: str
    file: str
    output: str
    weights: tuple[int, int] = (400, 700)


WANTED = (
    Font("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", "source-serif-4.woff2"),
    Font("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf", "source-serif-4-italic.woff2"),
    Font("fontpkg_inter", "Inter[opsz,wght].ttf", "inter.woff2"),
    Font("fontpkg_inter", "Inter-Italic[opsz,wght].ttf", "inter-italic.woff2"),
)


#: The web fonts papers are set in, by the name they get as TrueType: the typesetter reads their axes, but no woff2.
PRINTED = {
    "source-serif-4.woff2": "source-serif-4.ttf",
    "source-serif-4-italic.woff2": "source-serif-4-italic.ttf",
    "inter.woff2": "inter.ttf",
}


def current(output: Path, inputs: Iterable[Path]) -> bool:
    """True when `output` exists and nothing it is made of has changed since."""
    if not output.is_file():
        return False
    made = output.stat().st_mtime
    return all(source.stat().st_mtime <= made for source in inputs)


def font_source(font: Font) -> Path:
    """The packaged font file. Raises FileNotFoundError naming the package to install."""
    spec = importlib.util.find_spec(font.package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            f"The package {font.package.replace('_', '-')} is needed to make the fonts: install it."
        )
    return Path(spec.origin).parent / "files" / font.file


def make_font(source: Path, output: Path, weights: tuple[int, int]) -> None:
    """Subsets one variable font to our letters, narrows its weight axis and writes it as woff2."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    letters = {point for first, last in LETTERS for point in range(first, last + 1)}
    options = subset.Options(flavor="woff2", layout_features=FEATURES, notdef_outline=True, name_IDs=["*"])
    font = TTFont(source)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": weights}, inplace=True)
    font.flavor = "woff2"
    part = output.with_suffix(f".{os.getpid()}.part")
    font.save(part)
    part.replace(output)


def kept_fonts() -> Path:
    """Where made fonts are kept for the user's other checkouts: the usual place for what can be made again."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sofra" / "fonts"
    except RuntimeError:  # a user without a home keeps nothing: nothing can be read or written below a file
        return Path(os.devnull) / "fonts"


def recipe(source: Path, weights: tuple[int, int]) -> str:
    """A digest of all a made font depends on: its source, what is kept of it, and what it is made with."""
    made_with = [importlib.metadata.version(name) for name in ("fonttools", "brotli")]
    words = repr((LETTERS, FEATURES, weights, made_with, Path(__file__).read_bytes()))
    return hashlib.sha256(source.read_bytes() + words.encode()).hexdigest()


def is_whole(font: Path) -> bool:
    """Whether a woff2 is there and as long as it says it is."""
    try:
        with font.open("rb") as opened:
            head = opened.read(12)
        size = font.stat().st_size
    except OSError:
        return False
    return head[:4] == b"wOF2" and int.from_bytes(head[8:12], "big") == size


def bring_font(source: Path, output: Path, weights: tuple[int, int]) -> None:
    """The font, from where an earlier checkout kept it or made anew and kept. A place that cannot be written is no error."""
    kept = kept_fonts() / f"{recipe(source, weights)}.woff2"
    if not is_whole(kept):
        make_font(source, output, weights)
        with contextlib.suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _copy(output, kept)
        return
    _copy(kept, output)


def _copy(source: Path, target: Path) -> None:
    part = target.with_suffix(f".{os.getpid()}.part")
    shutil.copyfile(source, part)
    part.replace(target)


def make_print_font(source: Path, output: Path) -> None:
    """Unpacks one web font. No date of unpacking goes in: the same font gives the same bytes, and so do papers set in it."""
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    part = output.with_suffix(f".{os.getpid()}.part")
    font.save(part)
    part.replace(output)


def make_fonts(root: Path = ROOT) -> list[Path]:
    """Brings the woff2 files up to date, then those for print, which are unpacked from them; returns what was made anew."""
    folder, printed = root / FONTS, root / PRINT_FONTS
    folder.mkdir(parents=True, exist_ok=True)
    printed.mkdir(parents=True, exist_ok=True)
    work = [(font_source(font), folder / font.output, font.weights) for font in WANTED]
    work = [item for item in work if not current(item[1], [item[0], Path(__file__)])]
    if work:  # ten to twenty seconds each where none is kept: every core helps
        with ProcessPoolExecutor(max_workers=min(len(work), os.cpu_count() or 1)) as pool:
            list(pool.map(bring_font, *zip(*work, strict=True)))
    made = [output for _, output, _ in work]
    for web, name in PRINTED.items():
        if not current(printed / name, [folder / web]):
            make_print_font(folder / web, printed / name)
            made.append(printed / name)
    return made


def make_translations(root: Path = ROOT) -> list[Path]:
    """Compiles every .po under the locale folder that is newer than its .mo; returns the .mo made."""
    made = []
    for catalogue in sorted((root / LOCALES).glob("*/LC_MESSAGES/*.po")):
        output = catalogue.with_suffix(".mo")
        if not current(output, [catalogue]):
            import polib

            part = output.with_suffix(f".{os.getpid()}.part")
            polib.pofile(str(catalogue), encoding="utf-8").save_as_mofile(str(part))
            part.replace(output)
            made.append(output)
    return made


def build(root: Path = ROOT) -> list[Path]:
    """Everything above; returns the files that were made anew."""
    return [*make_fonts(root), *make_translations(root)]


def main() -> int:
    for path in build():
        print(f"made {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
