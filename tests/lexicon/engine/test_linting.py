"""Findings say whose objection it is, how grave and why; quoted speech is annotated and never rewritten."""

from __future__ import annotations

from datetime import date

from sofra.lexicon.engine.linting import Linter
from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.profile_file import Basis, Designated, ProfileFile

LEXICON = load()
LINTER = Linter(LEXICON)
DAY = date(2026, 1, 23)


def test_a_finding_names_objector_reason_source_and_alternative() -> None:
    (found,) = LINTER.lint("The talks with Turkey went on.", day=DAY)
    assert (found.text, found.objectors, found.severity, found.quoted) == ("Turkey", ("TR",), "discouraged", False)
    assert [(each.text, each.inflected) for each in found.alternatives] == [("Türkiye", True)]
    assert found.reason
    assert found.source


def test_before_its_day_an_objection_does_not_hold() -> None:
    assert LINTER.lint("The talks with Turkey went on.", day=date(2020, 1, 1)) == []


def test_alternatives_take_the_form_of_what_stands_there() -> None:
    (found,) = LINTER.lint("Turkey's reply came.", day=DAY)
    assert [each.text for each in found.alternatives] == ["Türkiye's"]
    (found,) = [each for each in LINTER.lint("Bosna'nın yanıtı için", day=DAY) if each.entity == "BA"]
    assert [each.text for each in found.alternatives] == ["Bosna-Hersek'in"]


def test_quoted_speech_is_annotated_and_not_rewritten() -> None:
    (found,) = LINTER.lint("“We in the Republic of Kosovo never say so”, he said.", day=DAY)
    assert (found.text, found.quoted, found.alternatives) == ("Republic of Kosovo", True, ())


def test_the_head_noun_decides_about_the_adjective() -> None:
    found = LINTER.lint("The Macedonian government speaks the Macedonian language.", day=DAY)
    assert [(each.start, each.text) for each in found] == [(4, "Macedonian")]


def test_only_the_viewpoints_asked_for_count() -> None:
    text = "Turkey and the Republic of Kosovo."
    assert {each.text for each in Linter(LEXICON, viewpoints=["TR"]).lint(text, day=DAY)} == {"Turkey"}
    assert {each.text for each in Linter(LEXICON, viewpoints=["RS"]).lint(text, day=DAY)} == {"Republic of Kosovo"}


def test_a_footnote_mark_settles_what_asks_for_one() -> None:
    assert LINTER.lint("Kosovo* replied.", day=DAY) == []
    (found,) = LINTER.lint("Kosovo replied.", day=DAY)
    assert (found.severity, found.objectors) == ("footnote", ("RS",))


def test_a_name_that_the_profile_does_not_have_is_told_with_the_profiles() -> None:
    profile = ProfileFile(
        basis=Basis("silence", on=DAY), designations={"AL": {"en": Designated("Republic of Albania")}}
    )
    (found,) = Linter(LEXICON, profile).lint("Albania replied.", day=DAY)
    assert [each.text for each in found.alternatives] == ["Republic of Albania"]


def test_findings_do_not_overlap_and_are_what_they_say() -> None:
    text = "Joint border management at Merdare border; Kosovo; “Kosovo and Metohija”; Turkey; Kosov\u043e. " * 3
    last = 0
    for found in LINTER.lint(text, day=DAY):
        assert text[found.start : found.end] == found.text
        assert found.start >= last
        last = found.end
