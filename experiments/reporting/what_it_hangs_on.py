"""On which assumptions an answer hangs most: as a table, in a sentence, and for readers with how to find out."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from experiments.designs.assumptions import Assumptions
from experiments.reporting.figure_style import rows_of
from experiments.reporting.report import ShownTable
from experiments.statistics.hanging import hangs_on
from experiments.statistics.paired import Values
from experiments.wording.language import say, term
from experiments.wording.numbers import euro_known, in_brackets, listed, written
from experiments.wording.parameters import parameter_words, rounded
from scenarios.measuring import how_to_measure

_COLUMNS = ["parameter", "correlation", "low", "high", "gain_low", "gain_high", "best_low", "best_high"]


def hanging_table(
    drawn: Assumptions | None,
    seeds: Sequence[int],
    gain: Values,
    best_in: Callable[[Values], str] = lambda some: "",
) -> pd.DataFrame:
    """The assumptions on which a gain (EUR a year, one a seed) hangs most, a row each, strongest first.

    Columns: parameter, correlation (of ranks), low and high (a third of the draws lies below and above), gain_low and
    gain_high (mean gain there), best_low and best_high (what `best_in` says of these replications).
    """
    if drawn is None or not len(gain):
        return pd.DataFrame(columns=_COLUMNS)
    values = drawn.values[[drawn.number_of(seed) for seed in seeds]]
    rows = []
    for one in hangs_on(values, gain):
        sides = (one.in_lower, one.in_upper)
        gains = [float(np.nanmean(gain[side])) for side in sides]
        rows.append(
            (drawn.paths[one.place], one.correlation, one.low, one.high, *gains, *(best_in(side) for side in sides))
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


def hanging_words(table: pd.DataFrame, doubt: float, n_replications: int, best: str = "") -> str:
    """The same in a sentence: each assumption, where the gain is smaller, how small, and who is `best` there instead.

    `doubt` is half an interval of the gain, EUR.
    """
    if table.empty:
        return say(
            "What it hangs on: no single assumption can be told apart in {n} replications.", n=written(n_replications)
        )
    parts = []
    for row in rows_of(table):
        is_worse_low = row.gain_low < row.gain_high
        at = _below(row.low) if is_worse_low else _above(row.high)
        gain, other = (row.gain_low, row.best_low) if is_worse_low else (row.gain_high, row.best_high)
        told = {"at": at, "gain": euro_known(gain, doubt / 2, signed=True)}
        inside = say("{at} {gain} a year", **told)
        if other != best:
            inside = say("{at} {gain} a year, and {other} earns most there", other=term(other), **told)
        parts.append(in_brackets(parameter_words(row.parameter), inside))
    return say("What it hangs on most: {parts}.", parts=listed(parts))


def _below(value: float) -> str:
    return say("below {value}", value=rounded(value))


def _above(value: float) -> str:
    return say("above {value}", value=rounded(value))


def hanging_shown(table: pd.DataFrame, doubt: float) -> ShownTable:
    """The same for readers, with how a company could find out where it stands."""

    def side(at: str, gain: float, best: str) -> str:
        """`below 0.2: +€0.3 M, aligned earns most`."""
        told = {"at": at, "gain": euro_known(gain, doubt / 2, signed=True)}
        return say("{at}: {gain}, {best} earns most", best=term(best), **told) if best else say("{at}: {gain}", **told)

    rows = [
        (
            f"{parameter_words(row.parameter)} ({row.parameter})",
            side(_below(row.low), row.gain_low, row.best_low),
            side(_above(row.high), row.gain_high, row.best_high),
            term(how_to_measure(row.parameter)),
        )
        for row in rows_of(table)
    ]
    heads = (
        say("Assumption"),
        say("In the lowest third of its draws"),
        say("In the highest third"),
        say("How to find out"),
    )
    return ShownTable(heads, rows, words=4)
