"""`sofra order`: parties in order, one per line. No server, no database."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sofra.lexicon.engine.model import Lexicon
    from sofra.lexicon.engine.profile_file import ProfileFile

LANGUAGES = click.Choice(["en", "tr", "sq", "bs", "sr", "sr-latn", "mk", "cnr"])
#: What is said where the shipped lexicon stands in for a profile.
UNAPPROVED = (
    "No profile was given: these are forms that sources use, taken from the shipped lexicon; no party has approved them. "
    "For what is issued, give the profile with --profile."
)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--lang", "language", type=LANGUAGES, required=True, help="The language of the designations.")
@click.option("--alphabet", type=LANGUAGES, help="Whose alphabet decides, where it is not that of --lang.")
@click.option(
    "--basis",
    type=click.Choice(["alphabetical", "rank", "protocol", "rotation", "lot", "list", "persons"]),
    help="What the order rests on; the profile's, else alphabetical.",
)
@click.option("--host", help="The host, who stands first (with --basis protocol: whose alphabet decides).")
@click.option("--host-first/--host-in-place", default=None, help="Whether the host stands first.")
@click.option(
    "--profile", type=click.Path(path_type=Path, dir_okay=False), help="The profile file with the designations."
)
@click.option(
    "--office", multiple=True, metavar="ID=RANK[:DATE]", help="Rank of the head (1 the highest), and since when."
)
@click.option("--by-rank", is_flag=True, help="Higher ranks before lower ones, the basis within each.")
@click.option("--first", help="Who begins a rotation.")
@click.option("--seed", help="The seed of a lot; without it one is made and told.")
@click.option("--commitment", help="What the seed was committed to before; refused where it is another.")
@click.option("--record", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the record of a lot.")
def order(
    ids: tuple[str, ...],
    language: str,
    alphabet: str | None,
    basis: str | None,
    host: str | None,
    host_first: bool | None,
    profile: Path | None,
    office: tuple[str, ...],
    by_rank: bool,
    first: str | None,
    seed: str | None,
    commitment: str | None,
    record: Path | None,
) -> None:
    """Put parties in order: a line for each, its id, a tab and its designation. What the order rests on is told in one
    sentence, in the language of --lang, on standard error.

    \b
    Example:
      sofra order --lang sr-latn TR AL BA XK ME MK RS
      sofra order --lang en --alphabet tr --host TR TR AL BA
    """
    from sofra.lexicon.engine import explaining, lots, ordering
    from sofra.lexicon.engine.checking import BadLexicon
    from sofra.lexicon.engine.profile_file import BadProfile, OrderRule, load_profile

    try:
        held = load_profile(profile) if profile else None
        rule = held.order if held else OrderRule()
        basis = basis or rule.basis or "alphabetical"
        host = host or rule.host
        if host_first is None:
            host_first = bool(host) and (basis != "protocol" if rule.host_first is None else rule.host_first)
        if basis == "protocol" and not (alphabet or rule.language or host in ordering.PROTOCOL):
            raise ordering.CannotOrder(
                f"Which language the protocol of {host} uses is not settled here; say it with --alphabet."
                if host
                else "An order by the host's protocol needs the host; say it with --host."
            )
        letters = alphabet or rule.language or (ordering.PROTOCOL[host] if basis == "protocol" else language)
        if basis == "lot":
            seed = seed or rule.seed or secrets.token_hex(16)
            if commitment and lots.commitment(seed) != commitment.strip().lower():
                raise ordering.CannotOrder("The seed is not the one that was committed to.")
        names, texts, marks = _names(ids, held, language, letters)
        offices = {key: (value.rank, value.since) for key, value in rule.offices.items()} | _offices(office)
        persons = {key: value.person for key, value in rule.offices.items() if value.person}
        if held and held.persons_only:
            texts, names = {}, {each: persons.get(each, "") for each in ids}
            basis = basis if basis == "list" else "persons"
        asked = ordering.Asked(
            basis, letters, texts, host or "", host_first, by_rank or rule.by_bands, offices, rule.listed,
            first or rule.first, seed or "", persons,
        )  # fmt: skip
        ordered = ordering.order(ids, asked)
    except (BadProfile, BadLexicon, ordering.CannotOrder, lots.BadLot) as error:
        raise click.ClickException(str(error)) from error
    if not held:
        click.echo(UNAPPROVED, err=True)
    click.echo(explaining.explain(ordered, language, names), err=True)
    if marks and held:
        click.echo(f"* {held.footnote[language]}", err=True)
    if ordered.draw:
        written = json.dumps(asdict(ordered.draw), ensure_ascii=False, indent=1)
        if record:
            try:
                record.write_text(written + "\n", "utf-8")
            except OSError as error:
                raise click.ClickException(
                    f"{record} cannot be written: {error.strerror}. Nothing was drawn."
                ) from error
        click.echo(f"Seed {ordered.draw.seed}, committed to as {ordered.draw.commitment}.", err=True)
    lines = [f"{each}\t{names[each]}{'*' if each in marks else ''}\n" for each in ordered.ids]
    # As bytes: what a terminal's encoding lacks must not stop the line of a party.
    click.echo("".join(lines).encode("utf-8"), nl=False)


def _names(
    ids: tuple[str, ...], held: ProfileFile | None, language: str, letters: str
) -> tuple[dict[str, str], dict[str, str], set[str]]:
    """Designations to print, those to order by, and the parties whose names carry the footnote. Raises CannotOrder."""
    from sofra.lexicon.engine.ordering import CannotOrder

    if held is None:
        from sofra.lexicon.engine.loading import load

        lexicon = load()
        return _admitted(ids, lexicon, language), _admitted(ids, lexicon, letters), set()
    if held.persons_only:
        return {}, {}, set()
    for tongue in {language, letters}:
        if missing := [each for each in ids if held.designated(each, tongue) is None]:
            raise CannotOrder(
                f"The profile has no designation in {tongue} for {', '.join(missing)}; another language does not stand in."
            )
    found = {tongue: {each: held.designations[each][tongue] for each in ids} for tongue in {language, letters}}
    return (
        {key: value.text for key, value in found[language].items()},
        {key: value.text for key, value in found[letters].items()},
        {key for key, value in found[language].items() if value.footnote},
    )


def _admitted(ids: tuple[str, ...], lexicon: Lexicon, language: str) -> dict[str, str]:
    """Of each entity the first name in a language that the lexicon holds for lists, in use today and of no one viewpoint."""
    from sofra.lexicon.engine.ordering import CannotOrder

    today, names = date.today(), {}
    script = "Cyrl" if language in ("mk", "sr") else "Latn"
    for each in ids:
        if each not in lexicon.entities:
            raise CannotOrder(f"The lexicon has no entity {each}.")
        for one in lexicon.entities[each].designations:
            if (
                one.language == language
                and one.script == script
                and one.kind == "name"
                and not (one.abbreviation or one.former or one.viewpoint)
                and one.status in ("agreed", "admitted")
                and "list" in one.contexts
                and one.valid_on(today)
            ):
                names[each] = one.form
                break
        else:
            raise CannotOrder(f"The lexicon has no name in {language} for {each}; another language does not stand in.")
    return names


def _offices(given: tuple[str, ...]) -> dict[str, tuple[int | None, date | None]]:
    found: dict[str, tuple[int | None, date | None]] = {}
    for each in given:
        party, _, rest = each.partition("=")
        rank, _, since = rest.partition(":")
        try:
            found[party] = (int(rank), date.fromisoformat(since) if since else None)
        except ValueError as error:
            raise click.BadParameter(
                f"“{each}” is not written as ID=RANK or ID=RANK:DATE, such as AL=1:2024-05-02.", param_hint="--office"
            ) from error
    return found
