"""A profile file says what was agreed, and is refused with every place and reason where it does not."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sofra.lexicon.engine.loading import read
from sofra.lexicon.engine.profile_file import (
    FORMAT,
    LANGUAGES,
    BadProfile,
    Basis,
    Designated,
    load_profile,
    parse_profile,
    red_lines,
    template,
)

GOOD = {
    "format": FORMAT,
    "_help": "a remark",
    "title": "Working lunch",
    "basis": {"kind": "silence", "on": "2026-01-16", "by": "members"},
    "designations": {
        "BA": {"en": {"text": "Bosnia and Herzegovina"}, "tr": {"text": "Bosna-Hersek", "_help": "with a hyphen"}},
        "XK": {"en": {"text": "Kosovo", "footnote": True}},
    },
    "footnote": {"en": "This designation is without prejudice."},
    "order": {"basis": "alphabetical", "language": "tr", "host": "TR", "host_first": True},
    "symbols": {"rule": "none"},
}


def refused(value) -> list[str]:
    with pytest.raises(BadProfile) as caught:
        parse_profile(value if isinstance(value, (str, bytes)) else json.dumps(value))
    return list(caught.value.problems)


def test_a_good_file_is_read_whole_and_remarks_are_passed_over(tmp_path):
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(GOOD), "utf-8")
    profile = load_profile(path)
    assert profile.designated("XK", "en") == Designated("Kosovo", footnote=True)
    assert profile.designated("BA", "tr") == Designated("Bosna-Hersek")
    assert profile.designated("XK", "tr") is None  # never another language's
    assert profile.basis == Basis("silence", "members", date(2026, 1, 16))
    assert profile.basis.approved
    assert (profile.order.basis, profile.order.language, profile.order.host) == ("alphabetical", "tr", "TR")


def test_a_template_chooses_nothing_and_is_refused_until_somebody_chose():
    assert refused(template(["TR"], ["en", "tr"])) == [
        "basis.kind: must be one of silence, practice.",
        "designations.TR.en.text: is empty; fill it in, or take the entry out.",
        "designations.TR.tr.text: is empty; fill it in, or take the entry out.",
    ]


def test_a_file_that_names_parties_says_what_it_rests_on():
    assert refused({**GOOD, "basis": None}) == [
        "basis: is missing; say what the profile rests on (silence or practice)."
    ]
    assert refused({**GOOD, "basis": {"kind": "practice"}}) == [
        "basis.source: is missing; practice is cited from a source."
    ]


def test_a_footnoted_name_needs_the_footnote_in_its_language():
    assert refused({**GOOD, "footnote": {}}) == [
        "designations.XK.en.footnote: the profile has no footnote in this language; add footnote.en."
    ]


def test_persons_only_is_complete_and_names_no_party():
    basis = {"kind": "practice", "source": "the host's note of 2010"}
    assert parse_profile(json.dumps({"format": FORMAT, "names": "persons", "basis": basis})).persons_only
    assert refused({**GOOD, "names": "persons", "order": {}}) == [
        "designations: a profile of persons' names only names no party; take them out."
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1, column 2: it is not JSON (Expecting property name enclosed in double quotes)."),
        (b"\xff", "it is not JSON in UTF-8."),
        ("[" * 100_000, "it is not JSON in UTF-8."),
        ("[]", "the file: must be an object {…}."),
        ('{"format": "sofra.profile/1", "format": 1}', "“format” stands twice in one object; take one out."),
        ('{"format": "sofra.profile/2"}', 'format: must be "sofra.profile/1".'),
    ],
)
def test_what_is_no_profile_is_refused_in_one_sentence(text, reason):
    assert refused(text) == [reason]


def test_a_day_that_never_was_and_an_unknown_key_are_named_with_their_place():
    assert refused({**GOOD, "basis": {"kind": "silence", "on": "2026-02-30"}}) == [
        "basis.on: there is no day 2026-02-30."
    ]
    assert refused({"format": FORMAT, "symbols": {"flag": 1}}) == [
        "symbols.flag: is not known here; there are rule, text, source."
    ]


def test_an_order_says_what_its_basis_needs():
    order = {"basis": "rotation", "host_first": True, "by_bands": True}
    assert refused({"format": FORMAT, "order": order}) == [
        "order.first: is missing; an order by rotation needs it.",
        "order.host: is missing; say who the host is that stands first.",
        "order.offices: is missing; bands go by the rank of offices.",
    ]


LEXICON = read({"format": "sofra.lexicon/1", "entities": [{"id": "XK", "kind": "party", "designations": []}]})


def test_red_lines_are_objections_whose_they_are():
    row = {"id": "r1", "entity": "XK", "severity": "breaks", "reason": {"en": "not agreed"}, "source": "note of May"}
    profile = parse_profile(json.dumps({"format": FORMAT, "viewpoint": "RS", "objections": [row]}))
    (line,) = red_lines(profile, LEXICON)
    assert (line.viewpoint, line.entity, line.severity, line.source) == ("RS", "XK", "breaks", "note of May")


def test_a_red_line_to_what_the_lexicon_does_not_name_is_refused():
    row = {"id": "r1", "entity": "ZZ", "severity": "breaks", "viewpoint": "RS"}
    profile = parse_profile(json.dumps({"format": FORMAT, "objections": [row]}))
    with pytest.raises(BadProfile, match=r'objections\[0\]\.entity: There is no entity "ZZ"\.'):
        red_lines(profile, LEXICON)
    assert refused({"format": FORMAT, "objections": [row, {"id": "r1", "severity": "breaks"}]}) == [
        "objections[1].id: another objection has the id r1.",
        "objections[1]: name either the entity or the term it objects to.",
        "objections[1].viewpoint: is missing; an objection says whose it is.",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["format", "basis", "kind", "designations", "TR", "en", "text", "order", "objections", "id"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_a_profile_or_refused(value):
    if isinstance(value, dict):
        value["format"] = FORMAT
    try:
        profile = parse_profile(json.dumps(value))
    except BadProfile as error:
        assert error.problems
    else:
        assert all(set(names) <= set(LANGUAGES) for names in profile.designations.values())


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"rule": "unbounded"}, ""),
        ({"rule": "source", "source": "Sheet 7 of 2024"}, ""),
        ({"rule": "source"}, "map.source: is missing"),
        ({"rule": "host"}, "map.rule"),
    ],
)
def test_a_rule_on_maps_is_one_of_three_and_names_the_map_that_was_agreed(said, wrong):
    data = json.dumps({"format": "sofra.profile/1", "map": said})
    if wrong:
        with pytest.raises(BadProfile, match=wrong):
            parse_profile(data)
    else:
        found = parse_profile(data).map
        assert (found.rule, found.source) == (said["rule"], said.get("source", ""))
