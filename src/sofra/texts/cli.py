"""`sofra text`: negotiated texts on the command line, without a server. Exit 0 done, 1 findings, 2 bad input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

Asked = TypeVar("Asked", bound=Callable[..., None])

_FILE = click.Path(path_type=Path)
_LABELS = click.option(
    "--labels", "labels_file", type=_FILE, help="A file that names every label, one a line; any other is refused."
)
_OUT = click.option("-o", "--output", type=_FILE, help="Where to write; by its ending .txt, .json, .docx or .xml.")


class Bad(click.ClickException):
    """Bad input: one sentence, exit code 2."""

    exit_code = 2


def _told(command: Asked) -> Asked:
    """Bad input is told in one sentence, and nothing is written."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        from sofra.kernel.engine.refused import Refused
        from sofra.texts.engine.tree import BadText

        try:
            command(*args, **kwargs)
        except (BadText, Refused) as error:
            raise Bad(f"{error} Nothing was written.") from error
        except UnicodeEncodeError as error:
            raise Bad("The file holds half of a character, which no text can. Nothing was written.") from error
        except OSError as error:
            named = f"{error.filename}: " if error.filename else ""
            raise Bad(f"{named}{error.strerror or error}. Nothing was written.") from error

    return wrapped  # type: ignore[return-value]


@click.group()
def text() -> None:
    """Negotiated texts: compile drafts, read and write the bracket notation, compare, count, find packages.

    TXT holds one paragraph per block, blocks separated by a blank line, UTF-8.

    \b
    Example:
      sofra text compile base.txt --from AL=albania.docx --from RS=serbia.txt -o rolling.docx
    """


@text.command()
@click.argument("base", type=_FILE)
@click.option("--from", "drafts", multiple=True, metavar="LABEL=FILE", help="A delegation's wording; may be repeated.")
@click.option(
    "--format", "form", type=click.Choice(["txt", "json", "docx", "akn"]), help="The form, if OUT does not say."
)
@click.option("--brief", is_flag=True, help="Do not name those who keep the base where another changed it.")
@click.option("--title", default="", help="The title of an AKN or DOCX file.")
@_LABELS
@_OUT
@_told
def compile(
    base: Path,
    drafts: tuple[str, ...],
    form: str | None,
    brief: bool,
    title: str,
    labels_file: Path | None,
    output: Path | None,
) -> None:
    """Put the wordings of several delegations together into one text with brackets.

    BASE and each FILE are DOCX or TXT. A DOCX with tracked changes is taken as its author would have it, all changes
    accepted; as a BASE, with all changes rejected.

    \b
    Examples:
      sofra text compile base.txt --from EU=eu.txt --from US=us.docx
      sofra text compile base.docx --from EU=eu.docx -o rolling.docx
    """
    from sofra.texts.engine.collate import collate

    known = _labels(labels_file)
    wordings: dict[str, list[str]] = {}
    for draft in drafts:
        label, sign, name = draft.partition("=")
        label = label.strip()
        if not sign or not name:
            raise Bad(f"“{draft}” is not of the form LABEL=FILE. Nothing was written.")
        _check_label(label, known)
        if label in wordings:
            raise Bad(f"“{label}” is given twice. Nothing was written.")
        wordings[label] = _wording(Path(name), accepted=True)
    paragraphs = _wording(base, accepted=False)
    if any("[" in each for wording in (paragraphs, *wordings.values()) for each in wording):
        click.echo("The files hold square brackets; they are taken as words, not as open points.", err=True)
    _write(collate(paragraphs, wordings, brief=brief), _form(form, output), output, title=title or base.stem, base=base)


@text.command()
@click.argument("file", type=_FILE)
@click.option("--format", "form", type=click.Choice(["json", "txt"]), default="json", show_default=True)
@_LABELS
@_OUT
@_told
def parse(file: Path, form: str, labels_file: Path | None, output: Path | None) -> None:
    """Read a text in the notation and write its tree.

    \b
    Example:
      sofra text parse rolling.txt --format json
    """
    _write(_tree(file, _labels(labels_file)), form, output)


@text.command()
@click.argument("file", type=_FILE)
@click.option("--format", "form", type=click.Choice(["json", "txt"]), default="txt", show_default=True)
@_LABELS
@_OUT
@_told
def render(file: Path, form: str, labels_file: Path | None, output: Path | None) -> None:
    """Write a text in the notation, from the JSON that parse wrote or from the notation itself.

    \b
    Example:
      sofra text render rolling.json --format txt
    """
    _write(_tree(file, _labels(labels_file)), form, output)


@text.command()
@click.argument("file", type=_FILE)
@click.option("--party", metavar="LABEL", help="Whose wording; the base where none is named.")
@_LABELS
@_OUT
@_told
def project(file: Path, party: str | None, labels_file: Path | None, output: Path | None) -> None:
    """Print the wording of one party, plain; without --party, the base.

    FILE is TXT, JSON or the DOCX that compile wrote. A party that stands nowhere in the text has the base.

    \b
    Example:
      sofra text project rolling.docx --party US
    """
    from sofra.texts.engine.projecting import project as paragraphs_of
    from sofra.texts.engine.words import from_blocks

    known = _labels(labels_file)
    if party is not None:
        party = party.strip()
        _check_label(party, known)
    data = file.read_bytes()
    if _is_package(data):
        from sofra.texts.engine.docx import read_rolling

        paragraphs = read_rolling(data).wording(party)
    else:
        paragraphs = paragraphs_of(_tree(file, known), party)
    _put(from_blocks(paragraphs).encode(), output)


@text.command()
@click.argument("first", type=_FILE, metavar="A")
@click.argument("second", type=_FILE, metavar="B")
@click.option("--author", default="Redline", show_default=True, help="Whose the changes are, in a DOCX.")
@_OUT
@_told
def redline(first: Path, second: Path, author: str, output: Path | None) -> None:
    """Compare two versions word by word.

    A and B are DOCX (changes accepted) or TXT. Prints [-gone-] and {+new+}, moved paragraphs with their new place; with
    -o FILE.docx, writes tracked changes.

    \b
    Examples:
      sofra text redline first.txt second.txt
      sofra text redline first.docx second.docx -o changes.docx
    """
    from sofra.texts.engine.redline import compare, shown

    changes = compare(_wording(first, accepted=True), _wording(second, accepted=True))
    match _form(None, output):
        case "docx":
            from sofra.texts.engine.docx import redline_docx

            data = first.read_bytes()
            _put(redline_docx(changes, author, data if _is_package(data) else None), output)
        case "json":
            from sofra.texts.engine.redline import to_json

            _put(_json(to_json(changes)), output)
        case "txt":
            _put(shown(changes).encode(), output)
        case _:
            raise Bad("A redline is written as TXT, JSON or DOCX. Nothing was written.")


@text.command()
@click.argument("file", type=_FILE)
@click.option("--format", "form", type=click.Choice(["txt", "json"]), default="txt", show_default=True)
@_LABELS
@_OUT
@_told
def stats(file: Path, form: str, labels_file: Path | None, output: Path | None) -> None:
    """Count brackets, paragraphs by status, and who stands where.

    \b
    Example:
      sofra text stats rolling.txt --format json
    """
    from sofra.texts.engine.exchange import stats_to_json

    counted = stats_to_json(_tree(file, _labels(labels_file)))
    if _form(None, output) == "json" or form == "json":
        _put(_json(counted), output)
        return
    lines = []
    for heading in ("paragraphs", "brackets"):
        lines += [f"{heading}, {name}: {number}" for name, number in counted[heading].items()]
    lines.append(f"words of the base: {counted['words']}")
    lines += [f"brackets with {label}: {number}" for label, number in counted["labels"].items()]
    _put(("\n".join(lines) + "\n").encode(), output)


@text.command()
@click.argument("file", type=_FILE)
@click.option("--best", default=3, show_default=True, type=click.IntRange(1, 20), help="How many packages to show.")
@_OUT
@_told
def packages(file: Path, best: int, output: Path | None) -> None:
    """Find combinations of wordings to which no party objects, best first; exit 1 where there is none.

    FILE is JSON: brackets, their alternatives, and each party's position. Where there is no such combination, the smallest
    set of positions that stands in the way is printed.

    \b
    Example:
      sofra text packages positions.json
    """
    from sofra.texts.engine.consensus import answer_to_json, matrix_from_json, search

    matrix = matrix_from_json(_read_json(file))
    answer = search(matrix, best)
    _put(_json(answer_to_json(matrix, answer)), output)
    if not answer.packages:
        sys.exit(1)


@text.command()
@click.argument("file", type=_FILE)
@click.option("--key", "key_file", type=_FILE, help="The house's public key, as it publishes it: PEM, or base64.")
@_told
def verify(file: Path, key_file: Path | None) -> None:
    """Check an adopted version: its words, its digest, and the house's signature; exit 1 where one of them is wrong.

    FILE is JSON: the signed file of a version, or the JSON export of an adopted text. Without --key the signature is checked
    against the key that the file itself names; whose that is, its fingerprint has to tell.

    \b
    Example:
      sofra text verify statement-signed.en.json --key sofra-signing-key.pem
    """
    from sofra.kernel.signing import BadKey, fingerprint, read_public
    from sofra.texts.engine.adopted import verify as check

    key = None
    if key_file is not None:
        try:
            key = read_public(key_file.read_bytes())
        except BadKey as error:
            raise Bad(
                f"{key_file} is no public key of Ed25519, neither PEM nor base64. Nothing was checked."
            ) from error
    try:
        found = check(_read_json(file), key)
        lines = [f"Key: {fingerprint(found.key)}"]
    except BadKey as error:
        raise Bad(f"{file} names a key that is none. Nothing was checked.") from error
    said = found.adopted
    lines.insert(0, f"Text {said.text}, version {said.number}, in “{said.language}”, adopted at {said.at}.")
    if found.faults:
        click.echo("\n".join([*lines, *found.faults]))
        sys.exit(1)
    lines.append("The words are those that were adopted, and the signature is of them.")
    if found.beside:
        lines.append(f"{found.beside} more paragraphs stand in the file; the signature is not of them.")
    if key is None:
        lines.append(
            "The key is the one that the file names: compare its fingerprint with the one the house publishes."
        )
    click.echo("\n".join(lines))


# -- reading and writing


def _labels(file: Path | None) -> list[str] | None:
    if file is None:
        return None
    return [line.strip() for line in _utf8(file).splitlines() if line.strip()]


def _check_label(label: str, known: Sequence[str] | None) -> None:
    from sofra.texts.engine.brackets import is_label

    if known is not None and label not in known:
        raise Bad(f"“{label}” is not a label of this text. Who is it? Nothing was written.")
    if known is None and not is_label(label):
        raise Bad(
            f"“{label}” cannot be a label: it is short, begins each word large, and has none of ; , [ ] in it. "
            "Nothing was written."
        )


def _is_package(data: bytes) -> bool:
    return data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def _utf8(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Bad(f"{file} is not UTF-8 at byte {error.start}. Nothing was written.") from error


def _wording(file: Path, *, accepted: bool) -> list[str]:
    """The plain paragraphs of a TXT or DOCX."""
    from sofra.texts.engine.words import blocks

    data = file.read_bytes()
    if _is_package(data):
        from sofra.texts.engine.docx import as_blocks, read

        document = read(data)
        return as_blocks(document.accepted() if accepted else document.rejected())
    return blocks(_utf8(file))


def _tree(file: Path, known: Sequence[str] | None) -> Any:
    """The tree of a file: notation, JSON, or a DOCX that compile wrote."""
    from sofra.texts.engine.brackets import parse as read
    from sofra.texts.engine.exchange import from_json

    data = file.read_bytes()
    if _is_package(data):
        from sofra.texts.engine.docx import read_rolling

        return read_rolling(data).tree()
    written = _utf8(file)
    if file.suffix.lower() == ".json" or written.lstrip("\ufeff").startswith('{"format": "sofra.'):
        return from_json(_loaded(written, file))
    return read(written, known)


def _read_json(file: Path) -> Any:
    return _loaded(_utf8(file), file)


def _loaded(written: str, file: Path) -> Any:
    try:
        return json.loads(written)
    except ValueError as error:
        raise Bad(f"{file} is not JSON: {error}. Nothing was written.") from error
    except RecursionError as error:
        raise Bad(f"{file} is nested too deep to be read. Nothing was written.") from error


def _form(form: str | None, output: Path | None) -> str:
    if form:
        return form
    ending = output.suffix.lower() if output else ".txt"
    forms = {".txt": "txt", ".json": "json", ".docx": "docx", ".xml": "akn", ".akn": "akn"}
    if ending not in forms:
        raise Bad(f"“{ending}” is no form of a text; there are .txt, .json, .docx and .xml.")
    return forms[ending]


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _write(tree: Any, form: str, output: Path | None, title: str = "", base: Path | None = None) -> None:
    match form:
        case "txt":
            from sofra.texts.engine.brackets import render as written

            _put(written(tree).encode(), output)
        case "json":
            from sofra.texts.engine.exchange import to_json

            _put(_json(to_json(tree)), output)
        case "akn":
            from sofra.texts.engine.akn import statement

            _put(statement(tree, title), output)
        case _:
            from sofra.texts.engine.docx import rolling_docx

            data = base.read_bytes() if base else b""
            _put(rolling_docx(tree, data if _is_package(data) else None, title=title), output)


def _put(data: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data)
