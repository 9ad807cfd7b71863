"""The command `sofra`. Commands are found by name and imported only when run: `sofra --help` imports none of them.

Exit codes of every command: 0 done, 1 findings, 2 bad input or nothing could be done.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

#: Every command: where it lives, whether it needs Django, and one line for the list.
COMMANDS: dict[str, tuple[str, bool, str]] = {
    "audit": ("sofra.kernel.keeping.cli:audit", False, "Verify the audit chains; export their heads."),
    "backup": ("sofra.kernel.keeping.cli:backup", False, "Back the house up while writing goes on."),
    "restore": ("sofra.kernel.keeping.cli:restore", False, "Restore a backup into an empty place and verify it."),
    "bilaterals": (
        "sofra.bilaterals.cli:bilaterals",
        False,
        "Place bilaterals from a file; check and explain a schedule.",
    ),
    "inspect": (
        "sofra.kernel.engine.cli:inspect",
        False,
        "Say of files whether the house would keep them, and why not.",
    ),
    "walls": ("sofra.kernel.keeping.cli:walls", False, "Say whether every wall stands."),
    "serve": (
        "sofra.kernel.ground.cli:serve",
        False,
        "Start database, web server and worker, and serve in the foreground.",
    ),
    "upgrade-database": (
        "sofra.kernel.ground.cli:upgrade_database",
        False,
        "Bring a data folder to a newer PostgreSQL.",
    ),
    "migrate": ("sofra.kernel.cli:migrate", True, "Bring the tables and their walls up to date."),
    "open-house": (
        "sofra.kernel.cli:open_house",
        True,
        "Check the walls before serving; seats and record as asked for.",
    ),
    "invite": ("sofra.kernel.accounts.cli:invite", True, "Make an invitation; the first link into a new house."),
    "demonstration": ("sofra.kernel.accounts.cli:demonstration", True, "Open or end the seats of the demonstration."),
    "entities": (
        "sofra.lexicon.cli_lint:entities",
        False,
        "Say which parties, bodies, places and persons a text names.",
    ),
    "lexicon": ("sofra.lexicon.cli_lexicon:lexicon", False, "Export and import the lexicon; write profile files."),
    "lint": ("sofra.lexicon.cli_lint:lint", False, "Say which names in a text somebody objects to, who, and why."),
    "order": ("sofra.lexicon.cli_order:order", False, "Put parties in order, one per line."),
    "text": (
        "sofra.texts.cli:text",
        False,
        "Negotiated texts: compile drafts, read and write brackets, compare, count, find packages.",
    ),
    "record": ("sofra.sources.cli:record", True, "Load the public record from a file."),
    "worker": ("sofra.kernel.cli:worker", True, "Work off jobs until told to stop."),
}


#: What is raised where no database answers.
UNREACHED = {"OperationalError", "ConnectorException", "PoolTimeout"}


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        target, needs_django, _ = COMMANDS[cmd_name]
        if needs_django:
            _start_django()
        module, _, name = target.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in self.list_commands(ctx)])


def _start_django() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sofra.conf.settings")
    import django

    django.setup()


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sofra", prog_name="sofra")
def sofra() -> None:
    """Sofra runs a regional dialogue platform among states from end to end.

    Exit codes: 0 done, 1 findings, 2 bad input.

    \b
    Example:
      sofra serve --port 8000
    """


def main() -> None:
    """Run the command; what an operator can mend is told in one sentence, without a traceback."""
    from sofra.kernel.ground.troubles import Trouble

    try:
        code = sofra.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        print("sofra: stopped before it was done; nothing was kept by halves.", file=sys.stderr)
        code = 2
    except Trouble as trouble:
        print(f"sofra: {trouble}", file=sys.stderr)
        code = 2
    except Exception as error:
        # By name: drivers, Django and the worker each have their own, and none of them is imported for this.
        if type(error).__name__ not in UNREACHED:
            raise
        told = next(iter(str(error).strip().splitlines()), "no reason given")
        print(
            f"sofra: The database does not answer ({told}); nothing was done. "
            "Start the house with sofra serve, or correct SOFRA_DATA or SOFRA_DATABASE_URL.",
            file=sys.stderr,
        )
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
