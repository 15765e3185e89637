"""Points from a CSV file: a column for each parameter path, a row for each point."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.designs.dimension import Dimension, dimension_of
from scenarios import Scenario
from scenarios.input_errors import InputError
from scenarios.yaml_file import scalar

if TYPE_CHECKING:
    import pandas as pd

_MOST_MB = 200


def read_points(path: Path, base: Scenario) -> tuple["pd.DataFrame", list[Dimension]]:
    """The points of a file and what varies in it; raises InputError that names the line.

    Cells are written as in a company file: an empty one or null is null.
    """
    import pandas as pd

    heads, rows = _cells(path)
    points = pd.DataFrame({head: pd.Series([row[k] for row in rows], dtype=object) for k, head in enumerate(heads)})
    dimensions = []
    for head in heads:
        try:
            dimensions.append(dimension_of(head, list(dict.fromkeys(points[head])), base))
        except InputError as error:
            raise InputError(f"{path}, column {head}: {error}") from error
    return points, dimensions


def _cells(path: Path) -> tuple[list[str], list[list[Any]]]:
    try:
        if path.stat().st_size > _MOST_MB * 1e6:
            raise InputError(f"{path} has more than {_MOST_MB} MB; a list of points is shorter")
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), strict=True))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} is no CSV file in UTF-8 ({error})") from error
    if len(lines) < 2:
        raise InputError(f"{path} needs a line with parameter paths and at least one line with values")
    heads = [head.strip() for head in lines[0]]
    if len(set(heads)) < len(heads):
        raise InputError(f"{path}, line 1: a column is there twice")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(heads):
            raise InputError(f"{path}, line {number}: {len(line)} values for {len(heads)} columns")
        rows.append([_cell(text, path, number) for text in line])
    return heads, rows


def _cell(text: str, path: Path, number: int) -> Any:
    try:
        return scalar(text.strip())
    except ValueError as error:
        raise InputError(f"{path}, line {number}: {error}") from error
