"""Commands that need no Django: serving, and bringing a data folder to a newer PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--port", default=8000, show_default=True, help="The port to serve at, on this machine only.")
@click.option("--record", is_flag=True, help="Load the public record of the Balkan Peace Platform before serving.")
def serve(port: int, record: bool) -> None:
    """Start the database, the web server and the worker, and serve in the foreground until Ctrl-C or SIGTERM.

    \b
    Example:
      SOFRA_DATA=/srv/sofra sofra serve --port 8000
    """
    from sofra.kernel.ground.supervisor import Supervisor

    Supervisor(port, lambda line: click.echo(line), with_record=record).serve()


@click.command("upgrade-database")
@click.option(
    "--old-bindir",
    type=click.Path(path_type=Path),
    default=None,
    help="The bin folder of the PostgreSQL that made the data.",
)
def upgrade_database(old_bindir: Path | None) -> None:
    """Bring the data folder (SOFRA_DATA) to the PostgreSQL of this installation, by dump and restore.

    The old server's files are kept beside the new ones until you remove them.

    \b
    Example:
      sofra upgrade-database --old-bindir /usr/lib/postgresql/15/bin
    """
    from sofra.kernel.ground.upgrade import upgrade

    upgrade(old_bindir, lambda line: click.echo(line))
