"""Nothing of the public record is lost: every id of the editors' notes is here, and what it says is in the house."""

from __future__ import annotations

import json
import re

import pytest

from sofra.kernel import acting
from sofra.sources.engine.check import PLACEHOLDER
from sofra.sources.models import Claim, Discrepancy, Evidence, Source, Subject
from tests.sources.conftest import RECORD

SOURCES = {"s000": "en", "s001": "en", "s002": "tr", "s003": "en", "s004": "en"}
PARTIES = ["TR", "AL", "BA", "XK", "ME", "MK", "RS", "HR", "IT", "RU", "US", "UA", "BG", "RO"]
GROUPS = ["western-balkans", "balkans", "bosniak-actors", "kosovar-actors", "albanians-bosnians-serbs-as-publics"]
PERSONS = [
    "hakan-fidan", "rte", "timco-mucunski", "elisa-spiropali", "donika-gervalla", "elmedin-konakovic",
    "ervin-ibrahimovic", "marko-djuric", "vucic", "al-deputy-fm", "tulun", "ref-authors",
]  # fmt: skip
MECHANISMS = [
    "BPP", "SEECP", "RCC", "PIC-SB", "TRI-TR-BA-HR", "TRI-TR-BA-RS", "NATO", "KFOR", "EUFOR-ALTHEA", "EU", "UNSC", "YEE",
    "KIZILAY", "TIKA", "AFAD", "HLCC-TR-RS", "AVIM", "DPC", "media",
]  # fmt: skip
PLACES = ["istanbul", "ankara", "belgrade", "pristina", "sarajevo", "middle-east-black-sea-mediterranean"]
MEETINGS = ["BPP-1", "BPP-2", "BPP-3"]
EVENTS = [
    "RECEPTION-2026-01",
    "ERDOGAN-RS-2017",
    "MIL-GATHERING-2025-05",
    "ERDOGAN-VUCIC-2026-02",
    "ERDOGAN-VUCIC-REF7",
]
AGREEMENTS = [
    "BEG-SJJ-MOTORWAY", "FTA-WB", "ENERGY-MOU-BG-RO", "MIL-FRAMEWORK", "TR-RS-JD", "TR-RS-DEFENCE", "NATO-ACCESSIONS",
    "EU-BIDS", "EU-ENLARGEMENT", "KFOR-MANDATE",
]  # fmt: skip
#: Claims with the sources they stand on.
CLAIMS = {
    "C1": "s000 s002 s004", "C2": "s000 s001 s002", "C3": "s003", "C4": "s003", "C5": "s004", "C6": "s003", "C7": "s001 s004",
    "C8": "s001 s004", "C9": "s001 s004", "C10": "s001", "C11": "s001 s003 s004", "C12": "s001", "C13": "s001", "C14": "s004",
    "C15": "s002", "C16": "s001 s002", "C17": "s001", "C18": "s002", "C19": "s002", "C20": "s001", "C21": "s004", "C22": "s001",
    "C23": "s001", "C24": "s003", "C25": "s003", "C26": "s003", "C27": "s004", "C28": "s004", "C29": "s004", "C30": "s001 s004",
    "C31": "s004", "C32": "s003",
    "F1": "s000 s002", "F2": "s000 s002", "F3": "s002", "F4": "s001", "F5": "s001", "F6": "s001", "F7": "s001",
    "F8": "s001 s004", "F9": "s004", "F10": "s004", "F11": "s004", "F12": "s001",
}  # fmt: skip
FIGURES = {
    "F1": ("7", "usd_billion", "approximately"), "F2": ("8.9", "usd_billion", "around"), "F3": ("13", "participants", None),
    "F4": ("4500", "persons", "more_than"), "F5": ("4500", "persons", "approximately"), "F6": ("27", "contributors", None),
    "F7": ("780", "persons", "at_least"), "F8": ("2", "rank", None), "F9": ("100", "recognitions", "more_than"),
    "F10": ("6", "parties", None), "F11": ("6", "months", None), "F12": ("20", "years", None),
}  # fmt: skip
DISCREPANCIES = [f"X{number}" for number in range(1, 16)]
LATER = [f"E{number}" for number in range(1, 15)]
SENSITIVE = {
    "C7": "status", "C8": "status", "C9": "status", "C10": "status", "C27": "status", "C28": "ethnic_generalisation",
    "F9": "status", "F9.many": "status", "albanians-bosnians-serbs-as-publics.named": "ethnic_generalisation",
}  # fmt: skip
MODALITIES = {
    "C6": "opinion",
    "C13": "reported",
    "C24": "opinion",
    "C31": "opinion",
    "F11": "expected",
    "E14": "reported",
}


@pytest.fixture
def house_view(world):
    with acting.acting_as_house():
        yield


def test_every_document_is_here_with_its_language_and_defects(house_view):
    found = dict(Source.objects.filter(kind="document").values_list("key", "language"))
    assert found == SOURCES


@pytest.mark.parametrize(
    ("kinds", "ids"),
    [
        (["party"], [f"party:{code}" for code in PARTIES]),
        (["group", "person"], GROUPS + PERSONS),
        (["mechanism", "institution", "format", "group"], MECHANISMS),
        (["place"], PLACES),
        (["meeting"], MEETINGS),
        (["event"], EVENTS),
        (["agreement", "project"], AGREEMENTS),
    ],
)
def test_every_entry_is_a_subject(house_view, kinds, ids):
    held = set(Subject.objects.filter(kind__in=kinds).values_list("record_id", flat=True))
    assert set(ids) <= held


def test_every_claim_and_figure_stands_on_its_sources(house_view):
    said: dict[str, set[str]] = {}
    for claim, source in Evidence.objects.filter(claim__current=True).values_list("claim__record_id", "source__key"):
        said.setdefault(claim, set()).add(source)
    assert {claim: " ".join(sorted(said[claim])) for claim in CLAIMS} == CLAIMS


def test_every_figure_has_its_value_unit_and_precision(house_view):
    rows = Claim.objects.filter(current=True, record_id__in=FIGURES).values_list("record_id", "data")
    assert {id_: (data["value"], data["unit"], data.get("precision")) for id_, data in rows} == FIGURES


def test_every_discrepancy_has_its_sides_and_three_are_only_apparent(house_view):
    rows = Discrepancy.objects.prefetch_related("sides")
    assert sorted(row.record_id for row in rows) == sorted(DISCREPANCIES)
    assert sorted(row.record_id for row in rows if row.apparent) == ["X15", "X6", "X7"]
    assert [row.record_id for row in rows if len(row.sides.all()) < 2] == []


def test_every_later_report_stands_apart_and_says_what_it_touches(house_view):
    rows = Claim.objects.filter(current=True, predicate="later_report")
    assert sorted(row.record_id for row in rows) == sorted(LATER)
    assert [row.record_id for row in rows if not row.later or not row.touches] == []
    documents = set(Evidence.objects.filter(claim__in=rows).values_list("source__kind", flat=True))
    assert documents == {"later_report", "editors_search"}


def test_what_speaks_of_status_or_peoples_is_kept_and_nothing_else(house_view):
    rows = Claim.objects.filter(current=True).exclude(sensitivity="").values_list("record_id", "sensitivity")
    assert dict(rows) == SENSITIVE
    assert set(Claim.objects.exclude(sensitivity="").values_list("audience", flat=True)) == {"secretariat"}
    assert list(Discrepancy.objects.exclude(audience="public").values_list("record_id", flat=True)) == ["X8"]


def test_opinions_and_plans_are_marked_as_such(house_view):
    rows = Claim.objects.filter(current=True, record_id__in=MODALITIES).values_list("record_id", "modality")
    assert dict(rows) == MODALITIES


def test_who_was_expected_and_who_came_stand_apart(house_view):
    def told(subject: str, modality: str, later: bool) -> dict[str, str]:
        rows = Claim.objects.filter(
            current=True, predicate="attendance", subject__record_id=subject, modality=modality, later=later
        )
        return {row.data["party"]: row.data["level"] for row in rows}

    ministers = dict.fromkeys(["AL", "BA", "XK", "ME", "MK", "RS"], "foreign_minister")
    first = {**ministers, "AL": "deputy_foreign_minister"}
    assert told("BPP-1", "expected", False) == first
    assert told("BPP-1", "reported", False) == {**dict.fromkeys(ministers, "senior_official"), "TR": "foreign_minister"}
    assert told("BPP-1", "confirmed", True) == first
    assert told("BPP-2", "expected", False) == ministers
    assert told("BPP-2", "reported", False) == {}
    assert told("BPP-2", "confirmed", True) == {**ministers, "TR": "foreign_minister"}
    received = told("RECEPTION-2026-01", "reported", False)
    assert received == {**ministers, "XK": "deputy_prime_minister", "ME": "deputy_prime_minister"}
    assert told("RECEPTION-2026-01", "reported", True) == {"RS": "deputy_minister"}


def test_the_two_agendas_have_seven_and_twelve_topics_and_three_later_ones(house_view):
    rows = Claim.objects.filter(current=True, predicate="agenda_topic")
    assert rows.filter(subject__record_id="BPP-1", later=False, modality="expected").count() == 7
    assert rows.filter(subject__record_id="BPP-2", later=False, modality="expected").count() == 12
    assert rows.filter(subject__record_id="BPP-1", later=True).count() == 3
    flagged = [row.record_id for row in rows if row.flags]
    assert flagged == ["BPP-2.agenda.joint-border-management"]
    silent = Evidence.objects.filter(bearing="silent", claim__predicate="agenda_topic")
    assert [(each.claim.record_id, each.source.key) for each in silent] == [("BPP-2.agenda.innovation", "s002")]


def test_both_wordings_name_the_same_parties_in_the_same_sentence(document):
    """A translation that loses or adds a party says something else."""

    def parties(text: str) -> set[str]:
        return {inside.partition(":")[0] for inside in PLACEHOLDER.findall(text)}

    odd = [
        row["id"]
        for row in document["claims"]
        if "text" in row and parties(row["text"]["en"]) != parties(row["text"]["tr"])
    ]
    assert odd == []


def test_no_wording_prints_the_name_of_a_party(document):
    """Names stand as placeholders, so that the lexicon says them; quotations of names are marked as such."""
    forms = sorted(row["form"] for row in document["party_names"] if row["use"] == "record")
    name = re.compile(rf"\b({'|'.join(re.escape(form) for form in forms)})\b")
    quoted = {"s003", "X9", "X10"}
    found = []
    for section in ("subjects", "claims", "discrepancies", "formats"):
        for row in document[section]:
            kept = {key: value for key, value in row.items() if key not in ("forms", "spellings", "native")}
            if row.get("predicate") in ("name_form", "named") or row.get("id") in quoted:
                continue
            text = json.dumps(kept, ensure_ascii=False)
            found += [(row.get("id") or row.get("slug"), match[1]) for match in name.finditer(text)]
    assert found == []


def test_the_record_reads_no_file_but_its_own():
    assert RECORD.parent.name == "data"
    assert ".." not in RECORD.read_text(encoding="utf-8")
