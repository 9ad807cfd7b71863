"""`sofra inspect`: says of files whether the house would keep them. Exit 0 all kept, 1 some refused, 2 not readable."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def inspect(files: tuple[Path, ...]) -> None:
    """Say of each file whether the house would keep it as a paper, and if not, why. Nothing is stored or sent.

    \b
    Example:
      sofra inspect "Annotated agenda.docx"
    """
    from sofra.kernel.engine.papers import inspect as look
    from sofra.kernel.engine.refused import MOST, Refused

    code = 0
    for file in files:
        try:
            with file.open("rb") as stream:
                data = stream.read(MOST + 1)
        except OSError as error:
            click.echo(f"{file}: cannot be read: {error.strerror}.", err=True)
            code = 2
            continue
        try:
            found = look(data)
        except Refused as refused:
            click.echo(f"{file}: {refused}")
            code = max(code, 1)
        else:
            remarks = f"; it holds: {', '.join(found.remarks)}" if found.remarks else ""
            click.echo(f"{file}: {found.extension[1:].upper()}, can be kept{remarks}.")
    sys.exit(code)
