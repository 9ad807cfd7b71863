"""The languages of the interface: their names, their formats, and which of them are complete.

Settings take their language entries from here (`settings_fragment`). Django has no Montenegrin: `register` adds it to
Django's table of languages before settings are read. Every language builds; the switch offers only complete ones.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO

# Code, and the language's name in itself.
LANGUAGES: list[tuple[str, str]] = [
    ("en", "English"),
    ("tr", "Türkçe"),
    ("sq", "Shqip"),
    ("bs", "Bosanski"),
    ("sr", "Српски"),
    ("sr-latn", "Srpski"),
    ("mk", "Македонски"),
    ("cnr", "Crnogorski"),
]
COMPLETE = ("en", "tr")

# What lang= says in HTML: the script is part of the language, because fonts choose letter forms by it.
HTML_LANG = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn", "cnr": "cnr-Latn"}
SHORT = {"sr": "Срп", "sr-latn": "Srp", "mk": "Мак"}


def register() -> None:
    """Adds Montenegrin to Django's languages. Calling it again changes nothing."""
    LANG_INFO.setdefault(
        "cnr", {"bidi": False, "code": "cnr", "name": "Montenegrin", "name_local": "crnogorski", "fallback": []}
    )


def settings_fragment() -> dict[str, Any]:
    """The settings that concern languages, to be merged into the settings module."""
    register()
    return {
        "LANGUAGE_CODE": "en",
        "LANGUAGES": LANGUAGES,
        "LOCALE_PATHS": [Path(__file__).resolve().parent.parent / "locale"],
        "FORMAT_MODULE_PATH": ["sofra.web.formats"],
        "USE_I18N": True,
        "USE_TZ": True,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_HTTPONLY": True,
    }


def html_lang(code: str) -> str:
    """The BCP 47 tag for a language code of ours."""
    return HTML_LANG.get(code, code)


def short_name(code: str) -> str:
    """Two or three letters for the switch."""
    return SHORT.get(code, code.upper() if len(code) == 2 else code.title())


def name_of(code: str) -> str:
    """The language's name in itself; the code when it is not one of ours."""
    return dict(LANGUAGES).get(code, code)
