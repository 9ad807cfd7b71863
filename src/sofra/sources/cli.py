"""`sofra record`: loads the public record from the command line. Exit 0 done, 2 bad input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sofra.sources.commands import Loaded
    from sofra.sources.engine.document import Document

#: The record of the Balkan Peace Platform, as it comes with the package.
PACKAGED_RECORD = Path(__file__).parent / "data" / "balkan-peace-platform.json"


@click.group()
def record() -> None:
    """The public record.

    Example: sofra record load my-platform.json
    """


@record.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Read and check the file, write nothing.")
def load(file: Path | None, only_check: bool) -> None:
    """Load a record FILE (the Balkan Peace Platform's, where none is named).

    Loading again changes nothing; a fact that changed in the file supersedes the old one, which is kept, and the audit says
    so. A bad file answers with sentences that name the places in it, and nothing is written.

    \b
    Examples:
      sofra record load
      sofra record load my-platform.json
      sofra record load --check my-platform.json
    """
    from sofra.sources.engine.document import RecordError

    try:
        if only_check:
            _check(file or PACKAGED_RECORD)
        else:
            load_file(file or PACKAGED_RECORD)
    except RecordError as error:
        click.echo(str(error), err=True)
        click.echo("Nothing was written. Mend the file and load it again.", err=True)
        sys.exit(2)


def _check(file: Path) -> None:
    from sofra.sources.engine.reading import read_record

    document = read_record(file)
    click.echo(f"{file.name} can be loaded: {sum(len(rows) for rows in document.sections.values())} entries.")


def load_file(file: Path) -> None:
    """Load a file as the house and say what changed. Raises RecordError."""
    from sofra.sources.engine.reading import read_record

    loaded = carry_over(read_record(file))
    if not loaded.total:
        click.echo(f"{file.name}: nothing changed.")
    for section, number in loaded.changed.items():
        if number:
            click.echo(f"{section}: {number} changed or new")
    for section in loaded.left_out:
        click.echo(f"{section}: left out, no room of this house takes it", err=True)


def carry_over(document: Document) -> Loaded:
    """Load a record as the house, in a transaction of its own."""
    from sofra.kernel import acting
    from sofra.sources import commands

    with acting.acting_as_house():
        return commands.load_record(document)
