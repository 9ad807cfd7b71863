"""Papers cannot rot: what the house has stands in them, and what they point to is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from benchmarks.__main__ import ALL

from sofra.cli import COMMANDS, sofra
from sofra.kernel.models import Audience
from tests.papers.support import ROOT, papers, text_of, tracked

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<(?:img|a) [^>]*(?:src|href)=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LARGEST_PICTURE = 250_000


def named(paper: Path) -> str:
    return str(paper.relative_to(ROOT))


def slug(heading: str) -> str:
    """The anchor a heading is reached by, as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(paper: Path) -> set[str]:
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", paper.read_text(encoding="utf-8"), re.MULTILINE)}


def test_every_command_of_the_house_is_described_to_its_operator_and_no_other() -> None:
    listed = re.findall(r"^  ([a-z][\w-]*)  +\S", sofra.get_help(click.Context(sofra)), re.MULTILINE)
    assert listed == sorted(COMMANDS)
    told = re.findall(r"^\| `sofra ([\w-]+)` \| (.{40,}) \| .+ \|$", text_of("docs/operating.md"), re.MULTILINE)
    assert [name for name, _ in told] == listed


def test_every_daily_command_is_in_contributing_and_no_other() -> None:
    makefile = re.search(r"^\.PHONY: (.+)$", text_of("Makefile"), re.MULTILINE)
    assert makefile is not None
    told = set(re.findall(r"^\| `make (\w+)` \|", text_of("CONTRIBUTING.md"), re.MULTILINE))
    assert told == set(makefile.group(1).split())


def test_every_benchmark_is_in_its_paper() -> None:
    assert [name for name in ALL if name not in text_of("docs/benchmarks.md")] == []


def test_every_audience_stands_in_the_table_of_who_reads() -> None:
    told = re.findall(r"^\| `(\w+)`", text_of("docs/confidentiality.md"), re.MULTILINE)
    assert told == list(Audience.values)


@pytest.mark.parametrize("paper", papers(), ids=named)
def test_every_link_between_papers_leads_somewhere(paper: Path) -> None:
    broken = []
    for link in (first or second for first, second in LINK.findall(CODE.sub("", paper.read_text(encoding="utf-8")))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (paper.parent / path).resolve() if path else paper
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_picture_is_shown_somewhere_and_none_is_heavy() -> None:
    shown = "".join(paper.read_text(encoding="utf-8") for paper in papers())
    pictures = [path for path in tracked() if path.parent == ROOT / "docs" / "pictures"]
    assert [picture.name for picture in pictures if picture.name not in shown] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []


def test_every_decision_is_numbered_without_a_gap_and_dated() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:5] for path in decisions] == [f"{number:04}-" for number in range(1, len(decisions) + 1)]
    for number, path in enumerate(decisions, 1):
        title, _, date, *_ = path.read_text(encoding="utf-8").splitlines()
        assert title.startswith(f"# {number}. "), path.name
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", date), path.name


def test_the_licence_in_full_is_the_one_the_package_names() -> None:
    licence = text_of("LICENSE")
    assert licence.split()[:6] == ["GNU", "AFFERO", "GENERAL", "PUBLIC", "LICENSE", "Version"]
    assert "END OF TERMS AND CONDITIONS" in licence
    assert 'license = "AGPL-3.0-or-later"' in text_of("pyproject.toml")
