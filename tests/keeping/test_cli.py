"""The keeper's commands as an operator meets them: sentences, exit codes, files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.keeping.chain import append


@pytest.fixture
def sofra(own_database: str, server: Any) -> Any:
    """Run a keeper's command in a process of its own; answers the finished process."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", f"from sofra.kernel.keeping import cli; cli.{arguments[0]}()", *arguments[1:]],
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "PYTHONPATH": "src",
                "SOFRA_DATABASE_URL": server.url("sofra_app", own_database),
                "SOFRA_OWNER_DATABASE_URL": server.url("sofra_owner", own_database),
                **environment,
            },
        )

    return run


def test_verifying_answers_by_exit_code_and_sentence(
    sofra: Any, superuser: psycopg.Connection[Any], tmp_path: Path
) -> None:
    append(4)
    head = tmp_path / "heads.json"
    exported = sofra("audit", "export-head", head)
    assert (exported.returncode, exported.stdout) == (0, f"Wrote 1 head to {head}.\n")
    whole = sofra("audit", "verify")
    assert (whole.returncode, whole.stdout) == (
        0,
        "Walked 1 chain with 4 entries: every link holds.\n"
        "No exported heads were given, so a cut tail would not be seen. Give them with --head.\n",
    )
    superuser.execute("DELETE FROM kernel_auditentry WHERE seq = 2")
    broken = sofra("audit", "verify", "--head", head)
    assert (broken.returncode, broken.stdout) == (
        1,
        "Entry 2 of chain house was removed.\nWalked 1 chain with 3 entries: 1 finding.\n",
    )
    data = sofra("audit", "verify", "--format", "json")
    assert data.returncode == 1
    assert json.loads(data.stdout)["findings"] == [
        {"kind": "removed", "chain": "house", "number": 2, "sentence": "Entry 2 of chain house was removed."}
    ]


def test_bad_input_is_told_in_a_sentence(sofra: Any, tmp_path: Path) -> None:
    (tmp_path / "heads.json").write_text("{}")
    damaged = sofra("audit", "verify", "--head", tmp_path / "heads.json")
    assert (damaged.returncode, damaged.stderr) == (
        2,
        "This is no file of exported heads, or it was changed since its export: its digest does not fit.\n",
    )
    assert sofra("audit", "verify", "--head", tmp_path / "none.json").returncode == 2
    nowhere = sofra("audit", "verify", SOFRA_OWNER_DATABASE_URL="postgresql://sofra_owner:x@/none?host=/nowhere")
    assert nowhere.returncode == 2
    assert nowhere.stderr.startswith("The database none does not answer the role sofra_owner: ")
    assert nowhere.stderr.count("\n") == 1
    unwritable = sofra("audit", "export-head", "/proc/heads.json")
    assert (unwritable.returncode, unwritable.stdout) == (2, "")
    assert unwritable.stderr == "/proc/heads.json cannot be written: No such file or directory.\n"
