"""Some outcomes of a run, where a question needs no others: thousands of runs then take little room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.observation.yearly import yearly


@dataclass(frozen=True)
class KeptOutcomes:
    """Keeps the outcomes and the money by the year of these names; NaN for what a run does not say."""

    names: tuple[str, ...]

    def __call__(self, run: Any) -> Mapping[str, float]:
        """What is kept of a run."""
        known = {**run.outcomes, **yearly(run)}
        return {name: float(known.get(name, float("nan"))) for name in self.names}
