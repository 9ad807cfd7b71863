"""Eight languages build, complete ones are offered, and a page keeps its place when the language changes."""

from __future__ import annotations

from django.test import RequestFactory
from django.utils import formats
from django.utils.translation import get_language_info, override

from sofra.web import context, languages


def test_eight_languages_are_named_in_themselves() -> None:
    assert [code for code, _name in languages.LANGUAGES] == ["en", "tr", "sq", "bs", "sr", "sr-latn", "mk", "cnr"]
    assert languages.name_of("cnr") == "Crnogorski"


def test_django_knows_montenegrin_and_never_answers_in_serbian_for_it() -> None:
    assert get_language_info("cnr")["name_local"] == "crnogorski"
    assert "fallback" not in get_language_info("cnr") or get_language_info("cnr")["fallback"] == []


def test_montenegrin_has_formats_of_its_own() -> None:
    with override("cnr"):
        assert formats.get_format("DATE_FORMAT") == "j. F Y."
        assert formats.get_format("DECIMAL_SEPARATOR") == ","


def test_the_script_is_part_of_the_tag() -> None:
    assert [languages.html_lang(code) for code in ("sr", "sr-latn", "cnr", "mk")] == [
        "sr-Cyrl",
        "sr-Latn",
        "cnr-Latn",
        "mk",
    ]


def test_only_complete_languages_and_the_present_one_are_offered() -> None:
    with override("sq"):
        offered = [choice.code for choice in context.House(RequestFactory().get("/sq/search?q=a")).languages]
    assert offered == ["en", "tr", "sq"]


def test_the_switch_keeps_the_page_and_its_query() -> None:
    request = RequestFactory().get("/en/search?q=a%20b")
    with override("en"):
        assert context.url_in(request, "tr") == "/tr/search?q=a%20b"


def test_the_longest_address_marks_the_present_room() -> None:
    with override("en"):
        here = context.current_url("/en/m/third/agenda/4", ["/en/", "/en/m/third/", "/en/m/third/agenda/"])
        assert here == "/en/m/third/agenda/"
        assert context.current_url("/en/search", ["/en/", "/en/m/third/"]) == ""
