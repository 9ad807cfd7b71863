"""The keeper's commands as an operator meets them: sentences, exit codes, files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from sofra.kernel.ground.binaries import embedded as embedded_programs
from sofra.kernel.ground.cluster import Cluster
from sofra.kernel.keeping.writing import seal, unseal
from tests.keeping.chain import append


@pytest.fixture
def sofra(own_database: str, server: Any) -> Any:
    """Run a keeper's command in a process of its own; answers the finished process."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sofra", *arguments],
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
        "sofra: This is no file of exported heads, or it was changed since its export: its digest does not fit.\n",
    )
    assert sofra("audit", "verify", "--head", tmp_path / "none.json").returncode == 2
    nowhere = sofra("audit", "verify", SOFRA_OWNER_DATABASE_URL="postgresql://sofra_owner:x@/none?host=/nowhere")
    assert nowhere.returncode == 2
    assert nowhere.stderr.startswith("sofra: The database none does not answer the role sofra_owner: ")
    assert nowhere.stderr.count("\n") == 1
    unwritable = sofra("audit", "export-head", "/proc/heads.json")
    assert (unwritable.returncode, unwritable.stdout) == (2, "")
    assert unwritable.stderr == "sofra: /proc/heads.json cannot be written: No such file or directory.\n"


def heads_of(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "heads.json").read_text())["heads"]


def counts_of(folder: Path) -> dict[str, int]:
    return json.loads((folder / "manifest.json").read_text())["counts"]


@pytest.mark.cluster
def test_a_house_moves_into_a_folder_of_its_own_and_is_kept_there(sofra: Any, tmp_path: Path) -> None:
    append(3)
    first, data, second = tmp_path / "first", tmp_path / "data", tmp_path / "second"
    embedded = {"SOFRA_DATABASE_URL": "", "SOFRA_OWNER_DATABASE_URL": "", "SOFRA_DATA": str(data)}

    assert sofra("audit", "verify", **embedded).stderr == (
        f"sofra: There is no house in {data}. Set SOFRA_DATA to its data folder, or SOFRA_DATABASE_URL.\n"
    )
    assert not data.exists()
    taken = sofra("backup", first, SOFRA_SECRET_KEY="the first key")
    assert (taken.returncode, taken.stdout.startswith(f"Backed up to {first}: ")) == (0, True), taken.stderr

    restored = sofra("restore", first, **embedded)
    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.splitlines()[1:] == [
        "Every table holds as many rows as in the backup.",
        "The content of 0 files is that of the backup.",
        "Every link of 1 chains with 3 entries holds, up to the heads in the backup.",
        "The walls stand.",
    ]
    secrets = json.loads((data / "secrets.json").read_text())
    assert secrets["secret_key"] == "the first key"
    assert (data / "secrets.json").stat().st_mode & 0o777 == 0o600

    assert sofra("audit", "verify", "--head", first / "heads.json", **embedded).returncode == 0
    assert sofra("backup", second, **embedded).returncode == 0
    assert heads_of(second) == heads_of(first)
    assert counts_of(second) == counts_of(first)
    assert (second / "secret_key").read_text() == "the first key"
    assert not any(secrets[role] in (second / "manifest.json").read_text() for role in ("admin", "owner", "app"))

    base = Cluster(data, embedded_programs()).base
    if not base.is_relative_to(data):  # where root tests, the server lives outside the folders root alone may enter
        shutil.rmtree(base)

    again = sofra("restore", first, **embedded)
    assert (again.returncode, again.stderr) == (
        2,
        f"sofra: The data folder {data} is not empty. Nothing was restored. Set SOFRA_DATA to a new one.\n",
    )


@pytest.mark.cluster
def test_a_restore_that_cannot_be_leaves_the_folder_as_it_was(sofra: Any, tmp_path: Path) -> None:
    first, data = tmp_path / "first", tmp_path / "data"
    assert sofra("backup", first).returncode == 0
    manifest = unseal((first / "manifest.json").read_bytes())
    assert manifest is not None
    manifest["migrations"].append(["kernel", "9999_of_days_to_come"])
    (first / "manifest.json").write_bytes(seal(manifest))
    refused = sofra("restore", first, SOFRA_DATABASE_URL="", SOFRA_OWNER_DATABASE_URL="", SOFRA_DATA=str(data))
    assert refused.returncode == 2
    assert "this one does not know kernel.9999_of_days_to_come. Nothing was restored." in refused.stderr
    assert not data.exists()
