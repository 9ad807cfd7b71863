"""`sofra bilaterals`: places bilaterals from a file, checks a schedule, explains it. No server, no database.

Exit codes: 0 done; 1 findings (rules are broken, the problem is infeasible, no schedule was found); 2 bad input.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from sofra.bilaterals.engine.problem import Problem, Progress, Result

FILE = click.Path(path_type=Path)


@click.group()
def bilaterals() -> None:
    """Place bilaterals from a file, with no server.

    \b
    Example:
      sofra bilaterals solve problem.json -o result.json --seconds 10
    """


@bilaterals.command()
@click.argument("problem", type=FILE)
@click.option("-o", "--output", type=FILE, help="Where the result goes; without it, standard output.")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1, max=86_400), default=10.0, show_default=True, help="Wall time."
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="1 gives the same each time.")
@click.option(
    "--published", type=FILE, help="The published result, whose meetings are moved or dropped at their price."
)
@click.option("--from-xlsx", is_flag=True, help="PROBLEM is a workbook.")
def solve(
    problem: Path, output: Path | None, seconds: float, seed: int, workers: int, published: Path | None, from_xlsx: bool
) -> None:
    """Place the requests of PROBLEM. Progress goes to standard error.

    Exit 0: a schedule; 1: infeasible, or none was found in the time (the result says which and why); 2: bad input.

    \b
    Examples:
      sofra bilaterals solve problem.json -o result.json
      sofra bilaterals solve late.json --published result.json -o new.json --seconds 5
      sofra bilaterals solve week.xlsx --from-xlsx -o result.json
    """
    from sofra.bilaterals.engine.reading import BadProblem, load_result
    from sofra.bilaterals.engine.solve import solve as search
    from sofra.bilaterals.engine.writing import as_text, write_result

    try:
        given = _problem(problem, from_xlsx)
        told = load_result(published) if published is not None else None
        if output is not None and not output.parent.is_dir():
            raise BadProblem(str(output), ["its folder does not exist; nothing was solved."])
    except BadProblem as error:
        _refuse(error)
    result = search(given, seconds=seconds, seed=seed, workers=workers, published=told, on_progress=_Told())
    if output is None:
        click.echo(as_text(result), nl=False)
    else:
        try:
            write_result(result, output)
        except OSError as error:
            click.echo(f"{output} cannot be written ({error.strerror}); nothing was kept.", err=True)
            sys.exit(2)
    click.echo(_summary(result), err=True)
    sys.exit(0 if result.status in ("optimal", "feasible") else 1)


@bilaterals.command()
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.option("--published", type=FILE, help="What moved and dropped meetings are counted from.")
@click.option("--from-xlsx", is_flag=True, help="PROBLEM is a workbook.")
def check(problem: Path, result: Path, published: Path | None, from_xlsx: bool) -> None:
    """Check RESULT against every rule of PROBLEM, independently of what found it. Exit 0: all kept; 1: the broken ones.

    \b
    Example:
      sofra bilaterals check problem.json result.json
    """
    from sofra.bilaterals.engine.check import check as look
    from sofra.bilaterals.engine.reading import BadProblem, load_result

    try:
        given, schedule = _problem(problem, from_xlsx), load_result(result)
        told = load_result(published) if published is not None else None
    except BadProblem as error:
        _refuse(error)
    broken = look(given, schedule, told)
    for each in broken:
        click.echo(each)
    if broken:
        sys.exit(1)
    click.echo(f"Every rule is kept: {len(schedule.placed)} held, {len(schedule.unplaced)} not.")


@bilaterals.command()
@click.argument("problem", type=FILE)
@click.argument("result", type=FILE)
@click.argument("request")
@click.option("--from-xlsx", is_flag=True, help="PROBLEM is a workbook.")
def explain(problem: Path, result: Path, request: str, from_xlsx: bool) -> None:
    """Say why REQUEST is not held in RESULT: the smallest set of facts that stand in its way.

    \b
    Example:
      sofra bilaterals explain problem.json result.json m7
    """
    from sofra.bilaterals.engine.check import check as look
    from sofra.bilaterals.engine.reading import BadProblem, load_result
    from sofra.bilaterals.engine.solve import explain as say

    try:
        given, schedule = _problem(problem, from_xlsx), load_result(result)
        if request not in {each.id for each in given.requests}:
            raise BadProblem(str(problem), [f"there is no request “{request}”."])
    except BadProblem as error:
        _refuse(error)
    if broken := look(given, schedule):
        click.echo(
            f"{result} breaks rules of {problem}, so nothing can be said from it. The first: {broken[0]}", err=True
        )
        sys.exit(2)
    click.echo(f"{request}: {say(given, schedule, request).reason}")


def _problem(path: Path, from_xlsx: bool) -> Problem:
    from sofra.bilaterals.engine.reading import load_problem
    from sofra.bilaterals.engine.sheet import load_sheet

    return load_sheet(path) if from_xlsx else load_problem(path)


def _refuse(error: Exception) -> NoReturn:
    click.echo(str(error), err=True)
    sys.exit(2)


def _summary(result: Result) -> str:
    if result.status in ("infeasible", "unknown"):
        return f"{result.status}: {result.reason or 'no schedule was found in the time given.'}"
    bound = "no bound" if result.bound is None else f"bound {result.bound}"
    return (
        f"{result.status}: {len(result.placed)} held, {len(result.unplaced)} not; cost {result.cost.total} "
        f"(missed {result.cost.missed}, gaps {result.cost.gap}), {bound}; ended by {result.ended}."
    )


class _Told:
    """Writes progress to standard error, once a second at most."""

    def __init__(self) -> None:
        self._last = -1.0

    def __call__(self, progress: Progress) -> None:
        if progress.seconds - self._last < 1.0:
            return
        self._last = progress.seconds
        best = "none yet" if progress.best is None else str(progress.best)
        bound = "none yet" if progress.bound is None else str(progress.bound)
        click.echo(f"{progress.seconds:6.1f} s  {progress.doing}: best {best}, bound {bound}", err=True)
