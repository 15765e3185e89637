"""Replications in batches until the gap between the best two variants is known well enough, or the cap is met."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from experiments.designs.assumptions import Assumptions
from experiments.designs.design import Design
from experiments.designs.run_table import DECISION
from experiments.statistics.paired import Values
from experiments.statistics.sequential import Precision, look, next_batch
from experiments.studies.study import DesignRuns, Study


def within(precision: Precision, assumptions: Assumptions | None) -> Precision:
    """The precision with no more replications than there are draws: repeated ones would look surer than they are."""
    if assumptions is None:
        return precision
    most = min(precision.most, assumptions.n_draws)
    return replace(precision, most=most, fewest=min(precision.fewest, most))


def grown(  # noqa: PLR0913  # what is asked, and how its rows are read
    study: Study,
    design: Callable[[Sequence[int]], Design],
    seed: int,
    precision: Precision,
    names: Sequence[str],
    values_of: Callable[[DesignRuns], Values] = lambda runs: runs.values(DECISION),
) -> list[DesignRuns]:
    """The steps that were made; `names` are those of the rows of `values_of`, variants x worlds."""
    steps: list[DesignRuns] = []
    n_replications, more = 0, precision.fewest
    while more:
        first = seed + n_replications
        steps.append(study.run_design(design(range(first, first + more)), n_to_come=None))
        values = np.concatenate([values_of(one) for one in steps], axis=1)
        if study.is_interrupted or np.isnan(values).all():
            break
        n_replications += more
        more = next_batch(look(dict(zip(names, values, strict=True)), precision), precision)
    return steps
