"""`sofra lint` and `sofra entities`: names in a file, without a house, a server or a database."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from sofra.lexicon.engine.model import Lexicon

LANGUAGES = click.Choice(["en", "tr", "sq", "bs", "sr", "sr-latn", "mk", "cnr", "hr"])
SEVERITIES = ("breaks", "footnote", "discouraged")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option("--lang", "language", type=LANGUAGES, help="The declared language; needed to tell bs, cnr and sr apart.")
@click.option(
    "--profile", type=click.Path(path_type=Path, dir_okay=False), help="A profile file (docs/profile-file.md)."
)
@click.option("--viewpoint", "viewpoints", multiple=True, metavar="ID", help="Whose objections count; all without it.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The date of the text; today without it.")
@click.option("--format", "shape", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="discouraged",
    show_default=True,
    help="Exit 1 where a finding is as grave as this, or graver.",
)
def lint(
    file: Path,
    language: str | None,
    profile: Path | None,
    viewpoints: tuple[str, ...],
    day: datetime | None,
    shape: str,
    fail_on: str,
) -> None:
    """Say which names and terms in a text (TXT, DOCX or PDF; - is standard input) somebody objects to, who, and why.

    Nothing is stored or sent. Exit 0 nothing found, 1 findings, 2 bad input.

    \b
    Examples:
      sofra lint note.docx --lang en --viewpoint RS --viewpoint XK
      sofra lint - --profile ours.json --format json < statement.txt
    """
    from sofra.lexicon.engine import reporting
    from sofra.lexicon.engine.linting import Linter
    from sofra.lexicon.engine.profile_file import BadProfile, load_profile

    try:
        lexicon = _lexicon()
        _check_viewpoints(viewpoints, lexicon)
        linter = Linter(lexicon, load_profile(profile) if profile else None, viewpoints)
    except BadProfile as error:
        raise click.ClickException(str(error)) from error
    text = _read(file)
    on: date | None = day.date() if day else None
    findings = linter.lint(text, language, on)
    name = "stdin" if str(file) == "-" else str(file)
    if shape == "json":
        _say(reporting.as_json([reporting.finding_row(each) for each in findings]))
    elif shape == "sarif":
        from sofra import __version__

        _say(reporting.as_sarif(findings, text, name, __version__))
    elif findings:
        _say(reporting.findings_as_lines(findings, text, name))
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    sys.exit(int(any(finding.severity in grave for finding in findings)))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-")
@click.option("--lang", "language", type=LANGUAGES, help="The declared language; needed to tell bs, cnr and sr apart.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--topics", is_flag=True, help="Tell agenda themes too.")
def entities(file: Path, language: str | None, shape: str, topics: bool) -> None:
    """Say which parties, institutions, mechanisms, places and persons a text names, and where.

    Exit 0 done, 2 bad input.

    \b
    Example:
      sofra entities statement.txt --format json
    """
    from sofra.lexicon.engine import reporting
    from sofra.lexicon.engine.matching import Matcher

    lexicon = _lexicon()
    text = _read(file)
    matches = [
        match
        for match in Matcher(lexicon).find(text, language)
        if topics or lexicon.entities[match.entity].kind != "topic"
    ]
    if shape == "json":
        _say(reporting.as_json([reporting.match_row(match) for match in matches]))
    elif matches:
        _say(reporting.matches_as_lines(matches, text, "stdin" if str(file) == "-" else str(file)))


def _lexicon() -> Lexicon:
    from sofra.lexicon.engine.loading import load

    return load()


def _check_viewpoints(viewpoints: tuple[str, ...], lexicon: Lexicon) -> None:
    known = set(lexicon.entities) | {each.viewpoint for each in lexicon.objections if each.viewpoint}
    for viewpoint in viewpoints:
        if viewpoint not in known:
            raise click.BadParameter(f"There is no entity {viewpoint}.", param_hint="--viewpoint")


def _read(file: Path) -> str:
    from sofra.kernel.engine.refused import MOST
    from sofra.lexicon.engine.reading import CannotRead, read_file, read_text

    try:
        return read_text(sys.stdin.buffer.read(MOST + 1)) if str(file) == "-" else read_file(file)
    except CannotRead as error:
        raise click.ClickException(str(error)) from error


def _say(text: str) -> None:
    """To standard output in UTF-8, whatever the terminal; what is no valid Unicode as question marks."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
