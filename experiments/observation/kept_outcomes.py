"""Some outcomes of a run, money by the year among them, where a question needs no others: runs take little room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.observation.yearly import outcomes_and_yearly


@dataclass(frozen=True)
class KeptOutcomes:
    """Keeps the outcomes and the money by the year of these names; NaN for what a run does not say."""

    names: tuple[str, ...]

    def __call__(self, run: Any) -> Mapping[str, float]:
        """What is kept of a run."""
        said = outcomes_and_yearly(run)
        return {name: float(said.get(name, float("nan"))) for name in self.names}
