"""Where the house stands while it is kept: the embedded server, started for the length of the work where it is not running."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from sofra.kernel.environment import Database, Environment, embedded_databases, read_secrets
from sofra.kernel.ground import binaries
from sofra.kernel.ground.cluster import Cluster
from sofra.kernel.ground.folder import only_start
from sofra.kernel.ground.supervisor import leash
from sofra.kernel.keeping.writing import write_whole
from sofra.kernel.refusals import Refusal


@contextmanager
def at_hand(environment: Environment) -> Iterator[Database]:
    """The house's database as the owner role. An embedded server that does not run is started, and stopped afterwards.

    Raises Refusal where there is no house, Trouble where its server does not start.
    """
    if environment.external:
        yield environment.owner_database
        return
    if not read_secrets(environment.data):
        raise Refusal(
            _("There is no house in {folder}. Set SOFRA_DATA to its data folder, or SOFRA_DATABASE_URL.").format(
                folder=environment.data
            )
        )
    cluster = Cluster(environment.data, binaries.find(environment.bindir))
    if cluster.running():
        yield embedded_databases(cluster.secrets())[1]
        return
    with _started(cluster):
        yield embedded_databases(cluster.secrets())[1]


@contextmanager
def new_house(environment: Environment, secret_key: str) -> Iterator[Database]:
    """An empty embedded house in an empty data folder, as the owner role, with a given secret key.

    Where the block does not end well, the folder is as empty as before. Raises Refusal where it is not empty.
    """
    data = environment.data
    try:
        if data.exists() and any(data.iterdir()):
            raise Refusal(
                _("The data folder {folder} is not empty. Nothing was restored. Set SOFRA_DATA to a new one.").format(
                    folder=data
                )
            )
        stood = data.exists()
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            _("The data folder {folder} cannot be made: {reason}. Nothing was restored.").format(
                folder=data, reason=error.strerror
            )
        ) from error
    cluster = None
    try:
        keep_secret_key(data, secret_key)
        cluster = Cluster(data, binaries.find(environment.bindir))
        with _started(cluster):
            cluster.provision()
            yield embedded_databases(cluster.secrets())[1]
    except BaseException:
        if cluster is not None:
            shutil.rmtree(cluster.socket_folder(), ignore_errors=True)
            shutil.rmtree(cluster.base, ignore_errors=True)
        for left in data.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        if not stood:
            data.rmdir()
        raise


def keep_secret_key(data: Path, secret_key: str) -> bool:
    """Keep the secret key in a data folder that has none yet. Answers whether it is the folder's key now."""
    secrets = read_secrets(data)
    if "secret_key" not in secrets:
        write_whole(data / "secrets.json", json.dumps({**secrets, "secret_key": secret_key}, indent=1).encode())
        return True
    return secrets["secret_key"] == secret_key


def run(*command: str, **environ: str) -> str:
    """Run a command of `sofra` as a process of its own; answers its output. Raises Refusal with its last line if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "sofra", *command],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or _("it said nothing")).splitlines()
        raise Refusal(said[-1].removeprefix("sofra: "))
    return done.stdout


@contextmanager
def _started(cluster: Cluster) -> Iterator[None]:
    """The server runs for the length of the block, in a folder nobody else starts in, and ends should we die."""
    with only_start(cluster.data, lambda: False) as lock:
        try:
            cluster.start(leash("SIGINT", "SIGQUIT", 20, cluster.user.pw_name), keep=(lock,))
            yield
        finally:
            cluster.stop()
