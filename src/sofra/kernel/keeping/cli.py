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


def keeping(function: Callable[P, int]) -> Callable[P, int]:
    """Run a command with Django set up; tell a refusal as one sentence; let SIGTERM end it as Ctrl-C does."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sofra.conf.settings")
        import django

        django.setup()
        from sofra.kernel.ground.troubles import Trouble
        from sofra.kernel.refusals import Refusal

        signal.signal(signal.SIGTERM, _interrupt)
        try:
            return function(*args, **kwargs)
        except Refusal as refusal:
            raise Trouble(str(refusal.sentence)) from refusal

    return run


def _interrupt(*_args: Any) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Lines on standard error that say what is being done and how far it is, once it has lasted two seconds."""
    began = last = time.monotonic()
    before = ""
    terminal = sys.stderr.isatty()

    def tell(what: str, done: int, of: int) -> None:
        nonlocal last, before
        now = time.monotonic()
        if now - began < PATIENCE or (what == before and now - last < (0.2 if terminal else 5)):
            return
        share = f"{min(100, 100 * done // of)} %" if of else str(done or "")
        click.echo(("\r\x1b[K" if terminal else "") + f"{what} {share}".strip(), err=True, nl=not terminal)
        last, before = now, what

    yield tell
    if before and terminal:
        click.echo("\r\x1b[K", err=True, nl=False)


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
    from sofra.kernel.keeping import heads, places
    from sofra.kernel.keeping.connecting import connect

    exported = heads.loads(head.read_bytes()) if head else None
    with places.at_hand(settings.SOFRA) as owner, connect(owner) as connection, progress() as tell:
        report = audits.verify(connection, exported, lambda done, of: tell(_("Entries verified:"), done, of))
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
    from sofra.kernel.keeping import heads, places
    from sofra.kernel.keeping.connecting import connect
    from sofra.kernel.keeping.writing import write_whole
    from sofra.kernel.refusals import Refusal

    with places.at_hand(settings.SOFRA) as owner, connect(owner) as connection:
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


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@keeping
def backup(folder: Path) -> int:
    """Back the house up to DIR, a new or empty folder, while writing goes on.

    DIR holds one instant of the house: a dump of the database (files of parties are in it), the heads of the audit chains, a
    list of files with their hashes, the secret key, and a manifest with checksums. It is there whole or not at all. Keep it
    where only you may read it: whoever holds it can read all of the house.

    \b
    Exit code 0: done; 1: done, with findings about the house itself; 2: nothing was written.
    Example:
      sofra backup /srv/backups/2026-01-23
    """
    from django.conf import settings
    from django.utils.translation import gettext as _

    from sofra.kernel.keeping import backup as backups
    from sofra.kernel.keeping import places

    with places.at_hand(settings.SOFRA) as owner, progress() as tell:
        taken = backups.take(folder, owner, settings.SECRET_KEY, tell)
    for finding in taken.findings:
        click.echo(finding)
    click.echo(
        _(
            "Backed up to {folder}: {tables} tables with {rows} rows, {files} files of parties, {size} bytes in all."
        ).format(folder=folder, tables=taken.tables, rows=taken.rows, files=taken.files, size=taken.bytes)
    )
    return 1 if taken.findings else 0


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@keeping
def restore(folder: Path) -> int:
    """Restore the backup in DIR into an empty place and verify everything in it.

    The place is the data folder (SOFRA_DATA), which must be new or empty, or the empty external database that
    SOFRA_DATABASE_URL and SOFRA_OWNER_DATABASE_URL name. Rows per table, the content of every file and every audit chain are
    compared with the backup; then the tables are brought up to date and the walls raised and checked.

    \b
    Exit code 0: everything is there again; 1: restored, with differences; 2: nothing was restored.
    Example:
      SOFRA_DATA=/srv/sofra-restored sofra restore /srv/backups/2026-01-23
    """
    from django.conf import settings
    from django.utils.translation import gettext as _

    from sofra.kernel.keeping import places
    from sofra.kernel.keeping import restore as restores
    from sofra.kernel.keeping.backup import read_manifest

    environment = settings.SOFRA
    manifest = read_manifest(folder)
    secret_key = restores.secret_key(folder)
    with progress() as tell:
        if environment.external:
            restored = restores.with_walls(folder, environment.owner_database, tell)
            if not (os.environ.get("SOFRA_SECRET_KEY") or places.keep_secret_key(environment.data, secret_key)):
                click.echo(_("The data folder has a secret key of its own, which stays: everybody signs in anew."))
        else:
            with places.new_house(environment, secret_key) as owner:
                restored = restores.with_walls(folder, owner, tell)
    click.echo(
        _("Restored the house of {instant}: {tables} tables with {rows} rows.").format(
            instant=manifest["at"], tables=restored.tables, rows=restored.rows
        )
    )
    for differences, whole in (
        (restored.of_rows, _("Every table holds as many rows as in the backup.")),
        (restored.of_files, _("The content of {count} files is that of the backup.").format(count=restored.files)),
        (
            restored.of_chains,
            _("Every link of {chains} chains with {entries} entries holds, up to the heads in the backup.").format(
                chains=restored.chains, entries=restored.entries
            ),
        ),
    ):
        for sentence in differences or [whole]:
            click.echo(sentence)
    click.echo(_("The walls stand."))
    return 1 if restored.differences else 0


@click.command()
@keeping
def walls() -> int:
    """Say whether every wall of the house stands, asked as the application role.

    \b
    Exit code 0: all stand; 1: findings.
    Example:
      sofra walls
    """
    from django.utils.translation import gettext as _

    from sofra.kernel import walls as raised

    found = raised.findings()
    for sentence in found or [_("Every wall stands.")]:
        click.echo(sentence)
    return 1 if found else 0
