"""The figures of a comparison, in the order in which a reader asks."""

from typing import TYPE_CHECKING

from experiments.designs.run_table import DECISION
from experiments.questions.compare.result import Comparison
from experiments.reporting import figures, figures_funnel
from experiments.reporting.figure_style import Exhibit

if TYPE_CHECKING:
    import pandas as pd


def exhibits(found: Comparison) -> list[Exhibit]:
    """What earns most, how sure that is, where it comes from, and how it develops; nothing without a common world."""
    if not found.n_worlds:
        return []
    order = list(found.variants)
    types = found.types.set_index("variant").loc[order].reset_index()
    shown = [
        figures.contribution(found.runs[["variant", "seed", DECISION]], types, found.quarters_measured),
        figures.differences(found.pairs_table(_pairs_worth_showing(found))),
        figures.luck(_gaps(found)),
        figures.bridge(found.bridge(found.best, found.reference), found.best, found.reference),
        figures_funnel.funnel(found.summary, found.best, found.reference),
    ]
    shown += [figures_funnel.hours(found.hours, side, order) for side in ("sales", "marketing") if len(found.hours)]
    return [*shown, figures_funnel.development(found.quarters)] if len(found.quarters) else shown


def _pairs_worth_showing(found: Comparison) -> list[tuple[str, str]]:
    """Each step from type to type, and the best against the next best and against today."""
    against = [found.second, *([found.today] if found.today not in (None, found.best) else [])]
    pairs = [*found.neighbours, *((found.best, str(variant)) for variant in against)]
    return [pair for pair in dict.fromkeys(pairs) if pair[::-1] not in found.neighbours]


def _gaps(found: Comparison) -> "pd.DataFrame":
    """The best minus each other variant, world by world; the closest rival first."""
    import pandas as pd

    best = found.values(found.best)
    tables = [
        pd.DataFrame({"a": found.best, "b": row.variant, "seed": found.seeds, "gap": best - found.values(row.variant)})
        for row in found.standings[1:]
    ]
    return pd.concat(tables, ignore_index=True)
