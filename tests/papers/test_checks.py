"""`make check` runs its parts beside each other, fails where any fails, and shows what that one found."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from tools.check import CHECKS, check

from tests.papers.support import ROOT, text_of

PYTHON = Path(sys.executable).name
FINE = [PYTHON, "-c", "print('all is well')"]
SLOW = [PYTHON, "-c", "import time; time.sleep(2)"]
BAD = [PYTHON, "-c", "import sys; print('line 3 is wrong'); sys.exit(1)"]
PLACE = Path(sys.executable).parent


def test_what_went_well_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert check({"style": FINE, "types": FINE}, PLACE) == 0
    assert capsys.readouterr().out.startswith("style, types: nothing found (")


def test_one_that_fails_fails_all_and_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert check({"style": FINE, "types": BAD, "floors": FINE}, PLACE) == 1
    told = capsys.readouterr().out
    assert "--- types" in told
    assert "line 3 is wrong" in told
    assert "all is well" not in told
    assert told.splitlines()[-1].startswith("types failed (")


def test_they_run_beside_each_other() -> None:
    began = time.monotonic()
    check(dict.fromkeys(("a", "b", "c"), SLOW), PLACE)
    assert time.monotonic() - began < 5.5


def test_make_check_is_this_and_covers_style_types_and_floors() -> None:
    assert "\t@$(BIN)/python tools/check.py\n" in text_of("Makefile")
    assert {command[0] for command in CHECKS.values()} == {"ruff", "mypy", "lint-imports"}
    assert (ROOT / "tools" / "check.py").is_file()
