"""The benchmarks still measure what their paper tells of: run small, their tables are whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.pages import PAGES
from django.urls import resolve

from tests.papers.support import ROOT

SMALL = """
import sys
from benchmarks import auditing, listing, searching
from benchmarks.__main__ import main
searching.DOCUMENTS, listing.ROWS, auditing.SECONDS = 2_000, 20, 0.3
sys.exit(main(["search", "listing", "audit"]))
"""


@pytest.mark.cluster
def test_what_measures_times_runs_to_its_end_and_leaves_nothing_behind(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name == "SOFRA_PG_BINDIR" or "SOFRA" not in name}
    environ = {**kept, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", SMALL], env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    titles = [line for line in done.stdout.splitlines() if line and not line.startswith(" ")]
    assert [title.split()[0] for title in titles] == ["Python", "Search", "Listing", "Appends"]
    assert done.stdout.count("×") == 3 + 7 + 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", sorted({path.partition("?")[0] for _, path, _ in PAGES if path}))
def test_every_page_whose_queries_are_counted_is_a_route(path: str) -> None:
    assert resolve(path).view_name
