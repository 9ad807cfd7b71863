"""The Turkish interface is whole and of one piece: every string, the same placeholders, one word for one thing."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from tools import assets, messages

from sofra.kernel.zones import zone_name
from sofra.web import instants, languages
from sofra.web.templatetags.sofra import capital

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")
# A name or a number takes no suffix: what vowel it would need is not known before it stands there.
GLUED = re.compile(r"(?:%\(\w+\)[sd]|%[sd]|\{\w*\})[’']?[a-zçğıöşüâîû]", re.IGNORECASE)
# What the house does not say, because it says it in another word.
OTHER_WORDS = re.compile(
    r"giriş yap|çıkış yap|ikinci faktör|veritaban|e-posta aktarıcı|tanıtım|\bkelime|kütüphane|sandalye|"
    r"\bevin\b|\bevde\b|lütfen|tebrik|ülke|!",
    re.IGNORECASE,
)
NOON = datetime(2026, 1, 23, 11, 0, tzinfo=UTC)

Pair = tuple[str, str]


def pairs() -> list[Pair]:
    """Each Turkish form with the English one it stands for; a plural form stands for the English plural."""
    found = []
    for entry in messages.polib.pofile(str(messages.catalogue("tr"))):
        if entry.obsolete:
            continue
        for form in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            found.append((entry.msgid_plural or entry.msgid, form))
    return found


def test_nothing_lacks_turkish() -> None:
    assert messages.missing("tr") == []


def test_the_turkish_catalogue_knows_every_string_of_the_sources() -> None:
    assert messages.stale("tr") == []


def test_the_turkish_catalogue_keeps_nothing_the_sources_no_longer_say() -> None:
    known = {(entry.msgctxt, entry.msgid) for entry in messages.extract()}
    entries = [entry for entry in messages.polib.pofile(str(messages.catalogue("tr"))) if not entry.obsolete]
    assert [e.msgid for e in entries if (e.msgctxt, e.msgid) not in known and "keep" not in e.comment] == []


def test_placeholders_and_tags_agree() -> None:
    assert [
        (source, turkish)
        for source, turkish in pairs()
        if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(turkish))
    ] == []


def test_no_suffix_is_glued_to_a_placeholder() -> None:
    assert [turkish for _source, turkish in pairs() if GLUED.search(turkish)] == []


def test_a_sentence_ends_where_its_source_ends() -> None:
    assert [
        (source, turkish)
        for source, turkish in pairs()
        if source.rstrip()[-1:] in ".:?" and source.rstrip()[-1] != turkish.rstrip()[-1:]
    ] == []


def test_a_heading_begins_with_a_capital_where_its_source_does() -> None:
    assert [
        (source, turkish)
        for source, turkish in pairs()
        if source[0].isalpha() and turkish[0].isalpha() and source[0].isupper() != turkish[0].isupper()
    ] == []


def test_one_word_is_used_for_one_thing() -> None:
    assert [turkish for _source, turkish in pairs() if OTHER_WORDS.search(turkish)] == []


def test_dotted_and_dotless_i_stand_apart() -> None:
    """A combining dot comes from lower-casing without Turkish; a word of ours never begins with the dotless capital."""
    words = {word for _source, turkish in pairs() for word in re.findall(r"[\w/]+", turkish)}
    assert sorted(word for word in words if "i\u0307" in word or re.match(r"I[a-zçğıöşü]", word)) == []
    with override("tr"):
        assert (gettext("Friday"), gettext("Status")) == ("Cuma", "Durum")
        assert zone_name("Europe/Istanbul") == "İstanbul"
        assert [capital(word) for word in ("ilişki", "ırmak", "kurum", "")] == ["İlişki", "Irmak", "Kurum", ""]
    with override("en"):
        assert capital("institution") == "Institution"


def test_a_turkish_instant_is_written_as_the_ministry_writes_it() -> None:
    with override("tr"):
        assert instants.full(NOON, "Europe/Istanbul") == "23 Ocak 2026 Cuma, 14.00 (İstanbul)"


def test_strings_are_collected_from_python_and_from_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "SOURCES", tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "one.py").write_text(
        'ngettext("%(n)s item", "%(n)s items", n)\n_("two " "parts")\n# _("not this")\n_(name)\n', encoding="utf-8"
    )
    (tmp_path / "templates" / "one.html").write_text(
        "{% load i18n %}<p title=\"{% translate 'A title' %}\">{% blocktranslate %}It's {{ x }} (so){% endblocktranslate %}"
        '{% translate "Contact" context "of a commitment" as heading %}{% note _("Said") %}</p>',
        encoding="utf-8",
    )
    assert [(e.msgctxt, e.msgid, e.msgid_plural, e.flags) for e in messages.extract()] == [
        (None, "%(n)s item", "%(n)s items", ["python-format"]),
        (None, "A title", "", []),
        ("of a commitment", "Contact", "", []),
        (None, "It's %(x)s (so)", "", ["python-format"]),
        (None, "Said", "", []),
        (None, "two parts", "", []),
    ]


def test_every_name_under_which_gettext_is_imported_is_collected() -> None:
    imported = re.compile(r"^\s*from django\.utils\.translation import .*?\b(n?p?gettext\w* as \w+)", re.MULTILINE)
    names = {
        match.split(" as ")[1]
        for path in messages.SOURCES.rglob("*.py")
        for match in imported.findall(path.read_text(encoding="utf-8"))
    }
    assert names - set(messages.KEYWORDS) == set()


def test_no_template_capitalises_without_knowing_turkish() -> None:
    found = [path for path in messages.SOURCES.rglob("templates/**/*.html") if "|capfirst" in path.read_text("utf-8")]
    assert found == []


@pytest.mark.parametrize("code", sorted(messages.FOLDERS))
def test_every_language_can_be_begun_and_compiled(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LOCALES", tmp_path / assets.LOCALES)
    messages.update(code, messages.polib.POFile())
    assert assets.make_translations(tmp_path) == [messages.catalogue(code).with_suffix(".mo")]


def test_every_language_but_the_source_has_a_folder_and_plural_forms() -> None:
    codes = {code for code, _name in languages.LANGUAGES} - {"en"}
    assert (set(messages.FOLDERS), set(messages.PLURALS)) == (codes, codes)


@pytest.mark.parametrize("code", [code for code, _name in languages.LANGUAGES])
def test_every_language_writes_words_days_and_numbers(code: str) -> None:
    with override(code):
        assert not isinstance(gettext("Agenda"), Promise) and gettext("Agenda")
        assert "2026" in formats.date_format(date(2026, 1, 23), "DATE_FORMAT")
        assert "2026" in instants.full(NOON, "Europe/Podgorica")


def test_montenegrin_writes_days_and_numbers_its_own_way() -> None:
    with override("cnr"):
        assert formats.date_format(date(2026, 1, 23), "SHORT_DATE_FORMAT") == "23.1.2026."
        assert formats.number_format(1234.5, 1, use_l10n=True, force_grouping=True) == "1.234,5"
