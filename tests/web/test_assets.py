"""What is built and never committed: fonts with every letter of the eight languages, compiled translations."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from tools import assets, messages

LETTERS = {
    "sq": "ËëÇç", "tr": "ĞğİıŞşÇçÖöÜü", "bs": "ČčĆćĐđŠšŽž", "cnr": "ŚśŹź", "sr": "ЂђЈјЉљЊњЋћЏџ", "mk": "ЃѓЅѕЌќЀѐЍѝ",
}  # fmt: skip


@pytest.mark.parametrize("font", assets.WANTED, ids=lambda font: font.output)
def test_every_letter_of_the_eight_languages_is_in_each_font(font: assets.Font) -> None:
    with TTFont(assets.ROOT / assets.FONTS / font.output) as made:
        known = made.getBestCmap()
        assert {axis.axisTag for axis in made["fvar"].axes} == {"opsz", "wght"}
        assert made.flavor == "woff2"
    assert [letter for letters in LETTERS.values() for letter in letters + "–—„“”’→№" if ord(letter) not in known] == []


@pytest.mark.parametrize("output", ["source-serif-4.woff2", "source-serif-4-italic.woff2"])
def test_serbian_and_macedonian_keep_their_own_letter_forms(output: str) -> None:
    with TTFont(assets.ROOT / assets.FONTS / output) as made:
        table = made["GSUB"].table
    cyrillic = next(record.Script for record in table.ScriptList.ScriptRecord if record.ScriptTag == "cyrl")
    assert {"MKD ", "SRB "} <= {record.LangSysTag for record in cyrillic.LangSysRecord}
    assert {"locl", "tnum", "onum"} <= {record.FeatureTag for record in table.FeatureList.FeatureRecord}


def test_a_second_run_makes_nothing() -> None:
    assets.build()
    assert assets.build() == []


def test_a_made_font_is_kept_for_other_checkouts_and_a_broken_one_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = assets.WANTED[2]
    whole = (assets.ROOT / assets.FONTS / font.output).read_bytes()
    made: list[Path] = []

    def make(source: Path, output: Path, weights: tuple[int, int]) -> None:
        made.append(output)
        output.write_bytes(whole)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(assets, "make_font", make)
    source, first, second = assets.font_source(font), tmp_path / "first.woff2", tmp_path / "second.woff2"
    assets.bring_font(source, first, font.weights)
    assets.bring_font(source, second, font.weights)
    assert (made, second.read_bytes()) == ([first], whole)
    assets.bring_font(source, second, (400, 800))
    assert made == [first, second]
    for kept in assets.kept_fonts().iterdir():
        kept.write_bytes(whole[:-1])
    assets.bring_font(source, second, font.weights)
    assert made == [first, second, second]


def test_a_changed_translation_is_compiled_again(tmp_path: Path) -> None:
    folder = tmp_path / assets.LOCALES / "cnr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    shutil.copy(messages.catalogue("cnr"), source)
    assert assets.make_translations(tmp_path) == [folder / "django.mo"]
    assert assets.make_translations(tmp_path) == []
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert assets.make_translations(tmp_path) == [folder / "django.mo"]


def test_a_missing_translation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LOCALES", tmp_path)
    strings = messages.polib.POFile()
    strings.append(messages.polib.POEntry(msgid="Agenda"))
    messages.update("tr", strings)
    assert messages.missing("tr") == ["Agenda"]
    written = messages.polib.pofile(str(messages.catalogue("tr")))
    written[0].msgstr = "Gündem"
    written.save()
    assert messages.missing("tr") == []
    messages.update("tr", messages.polib.POFile())
    assert [entry.msgstr for entry in messages.polib.pofile(str(messages.catalogue("tr"))).obsolete_entries()] == [
        "Gündem"
    ]
