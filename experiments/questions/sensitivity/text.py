"""A sensitivity analysis in plain sentences: what matters, what does not, whether the sample was enough."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.reporting.figure_style import rows_of
from experiments.wording.numbers import amount, counted, name_of, number, percent, sentence
from experiments.wording.parameters import parameter_words

if TYPE_CHECKING:
    from experiments.questions.sensitivity.result import Sensitivity

_MOST_NAMED = 3
_WIDEST = 0.5  # of an interval of a share that says anything


def outcome_in_words(sensitivity: "Sensitivity") -> str:
    """`contribution`, or `contribution of aligned minus that of undefined`."""
    question = sensitivity.question
    of = f" of {question.practices or 'today'}" if question.against or question.practices else ""
    return f"{name_of(question.outcome)}{of}{f' minus {question.against}' if question.against else ''}"


def headline(sensitivity: "Sensitivity") -> str:
    """The input that matters most."""
    if not np.isfinite(sensitivity.effects.size).any():
        return f"No answer: {_why_not(sensitivity)}"
    if sensitivity.is_constant:
        return f"{sentence(outcome_in_words(sensitivity))} is the same at every point: nothing moves it"
    first = parameter_words(ranked(sensitivity).iloc[0]["parameter"])
    return f"{sentence(outcome_in_words(sensitivity))} hangs most on {first}"


def in_sentences(sensitivity: "Sensitivity") -> tuple[str, ...]:
    """What matters; what does not; whether the sample was enough."""
    if not np.isfinite(sensitivity.effects.size).any():
        return (f"Nothing can be said: {_why_not(sensitivity)}.",)
    if sensitivity.is_constant:
        return (f"{headline(sensitivity)}.",)
    said = [f"What it hangs on: {'; '.join(_input_in_words(sensitivity, row) for row in leading(sensitivity))}."]
    rest = sensitivity.table.iloc[sensitivity.question.keep :]
    if len(rest):
        most = amount(float(rest["size"].max()), unit_of(sensitivity))
        said.append(
            f"What matters less: {counted(len(rest), 'input')} move it by {most} or less each, over a whole range."
        )
    return (*said, _how_sure(sensitivity))


def _why_not(sensitivity: "Sensitivity") -> str:
    """Too few runs, or runs of which the outcome is not known."""
    if len(sensitivity.runs) and np.isnan(sensitivity.screening.output).all():
        return f"{outcome_in_words(sensitivity)} is not defined in these runs"
    return "too few runs were lived to their end"


def ranked(sensitivity: "Sensitivity") -> pd.DataFrame:
    """Inputs with the most important first: by total index where known, then by effect."""
    if not sensitivity.has_shares:
        return sensitivity.table
    return sensitivity.table.sort_values(["total", "size"], ascending=False, kind="stable", ignore_index=True)


def leading(sensitivity: "Sensitivity") -> list[Any]:
    """The inputs worth naming."""
    return list(rows_of(ranked(sensitivity).head(_MOST_NAMED)))


def _input_in_words(sensitivity: "Sensitivity", row: Any) -> str:
    moves = "raises" if row.mean > 0 else "lowers"
    effect = amount(abs(row.mean), unit_of(sensitivity))
    total = getattr(row, "total", float("nan"))
    share = f", {share_in_words(total, row.total_error)} with all it does" if total == total else ""
    span = f"from {value_in_words(row.low)} to {value_in_words(row.high)}"
    return f"{parameter_words(row.parameter)} {span} {moves} it by {effect} on average{share}"


def share_in_words(share: float, error: float) -> str:
    """`35 % to 55 % of the variance`; a share whose interval spans more than half of everything is not known."""
    low, high = max(0.0, share - error), min(1.0, share + error)
    if not high - low <= _WIDEST:
        return "a share of the variance that is not known yet"
    return f"{100 * low:.0f} % to {100 * high:.0f} % of the variance"


def _how_sure(sensitivity: "Sensitivity") -> str:
    known, stage = sensitivity.indices, sensitivity.sobol
    if known is None or stage is None or not sensitivity.has_shares:
        return "How sure: the shares of variance are not known; the effects are, with the intervals shown."
    if sensitivity.moved_by_half != sensitivity.moved_by_half:
        return f"How sure: half of {counted(known.n, 'base point')} says nothing; give more --points."
    enough = "enough" if sensitivity.is_converged else "not enough; give more --points"
    luck = f"; luck makes {percent(stage.luck)} of the variance between points" if stage.luck == stage.luck else ""
    return (
        f"How sure: from half of {counted(known.n, 'base point')} to all of them no total share moved by "
        f"more than {percent(sensitivity.moved_by_half)}, which is {enough}{luck}."
    )


def unit_of(sensitivity: "Sensitivity") -> str:
    """The unit of the outcome."""
    from simulation.outcomes import OUTCOMES

    return OUTCOMES[sensitivity.question.outcome].unit


def value_in_words(value: Any) -> str:
    """An end of a range."""
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
