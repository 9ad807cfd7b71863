"""The command line: every command explains itself with an example, and asking for help loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from sofra.cli import COMMANDS, sofra


def every_command(command: click.Command, *path: str) -> list[tuple[str, ...]]:
    found = [path]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            found += every_command(inner, *path, name)
    return found


def run(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "sofra", *arguments], capture_output=True, text=True, env=environ)


def test_every_command_has_an_example_of_itself() -> None:
    for path in every_command(sofra):
        command: click.Command = sofra
        for name in path:
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), name)
            assert found is not None
            command = found
        told = command.get_help(click.Context(command, info_name=" ".join(("sofra", *path))))
        assert "Example" in told, f"sofra {' '.join(path)} has no example"
        assert " ".join(("sofra", *path)) in told.partition("Example")[2]


def test_the_list_names_every_command_and_loads_none(plain_environ: dict[str, str]) -> None:
    program = (
        "import sys\nfrom sofra.cli import sofra\n"
        "try:\n    sofra(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = {'django', 'psycopg', 'procrastinate', 'openpyxl', 'holidays'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=plain_environ)
    assert done.returncode == 0, done.stderr
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    "arguments", [["no-such-command"], ["serve", "--port", "many"], ["serve", "--no-such-option"], ["backup"]]
)
def test_bad_input_ends_with_two_and_a_sentence(arguments: list[str], plain_environ: dict[str, str]) -> None:
    done = run(plain_environ, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_serving_loads_no_django(plain_environ: dict[str, str]) -> None:
    program = "import sys\nimport sofra.kernel.ground.supervisor, sofra.kernel.ground.upgrade\nassert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", program], env=plain_environ).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [["invite"], ["demonstration", "--seats", "off"], ["record", "load"], ["walls"], ["open-house"], ["migrate"]],
    ids=" ".join,
)
def test_a_command_that_finds_no_database_says_so_in_a_sentence(
    arguments: list[str], plain_environ: dict[str, str], tmp_path: Path
) -> None:
    done = run({**plain_environ, "SOFRA_DATA": str(tmp_path / "none")}, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("sofra: ")
    assert not (tmp_path / "none").exists()
