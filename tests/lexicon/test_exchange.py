"""The lexicon leaves the house and comes back whole, or is refused with the line and the reason."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sofra.cli import sofra
from sofra.lexicon.engine.exchange import own, tbx, vale
from sofra.lexicon.engine.loading import load, read
from sofra.lexicon.engine.profile_file import BadProfile, load_profile
from sofra.lexicon.engine.writing import dump

SHIPPED = load()

DESIGNATIONS = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["en", "tr", "bs", "sr", "sr-latn", "mk"]),
        "form": st.sampled_from(["Aba", "Caba", "Ćela"]),
    },
    optional={
        "kind": st.sampled_from(["name", "adjective", "demonym", "metonym"]),
        "status": st.sampled_from(["agreed", "admitted", "deprecated", "superseded"]),
        "case": st.sampled_from(["exact", "fold", "initial"]),
        "contexts": st.lists(st.sampled_from(["nameplate", "body"]), max_size=2, unique=True),
        "viewpoint": st.sampled_from(["TR", "RS"]),
        "abbreviation": st.booleans(),
        "former": st.booleans(),
        "derive": st.booleans(),
        "valid_from": st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(date.isoformat),
        "source": st.just("s"),
        "forms": st.just({"gen": ["Abe", "Abi"], "dat": ["Abi"]}),
    },
)
LEXICONS = st.lists(st.lists(DESIGNATIONS, max_size=4), min_size=1, max_size=3).map(
    lambda rows: {
        "format": "sofra.lexicon/1",
        "sources": {"s": {"title": "A note", "publisher": "A ministry", "date": "2026"}},
        "entities": [
            {"id": f"E{number}", "kind": "party", "designations": designations}
            for number, designations in enumerate(rows)
        ],
    }
)


def terms(lexicon, *, latin: bool = False):
    """What TBX carries of a lexicon. Serbian in Latin letters has one name there."""
    return [
        (
            entity.id,
            entity.kind,
            entity.parent,
            sorted(
                (
                    "sr-latn" if latin and (one.language, one.script) == ("sr", "Latn") else one.language,
                    *(
                        one.script,
                        one.form,
                        one.kind,
                        one.status,
                        one.abbreviation,
                        one.viewpoint or "",
                        one.source or "",
                    ),
                )
                for one in entity.designations
            ),
        )
        for entity in lexicon.entities.values()
    ]


def test_the_shipped_lexicon_survives_its_own_json_whole():
    assert replace(read(json.loads(dump(own.to_data(SHIPPED)))), digest=SHIPPED.digest) == SHIPPED


@given(LEXICONS)
def test_any_lexicon_survives_its_own_json(data):
    held = read(data)
    assert read(json.loads(dump(own.to_data(held)))) == held


def test_the_shipped_lexicon_is_tbx_and_comes_back_with_every_term():
    text = tbx.export(SHIPPED).encode()
    assert tbx.check(text) == []
    assert terms(read(tbx.read(text))) == terms(SHIPPED, latin=True)


GOOD = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min"
 xmlns:basic="http://www.tbxinfo.net/ns/basic" type="TBX-Basic" style="dct" xml:lang="en">
<tbxHeader><fileDesc><sourceDesc><p>a ministry</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="RS"><min:subjectField>party</min:subjectField>
<langSec xml:lang="sr-Cyrl"><termSec><term>Србија</term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec></conceptEntry>
</body></text></tbx>"""


def test_a_foreign_tbx_file_is_taken_in():
    (one,) = read(tbx.read(GOOD.encode())).entities["RS"].designations
    assert (one.language, one.script, one.form, one.kind, one.status) == ("sr", "Cyrl", "Србија", "name", "agreed")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('style="dct"', 'style="dca"', "Line 3: not a <tbx"),
        ('xml:lang="sr-Cyrl"', 'xml:lang="fr"', "Line 7: the lexicon does not speak “fr”"),
        ("preferredTerm-admn-sts", "best", "Line 8: administrativeStatus is none of"),
        ("<term>Србија</term>", "", "Line 7: a <termSec> does not begin with its <term>."),
        ("<p>a ministry</p>", "", "Line 3: the header does not say"),
        ('id="RS"', 'id="1 2"', "Line 6: a concept has no id"),
        ("</tbx>", "", "The file is not XML"),
        ("<tbx xmlns=", '<!DOCTYPE tbx [<!ENTITY a "b">]><tbx xmlns=', "The file brings a document type of its own"),
    ],
)
def test_what_is_not_tbx_basic_is_refused_with_its_line(old, new, said):
    with pytest.raises(tbx.BadExchange) as caught:
        tbx.read(GOOD.replace(old, new).encode())
    assert str(caught.value).startswith(said)


@given(
    st.binary(max_size=80)
    | st.text(max_size=60).map(lambda text: GOOD.replace("party", text).encode("utf-8", "replace"))
)
def test_no_damaged_tbx_does_more_than_be_refused(data):
    try:
        tbx.read(data)
    except tbx.BadExchange as error:
        assert str(error)


MACEDONIA = read(
    {
        "format": "sofra.lexicon/1",
        "sources": {"s": {"title": "A note", "publisher": "A ministry", "date": "2026"}},
        "entities": [
            {
                "id": "MK",
                "kind": "party",
                "designations": [
                    {"language": "en", "form": "North Macedonia", "paradigm": "name"},
                    {"language": "en", "form": "Macedonia", "paradigm": "name", "status": "superseded"},
                ],
            }
        ],
        "objections": [
            {
                "id": "one",
                "viewpoint": "MK",
                "entity": "MK",
                "designation": ["Macedonia"],
                "severity": "breaks",
                "reason": {"en": "100 % settled"},
                "alternatives": {"en": ["North Macedonia"]},
            },
            {"id": "two", "viewpoint": "MK", "entity": "MK", "severity": "breaks", "when": {"quoted": False}},
        ],
    }
)


def test_a_style_for_vale_says_who_objects_inflects_and_leaves_longer_names_alone():
    files = vale.export(MACEDONIA, date(2026, 1, 23))
    assert sorted(files) == [
        ".vale.ini",
        "styles/README-Sofra.txt",
        "styles/Sofra-en/one.yml",
        "styles/Sofra-en/superseded.yml",
    ]
    lines = files["styles/Sofra-en/one.yml"].splitlines()
    assert lines[:7] == [
        "extends: substitution",
        'message: "Write %s instead of “%s” (MK: 100 %% settled)."',
        "level: error",
        "ignorecase: false",
        "action:",
        "  name: replace",
        "swap:",
    ]
    assert '  "(?<!North )Macedonia": "North Macedonia"' in lines
    assert '  "(?<!North )Macedonia\'s": "North Macedonia\'s"' in lines
    assert "a context, which Vale does not know (1): two." in files["styles/README-Sofra.txt"]


def run(*words: str, code: int = 0):
    done = CliRunner().invoke(sofra, ["lexicon", *words])
    assert done.exit_code == code, done.output
    return done


def test_the_commands_export_and_import(tmp_path):
    exported, again = tmp_path / "lexicon.json", tmp_path / "again.json"
    run("export", "--format", "json", "-o", str(exported))
    run("import", str(exported), "-o", str(again))
    assert again.read_bytes() == exported.read_bytes()
    assert replace(load(again), digest="") == replace(SHIPPED, digest="")
    (tmp_path / "own.tbx").write_text(GOOD, "utf-8")
    done = run("import", str(tmp_path / "own.tbx"))
    assert "Србија" in done.stdout
    assert done.stderr == "Entities: 1, designations: 1, objections: 0.\n"
    run("export", "--format", "vale", "-o", str(tmp_path / "style.zip"))
    assert ".vale.ini" in ZipFile(tmp_path / "style.zip").namelist()


def test_what_is_no_lexicon_is_refused(tmp_path):
    path = tmp_path / "x.json"
    for content, said in ((b"\xff", "neither TBX nor JSON"), (b"{}", "format"), (b"<a/>", "Line 1: not a <tbx")):
        path.write_bytes(content)
        assert said in run("import", str(path), code=1).output


def test_a_new_profile_file_is_a_template_that_chooses_nothing(tmp_path):
    path = tmp_path / "profile.json"
    run("profile", "new", "--parties", "TR,AL", "--languages", "en", "-o", str(path))
    with pytest.raises(BadProfile, match=r"designations\.AL\.en\.text: is empty"):
        load_profile(path)
    assert "there is no language xx" in run("profile", "new", "--languages", "xx", code=2).output


#: What Vale's documentation knows of a rule (vale.sh/docs/styles) and of a substitution (vale.sh/docs/checks/substitution).
OF_A_RULE = {"extends", "message", "description", "level", "scope", "link", "limit", "action"}
OF_A_SUBSTITUTION = {"append", "ignorecase", "nonword", "swap", "exceptions", "vocab", "capitalize"}


def rule_of(text: str) -> dict[str, Any]:
    """A rule as YAML reads it: keys with plain or JSON scalars, and maps of such one step further in."""
    found: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    for line in text.splitlines():
        name, scalar = re.fullmatch(r'( *(?:"(?:[^"\\]|\\.)*"|[a-z]+)):(?: (.+))?', line).groups()  # type: ignore[union-attr]
        key = json.loads(name.strip()) if '"' in name else name.strip()
        value = None if scalar is None else json.loads(scalar) if scalar[0] == '"' else scalar
        if name.startswith("  "):
            assert key not in inner
            inner[key] = value
        elif value is None:
            assert key not in found
            found[key] = inner = {}
        else:
            assert key not in found
            found[key] = value
    return found


def test_every_rule_of_the_shipped_style_is_one_that_vale_documents():
    files = vale.export(SHIPPED, date(2026, 1, 23))
    rules = {path: text for path, text in files.items() if path.startswith("styles/") and path.endswith(".yml")}
    assert len(rules) >= 5
    assert set(files) - set(rules) == {".vale.ini", "styles/README-Sofra.txt"}
    for path, text in rules.items():
        _styles, style, _file = path.split("/")
        assert re.fullmatch(r"Sofra-[a-z-]+", style), path
        rule = rule_of(text)
        assert set(rule) <= OF_A_RULE | OF_A_SUBSTITUTION, path
        assert rule["extends"] == "substitution"
        assert rule["level"] in ("error", "warning", "suggestion")
        assert rule["ignorecase"] in ("true", "false")
        # Several alternatives of one form are told apart by |, which Vale allows with this action alone.
        assert rule["action"] == {"name": "replace"}
        # The alternative and what was found are put in at the two %s, in this order; every other % is doubled.
        assert re.findall(r"%(.)", rule["message"]).count("s") == 2
        assert rule["message"].replace("%%", "").count("%") == 2
        assert rule["swap"], path
        for old, new in rule["swap"].items():
            # The left side is a pattern; a group that captures would change what $1 is and is none of ours.
            assert re.compile(old).groups == 0, old
            assert new and "$" not in new
            assert not re.search(old, new), (old, new)
