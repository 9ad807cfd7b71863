"""The keeper's commands: `sofra audit verify`, `sofra audit export-head`, `sofra backup`, `sofra restore`.

Each answers 0 when done, 1 with findings, 2 for bad input; a Refusal is one sentence on standard error.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, ParamSpec

import click

P = ParamSpec("P")

#: Work shorter than this many seconds shows no progress.
PATIENCE = 2.0


def keeping(function: Callable[P, int]) -> Callable[P, None]:
    """Run a command as the owner role with Django set up; make its answer the exit code and a refusal a sentence."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        os.environ["SOFRA_PROCESS"] = "owner"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sofra.conf.settings")
        import django

        django.setup()
        from sofra.kernel.refusals import Refusal

        signal.signal(signal.SIGTERM, _interrupt)
        try:
            code = function(*args, **kwargs)
        except Refusal as refusal:
            click.echo(str(refusal.sentence), err=True)
            sys.exit(2)
        except KeyboardInterrupt:
            from django.utils.translation import gettext as _

            click.echo(_("Stopped. Nothing half-done was left behind."), err=True)
            sys.exit(2)
        sys.exit(code)

    return run


def _interrupt(*_args: Any) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A line on standard error that says how far the work is, once it has lasted two seconds."""
    began = last = time.monotonic()
    shown = False

    def tell(done: int, of: int) -> None:
        nonlocal last, shown
        now = time.monotonic()
        if now - began < PATIENCE or (shown and now - last < 0.5):
            return
        last, shown = now, True
        share = f"{min(100, 100 * done // of)} %" if of else str(done)
        end = "\r" if sys.stderr.isatty() else "\n"
        click.echo(f"{label} {share}", err=True, nl=False)
        click.echo(end, err=True, nl=False)

    yield tell
    if shown and sys.stderr.isatty():
        click.echo(err=True)


@click.group()
def audit() -> None:
    """Verify the audit chains and export their heads.

    \b
    Example:
      sofra audit verify --head heads.json
    """


@audit.command()
@click.option(
    "--head",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Exported heads to hold the chains to; without them a cut tail cannot be seen.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@keeping
def verify(head: Path | None, form: str) -> int:
    """Walk every audit chain and say what was changed, removed, inserted, reordered or cut.

    \b
    Exit code 0: every chain is whole; 1: findings; 2: bad input.
    Example:
      sofra audit verify --head heads.json --format json
    """
    from django.conf import settings
    from django.utils.translation import gettext as _
    from django.utils.translation import ngettext

    from sofra.kernel.keeping import audit as audits
    from sofra.kernel.keeping import heads
    from sofra.kernel.keeping.connecting import connect

    exported = heads.loads(head.read_bytes()) if head else None
    with connect(settings.SOFRA.owner_database) as connection, progress(_("Entries verified:")) as tell:
        report = audits.verify(connection, exported, tell)
    if form == "json":
        click.echo(json.dumps(_as_data(report), indent=1))
        return 1 if report.findings else 0
    for finding in report.findings:
        click.echo(finding.sentence)
    walked = ngettext("{count} chain", "{count} chains", report.chains).format(count=report.chains)
    entries = ngettext("{count} entry", "{count} entries", report.entries).format(count=report.entries)
    if report.findings:
        found = ngettext("{count} finding", "{count} findings", len(report.findings)).format(count=len(report.findings))
        click.echo(
            _("Walked {chains} with {entries}: {findings}.").format(chains=walked, entries=entries, findings=found)
        )
        return 1
    click.echo(_("Walked {chains} with {entries}: every link holds.").format(chains=walked, entries=entries))
    if report.against is None:
        click.echo(_("No exported heads were given, so a cut tail would not be seen. Give them with --head."))
    else:
        click.echo(_("Held to the heads exported at {instant}.").format(instant=report.against.isoformat()))
    return 0


def _as_data(report: Any) -> dict[str, Any]:
    return {
        "verified": not report.findings,
        "chains": report.chains,
        "entries": report.entries,
        "against": report.against.isoformat() if report.against else None,
        "findings": [
            {"kind": found.kind, "chain": found.chain, "number": found.number, "sentence": found.sentence}
            for found in report.findings
        ],
    }


@audit.command("export-head")
@click.argument("file", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@keeping
def export_head(file: Path) -> int:
    """Write the heads of all chains to FILE (or standard output), to be kept outside the house.

    \b
    Example:
      sofra audit export-head heads.json
    """
    from django.conf import settings
    from django.utils.translation import gettext as _
    from django.utils.translation import ngettext

    from sofra.kernel.keeping import audit as audits
    from sofra.kernel.keeping import heads
    from sofra.kernel.keeping.connecting import connect
    from sofra.kernel.keeping.writing import write_whole
    from sofra.kernel.refusals import Refusal

    with connect(settings.SOFRA.owner_database) as connection:
        found = audits.read_heads(connection)
    content = heads.dumps(heads.Heads(datetime.now(UTC), found.heads))
    if str(file) == "-":
        click.echo(content.decode(), nl=False)
        return 0
    try:
        write_whole(file, content)
    except OSError as error:
        raise Refusal(_("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror)) from error
    count = len(found.heads)
    click.echo(
        ngettext("Wrote {count} head to {file}.", "Wrote {count} heads to {file}.", count).format(
            count=count, file=file
        )
    )
    return 0
