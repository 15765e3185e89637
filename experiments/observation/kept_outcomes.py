"""Some outcomes of a run, where a question needs no others: thousands of runs then take little room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class KeptOutcomes:
    """Keeps the outcomes of these names; NaN for what a run does not say."""

    names: tuple[str, ...]

    def __call__(self, run: Any) -> Mapping[str, float]:
        """What is kept of a run."""
        return {name: float(run.outcomes.get(name, float("nan"))) for name in self.names}
