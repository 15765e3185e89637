"""Where assumptions come from: for each company a table of joint draws that agree with what is published of its kind.

`scenarios/ensembles/<company>.csv` for a shipped company, `<company>.ensemble.csv` beside a file of the user's own. A
company without one takes that of the company it extends, in the end that of the reference company. The command
`ensemble` makes such tables, `calibrate` makes one out of a company's own data.
"""

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import scenarios
from experiments.designs.assumptions import Assumptions
from experiments.designs.uncertain_inputs import uncertain
from experiments.statistics.paired import Values
from experiments.wording.parameters import declared
from scenarios import Scenario
from scenarios.input_errors import InputError
from scenarios.loader import COMPANIES
from scenarios.plausibility import values_at

SHIPPED = Path(scenarios.__file__).parent / "ensembles"
SUFFIX = ".ensemble.csv"
LAST_RESORT = "reference"
_SEED = "seed"


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Joint draws, the world in which each was accepted, and `about`: what they were made of, in words for machines."""

    assumptions: Assumptions
    seeds: tuple[int, ...]
    about: Mapping[str, Any]


def assumptions_for(
    company: str | Path, base: Scenario, changed: Collection[str] = (), *, fixed: bool = False
) -> Assumptions | None:
    """What is to be drawn for a company: all that its ensemble has and that neither its files nor a change settle.

    What a file says is settled, also where it says the default; but draws that were made of a company's own data go
    before what its file says there, unless a younger file says it again. None if nothing is to be drawn: `fixed`, or
    nothing left open. Raises InputError for a table that cannot be read.
    """
    if fixed:
        return None
    file, place = _place_of(company)
    drawn = read_ensemble(place).assumptions
    said, said_since = _said_by_files(company, file)
    by_hand = _in_full(base, changed)
    told = drawn.told - by_hand - said_since
    return replace(drawn, told=told).left_open_by(base, by_hand | (said - told))


def check_draws(assumptions: Assumptions | None, n_replications: int, option: str = "runs") -> None:
    """Raise InputError for more replications than there are draws: repeated draws would look surer than they are."""
    if assumptions is not None and n_replications > assumptions.n_draws:
        raise InputError(
            f"{option}: {n_replications:,} replications need as many draws of the assumptions, and there are "
            f"{assumptions.n_draws:,} ({assumptions.name}); ask for fewer, or keep the assumptions with --fixed"
        )


def usual_runs(company: str | Path, usual: int, *, fixed: bool = False, times: int = 1) -> int:
    """Replications if nobody says how many: the usual number, or as many as the draws allow `times` over."""
    if fixed:
        return usual
    try:
        n_draws = ensemble_of(company).assumptions.n_draws
    except InputError:  # the plan is going to say what is wrong
        return usual
    return min(usual, max(1, n_draws // times))


def _in_full(base: Scenario, changed: Collection[str]) -> set[str]:
    """Changed paths, those with a * as all they stand for."""
    return {
        ".".join(keys)
        for path in changed
        for keys, _ in ([((path,), None)] if "*" not in path else values_at(base, tuple(path.split("."))))
    }


def _said_by_files(company: str | Path, owner: Path) -> tuple[set[str], set[str]]:
    """Paths that the company's files say, and those that files younger than `owner` say."""
    said: set[str] = set()
    since: set[str] = set()
    is_since = True
    for file, document in zip(
        _file_and_parents(company), reversed(COMPANIES.family(COMPANIES.find(company))), strict=True
    ):
        is_since = is_since and file != owner
        paths = {".".join(place) for place in document.places}
        said |= paths
        since |= paths if is_since else set()
    return said, since


def ensemble_of(company: str | Path) -> Ensemble:
    """The ensemble of a company, or of the nearest company it extends. Raises InputError, ScenarioError."""
    return read_ensemble(_place_of(company)[1])


def _place_of(company: str | Path) -> tuple[Path, Path]:
    """The company file that has an ensemble, and where that lies."""
    for file in _file_and_parents(company):
        is_shipped = file.parent.resolve() == COMPANIES.folder.resolve()
        place = SHIPPED / f"{file.stem}.csv" if is_shipped else file.with_name(f"{file.stem}{SUFFIX}")
        if place.is_file():
            return file, place
    return COMPANIES.find(LAST_RESORT), SHIPPED / f"{LAST_RESORT}.csv"


def _file_and_parents(company: str | Path) -> Iterator[Path]:
    """The company's file, then what it extends, the youngest first."""
    file = COMPANIES.find(company)
    for document in reversed(COMPANIES.family(file)):
        yield file
        if "extends" in document.values:
            file = COMPANIES.find(str(document.values["extends"]), beside=file)


def read_ensemble(file: Path) -> Ensemble:
    """A table of draws; raises InputError where it is none, or has what no draw of an uncertain parameter can be."""
    try:
        known = file.stat()
    except OSError as error:
        raise InputError(f"{file} is no table of draws: {error}") from error
    return _read_once(file, file.resolve(), known.st_mtime_ns, known.st_size)


@cache
def _read_once(file: Path, place: Path, written_ns: int, size: int) -> Ensemble:
    """The table as it lies at a `place` since it was last written."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        about = dict(json.loads(lines[0].removeprefix("#")))
        told = frozenset(map(str, about.get("told", ())))
        heads = lines[1].split(",")
        rows = _numbers(heads, lines[2:])
        seeds = tuple(int(line.split(",")[0]) for line in lines[2:]) if heads[0] == _SEED else ()
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise InputError(f"{file} is no table of draws: {error}") from error
    wrong = _wrong_heads(heads, told) or _out_of_bounds(heads, rows)
    if wrong:
        raise InputError(f"{file} is no table of draws: {wrong}")
    model = str(about["model"]) if "model" in about else None
    warning = str(about["warning"]) if "warning" in about else None
    name = str(about.get("company", file.stem))
    return Ensemble(Assumptions(name, tuple(heads[1:]), rows[:, 1:], told, model, warning), seeds, about)


def _numbers(heads: Sequence[str], lines: Sequence[str]) -> Values:
    """The rows; raises ValueError that names the cell which is no number."""
    rows = [line.split(",") for line in lines]
    if not rows or any(len(row) != len(heads) for row in rows):
        raise ValueError("a row must have a seed and a number a parameter")
    for n, row in enumerate(rows, start=3):
        for head, cell in zip(heads, row, strict=True):
            if not _is_number(cell, is_whole=head == _SEED):
                raise ValueError(f'line {n} has "{cell.strip()}" for {head}, which is no {_KINDS[head == _SEED]}')
    return np.array(rows, dtype=np.float64)


_KINDS = {True: "whole number", False: "number"}


def _is_number(cell: str, *, is_whole: bool) -> bool:
    try:
        return math.isfinite(int(cell) if is_whole else float(cell))
    except ValueError:
        return False


def _wrong_heads(heads: Sequence[str], told: Collection[str]) -> str | None:
    """What is wrong with the names of the columns."""
    if heads[0] != _SEED:
        return f"its first column must be {_SEED}, not {heads[0]}"
    known = {one.path for one in uncertain()} | {path for path in told if declared(path) is not None}
    for place, path in enumerate(heads[1:], start=1):
        if path not in known:
            return f"{path} is no uncertain parameter"
        if path in heads[:place]:
            return f"there are two columns {path}"
    return None


def _out_of_bounds(heads: Sequence[str], rows: Values) -> str | None:
    """The first value that its parameter cannot have."""
    for path, column in zip(heads[1:], rows[:, 1:].T, strict=True):
        parameter = declared(path)
        assert parameter is not None
        for n, value in enumerate(column.tolist(), start=3):
            if not parameter.bounds.allow(value):
                return f"line {n} has {value:g} for {path}, which must be {parameter.bounds}"
    return None


def ensemble_text(ensemble: Ensemble) -> str:
    """The table as a file: a line of JSON that begins with #, heads, a row a draw."""
    drawn = ensemble.assumptions
    rows = [
        ",".join([str(seed), *(f"{value:.{DIGITS}g}" for value in row)])
        for seed, row in zip(ensemble.seeds, drawn.values.tolist(), strict=True)
    ]
    return "\n".join([f"# {json.dumps(dict(ensemble.about))}", ",".join([_SEED, *drawn.paths]), *rows, ""])


DIGITS = 4
"""Significant digits of a drawn value; draws are rounded before they are tried."""


def rounded(values: Any) -> Any:
    """Values as the file keeps them."""
    scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.maximum(np.abs(values), 1e-300))))
    return np.where(values == 0, 0.0, np.round(values * scale) / scale)
