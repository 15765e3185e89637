"""The figures of a comparison, in the order in which a reader asks."""

import pandas as pd

from experiments.questions.compare.result import Comparison
from experiments.reporting import figures, figures_funnel
from experiments.reporting.figure_style import Exhibit
from experiments.reporting.page_parts import ANSWER, COMES_FROM, SURE


def exhibits(comparison: Comparison) -> list[Exhibit]:
    """What earns most, how sure that is, where it comes from, and how it develops; nothing without a common world."""
    if not comparison.n_replications:
        return []
    order = list(comparison.variants)
    shown = [
        figures.money(comparison.money, comparison.reference, comparison.n_replications).in_part(ANSWER),
        figures.differences(comparison.pairs_table(_pairs_worth_showing(comparison))).in_part(SURE),
        figures.luck(_gaps(comparison)).in_part(SURE),
        figures.bridge(
            comparison.bridge(comparison.best, comparison.reference), comparison.best, comparison.reference
        ).in_part(COMES_FROM),
        figures_funnel.funnel(comparison.summary, comparison.best, comparison.reference),
    ]
    shown += [
        figures_funnel.hours(comparison.hours, side, order) for side in ("sales", "marketing") if len(comparison.hours)
    ]
    return [*shown, figures_funnel.development(comparison.quarters)] if len(comparison.quarters) else shown


def _pairs_worth_showing(comparison: Comparison) -> list[tuple[str, str]]:
    """Each step from type to type, and the best against the next best and against today."""
    against = [comparison.second, *([comparison.today] if comparison.today not in (None, comparison.best) else [])]
    pairs = [*comparison.neighbours, *((comparison.best, str(variant)) for variant in against)]
    return [pair for pair in dict.fromkeys(pairs) if pair[::-1] not in comparison.neighbours]


def _gaps(comparison: Comparison) -> pd.DataFrame:
    """The best minus each other variant, world by world; the closest rival first."""
    best, others = comparison.values(comparison.best), [row.variant for row in comparison.standings[1:]]
    gaps = {name: best - comparison.values(name) for name in others}
    columns = [{"a": comparison.best, "b": name, "seed": comparison.seeds, "gap": gap} for name, gap in gaps.items()]
    return pd.concat(map(pd.DataFrame, columns), ignore_index=True)
