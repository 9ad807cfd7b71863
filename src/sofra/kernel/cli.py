"""Commands of the house that work on its tables."""

from __future__ import annotations

import click

from sofra.kernel.ground.troubles import Trouble


@click.command()
def migrate() -> None:
    """Bring the tables up to date and raise the walls anew. Runs as the owner role; `sofra serve` does it where needed.

    \b
    Example:
      SOFRA_PROCESS=owner sofra migrate
    """
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise Trouble(f"The tables could not be brought up to date: {str(error).strip().splitlines()[0]}") from error


@click.command("open-house")
@click.option("--record", is_flag=True, help="Load the public record of the Balkan Peace Platform.")
def open_house(record: bool) -> None:
    """Check that every wall stands, and make the house ready to serve. `sofra serve` does it at every start.

    Exit code 1 says that the tables are those of another version; run `sofra migrate` first.

    \b
    Example:
      sofra open-house
    """
    import sys

    from sofra.kernel import opening, walls

    if not walls.up_to_date():
        click.echo("The tables are not those of this version; run sofra migrate.", err=True)
        sys.exit(1)
    opening.open_house(with_record=record)


@click.command()
def worker() -> None:
    """Work off jobs until told to stop. Run it on any number of hosts.

    \b
    Example:
      sofra worker
    """
    import asyncio

    from procrastinate.contrib.django import app

    from sofra.kernel import jobs

    async def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
            async with working.open_async():
                warming = asyncio.create_task(asyncio.to_thread(jobs.warm))
                await working.run_worker_async(delete_jobs="successful")
                await warming

    # Not by the library's own command: it announces itself beside the one line that says the house is ready.
    asyncio.run(work())
