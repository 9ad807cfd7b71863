"""`sofra lexicon`: the shipped lexicon in other formats, files of others taken in, profile files. No server, no database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def lexicon() -> None:
    """Export and import the lexicon; write profile files to fill in.

    \b
    Example:
      sofra lexicon export --format tbx -o sofra.tbx
    """


@lexicon.command("export")
@click.option("--format", "kind", type=click.Choice(["json", "tbx", "vale"]), required=True, help="The format.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="A file; for vale a folder or a .zip. Else it is printed."
)
@click.option("--lexicon", "source", type=_FILE, help="A lexicon's JSON in place of the shipped one.")
def export(kind: str, output: Path | None, source: Path | None) -> None:
    """Write the lexicon: json (all of it), tbx (terms, for terminology tools), vale (a style for the prose linter).

    \b
    Example:
      sofra lexicon export --format json -o lexicon.json
      sofra lexicon export --format vale -o sofra-vale.zip
    """
    from sofra.lexicon.engine.checking import BadLexicon
    from sofra.lexicon.engine.loading import load

    try:
        held = load(source)
    except (BadLexicon, OSError) as error:
        raise click.ClickException(f"{source or 'The shipped lexicon'} cannot be used: {error}") from error
    if kind == "vale":
        from datetime import date

        from sofra.lexicon.engine.exchange import vale

        if output is None:
            raise click.UsageError(
                "A style for Vale is several files; say where with -o: a folder, or a name ending in .zip."
            )
        _write_all(vale.export(held, date.today()), output)
    elif kind == "tbx":
        from sofra.lexicon.engine.exchange import tbx

        _write(tbx.export(held), output)
    else:
        from sofra.lexicon.engine.exchange.own import to_data
        from sofra.lexicon.engine.writing import dump

        _write(dump(to_data(held)), output)


@lexicon.command("import")
@click.argument("file", type=_FILE)
@click.option("-o", "--output", type=_FILE, help="Where to write the lexicon; else it is printed.")
def import_(file: Path, output: Path | None) -> None:
    """Take in a lexicon's JSON or a TBX file: it is checked, and written as a lexicon's JSON. Terms of TBX do not inflect
    until paradigms are added. The shipped lexicon is not changed; exit code 2 where the file is refused.

    \b
    Example:
      sofra lexicon import ministry.tbx -o ministry.json
    """
    from sofra.lexicon.engine import loading
    from sofra.lexicon.engine.checking import BadLexicon
    from sofra.lexicon.engine.exchange import own, tbx
    from sofra.lexicon.engine.writing import dump

    try:
        with file.open("rb") as stream:
            data = stream.read(tbx.MOST + 1)
        if len(data) > tbx.MOST:
            raise tbx.BadExchange(f"it is longer than {tbx.MOST // 1_000_000} MB, the most that is read.")
        is_xml = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
        held = loading.read(tbx.read(data) if is_xml else json.loads(data.decode("utf-8-sig")))
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
        raise click.ClickException(f"{file} was refused: it is neither TBX nor JSON in UTF-8.") from error
    except (BadLexicon, tbx.BadExchange) as error:
        raise click.ClickException(f"{file} was refused: {error}") from error
    _write(dump(own.to_data(held)), output)
    written = sum(1 for each in held.designations() if not each.derived)
    click.echo(
        f"Entities: {len(held.entities)}, designations: {written}, objections: {len(held.objections)}.", err=True
    )


@lexicon.group()
def profile() -> None:
    """Profile files: the names, order and footnote agreed for a meeting.

    \b
    Example:
      sofra lexicon profile new -o profile.json
    """


@profile.command("new")
@click.option("--parties", default="", help="Ids with commas between, such as TR,AL,BA; else those of the platform.")
@click.option("--languages", default="en,tr,sq,bs,sr,sr-latn,mk,cnr", help="Languages with commas between.")
@click.option("-o", "--output", type=_FILE, help="Where to write it; else it is printed.")
def new(parties: str, languages: str, output: Path | None) -> None:
    """Write a profile file to fill in. Nothing in it is chosen: it is refused until somebody has filled it in.

    \b
    Example:
      sofra lexicon profile new --parties TR,AL,BA --languages en,tr -o profile.json
    """
    from sofra.lexicon.engine.profile_file import LANGUAGES, template

    named = _listed(parties) or ["AL", "BA", "ME", "MK", "RS", "TR", "XK"]
    tongues = _listed(languages)
    if unknown := [each for each in tongues if each not in LANGUAGES]:
        raise click.BadParameter(f"there is no language {unknown[0]}; there are {', '.join(LANGUAGES)}.")
    _write(json.dumps(template(named, tongues), ensure_ascii=False, indent=1) + "\n", output)


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text.encode("utf-8"), nl=False)
        return
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error


def _write_all(files: Mapping[str, str], output: Path) -> None:
    """Files into a folder, or into a ZIP archive that is the same for the same lexicon."""
    try:
        if output.suffix == ".zip":
            from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

            with ZipFile(output, "w") as archive:
                for path, text in files.items():
                    archive.writestr(ZipInfo(path), text.encode("utf-8"), ZIP_DEFLATED)
        else:
            for path, text in files.items():
                place = output / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error
