"""Akoma Ntoso: every text in the notation is a valid statement, with its brackets, attributions and footnotes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from sofra.texts.engine.akn import SPACE, Invalid, statement, validate
from sofra.texts.engine.brackets import parse
from sofra.texts.engine.collate import collate
from tests.texts.engine.strategies import drafts, wild
from tests.texts.engine.test_collate import Drafts

NS = {"a": SPACE}
TEXT = "Title\n\n2.bis We fight [extreme - US; G77 delete] poverty [by [road - AL / rail] - AL, G77 retain]. [Agreed ad ref]\n"


def root_of(data: bytes) -> Any:
    return etree.fromstring(data)


def test_brackets_attributions_statuses_and_footnotes_are_in_it() -> None:
    notes = {1: [("*", "Without prejudice.")]}
    root = root_of(
        statement(
            parse(TEXT),
            "Joint statement",
            language="tr",
            day="2026-01-23",
            footnotes=notes,
            names={"US": "United States"},
        )
    )
    shown = {each.get("eId"): each.get("showAs") for each in root.iterfind(".//a:TLCOrganization", NS)}
    assert sorted(shown.values()) == ["AL", "G77", "Sofra", "United States"]
    paragraph = root.findall(".//a:paragraph", NS)[1]
    assert paragraph.findtext("a:num", namespaces=NS) == "2.bis"
    brackets = paragraph.findall(".//a:inline[@name='bracket']", NS)
    assert len(brackets) == 3
    alternative, support, delete = brackets[0]
    assert (alternative.text, support.text, delete.get("name")) == ("extreme", "US", "delete")
    assert shown[support.get("refersTo").removeprefix("#")] == "United States"
    assert [each.text for each in brackets[2].iterfind("a:inline[@name='alternative']", NS)] == ["road", "rail"]
    assert paragraph.findtext(".//a:inline[@name='status']", namespaces=NS) == "Agreed ad ref"
    assert paragraph.findtext(".//a:authorialNote/a:p", namespaces=NS) == "Without prejudice."
    assert root.find(".//a:FRBRlanguage", NS).get("language") == "tur"


@settings(max_examples=40, deadline=None)
@given(drafts(wild))
def test_any_compiled_text_is_valid(drafts: Drafts) -> None:
    text = collate(*drafts)
    assert statement(text, "Any") == statement(text, "Any")


def test_what_is_not_valid_is_said() -> None:
    with pytest.raises(Invalid, match="Line"):
        validate(etree.fromstring(f'<akomaNtoso xmlns="{SPACE}"><statement name="x"/></akomaNtoso>'))
