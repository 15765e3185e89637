"""A described company: what was said of it beside what it shows, and what does not hold together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.designs.ensembles import Ensemble
from experiments.questions.new.contradictions import contradictions
from experiments.questions.new.described_figures import MET, UNITS, said_of
from experiments.questions.new.scaled_company import Draft
from experiments.reporting.result import Result

if TYPE_CHECKING:
    from experiments.questions.new.ask import NewPlan, NewQuestion

_MIDDLE = (0.1, 0.9)


@dataclass(frozen=True, eq=False, repr=False)
class NewCompany(Result):
    """`draft` is the finished company; `first` what the draft showed before it was mended (mean over worlds).

    `shown` has a row a fresh world, a column a figure; `sizes` say how far each lever was moved, 0 for not at all;
    `ensemble` has draws of what nobody asked with which the company shows the same, None where there are none.
    """

    question: "NewQuestion"
    plan: "NewPlan"
    draft: Draft = field(kw_only=True)
    first: Mapping[str, float] = field(kw_only=True)
    shown: pd.DataFrame = field(kw_only=True)
    sizes: Mapping[str, float] = field(kw_only=True)
    ensemble: Ensemble | None = field(kw_only=True, default=None)

    def to_frame(self) -> pd.DataFrame:
        """A row a figure: what was said, what the draft showed, what the company shows, whether that is met."""
        return self.figures_table

    @cached_property
    def figures_table(self) -> pd.DataFrame:
        """Columns figure, unit, said (NaN if nothing was), before, shown, low, high (middle 80 % of worlds), is_met."""
        rows: list[dict[str, Any]] = []
        for name, unit in UNITS.items():
            said, worlds = self.draft.description[name], self.shown[name]
            shown = float(worlds.mean())
            low, high = (float(worlds.quantile(end)) for end in _MIDDLE)
            is_judged, is_seen = name in said_of(self.draft.description), shown > 0
            is_met = (is_seen and bool(abs(np.log(shown / said)) <= np.log1p(MET))) if is_judged else None
            rows.append(
                {
                    "figure": name,
                    "unit": unit,
                    "said": float("nan") if said is None else float(said),
                    "before": float(self.first[name]),
                    "shown": shown,
                    "low": low,
                    "high": high,
                    "is_met": is_met,
                }
            )
        return pd.DataFrame(rows)

    @property
    def missed(self) -> pd.DataFrame:
        """The figures that the company does not show as they were said."""
        return self.figures_table[self.figures_table["is_met"].eq(False)]

    @cached_property
    def contradictions(self) -> tuple[str, ...]:
        """What of the answers cannot hold together, in sentences."""
        return tuple(contradictions(self.draft))
